#include "crypto/picture_file.hpp"

#include "base/paths.hpp"
#include "crypto/accounts.hpp"
#include "crypto/errors.hpp"
#include "crypto/records.hpp"
#include "qr/decode.hpp"
#include "qr/errors.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

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
        const otp::OtpEnrolment& account = read_here.value().accounts.front().enrolment;
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

TEST_CASE("all error codes of crypto and qr have names of their own") {
    std::set<std::string_view> names;
    for (const auto code : crypto::errors::all) names.insert(code.name);
    for (const auto code : qr::errors::all) names.insert(code.name);
    CHECK(names.size() == crypto::errors::all.size() + qr::errors::all.size());
}
