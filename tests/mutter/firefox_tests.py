"""What is dragged out of Firefox, which runs on Wayland, too, and covers the screen below the program's window."""

import functools
import http.server
import threading
import time

from beside import FORGE, check_read, middle_of, open_beside
from driver import check_equal, pictures
from driver.screen import wait_for
from driver.testing import test

PATIENCE = 90  # seconds until a page is shown; the first start writes a profile
SETTINGS = """\
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("app.normandy.enabled", false);
user_pref("app.update.auto", false);
"""


class Browser:
    """Shows the picture, from a server of this computer, over all the screen."""

    def __init__(self, box, body):
        pages = box.folder / "pages"
        pages.mkdir()
        pictures.qr(pages / "qr.png", FORGE.uri)
        (pages / "page.html").write_text(
            "<!doctype html><meta charset=utf-8><style>*{margin:0}img,a{display:block;width:100vw;height:100vh}</style>"
            + body + '<script>addEventListener("load", () => setTimeout(() => fetch("shown"), 1000))</script>')
        asked = self.asked = []

        class Pages(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *_):
                asked.append(self.path)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Pages, directory=str(pages)))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        profile = box.folder / "profile"
        profile.mkdir()
        (profile / "user.js").write_text(SETTINGS)
        with open(box.folder / "firefox.log", "wb") as log:
            self.process = box.screen._start(
                ["firefox-esr", "--no-remote", "--profile", str(profile), "--kiosk",
                 f"http://127.0.0.1:{self.server.server_port}/page.html"],
                {**box.environment, **box.screen.environment, "MOZ_ENABLE_WAYLAND": "1", "NO_AT_BRIDGE": "1",
                 "GTK_USE_PORTAL": "0"}, log)
        box.others.append(self)
        wait_for(lambda: any("shown" in path for path in asked), PATIENCE, "Firefox does not show the page")
        time.sleep(1)

    def close(self):
        self.process.kill()
        self.process.wait()
        self.server.shutdown()


def drag(box, window):
    """From the screen's edge into the window, and let go."""
    screen = box.screen
    screen.move(60, 360)
    screen.button(True)
    time.sleep(0.3)
    for step in range(1, 5):  # a drag begins after some pixels
        screen.move(60 + 6 * step, 360)
        time.sleep(0.1)
    x, y = middle_of(window)
    for step in range(1, 16):
        screen.move(84 + (x - 84) * step // 15, 360 + (y - 360) * step // 15)
        time.sleep(0.05)
    wait_for(lambda: window.item("drag"), 5, "the drag does not arrive at the window")
    check_equal(window.item("drag")["text"], "Let go to add the account", "what the window says")
    screen.button(False)


@test("A picture that is dragged out of Firefox is read")
def picture(box):
    Browser(box, '<img src="qr.png">')
    window = open_beside(box)
    drag(box, window)
    check_read(window)
    window.close()


@test("A link to an account that is dragged out of Firefox is read")
def link(box):
    Browser(box, f'<a href="{FORGE.uri}">Add the account</a>')
    window = open_beside(box)
    drag(box, window)
    check_read(window)
    window.close()
