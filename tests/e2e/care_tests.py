"""Care of the token: PINs, protection of codes, editing, lock, reset; and tokens of other models."""

import time

from driver import check, check_equal
from driver.box import ADMIN_PIN, USER_PIN
from driver.outside import Account
from driver.steps import prove, to_review, write
from driver.testing import test

NEW_USER_PIN = "770011"
NEW_ADMIN_PIN = "99887766"


def care(window, action):
    window.click("nav/care")
    window.wait_screen("care")
    window.click(f"care/{action}")


def fill(window, **fields):
    """Types into the fields of the care dialog, each clicked first."""
    for name, text in fields.items():
        path = "care/" + name.replace("_", "-")
        window.click(path)
        window.wait_item(path, focused=True)
        window.type(text)


def finish(window):
    window.wait_item("care/done", seconds=30)
    window.click("care/close")
    window.wait_gone("care/close")


@test("The user PIN is changed with the mouse; then only the new one gives a protected code")
def change_user_pin(box):
    box.add(Account(issuer="Forge", account="ann"))
    window = box.open_with_token()
    care(window, "user-pin")
    window.check_says("dialog/token", "Nitrokey Pro", "simulated", "card")
    fill(window, pin=USER_PIN, new_pin=NEW_USER_PIN, new_pin_again=NEW_USER_PIN)
    box.picture(window, "change")
    window.click("care/confirm")
    window.wait_item("care/done", seconds=30)
    box.picture(window, "changed")
    window.click("care/close")

    care(window, "pin-protection")
    fill(window, pin=ADMIN_PIN)
    window.click("care/confirm")
    finish(window)
    window.click("nav/slots")
    window.click("slots/totp:1/copy")
    window.wait_item("userpin/pin", focused=True)
    window.type_secret("userpin/pin", USER_PIN)
    window.wait_item("userpin/message", text="wrong")
    window.check_says("pin/user-tries", "2 of 3")
    began = time.time()
    window.type_secret("userpin/pin", NEW_USER_PIN)
    box.clipboard.wait_for_one_of(lambda: Account().right_codes(began))
    window.close()


@test("The admin PIN is changed with the keyboard alone")
def change_admin_pin(box):
    window = box.open_with_token()
    window.click("nav/care")
    window.wait_screen("care")
    for _ in range(30):
        if window.item("care/admin-pin")["focused"]:
            break
        window.press("Tab")
        time.sleep(0.15)
    window.press("Return")
    window.type_secret("care/pin", ADMIN_PIN)
    window.type_secret("care/new-pin", NEW_ADMIN_PIN)
    window.type_secret("care/new-pin-again", NEW_ADMIN_PIN)
    window.wait_item("care/done", seconds=30)
    window.press("Escape")
    window.wait_gone("care/done")
    to_review(box, window, Account(issuer="Forge", account="ann"))
    write(window, NEW_ADMIN_PIN)
    window.wait_screen("wizard:proven")
    window.close()


@test("A blocked user PIN is told, and unblocked with the admin PIN where it was met")
def unblock(box):
    box.add(Account(issuer="Forge", account="ann"))
    window = box.open_with_token()
    care(window, "pin-protection")
    fill(window, pin=ADMIN_PIN)
    window.press("Return")
    finish(window)
    window.click("nav/slots")
    window.click("slots/totp:1/copy")
    for left in (2, 1):
        window.type_secret("userpin/pin", "000000")
        window.wait_item("pin/user-tries", text=f"{left} of 3")
    # The last try needs a second yes.
    window.wait_item("userpin/pin", focused=True)
    window.type("000000")
    window.wait_item("userpin/confirm", enabled=False)
    box.picture(window, "last try")
    window.click("userpin/pin/last-try")
    window.click("userpin/confirm")
    window.wait_item("pin/user-blocked")
    window.click("pin/unblock")
    fill(window, pin=ADMIN_PIN, new_pin=NEW_USER_PIN, new_pin_again=NEW_USER_PIN)
    window.click("care/confirm")
    finish(window)
    began = time.time()
    window.click("slots/totp:1/copy")
    window.type_secret("userpin/pin", NEW_USER_PIN)
    box.clipboard.wait_for_one_of(lambda: Account().right_codes(began))
    window.close()


@test("A protected code asks for the user PIN once, and again after the token was locked")
def protection(box):
    box.add(Account(issuer="Forge", account="ann"))
    box.add(Account(issuer="Mail", account="ann"))
    window = box.open_with_token()
    care(window, "pin-protection")
    fill(window, pin=ADMIN_PIN)
    window.click("care/confirm")
    finish(window)
    window.click("nav/slots")
    window.click("slots/totp:1/copy")
    window.type_secret("userpin/pin", USER_PIN)
    window.wait_item("slots/totp:1/code")
    window.click("slots/totp:2/copy")  # not asked again
    window.wait_item("slots/totp:2/code")
    care(window, "lock")
    window.click("care/confirm")
    finish(window)
    check_equal(box.clipboard.read(), None, "on the clipboard after locking")
    window.click("nav/slots")
    window.click("slots/totp:2/copy")
    window.wait_item("userpin/pin")
    window.close()


@test("Name and digits of an account are changed, and its secret is still the same")
def edit(box):
    account = Account(issuer="Forge", account="ann")
    box.add(account)
    window = box.open_with_token()
    window.click("slots/totp:1/edit")
    window.click("edit/name")
    window.press("End")
    window.type("2")
    window.click("edit/pin")
    window.wait_item("edit/pin", focused=True)
    window.type(ADMIN_PIN)
    box.picture(window, "edit")
    window.click("edit/confirm")
    window.wait_item("notice/text", text="compared", seconds=30)
    window.wait_item("slots/totp:1/copy", text="Forge:ann2")
    began = time.time()
    window.click("slots/totp:1/copy")
    box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    window.close()


@test("The counter of a HOTP account is set to what the web site expects; a second click gives the same code")
def resynchronise(box):
    account = Account(issuer="Bank", kind="hotp", counter=9)
    box.add(account)
    window = box.open_with_token()
    window.click("slots/hotp:1/edit")
    window.click("edit/counter")
    window.press("ctrl+a")
    window.type("40")
    window.click("edit/pin")
    window.type_secret("edit/pin", ADMIN_PIN)
    window.wait_item("notice/text", text="compared", seconds=30)
    window.click("slots/hotp:1/copy")
    box.clipboard.wait_for_one_of([account.code_of(40)])
    box.clipboard.write("nothing")
    window.click("slots/hotp:1/copy")
    box.clipboard.wait_for_one_of([account.code_of(40)])
    window.check_says("notice/text", "same code")
    window.close()
    check_equal(box.slots()["hotp:1"]["counter"], 41, "counter on the token")


@test("A factory reset is agreed to, done, looked at, and leaves no account")
def reset(box):
    box.add(Account(issuer="Forge", account="ann"))
    window = box.open_with_token()
    care(window, "reset")
    window.check_says("care/lost", "accounts")
    window.wait_item("care/continue", enabled=False)
    box.picture(window, "consequences")
    window.click("care/agree")
    window.click("care/continue")
    window.type_secret("care/pin", ADMIN_PIN)
    window.type_secret("care/pin-again", ADMIN_PIN)
    window.wait_item("care/done", seconds=60)
    box.picture(window, "done")
    window.click("care/close")
    window.click("nav/slots")
    window.wait_item("slots/free", text="18")
    window.click("slots/map")
    window.wait_item("slots/totp:1/add")
    window.close()


@test("Of two simulated tokens one is in use, the other is chosen by a click, and a question does not change over")
def two_tokens(box):
    box.add(Account(issuer="Forge", account="ann"))
    window = box.open_with_token(size=(1280, 800))
    window.click("nav/settings")
    window.wait_screen("settings")
    window.click("settings/model")
    window.click("settings/model/storage")
    window.wait_gone("settings/model/storage")  # a click while the list closes only closes it
    window.wait_item("settings/model", text="Storage")
    window.click("settings/simulate")
    window.click("nav/slots")
    window.wait_item("slots/totp:1/copy", text="Forge")  # the first stays in use
    window.click("nav/token")
    window.wait(lambda m: sum("nav/token/simulated" in i["path"] for i in m["items"]) == 2, "two tokens in the list")
    box.picture(window, "two tokens")
    other = next(i["path"] for i in window.map()["items"]
                 if "nav/token/simulated" in i["path"] and "Storage" in i["text"])
    window.click(other)
    window.click("slots/map")
    window.wait_item("slots/totp:14/add")
    window.wait_gone("slots/totp:15/add")
    window.close()


def main_job(box, model, more=lambda window: None, **account):
    account = Account(issuer="Forge", account="ann", **account)
    window = box.open(f"--simulate={model}:{box.folder / model}", size=(960, 640))
    window.wait_screen("slots", seconds=30)
    prove(box, window, account)
    box.picture(window, "proven")
    more(window)
    window.click("wizard/close")
    window.close()


@test("The main job on a Storage, and its status in the diagnostics")
def storage(box):
    def look(window):
        window.click("nav/diagnostics")
        window.wait_screen("diagnostics")
        box.picture(window, "diagnostics")
        window.click("nav/slots")
        to_review(box, window, Account(issuer="Mail", account="ann"))
        write(window)
        window.wait_screen("wizard:proven", seconds=30)
    main_job(box, "storage", look)


@test("The main job on a Pro 0.7: which counter the code is for is told, a long secret is refused before the PIN")
def old_pro(box):
    def look(window):
        window.wait_item("wizard/counters", text="for counter 1")
        to_review(box, window, Account(issuer="Long", account="ann", secret="GEZDGNBVGY3TQOJQ" * 4))
        window.wait_item("wizard/write", enabled=False)
        box.picture(window, "too long")
        window.click("wizard/cancel")
        window.wait_screen("slots")
        to_review(box, window, Account(issuer="Short", account="ann"))
        write(window)
        window.wait_screen("wizard:proven", seconds=30)
    main_job(box, "pro-0.7", look, kind="hotp", counter=0)
