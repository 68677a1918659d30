return {
    name = "stb_image",
    source = "https://github.com/nothings/stb",
    oldest = "2.27",
    licence = "MIT or public domain",
    why = "Pictures to pixels.",
    packages = { debian = "libstb-dev", fedora = "stb_image-devel", arch = "stb", vcpkg = "stb" },
    headers = { "stb/stb_image.h", "stb_image.h" },
}
