#include "base/filled.hpp"

#include <charconv>
#include <system_error>

namespace tokendeck::base {
namespace {

// "account|accounts"
std::string_view agreeing(std::string_view forms, std::string_view value, PluralForm plural_form) {
    std::uint64_t n = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), n);
    const bool number = problem == std::errc{} && end == value.data() + value.size();
    std::size_t left = number ? plural_form(n) : std::string_view::npos;
    while (left > 0 && forms.find('|') != std::string_view::npos) {
        forms.remove_prefix(forms.find('|') + 1);
        --left;
    }
    return forms.substr(0, forms.find('|'));
}

}  // namespace

std::string filled(std::string_view pattern, const ValueOf& value_of, PluralForm plural_form) {
    std::string result;
    std::string part;
    bool in_brackets = false;
    bool complete = true;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        std::string& out = in_brackets ? part : result;
        if (pattern[i] == '[') {
            in_brackets = true;
            complete = true;
            part.clear();
        } else if (pattern[i] == ']') {
            in_brackets = false;
            if (complete) result += part;
        } else if (pattern[i] == '{') {
            const std::size_t end = std::min(pattern.find('}', i), pattern.size());
            const std::string_view hole = pattern.substr(i + 1, end - i - 1);
            const std::size_t bar = hole.find('|');
            const auto value = value_of(hole.substr(0, bar), pattern.substr(0, i));
            if (!value) complete = false;
            if (bar == std::string_view::npos) out += value.value_or("?");
            else out += agreeing(hole.substr(bar + 1), value.value_or(""), plural_form);
            i = end;
        } else {
            out += pattern[i];
        }
    }
    return result;
}

std::string filled(std::string_view pattern, std::initializer_list<Value> values, PluralForm plural_form) {
    const auto value_of = [&](std::string_view name, std::string_view) -> std::optional<std::string> {
        for (const auto& [candidate, words] : values)
            if (candidate == name) return std::string(words);
        return std::nullopt;
    };
    return filled(pattern, value_of, plural_form);
}

std::string counted(std::string_view pattern, std::uint64_t n) {
    return filled(pattern, {{"n", std::to_string(n)}});
}

}  // namespace tokendeck::base
