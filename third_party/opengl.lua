return {
    name = "OpenGL (libglvnd)",
    source = "https://gitlab.freedesktop.org/glvnd/libglvnd",
    oldest = "1.3",
    licence = "MIT",
    why = "Drawing, and the one shader of our own: the ring that shows the seconds left.",
    -- Without a driver no window opens. Mesa's draws on any machine, in software if it has to.
    packages = { debian = "libgl-dev libgl1-mesa-dri", fedora = "libglvnd-devel mesa-dri-drivers", arch = "libglvnd mesa" },
    pkg_config = "gl",
    headers = { "GL/", "OpenGL/" },
    links = { windows = { "opengl32" }, macosx = { "OpenGL.framework" } },
}
