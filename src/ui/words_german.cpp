// Errors in German. The codes and their order: words_table.cpp.
#include "ui/words_table.hpp"

namespace tokendeck::ui {

std::span<const ErrorWords> german_error_words() {
    static constexpr ErrorWords table[] = {
        {"base.no-randomness", "Das Betriebssystem gab keine Zufallszahlen, darum wurde nichts an das Token gesendet.",
         "Das Programm neu starten; geschieht es wieder, ist das System defekt."},
    };
    return table;
}

std::string_view german_term(std::string_view term) {
    struct Term {
        std::string_view english;
        std::string_view german;
    };
    static constexpr Term table[] = {
        {"account", "Konto"},    {"counter", "Zähler"},
        {"digits", "Stellen"},   {"issuer", "Anbieter"},
        {"label", "Name"},       {"name", "Name"},
        {"part", "Teil"},        {"period", "Periode"},
        {"secret", "Geheimnis"}, {"slot", "Slot"},
        {"text", "Text"},        {"time", "Zeit"},
        {"type", "Art"},         {"algorithm", "Algorithmus"},
    };
    for (const Term& entry : table)
        if (entry.english == term) return entry.german;
    return term;
}

}  // namespace tokendeck::ui
