#include "words/language.hpp"

#include "base/ascii.hpp"

namespace tokendeck::words {
namespace {

Language current = Language::english;

// "de_AT.UTF-8@euro" and "de-AT" are in language "de".
bool is_in(std::string_view locale, std::string_view wanted) {
    const std::string_view code = locale.substr(0, locale.find_first_of("_-.@"));
    return base::equal_without_case(code, wanted);
}

}  // namespace

void set_language(Language wanted) {
    current = wanted;
}

Language language() {
    return current;
}

Language language_of_locale(std::string_view locale) {
    return is_in(locale, "de") ? Language::german : Language::english;
}

bool locale_is_served(std::string_view locale) {
    return is_in(locale, "de") || is_in(locale, "en") || is_in(locale, "c") || is_in(locale, "posix");
}

}  // namespace tokendeck::words
