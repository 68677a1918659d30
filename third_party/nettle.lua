return {
    name = "Nettle",
    source = "https://www.lysator.liu.se/~nisse/nettle/",
    oldest = "3.8",
    licence = "LGPL-3.0-or-later or GPL-2.0-or-later; used as a shared library",
    why = "The simulated tokens' own HMAC, so that a code is never checked against the library that made it.",
    packages = { debian = "nettle-dev", fedora = "nettle-devel", arch = "nettle", homebrew = "nettle", vcpkg = "nettle" },
    pkg_config = "nettle",
    headers = { "nettle/" },
    links = { windows = { "nettle" }, macosx = { "nettle" } },
}
