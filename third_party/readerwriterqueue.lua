return {
    name = "readerwriterqueue",
    source = "https://github.com/cameron314/readerwriterqueue",
    oldest = "1.0.6",
    licence = "BSD-2-Clause",
    why = "The lock-free queue between each pair of threads.",
    packages = {
        debian = "libreaderwriterqueue-dev",
        fedora = "readerwriterqueue-devel",
        arch = "readerwriterqueue",
        homebrew = "readerwriterqueue",
        vcpkg = "readerwriterqueue",
    },
    headers = { "readerwriterqueue/", "readerwriterqueue.h" },
}
