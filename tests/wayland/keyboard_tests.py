"""Keys that are pressed as quickly as a hand, or a program, can."""

from driver import check_equal
from driver.outside import Account
from driver.testing import test

PAGES = {"ctrl+1": "slots", "ctrl+2": "care", "ctrl+3": "diagnostics", "ctrl+4": "settings", "ctrl+comma": "settings"}


@test("Ctrl+1 to Ctrl+4 and Ctrl+comma open their pages, however quickly they are typed")
def pages(box):
    box.add(Account())
    window = box.open_with_token()
    for key in ("ctrl+2", "ctrl+3", "ctrl+4", "ctrl+1", "ctrl+comma"):
        window.press(key)
        window.wait_screen(PAGES[key])
    for last in ("ctrl+3", "ctrl+1"):
        for key in ("ctrl+4", "ctrl+2", last):
            box.screen.press(key, pause=0)
        window.wait_screen(PAGES[last])
    window.close()


@test("Ctrl+A chooses all of a field, however quickly it is typed, and what follows takes its place")
def choose_all(box):
    box.add(Account(issuer="Forge"), "totp:1")
    box.add(Account(issuer="Mail"), "totp:2")
    window = box.open_with_token()
    window.wait_item("slots/totp:2/copy")
    box.screen.press("ctrl+f", pause=0)
    window.wait_item("slots/search", focused=True)
    for text in ("forge", "mail"):
        box.screen.press("ctrl+a", pause=0)
        for character in text:
            box.screen.press(character, pause=0)
        window.wait_item("slots/search", text=text)
        check_equal(window.text("slots/search"), text, "what is searched")
    window.wait_gone("slots/totp:1/copy")
    window.close()


@test("After Enter on a button that leaves the page, Tab leads to the next page's items")
def tab_after_enter(box):
    window = box.open_with_token()
    window.press("ctrl+n")
    window.wait_screen("wizard:input")
    window.tab_to("wizard/cancel")
    window.press("Return")
    window.wait_screen("slots")
    window.tab_to("slots/add")
    window.close()
