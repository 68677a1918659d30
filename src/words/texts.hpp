// Every text of the window, by key, so that it can be put into other languages in one place (texts_table.hpp).
// {name} is filled in, and {name|account|accounts} agrees with it: base/filled.hpp.
#pragma once

#include "base/filled.hpp"
#include "words/texts_table.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace tokendeck::words {

#define TOKENDECK_KEY(key, words) key,
enum class Key : std::uint16_t { TOKENDECK_TEXTS(TOKENDECK_KEY) };
#undef TOKENDECK_KEY

using base::Value;

[[nodiscard]] std::string_view text(Key key);
// What po/<language>.po calls it: "cancel".
[[nodiscard]] std::string_view name_of(Key key);
// Precondition: there is a value for each {name} in the text; a test checks that none is left unfilled.
[[nodiscard]] std::string text(Key key, std::initializer_list<Value> values);
// For texts that another room names: state::Notice::text_key, "notice.slot-removed". A name that is not in the table is
// returned as it is.
[[nodiscard]] std::string text_by_name(std::string_view name, std::initializer_list<Value> values);

}  // namespace tokendeck::words
