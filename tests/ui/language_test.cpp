// The languages: which one a locale means, and that German says everything that English does.
#include "support/catch.hpp"

#include "embedded/languages.hpp"
#include "support/languages.hpp"
#include "ui/kit/fonts.hpp"
#include "ui/stage.hpp"
#include "words/language.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"
#include "words/words_table.hpp"

#include "device/errors.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace tokendeck;

namespace {

struct EnglishText {
    words::Key key;
    std::string_view name;
    std::string_view words;
};

#define TOKENDECK_ENTRY(key, wording) EnglishText{words::Key::key, #key, wording},
const std::vector<EnglishText> english_texts{TOKENDECK_TEXTS(TOKENDECK_ENTRY)};
#undef TOKENDECK_ENTRY

// "{name}"; within [brackets] "[name]", since there it may be missing. A pair of brackets that does not match: "?".
std::multiset<std::string> holes(std::string_view words, bool with_brackets) {
    std::multiset<std::string> found;
    bool in_brackets = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (with_brackets && (words[i] == '[' || words[i] == ']')) {
            if (in_brackets == (words[i] == '[')) found.insert("?");
            in_brackets = words[i] == '[';
        } else if (words[i] == '{') {
            const std::size_t end = words.find('}', i);
            if (end == std::string_view::npos) return {"?"};
            const std::string name(words.substr(i + 1, end - i - 1));
            // What agrees with a number ("{n|slot|slots}") differs from language to language: agreement_test.cpp.
            if (name.find('|') == std::string::npos) found.insert(in_brackets ? "[" + name + "]" : "{" + name + "}");
            i = end;
        } else if (words[i] == '}') {
            found.insert("?");
        }
    }
    if (in_brackets) found.insert("?");
    return found;
}

std::vector<words::ErrorWords> both(std::span<const words::ErrorWords> first,
                                    std::span<const words::ErrorWords> second) {
    std::vector<words::ErrorWords> all(first.begin(), first.end());
    all.insert(all.end(), second.begin(), second.end());
    return all;
}

std::vector<words::ErrorWords> english_errors() {
    return both(words::error_words(), words::doctor_words());
}
// Every text there is to translate, with its context in po/, in English.
struct ToTranslate {
    std::string context;
    std::string_view english;
    bool with_brackets;  // what is in them may be left out
};
std::vector<ToTranslate> all_to_translate() {
    std::vector<ToTranslate> all;
    for (const EnglishText& one : english_texts) all.push_back({std::string(one.name), one.words, false});
    for (const words::ErrorWords& one : english_errors()) {
        if (!one.what.empty()) all.push_back({std::string(one.code) + " what", one.what, true});
        if (!one.next.empty()) all.push_back({std::string(one.code) + " next", one.next, true});
    }
    for (const words::QuirkWords& one : words::quirk_words())
        all.push_back({std::string(one.number), one.words, false});
    return all;
}

bool has_glyph(ui::Face face, unsigned letter) {
#if IMGUI_VERSION_NUM < 19200
    return ui::font(face)->FindGlyphNoFallback(static_cast<ImWchar>(letter)) != nullptr;
#else
    return ui::font(face)->IsGlyphInFont(static_cast<ImWchar>(letter));
#endif
}

// The letters of UTF-8 that this face lacks, in hexadecimal.
std::string lacking(ui::Face face, std::string_view words) {
    std::string missing;
    for (std::size_t i = 0; i < words.size();) {
        const auto byte = static_cast<unsigned char>(words[i]);
        const std::size_t size = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        unsigned letter = size == 1 ? byte : byte & (0xFFU >> (size + 1));
        for (std::size_t k = 1; k < size && i + k < words.size(); ++k)
            letter = letter << 6U | (static_cast<unsigned char>(words[i + k]) & 0x3FU);
        if (!has_glyph(face, letter)) missing += std::to_string(letter) + " ";
        i += size;
    }
    return missing;
}

// What a German text does not have: English quotation marks, three dots, a straight quotation mark.
bool well_set(std::string_view words) {
    if (words.find("...") != std::string_view::npos || words.find('"') != std::string_view::npos) return false;
    if (words.find("\u201d") != std::string_view::npos) return false;
    if (words.find("  ") != std::string_view::npos) return false;
    std::size_t open = 0;
    std::size_t closed = 0;
    for (std::size_t at = 0; (at = words.find("\u201e", at)) != std::string_view::npos; ++at) ++open;
    for (std::size_t at = 0; (at = words.find("\u201c", at)) != std::string_view::npos; ++at) ++closed;
    return open == closed;
}

std::span<const embedded::Translation> german_texts() {
    for (const embedded::Language& one : embedded::languages())
        if (one.code == "de") return one.texts;
    return {};
}

}  // namespace

TEST_CASE("A German locale means German, and every other one English") {
    for (const char* locale : {"de", "de_DE", "de_DE.UTF-8", "de_AT.UTF-8", "de_CH@euro", "de-CH", "DE", "de.UTF-8"}) {
        INFO(locale);
        CHECK(words::language_of_locale(locale) == in_german);
        CHECK(words::locale_is_served(locale));
    }
    for (const char* locale : {"", "C", "C.UTF-8", "POSIX", "en_GB.UTF-8", "den_CA", "nds_DE", "d", "fr_FR", "deu"}) {
        INFO(locale);
        CHECK(words::language_of_locale(locale) == words::Language::english);
    }
    for (const char* locale : {"", "fr_FR.UTF-8", "den_CA", "nds_DE"}) CHECK_FALSE(words::locale_is_served(locale));
    for (const char* locale : {"C", "POSIX", "en", "en_US.UTF-8"}) CHECK(words::locale_is_served(locale));
}

TEST_CASE("Texts, errors and faults are said in the language that was set last") {
    CHECK(words::text(words::Key::cancel) == "Cancel");
    const std::string english = words::describe(base::Error{device::errors::wrong_pin}).what;
    const std::string_view english_quirk = words::describe_quirk("Q-P1");
    {
        const Speaking german(in_german);
        CHECK(words::language() == in_german);
        CHECK(words::text(words::Key::cancel) == "Abbrechen");
        CHECK(words::describe(base::Error{device::errors::wrong_pin}).what ==
              "Die PIN ist falsch. Das hat einen Versuch gekostet.");
        CHECK(words::describe_quirk("Q-P1") != english_quirk);
    }
    CHECK(words::text(words::Key::cancel) == "Cancel");
    CHECK(words::describe(base::Error{device::errors::wrong_pin}).what == english);
}

TEST_CASE(
    "Every text, error and fault is there in each language, once, with the same things to fill in and leave out") {
    const std::vector<ToTranslate> wanted = all_to_translate();
    REQUIRE_FALSE(embedded::languages().empty());
    for (const embedded::Language& language : embedded::languages()) {
        CHECK(std::ranges::is_sorted(language.texts, {}, &embedded::Translation::context));  // it is searched by halves
        std::map<std::string_view, std::string_view> texts;
        for (const embedded::Translation& one : language.texts) {
            INFO(language.code << ": " << one.context << " is there twice");
            CHECK(texts.emplace(one.context, one.text).second);
        }
        for (const ToTranslate& one : wanted) {
            INFO(language.code << ": " << one.context << ": " << one.english);
            const auto found = texts.find(one.context);
            REQUIRE(found != texts.end());
            CHECK(holes(found->second, one.with_brackets) == holes(one.english, one.with_brackets));
            texts.erase(found);
        }
        for (const auto& [context, text] : texts) {
            INFO(language.code << ": no text has the context " << context);
            CHECK(context.starts_with("term "));
        }
    }
}

TEST_CASE("German texts are well set, and what to do next begins with no pronoun; one word stands for one thing") {
    for (const embedded::Translation& one : german_texts()) {
        INFO(one.context << ": " << one.text);
        CHECK(well_set(one.text));
        if (one.context.ends_with(" next"))
            for (const std::string_view pronoun : {"Sie ", "Ihn ", "Ihre ", "Ihren ", "Eines ", "Sich "})
                CHECK_FALSE(one.text.starts_with(pronoun));
        for (const std::string_view word : {"bewiesen", "Bewiesen", "Feststelltasten", "Symbolleiste"})
            CHECK(one.text.find(word) == std::string_view::npos);
    }
    for (const words::QuirkWords& one : words::quirk_words()) {
        const Speaking german(in_german);
        CHECK(words::describe_quirk(one.number).ends_with('.'));
    }
}

TEST_CASE("The fonts have every letter of every text in every language") {
    const Stage stage(640, 480);
    std::vector<std::string_view> all;
    for (const EnglishText& english : english_texts) all.push_back(english.words);
    for (const words::ErrorWords& entry : english_errors()) all.insert(all.end(), {entry.what, entry.next});
    for (const words::QuirkWords& entry : words::quirk_words()) all.push_back(entry.words);
    for (const embedded::Language& language : embedded::languages())
        for (const embedded::Translation& one : language.texts) all.push_back(one.text);
    for (const std::string_view words : all)
        for (const ui::Face face : {ui::Face::body, ui::Face::small, ui::Face::strong, ui::Face::title}) {
            INFO(words);
            CHECK(lacking(face, words) == "");
        }
    CHECK_FALSE(lacking(ui::Face::body, "\u4e2d").empty());  // the check sees what is not there
}

TEST_CASE("What an error is about is named in German, but what stands in quotation marks stays a name") {
    const Speaking german(in_german);
    base::Error echo{device::errors::echo_differs};
    echo.field = "secret";
    CHECK(words::describe(echo).what.find("Geheimnis") != std::string::npos);
    base::Error missing{base::ErrorCode{"crypto.parameter-missing"}};
    missing.field = "secret";
    CHECK(words::describe(missing).what.find("\u201esecret\u201c") != std::string::npos);
}

TEST_CASE("An error nobody wrote words for is named in German, too") {
    const Speaking german(in_german);
    const words::Words words = words::describe(base::Error{base::ErrorCode{"later.unheard-of"}});
    CHECK(words.what.find("later.unheard-of") != std::string::npos);
    CHECK(words.what.starts_with("Etwas ging schief"));
}
