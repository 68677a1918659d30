// Editing of one line of text that is no secret. Dear ImGui's own field knows only the letters of the embedded fonts,
// one after the other from the left, and in some versions loses every character beyond U+FFFF from what it edits; this
// one draws as all other texts are drawn, and leaves alone what it does not change. Thread: main.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace tokendeck::ui {

struct View;

// Of the line that has the keyboard; there is one at most.
struct LineEdit {
    ImGuiID id = 0;
    std::size_t caret = 0;   // bytes
    std::size_t anchor = 0;  // the other end of what is selected
    float scroll = 0;
    bool dragging = false;
    std::string before{};  // what Escape brings back
    std::string shown{};   // while pictures for a new text are made, the last one that was whole stays
    std::vector<std::pair<std::string, std::size_t>> undo{}, redo{};
};

struct LineBox {
    ImVec2 low{}, high{};
    float pad_left = 0, pad_right = 0;
    bool enabled = true;
    bool take_focus = false;    // in this frame, with the caret at the end
    bool escape_keeps = false;  // Escape only gives up the keyboard
};

struct LineEvent {
    bool changed = false;
    bool entered = false;  // Enter was pressed in it
    bool active = false;   // it has the keyboard
    bool focused = false;  // so, or it would have it with Enter
};

// Draws the text only, on whatever is there. `path`: the item's id is "##" and that.
LineEvent edit_line(View& view, const std::string& path, const LineBox& box, std::string& text);

}  // namespace tokendeck::ui
