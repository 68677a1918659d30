return {
    name = "Wayland",
    source = "https://wayland.freedesktop.org/",
    oldest = "1.20",
    licence = "MIT",
    -- GLFW loads the same library when it runs; both then use one copy of it, and one connection.
    why = "Drag and drop, and what is copied, in a Wayland session, beside GLFW, which takes only files. Linux only.",
    packages = { debian = "libwayland-dev", fedora = "wayland-devel", arch = "wayland" },
    pkg_config = "wayland-client",
    headers = { "wayland-client.h" },
    only_on = "linux",
}
