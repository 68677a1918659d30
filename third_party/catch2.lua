return {
    name = "Catch2",
    source = "https://github.com/catchorg/Catch2",
    oldest = "2.13",
    licence = "BSL-1.0",
    why = "The unit tests. No part of the program.",
    needed_for = "tests",
    packages = { debian = "catch2", fedora = "catch-devel", arch = "catch2", homebrew = "catch2", vcpkg = "catch2" },
    pkg_config = "catch2",
    headers = { "catch2/" },
    links = { windows = { "Catch2" }, macosx = { "Catch2" } },
}
