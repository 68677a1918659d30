#include "base/filled.hpp"

#include <algorithm>

namespace tokendeck::base {
namespace {

// "account|accounts"
std::string_view agreeing(std::string_view forms, bool one) {
    const std::size_t bar = std::min(forms.find('|'), forms.size());
    return one ? forms.substr(0, bar) : forms.substr(std::min(bar + 1, forms.size()));
}

}  // namespace

std::string filled(std::string_view pattern, const ValueOf& value_of) {
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
            else out += agreeing(hole.substr(bar + 1), value == "1");
            i = end;
        } else {
            out += pattern[i];
        }
    }
    return result;
}

std::string filled(std::string_view pattern, std::initializer_list<Value> values) {
    return filled(pattern, [&](std::string_view name, std::string_view) -> std::optional<std::string> {
        for (const auto& [candidate, words] : values)
            if (candidate == name) return std::string(words);
        return std::nullopt;
    });
}

std::string counted(std::string_view pattern, std::uint64_t n) {
    return filled(pattern, {{"n", std::to_string(n)}});
}

}  // namespace tokendeck::base
