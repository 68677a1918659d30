// Texts in which something is filled in, for the window, the errors, the command line and the report alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tokendeck::base {

// The value of a placeholder, if there is one. `before` is the pattern as far as the placeholder.
using ValueOf = std::function<std::optional<std::string>(std::string_view name, std::string_view before)>;
using Value = std::pair<std::string_view, std::string_view>;

// Which of the forms of a text agrees with n, from 0.
using PluralForm = std::size_t (*)(std::uint64_t n);
// English's: the first with 1, else the second.
[[nodiscard]] inline std::size_t one_or_many(std::uint64_t n) {
    return n == 1 ? 0 : 1;
}

// {name} becomes its value. {name|account|accounts} becomes what agrees with it, by `plural_form`; the last of the
// forms where the value is no number. A part in [brackets] is left out if one of its placeholders has no value. Outside
// of brackets such a placeholder becomes "?". Neither brackets nor placeholders stand within others.
[[nodiscard]] std::string filled(std::string_view pattern, const ValueOf& value_of,
                                 PluralForm plural_form = one_or_many);
[[nodiscard]] std::string filled(std::string_view pattern, std::initializer_list<Value> values,
                                 PluralForm plural_form = one_or_many);
// For a pattern with one number, {n}: counted("{n} {n|byte|bytes}", 1) is "1 byte".
[[nodiscard]] std::string counted(std::string_view pattern, std::uint64_t n);

}  // namespace tokendeck::base
