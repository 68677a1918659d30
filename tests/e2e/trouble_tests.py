"""What goes wrong at people's desks."""

import os
import time

from driver import check, check_equal, pictures
from driver.box import ADMIN_PIN
from driver.outside import Account
from driver.steps import to_review, write
from driver.testing import test

COMMIT = "01"  # WRITE_TO_SLOT, the request after which the slot holds the new account


@test("A wrong PIN costs exactly one try and says so; the right one then goes on with the same account")
def wrong_pin(box):
    account = Account(issuer="Forge", account="ann")
    check_equal(box.status()["admin_tries"], 3, "tries before")
    window = box.open_with_token()
    to_review(box, window, account)
    write(window, pin="87654321")
    window.wait_item("wizard/message", text="one try")
    window.wait_screen("wizard:pin")
    window.check_says("wizard/message", "PIN", "wrong")
    window.wait_item("pin/admin-tries", text="2")
    box.picture(window, "wrong PIN")
    check_equal(box.status()["admin_tries"], 2, "tries after one wrong PIN")
    began = time.time()
    window.type_secret("wizard/pin", ADMIN_PIN)
    window.wait_screen("wizard:proven")
    box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    window.close()
    check_equal(box.status()["admin_tries"], 3, "tries after the right PIN")


@test("A PIN that is too short is refused without costing a try")
def short_pin(box):
    window = box.open_with_token()
    to_review(box, window, Account())
    write(window, pin="1234567")
    window.wait_item("wizard/pin/remark", text="7 of at least 8")
    check(not window.item("wizard/confirm")["enabled"], "the button can be clicked")
    window.close()
    check_equal(box.status()["admin_tries"], 3, "tries")


def broken_write(box, fault):
    account = Account(issuer="Forge", account="ann")
    window = box.open_with_token()
    to_review(box, window, account)
    box.faults(fault)
    write(window)
    window.wait_screen("wizard:failed")
    window.check_says("wizard/message", "unplugged")
    box.picture(window, "failed")
    return account, window


def finish(box, account, window):
    """From the review of the second try on: into the same slot, and into no other."""
    window.wait_item("wizard/slot", text="TOTP 1")
    if window.item("wizard/overwrite"):
        window.click("wizard/overwrite")
    window.wait_item("wizard/write", enabled=True)
    began = time.time()
    write(window)
    window.wait_screen("wizard:proven")
    box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    window.close()
    used = {slot: told["name"] for slot, told in box.slots().items() if told["state"] != "empty"}
    check_equal(used, {"totp:1": "Forge:ann"}, "slots in use")


@test("A token pulled as the slot is stored leaves the slot incomplete and says so; plugged in again it is written again")
def unplugged_at_commit(box):
    account, window = broken_write(box, f"unplug_at={COMMIT}:1")
    window.check_says("wizard/effect", "TOTP 1", "incomplete")
    box.faults()  # plugged in again
    time.sleep(2)
    window.click("wizard/try-again")
    finish(box, account, window)


@test("A token pulled right after the slot was stored leaves it incomplete too; who tries again before plugging in is waited for")
def unplugged_after_commit(box):
    account, window = broken_write(box, f"unplug_after={COMMIT}:1")
    window.check_says("wizard/effect", "TOTP 1", "incomplete")
    window.click("wizard/try-again")
    window.wait_screen("wizard:review")
    window.wait_item("wizard/write", enabled=False)
    box.faults()
    finish(box, account, window)


@test("A slot whose write broke off is marked incomplete in the list")
def unsure_in_list(box):
    _, window = broken_write(box, f"unplug_after={COMMIT}:1")
    box.faults()
    window.click("wizard/cancel")
    window.wait_screen("slots")
    window.wait_item("slots/totp:1/state", text="incomplete")
    box.picture(window, "slots")
    window.close()


@test("A token pulled before the slot was stored fails the write without harm")
def unplugged_before_commit(box):
    account, window = broken_write(box, "unplug_at=17:1")
    window.check_says("wizard/effect", "TOTP 1", "unchanged")
    box.faults()
    time.sleep(2)
    window.click("wizard/try-again")
    finish(box, account, window)


@test("A token pulled while its slots are shown leads back to the start page, and a plugged one to its slots")
def unplugged_at_slots(box):
    box.add(Account(issuer="Forge", account="ann"))
    window = box.open_with_token()
    window.wait_item("slots/totp:1/copy", text="Forge")
    box.faults("unplugged")
    window.wait_screen("start")
    box.picture(window, "start")
    box.faults()
    window.wait_screen("slots")
    window.wait_item("slots/totp:1/copy", text="Forge")
    window.close()


@test("A token pulled during the review costs nothing: the account stays, and goes on with the token back in")
def unplugged_at_review(box):
    account = Account(issuer="Forge", account="ann")
    window = box.open_with_token()
    to_review(box, window, account)
    box.faults("unplugged")
    window.wait_item("wizard/write", enabled=False)
    check_equal(window.screen_name(), "wizard:review", "screen")
    box.faults()
    window.wait_item("wizard/write", enabled=True)
    # And once more while the PIN is being typed: what was typed is gone, the account is not.
    window.click("wizard/write")
    window.wait_item("wizard/pin", focused=True)
    window.type("1234")
    box.faults("unplugged")
    window.wait_screen("wizard:review")
    box.faults()
    window.wait_item("wizard/write", enabled=True)
    began = time.time()
    write(window)
    window.wait_screen("wizard:proven")
    box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    window.close()


@test("A token whose code is wrong is not called proven: it fails in plain words and the slot is marked")
def wrong_code(box):
    window = box.open_with_token()
    box.clipboard.write("nothing")
    to_review(box, window, Account(issuer="Forge", account="ann"))
    box.faults("wrong_code")
    write(window)
    window.wait_screen("wizard:failed")
    window.check_says("wizard/message", "not give the right code")
    check_equal(box.clipboard.read(), "nothing", "on the clipboard")
    box.picture(window, "failed")
    window.click("wizard/cancel")
    window.wait_screen("slots")
    window.wait_item("slots/totp:1/state", text="wrong codes")
    box.picture(window, "slots")
    window.close()


@test("What is no account's QR code is refused in words, and the next picture is read all the same")
def bad_inputs(box):
    sha256 = Account(algorithm="SHA256")
    text = box.folder / "notes.txt"
    text.write_text("otpauth is not spoken here\n" * 20)
    good = pictures.qr(box.folder / "good.png", Account(issuer="Forge", account="ann").uri)
    damaged_uri = Account().uri.replace("period=30", "period=soon")
    bad = [
        (text, "not a picture"),
        (pictures.torn(box.folder / "torn.png", good), "damaged"),
        (pictures.plain(box.folder / "plain.png"), "no QR code"),
        (pictures.qr(box.folder / "web.png", "https://example.org/login"), "not for an authenticator account"),
        (pictures.qr(box.folder / "period.png", damaged_uri), "period"),
        (box.folder, "folder"),
        (box.folder / "gone.png", "no longer there"),
    ]
    window = box.open_with_token()
    for file, words in bad:
        window.drop(file)
        window.wait_item("wizard/message", text=words)
        check_equal(window.screen_name(), "wizard:input", f"screen after {file.name}")
        box.picture(window, file.stem)
    # An account that this token cannot hold is told before any PIN.
    window.drop(pictures.qr(box.folder / "sha256.png", sha256.uri))
    window.wait_screen("wizard:review")
    window.wait_item("wizard/write", enabled=False)
    shown = " ".join(item["text"] for item in window.items().values())
    check("SHA1 only" in shown, f"the review does not say what the token cannot do: {shown}")
    box.picture(window, "sha256")
    # It waits, also for a token that can hold it; the next one does not take its place unasked.
    window.drop(good)
    window.wait_item("notice/text", text="cancel it first")
    window.click("wizard/cancel")
    window.wait_screen("slots")
    window.drop(good)
    window.wait_item("wizard/name", text="Forge")
    window.wait_item("wizard/write", enabled=True)
    window.close()


@test("Two files dropped at once are both read, and a drop during the write does no harm")
def odd_drops(box):
    account = Account(issuer="Forge", account="ann")
    one = pictures.qr(box.folder / "one.png", account.uri)
    two = pictures.qr(box.folder / "two.png", Account(issuer="Second", account="bob").uri)
    window = box.open_with_token()
    window.drop(one, two)
    window.wait_screen("wizard:choose")
    window.wait_item("wizard/chosen", text="2 of 2")
    window.click("wizard/cancel")
    window.wait_screen("slots")
    window.drop(one)
    window.wait_screen("wizard:review")
    window.wait_item("wizard/name", text="Forge")
    box.faults("delay_ms=900")  # 2 s without an answer are an error
    began = time.time()
    write(window)
    window.wait_screen("wizard:writing")
    box.picture(window, "writing")
    drag = window.drag({"image/png": two.read_bytes()})
    window.wait_item("drag", text="Not now")
    check(not drag.let_go(), "a picture was taken during the write")
    drag.close()
    window.wait_screen("wizard:proven", seconds=40)
    window.wait(lambda m: any("Forge" in item["text"] for item in m["items"]), "the account that was being written")
    box.clipboard.wait_for_one_of(lambda: account.right_codes(began), seconds=30)
    window.close()


@test("Cancelling anywhere before the write leaves the token as it was")
def cancel(box):
    window = box.open_with_token()
    to_review(box, window, Account())
    window.click("wizard/cancel")
    window.wait_screen("slots")
    to_review(box, window, Account())
    window.click("wizard/write")
    window.wait_screen("wizard:pin")
    window.type("12345678")
    window.click("wizard/cancel")
    window.wait_screen("slots", "wizard:review")
    window.close()
    check(all(slot["state"] == "empty" for slot in box.slots().values()), "a slot was written")


@test("A token that answers slowly is waited for, and the window stays awake meanwhile")
def slow_token(box):
    box.add(Account(issuer="Forge", account="ann"))
    window = box.open_with_token()
    box.faults("delay_ms=1200")
    began = time.time()
    window.click("slots/totp:1/copy")
    window.click("nav/diagnostics")
    window.wait_screen("diagnostics", seconds=1)
    window.click("nav/slots")
    window.wait_screen("slots", seconds=1)
    box.clipboard.wait_for_one_of(lambda: Account().right_codes(began), seconds=20)
    window.close()


@test("Files from outside that are pipes or never end hold nothing up: the list of files opens, and closing ends")
def strange_files(box):
    config = box.home / ".config"
    config.mkdir(parents=True, exist_ok=True)
    (box.home / "Pictures/inside").mkdir(parents=True)
    pipe = box.home / "Pictures/pipe.png"
    os.mkfifo(pipe)
    for name, make in (("pipe", os.mkfifo), ("endless", lambda path: os.symlink("/dev/zero", path))):
        (config / "user-dirs.dirs").unlink(missing_ok=True)
        make(config / "user-dirs.dirs")
        window = box.open()
        window.wait_screen("start")
        window.drop(pipe)
        window.wait_item("wizard/message", text="ordinary file")
        window.click("wizard/file")
        window.wait_item("wizard/folder/entry/inside")
        box.picture(window, name)
        window.press("Escape")
        window.close()
