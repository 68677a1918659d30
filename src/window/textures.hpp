// Pictures in the graphics driver's memory, as Dear ImGui's OpenGL backend draws from them.
// Thread: main, with the window's context current.
#pragma once

#include "window/gl.hpp"

#include <imgui.h>
#include <cstdint>
#include <functional>
#include <span>

namespace tokendeck::window {

// Where pictures are kept to be drawn from: the graphics driver's memory.
struct TextureStore {
    // RGBA, not premultiplied, row by row.
    std::function<ImTextureID(int width, int height, std::span<const std::uint8_t> pixels)> make{};
    std::function<void(ImTextureID)> drop{};
};

// `gl` must outlive it.
[[nodiscard]] TextureStore texture_store(const Gl& gl);

}  // namespace tokendeck::window
