#include "crypto/picture_file.hpp"

#include "base/paths.hpp"
#include "crypto/accounts.hpp"
#include "crypto/errors.hpp"
#include "crypto/folder.hpp"
#include "crypto/records.hpp"
#include "qr/decode.hpp"
#include "qr/errors.hpp"
#include "support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#if !defined(_WIN32)
#include <sys/stat.h>
#endif

using namespace tokendeck;
namespace fs = std::filesystem;

namespace {

// A folder that is gone after the test.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        static int count = 0;
        const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
        path_ = fs::temp_directory_path() / ("tokendeck-test-" + std::to_string(now) + "-" + std::to_string(count++));
        fs::create_directory(path_);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] fs::path operator/(const std::string& name) const { return path_ / base::path_of(name); }
    [[nodiscard]] std::string text() const { return path_.string(); }
    void put(const std::string& name, const std::string& content = "x") const {
        std::ofstream(*this / name, std::ios::binary) << content;
    }

  private:
    fs::path path_;
};

std::string path(const char* image) {
    return test_data(std::string("images/") + image).string();
}

base::Result<channel::AccountsRead> read(const char* image) {
    auto content = crypto::read_picture_file(path(image));
    if (!content) return std::move(content).error();
    return crypto::read_accounts_in_picture(std::as_const(content.value()).bytes());
}

}  // namespace

TEST_CASE("each good picture gives its account") {
    for (const auto& entry : fs::directory_iterator(test_data("images/good"))) {
        INFO(entry.path().filename().string());
        const auto read_here = read(("good/" + entry.path().filename().string()).c_str());
        REQUIRE(read_here.ok());
        CHECK(read_here.value().refused.empty());
        REQUIRE(read_here.value().accounts.size() == 1);
        const otp::OtpEnrolment& account = read_here.value().accounts.front();
        CHECK(account.issuer == "Example");
        CHECK(account.account == "alice@example.com");
        CHECK(account.parameters == otp::OtpParameters{});
        CHECK(equals(account.secret, from_hex("48656c6c6f21deadbeef")));
    }
}

TEST_CASE("a picture without an account is refused, and what its codes say is not told") {
    const auto web = read("bad/web-link.png");
    REQUIRE_FALSE(web.ok());
    CHECK(web.error().code == crypto::errors::not_otpauth);
    CHECK(web.error().subject == "https");

    const auto text = read("bad/plain-text.png");
    REQUIRE_FALSE(text.ok());
    CHECK(text.error().code == crypto::errors::not_otpauth);
    CHECK(text.error().subject == "text");

    const auto look_alike = read("bad/look-alike.png");
    REQUIRE_FALSE(look_alike.ok());
    CHECK(look_alike.error().code == crypto::errors::secret_look_alike);
    CHECK(look_alike.error().position == 32U);
    CHECK(read("bad/no-code.png").error().code == qr::errors::no_code);
}

TEST_CASE("a typed path of a file is told as one, and a listed folder names the user's own folders") {
    const TemporaryFolder folder;
    std::ofstream(folder / "qr.png") << "x";
    const auto file = crypto::list_folder((folder / "qr.png").string(), true);
    REQUIRE(file);
    CHECK(file.value().is_file);
    CHECK(file.value().path == (folder / "qr.png").string());
    CHECK_FALSE(crypto::list_folder((folder / "qr.png").string()));
    const auto home = crypto::list_folder("~", true);
    REQUIRE(home);
    REQUIRE_FALSE(home.value().places.empty());
    CHECK(home.value().places.front() == channel::Place{channel::Place::Kind::home, home.value().path});
}

TEST_CASE("a file that cannot be read is refused with its name, but not its folder") {
    const TemporaryFolder folder;
    const auto error_of = [&](const std::string& name) {
        const auto content = crypto::read_picture_file((folder / name).string());
        REQUIRE_FALSE(content.ok());
        CHECK(content.error().subject == name);
        return content.error();
    };
    CHECK(error_of("missing.png").code == crypto::errors::file_not_found);
    fs::create_directory(folder / "folder.png");
    CHECK(error_of("folder.png").code == crypto::errors::file_is_folder);
    folder.put("empty.png", "");
    CHECK(error_of("empty.png").code == qr::errors::file_empty);

    folder.put("large.png");
    fs::resize_file(folder / "large.png", qr::file_bytes_max);
    CHECK(crypto::read_picture_file((folder / "large.png").string()).ok());
    fs::resize_file(folder / "large.png", qr::file_bytes_max + 1);
    const base::Error large = error_of("large.png");
    CHECK(large.code == qr::errors::file_too_large);
    CHECK(large.actual == static_cast<std::int64_t>(qr::file_bytes_max + 1));
    CHECK(large.limit == static_cast<std::int64_t>(qr::file_bytes_max));

    if (fs::exists("/dev/zero")) {
        CHECK(crypto::read_picture_file("/dev/zero").error().code == crypto::errors::file_not_regular);
        folder.put("closed.png");
        fs::permissions(folder / "closed.png", fs::perms::none);
        if (!std::ifstream(folder / "closed.png")) {  // root may read it all the same
            CHECK(error_of("closed.png").code == crypto::errors::file_no_permission);
        }
    }
    CHECK_FALSE(crypto::read_picture_file("").ok());
}

#if !defined(_WIN32)
TEST_CASE("a picture that is a pipe, or is swapped for one again and again, is never waited for", "[threads]") {
    const TemporaryFolder folder;
    folder.put("code.png", "content");
    const std::string picture = (folder / "code.png").string(), fresh = (folder / "new").string();
    std::thread swapper([&] {
        for (int i = 0; i < 500; ++i) {
            (void)::mkfifo(fresh.c_str(), 0600);
            (void)::rename(fresh.c_str(), picture.c_str());
            folder.put("new", "content");
            (void)::rename(fresh.c_str(), picture.c_str());
        }
    });
    for (int i = 0; i < 2000; ++i) {
        const auto content = crypto::read_picture_file(picture);
        if (!content) REQUIRE(content.error().code == crypto::errors::file_not_regular);
    }
    swapper.join();
}
#endif

TEST_CASE("a file with a name outside ASCII is read") {
    const TemporaryFolder folder;
    folder.put("\xC3\x9C\xE6\x97\xA5 1.png", "content");
    const auto content = crypto::read_picture_file(folder.text() + "/\xC3\x9C\xE6\x97\xA5 1.png");
    REQUIRE(content.ok());
    CHECK(content.value().size() == 7);
}

TEST_CASE("a folder shows its folders, then its pictures, by name, and nothing else") {
    const TemporaryFolder folder;
    for (const char* name :
         {"b.PNG", "A.jpg", "c.jpeg", "d.bmp", "e.GiF", "notes.txt", ".hidden.png", "png", "\xC3\x84.png"})
        folder.put(name);
    for (const char* name : {"zoo", "Apples", ".git", "folder.png"}) fs::create_directory(folder / name);
    if (fs::exists("/dev/null")) {
        fs::create_symlink("nowhere", folder / "dangling.png");
        fs::create_directory_symlink("zoo", folder / "link");
    }
    const auto listed = crypto::list_folder(folder.text());
    REQUIRE(listed.ok());
    std::vector<std::string> folders, pictures;
    for (const auto& entry : listed.value().entries) (entry.folder ? folders : pictures).push_back(entry.name);
    std::vector<std::string> expected_folders{"Apples", "folder.png", "zoo"};
    if (fs::exists("/dev/null")) expected_folders.insert(expected_folders.begin() + 2, "link");
    CHECK(folders == expected_folders);
    CHECK(pictures == std::vector<std::string>{"A.jpg", "b.PNG", "c.jpeg", "d.bmp", "e.GiF", "\xC3\x84.png"});
    CHECK(listed.value().entries.front().folder);
    CHECK(fs::path(listed.value().path) == fs::path(folder.text()));
    CHECK_FALSE(listed.value().more);
}

TEST_CASE("a folder with more than can be listed says so") {
    const TemporaryFolder folder;
    for (std::size_t i = 0; i <= crypto::folder_entries_max; ++i) folder.put(std::to_string(i) + ".png", "");
    const auto listed = crypto::list_folder(folder.text());
    REQUIRE(listed.ok());
    CHECK(listed.value().entries.size() == crypto::folder_entries_max);
    CHECK(listed.value().more);
}

TEST_CASE("a folder that is not there, or is a file, is refused with its name") {
    const TemporaryFolder folder;
    folder.put("file.png");
    for (const char* name : {"missing", "file.png"}) {
        const auto listed = crypto::list_folder((folder / name).string());
        REQUIRE_FALSE(listed.ok());
        CHECK(listed.error().code == crypto::errors::folder_not_found);
        CHECK(listed.error().subject == name);
    }
}

#if !defined(_WIN32)
TEST_CASE("without a folder named, the user's pictures, downloads or home folder is shown, the first there is") {
    const TemporaryFolder home;
    const auto shown = [] {
        const auto listed = crypto::list_folder("");
        return listed ? fs::path(listed.value().path) : fs::path();
    };
    const char* const old = std::getenv("HOME");
    const std::string old_home = old ? old : "";
    const char* const old_config_variable = std::getenv("XDG_CONFIG_HOME");
    const std::string old_config = old_config_variable ? old_config_variable : "";
    setenv("HOME", home.text().c_str(), 1);
    unsetenv("XDG_CONFIG_HOME");

    CHECK(shown() == fs::path(home.text()));
    fs::create_directory(home / "Downloads");
    CHECK(shown() == home / "Downloads");
    fs::create_directory(home / "Pictures");
    CHECK(shown() == home / "Pictures");
    fs::create_directory(home / "Bilder");
    fs::create_directory(home / ".config");
    home.put(".config/user-dirs.dirs",
             "# comment\nXDG_DOWNLOAD_DIR=\"$HOME/Downloads\"\nXDG_PICTURES_DIR=\"$HOME/Bilder\"\n");
    CHECK(shown() == home / "Bilder");

    // What cannot be that file is not waited for, and not read without end.
    fs::remove(home / ".config/user-dirs.dirs");
    REQUIRE(::mkfifo((home / ".config/user-dirs.dirs").c_str(), 0600) == 0);
    CHECK(shown() == home / "Pictures");
    fs::remove(home / ".config/user-dirs.dirs");
    fs::create_symlink("/dev/zero", home / ".config/user-dirs.dirs");
    CHECK(shown() == home / "Pictures");
    fs::remove(home / ".config/user-dirs.dirs");
    home.put(".config/user-dirs.dirs", std::string(1'000'000, '#') + "\nXDG_PICTURES_DIR=\"$HOME/Bilder\"\n");
    CHECK(shown() == home / "Pictures");

    setenv("HOME", old_home.c_str(), 1);
    if (old_config_variable) setenv("XDG_CONFIG_HOME", old_config.c_str(), 1);
}
#endif

TEST_CASE("all error codes of crypto and qr have names of their own") {
    std::set<std::string_view> names;
    for (const auto code : crypto::errors::all) names.insert(code.name);
    for (const auto code : qr::errors::all) names.insert(code.name);
    CHECK(names.size() == crypto::errors::all.size() + qr::errors::all.size());
}
