return {
    name = "Xlib",
    source = "https://www.x.org/",
    oldest = "1.7",
    licence = "MIT",
    why = "On X11, what GLFW does not tell: its connection, the window's number, what another program has copied. Linux only.",
    packages = { debian = "libx11-dev", fedora = "libX11-devel", arch = "libx11" },
    pkg_config = "x11",
    headers = { "X11/" },
    only_on = "linux",
}
