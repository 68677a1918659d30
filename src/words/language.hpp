// The language of everything that is said: text() and describe() read it. English, in which the sources are, or one of
// po/<code>.po, which the build embeds; what a translation lacks is said in English. Thread: main.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tokendeck::words {

// A place in languages().
enum class Language : std::uint8_t { english };

struct ServedLanguage {
    std::string_view code;  // "de", "pt_BR"
    std::string_view name;  // in the language itself: "Deutsch"
};

// English first, then the others by code. Lives as long as the program.
[[nodiscard]] std::span<const ServedLanguage> languages();
[[nodiscard]] std::optional<Language> language_of_code(std::string_view code);

// English until it is set.
void set_language(Language wanted);
[[nodiscard]] Language language();

// The language for a POSIX locale ("de_AT.UTF-8") or a BCP 47 tag ("de-CH"); English for all that is not served.
[[nodiscard]] Language language_of_locale(std::string_view locale);
// True if that language is served, English itself included: of a list of wishes the first served one counts.
[[nodiscard]] bool locale_is_served(std::string_view locale);

// What stands for `english` in the language that is set, by its context (msgctxt) in po/. Lives as long as `english`
// and the program.
[[nodiscard]] std::string_view translated(std::string_view context, std::string_view english);
// Which of the forms of a text counts for n, from 0, by the rule of that language (Plural-Forms).
[[nodiscard]] std::size_t plural_form(std::uint64_t n);

}  // namespace tokendeck::words
