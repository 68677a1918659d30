"""The desktop's file dialog and the preference for dark, with the real portal; the tray of XFCE's panel."""

import time

from Xlib import X

from driver import check, check_equal, pictures
from driver.outside import Account
from driver.screen import wait_for
from driver.steps import write
from driver.testing import test

PORTAL = "/usr/libexec/xdg-desktop-portal"
PORTAL_NAME = "org.freedesktop.portal.Desktop"


def with_portal(box):
    service = box.start(PORTAL)
    wait_for(lambda: box.has_name(PORTAL_NAME), 20, "the portal did not start")
    return service


def dialog(box):
    def find():
        found = box.windows_named("xdg-desktop-portal-gtk")
        return found[0] if found else None
    return wait_for(find, 20, "no file dialog appeared")


def at_input(box):
    window = box.open_with_token()
    window.click("slots/add")
    window.wait_screen("wizard:input")
    time.sleep(1)  # the bus has greeted
    return window


@test("The desktop's file dialog belongs to the window, and Escape leads back to the page")
def file_dialog(box):
    with_portal(box)
    window = at_input(box)
    window.click("wizard/file")
    shown = dialog(box)
    ours = [one.id for one in box.windows_named("tokendeck")]
    owner = wait_for(shown.get_wm_transient_for, 5, "the dialog belongs to no window")
    check(owner.id in ours, f"the dialog belongs to {owner.id:x}, not to the window")
    box.picture(window, "dialog")
    shown.set_input_focus(X.RevertToParent, X.CurrentTime)
    box.screen.display.sync()
    window.press("Escape")
    wait_for(lambda: not box.windows_named("xdg-desktop-portal-gtk"), 10, "the dialog stays")
    window.wait_item("wizard/file", enabled=True)
    check(window.item("wizard/folder/up") is None, "the folder list opened")
    window.close()


@test("A portal that dies while its dialog is open is told above the program's own list")
def portal_dies(box):
    service = with_portal(box)
    window = at_input(box)
    window.click("wizard/file")
    dialog(box)
    service.kill()
    window.check_says("wizard/message", "file dialog ended")
    window.wait_item("wizard/folder/home")
    box.picture(window, "list")
    window.close()


@test("XFCE's dark theme, which is chosen by name, is followed, also when it changes", seconds=90)
def theme_by_name(box):
    def choose(theme):
        box.call("org.xfce.Xfconf", "/org/xfce/Xfconf", "org.xfce.Xfconf.SetProperty", "string:xsettings",
                 "string:/Net/ThemeName", f"variant:string:{theme}")

    def dark():
        window = box.windows_named("tokendeck")[0]
        return window.get_image(4, 4, 1, 1, X.ZPixmap, 0xFFFFFFFF).data[0] < 0x80
    choose("Greybird-dark")
    window = box.open_with_token()
    wait_for(dark, 10, "the window is light although the theme's name says dark")
    choose("Greybird")
    wait_for(lambda: not dark(), 10, "the window stays dark although the theme's name says light")
    window.close()


@test("The settings say whether the desktop shows the tray's icon", seconds=90)
def tray(box):
    window = box.open_with_token(size=(1500, 960))
    window.click("nav/settings")
    window.check_says("settings/tray", "no tray icons")
    box.environment["XFCE_PANEL_MIGRATE_DEFAULT"] = "1"
    box.start("xfce4-panel", "--disable-wm-check")
    wait_for(lambda: box.has_name("org.kde.StatusNotifierWatcher"), 40, "the panel has no tray")
    window.wait(lambda now: any(item["path"] == "settings/tray" and "has an icon in the tray" in item["text"]
                                for item in now["items"]), "the settings to name the tray's icon")
    box.picture(window, "tray")
    window.close()
    check_equal(window.process.returncode, 0, "the status")


@test("With a window manager the window is minimised for a picture of the screen, and comes back")
def minimised(box):
    window = at_input(box)
    box.start("openbox")
    display = box.screen.display
    wait_for(lambda: box.screen.root.get_full_property(display.intern_atom("_NET_SUPPORTING_WM_CHECK"),
                                                       X.AnyPropertyType), 10, "openbox did not start")
    time.sleep(1)
    seen = []

    def state():
        hint = window.on_screen.get_full_property(display.intern_atom("WM_STATE"), X.AnyPropertyType)
        seen.append(hint.value[0] if hint else None)
        return seen[-1]
    wait_for(lambda: state() == 1, 5, "openbox does not manage the window")
    window.click("wizard/screen")
    wait_for(lambda: state() == 3, 5, "the window was not minimised")
    wait_for(lambda: state() == 1, 10, "the window did not come back")
    window.check_says("wizard/message", "QR code")
    window.close()


@test("Print opens the desktop's print dialog for the sheet, which can be cancelled")
def printing(box):
    with_portal(box)
    window = box.open_with_token()
    window.drop(pictures.qr(box.folder / "code.png", Account(issuer="Paper").uri))
    window.wait_screen("wizard:review")
    write(window)
    window.wait_screen("wizard:proven")
    window.click("wizard/sheet")
    window.wait_item("wizard/sheet/save", enabled=True)
    window.click("wizard/sheet/save")
    window.click("wizard/sheet/print")
    shown = dialog(box)
    box.picture(window, "print")
    window.wait_item("wizard/sheet/delete", enabled=False)
    shown.set_input_focus(X.RevertToParent, X.CurrentTime)
    box.screen.display.sync()
    window.press("Escape")
    window.wait_item("wizard/sheet/delete", enabled=True)
    window.click("wizard/sheet/delete")
    window.wait(lambda now: any("file is deleted" in item["text"] for item in now["items"]), "word of the deletion")
    window.close()
