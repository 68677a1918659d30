// The window's content, drawn anew each frame from AppState. Views read the state and record wishes; nothing here acts,
// waits, opens a file or talks to OpenGL. Needs a current Dear ImGui context.
// Thread: main.
#pragma once

#include "base/clock.hpp"
#include "channel/drag.hpp"
#include "state/app_state.hpp"
#include "state/intents.hpp"
#include "ui/kit/lettering.hpp"

#include <imgui.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::ui {

// Drawing that Dear ImGui's own draw lists do badly. The app implements it with OpenGL.
class Painter {
  public:
    virtual ~Painter() = default;
    // Adds an anti-aliased ring arc to the draw list: fraction 1 is the full circle, 0 none of it, clockwise from the
    // top, over a full circle in the track's colour. `radius` is that of the line's middle; lengths in ImGui's units.
    virtual void ring(ImDrawList* list, ImVec2 centre, float radius, float thickness, float fraction, ImU32 colour,
                      ImU32 track) = 0;
};

// Something on screen that can be used or read, for --ui-map. Window pixels, before the framebuffer scale.
struct Item {
    std::string path{};
    std::string text{};
    float x = 0, y = 0, w = 0, h = 0;  // the part of it that can be seen
    bool enabled = true;
    bool focused = false;
    friend bool operator==(const Item&, const Item&) = default;
};

// The items of the last frame, in the order they were drawn. Never holds a secret; a code only while it is shown.
class ItemMap {
  public:
    void begin_frame() { items_.clear(); }
    void add(Item item) { items_.push_back(std::move(item)); }
    [[nodiscard]] const std::vector<Item>& items() const { return items_; }
    // Removes the items whose middle will be covered by what is about to be drawn.
    void cover(float x0, float y0, float x1, float y1) {
        std::erase_if(items_, [=](const Item& item) {
            const float x = item.x + item.w / 2;
            const float y = item.y + item.h / 2;
            return x >= x0 && x <= x1 && y >= y0 && y <= y1;
        });
    }
    // Removes all but the first `count`.
    void keep(std::size_t count) { items_.resize(std::min(count, items_.size())); }

  private:
    std::vector<Item> items_;
};

// What views keep between frames: typed PINs (wiped as soon as their field is not drawn), half-typed names.
struct Memory;
class UiMemory {
  public:
    UiMemory();
    ~UiMemory();
    UiMemory(const UiMemory&) = delete;
    UiMemory& operator=(const UiMemory&) = delete;
    [[nodiscard]] Memory& parts() { return *parts_; }
    // Forgets everything that was typed and wipes Dear ImGui's own copies; for the end of the program.
    void wipe();

  private:
    std::unique_ptr<Memory> parts_;
};

struct FrameInfo {
    float scale = 1.0F;           // size of everything, in ImGui's units: 2 on a screen with content scale 2 under X11
    bool dark = false;            // Theme::system already decided by the app
    bool reduced_motion = false;  // nothing moves; Motion::automatic already decided by the app
    const char* version = "";     // for the about line
    channel::Drag drag = channel::Drag::none;  // where that can be told
    bool files_only = false;         // of what is dragged only files can be taken: it does not reach the program
    bool can_enlarge = true;         // the screen has room for the next larger size of everything
    const char* settings_file = "";  // its path; empty: there is none
    Lettering* lettering = nullptr;  // null: there are only the letters of the embedded fonts
};

struct FrameResult {
    // Something moves by itself (a spinner, seconds of waiting): draw again after this time at the latest. In addition
    // to state::time_to_next_change. Nothing: no need.
    std::optional<base::Milliseconds> redraw_within{};
};

// (Re)builds the font atlas: glyphs are made at size * scale * density and shown at 1/density, so they are never
// stretched. `density` is the framebuffer's pixels per unit of the window (2 on a Retina display, 1 under X11).
// The app uploads the atlas afterwards. Call between frames, whenever the scale changes.
void load_fonts(float scale, float density = 1.0F);
// Colours and metrics of Dear ImGui's own widgets. Call between frames, whenever one of the two changes.
void apply_theme(bool dark, float scale);
// The colour that the window is cleared with, before the first frame and while it is resized.
[[nodiscard]] ImVec4 background_colour(bool dark);

// Draws the whole window; to be called between ImGui::NewFrame and ImGui::Render. Begins the item map's frame itself.
FrameResult draw(const state::AppState& state, state::Intents& intents, UiMemory& memory, ItemMap& items,
                 Painter& painter, const FrameInfo& info);

}  // namespace tokendeck::ui
