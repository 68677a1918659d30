"""The page with the codes by keyboard alone, and by mouse alone."""

import time

from driver import check, check_equal
from driver.box import ADMIN_PIN
from driver.outside import Account
from driver.testing import test

FORGE = Account(issuer="Forge", account="ann")
MAIL = Account(issuer="Mail", account="ann", secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
BANK = Account(issuer="Bank", kind="hotp", counter=6, secret="MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK")


def fill(box):
    box.add(BANK, "hotp:2")
    box.add(FORGE, "totp:1")
    box.add(MAIL, "totp:5")


def moves_to(window, key, path):
    window.press(key)
    window.wait_item(path, focused=True)


@test("By keyboard alone: typing searches, Enter copies, arrows move, digits copy, F1 lists the keys, Delete removes")
def keyboard(box):
    fill(box)
    box.screen.dark_corner()
    window = box.open_with_token()
    window.wait_item("slots/totp:5/copy")

    window.type("mai")
    window.wait_item("slots/search", focused=True, text="mai")
    window.wait_gone("slots/totp:1/copy")
    box.picture(window, "search")
    MAIL.wait_for_fresh_code(6)
    began = time.time()
    window.press("Return")
    code = box.clipboard.wait_for_one_of(lambda: MAIL.right_codes(began))
    window.wait_item("slots/totp:5/code")
    check(window.text("slots/totp:5/code").replace(" ", "") == code, "another code is shown than was copied")
    window.press("Escape")
    window.wait_gone("slots/totp:5/code")
    window.wait_item("slots/totp:1/copy")

    moves_to(window, "Home", "slots/totp:1/copy")
    moves_to(window, "Down", "slots/totp:5/copy")
    moves_to(window, "Down", "slots/hotp:2/copy")
    moves_to(window, "Up", "slots/totp:5/copy")
    moves_to(window, "Up", "slots/totp:1/copy")
    box.picture(window, "focus")
    box.clipboard.write("nothing")
    FORGE.wait_for_fresh_code(6)
    began = time.time()
    window.press("Return")
    box.clipboard.wait_for_one_of(lambda: FORGE.right_codes(began))
    box.clipboard.write("nothing")
    window.press("3")  # time-based accounts come first
    box.clipboard.wait_for_one_of([BANK.code_of(7)])

    window.press("F1")
    window.wait_item("help/close")
    box.picture(window, "keys")
    window.press("Escape")
    window.wait_gone("help/close")

    moves_to(window, "End", "slots/hotp:2/copy")
    moves_to(window, "Up", "slots/totp:5/copy")
    window.press("Delete")
    window.wait_item("remove/pin", focused=True)
    window.press("Escape")
    window.wait_gone("remove/pin")
    window.wait_item("slots/totp:5/copy", focused=True)
    window.press("Delete")
    window.type_secret("remove/pin", ADMIN_PIN)
    window.wait_gone("slots/totp:5/copy")
    window.close()
    check_equal(box.slots()["totp:5"]["state"], "empty", "state of the slot")
    check_equal(box.slots()["hotp:2"]["counter"], 8, "counter after one code")


@test("By keyboard alone: from page to page, and a new account is begun")
def pages(box):
    fill(box)
    window = box.open_with_token()
    for key, screen in (("ctrl+2", "care"), ("ctrl+3", "diagnostics"), ("ctrl+comma", "settings"), ("ctrl+1", "slots")):
        window.press(key)
        window.wait_screen(screen)
    window.press("ctrl+f")
    window.wait_item("slots/search", focused=True)
    window.press("ctrl+n")
    window.wait_screen("wizard:input")
    window.close()


@test("By mouse alone: a code is copied, shown again, kept and cleared; the slot map leads to a free place")
def mouse(box):
    fill(box)
    window = box.open_with_token()
    FORGE.wait_for_fresh_code(20)
    began = time.time()
    window.click("slots/totp:1/copy")
    box.clipboard.wait_for_one_of(lambda: FORGE.right_codes(began))
    window.wait_item("slots/totp:1/code")
    box.picture(window, "code")
    window.wait_item("slots/totp:1/show", seconds=12)
    code = box.clipboard.read()
    check(all(code not in item["text"].replace(" ", "") for item in window.map()["items"]), "a masked code is told")
    box.picture(window, "masked")
    window.click("slots/totp:1/show")
    window.wait_item("slots/totp:1/code")
    window.click("clipboard/keep")
    window.wait_gone("clipboard/keep")
    window.click("clipboard/clear")
    window.wait_gone("clipboard/loan")
    check_equal(box.clipboard.read(), None, "on the clipboard after it was cleared")
    window.click("help/open")
    window.click("help/close")
    window.wait_gone("help/close")
    window.click("slots/map")
    window.scroll_to("slots/totp:7/add", over="slots/totp:1/copy")
    box.picture(window, "map")
    window.click("slots/totp:7/add")
    window.wait_screen("wizard:input")
    window.close()


@test("With less than five seconds left the next code is waited for, which is said; a second click takes the one of now")
def waits(box):
    account = Account(issuer="Forge", account="ann", period=15)
    box.add(account, "totp:1")
    window = box.open_with_token()
    box.clipboard.write("nothing")
    time.sleep((11.2 - time.time() % 15) % 15)
    began = time.time()
    window.click("slots/totp:1/copy")
    window.wait_item("slots/totp:1/await", text="click again")
    box.picture(window, "waiting")
    after = (began // 15 + 1) * 15
    box.clipboard.wait_for_one_of([account.code_at(after)])
    window.press("Escape")
    window.wait_gone("slots/totp:1/code")
    box.clipboard.write("nothing")
    time.sleep((11.2 - time.time() % 15) % 15)
    now = time.time()
    window.click("slots/totp:1/copy")
    window.wait_item("slots/totp:1/await")
    window.click("slots/totp:1/copy")
    box.clipboard.wait_for_one_of([account.code_at(now), account.code_at(now + 15)])
    window.close()
