"""Pictures that are no files: from the clipboard, of the screen, dragged from a browser."""

import base64
import os
import subprocess
import time

from Xlib import X

from driver import check, check_equal, dragging, pictures
from driver.box import ADMIN_PIN
from driver.outside import Account
from driver.screen import wait_for
from driver.testing import test


def hold(box, form, content, file="held"):
    """As another program that copied it: xclip serves the clipboard in the background."""
    path = box.folder / file
    path.write_bytes(content)
    box.clipboard.write("something else")
    display = box.screen.display
    clipboard = display.intern_atom("CLIPBOARD")
    before = display.get_selection_owner(clipboard)
    subprocess.run(["xclip", "-selection", "clipboard", "-t", form, "-i", str(path)],
                   env=box.clipboard.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True,
                   timeout=5)
    wait_for(lambda: display.get_selection_owner(clipboard) != before, 5, "xclip did not take the clipboard")


def input_page(box):
    window = box.open_with_token()
    window.click("slots/add")
    window.wait_screen("wizard:input")
    return window


def qr_window(box, uri, x, y):
    """A window of another program with the QR code, under all others. The server paints it by itself."""
    screen = box.screen
    path = pictures.qr(box.folder / "shown.png", uri)
    made = subprocess.run(["qrencode", "-t", "ASCII", "-m", "4", "-l", "M"], input=uri.encode(), check=True,
                          capture_output=True, timeout=10).stdout.decode().splitlines()
    path.unlink()
    pixels = 5
    tall, wide = len(made) * pixels, len(made[0]) // 2 * pixels
    root = screen.root
    pixmap = root.create_pixmap(wide, tall, screen.display.screen().root_depth)
    context = pixmap.create_gc(foreground=0xFFFFFF)
    pixmap.fill_rectangle(context, 0, 0, wide, tall)
    context.change(foreground=0)
    for row, line in enumerate(made):
        for column in range(len(line) // 2):
            if line[2 * column] == "#":
                pixmap.fill_rectangle(context, column * pixels, row * pixels, pixels, pixels)
    window = root.create_window(x, y, wide, tall, 0, screen.display.screen().root_depth, X.InputOutput,
                                background_pixmap=pixmap, override_redirect=True)
    window.map()
    window.configure(stack_mode=X.Below)
    screen.display.sync()
    return window


@test("A picture on the clipboard is read")
def clipboard_picture(box):
    account = Account(issuer="Forge", account="ann")
    window = input_page(box)
    hold(box, "image/png", pictures.qr(box.folder / "code.png", account.uri).read_bytes())
    window.click("wizard/clipboard")
    window.wait_screen("wizard:review")
    box.picture(window, "review")
    window.close()


@test("A large picture, which the clipboard gives in pieces, is read")
def clipboard_in_pieces(box):
    account = Account(issuer="Forge", account="ann")
    window = input_page(box)
    from driver import png
    small = pictures.qr(box.folder / "code.png", account.uri, module_pixels=6).read_bytes()
    noise = os.urandom(2_000_000)  # in a chunk of its own, which readers pass over
    end = small.rindex(b"\x00\x00\x00\x00IEND")
    hold(box, "image/png", small[:end] + png._chunk(b"noIs", noise) + small[end:])
    window.click("wizard/clipboard")
    window.wait_screen("wizard:review")
    window.close()


@test("A file that a file manager has copied is read from the clipboard")
def clipboard_file(box):
    path = pictures.qr(box.folder / "a code.png", Account(issuer="Forge", account="ann").uri)
    window = input_page(box)
    hold(box, "text/uri-list", ("file://" + str(path).replace(" ", "%20") + "\r\n").encode())
    window.click("wizard/clipboard")
    window.wait_screen("wizard:review")
    window.close()


@test("Without a picture on the clipboard it is said so, and what helps")
def clipboard_without(box):
    window = input_page(box)
    box.clipboard.write("a text")
    window.click("wizard/clipboard")
    window.check_says("wizard/message", "no picture on the clipboard", "Copy")
    box.picture(window, "none")
    window.close()


@test("A program that holds the clipboard and hangs is given up after a while, and the window is used meanwhile")
def clipboard_hangs(box):
    window = input_page(box)
    deaf = box.screen.root.create_window(0, 0, 1, 1, 0, 0, X.InputOnly)
    deaf.set_selection_owner(box.screen.display.intern_atom("CLIPBOARD"), X.CurrentTime)  # and never answers
    box.screen.display.sync()
    window.click("wizard/clipboard")
    began = time.monotonic()
    time.sleep(0.5)
    paintings = box.screen.count_paintings(window.on_screen, 1)
    check(not window.item("wizard/message"), "it was not waited for")
    check(paintings > 1, "the window draws nothing while it waits for the clipboard")
    window.wait_item("wizard/message", text="clipboard")
    check(time.monotonic() - began < 10, "it was waited for too long")
    window.close()


@test("A program that ends while it hands the clipboard over in pieces is given up, and the next one is read")
def clipboard_dies(box):
    window = input_page(box)
    other = dragging.Drag(box.screen, {"image/png": os.urandom(4 * dragging.PIECE)})
    other.hold_clipboard()
    window.click("wizard/clipboard")
    other.serve_until(lambda: any(len(rest) <= 2 * dragging.PIECE for _, rest in other.pieces.values()))
    other.close()
    window.check_says("wizard/message", "clipboard")
    picture = pictures.qr(box.folder / "code.png", Account(issuer="Forge", account="ann").uri)
    hold(box, "image/png", picture.read_bytes())
    window.click("wizard/clipboard")
    window.wait_screen("wizard:review")
    window.close()


@test("A QR code on the screen is read, also one that the window covers, and the window comes back")
def screen(box):
    account = Account(issuer="Forge", account="ann")
    window = input_page(box)
    before = window._place()
    qr_window(box, account.uri, 200, 150)
    window.click("wizard/screen")
    window.wait_screen("wizard:review")
    check_equal(window._place(), before, "the window's place")
    check_equal(window.on_screen.get_attributes().map_state, X.IsViewable, "the window")
    box.picture(window, "review")
    window.click("wizard/write")  # it has the focus again
    window.wait_screen("wizard:pin")
    window.type_secret("wizard/pin", ADMIN_PIN)
    window.wait_screen("wizard:proven")
    window.close()


@test("A screen without a QR code is said to have none, and the window comes back")
def screen_without(box):
    window = input_page(box)
    window.click("wizard/screen")
    window.wait_item("wizard/message", text="QR code")
    check_equal(window.on_screen.get_attributes().map_state, X.IsViewable, "the window")
    window.close()


@test("Without a file chooser of the desktop a list opens that knows the user's folders, and a path can be typed there")
def chooser_absent(box):
    account = Account(issuer="Forge", account="ann")
    for folder in ("Downloads", "Pictures/codes"):
        (box.home / folder).mkdir(parents=True)
    pictures.qr(box.home / "Pictures/codes/qr.png", account.uri)
    window = input_page(box)
    window.click("wizard/file")
    window.wait_item("wizard/folder/entry/codes")
    window.click("wizard/folder/home")
    window.wait_item("wizard/folder/path", text=str(box.home))
    window.wait_item("wizard/folder/entry/Pictures")
    window.wait_item("wizard/folder/pictures", enabled=True)
    box.picture(window, "folders")

    def typed(path):
        window.click("wizard/folder/path")
        window.wait_item("wizard/folder/path", focused=True)
        window.press("ctrl+a")
        window.type(path)
        window.press("Return")
    typed("~/nothing")
    window.check_says("wizard/message", "nothing")
    typed("~/Pictures/codes/qr.png")
    window.wait_screen("wizard:review")
    window.close()


# ---- what is dragged from other programs than file managers ----

def dropped(window, forms):
    """True if the window took it."""
    drag = window.drag(forms)
    try:
        return drag.let_go()
    finally:
        drag.close()


@test("What browsers drag is taken in each form in which they offer it, large pictures in pieces")
def browsers_forms(box):
    account = Account(issuer="Forge", account="ann")
    file = pictures.qr(box.folder / "code.png", account.uri)
    png = file.read_bytes()
    bitmap = box.folder / "code.bmp"
    subprocess.run(["convert", str(file), "-resize", "400%", f"BMP3:{bitmap}"], check=True)
    check(bitmap.stat().st_size > 10 * dragging.PIECE, "the picture is too small to come in pieces")
    written_out = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    web = "https://example.org/code.png"
    window = box.open_with_token()
    for name, forms in (
            ("Chromium's", {"application/octet-stream": png, "text/x-moz-url": f"{web}\n".encode("utf-16-le"),
                            "text/html": f'<img src="{web}">'.encode("utf-16-le"), "text/plain": web.encode()}),
            ("Firefox's", {"text/uri-list": f"{web}\r\n".encode(), "image/png": png}),
            ("written out in the page", {"text/html": f'<img src="{written_out}">'.encode("utf-16-le")}),
            ("written out as an address", {"text/uri-list": f"{written_out}\r\n".encode()}),
            ("large", {"image/bmp": bitmap.read_bytes()}),
            ("a link", {"text/x-moz-url": f"{account.uri}\nAdd".encode("utf-16-le")}),
            ("a text", {"UTF8_STRING": account.uri.encode()})):
        check(dropped(window, forms), f"the window did not take what is {name}")
        window.wait_screen("wizard:review")
        window.wait_item("wizard/name", text="Forge:ann")
        window.click("wizard/cancel")
        window.wait_screen("slots")


@test("While something is dragged over the window it is told whether it can be taken; what nobody hands over is given up")
def drag_told(box):
    window = box.open_with_token()
    drag = window.drag({"image/png": None, "text/plain": None})
    window.wait_item("drag", text="Let go")
    box.picture(window, "takeable")
    check(not drag.let_go(), "a picture that never came was taken")
    window.wait_gone("drag")
    window.wait_item("wizard/message", text="handed nothing over")
    drag.close()

    drag = window.drag({"application/x-color": b"red"})
    window.wait_item("drag", text="cannot be taken")
    box.picture(window, "unusable")
    check(not drag.let_go(), "a colour was taken")
    window.wait_gone("drag")
    drag.close()

    # The other program dies in the middle of it.
    drag = window.drag({"text/plain": b"x"})
    window.wait_item("drag")
    drag.close()
    window.wait_gone("drag")


@test("A web address that is dropped is told as one, without a word of it on the screen")
def web_address(box):
    window = box.open_with_token()
    check(not dropped(window, {"text/uri-list": b"https://example.org/mHzlzt4RNtyv\r\n"}), "an address was taken")
    window.wait_item("wizard/message", text="web address only")
    shown = " ".join(item["text"] for item in window.items().values())
    check("mHzl" not in shown, f"a piece of it is shown: {shown}")
