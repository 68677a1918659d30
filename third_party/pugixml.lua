return {
    name = "pugixml",
    source = "https://github.com/zeux/pugixml",
    oldest = "1.13",
    licence = "MIT",
    why = "Reads KeePassXC's XML export.",
    packages = {
        debian = "libpugixml-dev",
        fedora = "pugixml-devel",
        arch = "pugixml",
        homebrew = "pugixml",
        vcpkg = "pugixml",
    },
    pkg_config = "pugixml",
    headers = { "pugixml.hpp" },
    links = { windows = { "pugixml" }, macosx = { "pugixml" } },
}
