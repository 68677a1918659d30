return {
    name = "libharu",
    source = "https://github.com/libharu/libharu",
    oldest = "2.3",
    licence = "Zlib",
    why = "The recovery sheet as a PDF.",
    packages = { debian = "libhpdf-dev", fedora = "libharu-devel", arch = "libharu", homebrew = "libharu",
                 vcpkg = "libharu" },
    -- Its packages bring no pkg-config file.
    headers = { "hpdf.h", "hpdf_" },
    links = { windows = { "hpdf" }, macosx = { "hpdf" }, linux = { "hpdf" } },
}
