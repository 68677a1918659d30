#include "ui/words_table.hpp"

namespace tokendeck::ui {

std::span<const QuirkWords> german_quirk_words() {
    static constexpr QuirkWords table[] = {
        {"Q-P1", "Die Uhr geht 1 % nach. tokendeck stellt sie, bevor zeitbasierte Codes berechnet werden."},
    };
    return table;
}

}  // namespace tokendeck::ui
