// The parts of the page with the codes. Only inside ui.
#pragma once

#include "ui/kit/widgets.hpp"
#include "words/texts.hpp"

#include <string>
#include <vector>

namespace tokendeck::ui {

using Listed = std::vector<const otp::SlotSummary*>;

// "GitHub:ann" is the account ann of GitHub, as otpauth has it; a name without ':' is an issuer alone.
struct AccountName {
    std::string issuer{};
    std::string account{};
};
[[nodiscard]] AccountName account_name(const otp::SlotSummary& slot);

// The label of a state; null: the state needs none.
struct StateLook {
    Key words;
    const char* glyph;
    Tone tone;
    bool problem;
};
[[nodiscard]] const StateLook* look_of(otp::SlotState slot_state);

// Items of a slot.
[[nodiscard]] std::string slot_path(const otp::SlotSummary& slot, const char* what);

// slots_card.cpp. `number`: of the key that copies it; 0: none does. `first_found`: Enter copies it.
inline constexpr float card_height = 68;
// From this number of accounts on the cards are low, with one line each.
inline constexpr std::size_t low_cards_from = 9;
inline constexpr float low_card_height = 46;
void draw_card(View& view, ImVec2 low, ImVec2 extent, const otp::SlotSummary& slot, std::size_t number,
               bool first_found);
// A key as it is printed on the keyboard. Returns its width; its height is key_cap_height.
float key_cap(View& view, ImVec2 at, std::string_view words, float least_width = 0);
[[nodiscard]] float key_cap_width(const View& view, std::string_view words, float least_width = 0);
[[nodiscard]] float key_cap_height(const View& view);

// slot_map.cpp
void draw_slot_map(View& view, Column& column);

// slots_keys.cpp. Handles typed text and arrow keys, before the page is drawn.
void take_slots_keys(View& view, const Listed& listed, std::size_t columns);

}  // namespace tokendeck::ui
