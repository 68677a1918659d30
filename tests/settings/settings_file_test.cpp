#include "settings/settings_file_writer.hpp"

#include "base/errors.hpp"
#include "base/one_line.hpp"
#include "base/utf8.hpp"
#include "settings/data_folder.hpp"
#include "settings/errors.hpp"
#include "support/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#ifndef _WIN32
#include <sys/stat.h>
#endif

using namespace tokendeck;
using Kind = state::SettingsProblem::Kind;
namespace fs = std::filesystem;

namespace {

class Folder {
  public:
    Folder() : path(fs::temp_directory_path() / ("tokendeck-settings-" + std::to_string(std::random_device{}()))) {
        fs::create_directory(path);
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string file() const { return (path / "settings.conf").string(); }
    const fs::path path;
};

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void put(const std::string& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
}

// Differs from the defaults in everything.
settings::SettingsValues all_changed() {
    settings::SettingsValues values;
    values.clipboard_seconds = 20;
    values.mask_codes = false;
    values.theme = state::Theme::dark;
    values.scale_percent = 125;
    values.user_pin_minutes = 30;
    values.simulated_model = "storage";
    values.language = "de";
    values.motion = state::Motion::reduced;
    values.window_place = settings::WindowPlace{-20, 40};
    values.window_size = settings::WindowSize{960, 640};
    values.window_maximised = true;
    return values;
}

}  // namespace

TEST_CASE("What the user wrote into the settings is still there after a setting was changed in the window") {
    const std::string file =
        "# mine\r\n  theme=light \r\n\r\nfuture_key = \xFF odd\r\nscale = purple\r\njust words\r\n# end";
    settings::SettingsValues now = settings::parse_settings(file).values;
    const settings::SettingsValues before = now;
    now.theme = state::Theme::dark;
    CHECK(settings::rewrite_settings(file, before, now) ==
          "# mine\r\ntheme = dark\r\n\r\nfuture_key = \xFF odd\r\nscale = purple\r\njust words\r\n# end");
}

TEST_CASE(
    "A wrong line is told with its number and what holds instead, its setting has the default, and the line stays") {
    const std::string file =
        "clipboard_seconds = 20\nscale = 3.5\n\nno sign\ntheme = Dark\nclipboard_seconds = 30\ncolour = red\n";
    const settings::ParsedSettings parsed = settings::parse_settings(file);
    CHECK(parsed.problems.lines == std::vector<state::SettingsProblem>{
                                       {Kind::bad_value, 2, "scale", "3.5", "auto", "auto | 0.75 \xE2\x80\xA6 3.00"},
                                       {Kind::not_a_setting, 4, "", "no sign", "", ""},
                                       {Kind::bad_value, 5, "theme", "Dark", "system", "system | light | dark"},
                                       {Kind::said_twice, 6, "clipboard_seconds", "", "20", ""},
                                       {Kind::unknown_key, 7, "colour", "", "", ""},
                                   });
    CHECK(parsed.problems.more == 0);
    CHECK(parsed.values.clipboard_seconds == 20);
    CHECK_FALSE(parsed.values.scale_percent);
    CHECK(parsed.values.theme == state::Theme::system);
    CHECK(settings::rewrite_settings(file, parsed.values, parsed.values) == file);
}

TEST_CASE("What a problem shows of the file is short and in one line, and of many problems a few are shown") {
    std::string file = "theme = \x1B[2J\t\xE2\x80\xAE" + std::string(5000, 'x') + "\n" + std::string(5000, 'k') +
                       " = 1\n\x07 no setting " + std::string(5000, 'y') + "\n";
    for (int i = 0; i < 500; ++i) file += "junk\n";
    const settings::ParsedSettings parsed = settings::parse_settings(file);
    CHECK(parsed.problems.lines.size() == settings::problems_most);
    CHECK(parsed.problems.lines.size() + parsed.problems.more == 503);
    for (const state::SettingsProblem& one : parsed.problems.lines)
        for (const std::string& text : {one.key, one.found, one.used, one.allowed}) {
            CHECK(base::count_characters(text) <= 100);
            CHECK(base::one_line(text) == text);
        }
}

TEST_CASE("A wrong line becomes a comment only when its setting is changed") {
    settings::SettingsValues now;
    now.scale_percent = 150;
    CHECK(settings::rewrite_settings("scale = 9", {}, now) == "# not understood: scale = 9\nscale = 1.5\n");
}

TEST_CASE("Every setting that is kept is read again as it was") {
    const settings::SettingsValues values = all_changed();
    SECTION("in a new file") {
        const std::string file = settings::rewrite_settings("", {}, values);
        const settings::ParsedSettings parsed = settings::parse_settings(file);
        CHECK_FALSE(parsed.problems.any());
        CHECK(parsed.values == values);
    }
    SECTION("in a file of defaults") {
        const std::string first = settings::rewrite_settings("", {}, {});
        CHECK(settings::parse_settings(first).values == settings::SettingsValues{});
        const std::string file = settings::rewrite_settings(first, {}, values);
        CHECK(settings::parse_settings(file).values == values);
        CHECK_FALSE(settings::parse_settings(file).problems.any());
    }
    SECTION("in a file that ends without a line end") {
        CHECK(settings::parse_settings(settings::rewrite_settings("mask_codes = on", {}, values)).values == values);
    }
}

TEST_CASE("A new file explains each setting, and says nothing that is not a default but what was chosen") {
    settings::SettingsValues now;
    now.theme = state::Theme::dark;
    const std::string file = settings::rewrite_settings("", {}, now);
    CHECK(file.find("\ntheme = dark\n") != std::string::npos);
    CHECK(file.find("\n#clipboard_seconds = 45\n") != std::string::npos);
    CHECK(file.find("(5 \xE2\x80\xA6 600)") != std::string::npos);
    now.clipboard_seconds = 60;
    const std::string later = settings::rewrite_settings(file, {}, now);
    CHECK(later.find("#clipboard_seconds = 45\nclipboard_seconds = 60\n") != std::string::npos);
}

TEST_CASE("Values beyond the limits and almost-numbers are refused") {
    const std::string_view line =
        GENERATE("clipboard_seconds = 4", "clipboard_seconds = 601", "clipboard_seconds = 45s",
                 "clipboard_seconds =", "clipboard_seconds = +45", "clipboard_seconds = 4 5",
                 "clipboard_seconds = 99999999999999999999", "scale = 0.74", "scale = 3.01", "scale = 1.", "scale = .9",
                 "scale = 1,5", "scale = 1.-5", "scale = -0.9", "scale = 1.000", "scale = nan", "user_pin_minutes = 0",
                 "user_pin_minutes = 121", "mask_codes = yes", "simulated_model = ../x", "language = fr",
                 "window_size = 199 300", "window_size = 300", "window_place = 1 2 3", "window_place = 40000 1");
    INFO(line);
    const settings::ParsedSettings parsed = settings::parse_settings(line);
    REQUIRE(parsed.problems.lines.size() == 1);
    CHECK(parsed.problems.lines[0].kind == Kind::bad_value);
    CHECK(parsed.values == settings::SettingsValues{});
}

TEST_CASE("Values at the limits are taken") {
    CHECK(settings::parse_settings("scale = 0.75").values.scale_percent == 75);
    CHECK(settings::parse_settings("scale = 3").values.scale_percent == 300);
    CHECK(settings::parse_settings("scale = 1.1").values.scale_percent == 110);
    CHECK(settings::parse_settings("scale = 1.05").values.scale_percent == 105);
    CHECK(settings::parse_settings("clipboard_seconds = 5").values.clipboard_seconds == 5);
    CHECK(settings::parse_settings("clipboard_seconds = 600").values.clipboard_seconds == 600);
    CHECK(settings::parse_settings("\xEF\xBB\xBFtheme = dark").values.theme == state::Theme::dark);
}

TEST_CASE("A setting the window may not have is named and not written") {
    settings::SettingsValues values;
    values.clipboard_seconds = 1000;
    values.simulated_model = "pro\ntheme = dark";
    CHECK(settings::settings_beyond_limits(values) ==
          std::vector<std::string_view>{"clipboard_seconds", "simulated_model"});
    CHECK(settings::settings_beyond_limits(all_changed()).empty());
}

TEST_CASE("Any bytes are read without harm, stay as they are, and can be rewritten") {
    std::mt19937 random(20261124);
    const std::vector<std::string> words{"theme",
                                         "=",
                                         "dark",
                                         "#",
                                         "\n",
                                         "\r\n",
                                         "scale",
                                         "1.5",
                                         " ",
                                         "\xFF",
                                         "auto",
                                         "-",
                                         "9999",
                                         "window_size",
                                         "\t",
                                         "\xEF\xBB\xBF",
                                         "on",
                                         "language",
                                         std::string(1, '\0')};
    for (int round = 0; round < 3000; ++round) {
        std::string file;
        const auto count = random() % 40;
        for (unsigned i = 0; i < count; ++i) {
            if (random() % 4 == 0) file.push_back(static_cast<char>(random() % 256));
            else file += words[random() % words.size()];
        }
        const settings::SettingsValues read = settings::parse_settings(file).values;
        REQUIRE(settings::settings_beyond_limits(read).empty());
        if (!file.empty()) REQUIRE(settings::rewrite_settings(file, read, read) == file);
        settings::SettingsValues now = all_changed();
        const std::string after = settings::rewrite_settings(file, read, now);
        INFO("round " << round);
        REQUIRE(settings::parse_settings(after).values == now);
        // Once rewritten, nothing more is to do.
        REQUIRE(settings::rewrite_settings(after, now, now) == after);
    }
}

TEST_CASE("A file that is too large is neither used nor touched") {
    const Folder folder;
    const std::string file = "theme = dark\n" + std::string(settings::SettingsLimits::file_bytes_most, '#');
    put(folder.file(), file);
    const settings::SettingsRead read = settings::read_settings(folder.file());
    REQUIRE(read.problems.file);
    CHECK(read.problems.file->code == base::errors::file_too_large);
    CHECK(read.problems.file->actual == static_cast<std::int64_t>(file.size()));
    CHECK(read.values == settings::SettingsValues{});
    {
        settings::SettingsFile kept(folder.file(), read);
        kept.keep(all_changed());
    }
    CHECK(content_of(folder.file()) == file);
}

TEST_CASE("What was kept last is on disk when the program has ended, for the user alone, with nothing beside it") {
    const Folder folder;
    {
        settings::SettingsFile kept(folder.file(), settings::read_settings(folder.file()));
        settings::SettingsValues values = all_changed();
        for (int i = 5; i <= 600; ++i) {
            values.clipboard_seconds = i;
            kept.keep(values);
        }
    }
    const settings::SettingsRead read = settings::read_settings(folder.file());
    CHECK_FALSE(read.problems.any());
    CHECK(read.values.clipboard_seconds == 600);
    CHECK(read.values.theme == state::Theme::dark);
#ifndef _WIN32
    CHECK((fs::status(folder.file()).permissions() & fs::perms::all) ==
          (fs::perms::owner_read | fs::perms::owner_write));
#endif
    CHECK(std::distance(fs::directory_iterator(folder.path), {}) == 1);
}

TEST_CASE("A run that changes nothing does not make a settings file") {
    const Folder folder;
    {
        settings::SettingsFile kept(folder.file(), settings::read_settings(folder.file()));
        kept.keep({});
    }
    CHECK_FALSE(fs::exists(folder.file()));
}

TEST_CASE("What was edited in the file while the program ran is kept") {
    const Folder folder;
    put(folder.file(), "theme = light\n");
    {
        settings::SettingsRead read = settings::read_settings(folder.file());
        settings::SettingsValues now = read.values;
        settings::SettingsFile kept(folder.file(), read);
        put(folder.file(), "# note to self\ntheme = light\nlanguage = de\n");
        now.theme = state::Theme::dark;
        kept.keep(now);
    }
    CHECK(content_of(folder.file()) == "# note to self\ntheme = dark\nlanguage = de\n");
}

#ifndef _WIN32
TEST_CASE("A settings file that is a link stays one") {
    const Folder folder;
    const fs::path real = folder.path / "dotfiles.conf";
    put(real.string(), "theme = light\n");
    fs::create_symlink(real, folder.file());
    {
        settings::SettingsRead read = settings::read_settings(folder.file());
        settings::SettingsValues now = read.values;
        settings::SettingsFile kept(folder.file(), std::move(read));
        now.theme = state::Theme::dark;
        kept.keep(now);
    }
    CHECK(fs::is_symlink(folder.file()));
    CHECK(content_of(real.string()) == "theme = dark\n");
}

TEST_CASE("Settings that cannot be written say why, and the file stays as it was") {
    const Folder folder;
    const std::string inside = (folder.path / "gone" / "settings.conf").string();
    settings::SettingsFile kept(inside, {});
    kept.keep(all_changed());
    std::optional<base::Error> failure;
    while (!failure) {
        failure = kept.take_failure();
        std::this_thread::yield();
    }
    CHECK(failure->code == settings::errors::settings_not_written);
    CHECK_FALSE(failure->subject.empty());
}

TEST_CASE("A settings file that is a pipe or a device is told, not waited for and not replaced") {
    const Folder folder;
    SECTION("a pipe") {
        REQUIRE(::mkfifo(folder.file().c_str(), 0600) == 0);
    }
    SECTION("a device that never ends") {
        fs::create_symlink("/dev/zero", folder.file());
    }
    const settings::SettingsRead read = settings::read_settings(folder.file());
    REQUIRE(read.problems.file);
    CHECK(read.problems.file->code == base::errors::file_not_regular);
    CHECK(read.problems.file->subject == folder.file());
    {
        settings::SettingsFile kept(folder.file(), read);
        kept.keep(all_changed());
    }
    CHECK_FALSE(fs::is_regular_file(folder.file()));
}

TEST_CASE("A settings file that becomes a pipe while the program runs is told and stays") {
    const Folder folder;
    put(folder.file(), "theme = light\n");
    settings::SettingsFile kept(folder.file(), settings::read_settings(folder.file()));
    fs::remove(folder.file());
    REQUIRE(::mkfifo(folder.file().c_str(), 0600) == 0);
    kept.keep(all_changed());
    std::optional<base::Error> failure;
    while (!failure) {
        failure = kept.take_failure();
        std::this_thread::yield();
    }
    CHECK(failure->code == base::errors::file_not_regular);
    CHECK(fs::is_fifo(folder.file()));
}

TEST_CASE("A settings file that is a folder is told, not replaced") {
    const Folder folder;
    fs::create_directory(folder.file());
    const settings::SettingsRead read = settings::read_settings(folder.file());
    REQUIRE(read.problems.file);
    CHECK(read.problems.file->code == base::errors::file_is_folder);
}
#endif
