"""What is dragged over the window in GNOME's session, and let go."""

import base64
import time

from beside import FORGE, PLACE, check_read, drop, middle_of, open_beside, qr, source
from driver import check, check_equal, pictures
from driver.dragging import uri_of
from driver.screen import wait_for
from driver.testing import test


@test("A picture is taken out of a web page by its bytes, in each form that browsers offer")
def picture(box):
    data = qr(box)
    html = f'<img src="data:image/png;base64,{base64.b64encode(data).decode()}">'
    made = source(box, {})
    window = open_beside(box)
    for forms in ({"text/html": b"<img src='https://example.org/qr.png'>", "image/png": data,
                   "text/uri-list": b"https://example.org/qr.png\r\n"},
                  {"application/octet-stream": data, "text/html": html.encode("utf-16-le")},
                  {"text/html": html.encode(), "text/plain": b"a QR code"}):
        made.forms = forms
        check_equal(drop(box, window, made), "finished", f"what the other program is told of {list(forms)}")
        check_read(window)
        window.click("wizard/cancel")
        window.wait_screen("slots")
    window.close()


@test("Files that are dropped are read, once")
def files(box):
    path = pictures.qr(box.folder / "my code.png", FORGE.uri)
    made = source(box, {"text/uri-list": (uri_of(path) + "\r\n").encode()})
    window = open_beside(box)
    check_equal(drop(box, window, made), "finished", "what the other program is told")
    check_read(window)
    check_equal(made.asked, ["text/uri-list"], "what was asked of it")
    window.close()


@test("Also when the window has had the keyboard again and again, a picture is taken")
def focus(box):
    made = source(box, {"image/png": qr(box)})
    window = open_beside(box)
    for _ in range(3):
        made.press_at(box.screen, *PLACE)
        box.screen.button(False)
        made.connection.pump(0.3, lambda: False)
        check_equal(drop(box, window, made), "finished", "what the other program is told")
        check_read(window)
        window.click("wizard/cancel")
        window.wait_screen("slots")
    window.close()


@test("While it is dragged the window shows that it can be taken, and no more when it has left")
def hover(box):
    made = source(box, {"image/png": qr(box)})
    window = open_beside(box)
    made.pick_up(box.screen, *PLACE)
    made.carry_to(box.screen, *middle_of(window))
    check_equal(made.accepted(), "image/png", "the form that is wanted")
    window.wait_item("drag", text="Let go to add the account")
    made.carry_to(box.screen, *PLACE)
    window.wait_gone("drag")
    made.let_go(box.screen)
    check_equal(window.screen_name(), "slots", "the page")
    window.close()


@test("What can be no account is refused while it is dragged")
def unusable(box):
    made = source(box, {"application/x-color": b"1234", "audio/ogg": b"OggS"})
    window = open_beside(box)
    made.pick_up(box.screen, *PLACE)
    made.carry_to(box.screen, *middle_of(window))
    window.wait_item("drag", text="This cannot be taken")
    check_equal(made.accepted(1), None, "the form that is wanted")
    check_equal(made.let_go(box.screen), "cancelled", "what the other program is told")
    window.wait_gone("drag")
    check_equal(made.asked, [], "what was asked of it")
    window.close()


@test("Of a web address alone the next step is told")
def address(box):
    made = source(box, {"text/uri-list": b"https://example.org/qr.png\r\n"})
    window = open_beside(box)
    check_equal(drop(box, window, made), "cancelled", "what the other program is told")
    wait_for(lambda: "a web address only" in (window.item("wizard/message") or {"text": ""})["text"], 5,
             lambda: window.described())
    check("Ctrl+V" not in window.text("wizard/drop"), "the page says that only files can be dropped")
    window.close()


@test("A program that does not hand over what it offered is given up, and the window stays awake")
def silent(box):
    made = source(box, {"image/png": None})
    window = open_beside(box)
    made.pick_up(box.screen, *PLACE)
    made.carry_to(box.screen, *middle_of(window))
    made.accepted()
    box.screen.button(False)
    made.connection.pump(0.3, lambda: False)
    window.wait_item("drag", text="Taking what was dropped…")
    began = time.monotonic()
    window.click("nav/settings")
    window.wait_screen("settings")
    check(time.monotonic() - began < 2, "the window slept")
    made.connection.pump(5, lambda: made.over is not None)
    check_equal(made.over, "cancelled", "what the other program is told")
    window.wait_gone("drag")
    window.close()


@test("A program that dies in the middle of a drag leaves the window as it was")
def dying(box):
    made = source(box, {"image/png": None})
    window = open_beside(box)
    made.pick_up(box.screen, *PLACE)
    made.carry_to(box.screen, *middle_of(window))
    window.wait_item("drag")
    made.close()
    window.wait_gone("drag")
    box.screen.button(False)
    box.screen.click(*window.point("nav/settings"))
    window.wait_screen("settings")
    window.close()
