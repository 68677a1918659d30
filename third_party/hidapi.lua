return {
    name = "hidapi",
    source = "https://github.com/libusb/hidapi",
    oldest = "0.13",
    licence = "BSD-3-Clause (one of three to choose from)",
    why = "HID reports to and from the token.",
    packages = {
        -- Loaded when the program starts, not linked: both backends are tried, and a drop-in can stand in for them.
        debian = "libhidapi-dev libhidapi-libusb0 libhidapi-hidraw0",
        fedora = "hidapi-devel",
        arch = "hidapi",
        homebrew = "hidapi",
        vcpkg = "hidapi",
    },
    headers = { "hidapi/", "hidapi.h" },
    links = { windows = { "hidapi" }, macosx = { "hidapi" }, linux = { "dl" } },
}
