// The language of everything that is said: text() and describe() read it. English until it is set; what German lacks
// is said in English. Thread: main.
#pragma once

#include <cstdint>
#include <string_view>

namespace tokendeck::words {

enum class Language : std::uint8_t { english, german };

void set_language(Language wanted);
[[nodiscard]] Language language();

// The language for a POSIX locale ("de_AT.UTF-8") or a BCP 47 tag ("de-CH"); English for all that is not served.
[[nodiscard]] Language language_of_locale(std::string_view locale);
// True if that language is served, English itself included: of a list of wishes the first served one counts.
[[nodiscard]] bool locale_is_served(std::string_view locale);

}  // namespace tokendeck::words
