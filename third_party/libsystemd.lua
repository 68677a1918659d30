return {
    name = "sd-bus (libsystemd)",
    source = "https://github.com/systemd/systemd",
    oldest = "252",
    licence = "LGPL-2.1-or-later",
    -- Compared: libdbus-1's own manual sends programs to a binding; sdbus-c++ changed its interface from 1 (Debian 12) to
    -- 2 (today's distributions) and throws; GDBus brings GLib's main loop. sd-bus is the same from Debian 12 to today, has
    -- asynchronous calls with a time limit each, and lets us poll. Without systemd, basu provides the same interface.
    why = "D-Bus: screen lock and suspend, the desktop's portals, the second start, the tray. Linux only.",
    packages = { debian = "libsystemd-dev", fedora = "systemd-devel", arch = "systemd-libs" },
    pkg_config = "libsystemd",
    headers = { "systemd/" },
    only_on = "linux",
}
