return {
    name = "CLI11",
    source = "https://github.com/CLIUtils/CLI11",
    oldest = "2.1",
    licence = "BSD-3-Clause",
    why = "The command line.",
    packages = { debian = "libcli11-dev", fedora = "cli11-devel", arch = "cli11", homebrew = "cli11", vcpkg = "cli11" },
    pkg_config = "CLI11",
    headers = { "CLI/" },
}
