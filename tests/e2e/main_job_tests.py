"""From a QR code to a proven slot."""

import pathlib
import time

from driver import check, check_equal, pictures
from driver.box import ADMIN_PIN
from driver.outside import Account
from driver.steps import paste, prove, to_review, write
from driver.testing import test
from driver.window import Recorder

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@test("Without a token the start page says what to do, and one click gives a simulated token with its slots")
def newcomer(box):
    window = box.open()
    window.wait_screen("start")
    window.wait_item("start/simulate", enabled=True)
    box.picture(window, "start")
    window.click("start/simulate")
    window.wait_screen("slots")
    window.wait_item("nav/token", text="simulated")
    window.wait_item("slots/add", enabled=True)
    box.picture(window, "slots")
    window.close()


@test("A dropped QR picture becomes a proven slot, with the code that oathtool gives on the clipboard")
def drop(box):
    account = Account(issuer="Git Forge", account="ann", secret=SECRET)
    window = box.open_with_token()
    window.drop(pictures.qr(box.folder / "a file from Grüße & Co 100%.png", account.uri))
    window.wait_screen("wizard:review")
    check_equal(window.text("wizard/issuer"), "Git Forge", "issuer at the review")
    check_equal(window.text("wizard/account"), "ann", "account at the review")
    check_equal(window.text("wizard/name"), "Git Forge:ann", "suggested name")
    box.picture(window, "review")

    window.click("wizard/write")
    window.wait_screen("wizard:pin")
    box.picture(window, "pin")
    began = time.time()
    window.type_secret("wizard/pin", ADMIN_PIN)
    window.wait_screen("wizard:proven")
    code = box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    box.picture(window, "proven")

    window.click("wizard/close")
    window.wait_screen("slots")
    box.picture(window, "slots")
    window.close()
    slot = box.slots()["totp:1"]
    check_equal(slot["name"], "Git Forge:ann", "name on the token")
    check(code in account.right_codes(began), "the code was right only for a moment")


@test("Neither secret nor PIN is in the ui map, in the output or in the settings at any time")
def no_secret(box):
    account = Account(issuer="Quiet", account="bob", secret=SECRET)
    own_pin = "97531864"  # the PIN that a token is sold with is on screen, as advice
    box.command("pin", "admin", TOKENDECK_NEW_PIN=own_pin)
    window = box.open_with_token()
    recorder = Recorder(window)
    to_review(box, window, account)
    write(window, pin=own_pin)
    window.wait_screen("wizard:proven")
    window.click("wizard/close")
    window.wait_screen("slots")
    # Once more by pasting, with a wrong PIN on the way.
    window.click("slots/add")
    window.wait_screen("wizard:input")
    paste(box, window, account.uri.replace("Quiet", "Loud"))
    window.wait_screen("wizard:review")
    write(window, pin="87654321")
    window.wait_item("wizard/message", text="PIN is wrong")
    window.type_secret("wizard/pin", own_pin)
    window.wait_screen("wizard:proven")
    window.close()
    seen = b"\n".join(recorder.stop())
    check(len(recorder.versions) > 10, f"only {len(recorder.versions)} versions of the ui map were seen")
    written = [file.read_bytes() for file in box.home.rglob("*") if file.is_file()]
    for where, text in (("the ui map", seen), ("the output", window.output()), ("a file", b"\n".join(written))):
        for what, secret in (("the secret", SECRET), ("the admin PIN", own_pin), ("a wrong PIN", "87654321")):
            check(secret.encode() not in text, f"{what} is in {where}")


@test("PINs in the environment are gone from the window's process")
def no_pins_in_environment(box):
    names = ["TOKENDECK_ADMIN_PIN", "TOKENDECK_USER_PIN", "TOKENDECK_NEW_PIN"]
    window = box.open_with_token(environment={name: "24681357" for name in names})
    kept = pathlib.Path(f"/proc/{window.process.pid}/environ").read_bytes()
    check(b"TOKENDECK_SCALE" in kept or b"HOME" in kept, "nothing of the environment is there to look at")
    check(b"24681357" not in kept, "a PIN of the environment stays in the process")
    window.close()


@test("A code is in the ui map only while it is shown")
def code_only_while_shown(box):
    account = Account(kind="hotp", issuer="Counter", account="eve", counter=6)
    box.add(account)
    code = account.code_of(7)
    window = box.open_with_token()
    check(code.encode() not in window.map_file.read_bytes(), "the code is in the map before it was asked for")
    window.click("slots/hotp:1/copy")
    window.wait(lambda m: code in str(m).replace(" ", ""), "the code on the window")
    window.click("nav/diagnostics")
    window.wait_screen("diagnostics")
    text = window.map_file.read_text()
    check(code not in text.replace(" ", ""), "the code is in the map of a page that does not show it")
    window.close()


@test("An account with a counter is proven from a pasted address, and the code of the proof does not come again")
def hotp_pasted(box):
    account = Account(kind="hotp", issuer="Bank", account="carl", secret=SECRET, digits=8, counter=41)
    window = box.open_with_token()
    window.click("slots/add")
    window.wait_screen("wizard:input")
    box.picture(window, "input")
    paste(box, window, account.uri)
    window.wait_screen("wizard:review")
    box.picture(window, "review")
    write(window)
    window.wait_screen("wizard:proven")
    box.clipboard.wait_for_one_of([account.code_of(41)])
    window.wait_item("wizard/counters", text="for counter 42")
    box.picture(window, "proven")
    # At once, while the code of the proof could still be given again.
    window.click("wizard/close")
    window.click("slots/hotp:1/copy")
    box.clipboard.wait_for_one_of([account.code_of(42)])
    window.close()
    check_equal(box.slots()["hotp:1"]["counter"], 43, "counter after the proof and one code")


@test("Everything from pasting to proven can be done with the keyboard alone")
def keyboard_only(box):
    account = Account(issuer="Keys", account="dora", secret=SECRET)
    box.clipboard.write(account.uri)
    window = box.open_with_token()

    window.tab_to("slots/add")
    box.picture(window, "focus")
    window.press("Return")
    window.wait_screen("wizard:input")
    window.tab_to("wizard/paste")
    window.press("ctrl+v")
    window.press("Return")
    window.wait_screen("wizard:review")
    window.tab_to("wizard/write")
    window.press("Return")
    window.wait_screen("wizard:pin")
    began = time.time()
    window.type_secret("wizard/pin", ADMIN_PIN)
    window.wait_screen("wizard:proven")
    box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    window.tab_to("wizard/close")
    time.sleep(1)  # Enter does not end a page before it can be seen
    window.press("Return")
    window.wait_screen("slots")
    window.close()


@test("A picture dropped before any token is there is reviewed, and goes on once a token is plugged in")
def drop_before_token(box):
    account = Account(issuer="Early", account="fay")
    box.faults("unplugged")
    window = box.open(box.simulate)
    window.wait_screen("start")
    to_review(box, window, account)
    window.wait_item("wizard/write", enabled=False)
    shown = " ".join(item["text"] for item in window.items().values()).lower()
    check("plug" in shown, f"the review does not say that a token has to be plugged in: {shown}")
    box.picture(window, "review without token")
    box.faults()
    window.wait_item("wizard/write", enabled=True)
    began = time.time()
    write(window)
    window.wait_screen("wizard:proven")
    box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    window.close()


@test("A bare secret can be pasted with spaces and in small letters; the name is typed, umlauts included")
def bare_secret(box):
    account = Account(secret=SECRET)
    window = box.open_with_token()
    window.click("slots/add")
    window.wait_screen("wizard:input")
    paste(box, window, " ".join(SECRET[i:i + 4] for i in range(0, len(SECRET), 4)).lower())
    window.wait_screen("wizard:review")
    window.click("wizard/name")
    window.wait_item("wizard/name", focused=True)
    window.press("ctrl+a")
    window.type("Müller")
    window.wait_item("wizard/name", text="Müller")
    box.picture(window, "review")
    began = time.time()
    write(window)
    window.wait_screen("wizard:proven")
    box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    window.close()
    check_equal(box.slots()["totp:1"]["name"], "Müller", "name on the token")


@test("Pictures dropped one after another, each on the page of the one before, go into slots of their own")
def one_after_another(box):
    window = box.open_with_token()
    for number, name in enumerate(("First", "Second", "Third"), 1):
        account = Account(issuer=name, account="ann")
        to_review(box, window, account, file_name=f"{name}.png")
        window.wait_item("wizard/name", text=name)
        window.wait_item("wizard/slot", text=f"TOTP {number} ")
        write(window)
        window.wait_screen("wizard:proven")
    window.close()
    used = {slot: told["name"] for slot, told in box.slots().items() if told["state"] != "empty"}
    check_equal(used, {"totp:1": "First:ann", "totp:2": "Second:ann", "totp:3": "Third:ann"}, "slots in use")
