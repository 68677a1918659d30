"""Straight from the web page: what is dragged or copied out of a browser or a file manager becomes an account here."""

import base64
import time

import desk
from driver import check, check_equal, pictures
from driver.outside import Account
from driver.testing import test

ACCOUNT = Account(issuer="Forge", account="ann")
# Of the menu of a picture in a page: its third entry, and the key that the entry names.
COPY_IMAGE = {desk.CHROMIUM: ("Down", "Down", "Down", "Return"), desk.FIREFOX: ("y",)}


def image_page(box, source=None):
    if source is None:
        pictures.qr(box.pages / "code.png", ACCOUNT.uri)
        source = "code.png"
    return box.page("page.html", f'<img src="{source}">')


def written_out(box):
    picture = pictures.qr(box.folder / "code.png", ACCOUNT.uri).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def link_page(box, address):
    return box.page("page.html", f'<a href="{address.replace("&", "&amp;")}">Add this account to the app</a>')


def dragged(box, program, what):
    """The window, after something was dragged onto it from the middle of what the other program shows."""
    window = box.deck()
    start = box.show(program, what)
    box.drag(start, window.middle(), drop=False)
    window.wait_item("drag", text="Let go")
    box.picture_of_screen("over")
    box.screen.button(1, False)
    window.wait_gone("drag")
    return window


def check_reviewed(box, window):
    window.wait_screen("wizard:review", seconds=20)
    window.wait_item("wizard/name", text=f"{ACCOUNT.issuer}:{ACCOUNT.account}")
    box.picture_of_screen("after")


for browser in (desk.CHROMIUM, desk.FIREFOX):
    def from_file(box, browser=browser):
        check_reviewed(box, dragged(box, browser, image_page(box).as_uri()))

    def from_server(box, browser=browser):
        check_reviewed(box, dragged(box, browser, box.address(image_page(box))))

    def from_data_url(box, browser=browser):
        check_reviewed(box, dragged(box, browser, box.address(image_page(box, written_out(box)))))

    def from_link(box, browser=browser):
        check_reviewed(box, dragged(box, browser, box.address(link_page(box, ACCOUNT.uri))))

    def from_web_link(box, browser=browser):
        window = dragged(box, browser, box.address(link_page(box, "https://example.org/login")))
        window.wait_item("wizard/message", text="web address only")
        check_equal(window.screen_name(), "wizard:input", "the page")

    def copied(box, browser=browser):
        window = box.deck()
        x, y = box.show(browser, box.address(image_page(box)))
        box.screen.move(x, y)
        box.screen.button(3, True)
        box.screen.button(3, False)
        time.sleep(1.5)  # the menu opens
        box.picture_of_screen("menu")
        for key in COPY_IMAGE[browser]:
            window.press(key)
        time.sleep(1.5)  # the picture is on the clipboard
        box.to_the_front(window)
        window.click("slots/add")
        window.wait_screen("wizard:input")
        window.click("wizard/paste")
        window.press("ctrl+v")
        check_reviewed(box, window)

    for what, function in (("A picture in a page from a file", from_file), ("A picture in a page from a server", from_server),
                           ("A picture that is written out in the page", from_data_url), ("A link to an account", from_link)):
        function.__name__ = f"{browser}_{function.__name__}"
        test(f"{what} is dragged out of {browser} and reviewed", seconds=180)(function)
    from_web_link.__name__ = f"{browser}_from_web_link"
    test(f"A link to a web page that is dragged out of {browser} is told as one, with the next step", seconds=180)(from_web_link)
    copied.__name__ = f"{browser}_copied"
    test(f"A picture that is copied in {browser} is pasted here and reviewed", seconds=180)(copied)


@test("A picture's file is dragged out of Thunar and reviewed", seconds=180)
def thunar_from_file(box):
    folder = box.folder / "only"
    folder.mkdir()
    pictures.qr(folder / "code.png", ACCOUNT.uri)
    window = box.deck()
    place = box.show(desk.THUNAR, folder)
    box.drag(box.coloured_in(place), window.middle())
    check_reviewed(box, window)


@test("What is dragged over the window and let go of elsewhere changes nothing", seconds=180)
def let_go_elsewhere(box):
    window = box.deck()
    start = box.show(desk.CHROMIUM, box.address(image_page(box)))
    box.drag(start, window.middle(), drop=False)
    window.wait_item("drag")
    box.screen.move(*start)
    window.wait_gone("drag")
    box.screen.button(1, False)
    time.sleep(1)
    check_equal(window.screen_name(), "slots", "the page")
    check(window.item("drag") is None, "something is still said of the drag")
