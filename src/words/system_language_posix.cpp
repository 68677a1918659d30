#include "words/system_language.hpp"

#include <cstdlib>
#include <string>

namespace tokendeck::words {

// On macOS a program started from the Finder has none of these variables and speaks English until the user sets German.
Language system_language() {
    return language_of_environment([](std::string_view name) {
        const char* value = std::getenv(std::string(name).c_str());
        return value == nullptr ? std::string_view() : std::string_view(value);
    });
}

}  // namespace tokendeck::words
