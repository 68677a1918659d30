"""The program's window, and beside it one that something can be dragged out of."""

import time

from dragging import Source
from driver import check, pictures
from driver.outside import Account

FORGE = Account(issuer="Forge", account="ann", secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
PICTURE_SIDE = 200
PLACE = (100, 360)  # of the middle of what is dragged, left of the window


def qr(box):
    return pictures.qr(box.folder / "code.png", FORGE.uri).read_bytes()


def source(box, forms):
    """A window in which this can be taken hold of, beside where the program's window comes."""
    made = Source(box.screen.socket, forms, PICTURE_SIDE, PICTURE_SIDE)
    box.others.append(made)
    made.move_window(box.screen, box.screen.width // 2, box.screen.height // 2, *PLACE)
    time.sleep(0.3)
    made.connection.sync()
    return made


def middle_of(window):
    left, top, width, height = window.screen.area_of(window.on_screen)
    return left + width // 2, top + height // 2


def drop(box, window, made):
    """What the other program is told: "finished" or "cancelled"."""
    made.pick_up(box.screen, *PLACE)
    made.carry_to(box.screen, *middle_of(window))
    made.accepted()
    return made.let_go(box.screen)


def open_beside(box):
    """The window, small enough for another one beside it."""
    settings = box.home / ".config/tokendeck/settings.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text("window_size = 700 560\nclipboard_seconds = 5\n")
    return box.open_with_token()


def check_read(window):
    window.wait_screen("wizard:review")
    check("Forge" in window.text("wizard/about"), "another account was read")
