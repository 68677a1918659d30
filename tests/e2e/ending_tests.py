"""The end of the program: it comes soon, whatever a thread waits for, and takes nothing with it that should stay."""

import time

from driver import check, check_equal, pictures
from driver.outside import Account
from driver.steps import code_outlives_window, to_review, write
from driver.testing import test


def hang_in_a_code(box, window, slot):
    """The device thread waits in a transfer that never returns."""
    Account().wait_for_fresh_code(8)  # one with less than 5 s left is not asked for yet
    box.faults("hang_at=04:1")
    window.click(f"slots/{slot}/copy")
    time.sleep(1.5)  # until the token is asked


@test("The window's end does not wait for a token that never answers; the clipboard is cleared and the settings are kept")
def hanging_token(box):
    first, second = Account(issuer="Forge", account="ann"), Account(issuer="Bank", account="ann")
    box.add(first)
    box.add(second)
    window = box.open_with_token()
    began = time.time()
    window.click("slots/totp:1/copy")
    box.clipboard.wait_for_one_of(lambda: first.right_codes(began), seconds=20)
    hang_in_a_code(box, window, "totp:2")
    window.click("nav/settings")
    window.click("settings/theme/dark")
    window.close()
    check_equal(box.clipboard.read(), None, "the clipboard")
    check("theme = dark" in (box.home / ".config/tokendeck/settings.conf").read_text(), "the settings were not kept")
    check(b"does not answer" in window.output(), f"it said {window.output()!r}")


@test("Who closes the window in the middle of a write with a token that never answers gets the end, too")
def hanging_write(box):
    window = box.open_with_token()
    to_review(box, window, Account(issuer="Forge", account="ann"))
    box.faults("hang_at=01:1")
    write(window)
    window.wait_screen("wizard:writing")
    time.sleep(2.5)
    check_equal(window.screen_name(), "wizard:writing", "the page")
    window.close()


@test("A code can be pasted for its time after the window was closed, and then the program ends", seconds=90)
def serves_after_closing(box):
    code_outlives_window(box)


@test("An account that was read waits when another page is opened; closing the window asks first")
def account_waits(box):
    window = box.open_with_token()
    to_review(box, window, Account(issuer="GitHub", account="ann"))
    # What a person does who presses Enter too often: the name has the focus, not a tab of the header.
    window.wait_item("wizard/name", focused=True)
    window.click("nav/settings")
    window.wait_item("wizard/continue", text="GitHub")
    box.picture(window, "waiting")
    window.ask_to_close()
    window.wait_item("closing/stay")
    box.picture(window, "closing")
    window.press("Escape")
    window.wait_screen("wizard:review")
    window.drop(*[pictures.qr(box.folder / "second.png", Account(issuer="Other", account="eve").uri)])
    window.wait_item("notice/text", text="GitHub")
    window.wait_screen("wizard:review")
    write(window)
    window.wait_screen("wizard:proven")
    window.close()
    check_equal(box.slots()["totp:1"]["name"], "GitHub:ann", "what was written")
