"""A screen with a window manager, tokendeck's window on the left and a browser or a file manager on the right."""

import functools
import http.server
import pathlib
import subprocess
import threading
import time

from Xlib import X

from driver import Failed
from driver.box import Box
from driver.screen import die_with_parent, wait_for

# The program's class as the window manager sees it, its command, and where it keeps what it remembers.
CHROMIUM = "chromium"
FIREFOX = "firefox"
THUNAR = "thunar"
PATIENCE = 60  # seconds until a browser shows a page; the first start writes a profile

FIREFOX_SETTINGS = """\
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("app.normandy.enabled", false);
user_pref("app.update.auto", false);
user_pref("browser.tabs.inTitlebar", 0);
"""


class _Pages(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Desk(Box):
    def __init__(self, pictures, prefix=""):
        super().__init__(pictures, prefix)
        self.others = []
        self.server = None
        self._start("openbox", "--sm-disable")
        wait_for(lambda: self.screen.root.get_full_property(
            self.screen.display.intern_atom("_NET_SUPPORTING_WM_CHECK"), X.AnyPropertyType), 10, "no window manager")
        self.pages = self.folder / "pages"
        self.pages.mkdir()

    def close(self):
        for program in reversed(self.others):
            program.kill()
        for program in self.others:
            program.wait()
        if self.server:
            self.server.shutdown()
        super().close()

    def _start(self, *command):
        with open(self.folder / f"{pathlib.Path(command[0]).name}.log", "ab") as log:
            program = subprocess.Popen(
                command, env={**self.environment, **self.screen.environment, "GTK_USE_PORTAL": "0", "NO_AT_BRIDGE": "1"},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, preexec_fn=die_with_parent)
        self.others.append(program)
        return program

    # ---- tokendeck ----

    def deck(self):
        """Its window with a token, on the left half."""
        window = self.open_with_token()
        self.screen.put(window.on_screen, 10, 40, 760, 700)
        window.wait(lambda m: m["window"] == [760, 700], "the window on the left half")
        return window

    # ---- pages ----

    def page(self, name, body):
        """A page that is all this."""
        path = self.pages / name
        path.write_text("<!doctype html><meta charset=utf-8><style>*{margin:0}img{display:block;width:100vw;height:100vh;"
                        "object-fit:contain}a{display:block;width:100vw;height:100vh;font-size:40px}</style>"
                        f"<title>page</title>{body}")
        return path

    def address(self, path):
        """Of a page, from a server on this machine."""
        if self.server is None:
            handler = functools.partial(_Pages, directory=str(self.pages))
            self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/{path.name}"

    # ---- the other program ----

    def show(self, program, what):
        """What it shows is on the right half. Returns the middle of it on the screen."""
        if program == CHROMIUM:
            started = self._start(
                "chromium", "--no-sandbox", "--no-first-run", "--no-default-browser-check", "--disable-gpu",
                "--disable-extensions", "--password-store=basic", "--ozone-platform=x11",
                f"--user-data-dir={self.folder / 'chromium'}", f"--app={what}")
        elif program == FIREFOX:
            profile = self.folder / "firefox"
            profile.mkdir(exist_ok=True)
            (profile / "user.js").write_text(FIREFOX_SETTINGS)
            started = self._start("firefox-esr", "--no-remote", "--profile", str(profile), str(what))
        else:
            started = self._start("dbus-run-session", "--", "thunar", str(what))
        window = wait_for(lambda: self._window_of(program, started), PATIENCE, f"no window of {program}")
        self.screen.put(window, 790, 40, 780, 700)
        time.sleep(1)
        self._settle(window)
        left, top, width, height = self.screen.area_of(window)
        return left + width // 2, top + height // 2 + (60 if program == FIREFOX else 0)

    def _window_of(self, program, started):
        if started.poll() is not None:
            raise Failed(f"{program} ended with {started.returncode}")
        return self.screen.find_window(program, None)

    def _settle(self, window):
        """Until it has not changed for a second, so that the page is drawn."""
        before, since, end = None, time.monotonic(), time.monotonic() + PATIENCE
        while time.monotonic() - since < 1:
            geometry = window.get_geometry()
            now = window.get_image(0, 0, geometry.width, geometry.height, X.ZPixmap, 0xFFFFFFFF).data
            if now != before:
                before, since = now, time.monotonic()
            if time.monotonic() > end:
                raise Failed("the page does not come to rest")
            time.sleep(0.2)

    def coloured_in(self, middle):
        """Where the only coloured thing is in the part of a file manager that shows a folder with one picture."""
        left, top, width, height = middle[0] - 190, middle[1] - 250, 560, 560
        image = self.screen.root.get_image(left, top, width, height, X.ZPixmap, 0xFFFFFFFF).data
        found = [(at // 4 % width, at // 4 // width) for at in range(0, len(image), 4)
                 if max(image[at:at + 3]) - min(image[at:at + 3]) > 80]
        if not found:
            raise Failed("no picture is shown in the folder")
        return left + sum(x for x, _ in found) // len(found), top + sum(y for _, y in found) // len(found)

    def picture_of_screen(self, name):
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.taken += 1
        subprocess.run(["import", "-window", "root", str(self.pictures / f"{self.prefix}{self.taken}-{name}.png")],
                       env={**self.environment, **self.screen.environment}, check=True)

    def to_the_front(self, window):
        """By a click where nothing is: it gets the keyboard, as when a person turns to it."""
        left, top, width, height = self.screen.area_of(window.on_screen)
        self.screen.click(left + width // 2, top + height - 60)
        time.sleep(0.5)

    # ---- the hand ----

    def drag(self, start, end, drop=True):
        """With the mouse, as slowly as a hand."""
        self.screen.move(*start)
        time.sleep(0.2)
        self.screen.button(1, True)
        for step in range(1, 31):
            self.screen.move(start[0] + (end[0] - start[0]) * step / 30, start[1] + (end[1] - start[1]) * step / 30)
            time.sleep(0.03)
        time.sleep(0.4)
        self.screen.move(end[0] + 2, end[1])
        time.sleep(0.3)
        if drop:
            self.screen.button(1, False)
