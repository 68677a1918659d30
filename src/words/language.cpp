#include "words/language.hpp"

#include "base/ascii.hpp"
#include "base/filled.hpp"
#include "embedded/languages.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace tokendeck::words {
namespace {

Language current = Language::english;

// Null for English.
const embedded::Language* embedded_language(Language wanted) {
    const auto place = static_cast<std::size_t>(wanted);
    return place == 0 || place > embedded::languages().size() ? nullptr : &embedded::languages()[place - 1];
}

// The most exact first: for "de_AT.UTF-8@euro" and "de-AT" that is de_AT, then de.
std::optional<Language> served(std::string_view locale) {
    std::string code(locale.substr(0, locale.find_first_of(".@")));
    std::ranges::replace(code, '-', '_');
    if (const auto exact = language_of_code(code)) return exact;
    return language_of_code(std::string_view(code).substr(0, code.find('_')));
}

}  // namespace

std::span<const ServedLanguage> languages() {
    static const std::vector<ServedLanguage> all = [] {
        std::vector<ServedLanguage> found{{"en", "English"}};
        for (const embedded::Language& one : embedded::languages()) found.push_back({one.code, one.name});
        return found;
    }();
    return all;
}

std::optional<Language> language_of_code(std::string_view code) {
    const auto all = languages();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (base::equal_without_case(all[i].code, code)) return static_cast<Language>(i);
    return std::nullopt;
}

void set_language(Language wanted) {
    current = wanted;
}

Language language() {
    return current;
}

Language language_of_locale(std::string_view locale) {
    return served(locale).value_or(Language::english);
}

bool locale_is_served(std::string_view locale) {
    const std::string_view name = locale.substr(0, locale.find_first_of(".@"));
    return served(locale) || base::equal_without_case(name, "c") || base::equal_without_case(name, "posix");
}

std::string_view translated(std::string_view context, std::string_view english) {
    const embedded::Language* const spoken = embedded_language(current);
    if (spoken == nullptr) return english;
    const auto found = std::ranges::lower_bound(spoken->texts, context, {}, &embedded::Translation::context);
    return found != spoken->texts.end() && found->context == context ? found->text : english;
}

std::size_t plural_form(std::uint64_t n) {
    const embedded::Language* const spoken = embedded_language(current);
    return spoken == nullptr ? base::one_or_many(n) : spoken->plural_form(n);
}

}  // namespace tokendeck::words
