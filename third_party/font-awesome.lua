return {
    name = "Font Awesome 4",
    source = "https://github.com/FortAwesome/Font-Awesome",
    oldest = "4.7",
    licence = "OFL-1.1 (the font)",
    why = "Embedded: the icons on the buttons.",
    packages = {
        debian = "fonts-font-awesome",
        fedora = "fontawesome4-fonts",
        arch = "ttf-font-awesome-4",
        homebrew = "font-fontawesome",
    },
    font_folders = { "/usr/share/fonts/truetype/font-awesome", "/usr/share/fonts/fontawesome4-fonts", "/usr/share/fonts/TTF",
                     "/Library/Fonts" },
    fonts = { font_icons = { "fontawesome-webfont.ttf" } },
}
