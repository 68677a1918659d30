"""What several tests do in the same way."""

from . import pictures
from .box import ADMIN_PIN


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
