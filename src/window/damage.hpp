// What has changed between two frames. Where there is no graphics card every pixel costs processor time: a code that
// counts its seconds down must not cost a whole window's worth of them, and most frames that Dear ImGui needs to settle
// show what the one before showed.
// Thread: main.
#pragma once

#include <imgui.h>

#include <optional>
#include <vector>

namespace tokendeck::window {

struct Area {  // Dear ImGui's units, as ImDrawCmd::ClipRect
    float left;
    float top;
    float right;
    float bottom;
};

class DamageTracker {
  public:
    // Where `data` looks different from the frame before; at most `areas_max` areas, apart from each other. Empty:
    // nowhere. Nothing: everywhere, or it cannot be told. Remembers this frame for the next.
    [[nodiscard]] std::optional<std::vector<Area>> compare(const ImDrawData& data);
    // The next frame differs everywhere: the ground's colour, the font's picture or the window's size is another.
    void forget() { known_ = false; }

    static constexpr std::size_t areas_max = 4;

  private:
    struct Command {
        ImVec4 clip;
        unsigned long long texture;
        unsigned first_vertex;
        unsigned first_index;
        unsigned indices;
        bool callback;
        std::vector<float> ring;  // its measures, if it is one
        std::vector<unsigned> ring_colours;
    };
    struct List {
        std::vector<ImDrawVert> vertices;
        std::vector<ImDrawIdx> indices;
        std::vector<Command> commands;
    };
    static Command describe(const ImDrawCmd& command);
    static bool same_shape(const Command& a, const Command& b);

    bool known_ = false;
    ImVec2 size_{};
    std::vector<List> lists_{};
};

}  // namespace tokendeck::window
