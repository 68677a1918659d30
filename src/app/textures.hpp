// Pictures in the graphics driver's memory, as Dear ImGui's OpenGL backend draws from them.
// Thread: main, with the window's context current.
#pragma once

#include "app/gl.hpp"
#include "app/letterings.hpp"

namespace tokendeck::app {

// `gl` must outlive it.
[[nodiscard]] TextureStore texture_store(const Gl& gl);

}  // namespace tokendeck::app
