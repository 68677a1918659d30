"""What comes from the clipboard, what goes there, and when it is gone again."""

import time

from driver import check, check_equal, pictures, steps
from driver.outside import Account
from driver.screen import wait_for
from driver.testing import test

FORGE = Account(issuer="Forge", account="ann", secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
BANK = Account(issuer="Bank", kind="hotp", counter=6, secret="MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK")
SECONDS = 5  # the least that the settings take


def copied(box):
    """A window whose code is on the clipboard."""
    settings = box.home / ".config/tokendeck/settings.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"clipboard_seconds = {SECONDS}\n")
    box.add(BANK, "hotp:1")
    window = box.open_with_token()
    window.wait_item("slots/hotp:1/copy")
    window.press("1")
    box.clipboard.wait_for_one_of([BANK.code_of(7)])
    return window


def wait_until_empty(box):
    wait_for(lambda: box.clipboard.read() is None, SECONDS + 5, "the code is still on the clipboard")


@test("A pasted otpauth link becomes a proven slot, with the code that oathtool gives on the clipboard")
def main_job(box):
    window = box.open_with_token()
    window.click("slots/add")
    window.wait_screen("wizard:input")
    steps.paste(box, window, FORGE.uri)
    window.wait_screen("wizard:review")
    check_equal(window.text("wizard/issuer"), "Forge", "issuer at the review")
    FORGE.wait_for_fresh_code(5)
    began = time.time()
    steps.write(window)
    window.wait_screen("wizard:proven")
    box.clipboard.wait_for_one_of(lambda: FORGE.right_codes(began))
    box.picture(window, "proven")
    window.close()
    check_equal(box.slots()["totp:1"]["name"], "Forge:ann", "name on the token")


@test("A digit copies the code of its account")
def digit(box):
    box.add(BANK, "hotp:2")
    box.add(FORGE, "totp:5")
    window = box.open_with_token()
    window.wait_item("slots/totp:5/copy")
    FORGE.wait_for_fresh_code(6)
    began = time.time()
    window.press("1")
    box.clipboard.wait_for_one_of(lambda: FORGE.right_codes(began))
    window.press("2")
    box.clipboard.wait_for_one_of([BANK.code_of(7)])
    window.close()


@test("A picture on the clipboard is read")
def picture(box):
    window = box.open_with_token()
    window.click("slots/add")
    window.wait_screen("wizard:input")
    box.clipboard.write_picture(pictures.qr(box.folder / "code.png", FORGE.uri))
    window.click("wizard/clipboard")
    window.wait_screen("wizard:review")
    check_equal(window.text("wizard/issuer"), "Forge", "issuer at the review")
    window.close()


@test("A code is taken off the clipboard when its time is over, also while the window is on another workspace")
def cleared(box):
    window = copied(box)
    began = time.monotonic()
    box.screen.tell("workspace 2")
    wait_until_empty(box)
    check(time.monotonic() - began > SECONDS - 2, "it was taken off too early")
    box.screen.tell("workspace 1")
    window.wait_gone("clipboard/loan")
    box.picture(window, "cleared")
    window.close()


@test("What another program has copied meanwhile stays on the clipboard")
def not_ours(box):
    window = copied(box)
    box.clipboard.write("a text of somebody else")
    window.wait_gone("clipboard/loan", seconds=SECONDS + 5)
    check_equal(box.clipboard.read(), "a text of somebody else", "on the clipboard")
    window.close()
    check_equal(box.clipboard.read(), "a text of somebody else", "on the clipboard after the end")


@test("The end of the program takes its code off the clipboard")
def closed(box):
    window = copied(box)
    window.close()
    wait_until_empty(box)
