return {
    name = "OpenGL (libglvnd)",
    source = "https://gitlab.freedesktop.org/glvnd/libglvnd",
    oldest = "1.3",
    licence = "MIT",
    why = "Drawing, and the one shader of our own: the ring that shows the seconds left.",
    packages = { debian = "libgl-dev", fedora = "libglvnd-devel", arch = "libglvnd" },
    pkg_config = "gl",
    headers = { "GL/", "OpenGL/" },
    links = { windows = { "opengl32" }, macosx = { "OpenGL.framework" } },
}
