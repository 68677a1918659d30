// The context of every view, and what the views keep between frames. Only inside ui.
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

// A ticked box that counts only while it is shown.
struct Tick {
    bool on = false;
    bool drawn = false;
    void end_frame() {
        on = on && drawn;
        drawn = false;
    }
};

// What the parts of the window keep between frames: what is typed before the state has it, and where the keyboard is.

// One field for each place where a secret can be typed.
struct SecretsMemory {
    SecretField admin_pin{};
    SecretField user_pin{};
    SecretField pasted{};
    SecretField dialog_pin{};       // of whichever dialog is open: the PIN that is checked
    SecretField dialog_user_pin{};  // and the user PIN, where editing needs both
    SecretField new_pin{};          // of the care dialog; or the admin PIN once more
    SecretField new_again{};
    // The last try of a PIN may be used.
    Tick admin_last_try{};
    Tick user_last_try{};

    [[nodiscard]] std::array<SecretField*, 7> fields() {
        return {&admin_pin, &user_pin, &pasted, &dialog_pin, &dialog_user_pin, &new_pin, &new_again};
    }
};

struct WizardMemory {
    std::string name{};
    std::string period{};
    std::string counter{};
    bool number_wrong = false;                 // period or counter is no number: there is no going on
    bool name_touched = false;                 // an empty name is wrong only then
    std::string overwriting{};                 // the slot whose old and new content was last scrolled to
    std::vector<std::string> account_names{};  // of several
    std::string folder_path{};                 // of the folder list
    std::string sheet_path{};                  // where the recovery sheet shall be written
    bool sheet_page = false;                   // of an account made here, whose sheet is open all the time
};

struct SearchMemory {
    std::string text{};        // in the field; the state's, except in the frame in which it is typed
    bool wants_focus = false;  // its field is to take the keyboard, with the cursor at the end
    bool active = false;       // it has it
};

// A dialog above the page.
struct DialogMemory {
    std::string name{};    // in the edit dialog
    std::string number{};  // its period or counter
    bool number_wrong = false;
    bool care_was_busy = false;  // in the last frame
    bool was_open = false;
    float height = 0;     // of the last frame
    bool higher = false;  // than the window; while its content is drawn, which scrolls
};

// The item that has the keyboard, by its path.
struct FocusMemory {
    std::string wanted{};    // it takes the focus when it is drawn next
    std::string now{};       // it has it, seen or not; of this frame once it was drawn
    std::string before{};    // and in the last frame
    bool seen = false;       // it could be seen in the last frame
    std::string below{};     // it had it when a dialog opened above
    int frames_without = 0;  // in which it was not drawn
};

struct PageMemory {
    base::SteadyTime since{};   // when it appeared
    std::string step_before{};  // screen_name of the last frame: fields take the focus when a screen appears
    bool is_new = true;
    int frames = 0;           // since it appeared; a page stays at its top in the first ones
    float height = 0;         // of one that is centred, in the last frame
    float notice_height = 0;  // that a notice takes from its foot; 0: there is none
};

struct Memory {
    SecretsMemory secrets{};
    WizardMemory wizard{};
    SearchMemory search{};
    DialogMemory dialog{};
    FocusMemory focus{};
    PageMemory page{};
    LineEdit line_edit{};
    bool popup_was_open = false;  // in the last frame: Escape was for it

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
    // True if the window is low: decoration is left out, so that what matters needs no scrolling.
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
