#include "ui/texts.hpp"

#include "ui/language.hpp"
#include "ui/texts_german.hpp"

#include <array>

namespace tokendeck::ui {
namespace {

#define TOKENDECK_WORDS(key, words) std::string_view{words},
constexpr std::array table{TOKENDECK_TEXTS(TOKENDECK_WORDS)};
#undef TOKENDECK_WORDS

struct Named {
    std::string_view name;
    Key key;
};
constexpr std::array named{
    Named{"notice.token-unplugged", Key::notice_token_unplugged},
    Named{"notice.slot-removed", Key::notice_slot_removed},
    Named{"notice.slot-edited", Key::notice_slot_edited},
    Named{"notice.slot-edited-unproven", Key::notice_slot_edited_unproven},
    Named{"notice.settings-line", Key::notice_settings_line},
    Named{"notice.settings-lines", Key::notice_settings_lines},
    Named{"notice.report-copied", Key::notice_report_copied},
    Named{"notice.hotp-unsure", Key::notice_hotp_unsure},
    Named{"notice.hotp-again", Key::notice_hotp_again},
};

std::string filled(std::string_view pattern, std::initializer_list<Value> values) {
    std::string result;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        result += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        const std::size_t close = pattern.find('}', open);
        const std::string_view name = pattern.substr(open + 1, close - open - 1);
        std::string_view value = "?";
        for (const auto& [candidate, words] : values)
            if (candidate == name) value = words;
        result += value;
        pattern.remove_prefix(close + 1);
    }
    return result;
}

}  // namespace

std::string_view text(Key key) {
    if (language() == Language::german)
        if (const std::string_view words = german_text(key); !words.empty()) return words;
    return table[static_cast<std::size_t>(key)];
}

std::string text(Key key, std::initializer_list<Value> values) {
    return filled(text(key), values);
}

std::string text_by_name(std::string_view name, std::initializer_list<Value> values) {
    for (const Named& entry : named)
        if (entry.name == name) return text(entry.key, values);
    return std::string(name);
}

}  // namespace tokendeck::ui
