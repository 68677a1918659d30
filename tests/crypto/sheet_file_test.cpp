#include "crypto/sheet_file.hpp"

#include "crypto/crypto_thread.hpp"
#include "crypto/errors.hpp"
#include "crypto/records.hpp"
#include "files/errors.hpp"
#include "support/catch.hpp"
#include "support/environment_posix.hpp"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace tokendeck;
using base::SecretBytes;

namespace {

namespace fs = std::filesystem;

struct Folder {
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "tokendeck-sheet-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
        path = pattern;
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string file(const std::string& name) const { return (path / name).string(); }

    fs::path path{};
};

std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

SecretBytes bytes(std::string_view text) {
    return SecretBytes::copy_of({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

otp::OtpEnrolment example() {
    otp::OtpEnrolment enrolment;
    enrolment.issuer = "Example";
    enrolment.account = "a@example.org";
    enrolment.secret = bytes("12345678901234567890");
    return enrolment;
}

}  // namespace

TEST_CASE("A sheet is deleted; what is no plain file is left, and one that is gone already is no error") {
    const Folder folder;
    std::ofstream(folder.file("a.pdf")) << "x";
    CHECK(crypto::delete_sheet_file(folder.file("a.pdf")).ok());
    CHECK_FALSE(fs::exists(folder.file("a.pdf")));
    CHECK(crypto::delete_sheet_file(folder.file("a.pdf")).ok());
    fs::create_directory(folder.file("b"));
    const auto refused = crypto::delete_sheet_file(folder.file("b"));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == crypto::errors::file_not_deleted);
    CHECK(fs::exists(folder.file("b")));
}

TEST_CASE("a sheet's file is made anew, readable for its owner only, whatever the umask is") {
    const Folder folder;
    const mode_t before = umask(0);
    const auto path = crypto::write_sheet_file(folder.file("a.pdf"), bytes("content"));
    umask(before);
    REQUIRE(path.ok());
    CHECK(path.value() == folder.file("a.pdf"));
    CHECK(content(folder.file("a.pdf")) == "content");
    struct stat what {};
    REQUIRE(stat(path.value().c_str(), &what) == 0);
    CHECK((what.st_mode & 07777U) == 0600U);
}

TEST_CASE("nothing that is there already is overwritten or followed, and the error names the file without its folder") {
    const Folder folder;
    std::ofstream(folder.file("a.pdf")) << "before";
    const auto refused = crypto::write_sheet_file(folder.file("a.pdf"), bytes("after"));
    REQUIRE(!refused.ok());
    CHECK(refused.error().code == crypto::errors::file_exists);
    CHECK(refused.error().subject == "a.pdf");
    CHECK(content(folder.file("a.pdf")) == "before");

    fs::create_symlink(folder.file("elsewhere.pdf"), folder.file("link.pdf"));
    CHECK(crypto::write_sheet_file(folder.file("link.pdf"), bytes("after")).error().code ==
          crypto::errors::file_exists);
    CHECK(!fs::exists(folder.file("elsewhere.pdf")));
}

TEST_CASE("a folder that is not there, or that may not be written to, is told apart from a failed disk") {
    const Folder folder;
    const auto nowhere = crypto::write_sheet_file(folder.file("gone/a.pdf"), bytes("x"));
    REQUIRE(!nowhere.ok());
    CHECK(nowhere.error().code == files::errors::folder_not_found);
    CHECK(nowhere.error().subject == "gone");

    if (geteuid() == 0) return;  // whom nothing is forbidden
    fs::permissions(folder.path, fs::perms::owner_read | fs::perms::owner_exec);
    const auto closed = crypto::write_sheet_file(folder.file("a.pdf"), bytes("x"));
    fs::permissions(folder.path, fs::perms::owner_all);
    REQUIRE(!closed.ok());
    CHECK(closed.error().code == crypto::errors::file_write_refused);
}

TEST_CASE("a file that cannot be finished is not left behind") {
    const Folder folder;
    rlimit before{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{100, before.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
    const auto written = crypto::write_sheet_file(folder.file("a.pdf"), SecretBytes(1000));
    REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
    std::signal(SIGXFSZ, handler);
    REQUIRE(!written.ok());
    CHECK(written.error().code == crypto::errors::file_not_written);
    CHECK(!fs::exists(folder.file("a.pdf")));
}

TEST_CASE("the suggested path is in the user's documents, tells the account, and is not taken") {
    const Folder home;
    const Variable home_is("HOME", home.path.string());
    const Variable config_is("XDG_CONFIG_HOME", home.file("config"));
    CHECK(crypto::suggested_sheet_path("GitHub") == home.file("tokendeck-recovery-GitHub.pdf"));
    fs::create_directory(home.path / "Documents");
    CHECK(crypto::suggested_sheet_path("GitHub") == home.file("Documents/tokendeck-recovery-GitHub.pdf"));
    fs::create_directory(home.path / "config");
    fs::create_directory(home.path / "Dokumente");
    std::ofstream(home.file("config/user-dirs.dirs")) << "XDG_DOCUMENTS_DIR=\"$HOME/Dokumente\"\n";
    CHECK(crypto::suggested_sheet_path("GitHub") == home.file("Dokumente/tokendeck-recovery-GitHub.pdf"));

    std::ofstream(home.file("Dokumente/tokendeck-recovery-GitHub.pdf")) << "x";
    fs::create_symlink("/nowhere/at/all", home.path / "Dokumente/tokendeck-recovery-GitHub-2.pdf");
    CHECK(crypto::suggested_sheet_path("GitHub") == home.file("Dokumente/tokendeck-recovery-GitHub-3.pdf"));
}

TEST_CASE("a suggested name has nothing in it that leads to another folder or that a file's name should not have") {
    const Folder home;
    const Variable home_is("HOME", home.path.string());
    const Variable config_is("XDG_CONFIG_HOME", home.file("config"));
    const auto name_for = [&](std::string_view name) {
        const std::string path = crypto::suggested_sheet_path(name);
        CHECK(fs::path(path).parent_path() == home.path);
        return fs::path(path).filename().string();
    };
    CHECK(name_for("../../etc/passwd") == "tokendeck-recovery-etc-passwd.pdf");
    CHECK(name_for("..") == "tokendeck-recovery.pdf");
    CHECK(name_for("") == "tokendeck-recovery.pdf");
    CHECK(name_for(" : / ") == "tokendeck-recovery.pdf");
    CHECK(name_for("Example: a@b.org") == "tokendeck-recovery-Example-a@b.org.pdf");
    CHECK(name_for("Müller & Söhne") == "tokendeck-recovery-Müller-Söhne.pdf");
    CHECK(name_for("a\nb\xFF"
                   "c\xE2\x80\xAE"
                   "d$(e)'f'\"") == "tokendeck-recovery-a-b-c-d-e-f.pdf");
    CHECK(name_for(std::string(500, 'a')) == "tokendeck-recovery-" + std::string(60, 'a') + ".pdf");
}

TEST_CASE(
    "asked for by the window, a sheet is a PDF file at the path that was asked for, and a second one is refused") {
    const Folder folder;
    const auto ask = [&](channel::MessageId id) {
        return crypto::reply_to(channel::WriteSheet{id, folder.file("a.pdf"), example(), {}});
    };
    const auto written = ask(7);
    REQUIRE(std::holds_alternative<channel::SheetWritten>(written));
    CHECK(std::get<channel::SheetWritten>(written).id == 7);
    CHECK(std::get<channel::SheetWritten>(written).path == folder.file("a.pdf"));
    CHECK(content(folder.file("a.pdf")).starts_with("%PDF-"));

    const auto again = ask(8);
    REQUIRE(std::holds_alternative<channel::RequestFailed>(again));
    CHECK(std::get<channel::RequestFailed>(again).id == 8);
    CHECK(std::get<channel::RequestFailed>(again).error.code == crypto::errors::file_exists);

    const auto suggested = crypto::reply_to(channel::SuggestSheetPath{9, "a"});
    REQUIRE(std::holds_alternative<channel::SheetPathSuggested>(suggested));
    CHECK(std::get<channel::SheetPathSuggested>(suggested).id == 9);
    CHECK(std::get<channel::SheetPathSuggested>(suggested).path.ends_with("tokendeck-recovery-a.pdf"));
}

TEST_CASE("an account that cannot be written as an address makes no file") {
    const Folder folder;
    auto nameless = example();
    nameless.issuer.clear();
    nameless.account.clear();
    const auto reply = crypto::reply_to(channel::WriteSheet{1, folder.file("a.pdf"), std::move(nameless), {}});
    REQUIRE(std::holds_alternative<channel::RequestFailed>(reply));
    CHECK(std::get<channel::RequestFailed>(reply).error.code == crypto::errors::label_missing);
    CHECK(fs::is_empty(folder.path));
}
