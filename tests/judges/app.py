"""Debian's nitrokey-app on an X server of its own. It is driven by what can be read on its screen (tesseract), as a
person would: questions answered, the menu opened, its list of passwords shown."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
from driver import screen as x_server  # noqa: E402

ENLARGED = 2  # for tesseract, which reads small letters badly


class Unreadable(Exception):
    """What had to come on the screen did not."""


class App:
    def __init__(self, token, folder):
        self.folder = folder
        self.screen = x_server.Screen(os.path.join(folder, "xvfb.log"), 1000, 700)
        env = {**token.env, "DISPLAY": self.screen.name, "HOME": folder, "XDG_RUNTIME_DIR": folder,
               "OMP_THREAD_LIMIT": "1"}
        self.env = env
        self.picture = os.path.join(folder, "screen.png")
        self.process = subprocess.Popen(["nitrokey-app"], env=env, cwd=folder, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        preexec_fn=x_server.die_with_parent)

    def close(self):
        self.process.kill()
        self.process.wait()
        self.screen.close()

    def words(self):
        """What is on the screen: (word, x, y of its middle)."""
        if self.process.poll() is not None:
            raise Unreadable(f"nitrokey-app ended with status {self.process.returncode}")
        own = {key: value for key, value in self.env.items() if key != "LD_LIBRARY_PATH"}
        subprocess.run(["import", "-window", "root", "-resize", f"{ENLARGED}00%", self.picture], env=own, check=True,
                       capture_output=True)
        table = subprocess.run(["tesseract", self.picture, "-", "--psm", "11", "tsv"], env=own, check=True,
                               capture_output=True, text=True).stdout
        found = []
        for row in table.splitlines()[1:]:
            cells = row.split("\t")
            if len(cells) == 12 and cells[11].strip():
                left, top, width, height = map(int, cells[6:10])
                found.append((cells[11].strip(), (left + width // 2) // ENLARGED, (top + height // 2) // ENLARGED))
        return found

    def wait(self, what, seconds=30):
        """Until what(words) is true; that value."""
        deadline = time.monotonic() + seconds
        while True:
            words = self.words()
            value = what(words)
            if value:
                return value
            if time.monotonic() > deadline:
                raise Unreadable("on nitrokey-app's screen is only: " + " ".join(word for word, *_ in words))
            time.sleep(0.3)

    def click(self, place):
        self.screen.click(place[1], place[2])
        time.sleep(0.5)


def find(words, text):
    return next((word for word in words if word[0] == text), None)


def answer_questions(app):
    """At its first start it asks whether to show its icon, and whether to set the clock. Then its window is there."""
    def step(words):
        yes = find(words, "Yes")
        if yes:
            app.click(yes)
            return None
        return find(words, "Overview")

    app.wait(step)


ROW = 23  # pixels from one entry of its menu to the next


def words_of_passwords(token, name, seconds, picture):
    """What is on its screen with the list of passwords of its menu open, which is opened again and again until `name`
    is there or the time is over. The last screen is kept as `picture`."""
    with tempfile.TemporaryDirectory(prefix="tokendeck-app-") as folder:
        app = App(token, folder)
        try:
            answer_questions(app)
            time.sleep(2)  # the questions come one after the other
            answer_questions(app)
            deadline = time.monotonic() + seconds
            opened = []
            # On a machine that is busy reading one picture takes seconds: the menu has to have been open once at least.
            while time.monotonic() < deadline or (not opened and time.monotonic() < deadline + 80):
                words = app.words()
                below = find(words, "Configure") and min((word for word in words if word[0] == "Unlock"),
                                                         key=lambda word: word[2], default=None)
                menu = find(words, "Menu")
                if below:  # the menu is open; its first entry, "Passwords", stands above this one
                    app.click((None, below[1], below[2] - ROW))
                    opened = app.words()
                    if find(opened, name):
                        break
                    app.screen.press("Escape")
                    app.screen.press("Escape")
                elif menu:
                    app.click(menu)
                else:
                    app.screen.press("Escape")
                time.sleep(0.3)
            if not opened:
                raise Unreadable("nitrokey-app's menu did not open: " + " ".join(word for word, *_ in app.words()))
            return {word for word, *_ in opened}
        finally:
            if os.path.exists(app.picture):
                shutil.copy(app.picture, picture)
            app.close()
