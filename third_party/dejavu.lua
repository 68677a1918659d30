return {
    name = "DejaVu Sans",
    source = "https://dejavu-fonts.github.io/",
    oldest = "2.37",
    licence = "Bitstream Vera licence, changes in the public domain",
    why = "Embedded: the letters that Inter lacks, for account names in other scripts.",
    packages = {
        debian = "fonts-dejavu-core",
        fedora = "dejavu-sans-fonts",
        arch = "ttf-dejavu",
        homebrew = "font-dejavu",
    },
    font_folders = { "/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu-sans-fonts", "/usr/share/fonts/TTF",
                     "/Library/Fonts" },
    fonts = { font_fallback = { "DejaVuSans.ttf" } },
}
