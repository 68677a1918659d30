// The OpenGL 3.2 functions that the program itself calls, asked of GLFW: that works on all systems, and needs neither
// a loader library nor the linker. What Dear ImGui draws with, its backend looks up for itself.
// Thread: main, with the window's context current.
#pragma once

#define GLFW_INCLUDE_GLCOREARB
#include <GLFW/glfw3.h>

#ifndef APIENTRY
#define APIENTRY
#endif

namespace tokendeck::window {

struct Gl {
    void(APIENTRY* viewport)(GLint, GLint, GLsizei, GLsizei) = nullptr;
    void(APIENTRY* clear_color)(GLfloat, GLfloat, GLfloat, GLfloat) = nullptr;
    void(APIENTRY* clear)(GLbitfield) = nullptr;
    void(APIENTRY* enable)(GLenum) = nullptr;
    void(APIENTRY* disable)(GLenum) = nullptr;
    void(APIENTRY* scissor)(GLint, GLint, GLsizei, GLsizei) = nullptr;
    void(APIENTRY* blend_func)(GLenum, GLenum) = nullptr;
    void(APIENTRY* draw_arrays)(GLenum, GLint, GLsizei) = nullptr;
    GLuint(APIENTRY* create_shader)(GLenum) = nullptr;
    void(APIENTRY* shader_source)(GLuint, GLsizei, const GLchar* const*, const GLint*) = nullptr;
    void(APIENTRY* compile_shader)(GLuint) = nullptr;
    void(APIENTRY* get_shader_iv)(GLuint, GLenum, GLint*) = nullptr;
    void(APIENTRY* get_shader_info_log)(GLuint, GLsizei, GLsizei*, GLchar*) = nullptr;
    void(APIENTRY* delete_shader)(GLuint) = nullptr;
    GLuint(APIENTRY* create_program)() = nullptr;
    void(APIENTRY* attach_shader)(GLuint, GLuint) = nullptr;
    void(APIENTRY* link_program)(GLuint) = nullptr;
    void(APIENTRY* get_program_iv)(GLuint, GLenum, GLint*) = nullptr;
    void(APIENTRY* get_program_info_log)(GLuint, GLsizei, GLsizei*, GLchar*) = nullptr;
    void(APIENTRY* delete_program)(GLuint) = nullptr;
    void(APIENTRY* use_program)(GLuint) = nullptr;
    GLint(APIENTRY* get_uniform_location)(GLuint, const GLchar*) = nullptr;
    void(APIENTRY* uniform1f)(GLint, GLfloat) = nullptr;
    void(APIENTRY* uniform2f)(GLint, GLfloat, GLfloat) = nullptr;
    void(APIENTRY* uniform4f)(GLint, GLfloat, GLfloat, GLfloat, GLfloat) = nullptr;
    void(APIENTRY* gen_vertex_arrays)(GLsizei, GLuint*) = nullptr;
    void(APIENTRY* bind_vertex_array)(GLuint) = nullptr;
    void(APIENTRY* delete_vertex_arrays)(GLsizei, const GLuint*) = nullptr;
    void(APIENTRY* gen_framebuffers)(GLsizei, GLuint*) = nullptr;
    void(APIENTRY* bind_framebuffer)(GLenum, GLuint) = nullptr;
    void(APIENTRY* framebuffer_renderbuffer)(GLenum, GLenum, GLenum, GLuint) = nullptr;
    GLenum(APIENTRY* check_framebuffer_status)(GLenum) = nullptr;
    void(APIENTRY* blit_framebuffer)(GLint, GLint, GLint, GLint, GLint, GLint, GLint, GLint, GLbitfield,
                                     GLenum) = nullptr;
    void(APIENTRY* delete_framebuffers)(GLsizei, const GLuint*) = nullptr;
    void(APIENTRY* gen_renderbuffers)(GLsizei, GLuint*) = nullptr;
    void(APIENTRY* bind_renderbuffer)(GLenum, GLuint) = nullptr;
    void(APIENTRY* renderbuffer_storage)(GLenum, GLenum, GLsizei, GLsizei) = nullptr;
    void(APIENTRY* delete_renderbuffers)(GLsizei, const GLuint*) = nullptr;
    void(APIENTRY* gen_textures)(GLsizei, GLuint*) = nullptr;
    void(APIENTRY* bind_texture)(GLenum, GLuint) = nullptr;
    void(APIENTRY* tex_parameteri)(GLenum, GLenum, GLint) = nullptr;
    void(APIENTRY* pixel_storei)(GLenum, GLint) = nullptr;
    void(APIENTRY* tex_image_2d)(GLenum, GLint, GLint, GLsizei, GLsizei, GLint, GLenum, GLenum, const void*) = nullptr;
    void(APIENTRY* delete_textures)(GLsizei, const GLuint*) = nullptr;

    // The name of the first function that the driver lacks, or null if all are there.
    [[nodiscard]] const char* load();
};

}  // namespace tokendeck::window
