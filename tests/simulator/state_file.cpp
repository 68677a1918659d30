// The state file: kept exactly, written at each change, and left alone when it cannot be read.
#include "base/errors.hpp"
#include "bench.hpp"
#include "simulator/token_store.hpp"

#include <sys/stat.h>
#include <fstream>
#include <iterator>
#include <sstream>

using namespace bench;

namespace {

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void put(const std::string& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

// A file of a token that has been used for everything.
std::string used_file(const std::string& path) {
    Token token(path);
    REQUIRE(token.write(0x10, "hotp", rfc_secret, 5) == 0);
    REQUIRE(token.write(0x13, "verify", rfc_secret, UINT64_MAX - 1) == 0);
    REQUIRE(token.write(0x2E, "fifteen bytes !", std::string(40, '\x7F'), 60, 1) == 0);
    REQUIRE(token.status(Request(0x05).byte(1, 1).byte(4, 2).text(6, temporary())) == 0);
    REQUIRE(token.set_time(1'700'000'000) == 0);
    REQUIRE(token.authenticate_user("000000") == 4);
    return content_of(path);
}

base::Error attach_error(const std::string& path) {
    base::ManualClock clock{0};
    CountingRandom random;
    simulator::SimulatedSource source(clock, random);
    const auto attached = source.attach("pro", path);
    REQUIRE_FALSE(attached.ok());
    CHECK(source.look().empty());
    return attached.error();
}

}  // namespace

TEST_CASE("What a token was told outlives the program") {
    const Folder folder;
    const std::string path = folder.file("token");
    used_file(path);
    Token token(path);
    CHECK(token.counter(0x10) == 5);
    CHECK(token.code(0x10) == 254676);
    CHECK(token.code(0x10) == 287922);
    CHECK(token.counter(0x13) == UINT64_MAX - 1);
    CHECK(token.counter(0x2E) == 60);
    CHECK(token.user_tries() == 2);
    CHECK(unsigned{token.exchange(Request(0x00)).bytes()[16]} == 2);
    CHECK(token.set_time(1'600'000'000, false) == 6);
    Token again(path);
    CHECK(again.counter(0x10) == 7);
}

TEST_CASE("A file that is read and written again is the same, byte for byte") {
    const Folder folder;
    const std::string before = used_file(folder.file("token"));
    auto state = simulator::parse_state(before);
    REQUIRE(state.ok());
    CHECK(simulator::write_state(state.value()).view() == before);
}

TEST_CASE("A new token has the default PINs, no slot, and a serial of its own") {
    const Folder folder;
    base::ManualClock clock{0};
    base::SystemRandom random;
    simulator::SimulatedSource source(clock, random);
    REQUIRE(source.attach("pro", folder.file("new folder/one")).ok());
    REQUIRE(source.attach("pro", folder.file("new folder/two")).ok());
    const auto seen = source.look();
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].usb_serial != seen[1].usb_serial);
    CHECK(seen[0].usb_serial.size() == 24);
    Token token(folder.file("new folder/three"));
    CHECK(token.authenticate() == 0);
    CHECK(token.authenticate_user() == 0);
    for (unsigned slot = 0x20; slot <= 0x2E; ++slot) CHECK(token.slot_status(slot) == 3);
}

TEST_CASE("The file can be read by its owner only") {
    const Folder folder;
    used_file(folder.file("token"));
    struct stat info {};

    REQUIRE(::stat(folder.file("token").c_str(), &info) == 0);
    CHECK((info.st_mode & 0777U) == 0600);
    std::size_t files = 0;  // and no temporary one is left
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path)) ++files;
    CHECK(files == 1);
}

TEST_CASE("A change is in the file before its command is answered") {
    const Folder folder;
    const std::string path = folder.file("token");
    Token token(path);
    REQUIRE(token.write(0x10, "hotp", rfc_secret, 0) == 0);
    token.send(Request(0x04).byte(1, 0x10).sealed());  // never read: the host dies here
    auto left = simulator::TokenStore::open(path);
    REQUIRE(left.ok());
    CHECK(left.value().state().hotp_counters[0] == 1);
}

TEST_CASE("Any line that is damaged, doubled, missing or strange is named, and the file is left as it is") {
    const Folder folder;
    const std::string path = folder.file("token");
    const auto good = lines_of(used_file(path));
    const auto refused = [&](const std::vector<std::string>& lines, std::size_t line) {
        const std::string text = joined(lines);
        put(path, text);
        const auto error = attach_error(path);
        CHECK(error.code == wire::errors::state_unreadable);
        CHECK(error.subject == std::filesystem::weakly_canonical(path).string());
        CHECK(error.position == std::optional<std::size_t>{line});
        CHECK(content_of(path) == text);
    };
    for (std::size_t i = 0; i < good.size(); ++i) {
        INFO("line " << i + 1 << ": " << good[i].substr(0, good[i].find('=')));
        auto lines = good;
        lines[i] = "x" + lines[i];
        put(path, joined(lines));
        CHECK(attach_error(path).code == wire::errors::state_unreadable);
        CHECK(content_of(path) == joined(lines));
        if (i == 0 || i + 1 == good.size()) continue;
        lines = good;
        lines[i] += "!";  // its value is damaged
        refused(lines, i + 1);
        lines = good;
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(i), good[i]);  // doubled
        refused(lines, i + 2);
        lines = good;
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));  // missing: seen at the end
        refused(lines, lines.size());
    }
    auto lines = good;
    lines.insert(lines.end() - 1, "favourite_colour = blue");
    refused(lines, good.size());
    lines = good;
    lines.emplace_back("after the end");
    refused(lines, lines.size());
    refused({}, 1);
}

TEST_CASE("Values out of range are named") {
    const Folder folder;
    const std::string path = folder.file("token");
    const std::string good = used_file(path);
    const std::pair<const char*, const char*> bad[] = {
        {"firmware_minor = 15", "firmware_minor = 6"},
        {"firmware_minor = 15", "firmware_minor = 17"},
        {"firmware_minor = 15", "firmware_minor = 271"},
        {"user_tries = 2", "user_tries = 4"},
        {"user_tries = 2", "user_tries = -1"},
        {"user_tries = 2", "user_tries = 2 "},
        {"user_pin = 313233343536", "user_pin = 3132333435"},
        {"user_pin = 313233343536", "user_pin = 310033343536"},
        {"user_pin = 313233343536", "user_pin = 31323334353"},
        {"aes_key = present", "aes_key = maybe"},
        {"model = pro", "model = nk3"},
        {"hotp_counter.10 = 5", "hotp_counter.10 = 18446744073709551616"},
    };
    for (const auto& [from, to] : bad) {
        INFO(to);
        std::string text = good;
        REQUIRE(text.find(from) != std::string::npos);
        text.replace(text.find(from), std::string_view(from).size(), to);
        const auto state = simulator::parse_state(text);
        REQUIRE_FALSE(state.ok());
        CHECK(state.error().field == std::string(from).substr(0, std::string(from).find(' ')));
    }
}

TEST_CASE("A file cut off anywhere is refused") {
    const Folder folder;
    const std::string good = used_file(folder.file("token"));
    REQUIRE(simulator::parse_state(good).ok());
    for (std::size_t length = 0; length < good.size(); ++length) {
        const auto state = simulator::parse_state(std::string_view(good).substr(0, length));
        if (state.ok()) FAIL("accepted with " << length << " of " << good.size() << " bytes");
    }
}

TEST_CASE("A firmware without the slot for verifying refuses a file that has one") {
    const Folder folder;
    std::string text = used_file(folder.file("token"));
    text.replace(text.find("firmware_minor = 15"), 19, "firmware_minor = 8");
    const auto state = simulator::parse_state(text);
    REQUIRE_FALSE(state.ok());
    CHECK(state.error().field.rfind("slot.13.", 0) == 0);
}

TEST_CASE("What is no ordinary file, or a huge one, is refused for what it is") {
    const Folder folder;
    CHECK(attach_error(folder.path.string()).code == base::errors::file_is_folder);
    put(folder.file("huge"), std::string(1'000'000, 'x'));
    const base::Error huge = attach_error(folder.file("huge"));
    CHECK(huge.code == base::errors::file_too_large);
    CHECK(huge.actual == 1'000'000);
    REQUIRE(::mkfifo(folder.file("pipe").c_str(), 0600) == 0);
    CHECK(attach_error(folder.file("pipe")).code == base::errors::file_not_regular);
    // It is looked at before what is beside it: in /dev an ordinary user can make nothing.
    REQUIRE(::mkfifo(folder.file("pipe.lock").c_str(), 0600) == 0);
    CHECK(attach_error(folder.file("pipe")).subject == std::filesystem::weakly_canonical(folder.file("pipe")).string());
    put(folder.file("plain"), "");
    CHECK(attach_error(folder.file("plain") + "/below a file").code == base::errors::file_unreadable);
    CHECK(attach_error("").code == wire::errors::state_unwritable);
    CHECK(attach_error("/proc/no such folder/token").code == wire::errors::state_unwritable);
}

TEST_CASE("Where a token's RAM or its lock should be and a pipe is, the pipe is told and stays") {
    for (const char* ending : {".power", ".lock"}) {
        const Folder folder;
        const std::string path = folder.file("token");
        used_file(path);
        REQUIRE(::mkfifo((path + ending).c_str(), 0640) == 0);
        const base::Error error = attach_error(path);
        CHECK(error.code == base::errors::file_not_regular);
        CHECK(error.subject == std::filesystem::weakly_canonical(path).string() + ending);
        struct stat info {};
        REQUIRE(::stat((path + ending).c_str(), &info) == 0);
        CHECK(S_ISFIFO(info.st_mode));
        CHECK((info.st_mode & 0777U) == 0640);
    }
}

TEST_CASE("When the file can no longer be written, the command is not answered with ok") {
    const Folder folder;
    const std::string path = folder.file("sub/token");
    Token token(path);
    REQUIRE(token.authenticate() == 0);
    REQUIRE(token.send_name("lost") == 0);
    std::filesystem::remove_all(folder.file("sub"));
    const auto sent =
        token.transport->send_feature(Request(0x01).text(1, temporary()).byte(26, 0x20).number(27, 30).sealed());
    REQUIRE_FALSE(sent.ok());
    CHECK_FALSE(token.transport->receive_feature().ok());
    CHECK_FALSE(std::filesystem::exists(path));
    CHECK(token.source.look().size() == 1);  // still to be seen, so that it can tell
}

TEST_CASE("What another program has done to the token by its file is seen") {
    const Folder folder;
    const std::string path = folder.file("token");
    Token here(path);
    Token there(path);
    REQUIRE(there.write(0x20, "from there", rfc_secret, 30) == 0);
    CHECK(here.slot_status(0x20) == 0);
    REQUIRE(here.write(0x21, "from here", rfc_secret, 30) == 0);
    CHECK(there.slot_status(0x21) == 0);
    CHECK(there.slot_status(0x20) == 0);
}
