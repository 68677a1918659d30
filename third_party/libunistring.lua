return {
    name = "GNU libunistring",
    source = "https://www.gnu.org/software/libunistring/",
    oldest = "1.0",
    licence = "LGPL-3.0-or-later OR GPL-2.0-or-later",
    why = "The names of characters that were refused and look like others or cannot be seen.",
    packages = { debian = "libunistring-dev", fedora = "libunistring-devel", arch = "libunistring",
                 homebrew = "libunistring", vcpkg = "libunistring" },
    -- It brings no pkg-config file.
    headers = { "uniname.h" },
    links = { windows = { "unistring" }, macosx = { "unistring" }, linux = { "unistring" } },
}
