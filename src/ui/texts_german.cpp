// The window's texts in German, one line a key, in the order of texts_table.hpp. {name} is filled in as there. What is
// missing here is shown in English, and a test names it.
#include "ui/texts_german.hpp"

#include <array>

namespace tokendeck::ui {
namespace {

// clang-format off
constexpr GermanText table[] = {
    // ---- everywhere ----
    {Key::cancel, "Abbrechen"},
};
// clang-format on

#define TOKENDECK_ONE(key, words) +1
constexpr std::size_t key_count = 0 TOKENDECK_TEXTS(TOKENDECK_ONE);
#undef TOKENDECK_ONE

constexpr std::array<std::string_view, key_count> by_key = [] {
    std::array<std::string_view, key_count> found{};
    for (const GermanText& entry : table) found[static_cast<std::size_t>(entry.key)] = entry.words;
    return found;
}();

}  // namespace

std::span<const GermanText> german_texts() {
    return table;
}

std::string_view german_text(Key key) {
    return by_key[static_cast<std::size_t>(key)];
}

}  // namespace tokendeck::ui
