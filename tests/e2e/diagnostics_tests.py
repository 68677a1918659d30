"""The diagnostics page, and the report that is copied from it."""

import getpass
import socket
import time

from driver import check
from driver.box import ADMIN_PIN, USER_PIN
from driver.outside import Account
from driver.steps import to_review, write
from driver.testing import test

WRONG_PIN = "27182818"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def copied_report(box, window):
    box.clipboard.write("nothing")
    window.click("nav/diagnostics")
    window.wait_screen("diagnostics")
    window.click("diagnostics/copy-report")
    deadline = time.monotonic() + 10
    while (report := box.clipboard.read() or "") in ("", "nothing"):
        check(time.monotonic() < deadline, "no report comes onto the clipboard")
        time.sleep(0.05)
    return report


def check_nothing_private(box, report, texts):
    for text in [*texts, box.status()["card_serial"], WRONG_PIN, str(box.folder), str(box.home), socket.gethostname()]:
        check(text not in report, f"the report has {text!r}:\n{report}")
    user = getpass.getuser()
    check(user == "root" or user not in report, f"the report has the user's name:\n{report}")


@test("The copied report has firmware and counts; no account, code, PIN, serial number, user, host or path is in it")
def report(box):
    account = Account(issuer="Forgeworks", account="ann.planted", secret=SECRET)
    box.add(account, name="Plantedname")
    window = box.open_with_token(size=(960, 640))
    to_review(box, window, Account(issuer="Otherplant", account="eve"))
    write(window, pin=WRONG_PIN)
    window.wait_item("wizard/message")
    window.click("wizard/cancel")
    window.wait_screen("slots")
    began = time.time()
    window.click("slots/totp:1/copy")
    code = box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    report = copied_report(box, window)
    for part in ("tokendeck", "Nitrokey Pro", "0.15, the newest known", "2 of 3 tries left", "1 of 15 used",
                 "wrong PIN", "FIRST_AUTHENTICATE", "GET_CODE", "Last commands"):
        check(part in report, f"the report lacks {part!r}:\n{report}")
    check_nothing_private(box, report, [code, SECRET, SECRET.lower(), "Planted", "planted", "Forgeworks", "Otherplant",
                                        "eve", USER_PIN])
    window.wait_item("notice/text", text="holds no secrets")
    box.picture(window, "report copied")
    window.close()


@test("The report of a Storage tells its volumes and not its card's serial numbers", seconds=90)
def storage_report(box):
    window = box.open(f"--simulate=storage:{box.token}", size=(960, 640))
    window.wait_screen("slots", seconds=30)
    window.click("nav/diagnostics")
    window.wait_screen("diagnostics")
    box.picture(window, "Storage")
    report = copied_report(box, window)
    for part in ("Nitrokey Storage", "0.57, the newest known", "encrypted volume", "SD card"):
        check(part in report, f"the report lacks {part!r}:\n{report}")
    check("hidden" not in report, f"the report tells of a hidden volume:\n{report}")
    window.close()


@test("Without a token the diagnostics say what to do, and the report can be copied all the same")
def without_token(box):
    window = box.open(size=(640, 480))
    report = copied_report(box, window)
    check("Tokens seen\nnone" in report, f"the report does not say that no token was seen:\n{report}")
    box.picture(window, "without a token")
    window.close()


@test("An old Pro's diagnostics name the newer firmware and what it brings")
def old_firmware(box):
    window = box.open(f"--simulate=pro-0.7:{box.token}", size=(1280, 800))
    window.wait_screen("slots", seconds=30)
    window.click("nav/diagnostics")
    window.wait_item("diagnostics/limits/1", text="Newer version: 0.15")
    window.check_says("diagnostics/limits/2", "secrets of up to 40 bytes")
    box.picture(window, "Pro 0.7")
    window.close()


@test("A token is checked with the admin PIN: steps as they pass, stopped at the wait, a report; nothing stays on it", seconds=120)
def check_token(box):
    box.add(Account(issuer="Forgeworks", account="ann.planted", secret=SECRET), name="Plantedname")
    window = box.open_with_token(size=(960, 640))
    window.click("nav/diagnostics")
    window.wait_screen("diagnostics")
    window.click("diagnostics/check")
    window.check_says("check/about", "erases it again")
    box.picture(window, "before a check")
    window.type_secret("check/pin", ADMIN_PIN)
    window.wait_item("check/step/12", text="passed", seconds=60)
    box.picture(window, "a check runs")
    window.click("check/stop")
    window.wait_item("check/summary", seconds=30)
    window.check_says("check/summary", "15 of 17 steps passed, Nitrokey Pro 0.15, simulated")
    box.picture(window, "a check was stopped")
    box.clipboard.write("nothing")
    window.click("check/copy")
    deadline = time.monotonic() + 10
    while not (report := box.clipboard.read() or "").startswith("15 of 17"):
        check(time.monotonic() < deadline, f"no report comes onto the clipboard: {report!r}")
        time.sleep(0.05)
    check_nothing_private(box, report, [SECRET, "Planted", "planted", "Forgeworks", ADMIN_PIN])
    window.click("check/close")
    window.wait_gone("check/close")
    window.close()
    names = [slot["name"] for slot in box.slots().values() if slot["state"] != "empty"]
    check(names == ["Plantedname"], f"what is on the token afterwards: {names}")
