#include "window/gl.hpp"

#include <type_traits>

namespace tokendeck::window {

const char* Gl::load() {
    const char* missing = nullptr;
    const auto find = [&](auto& function, const char* name) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(glfwGetProcAddress(name));
        if (function == nullptr && missing == nullptr) missing = name;
    };
    find(viewport, "glViewport");
    find(clear_color, "glClearColor");
    find(clear, "glClear");
    find(enable, "glEnable");
    find(disable, "glDisable");
    find(scissor, "glScissor");
    find(blend_func, "glBlendFunc");
    find(draw_arrays, "glDrawArrays");
    find(create_shader, "glCreateShader");
    find(shader_source, "glShaderSource");
    find(compile_shader, "glCompileShader");
    find(get_shader_iv, "glGetShaderiv");
    find(get_shader_info_log, "glGetShaderInfoLog");
    find(delete_shader, "glDeleteShader");
    find(create_program, "glCreateProgram");
    find(attach_shader, "glAttachShader");
    find(link_program, "glLinkProgram");
    find(get_program_iv, "glGetProgramiv");
    find(get_program_info_log, "glGetProgramInfoLog");
    find(delete_program, "glDeleteProgram");
    find(use_program, "glUseProgram");
    find(get_uniform_location, "glGetUniformLocation");
    find(uniform1f, "glUniform1f");
    find(uniform2f, "glUniform2f");
    find(uniform4f, "glUniform4f");
    find(gen_vertex_arrays, "glGenVertexArrays");
    find(bind_vertex_array, "glBindVertexArray");
    find(delete_vertex_arrays, "glDeleteVertexArrays");
    find(gen_framebuffers, "glGenFramebuffers");
    find(bind_framebuffer, "glBindFramebuffer");
    find(framebuffer_renderbuffer, "glFramebufferRenderbuffer");
    find(check_framebuffer_status, "glCheckFramebufferStatus");
    find(blit_framebuffer, "glBlitFramebuffer");
    find(delete_framebuffers, "glDeleteFramebuffers");
    find(gen_renderbuffers, "glGenRenderbuffers");
    find(bind_renderbuffer, "glBindRenderbuffer");
    find(renderbuffer_storage, "glRenderbufferStorage");
    find(delete_renderbuffers, "glDeleteRenderbuffers");
    find(gen_textures, "glGenTextures");
    find(bind_texture, "glBindTexture");
    find(tex_parameteri, "glTexParameteri");
    find(pixel_storei, "glPixelStorei");
    find(tex_image_2d, "glTexImage2D");
    find(delete_textures, "glDeleteTextures");
    return missing;
}

}  // namespace tokendeck::window
