#include "window/ring_painter.hpp"

#include "base/one_line.hpp"
#include "embedded/resources.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace tokendeck::window {

RingPainter::RingPainter(const Gl& gl) : gl_(gl) {
    build();
}

RingPainter::~RingPainter() {
    if (vertex_array_ != 0) gl_.delete_vertex_arrays(1, &vertex_array_);
    if (program_ != 0) gl_.delete_program(program_);
}

GLuint RingPainter::compile(GLenum kind, const char* source, std::size_t size) {
    const GLuint shader = gl_.create_shader(kind);
    const auto length = static_cast<GLint>(size);
    gl_.shader_source(shader, 1, &source, &length);
    gl_.compile_shader(shader);
    GLint done = GL_FALSE;
    gl_.get_shader_iv(shader, GL_COMPILE_STATUS, &done);
    if (done == GL_TRUE) return shader;
    std::array<GLchar, 1024> log{};
    gl_.get_shader_info_log(shader, static_cast<GLsizei>(log.size()), nullptr, log.data());
    problem_ = base::one_line(log.data(), base::library_text_most);
    gl_.delete_shader(shader);
    return 0;
}

void RingPainter::build() {
    const auto source = [](const embedded::Resource& file) { return reinterpret_cast<const char*>(file.data); };
    const GLuint vertex =
        compile(GL_VERTEX_SHADER, source(embedded::shader_ring_vert), embedded::shader_ring_vert.size);
    const GLuint fragment =
        vertex == 0 ? 0
                    : compile(GL_FRAGMENT_SHADER, source(embedded::shader_ring_frag), embedded::shader_ring_frag.size);
    if (fragment != 0) {
        program_ = gl_.create_program();
        gl_.attach_shader(program_, vertex);
        gl_.attach_shader(program_, fragment);
        gl_.link_program(program_);
        GLint done = GL_FALSE;
        gl_.get_program_iv(program_, GL_LINK_STATUS, &done);
        if (done != GL_TRUE) {
            std::array<GLchar, 1024> log{};
            gl_.get_program_info_log(program_, static_cast<GLsizei>(log.size()), nullptr, log.data());
            problem_ = base::one_line(log.data(), base::library_text_most);
            gl_.delete_program(program_);
            program_ = 0;
        }
    }
    if (vertex != 0) gl_.delete_shader(vertex);
    if (fragment != 0) gl_.delete_shader(fragment);
    if (program_ == 0) return;
    gl_.gen_vertex_arrays(1, &vertex_array_);
    viewport_at_ = gl_.get_uniform_location(program_, "viewport");
    ring_at_ = gl_.get_uniform_location(program_, "ring");
    fraction_at_ = gl_.get_uniform_location(program_, "fraction");
    colour_at_ = gl_.get_uniform_location(program_, "colour");
    track_at_ = gl_.get_uniform_location(program_, "track");
}

void RingPainter::ring(ImDrawList* list, ImVec2 centre, float radius, float thickness, float fraction, ImU32 colour,
                       ImU32 track) {
    fraction = std::clamp(fraction, 0.0F, 1.0F);
    if (program_ == 0) {
        constexpr float turn = 2.0F * std::numbers::pi_v<float>;
        constexpr float top = -0.25F * turn;
        constexpr int segments = 64;
        list->PathArcTo(centre, radius, 0.0F, turn, segments);
        list->PathStroke(track, 0, thickness);
        if (fraction > 0.0F) {
            list->PathArcTo(centre, radius, top, top + fraction * turn, segments);
            list->PathStroke(colour, 0, thickness);
        }
        return;
    }
    calls_.push_back({this, {centre, radius, thickness, fraction, colour, track}});
    list->AddCallback(draw_callback, &calls_.back());
    list->AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

void RingPainter::draw_callback(const ImDrawList*, const ImDrawCmd* command) {
    const auto* call = static_cast<const Call*>(command->UserCallbackData);
    call->painter->draw(call->ring, command->ClipRect);
}

const Ring* RingPainter::ring_of(const ImDrawCmd& command) {
    if (command.UserCallback != draw_callback) return nullptr;
    return &static_cast<const Call*>(command.UserCallbackData)->ring;
}

void RingPainter::draw(const Ring& ring, const ImVec4& clip) const {
    const ImDrawData* data = ImGui::GetDrawData();
    const ImVec2 scale = data->FramebufferScale;
    const float width = data->DisplaySize.x * scale.x;
    const float height = data->DisplaySize.y * scale.y;
    const float left = std::max((clip.x - data->DisplayPos.x) * scale.x, 0.0F);
    const float top = std::max((clip.y - data->DisplayPos.y) * scale.y, 0.0F);
    const float right = std::min((clip.z - data->DisplayPos.x) * scale.x, width);
    const float bottom = std::min((clip.w - data->DisplayPos.y) * scale.y, height);
    if (right <= left || bottom <= top) return;
    const auto whole = [](float value) { return static_cast<GLint>(std::lround(value)); };
    gl_.scissor(whole(left), whole(height - bottom), whole(right - left), whole(bottom - top));

    const auto set_colour = [&](GLint at, ImU32 packed) {
        const ImVec4 c = ImGui::ColorConvertU32ToFloat4(packed);
        gl_.uniform4f(at, c.x, c.y, c.z, c.w);
    };
    gl_.use_program(program_);
    gl_.bind_vertex_array(vertex_array_);
    gl_.blend_func(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    gl_.uniform2f(viewport_at_, width, height);
    gl_.uniform4f(ring_at_, (ring.centre.x - data->DisplayPos.x) * scale.x,
                  (ring.centre.y - data->DisplayPos.y) * scale.y, ring.radius * scale.x,
                  ring.thickness * scale.x * 0.5F);
    gl_.uniform1f(fraction_at_, ring.fraction);
    set_colour(colour_at_, ring.colour);
    set_colour(track_at_, ring.track);
    gl_.draw_arrays(GL_TRIANGLE_STRIP, 0, 4);
}

}  // namespace tokendeck::window
