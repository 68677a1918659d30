#include "ui/words_table.hpp"

namespace tokendeck::ui {

std::span<const ErrorWords> german_doctor_words() {
    static constexpr ErrorWords table[] = {
        {"doctor.token-ready", "{subject} ist da und darf geöffnet werden.", ""},
    };
    return table;
}

}  // namespace tokendeck::ui
