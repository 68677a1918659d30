#include "words/system_language.hpp"

namespace tokendeck::words {

namespace {

// "C", "POSIX" and "C.UTF-8": nobody has chosen a language.
bool is_neutral(std::string_view locale) {
    const std::string_view name = locale.substr(0, locale.find_first_of(".@"));
    return name.empty() || name == "C" || name == "POSIX";
}

}  // namespace

Language language_of_environment(const std::function<std::string_view(std::string_view)>& variable) {
    std::string_view locale;
    for (const std::string_view name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        locale = variable(name);
        if (!locale.empty()) break;
    }
    if (is_neutral(locale)) return Language::english;
    std::string_view wishes = variable("LANGUAGE");
    while (!wishes.empty()) {
        const std::size_t end = wishes.find(':');
        const std::string_view wish = wishes.substr(0, end);
        if (locale_is_served(wish)) return language_of_locale(wish);
        if (end == std::string_view::npos) break;
        wishes.remove_prefix(end + 1);
    }
    return language_of_locale(locale);
}

}  // namespace tokendeck::words
