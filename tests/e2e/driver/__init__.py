"""Drives tokendeck's real window from outside, as a person would, and looks at what comes of it.

    screen     an X server of its own, its mouse, keyboard and picture
    dragging   a file manager's end of drag and drop (XDND)
    window     the program: starts it, finds what is on its screen through --ui-map, clicks and types
    pictures   pictures to drop: QR codes and such that are none
    outside    other programs' word: the clipboard by xclip, codes by oathtool

Debian's python3 and python3-xlib are all it needs.
"""


class Failed(Exception):
    """What was expected did not happen. The text is what the person who reads the test's output is told."""


def check(holds, otherwise):
    if not holds:
        raise Failed(otherwise)


def check_equal(met, expected, what):
    if met != expected:
        raise Failed(f"{what}: expected {expected!r}, met {met!r}")
