// The parts of the command line that need no token; the whole is driven by tests/cli/run.
#include "cli/context.hpp"

#include "base/errors.hpp"
#include "base/one_line.hpp"
#include "crypto/errors.hpp"
#include "device/errors.hpp"
#include "files/errors.hpp"
#include "otp/limits.hpp"
#include "qr/errors.hpp"
#include "sheet/errors.hpp"
#include "simulator/errors.hpp"
#include "state/errors.hpp"
#include "support/catch.hpp"
#include "wire/models.hpp"
#include "wire/transport.hpp"

#include <algorithm>
#include <map>
#include <string>

using namespace tokendeck;
using namespace tokendeck::cli;

namespace {

template <typename Codes>
void check_all_end(const Codes& codes) {
    for (const base::ErrorCode code : codes) {
        INFO(code.name);
        CHECK(exit_for(code) != Exit::done);
        CHECK_FALSE(failure_of(base::Error{code}).text.empty());
    }
}

otp::SlotSummary slot(std::uint8_t number, const char* name) {
    otp::SlotSummary summary;
    summary.id = otp::NumberedSlot{otp::OtpKind::totp, number};
    summary.name = name;
    summary.state = *name ? otp::SlotState::programmed : otp::SlotState::empty;
    return summary;
}

channel::TokenInfo token(const char* key, const char* serial, bool simulated = false,
                         channel::TokenAccess access = channel::TokenAccess::openable) {
    channel::TokenInfo info;
    info.key = key;
    info.title = "Nitrokey Pro";
    info.usb_serial = serial;
    info.simulated = simulated;
    info.access = access;
    if (access == channel::TokenAccess::no_permission) info.node = "/dev/hidraw3";
    return info;
}

// The key of the chosen token, "unknown" for a serial that may be a card's, or how it fails.
std::string chosen(const std::vector<channel::TokenInfo>& seen, const Options& options) {
    auto found = choose_token(seen, options);
    if (!found) return "exit " + std::to_string(static_cast<int>(found.failure().exit));
    return found.value() ? found.value()->key : "unknown";
}

std::string number_of(ResultInWords<otp::SlotSummary> found) {
    return found ? otp::text(found.value().id) : "exit " + std::to_string(static_cast<int>(found.failure().exit));
}

}  // namespace

TEST_CASE("No error of any room ends as if all was well, and each has words") {
    check_all_end(base::errors::all);
    check_all_end(otp::errors::all);
    check_all_end(wire::errors::all);
    check_all_end(qr::errors::all);
    check_all_end(sheet::errors::all);
    check_all_end(crypto::errors::all);
    check_all_end(files::errors::all);
    check_all_end(device::errors::all);
    check_all_end(simulator::errors::all);
    check_all_end(state::errors::all);
    CHECK(exit_for(base::ErrorCode{"nobody.knows-this"}) == Exit::failed);
}

TEST_CASE("Exit codes tell a script what to do") {
    CHECK(exit_for(device::errors::wrong_pin) == Exit::pin);
    CHECK(exit_for(device::errors::user_pin_blocked) == Exit::pin);
    CHECK(exit_for(device::errors::no_answer) == Exit::no_answer);
    CHECK(exit_for(wire::errors::transfer_failed) == Exit::no_answer);
    CHECK(exit_for(wire::errors::unplugged) == Exit::no_token);
    CHECK(exit_for(otp::errors::secret_too_long) == Exit::cannot);
    CHECK(exit_for(crypto::errors::secret_bad_character) == Exit::usage);
    CHECK(exit_for(qr::errors::no_code) == Exit::usage);
    CHECK(exit_for(device::errors::write_broke_off) == Exit::failed);
}

TEST_CASE("What is refused or breaks off in the care of a token tells a script what to do") {
    CHECK(exit_for(device::errors::pin_last_try) == Exit::pin);
    CHECK(exit_for(device::errors::pin_refused) == Exit::usage);
    CHECK(exit_for(device::errors::pins_differ) == Exit::usage);
    CHECK(exit_for(device::errors::nothing_to_change) == Exit::usage);
    CHECK(exit_for(device::errors::setting_not_honoured) == Exit::cannot);
    CHECK(exit_for(device::errors::command_unsupported) == Exit::cannot);
    CHECK(exit_for(device::errors::edit_unsupported) == Exit::cannot);
    CHECK(exit_for(device::errors::reset_not_done) == Exit::failed);
    CHECK(exit_for(device::errors::pin_change_broke_off) == Exit::failed);
}

TEST_CASE("The words about lock keys name the firmware that the table of models says honours them") {
    std::map<wire::Family, unsigned> last;
    for (const wire::FirmwareProfile& profile : wire::firmware_profiles())
        if (profile.lock_key_slots > 0)
            last[profile.family] = std::max<unsigned>(last[profile.family], profile.last_minor);
    const std::string words = sentences(failure_of(base::Error{device::errors::setting_not_honoured}));
    CHECK(words.find("Pro up to 0." + std::to_string(last.at(wire::Family::pro)) + " ") != std::string::npos);
    CHECK(words.find("Storage up to 0." + std::to_string(last.at(wire::Family::storage)) + " ") != std::string::npos);
}

TEST_CASE("On the command line nobody is sent to a page of the window") {
    const auto check_none = [](const auto& codes) {
        for (const base::ErrorCode code : codes) {
            INFO(code.name);
            const std::string text = sentences(failure_of(base::Error{code}));
            for (const char* word : {"Manage page", "under Manage", "diagnostics", "Tick that"})
                CHECK(text.find(word) == std::string::npos);
        }
    };
    check_none(device::errors::all);
    check_none(wire::errors::all);
    check_none(crypto::errors::all);
    check_none(otp::errors::all);
    CHECK(sentences(failure_of({device::errors::pin_last_try})).find("--last-try") != std::string::npos);
}

TEST_CASE("A name cannot send commands to the terminal") {
    CHECK(printable("github") == "github");
    CHECK(printable("b\xC3\xBC"
                    "cher") ==
          "b\xC3\xBC"
          "cher");
    CHECK(printable("a\x1B[31mb") == "a\\x1B[31mb");
    CHECK(printable("a\nb\rc\td\x7F") == "a\\x0Ab\\x0Dc\\x09d\\x7F");
    CHECK(printable(std::string_view("a\0b", 3)) == "a\\x00b");
    CHECK(printable("\xC2\x9B"
                    "31m") == "\\u{9B}31m");  // C1: CSI
    CHECK(printable("\xE2\x80\xAE"
                    "x") == "\\u{202E}x");  // right-to-left override
    CHECK(printable("a\xE2\x80\x8B"
                    "b") == "a\\u{200B}b");                 // zero width space
    CHECK(printable("\xFF\xC3") == "\\xFF\\xC3");           // no UTF-8
    CHECK(printable("\xED\xA0\x80") == "\\xED\\xA0\\x80");  // a surrogate
    CHECK(printable("\xC0\xAF") == "\\xC0\\xAF");           // overlong
}

TEST_CASE("A table stays aligned whatever is in its cells") {
    Table table({"A", "B"});
    table.add({"\xE6\x97\xA5\xE6\x9C\xAC", "x"});  // two characters, four columns
    table.add({"\x1B", "y"});
    CHECK(table.text() == "A     B\n\xE6\x97\xA5\xE6\x9C\xAC  x\n\\x1B  y\n");
}

TEST_CASE("A name that is not UTF-8 loses nothing in JSON") {
    Json object;
    put_name(object, "name", "a\xFF");
    CHECK(Output::dump(object) == "{\n  \"name\": \"a\\ufffd\",\n  \"name_hex\": \"61FF\"\n}");
    Json plain;
    put_name(plain, "name", "\x1B\xC2\x9B");
    CHECK(Output::dump(plain) == "{\n  \"name\": \"\\u001b\\u009b\",\n  \"name_hex\": null\n}");
}

TEST_CASE("A slot is found by its number or its name in any case, and never by guessing") {
    const std::vector<otp::SlotSummary> slots{slot(1, "GitHub"), slot(2, "github"), slot(3, "mail"),
                                              slot(4, "twice"),  slot(5, "twice"),  slot(6, ""),
                                              slot(7, "totp:3"), slot(8, "Alpha"),  slot(9, "ALPHA")};
    const auto found = [&](const char* target) { return number_of(find_target(slots, target)); };
    CHECK(found("totp:2") == "totp:2");
    CHECK(found("github") == "totp:2");
    CHECK(found("MAIL") == "totp:3");
    CHECK(found("twice") == "exit 2");
    CHECK(found("alpha") == "exit 2");
    CHECK(found("totp:3") == "totp:3");  // a slot comes before a name
    CHECK(found("totp:6") == "exit 2");
    CHECK(found("totp:99") == "exit 2");
    CHECK(sentences(find_target(slots, "twice").failure()).find("totp:4 \"twice\", totp:5") != std::string::npos);
}

TEST_CASE("An issuer alone or a beginning names a slot if only one fits") {
    const std::vector<otp::SlotSummary> slots{slot(1, "Git:ann"),  slot(2, "GitHub:bob"), slot(3, "Bank:ann"),
                                              slot(4, "Bank:bob"), slot(5, "Forge"),      slot(6, "")};
    const auto found = [&](const char* target) { return number_of(find_target(slots, target)); };
    CHECK(found("git") == "totp:1");  // the issuer goes before a beginning
    CHECK(found("gith") == "totp:2");
    CHECK(found("Bank:B") == "totp:4");
    CHECK(found("f") == "totp:5");
    CHECK(found("bank") == "exit 2");
    CHECK(found("forges") == "exit 2");
    CHECK(found("ann") == "exit 2");  // only from the start
    CHECK(sentences(find_target(slots, "BANK").failure()).find("totp:3 \"Bank:ann\", totp:4 \"Bank:bob\"") !=
          std::string::npos);
}

TEST_CASE("The token that is meant is chosen, and of several none is guessed") {
    const auto a = token("usb:1", "0000AAAA"), b = token("usb:2", "0000BBBB"),
               simulated = token("simulated:1", "", true);
    const auto closed = token("usb:3", "", false, channel::TokenAccess::no_permission);
    const auto other = token("usb:4", "", false, channel::TokenAccess::not_served);
    const Options any;
    Options by_serial, by_key, with_simulated;
    by_serial.token = "0000bbbb";
    by_key.token = "usb:1";
    with_simulated.simulate = Simulate{};

    CHECK(chosen({}, any) == "exit 3");
    CHECK(chosen({a}, any) == "usb:1");
    CHECK(chosen({a, b}, any) == "exit 2");
    CHECK(sentences(choose_token({a, b}, any).failure()).find("0000AAAA [usb:1], Nitrokey Pro 0000BBBB [usb:2]") !=
          std::string::npos);
    CHECK(chosen({a, b}, by_serial) == "usb:2");
    CHECK(chosen({a, b}, by_key) == "usb:1");
    CHECK(chosen({a}, by_serial) == "unknown");
    CHECK(chosen({a, simulated}, with_simulated) == "simulated:1");
    CHECK(chosen({a, simulated}, any) == "exit 2");
    CHECK(chosen({closed, a, other}, any) == "usb:1");
    CHECK(chosen({closed, other}, any) == "exit 1");
    CHECK(sentences(choose_token({closed, other}, any).failure()).find("/dev/hidraw3") != std::string::npos);
    CHECK(chosen({other}, any) == "exit 5");
}

TEST_CASE("Of three hundred tokens ten are named, in one line, and how many more there are") {
    std::vector<channel::TokenInfo> many;
    for (int i = 1; i <= 300; ++i)
        many.push_back(token(("usb:" + std::to_string(i)).c_str(), std::string(126, 's').c_str()));
    const std::string text = sentences(choose_token(many, Options{}).failure());
    CHECK(text.size() < 3000);
    CHECK(text.find('\n') == std::string::npos);
    CHECK(text.find("[usb:10]") != std::string::npos);
    CHECK(text.find("[usb:11]") == std::string::npos);
    CHECK(text.find("and 290 more") != std::string::npos);
    CHECK(text.find("`tokendeck devices`") != std::string::npos);
}

TEST_CASE("A sentence holds no more of a name or a path than fits into it, and no line end of it") {
    const std::string name = "/home/ann/" + std::string(4000, 'x') + "\n\x1B[2J.png";
    CHECK(in_quotes(name).size() < 300);
    CHECK(in_quotes(name).ends_with(".png\""));
    base::Error error{base::errors::file_not_regular};
    error.subject = name;
    const std::string text = sentences(failure_of(error));
    CHECK(text.size() < 400);
    CHECK(base::one_line(text) == text);
    CHECK(text.find("/home/ann/") != std::string::npos);
    CHECK(text.find(".png is a") != std::string::npos);
}

TEST_CASE("A USB serial that several tokens share chooses none of them, and the cards' serials are named") {
    auto a = token("usb:1", "000000000000"), b = token("usb:2", "000000000000");
    a.card_serial = "00001111";
    b.card_serial = "0000BBBB";
    Options by_usb, by_card;
    by_usb.token = "000000000000";
    by_card.token = "0000bbbb";
    CHECK(chosen({a, b}, by_usb) == "exit 2");
    const std::string text = sentences(choose_token({a, b}, by_usb).failure());
    CHECK(text.find("00001111 [usb:1]") != std::string::npos);
    CHECK(text.find("0000BBBB [usb:2]") != std::string::npos);
    CHECK(chosen({a}, by_usb) == "usb:1");
    CHECK(chosen({a, b}, by_card) == "usb:2");
}

TEST_CASE("A token in its boot loader is told to be one, with what to do") {
    const auto boot = token("usb:1", "", false, channel::TokenAccess::boot_loader);
    CHECK(chosen({boot}, Options{}) == "exit 5");
    CHECK(sentences(choose_token({boot}, Options{}).failure()).find("plug it in again") != std::string::npos);
}

TEST_CASE("A PIN file's first line is the PIN, without its line feed and otherwise unchanged") {
    const auto pin = [](std::string_view content) {
        auto found = pin_in(base::SecretText::copy_of(content), "pin.txt");
        return found ? std::string(found.value().view()) : "refused";
    };
    CHECK(pin("12345678\n") == "12345678");
    CHECK(pin("12345678") == "12345678");
    CHECK(pin(" 1234 5678 \n") == " 1234 5678 ");
    CHECK(pin("12345678\nuser: me\n") == "12345678");
    CHECK(pin("") == "refused");
    CHECK(pin("\n12345678\n") == "refused");
    CHECK(pin("12345678\r\n") == "refused");
    CHECK(pin("1234\t5678\n") == "refused");
    CHECK(pin(std::string_view("12345678\0\n", 10)) == "refused");
}
