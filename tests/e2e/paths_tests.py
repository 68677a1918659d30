"""All that one does with the window, once by keyboard alone, once by mouse alone (but for what is typed into fields)."""

import time

from driver import check, check_equal
from driver.box import ADMIN_PIN, USER_PIN
from driver.outside import Account, migration
from driver.testing import test

SITE = Account(issuer="Site", account="ann", secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
MOVED = [Account(issuer="Old phone", account="ann"), Account(issuer="Wiki", secret="KRSXG5BAKRSXG5BAKRSXG5BAKRSXG5BA")]
NEW_USER_PIN = "770011"


def names(box):
    return {slot: told["name"] for slot, told in box.slots().items() if told["state"] != "empty"}


def check_end(box, window):
    """What both ways have to lead to."""
    window.close()
    check_equal(names(box), {"totp:2": "Old phone:ann", "totp:3": "Wiki"}, "what the token holds at the end")
    check("theme = dark" in (box.home / ".config/tokendeck/settings.conf").read_text(), "the theme was not kept")
    check_equal(box.status()["user_tries"], 3, "user PIN tries")


@test("By keyboard alone: provision, copy, edit, PIN change, import of an export, settings, delete", seconds=120)
def keyboard_alone(box):
    box.screen.dark_corner()
    window = box.open_with_token()

    window.press("ctrl+n")
    window.wait_screen("wizard:input")
    box.clipboard.write(SITE.uri)
    window.tab_to("wizard/paste")
    window.press("ctrl+v")
    window.wait_item("wizard/explained", text="Site")
    window.press("Return")
    window.wait_screen("wizard:review")
    window.tab_to("wizard/write")
    window.press("Return")
    window.wait_screen("wizard:pin")
    window.type_secret("wizard/pin", ADMIN_PIN)
    window.wait_screen("wizard:proven")
    window.tab_to("wizard/close")
    time.sleep(1)  # Enter does not end a page before it can be seen
    window.press("Return")
    window.wait_screen("slots")

    box.clipboard.write("nothing")
    SITE.wait_for_fresh_code(7)
    window.press("Escape")  # the code of the proof
    began = time.time()
    window.press("1")
    box.clipboard.wait_for_one_of(lambda: SITE.right_codes(began))

    window.press("Home")
    window.wait_item("slots/totp:1/copy", focused=True)
    window.press("F2")
    window.wait_item("edit/name")
    window.tab_to("edit/name")
    window.press("ctrl+a")
    window.type("Renamed")
    window.tab_to("edit/pin")
    window.type_secret("edit/pin", ADMIN_PIN)
    window.wait_item("slots/totp:1/copy", text="Renamed", seconds=20)

    window.press("ctrl+2")
    window.wait_screen("care")
    window.tab_to("care/user-pin")
    window.press("Return")
    window.type_secret("care/pin", USER_PIN)
    window.type_secret("care/new-pin", NEW_USER_PIN)
    window.type_secret("care/new-pin-again", NEW_USER_PIN)
    window.wait_item("care/done", seconds=30)
    window.press("Escape")
    window.wait_gone("care/done")

    window.press("ctrl+n")
    window.wait_screen("wizard:input")
    box.clipboard.write(migration(MOVED))
    window.tab_to("wizard/paste")
    window.press("ctrl+v")
    window.press("Return")
    window.wait_screen("wizard:choose")
    window.tab_to("wizard/write")
    window.press("Return")
    window.wait_screen("wizard:pin")
    window.type_secret("wizard/pin", ADMIN_PIN)
    window.wait_screen("wizard:proven", seconds=30)
    window.tab_to("wizard/close")
    time.sleep(1)  # Enter does not end a page before it can be seen
    window.press("Return")
    window.wait_screen("slots")

    window.press("ctrl+comma")
    window.wait_screen("settings")
    window.tab_to("settings/theme/dark")
    box.picture(window, "settings by keyboard")
    window.press("space")

    window.press("ctrl+1")
    window.wait_screen("slots")
    window.press("Home")
    window.wait_item("slots/totp:1/copy", focused=True)
    window.press("Delete")
    window.type_secret("remove/pin", ADMIN_PIN)
    window.wait_gone("slots/totp:1/copy", seconds=20)
    check_end(box, window)


@test("By mouse alone: provision, copy, edit, PIN change, import of an export, settings, delete", seconds=120)
def mouse_alone(box):
    window = box.open_with_token()

    def type_into(path, text):
        window.click(path)
        window.wait_item(path, focused=True)
        window.type(text)

    def add(text, screen):
        box.clipboard.write(text)
        window.click("slots/add")
        window.wait_screen("wizard:input")
        window.click("wizard/paste")
        window.wait_item("wizard/paste", focused=True)
        window.press("ctrl+v")
        window.click("wizard/read")
        window.wait_screen(screen)
        window.click("wizard/write")
        window.wait_screen("wizard:pin")
        type_into("wizard/pin", ADMIN_PIN)
        window.click("wizard/confirm")
        window.wait_screen("wizard:proven", seconds=30)
        window.click("wizard/close")
        window.wait_screen("slots")

    add(SITE.uri, "wizard:review")
    box.clipboard.write("nothing")
    SITE.wait_for_fresh_code(8)
    began = time.time()
    window.click("slots/totp:1/copy")
    box.clipboard.wait_for_one_of(lambda: SITE.right_codes(began))

    window.click("slots/totp:1/edit")
    window.click("edit/name")
    window.wait_item("edit/name", focused=True)
    window.press("ctrl+a")
    window.type("Renamed")
    type_into("edit/pin", ADMIN_PIN)
    window.click("edit/confirm")
    window.wait_item("slots/totp:1/copy", text="Renamed", seconds=20)

    window.click("nav/care")
    window.wait_screen("care")
    window.click("care/user-pin")
    type_into("care/pin", USER_PIN)
    type_into("care/new-pin", NEW_USER_PIN)
    type_into("care/new-pin-again", NEW_USER_PIN)
    window.click("care/confirm")
    window.wait_item("care/done", seconds=30)
    window.click("care/close")
    window.wait_gone("care/done")

    window.click("nav/slots")
    window.wait_screen("slots")
    add(migration(MOVED), "wizard:choose")

    window.click("nav/settings")
    window.wait_screen("settings")
    window.click("settings/theme/dark")
    window.click("nav/slots")
    window.wait_screen("slots")
    window.click("slots/totp:1/remove")
    type_into("remove/pin", ADMIN_PIN)
    window.click("remove/confirm")
    window.wait_gone("slots/totp:1/copy", seconds=20)
    check_end(box, window)
