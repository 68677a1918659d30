#include "window/textures.hpp"

namespace tokendeck::window {

TextureStore texture_store(const Gl& gl) {
    TextureStore store;
    store.make = [&gl](int width, int height, std::span<const std::uint8_t> pixels) {
        GLuint name = 0;
        gl.gen_textures(1, &name);
        gl.bind_texture(GL_TEXTURE_2D, name);
        gl.tex_parameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        gl.tex_parameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        gl.tex_parameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
        gl.tex_parameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
        gl.pixel_storei(GL_UNPACK_ROW_LENGTH, 0);
        gl.tex_image_2d(GL_TEXTURE_2D, 0, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
        return (ImTextureID)(std::uintptr_t{name});  // a pointer in some versions, an integer in others
    };
    store.drop = [&gl](ImTextureID texture) {
        const auto name = static_cast<GLuint>((std::uintptr_t)texture);
        gl.delete_textures(1, &name);
    };
    return store;
}

}  // namespace tokendeck::window
