return {
    name = "Inter",
    source = "https://rsms.me/inter/",
    oldest = "3.19",
    licence = "OFL-1.1",
    why = "The typeface of the window; embedded, so that it looks the same everywhere.",
    packages = { debian = "fonts-inter", fedora = "rsms-inter-fonts", arch = "inter-font", homebrew = "font-inter" },
    font_folders = { "/usr/share/fonts/opentype/inter", "/usr/share/fonts/rsms-inter-fonts", "/usr/share/fonts/inter",
                     "/Library/Fonts" },
    fonts = {
        font_regular = { "Inter-Regular.otf", "Inter-Regular.ttf" },
        font_semibold = { "Inter-SemiBold.otf", "Inter-SemiBold.ttf" },
    },
}
