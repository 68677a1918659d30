// Every error of every room has words, and no word is left with a hole in it.
#include "support/catch.hpp"

#include "base/errors.hpp"
#include "base/one_line.hpp"
#include "crypto/errors.hpp"
#include "desktop/errors.hpp"
#include "device/doctor_errors.hpp"
#include "device/errors.hpp"
#include "files/errors.hpp"
#include "otp/limits.hpp"
#include "qr/errors.hpp"
#include "settings/errors.hpp"
#include "sheet/errors.hpp"
#include "simulator/errors.hpp"
#include "state/errors.hpp"
#include "support/languages.hpp"
#include "wire/transport.hpp"
#include "words/language.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"
#include "words/words_table.hpp"

#include <set>
#include <string>
#include <vector>

using namespace tokendeck;

namespace {

std::vector<base::ErrorCode> every_code() {
    std::vector<base::ErrorCode> codes;
    const auto add = [&](const auto& of_room) { codes.insert(codes.end(), of_room.begin(), of_room.end()); };
    add(base::errors::all);
    add(otp::errors::all);
    add(wire::errors::all);
    add(device::errors::all);
    add(device::doctor_errors::all);
    add(crypto::errors::all);
    add(files::errors::all);
    add(qr::errors::all);
    add(sheet::errors::all);
    add(simulator::errors::all);
    add(state::errors::all);
    add(desktop::errors::all);
    add(settings::errors::all);
    return codes;
}

base::Error full(base::ErrorCode code) {
    base::Error error{code};
    error.field = "digits";
    error.subject = "wire.unplugged";
    error.position = 7;
    error.actual = 64;
    error.limit = 40;
    return error;
}

bool has_hole(const std::string& words) {
    return words.find_first_of("{}[]") != std::string::npos || words.find('?') != std::string::npos;
}

}  // namespace

TEST_CASE("What is true besides an error is told with it, in both languages") {
    base::Error error{wire::errors::unplugged};
    const words::Words plain = words::describe(error);
    error.remark = device::errors::counter_may_have_moved;
    CHECK(words::describe(error).what == plain.what + " The counter may have moved on by one.");
    CHECK(words::describe(error).next == plain.next);
    words::set_language(in_german);
    const std::string german = words::describe(error).what;
    words::set_language(words::Language::english);
    CHECK(german.ends_with(" Der Zähler ist vielleicht um eins weitergerückt."));
}

TEST_CASE("A refused time names the cure of a Pro that stores nothing more before the clock is set back") {
    for (const words::Language language : {words::Language::english, in_german}) {
        words::set_language(language);
        const std::string next = words::describe(base::Error{device::errors::time_refused}).next;
        INFO(next);
        const bool english = language == words::Language::english;
        const auto cure = next.find(english ? "plug it in again" : "wieder einstecken");
        const auto back = next.find(english ? "clock back" : "Zurückstellen");
        REQUIRE(cure != std::string::npos);
        REQUIRE(back != std::string::npos);
        CHECK(cure < back);
    }
    words::set_language(words::Language::english);
}

TEST_CASE("Every error that a room can return has words of its own, with a cause and a next step") {
    for (const base::ErrorCode code : every_code()) {
        INFO(code.name);
        CHECK(words::has_words(code.name));
        const words::Words words = words::describe(full(code));
        CHECK(words.what.size() > 10);
        CHECK(words.what.back() == '.');
        const bool all_is_well = code.name == "doctor.token-ready" || code.name == "doctor.clock-right";
        const bool only_told = code.name.starts_with("crypto.read-") && words.next.empty();
        if (code.name != "device.stopping" && !all_is_well && !only_told) CHECK(words.next.size() > 5);
    }
}

TEST_CASE("No placeholder is left in the words of an error that has all its values") {
    for (const base::ErrorCode code : every_code()) {
        const words::Words words = words::describe(full(code));
        INFO(code.name << ": " << words::sentences(words));
        CHECK_FALSE(has_hole(words.what));
        CHECK_FALSE(has_hole(words.next));
        CHECK(words.what.find("..") == std::string::npos);
        CHECK(words.what.find("  ") == std::string::npos);
    }
}

TEST_CASE("An error without its optional values is still a whole sentence") {
    base::Error error{wire::errors::no_permission};
    CHECK(words::describe(error).what == "You are not allowed to open the token.");
    error.subject = "/dev/hidraw3";
    CHECK(words::describe(error).what == "You are not allowed to open the token (/dev/hidraw3).");
}

TEST_CASE("What an error is about fits into one line, whatever it is") {
    for (const base::ErrorCode code : every_code()) {
        base::Error error = full(code);
        error.subject = "/home/ann/\x1B[2J\n\xE2\x80\xAE" + std::string(5000, 'x') + ".png";
        error.field = std::string(5000, 'f');
        const std::string words = words::sentences(words::describe(error));
        INFO(code.name);
        CHECK(words.size() < 1000);
        CHECK(base::one_line(words) == words);
    }
}

TEST_CASE("A blocked user PIN is told with the way back, by the names that the window has for it") {
    for (const words::Language spoken : {words::Language::english, in_german}) {
        const Speaking speaking(spoken);
        for (const base::ErrorCode code : {device::errors::user_pin_blocked, device::errors::user_pin_used_up}) {
            const std::string next = words::describe(base::Error{code, "user-pin"}).next;
            INFO(next);
            CHECK(next.find(words::text(words::Key::nav_care)) != std::string::npos);
            CHECK(next.find(words::text(words::Key::care_unblock)) != std::string::npos);
        }
    }
}

TEST_CASE("A PIN that is too short or too long is named in words, not by its field") {
    for (const base::ErrorCode code : {device::errors::new_pin_too_short, device::errors::new_pin_too_long,
                                       device::errors::pin_too_short, device::errors::pin_too_long}) {
        base::Error error{code, "user-pin"};
        error.limit = 6;
        CHECK(words::describe(error).what.find("user PIN is too ") != std::string::npos);
        error.field = "admin-pin";
        const Speaking german(in_german);
        CHECK(words::describe(error).what.find("Admin-PIN ist zu ") != std::string::npos);
    }
}

TEST_CASE("A write that broke off says why, in the words of its cause") {
    base::Error error{device::errors::write_broke_off};
    error.subject = "wire.unplugged";
    CHECK(words::describe(error).what.find(": The token was unplugged. ") != std::string::npos);
}

TEST_CASE("An error nobody wrote words for is named as it is") {
    const words::Words words = words::describe(base::Error{base::ErrorCode{"later.unheard-of"}});
    CHECK(words.what.find("later.unheard-of") != std::string::npos);
    CHECK_FALSE(has_hole(words.what));
}

TEST_CASE("The table of errors has no code twice and none that no room has") {
    std::set<std::string_view> known;
    for (const base::ErrorCode code : every_code()) known.insert(code.name);
    std::set<std::string_view> seen;
    for (const auto table : {words::error_words(), words::doctor_words()})
        for (const words::ErrorWords& entry : table) {
            INFO(entry.code);
            CHECK(seen.insert(entry.code).second);
            CHECK(known.count(entry.code) == 1);
        }
}

TEST_CASE("Every known fault of firmware has words for the owner, by the protocol page's number") {
    for (const auto& [family, count] : {std::pair{"Q-P", 22}, std::pair{"Q-S", 21}})
        for (int n = 1; n <= count; ++n) {
            INFO(family << n);
            const std::string_view words = words::describe_quirk(family + std::to_string(n));
            REQUIRE_FALSE(words.empty());
            CHECK(words.back() == '.');
        }
    CHECK(words::describe_quirk("Q-P99").empty());
    CHECK(words::describe_quirk("").empty());
}

TEST_CASE("A notice is found by the name the state gives it and says what it is about") {
    for (const char* name :
         {"notice.token-unplugged", "notice.slot-removed", "notice.slot-edited", "notice.slot-edited-unproven"}) {
        const std::string words = words::text_by_name(name, {{"subject", "GitHub"}});
        CHECK(words.find("GitHub") != std::string::npos);
        CHECK(words.find('{') == std::string::npos);
    }
}
