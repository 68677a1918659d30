"""The clipboard in GNOME's session, of which GLFW is not told beside our data device."""

import threading
import time

from beside import FORGE, PLACE, check_read, open_beside, qr, source
from driver import check, check_equal
from driver.screen import wait_for
from driver.testing import test


def to_other(box, made):
    """The other window has the keyboard."""
    made.press_at(box.screen, *PLACE)
    box.screen.button(False)
    made.connection.pump(0.3, lambda: False)


def copied(box):
    """(window, other window, the code that is on the clipboard)"""
    box.add(FORGE, "totp:1")
    made = source(box, {})
    window = open_beside(box)
    window.wait_item("slots/totp:1/copy")
    FORGE.wait_for_fresh_code(10)
    began = time.time()
    window.press("1")
    window.wait_item("clipboard/loan")
    return window, made, FORGE.right_codes(began)


@test("A code that is copied can be pasted in another window, marked for clipboard managers, and is gone in time")
def code(box):
    window, made, codes = copied(box)
    to_other(box, made)
    check(made.paste().decode() in codes, "another text was pasted")
    check_equal(made.paste("x-kde-passwordManagerHint"), b"secret", "the mark")
    window.wait_gone("clipboard/loan", seconds=60)
    wait_for(lambda: not made.paste(), 5, "the code is still on the clipboard")
    window.close()


@test("A text of another program is pasted, and stays on the clipboard when a code's time is over")
def other(box):
    window, made, _ = copied(box)
    to_other(box, made)
    made.copy({"text/plain;charset=utf-8": FORGE.uri.encode(), "text/plain": FORGE.uri.encode()})
    window.wait_gone("clipboard/loan", seconds=60)
    serving = threading.Thread(target=made.connection.pump, args=(3, lambda: False))
    serving.start()
    window.click("slots/add")
    window.wait_screen("wizard:input")
    window.click("wizard/paste")
    window.wait_item("wizard/paste", focused=True)
    window.press("ctrl+v")
    window.press("Return")
    serving.join()
    window.wait_screen("wizard:review")
    check("Forge" in window.text("wizard/about"), "another account was read")
    to_other(box, made)
    check_equal(made.paste(), FORGE.uri.encode(), "what is on the clipboard")
    window.close()


@test("A picture on the clipboard is read, without any other program's help")
def picture(box):
    made = source(box, {})
    window = open_beside(box)
    to_other(box, made)
    made.copy({"image/png": qr(box), "text/html": b"<img src='https://example.org/qr.png'>"})
    serving = threading.Thread(target=made.connection.pump, args=(6, lambda: False))
    serving.start()
    window.click("slots/add")
    window.wait_screen("wizard:input")
    window.click("wizard/clipboard")
    check_read(window)
    serving.join()
    window.close()
