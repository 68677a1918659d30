#include "cli/options.hpp"
#include "settings/data_folder.hpp"

#include "support/catch.hpp"
#include "support/environment_posix.hpp"

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <random>
#include <string>

#include <sys/stat.h>

using namespace tokendeck;
namespace fs = std::filesystem;

namespace {

class Home {
  public:
    Home() : path(fs::temp_directory_path() / ("tokendeck-home-" + std::to_string(std::random_device{}()))) {
        fs::create_directory(path);
    }
    ~Home() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    Home(const Home&) = delete;
    Home& operator=(const Home&) = delete;
    const fs::path path;
};

}  // namespace

TEST_CASE("A simulated token is kept in the user's data folder, which is made for the user alone") {
    const Home home;
    const Variable data("XDG_DATA_HOME", (home.path / "data").string());
    CHECK(settings::default_simulated_file("pro") == (home.path / "data/tokendeck/simulated-pro.token").string());
    struct stat folder {};
    REQUIRE(stat((home.path / "data/tokendeck").c_str(), &folder) == 0);
    CHECK((folder.st_mode & 0777) == 0700);
}

TEST_CASE("Without XDG_DATA_HOME, and with a relative one, the data folder is .local/share") {
    const Home home;
    const Variable data("XDG_DATA_HOME", GENERATE("", "somewhere/else"));
    const Variable user_home("HOME", home.path.string());
    CHECK(settings::data_folder() == (home.path / ".local/share/tokendeck").string());
}

TEST_CASE("A model's name does not lead out of the data folder") {
    const Home home;
    const Variable data("XDG_DATA_HOME", home.path.string());
    const fs::path file = settings::default_simulated_file("../../etc/x");
    CHECK(file.parent_path() == home.path / "tokendeck");
}

TEST_CASE("A data folder that cannot be made is said to be none") {
    const Variable data("XDG_DATA_HOME", "/proc/no-such-place");
    CHECK(settings::data_folder().empty());
    CHECK(settings::default_simulated_file("pro").empty());
}

TEST_CASE("Settings are in the user's configuration folder, which is made for the user alone") {
    const Home home;
    SECTION("where XDG_CONFIG_HOME says") {
        const Variable config("XDG_CONFIG_HOME", (home.path / "config").string());
        CHECK(settings::config_folder() == (home.path / "config/tokendeck").string());
        struct stat folder {};
        REQUIRE(stat((home.path / "config/tokendeck").c_str(), &folder) == 0);
        CHECK((folder.st_mode & 0777) == 0700);
    }
    SECTION("in .config without it") {
        const Variable config("XDG_CONFIG_HOME", "");
        const Variable user_home("HOME", home.path.string());
        CHECK(settings::config_folder() == (home.path / ".config/tokendeck").string());
    }
}
