return {
    name = "libcsv",
    source = "https://github.com/rgamble/libcsv",
    oldest = "3.0.3",
    licence = "LGPL-2.1-or-later; used as a shared library",
    why = "Reads the CSV exports of Bitwarden and KeePassXC.",
    packages = { debian = "libcsv-dev", fedora = "libcsv-devel", arch = "libcsv", homebrew = "libcsv",
                 vcpkg = "libcsv" },
    -- Its packages bring no pkg-config file.
    headers = { "csv.h" },
    links = { windows = { "csv" }, macosx = { "csv" }, linux = { "csv" } },
}
