"""The window in a Wayland session: that it is there, what it looks like, and its end."""

import struct

from driver import check, check_equal
from driver.outside import Account
from driver.screen import Screen
from driver.testing import test

FORGE = Account(issuer="Forge", account="ann")


@test("Where both are offered, the window opens on Wayland and not through an X server")
def natively(box):
    x_server = Screen(box.folder / "xvfb.log")
    try:
        window = box.open_with_token(environment={**x_server.environment, "XDG_SESSION_TYPE": "wayland"})
        check_equal(box.screen.node(window.on_screen)["shell"], "xdg_shell", "how sway shows the window")
        check_equal(box.screen.node(window.on_screen)["app_id"], "tokendeck", "the window's name for the desktop")
        check(not x_server.find_window("tokendeck", window.process.pid), "there is a window on the X server")
        window.close()
    finally:
        x_server.close()


@test("What the window draws is on the screen, at its size and at another one")
def drawn(box):
    window = box.open_with_token()
    for size in ((960, 640), (700, 560)):
        window.resize(*size)
        window.check_all_inside()
        box.picture(window, f"{size[0]}")
        picture = box.screen.picture(*box.screen.area_of(window.on_screen))
        check_equal(struct.unpack(">II", picture[16:24]), size, "the picture's size")
        # One colour alone packs to a few hundred bytes.
        check(len(picture) > 5000, "the window is empty")
    window.close()


@test("Without any cursor theme the window works as with one")
def no_cursors(box):
    for slot in range(1, 9):  # as many as make the field for searching appear
        box.add(FORGE, f"totp:{slot}")
    window = box.open_with_token(environment={"XCURSOR_PATH": str(box.folder / "none"), "XCURSOR_THEME": "none"})
    window.hover("slots/search")  # the pointer becomes a bar
    window.hover("slots/totp:1/copy")
    window.click("nav/settings")
    window.wait_screen("settings")
    box.picture(window, "settings")
    window.close()
