return {
    name = "Pango with Cairo",
    source = "https://gitlab.gnome.org/GNOME/pango",
    oldest = "1.50",
    licence = "LGPL-2.0-or-later",
    -- Compared: HarfBuzz, FriBidi, fontconfig and FreeType one by one are what Pango puts together, with the choice of
    -- fonts, the breaking of lines and colour emoji still to be written; SDL_ttf and stb_truetype choose no fonts.
    why = "Names in the scripts that the embedded fonts lack, in the system's fonts, ordered and joined. Linux only.",
    packages = { debian = "libpango1.0-dev", fedora = "pango-devel", arch = "pango" },
    pkg_config = "pangocairo",
    headers = { "pango/", "cairo.h" },
    only_on = "linux",
}
