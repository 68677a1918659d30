return {
    name = "GLFW",
    source = "https://www.glfw.org/",
    oldest = "3.3",
    licence = "Zlib",
    why = "The window, its input and its OpenGL context, on all three systems.",
    packages = { debian = "libglfw3-dev", fedora = "glfw-devel", arch = "glfw", homebrew = "glfw", vcpkg = "glfw3" },
    pkg_config = "glfw3",
    headers = { "GLFW/" },
    links = { windows = { "glfw3" }, macosx = { "glfw" } },
}
