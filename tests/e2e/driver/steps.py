"""What several tests do in the same way."""

import time

from . import check, check_equal, pictures
from .box import ADMIN_PIN
from .outside import Account


def to_review(box, window, account, file_name="code.png"):
    """Drops the account's QR code; ends at the review."""
    window.drop(pictures.qr(box.folder / file_name, account.uri))
    window.wait_screen("wizard:review")


def paste(box, window, text):
    """Pastes into the wizard's field, from its first page; Enter."""
    box.clipboard.write(text)
    window.click("wizard/paste")
    window.wait_item("wizard/paste", focused=True)
    window.press("ctrl+v")
    window.press("Return")


def write(window, pin=ADMIN_PIN):
    """From the review on: the button, then the PIN."""
    window.click("wizard/write")
    window.wait_screen("wizard:pin")
    window.type_secret("wizard/pin", pin)


def prove(box, window, account, **how):
    to_review(box, window, account, **how)
    write(window)
    window.wait_screen("wizard:proven")


def code_outlives_window(box, when_asked=lambda window: None):
    """A code that was copied can be pasted for its time after the window was asked to close; then the program ends."""
    account = Account(issuer="Forge", account="ann", period=60)
    box.add(account)
    settings = box.home / ".config/tokendeck/settings.conf"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("clipboard_seconds = 8\n")
    window = box.open_with_token()
    account.wait_for_fresh_code(15)
    began = time.time()
    window.click("slots/totp:1/copy")
    code = box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    copied = time.monotonic()
    window.ask_to_close()
    when_asked(window)
    while time.monotonic() - copied < 5:
        check_equal(box.clipboard.read(), code, "on the clipboard after the window was closed")
        time.sleep(0.5)
    check_equal(window.process.wait(20), 0, "how it ended")
    check(time.monotonic() - copied < 14, "it did not end when the code's time on the clipboard was over")
    check_equal(box.clipboard.read(), None, "the clipboard")
