return {
    name = "JSON for Modern C++",
    source = "https://github.com/nlohmann/json",
    oldest = "3.11",
    licence = "MIT",
    why = "What --json prints and what --ui-map writes; reads other programs' exports.",
    packages = {
        debian = "nlohmann-json3-dev",
        fedora = "json-devel",
        arch = "nlohmann-json",
        homebrew = "nlohmann-json",
        vcpkg = "nlohmann-json",
    },
    pkg_config = "nlohmann_json",
    headers = { "nlohmann/" },
}
