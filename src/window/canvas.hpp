// The picture of the window, kept from frame to frame, so that a frame has to draw only what changed. (What is in the
// window's own back buffer after a swap, no system promises.)
// Thread: main, with the window's context current.
#pragma once

#include "window/gl.hpp"

namespace tokendeck::window {

class Canvas {
  public:
    // `gl` must outlive it.
    explicit Canvas(const Gl& gl) : gl_(gl) {}
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    // Makes what follows draw into it. True if it still holds the frame before; false if it is new, of another size,
    // or the driver gives none (then what follows draws into the window itself).
    [[nodiscard]] bool begin(int width, int height);
    // Puts it into the window, whose buffers have to be swapped then.
    void present();

  private:
    void drop();

    const Gl& gl_;
    int width_ = 0;
    int height_ = 0;
    GLuint framebuffer_ = 0;
    GLuint pixels_ = 0;
    bool refused_ = false;
};

}  // namespace tokendeck::window
