return {
    name = "ZXing-cpp",
    source = "https://github.com/zxing-cpp/zxing-cpp",
    oldest = "1.4",
    licence = "Apache-2.0",
    why = "Finds and reads the QR codes in a picture: rotated, inverted, photographed.",
    packages = {
        debian = "libzxing-dev",
        fedora = "zxing-cpp-devel",
        arch = "zxing-cpp",
        homebrew = "zxing-cpp",
        vcpkg = "nu-book-zxing-cpp",
    },
    pkg_config = "zxing",
    headers = { "ZXing/" },
    links = { windows = { "ZXing" }, macosx = { "ZXing" } },
}
