"""The program under test: starts it on a screen, finds what is on its window through --ui-map, clicks and types."""

import json
import pathlib
import subprocess
import threading
import time

from . import Failed, check, dragging
from .screen import POLL, die_with_parent, wait_for

PATIENCE = 10  # seconds for anything that should happen at once; a loaded machine is slow


class Window:
    def __init__(self, screen, binary, folder, environment, arguments=(), size=None, name="window", own_map=True,
                 patience=PATIENCE * 2):
        """`folder`: for the map and the output. Waits until the first map is there and the window has the focus.
        Without `own_map` the program is a command line that says itself where to write the map, and that may start the
        program where its processes have other numbers."""
        self.screen = screen
        self.map_file = folder / f"{name}.map.json"
        self.stdout, self.stderr = folder / f"{name}.stdout", folder / f"{name}.stderr"
        self.map_file.unlink(missing_ok=True)
        self.started = time.monotonic()
        self.command = [str(binary), "--ui-map", str(self.map_file)] if own_map else list(binary)
        self.command += map(str, arguments)
        with open(self.stdout, "wb") as out, open(self.stderr, "wb") as err:
            self.process = subprocess.Popen(
                self.command, env={**environment, **screen.environment}, stdin=subprocess.DEVNULL,
                stdout=out, stderr=err, cwd=folder, preexec_fn=die_with_parent)
        try:
            pid = self.process.pid if own_map else None
            self.on_screen = self._until(lambda: screen.find_window("tokendeck", pid), patience, "no window appeared")
            screen.focus(self.on_screen)
            self._until(self.map_file.exists, PATIENCE, "the ui map was not written")
            if size:
                self.resize(*size)
        except BaseException:
            self.kill()
            raise

    def _until(self, what, seconds, otherwise):
        def look():
            if self.process.poll() is not None:
                raise Failed(f"the program ended with status {self.process.returncode}: "
                             f"{self.stderr.read_text(errors='replace').strip()[:2000]}")
            return what()
        return wait_for(look, seconds, otherwise)

    # ---- what is on screen ----

    def map(self):
        return json.loads(self.map_file.read_text())

    def items(self):
        return {item["path"]: item for item in self.map()["items"]}

    def item(self, path):
        """None if it is not on screen."""
        return self.items().get(path)

    def text(self, path):
        return self.wait_item(path)["text"]

    def screen_name(self):
        return self.map()["screen"]

    def described(self):
        """The map for people."""
        now = self.map()
        lines = [f"screen {now['screen']}, window {now['window'][0]}x{now['window'][1]}"]
        for item in now["items"]:
            remarks = ("" if item["enabled"] else " (disabled)") + (" (focused)" if item["focused"] else "")
            lines.append(f"    {item['path']} {item['text']!r} {item['rect']}{remarks}")
        return "\n".join(lines)

    def wait(self, holds, what, seconds=PATIENCE):
        """Until holds(map) is true; returns what it gave. `what`: what was waited for, in words."""
        return self._until(lambda: holds(self.map()), seconds,
                           lambda: f"waited {seconds} s for {what}; on the window is:\n{self.described()}")

    def wait_screen(self, *names, seconds=PATIENCE):
        return self.wait(lambda m: m["screen"] in names and m["screen"], f"the screen {' or '.join(names)}", seconds)

    def wait_item(self, path, enabled=None, focused=None, text=None, seconds=PATIENCE):
        """`text`: a part of its text, whatever the case of its letters."""
        def holds(now):
            for item in now["items"]:
                if (item["path"] == path and (enabled is None or item["enabled"] == enabled)
                        and (focused is None or item["focused"] == focused)
                        and (text is None or text.lower() in item["text"].lower())):
                    return item
        wanted = [f"enabled={enabled}"] * (enabled is not None) + [f"focused={focused}"] * (focused is not None)
        wanted += [f"with the text {text!r}"] * (text is not None)
        return self.wait(holds, " ".join(["the item", path, *wanted]), seconds)

    def wait_gone(self, path, seconds=PATIENCE):
        self.wait(lambda m: all(item["path"] != path for item in m["items"]), f"{path} to go", seconds)

    def check_says(self, path, *words):
        """All the words are in the item's text, whatever the case of their letters."""
        met = self.text(path)
        missing = [word for word in words if word.lower() not in met.lower()]
        check(not missing, f"{path} says {met!r}, without {missing}")

    def check_all_inside(self):
        """Every item lies within the window and has a size."""
        now = self.map()
        for item in now["items"]:
            x, y, w, h = item["rect"]
            inside = x >= 0 and y >= 0 and w > 0 and h > 0 and x + w <= now["window"][0] and y + h <= now["window"][1]
            check(inside, f"{item['path']} {item['rect']} is not within the window {now['window']}")

    # ---- what a person does ----

    def _place(self):
        return self.screen.area_of(self.on_screen)[:2]

    def point(self, path):
        """The middle of the item on the screen, once it has stopped moving."""
        before = None
        deadline = time.monotonic() + PATIENCE
        while True:
            rect = self.wait_item(path, enabled=True)["rect"]
            if rect == before:
                break
            check(time.monotonic() < deadline, f"{path} does not stop moving")
            before = rect
            time.sleep(0.06)
        left, top = self._place()
        return left + rect[0] + rect[2] // 2, top + rect[1] + rect[3] // 2

    def click(self, path):
        self.screen.click(*self.point(path))

    def scroll_to(self, path, over, up=False):
        """Turns the wheel over the item `over`, or its neighbour that is in its place then, until `path` is in sight."""
        self.hover(over)
        for _ in range(60):
            if self.item(path):
                return
            self.screen.wheel(-1 if up else 1)
            time.sleep(0.06)
        self.wait_item(path, seconds=1)

    def hover(self, path):
        self.screen.move(*self.point(path))

    def type(self, text):
        self.screen.type(text)

    def press(self, combination):
        self.screen.press(combination)

    def tab_to(self, path, key="Tab"):
        """Until the item has the keyboard. Each press waits for its effect: a loaded machine is slower than a hand."""
        def focused():
            return [item["path"] for item in self.map()["items"] if item["focused"]]
        for _ in range(60):
            before = focused()
            if path in before:
                return
            self.press(key)
            deadline = time.monotonic() + 0.5  # the focus may have gone to something that is no item
            while (not focused() or focused() == before) and time.monotonic() < deadline:
                time.sleep(POLL)
            time.sleep(0.1)  # the first press gives the focus to the first item, and then to the next
        self.wait_item(path, focused=True, seconds=1)

    def type_secret(self, path, text):
        """Into a field that has the keyboard already, as the person expects; then Enter."""
        self.wait_item(path, enabled=True, focused=True)
        self.type(text)
        self.press("Return")

    def middle(self):
        left, top, width, height = self.screen.area_of(self.on_screen)
        return left + width // 2, top + height // 2

    def drop(self, *paths, uris=None):
        """Onto the middle of the window, from a file manager."""
        took = dragging.drop(self.screen, *self.middle(), *paths, uris=uris)
        check(took, f"the window did not take the drop of {[str(p) for p in paths] or uris}")

    def drag(self, forms):
        """Something that another program offers in these forms, held over the middle of the window."""
        drag = dragging.Drag(self.screen, forms)
        drag.pick_up()
        drag.carry_to(*self.middle())
        return drag

    def resize(self, width, height):
        self.screen.resize(self.on_screen, width, height)
        self.wait(lambda m: m["window"] == [width, height], f"a window of {width}x{height}")

    def picture(self, path):
        """A PNG file of what the window shows, once it has stopped changing for a moment."""
        before, since = None, time.monotonic()
        while time.monotonic() - since < 2:
            now = self.map_file.read_bytes()
            if now == before:
                break
            before = now
            time.sleep(0.12)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.screen.picture(*self.screen.area_of(self.on_screen)))

    def colours(self, path, left=0, right=None):
        """Of an item, from column `left` to `right` of it: red, green and blue of each pixel, row by row."""
        x, y, width, height = self.wait_item(path)["rect"]
        at_x, at_y = self._place()
        return self.screen.colours(at_x + x + left, at_y + y, (right or width) - left, height)

    # ---- its end ----

    def ask_to_close(self):
        """By the x of its title bar."""
        self.screen.ask_to_close(self.on_screen)

    def close(self, seconds=PATIENCE):
        """By the x of its title bar, and now: a code that was copied and an account that waits are given up. It has to
        end well."""
        time.sleep(0.5)  # a code that was just copied is told of by the next frame
        if (self.item("clipboard/clear") or {}).get("enabled"):
            self.click("clipboard/clear")
            self.wait_gone("clipboard/loan")
        self.ask_to_close()
        asked_again = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < asked_again:
            if any(item["path"].startswith("closing/") for item in self.map()["items"]):  # of a tiny window, one button
                self.ask_to_close()
                break
            time.sleep(0.05)
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failed(f"the program did not end within {seconds} s after its window was closed")
        check(status == 0, f"the program ended with status {status}: "
              f"{self.stderr.read_text(errors='replace').strip()[:2000]}")

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def output(self):
        return self.stdout.read_bytes() + self.stderr.read_bytes()

    def cpu_seconds(self):
        """Time on a processor that all its threads that live now have used so far, to the nanosecond."""
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task")
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9


class Recorder:
    """Keeps every version of a ui map that it gets to see, from the first moment on."""

    def __init__(self, window):
        self.window = window
        self.versions = []
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        while not self._ending.is_set():
            try:
                version = self.window.map_file.read_bytes()
            except FileNotFoundError:
                version = b""
            if version and (not self.versions or version != self.versions[-1]):
                self.versions.append(version)
            time.sleep(POLL / 4)

    def stop(self):
        self._ending.set()
        self._thread.join()
        return self.versions
