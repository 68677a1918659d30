return {
    name = "XCB",
    source = "https://xcb.freedesktop.org/",
    oldest = "1.13",
    licence = "MIT",
    -- Compared: with Xlib an error of the server ends the process, unless a handler that GLFW keeps replacing is in
    -- place. XCB gives errors as values, a connection of its own to each thread, and lets us poll.
    why = "On X11 the clipboard, drops, pictures of the screen, and whether a window manager runs. Linux only.",
    packages = { debian = "libxcb1-dev", fedora = "libxcb-devel", arch = "libxcb" },
    pkg_config = "xcb",
    headers = { "xcb/" },
    only_on = "linux",
}
