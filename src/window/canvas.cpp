#include "window/canvas.hpp"

namespace tokendeck::window {

Canvas::~Canvas() {
    drop();
}

void Canvas::drop() {
    if (framebuffer_ != 0) gl_.delete_framebuffers(1, &framebuffer_);
    if (pixels_ != 0) gl_.delete_renderbuffers(1, &pixels_);
    framebuffer_ = 0;
    pixels_ = 0;
}

bool Canvas::begin(int width, int height) {
    if (refused_) return false;
    if (framebuffer_ != 0 && width == width_ && height == height_) {
        gl_.bind_framebuffer(GL_FRAMEBUFFER, framebuffer_);
        return true;
    }
    drop();
    width_ = width;
    height_ = height;
    gl_.gen_framebuffers(1, &framebuffer_);
    gl_.gen_renderbuffers(1, &pixels_);
    gl_.bind_framebuffer(GL_FRAMEBUFFER, framebuffer_);
    gl_.bind_renderbuffer(GL_RENDERBUFFER, pixels_);
    gl_.renderbuffer_storage(GL_RENDERBUFFER, GL_RGB8, width, height);
    gl_.framebuffer_renderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, pixels_);
    if (gl_.check_framebuffer_status(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
        refused_ = true;
        gl_.bind_framebuffer(GL_FRAMEBUFFER, 0);
        drop();
    }
    return false;
}

void Canvas::present() {
    if (framebuffer_ == 0) return;
    gl_.bind_framebuffer(GL_DRAW_FRAMEBUFFER, 0);
    gl_.blit_framebuffer(0, 0, width_, height_, 0, 0, width_, height_, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    gl_.bind_framebuffer(GL_FRAMEBUFFER, 0);
}

}  // namespace tokendeck::window
