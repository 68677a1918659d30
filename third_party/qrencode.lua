return {
    name = "libqrencode",
    source = "https://github.com/fukuchi/libqrencode",
    oldest = "4.1",
    licence = "LGPL-2.1-or-later; used as a shared library",
    why = "Makes the QR code of an account: on the recovery sheet, and for the other side of a new secret.",
    packages = {
        debian = "libqrencode-dev",
        fedora = "qrencode-devel",
        arch = "qrencode",
        homebrew = "qrencode",
        vcpkg = "libqrencode",
    },
    pkg_config = "libqrencode",
    headers = { "qrencode.h" },
    links = { windows = { "qrencode" }, macosx = { "qrencode" } },
}
