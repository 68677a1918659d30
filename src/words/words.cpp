#include "words/words.hpp"

#include "base/filled.hpp"
#include "base/one_line.hpp"
#include "words/language.hpp"
#include "words/words_table.hpp"

#include <initializer_list>
#include <optional>
#include <span>
#include <utility>

namespace tokendeck::words {

namespace {

const ErrorWords* find(std::initializer_list<std::span<const ErrorWords>> tables, std::string_view code) {
    for (const auto table : tables)
        for (const ErrorWords& entry : table)
            if (entry.code == code) return &entry;
    return nullptr;
}

const ErrorWords* find(std::string_view code) {
    if (language() == Language::german)
        if (const ErrorWords* const entry = find({german_error_words(), german_doctor_words()}, code)) return entry;
    return find({error_words(), doctor_words()}, code);
}

const QuirkWords* find_quirk(std::span<const QuirkWords> table, std::string_view number) {
    for (const QuirkWords& quirk : table)
        if (quirk.number == number) return &quirk;
    return nullptr;
}

std::string filled(std::string_view pattern, const base::Error& error, int depth);

// What a placeholder stands for; nothing if the error does not have it.
std::optional<std::string> value_of(std::string_view name, const base::Error& error, int depth) {
    const auto nonempty = [](const std::string& value) {
        return value.empty() ? std::nullopt
                             : std::optional(base::one_line(value, base::shown_text_most, base::Cut::middle));
    };
    const auto number = [](const auto& value) {
        return value ? std::optional<std::string>(std::to_string(*value)) : std::nullopt;
    };
    if (name == "field") return nonempty(error.field);
    if (name == "subject") return nonempty(error.subject);
    if (name == "position") return number(error.position);
    if (name == "actual") return number(error.actual);
    if (name == "limit") return number(error.limit);
    if (name == "cause") {  // `subject` is the code of another error
        const ErrorWords* const cause = find(error.subject);
        if (cause == nullptr || depth > 0) return std::nullopt;
        std::string words = filled(cause->what, base::Error{base::ErrorCode{cause->code}, error.field}, depth + 1);
        while (!words.empty() && words.back() == '.') words.pop_back();  // it stands inside another sentence
        return words;
    }
    return std::nullopt;
}

// The text ends with an opening quotation mark, English or German.
bool after_quotation_mark(std::string_view text) {
    return text.ends_with("“") || text.ends_with("„");
}

std::string term(std::string value) {
    return std::string(language() == Language::german ? german_term(value) : english_term(value));
}

std::string filled(std::string_view pattern, const base::Error& error, int depth) {
    return base::filled(pattern, [&](std::string_view name, std::string_view before) {
        auto value = value_of(name, error, depth);
        return value && !after_quotation_mark(before) ? term(std::move(*value)) : value;
    });
}

}  // namespace

Words describe(const base::Error& error) {
    if (const ErrorWords* const entry = find(error.code.name)) {
        Words words{filled(entry->what, error, 0), filled(entry->next, error, 0)};
        if (error.remark) words.what += " " + describe(base::Error{*error.remark}).what;
        return words;
    }
    const std::string name(error.code.name);
    if (language() == Language::german)
        return {filled("Etwas ging schief, wofür es noch keine eigenen Worte gibt: " + name +
                           "[, Feld {field}][, {subject}].",
                       error, 0),
                "Bitte diesen Namen den Entwicklern von tokendeck melden."};
    return {filled("Something went wrong that has no words of its own yet: " + name + "[, field {field}][, {subject}].",
                   error, 0),
            "Please report this name to the makers of tokendeck."};
}

std::string_view describe_quirk(std::string_view number) {
    const QuirkWords* quirk = nullptr;
    if (language() == Language::german) quirk = find_quirk(german_quirk_words(), number);
    if (quirk == nullptr) quirk = find_quirk(quirk_words(), number);
    return quirk == nullptr ? std::string_view() : quirk->words;
}

std::string sentences(const Words& words) {
    if (words.next.empty()) return words.what;
    return words.what + " " + words.next;
}

bool has_words(std::string_view code_name) {
    return find(code_name) != nullptr;
}

}  // namespace tokendeck::words
