// Every text of the tables, in both languages, agrees with whatever is filled in: numbers, verbs, articles.
#include "support/agreement.hpp"
#include "support/catch.hpp"

#include "base/filled.hpp"
#include "support/languages.hpp"
#include "words/language.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"
#include "words/words_table.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace tokendeck;
using agreement::Judge;
using agreement::Tongue;

namespace {

using Choices = std::map<std::string, std::vector<std::optional<std::string>>, std::less<>>;
using Chosen = std::map<std::string, std::optional<std::string>, std::less<>>;

struct Named {
    words::Key key;
    std::string_view name;
};
#define TOKENDECK_ENTRY(key, wording) Named{words::Key::key, #key},
const std::vector<Named> keys{TOKENDECK_TEXTS(TOKENDECK_ENTRY)};
#undef TOKENDECK_ENTRY

// The numbers among the things to fill in; in one text only, "key/name".
const std::set<std::string, std::less<>> numbers{"n",
                                                 "all",
                                                 "max",
                                                 "min",
                                                 "digits",
                                                 "period",
                                                 "counter",
                                                 "totp",
                                                 "hotp",
                                                 "line",
                                                 "part",
                                                 "behind",
                                                 "free",
                                                 "ahead",
                                                 "p50",
                                                 "p95",
                                                 "p99",
                                                 "diag_slots_value/used",
                                                 "notice_settings_lines/subject",
                                                 "position",
                                                 "actual",
                                                 "limit",
                                                 "next"};

bool is_number(std::string_view key, const std::string& name) {
    return numbers.count(name) != 0 || numbers.count(std::string(key) + "/" + name) != 0;
}

// Words as they come: some begin with a vowel, some do not; what comes as a name of ours is put into words by ui.
const std::map<std::string, std::vector<std::string>, std::less<>> words_for{
    {"name", {"GitHub", "Amazon"}},
    {"subject", {"GitHub", "Amazon", "SHA512"}},
    {"field",
     {"algorithm", "issuer", "counter", "digits", "name", "user-pin", "admin-pin", "numlock", "pin-protected-codes"}},
    {"title", {"Nitrokey Pro", "AnyKey"}},
    {"serial", {"000031415"}},
    {"node", {"/dev/hidraw3"}},
    {"firmware", {"0.15"}},
    {"via", {"hidraw", "USB"}},
    {"what", {"Nitrokey Pro", "AnyKey"}},
    {"place", {"TOTP 3", "HOTP 1"}},
    {"facts", {"6 digits \xC2\xB7 30 s"}},
    {"path", {"/home/ann/sheet.pdf"}},
    {"now", {"2026-11-26 16:00"}},
    {"keys", {"Num Lock", "Caps Lock"}},
    {"newest", {"0.15"}},
    {"noted", {"2026-11"}},
    {"time", {"16:00"}},
    {"ago", {"5 min"}},
    {"key", {"theme", "auto_lock"}},
    {"found", {"blue", "orange"}},
    {"used", {"system", "auto"}},
    {"allowed", {"system | light | dark"}},
    {"cause", {"wire.unplugged", "device.no-answer"}},
};

// What cannot agree with anything although a word follows the number.
struct Exempt {
    std::string_view key;
    std::string_view name;
};
constexpr std::array exempt{
    Exempt{"input_reading_more", "n"},   // "2 more to read"
    Exempt{"choose_free", "hotp"},       // "1 slot for time, 2 for counters"
    Exempt{"diag_slots_value", "used"},  // "2 used, 3 free"
    Exempt{"diag_slots_value", "free"},
    Exempt{"diag_places_value", "totp"},  // "15 TOTP, 3 HOTP"
    Exempt{"diag_places_value", "hotp"},
    Exempt{"diag_lock_keys_yes", "n"},  // "HOTP 1 bis 2 tippen"
    Exempt{"otp.counter-too-large", "limit"},
    Exempt{"device.lock-key-slot", "limit"},  // "HOTP slots 1 to 2"
};

std::vector<std::optional<std::string>> choices_for(std::string_view key, const std::string& name) {
    if (is_number(key, name)) return {"0", "1", "2"};
    const auto found = words_for.find(name);
    if (found == words_for.end()) return {};
    return {found->second.begin(), found->second.end()};
}

// Calls `use` with every combination.
void for_each_filling(const Choices& choices, const std::function<void(const Chosen&)>& use) {
    Chosen chosen;
    const std::function<void(Choices::const_iterator)> choose = [&](Choices::const_iterator next) {
        if (next == choices.end()) {
            use(chosen);
            return;
        }
        for (const auto& value : next->second) {
            chosen[next->first] = value;
            choose(std::next(next));
        }
    };
    choose(choices.begin());
}

struct ErrorTexts {
    std::string_view code;
    std::string_view what;
    std::string_view next;
};
// In the language that is set.
std::vector<ErrorTexts> errors_said() {
    std::vector<ErrorTexts> all;
    for (const auto table : {words::error_words(), words::doctor_words()})
        for (const words::ErrorWords& one : table)
            all.push_back({one.code, words::translated(std::string(one.code) + " what", one.what),
                           words::translated(std::string(one.code) + " next", one.next)});
    return all;
}

Judge judge_of(words::Language language) {
    Judge judge(language == in_german ? Tongue::german : Tongue::english);
    const Speaking speaking(language);
    for (const Named& one : keys) judge.learn(words::text(one.key));
    for (const ErrorTexts& one : errors_said()) {
        judge.learn(one.what);
        judge.learn(one.next);
    }
    return judge;
}

// True if {name} stands in [brackets] only, and so may be missing.
bool may_be_missing(std::string_view pattern, const std::string& name) {
    bool in_brackets = false;
    bool found = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '[' || pattern[i] == ']') in_brackets = pattern[i] == '[';
        if (!pattern.substr(i).starts_with("{" + name + "}")) continue;
        if (!in_brackets) return false;
        found = true;
    }
    return found;
}

// What is wrong with the pattern itself, whatever is filled in.
void check_pattern(const Judge& judge, std::string_view key, std::string_view pattern, std::set<std::string>& excused) {
    for (const std::string& name : agreement::names_in(pattern)) {
        if (!is_number(key, name)) continue;
        const std::string fault = judge.unseen(pattern, name);
        if (fault.empty()) continue;
        const bool known = std::any_of(exempt.begin(), exempt.end(),
                                       [&](const Exempt& one) { return one.key == key && one.name == name; });
        if (known) excused.insert(std::string(key) + "/" + name);
        INFO(key << ": " << pattern);
        if (!known) CHECK(fault == "");
    }
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
        const std::string_view hole = pattern.substr(open, pattern.find('}', open) - open);
        const auto bars = std::count(hole.begin(), hole.end(), '|');
        INFO(key << ": " << pattern);
        CHECK((bars == 0 || bars == 2));
        // Forms are those of a number that the text has, or of the only one that comes with it ("exchanges", a label).
        const std::string name(hole.substr(1, hole.find('|') - 1));
        if (bars == 2) CHECK((pattern.find("{" + name + "}") != std::string_view::npos || name == "n"));
        if (bars == 0)
            for (const std::string_view article : {"a ", "an ", "A ", "An "}) {
                const std::string_view before = pattern.substr(0, open);
                CHECK_FALSE((before == article || before.ends_with(" " + std::string(article))));
            }
    }
}

// None is left that nothing needs. Errors have a dot in their name.
void check_exemptions(const std::set<std::string>& excused, bool errors) {
    for (const Exempt& one : exempt) {
        if ((one.key.find('.') != std::string_view::npos) != errors) continue;
        INFO(one.key << "/" << one.name);
        CHECK(excused.count(std::string(one.key) + "/" + std::string(one.name)) == 1);
    }
}

// The program speaks that language while `check` runs.
template <typename Check>
void in_each_language(Check check) {
    for (const words::Language language : {words::Language::english, in_german}) {
        const Judge judge = judge_of(language);
        const Speaking speaking(language);
        REQUIRE(words::text(words::Key::cancel) == (language == in_german ? "Abbrechen" : "Cancel"));
        check(language, judge);
    }
}

}  // namespace

TEST_CASE("Every text of the window agrees with every number and word that is filled in") {
    std::set<std::string> excused;
    in_each_language([&](words::Language, const Judge& judge) {
        int rendered = 0;
        int counted = 0;
        for (const Named& one : keys) {
            const std::string_view pattern = words::text(one.key);
            check_pattern(judge, one.name, pattern, excused);
            Choices choices;
            for (const std::string& name : agreement::names_in(pattern)) {
                choices[name] = choices_for(one.name, name);
                INFO(one.name << " has {" << name << "}, for which this test has no example");
                REQUIRE_FALSE(choices[name].empty());
                if (is_number(one.name, name)) ++counted;
            }
            for_each_filling(choices, [&](const Chosen& chosen) {
                const std::string words =
                    base::filled(pattern, [&](std::string_view name, std::string_view) -> std::optional<std::string> {
                        const auto found = chosen.find(name);
                        return found == chosen.end() ? std::nullopt : found->second;
                    });
                ++rendered;
                // A bar is right within what a settings file may say.
                const std::string fault = one.key == words::Key::settings_wrong_value ? "" : judge.fault_of(words);
                if (fault.empty()) return;
                INFO(one.name << ": " << words);
                CHECK(fault == "");
            });
        }
        CHECK(rendered > static_cast<int>(keys.size()));
        CHECK(counted > 60);
    });
    check_exemptions(excused, false);
}

TEST_CASE("Every error and finding agrees with every number and word that is filled in, or missing") {
    std::set<std::string> excused;
    in_each_language([&](words::Language, const Judge& judge) {
        int rendered = 0;
        for (const ErrorTexts& entry : errors_said()) {
            const std::string pattern = std::string(entry.what) + " " + std::string(entry.next);
            check_pattern(judge, entry.code, entry.what, excused);
            check_pattern(judge, entry.code, entry.next, excused);
            Choices choices;
            for (const std::string& name : agreement::names_in(pattern)) {
                auto& values = choices[name == "cause" ? "subject" : name];
                values = choices_for(entry.code, name);
                INFO(entry.code << " has {" << name << "}, for which this test has no example");
                REQUIRE_FALSE(values.empty());
                if (may_be_missing(pattern, name)) values.push_back(std::nullopt);
            }
            for_each_filling(choices, [&](const Chosen& chosen) {
                base::Error error{base::ErrorCode{entry.code}};
                for (const auto& [name, value] : chosen) {
                    if (!value) continue;
                    if (name == "field") error.field = *value;
                    else if (name == "subject") error.subject = *value;
                    else if (name == "position") error.position = std::stoul(*value);
                    else if (name == "actual") error.actual = std::stoul(*value);
                    else if (name == "limit") error.limit = std::stoul(*value);
                }
                ++rendered;
                const words::Words words = words::describe(error);
                for (const std::string& part : {words.what, words.next}) {
                    const std::string fault = judge.fault_of(part);
                    if (fault.empty()) continue;
                    INFO(entry.code << ": " << part);
                    CHECK(fault == "");
                }
            });
        }
        CHECK(rendered > 500);
    });
    check_exemptions(excused, true);
}

TEST_CASE("Every known fault of firmware agrees with its numbers") {
    in_each_language([](words::Language, const Judge& judge) {
        for (const words::QuirkWords& quirk : words::quirk_words()) {
            const std::string said(words::describe_quirk(quirk.number));
            INFO(quirk.number << ": " << said);
            CHECK(judge.fault_of(said) == "");
        }
    });
}

TEST_CASE("Words that do not agree are found, and those that do are left alone") {
    const Judge english = judge_of(words::Language::english);
    for (const char* wrong : {"1 accounts",
                              "0 account",
                              "2 account chosen",
                              "It has 1 bytes.",
                              "at most 1 are read",
                              "2 known fault fewer",
                              "1 of 1 accounts chosen",
                              "0/1 bytes",
                              "1 accounts were added",
                              "1 account were added",
                              "2 accounts was added",
                              "There are 1 accounts in it",
                              "There is 2 accounts in it",
                              "1 tries left",
                              "1 seconds",
                              "secret of 1 bytes",
                              "a algorithm",
                              "an HOTP slot",
                              "An secret",
                              "a hour",
                              "an USB port",
                              "a AES key",
                              "{n} left",
                              "two  blanks",
                              "of ? bytes",
                              "a [part",
                              "and 1 more lines"}) {
        INFO(wrong);
        CHECK(english.fault_of(wrong) != "");
    }
    for (const char* right : {"1 account",
                              "0 accounts",
                              "2 accounts chosen",
                              "at most 1 is read; at most 2 are read",
                              "1 known fault fewer",
                              "0 of 1 account chosen",
                              "1 of 3 tries left",
                              "1/15 bytes",
                              "1 account was added",
                              "2 accounts were added",
                              "There is 1 account in it",
                              "There are 2 accounts in it",
                              "Line 1: this version has no setting",
                              "a HOTP slot",
                              "a USB port",
                              "an otpauth link",
                              "an hour",
                              "an SD card",
                              "A to F",
                              "1 s",
                              "1 to 2 characters",
                              "HOTP slots 1 to 2 and no other",
                              "an AES key",
                              "a one-time password"}) {
        INFO(right);
        CHECK(english.fault_of(right) == "");
    }
    const Judge german = judge_of(in_german);
    for (const char* wrong : {"1 Konten", "2 Konto", "noch 1 Versuche", "1 Bytes", "gelesen werden h\u00f6chstens 1.",
                              "gelesen wird h\u00f6chstens 2.", "Insgesamt sind 1 Stelle", "1 Zeilen der Datei sind",
                              "1 Zeile der Datei sind", "1 Konten wurden", "2 Konten wurde", "1 Sekunden"}) {
        INFO(wrong);
        CHECK(german.fault_of(wrong) != "");
    }
    for (const char* right :
         {"1 Konto", "2 Konten", "noch 2 Versuche", "1 Zeichen", "2 Zeichen", "2 Token erkannt",
          "gelesen wird h\u00f6chstens 1.", "1 von 3 Versuchen", "1 Konto wurde", "2 Konten wurden"}) {
        INFO(right);
        CHECK(german.fault_of(right) == "");
    }
    CHECK(english.unseen("{n} frogs jump", "n") != "");
    CHECK(english.unseen("{n} {n|frog|frogs} jump", "n") == "");
    CHECK(english.unseen("in {n} s", "n") == "");
    CHECK(english.unseen("Line {n} is wrong", "n") == "");
}
