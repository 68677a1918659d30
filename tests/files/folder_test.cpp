#include "files/folder.hpp"

#include "files/errors.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#if !defined(_WIN32)
#include "support/environment_posix.hpp"

#include <sys/stat.h>
#endif

using namespace tokendeck;
namespace fs = std::filesystem;

TEST_CASE("a typed path of a file is told as one, and a listed folder names the user's own folders") {
    const TemporaryFolder folder;
    std::ofstream(folder / "qr.png") << "x";
    const auto file = files::list_folder((folder / "qr.png").string(), true);
    REQUIRE(file);
    CHECK(file.value().is_file);
    CHECK(file.value().path == (folder / "qr.png").string());
    CHECK_FALSE(files::list_folder((folder / "qr.png").string()));
    const auto home = files::list_folder("~", true);
    REQUIRE(home);
    REQUIRE_FALSE(home.value().places.empty());
    CHECK(home.value().places.front() == channel::PictureFolder{channel::PictureFolder::Kind::home, home.value().path});
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
    const auto listed = files::list_folder(folder.text());
    REQUIRE(listed.ok());
    std::vector<std::string> folders, pictures;
    for (const auto& entry : listed.value().entries) (entry.folder ? folders : pictures).push_back(entry.name);
    std::vector<std::string> expected_folders{"Apples", "folder.png", "zoo"};
    if (fs::exists("/dev/null")) expected_folders.insert(expected_folders.begin() + 2, "link");
    CHECK(folders == expected_folders);
    CHECK(pictures ==
          std::vector<std::string>{"A.jpg", "b.PNG", "c.jpeg", "d.bmp", "e.GiF", "notes.txt", "\xC3\x84.png"});
    CHECK(listed.value().entries.front().folder);
    CHECK(fs::path(listed.value().path) == fs::path(folder.text()));
    CHECK_FALSE(listed.value().more);
}

TEST_CASE("a folder with more than can be listed says so") {
    const TemporaryFolder folder;
    for (std::size_t i = 0; i <= files::folder_entries_max; ++i) folder.put(std::to_string(i) + ".png", "");
    const auto listed = files::list_folder(folder.text());
    REQUIRE(listed.ok());
    CHECK(listed.value().entries.size() == files::folder_entries_max);
    CHECK(listed.value().more);
}

TEST_CASE("a folder that is not there, or is a file, is refused with its name") {
    const TemporaryFolder folder;
    folder.put("file.png");
    for (const char* name : {"missing", "file.png"}) {
        const auto listed = files::list_folder((folder / name).string());
        REQUIRE_FALSE(listed.ok());
        CHECK(listed.error().code == files::errors::folder_not_found);
        CHECK(listed.error().subject == name);
    }
}

#if !defined(_WIN32)
TEST_CASE("without a folder named, the user's pictures, downloads or home folder is shown, the first there is") {
    const TemporaryFolder home;
    const auto shown = [] {
        const auto listed = files::list_folder("");
        return listed ? fs::path(listed.value().path) : fs::path();
    };
    const Variable user_home("HOME", home.text());
    const Variable config("XDG_CONFIG_HOME", std::nullopt);

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
}
#endif
