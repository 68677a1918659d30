return {
    name = "libcotp",
    source = "https://github.com/paolostivanin/libcotp",
    oldest = "1.2",
    licence = "Apache-2.0",
    why = "The code that the token should give, computed by somebody else's well-used implementation.",
    -- Version 1's header includes gcrypt.h, and Debian's package does not ask for it.
    packages = { debian = "libcotp-dev libgcrypt20-dev", fedora = "libcotp-devel", arch = "libcotp" },
    pkg_config = "cotp",
    headers = { "cotp.h" },
    links = { windows = { "cotp" }, macosx = { "cotp" } },
}
