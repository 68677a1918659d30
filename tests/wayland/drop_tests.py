"""What is dragged over the window on Sway, where only files reach it, by GLFW."""

import base64

from dragging import Source
from driver import check, check_equal, pictures
from driver.dragging import uri_of
from driver.outside import Account
from driver.screen import wait_for
from driver.testing import test

FORGE = Account(issuer="Forge", account="ann", secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
SIDE = 200


def drop(box, window, forms):
    """(what the other program is told, the forms that were asked of it)"""
    made = Source(box.screen.runtime / box.screen.name, forms, SIDE, SIDE)
    try:
        place = wait_for(lambda: box.screen.find_window("source", None), 5, "the window that is dragged from is not there")
        box.screen.tell(f"[con_id={place}] move position 0 0")
        made.connection.sync()
        left, top, width, height = box.screen.area_of(window.on_screen)
        made.pick_up(box.screen, SIDE // 2, SIDE // 2)
        made.carry_to(box.screen, left + width // 2, top + height // 2)
        made.accepted(1)
        made.let_go(box.screen, 2)
        # GLFW says nothing when it has read all, so what it asked for is looked at.
        made.connection.pump(0.5, lambda: False)
        return made.asked
    finally:
        made.close()


def open_aside(box):
    window = box.open_with_token()
    box.screen.tell(f"[con_id={window.on_screen}] move position 400 200")
    return window


@test("Files that are dropped are read, once")
def files(box):
    path = pictures.qr(box.folder / "my code.png", FORGE.uri)
    window = open_aside(box)
    asked = drop(box, window, {"text/uri-list": (uri_of(path) + "\r\n").encode(), "image/png": b"not to be asked"})
    check_equal(asked, ["text/uri-list"], "what was asked of the other program")
    window.wait_screen("wizard:review")
    check_equal(window.text("wizard/issuer"), "Forge", "issuer at the review")
    window.close()


@test("A list of files that holds a picture's data is read as that picture")
def data(box):
    picture = base64.b64encode(pictures.qr(box.folder / "code.png", FORGE.uri).read_bytes()).decode()
    window = open_aside(box)
    drop(box, window, {"text/uri-list": f"data:image/png;base64,{picture}\r\n".encode()})
    window.wait_screen("wizard:review")
    check_equal(window.text("wizard/issuer"), "Forge", "issuer at the review")
    check(picture[40:60] not in window.map_file.read_text(), "a piece of the picture is in the ui map")
    window.close()


@test("Of a list of files that holds a web address or other data the next step is told, and none of it is shown")
def addresses(box):
    window = open_aside(box)
    for address, words in (("https://example.org/mHzlzt4RNtyv.png", "a web address only"),
                           ("data:text/html,mHzlzt4RNtyv", "neither a picture nor a text nor a file")):
        drop(box, window, {"text/uri-list": f"{address}\r\n".encode()})
        wait_for(lambda w=words: w in (window.item("wizard/message") or {"text": ""})["text"], 5,
                 lambda: window.described())
        check("mHzlzt4RNtyv" not in window.map_file.read_text(), "a piece of the address is in the ui map")
        check("mHzlzt4RNtyv" not in window.stderr.read_text(), "a piece of the address is in the program's output")
    window.close()


@test("The page for adding accounts says that files can be dropped, and what to do with a picture in a browser")
def said(box):
    window = open_aside(box)
    window.click("slots/add")
    window.wait_screen("wizard:input")
    wait_for(lambda: "Ctrl+V" in window.text("wizard/drop"), 5, lambda: window.text("wizard/drop"))
    box.picture(window, "files-only")
    window.close()


@test("A drag that offers no file leaves the window as it was, and the next one with files is taken")
def without_files(box):
    path = pictures.qr(box.folder / "code.png", FORGE.uri)
    window = open_aside(box)
    check_equal(drop(box, window, {"image/png": path.read_bytes(), "text/html": b"<img>"}), [], "what was asked")
    check_equal(window.screen_name(), "slots", "the page")
    drop(box, window, {"text/uri-list": (uri_of(path) + "\r\n").encode()})
    window.wait_screen("wizard:review")
    window.close()
