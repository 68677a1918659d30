// Draws rings with our own shader (shaders/ring.*), in the middle of Dear ImGui's draw lists.
// Thread: main. Lifetime: between the making and the end of the window's OpenGL context.
#pragma once

#include "ui/ui.hpp"
#include "window/gl.hpp"

#include <deque>
#include <string>

namespace tokendeck::window {

struct Ring {
    ImVec2 centre;
    float radius;
    float thickness;
    float fraction;
    ImU32 colour;
    ImU32 track;
};

class RingPainter final : public ui::Painter {
  public:
    // `gl` must outlive the painter. If the driver rejects the shader, `problem()` has its message, and rings
    // are drawn with Dear ImGui's own arcs.
    explicit RingPainter(const Gl& gl);
    ~RingPainter() override;
    RingPainter(const RingPainter&) = delete;
    RingPainter& operator=(const RingPainter&) = delete;

    // Call before each frame: drops the rings of the previous one. Until then Dear ImGui's draw lists point to them.
    void begin_frame() { calls_.clear(); }
    void ring(ImDrawList* list, ImVec2 centre, float radius, float thickness, float fraction, ImU32 colour,
              ImU32 track) override;

    // The ring that this command draws; null if it draws none. Until the next `begin_frame`.
    [[nodiscard]] static const Ring* ring_of(const ImDrawCmd& command);

    [[nodiscard]] const std::string& problem() const { return problem_; }

  private:
    void build();
    GLuint compile(GLenum kind, const char* source, std::size_t size);
    static void draw_callback(const ImDrawList* list, const ImDrawCmd* command);
    void draw(const Ring& ring, const ImVec4& clip) const;

    const Gl& gl_;
    std::string problem_{};
    GLuint program_ = 0;
    GLuint vertex_array_ = 0;
    GLint viewport_at_ = -1;
    GLint ring_at_ = -1;
    GLint fraction_at_ = -1;
    GLint colour_at_ = -1;
    GLint track_at_ = -1;
    struct Call {
        const RingPainter* painter;
        Ring ring;
    };
    std::deque<Call> calls_{};  // does not move its elements
};

}  // namespace tokendeck::window
