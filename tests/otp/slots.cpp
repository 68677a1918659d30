// Slots as text, names, time steps.
#include "otp/enrolment.hpp"
#include "otp/slot.hpp"
#include "support/catch.hpp"

#include <set>
#include <string>

using namespace tokendeck::otp;

namespace {

OtpEnrolment account(std::string issuer, std::string name) {
    OtpEnrolment enrolment;
    enrolment.issuer = std::move(issuer);
    enrolment.account = std::move(name);
    return enrolment;
}

}  // namespace

TEST_CASE("A slot's text leads back to the slot, for every slot there can be") {
    for (const auto kind : {OtpKind::hotp, OtpKind::totp}) {
        for (unsigned number = 1; number <= 255; ++number) {
            const SlotId slot = NumberedSlot{kind, static_cast<std::uint8_t>(number)};
            CHECK(parse_slot(text(slot)) == std::optional<SlotId>{slot});
        }
    }
    CHECK(text(NumberedSlot{OtpKind::totp, 3}) == "totp:3");
    CHECK(text(NumberedSlot{OtpKind::hotp, 15}) == "hotp:15");
    for (const char* label : {"github", "a:b", "name:x", " ", "ärger"}) {
        const SlotId slot = NamedSlot{label};
        CHECK(parse_slot(text(slot)) == std::optional<SlotId>{slot});
    }
}

TEST_CASE("What is not exactly a slot's text is no slot") {
    for (const char* wrong :
         {"",        ":",       "totp",    "totp:",    "totp:0",  "totp:256", "totp:1000", "totp:-1",
          "totp:+1", "totp:01", "totp: 1", "totp:1 ",  " totp:1", "TOTP:1",   "Totp:1",    "totp:1x",
          "totp:x",  "otp:1",   "totp;1",  "totp:1:2", "name:",   "3"}) {
        INFO(wrong);
        CHECK_FALSE(parse_slot(wrong));
    }
    CHECK_FALSE(parse_slot(std::string_view("totp:1\0", 7)));
}

TEST_CASE("The name suggested for a slot is the fullest that fits") {
    const auto github = account("GitHub", "alice");
    CHECK(suggested_name(github, 12) == "GitHub:alice");  // exactly
    CHECK(suggested_name(github, 11) == "GitHub");
    CHECK(suggested_name(github, 6) == "GitHub");
    CHECK(suggested_name(github, 5) == "alice");  // the issuer does not fit, the account does
    CHECK(suggested_name(github, 4) == "GitH");
    CHECK(suggested_name(account("", "alice"), 15) == "alice");
    CHECK(suggested_name(account("GitHub", ""), 15) == "GitHub");
    CHECK(suggested_name(account("", "alice@example.com"), 15) == "alice@example.c");
    CHECK(suggested_name(account("", ""), 15).empty());
}

TEST_CASE("A name for an account beside others is none of theirs") {
    const auto work = account("GitHub", "ann.work@example.org");
    const std::vector<std::string> one{"GitHub"};
    const std::vector<std::string> two{"GitHub", "GitHub:ann.work"};
    const std::vector<std::string> three{"GitHub", "GitHub:ann.work", "ann.work@exampl"};
    CHECK(distinct_name(work, 15, {}) == "GitHub");
    CHECK(distinct_name(work, 15, one) == "GitHub:ann.work");
    CHECK(distinct_name(work, 15, two) == "ann.work@exampl");
    CHECK(distinct_name(work, 15, three) == "GitHub 2");
    const std::vector<std::string> alone{"A bank of this c", "A bank of this "};
    CHECK(distinct_name(account("A bank of this city", ""), 15, alone) == "A bank of thi 2");
    CHECK(distinct_name(account("", ""), 15, one).empty());
}

TEST_CASE("A name is shortened between characters, never within one") {
    // ä: 2 bytes, €: 3 bytes, a face: 4 bytes
    const std::string text = "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80";
    const std::string expected[] = {"",
                                    "a",
                                    "a",
                                    "a\xC3\xA4",
                                    "a\xC3\xA4",
                                    "a\xC3\xA4",
                                    "a\xC3\xA4\xE2\x82\xAC",
                                    "a\xC3\xA4\xE2\x82\xAC",
                                    "a\xC3\xA4\xE2\x82\xAC",
                                    "a\xC3\xA4\xE2\x82\xAC"};
    for (std::size_t most = 0; most < 10; ++most) {
        INFO(most);
        CHECK(shortened(text, most) == expected[most]);
    }
    CHECK(shortened(text, 10) == text);
    CHECK(shortened(text, 100) == text);
    CHECK(shortened("\x80\x80\x80", 2).empty());  // no text at all, but no endless walk either
    CHECK(suggested_name(account("Bäckerei Müller & Söhne", ""), 15) == "Bäckerei Müll");
}

TEST_CASE("People read issuer and account, or the one that there is") {
    CHECK(title(account("GitHub", "alice")) == "GitHub: alice");
    CHECK(title(account("", "alice")) == "alice");
    CHECK(title(account("GitHub", "")) == "GitHub");
    CHECK(title(account("", "")).empty());
}

TEST_CASE("A time step is as long as its period") {
    CHECK(time_step(0, 30) == 0);
    CHECK(time_step(29, 30) == 0);
    CHECK(time_step(30, 30) == 1);
    CHECK(time_step(59, 30) == 1);
    CHECK(time_step(20'000'000'000, 30) == 0x27BC86AA);  // RFC 6238, appendix B
    CHECK(time_step(INT64_MAX, 1) == static_cast<std::uint64_t>(INT64_MAX));
}

TEST_CASE("Kinds, algorithms and states are called what files and scripts call them") {
    CHECK(std::string(name(OtpKind::hotp)) == "hotp");
    CHECK(std::string(name(OtpKind::totp)) == "totp");
    CHECK(std::string(name(HashAlgorithm::sha1)) == "SHA1");
    CHECK(std::string(name(HashAlgorithm::sha256)) == "SHA256");
    CHECK(std::string(name(HashAlgorithm::sha512)) == "SHA512");
    std::set<std::string> states;
    for (const auto state : {SlotState::empty, SlotState::programmed, SlotState::proven, SlotState::unsure,
                             SlotState::mismatch, SlotState::unreadable}) {
        states.insert(name(state));
        SlotSummary slot;
        slot.state = state;
        CHECK(occupied(slot) == (state != SlotState::empty));  // an unsure slot may hold an account
    }
    CHECK(states.size() == 6);
    CHECK(states.count("") == 0);
}
