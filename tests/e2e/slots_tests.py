"""The list of slots, and the clipboard."""

import time

from driver import check, check_equal
from driver.box import ADMIN_PIN, USER_PIN
from driver.outside import Account
from driver.steps import prove, to_review, write
from driver.testing import test


@test("A click on a slot copies its code and shows it, also after the program was started anew")
def click_copies(box):
    account = Account(issuer="Forge", account="ann")
    window = box.open_with_token()
    prove(box, window, account)
    window.close()

    window = box.open_with_token()
    window.wait_item("slots/totp:1/copy", text="Forge")
    account.wait_for_fresh_code(6)
    began = time.time()
    window.click("slots/totp:1/copy")
    code = box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    window.wait(lambda m: any(code in item["text"].replace(" ", "") for item in m["items"]), "the code on the window")
    box.picture(window, "code shown")
    window.close()


@test("Several accounts of both kinds give their own codes")
def several(box):
    accounts = {
        "totp:1": Account(issuer="One", secret="GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
        "totp:15": Account(issuer="Fifteen", secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", digits=8),
        "totp:7": Account(issuer="Minute", secret="KRSXG5BAKRSXG5BAKRSXG5BAKRSXG5BA", period=60),
        "hotp:3": Account(issuer="Three", kind="hotp", counter=99, secret="MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK"),
    }
    for slot, account in accounts.items():
        box.add(account, slot)
    window = box.open_with_token(size=(1280, 800))
    for slot, account in accounts.items():
        box.clipboard.write("nothing")
        began = time.time()
        window.click(f"slots/{slot}/copy")
        box.clipboard.wait_for_one_of([account.code_of(100)] if account.kind == "hotp"
                                      else lambda: account.right_codes(began))
        box.picture(window, slot.replace(":", "-"))
    window.close()


@test("The clipboard is cleared 45 seconds after a code was copied, and not before", seconds=150)
def clipboard_cleared(box):
    account = Account(issuer="Forge", account="ann", period=60)
    box.add(account)
    window = box.open_with_token()
    account.wait_for_fresh_code(50)  # one that expires meanwhile is exchanged for the next
    window.click("slots/totp:1/copy")
    code = box.clipboard.wait_for_one_of(lambda: account.right_codes(time.time() - 10))
    copied = time.monotonic()
    time.sleep(40)
    check_equal(box.clipboard.read(), code, "on the clipboard after 40 s")
    while box.clipboard.read() is not None:
        check(time.monotonic() - copied < 50, "the code is still on the clipboard after 50 s")
        time.sleep(0.25)
    window.close()


@test("What another program copied in the meantime is left alone, after 45 seconds and at the end", seconds=110)
def clipboard_of_others(box):
    box.add(Account(issuer="Forge", account="ann"))
    window = box.open_with_token()
    box.clipboard.write("before")
    began = time.time()
    window.click("slots/totp:1/copy")
    box.clipboard.wait_for_one_of(lambda: Account().right_codes(began))
    box.clipboard.write("a shopping list")
    time.sleep(47)
    check_equal(box.clipboard.read(), "a shopping list", "on the clipboard after 47 s")
    window.close()
    check_equal(box.clipboard.read(), "a shopping list", "on the clipboard after the end")


@test("A code that is still on the clipboard goes when the window is closed")
def clipboard_at_end(box):
    box.add(Account(issuer="Forge", account="ann"))
    window = box.open_with_token()
    began = time.time()
    window.click("slots/totp:1/copy")
    box.clipboard.wait_for_one_of(lambda: Account().right_codes(began))
    window.close()
    check_equal(box.clipboard.read(), None, "on the clipboard after the end")


@test("Each click on a slot with a counter that was closed in between gives the next code")
def hotp_counts(box):
    account = Account(issuer="Bank", kind="hotp", counter=8)
    box.add(account)
    for counter in (9, 10, 11):
        window = box.open_with_token()
        window.click("slots/hotp:1/copy")
        box.clipboard.wait_for_one_of([account.code_of(counter)])
        window.wait_item("clipboard/clear")  # the map may come after the code; close() gives up what it names
        window.close()
    check_equal(box.slots()["hotp:1"]["counter"], 12, "counter on the token")


@test("A slot is removed with the admin PIN, and only then")
def remove(box):
    box.add(Account(issuer="Old", account="ann"))
    window = box.open_with_token()
    window.click("slots/totp:1/remove")
    window.wait_item("remove/pin", enabled=True, focused=True)
    box.picture(window, "question")
    window.type("87654321")
    window.press("Return")
    window.wait_item("remove/message", text="one try")
    window.wait_item("pin/admin-tries", text="2")
    box.picture(window, "wrong PIN")
    window.wait_item("slots/totp:1/copy", text="Old")
    window.type_secret("remove/pin", ADMIN_PIN)
    window.wait_gone("remove/pin")
    window.wait_gone("slots/totp:1/remove")
    box.picture(window, "removed")
    window.close()
    check_equal(box.slots()["totp:1"]["state"], "empty", "state of the slot")


@test("A used slot is overwritten only after its old account was shown and this was agreed to")
def overwrite(box):
    old = Account(issuer="Old", account="ann")
    new = Account(issuer="New", account="bea", secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    box.add(old)
    window = box.open_with_token()
    to_review(box, window, new)
    window.click("wizard/slot")
    window.click("wizard/slot/totp:1")
    window.wait_item("wizard/overwrite", enabled=True)
    window.wait_item("wizard/write", enabled=False)
    shown = " ".join(item["text"] for item in window.items().values())
    check("Old" in shown and "New" in shown, f"the review does not show old and new: {shown}")
    box.picture(window, "review")
    window.click("wizard/overwrite")
    window.wait_item("wizard/write", enabled=True)
    began = time.time()
    write(window)
    window.wait_screen("wizard:proven")
    box.clipboard.wait_for_one_of(lambda: new.right_codes(began))
    window.close()
    check_equal(box.slots()["totp:1"]["name"][:3], "New", "name on the token")
    check_equal(box.slots()["totp:2"]["state"], "empty", "state of the slot beside it")


def protect_codes(box):
    """As a person would have set it with another program: byte 3 of the token's configuration."""
    state = box.token.read_text()
    check("config = ffffffffff\n" in state.lower(), "the token's state has no configuration of a new token")
    start = state.lower().index("config = ffffffffff") + len("config = ")
    box.token.write_text(state[:start] + state[start:start + 6] + "01" + state[start + 8:])


@test("Where codes are protected by the user PIN it is asked for; a wrong one costs one try, the right one copies")
def user_pin(box):
    account = Account(issuer="Forge", account="ann")
    box.add(account)
    protect_codes(box)
    window = box.open_with_token()
    box.clipboard.write("nothing")
    began = time.time()
    window.click("slots/totp:1/copy")
    window.wait_item("userpin/pin", enabled=True, focused=True)
    box.picture(window, "question")
    window.type_secret("userpin/pin", "654321")
    window.wait_item("userpin/message", text="one try")
    window.wait_item("pin/user-tries", text="2")
    check_equal(box.clipboard.read(), "nothing", "on the clipboard after a wrong PIN")
    box.picture(window, "wrong PIN")
    window.type_secret("userpin/pin", USER_PIN)
    box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    window.wait_gone("userpin/pin")
    window.close()
    check_equal(box.status()["user_tries"], 3, "tries after the right PIN")


@test("Where codes are protected by the user PIN a new account is proven with both PINs")
def write_with_user_pin(box):
    account = Account(issuer="Forge", account="ann")
    box.status()  # makes the token
    protect_codes(box)
    window = box.open_with_token()
    to_review(box, window, account)
    window.click("wizard/write")
    window.wait_item("wizard/pin", focused=True)
    window.type(ADMIN_PIN)
    window.press("Tab")
    window.wait_item("wizard/user-pin", focused=True)
    window.type(USER_PIN)
    box.picture(window, "both PINs")
    began = time.time()
    window.press("Return")
    window.wait_screen("wizard:proven")
    box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    window.close()


@test("A click does not overtake what was typed before it: no digit of one PIN lands in the field of the other")
def click_after_typing(box):
    account = Account(issuer="Forge", account="ann")
    box.status()  # makes the token
    protect_codes(box)
    window = box.open_with_token()
    to_review(box, window, account)
    window.click("wizard/write")
    window.wait_item("wizard/pin", focused=True)
    window.type(ADMIN_PIN)
    window.click("wizard/user-pin")
    window.type(USER_PIN)
    window.press("Return")
    window.wait_screen("wizard:proven")
    window.close()
    check_equal(box.status()["admin_tries"], 3, "admin tries")
    check_equal(box.status()["user_tries"], 3, "user tries")
