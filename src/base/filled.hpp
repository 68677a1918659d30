// Texts in which something is filled in, for the window, the errors, the command line and the report alike.
#pragma once

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

// {name} becomes its value. {name|account|accounts} becomes what agrees with it: the first words if the value is "1",
// otherwise the second ones; there are two such forms in English and in German.
// A part in [brackets] is left out if one of its placeholders has no value. Outside of brackets such a placeholder
// becomes "?". Neither brackets nor placeholders stand within others.
[[nodiscard]] std::string filled(std::string_view pattern, const ValueOf& value_of);
[[nodiscard]] std::string filled(std::string_view pattern, std::initializer_list<Value> values);
// For a pattern with one number, {n}: counted("{n} {n|byte|bytes}", 1) is "1 byte".
[[nodiscard]] std::string counted(std::string_view pattern, std::uint64_t n);

}  // namespace tokendeck::base
