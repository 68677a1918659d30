// What every view is given, and what the room's parts keep between frames. Only inside ui.
#pragma once

#include "ui/kit/line_edit.hpp"
#include "ui/kit/secret_field.hpp"
#include "ui/kit/theme.hpp"
#include "ui/ui.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace tokendeck::ui {

using words::describe;
using words::describe_quirk;
using words::Key;
using words::sentences;
using words::text;
using words::text_by_name;
using words::Words;

// A tick that counts only while it can be seen.
struct Tick {
    bool on = false;
    bool drawn = false;
    void end_frame() {
        on = on && drawn;
        drawn = false;
    }
};

struct Memory {
    // One a place where a secret can be typed.
    SecretField admin_pin{};
    SecretField user_pin{};
    SecretField pasted{};
    SecretField dialog_pin{};       // of whichever dialog is open: the PIN that is checked
    SecretField dialog_user_pin{};  // and the user PIN, where editing needs both
    SecretField new_pin{};          // of the care dialog; or the admin PIN once more
    SecretField new_again{};
    [[nodiscard]] std::array<SecretField*, 7> secret_fields() {
        return {&admin_pin, &user_pin, &pasted, &dialog_pin, &dialog_user_pin, &new_pin, &new_again};
    }
    // The last try of a PIN may be used.
    Tick admin_last_try{};
    Tick user_last_try{};

    LineEdit line_edit{};
    // Text as it is being typed, before the state has it.
    std::string name{};
    std::string period{};
    std::string counter{};
    std::string overwriting{};                 // the slot whose old and new content was last scrolled to
    bool number_wrong = false;                 // period or counter is no number: the wizard or dialog may not go on
    std::vector<std::string> account_names{};  // of several, in the wizard
    std::string folder_path{};                 // of the folder list, as it is being typed
    std::string sheet_path{};                  // where the recovery sheet shall be written
    bool sheet_page = false;                   // of an account made here, whose sheet is open all the time
    std::string edited_name{};                 // in the edit dialog
    std::string edited_number{};               // its period or counter

    std::string search{};             // in the field; the state's, except in the frame in which it is typed
    bool search_wants_focus = false;  // its field is to take the keyboard, with the cursor at the end
    bool search_active = false;       // it has it
    base::SteadyTime screen_since{};  // when the page appeared
    std::string focus_wanted{};       // the item that takes the focus when it is drawn next
    std::string focus_now{};          // the one that has it, seen or not; of this frame once it was drawn
    std::string focus_before{};       // and in the last frame
    bool focus_seen = false;          // it could be seen in the last frame
    std::string focus_below{};        // the one that had it when a dialog opened above
    float notice_height = 0;          // that a notice takes from the foot of the page; 0: there is none

    bool dialog_was_open = false;
    bool popup_was_open = false;  // in the last frame: Escape was for it
    float dialog_height = 0;      // of the last frame
    bool dialog_higher = false;   // than the window; while its content is drawn, which scrolls
    float page_height = 0;        // of the page that is centred, in the last frame
    std::string step_before{};    // screen_name of the last frame: fields take the focus when a screen appears
    bool screen_is_new = true;
    int frames_on_screen = 0;      // since it appeared; a page stays at its top in the first ones
    bool name_touched = false;     // in the wizard's review: an empty name is wrong only then
    bool care_was_busy = false;    // in the last frame
    int frames_without_focus = 0;  // in which the item that has the focus was not drawn

    // Texts that did not fit and were shortened in this frame, other than names of accounts; for tests.
    std::vector<std::string> cut{};
};

struct View {
    const state::AppState& state;
    state::Intents& intents;
    Memory& memory;
    ItemMap& items;
    Painter& painter;
    const FrameInfo& info;
    FrameResult& result;
    const Palette& colour;
    bool blocked = false;  // a dialog is open above: what is below it does not react

    // A length at scale 1 in units of the window, on whole pixels.
    [[nodiscard]] float px(float length) const { return std::round(length * info.scale); }
    template <typename T>
    void wish(T&& intent) const {
        intents.push(std::forward<T>(intent));
    }
    void redraw_within(base::Milliseconds time) const {
        result.redraw_within = std::min(result.redraw_within.value_or(time), time);
    }
    // The window is low: what only adorns is left out, so that what matters needs no scrolling.
    [[nodiscard]] bool low() const { return ImGui::GetIO().DisplaySize.y < 560 * info.scale; }
    [[nodiscard]] ImDrawList* list() const { return ImGui::GetWindowDrawList(); }
};

// A column that is filled from top to bottom. Positions on screen.
struct Column {
    float x = 0;
    float y = 0;
    float width = 0;
    [[nodiscard]] float right() const { return x + width; }
    void space(float height) { y += height; }
};

}  // namespace tokendeck::ui
