"""How many actions the common jobs take in the real window. Prints numbers; nothing is judged here.

Called by tools/bench. Each job is done as a practised person does it, and ends with what the person wanted: the right
code on the clipboard, or all accounts proven.
"""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from driver import check, pictures               # noqa: E402
from driver.box import ADMIN_PIN, TOP, Box       # noqa: E402
from driver.outside import Account, migration    # noqa: E402

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Hand:
    """Does what a person does, and counts it: drops, clicks, keys (one combination is one) and texts typed."""

    def __init__(self, window):
        self.window = window
        self.counts = {"drops": 0, "clicks": 0, "keys": 0, "texts": 0}

    def drop(self, *files):
        self.counts["drops"] += 1
        self.window.drop(*files)

    def click(self, path):
        self.counts["clicks"] += 1
        self.window.click(path)

    def press(self, key):
        self.counts["keys"] += 1
        self.window.press(key)

    def type(self, path, text):
        """Into a field that has the keyboard by itself."""
        self.counts["texts"] += 1
        self.window.wait_item(path, focused=True)
        self.window.type(text)

    def prove(self, screen="wizard:review"):
        """From the page that shows what was read: Enter, the PIN, Enter."""
        self.window.wait_screen(screen)
        self.window.wait_item("wizard/write", enabled=True)
        self.press("Return")
        self.window.wait_screen("wizard:pin")
        self.type("wizard/pin", ADMIN_PIN)
        self.press("Return")
        self.window.wait_screen("wizard:proven", seconds=30)

    def tell(self, job):
        parts = [f"{count} {name if count > 1 else name[:-1]}" for name, count in self.counts.items() if count]
        print(f"{job:<58}{sum(self.counts.values()):>3}   {', '.join(parts)}", flush=True)


def check_code(box, account, began):
    check(box.clipboard.wait_for_one_of(lambda: account.right_codes(began)), "the right code is not on the clipboard")


def qr_to_code(box, window):
    account = Account(issuer="Forge", account="ann", secret=SECRET)
    hand, began = Hand(window), time.time()
    hand.drop(pictures.qr(box.folder / "code.png", account.uri))
    hand.prove()
    check_code(box, account, began)
    hand.tell("QR picture on the screen to code on the clipboard")

    hand, began = Hand(window), time.time()
    hand.click("wizard/spare")
    window.wait_screen("wizard:review")
    window.click("wizard/spare/simulate")  # what plugging it in is with a real one; no action of the hand in the window
    hand.prove()
    check_code(box, account, began)
    hand.tell("and the same account on a spare token")
    window.click("wizard/close")
    window.wait_screen("slots")


def secret_to_code(box, window):
    account = Account(issuer="Mail", account="", secret="KRSXG5BAKRSXG5BAKRSXG5BAKRSXG5BA")
    hand, began = Hand(window), time.time()
    hand.press("ctrl+n")
    window.wait_screen("wizard:input")
    hand.type("wizard/paste", account.secret.lower())
    hand.press("Return")
    window.wait_screen("wizard:review")
    hand.type("wizard/name", "Mail")
    hand.prove()
    check_code(box, account, began)
    hand.tell("secret typed to code on the clipboard")
    window.click("wizard/close")
    window.wait_screen("slots")


def export_of_five(box, window):
    accounts = [Account(issuer=f"Site {number}", account="ann", secret=SECRET) for number in range(1, 6)]
    hand = Hand(window)
    hand.drop(pictures.qr(box.folder / "export.png", migration(accounts)))
    hand.prove("wizard:choose")
    hand.tell("an export of five accounts to five proven slots")
    window.click("wizard/close")
    window.wait_screen("slots")


def daily_code(box, window):
    account = Account(issuer="Forge", account="ann", secret=SECRET)
    account.wait_for_fresh_code(10)
    hand, began = Hand(window), time.time()
    hand.click("slots/totp:1/copy")
    check_code(box, account, began)
    hand.tell("daily code, by mouse")
    window.press("Escape")
    box.clipboard.write("something else")
    hand, began = Hand(window), time.time()
    hand.press("1")
    check_code(box, account, began)
    hand.tell("daily code, by keyboard: its digit")
    window.press("Escape")
    box.clipboard.write("something else")
    hand, began = Hand(window), time.time()
    hand.counts["texts"] += 1
    window.type("fo")
    window.wait_item("slots/search", text="fo")
    hand.press("Return")
    check_code(box, account, began)
    hand.tell("daily code, by keyboard: two letters of its name")
    window.press("Escape")


def main():
    box = Box(TOP / "build/screenshots/actions")
    try:
        window = box.open_with_token()
        for job in (qr_to_code, secret_to_code, export_of_five, daily_code):
            job(box, window)
        window.close()
    finally:
        box.close()


main()
