#include "words/words.hpp"

#include "base/filled.hpp"
#include "base/one_line.hpp"
#include "words/language.hpp"
#include "words/texts.hpp"
#include "words/words_table.hpp"

#include <algorithm>
#include <array>
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
    return find({error_words(), doctor_words()}, code);
}

// In the language that is set.
std::string_view what_of(const ErrorWords& entry) {
    return translated(std::string(entry.code) + " what", entry.what);
}
std::string_view next_of(const ErrorWords& entry) {
    return translated(std::string(entry.code) + " next", entry.next);
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
    if (name == "name") return std::string(error.code.name);
    if (name == "field") return nonempty(error.field);
    if (name == "subject") return nonempty(error.subject);
    if (name == "position") return number(error.position);
    if (name == "actual") return number(error.actual);
    if (name == "limit") return number(error.limit);
    if (name == "cause") {  // `subject` is the code of another error
        const ErrorWords* const cause = find(error.subject);
        if (cause == nullptr || depth > 0) return std::nullopt;
        std::string words = filled(what_of(*cause), base::Error{base::ErrorCode{cause->code}, error.field}, depth + 1);
        while (!words.empty() && words.back() == '.') words.pop_back();  // it stands inside another sentence
        return words;
    }
    return std::nullopt;
}

// The text ends with an opening quotation mark, of whatever language.
bool after_quotation_mark(std::string_view text) {
    constexpr std::array<std::string_view, 6> opening{"“", "„", "«", "»", "‘", "「"};
    return std::ranges::any_of(opening, [&](std::string_view mark) { return text.ends_with(mark); });
}

std::string term(std::string_view value) {
    return std::string(translated("term " + std::string(value), english_term(value)));
}

std::string filled(std::string_view pattern, const base::Error& error, int depth) {
    return base::filled(
        pattern,
        [&](std::string_view name, std::string_view before) {
            auto value = value_of(name, error, depth);
            return value && !after_quotation_mark(before) ? std::optional(term(*value)) : value;
        },
        plural_form);
}

}  // namespace

Words describe(const base::Error& error) {
    if (const ErrorWords* const entry = find(error.code.name)) {
        Words words{filled(what_of(*entry), error, 0), filled(next_of(*entry), error, 0)};
        if (error.remark) words.what += " " + describe(base::Error{*error.remark}).what;
        return words;
    }
    return {filled(text(Key::error_unnamed), error, 0), std::string(text(Key::error_unnamed_next))};
}

std::string_view describe_quirk(std::string_view number) {
    for (const QuirkWords& quirk : quirk_words())
        if (quirk.number == number) return translated(number, quirk.words);
    return {};
}

std::string sentences(const Words& words) {
    if (words.next.empty()) return words.what;
    return words.what + " " + words.next;
}

bool has_words(std::string_view code_name) {
    return find(code_name) != nullptr;
}

}  // namespace tokendeck::words
