#include "words/texts.hpp"

#include "words/language.hpp"

#include <array>

namespace tokendeck::words {
namespace {

#define TOKENDECK_WORDS(key, words) std::string_view{words},
constexpr std::array table{TOKENDECK_TEXTS(TOKENDECK_WORDS)};
#undef TOKENDECK_WORDS
#define TOKENDECK_NAME(key, words) std::string_view{#key},
constexpr std::array names{TOKENDECK_TEXTS(TOKENDECK_NAME)};
#undef TOKENDECK_NAME

struct Named {
    std::string_view name;
    Key key;
};
constexpr std::array named{
    Named{"notice.code-expired", Key::notice_code_expired},
    Named{"notice.token-unplugged", Key::notice_token_unplugged},
    Named{"notice.simulated-plugged", Key::notice_simulated_plugged},
    Named{"notice.slot-removed", Key::notice_slot_removed},
    Named{"notice.slot-edited", Key::notice_slot_edited},
    Named{"notice.slot-edited-unproven", Key::notice_slot_edited_unproven},
    Named{"notice.settings-lines", Key::notice_settings_lines},
    Named{"notice.report-copied", Key::notice_report_copied},
    Named{"notice.code-back", Key::notice_code_back},
    Named{"notice.code-back-copyq", Key::notice_code_back_copyq},
    Named{"notice.code-back-history", Key::notice_code_back_history},
    Named{"notice.code-back-unnamed", Key::notice_code_back_unnamed},
    Named{"notice.hotp-unsure", Key::notice_hotp_unsure},
    Named{"notice.hotp-again", Key::notice_hotp_again},
};

}  // namespace

std::string_view name_of(Key key) {
    return names[static_cast<std::size_t>(key)];
}

std::string_view text(Key key) {
    // What each key says in the language that was asked for last: a page asks for a hundred texts in every frame.
    static Language spoken = Language::english;
    static std::array<std::string_view, table.size()> said = table;
    if (spoken != language()) {
        spoken = language();
        for (std::size_t i = 0; i < table.size(); ++i) said[i] = translated(names[i], table[i]);
    }
    return said[static_cast<std::size_t>(key)];
}

std::string text(Key key, std::initializer_list<Value> values) {
    return base::filled(text(key), values, plural_form);
}

std::string text_by_name(std::string_view name, std::initializer_list<Value> values) {
    for (const Named& entry : named)
        if (entry.name == name) return text(entry.key, values);
    return std::string(name);
}

}  // namespace tokendeck::words
