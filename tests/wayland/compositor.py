"""A Wayland session of its own: sway without a screen and without an X server. It offers a test what driver.screen.Screen
offers it on X11."""

import json
import os
import pathlib
import socket
import struct
import subprocess
import time

from driver import Failed, check
from driver.outside import Clipboard
from driver.screen import die_with_parent, wait_for
from hand import KEYS, NAMED, Hand

# Windows keep the size they choose, as on most desktops.
SETTINGS = """xwayland disable
output * resolution {width}x{height} position 0 0 background #102030 solid_color
default_border none
default_floating_border none
focus_follows_mouse no
floating_maximum_size {width} x {height}
for_window [app_id=".*"] floating enable
"""
RUN_COMMAND, GET_TREE = 0, 4


class Compositor:
    def __init__(self, folder, width=1600, height=1000):
        self.width, self.height = width, height
        self.runtime = folder / "runtime"
        self.runtime.mkdir(mode=0o700)
        self.control = self.runtime / "sway.sock"
        self.log = folder / "sway.log"
        settings = folder / "sway.settings"
        settings.write_text(SETTINGS.format(width=width, height=height))
        environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(folder), "LANG": "C.UTF-8",
                       "XDG_RUNTIME_DIR": str(self.runtime), "SWAYSOCK": str(self.control), "WLR_BACKENDS": "headless",
                       "WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"}
        with open(self.log, "wb") as log:
            self.server = subprocess.Popen(["sway", "--config", str(settings)], env=environment, cwd=folder, stdout=log,
                                           stderr=log, stdin=subprocess.DEVNULL, preexec_fn=die_with_parent)
        self.hand = None
        try:
            self._wait_for_start()
            self.environment = {"XDG_RUNTIME_DIR": str(self.runtime), "WAYLAND_DISPLAY": self.name}
            self.hand = Hand(self.runtime / self.name, width, height)
            self.dark_corner()
        except BaseException:
            self.close()
            raise

    def _wait_for_start(self):
        def look():
            check(self.server.poll() is None, f"sway ended at once: {self.log.read_text(errors='replace')[-1500:]}")
            names = [file.name for file in self.runtime.glob("wayland-*") if file.suffix != ".lock"]
            if names and self.control.exists() and any(self._nodes("output")):
                self.name = names[0]
                return True
        wait_for(look, 20, lambda: f"sway did not start within 20 s: {self.log.read_text(errors='replace')[-1500:]}")

    def close(self):
        if self.hand:
            self.hand.close()
        self.server.terminate()
        try:
            self.server.wait(5)
        except subprocess.TimeoutExpired:
            self.server.kill()

    # ---- sway ----

    def _ask(self, kind, words=""):
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(10)
            line.connect(str(self.control))
            line.sendall(b"i3-ipc" + struct.pack("II", len(words.encode()), kind) + words.encode())
            got = b""
            while len(got) < 14 or len(got) < 14 + struct.unpack_from("I", got, 6)[0]:
                more = line.recv(1 << 16)
                check(more, "sway ended the connection")
                got += more
        return json.loads(got[14:])

    def tell(self, words):
        for answer in self._ask(RUN_COMMAND, words):
            check(answer["success"], f"sway does not do '{words}': {answer.get('error')}")

    def _nodes(self, kind=None):
        try:
            left = [self._ask(GET_TREE)]
        except OSError:  # it listens a moment after the socket is there
            return
        while left:
            node = left.pop()
            left += node["nodes"] + node["floating_nodes"]
            if kind is None or (node["type"] == kind and node["name"] != "__i3"):
                yield node

    # ---- windows, by sway's number of them ----

    def node(self, window):
        for node in self._nodes():
            if node["id"] == window:
                return node
        raise Failed("the window is gone")

    def find_window(self, name, pid):
        """None if there is none that can be seen."""
        for node in self._nodes():
            if node.get("pid") in (pid, *([] if pid else [node.get("pid")])) and name in str(node.get("app_id")):
                if node["visible"]:
                    return node["id"]
        return None

    def focus(self, window):
        self.tell(f"[con_id={window}] focus")

    def resize(self, window, width, height):
        self.tell(f"[con_id={window}] resize set width {width} px height {height} px")

    def area_of(self, window):
        """x, y, width and height of what is drawn in it, on the screen."""
        node = self.node(window)
        whole, inner = node["rect"], node["window_rect"]
        return whole["x"] + inner["x"], whole["y"] + inner["y"], inner["width"], inner["height"]

    def ask_to_close(self, window):
        self.tell(f"[con_id={window}] kill")

    # ---- mouse and keyboard ----

    def move(self, x, y):
        self.hand.move(x - 2, y - 2)  # GLFW takes no place from the pointer's entering, only from its next movement
        self.hand.move(x, y)

    def dark_corner(self):
        """Where the pointer is over nothing."""
        self.move(self.width - 2, self.height - 2)

    def click(self, x, y):
        self.move(x, y)
        time.sleep(0.03)
        self.hand.button(True)
        time.sleep(0.04)
        self.hand.button(False)
        time.sleep(0.04)  # no hand is away again at once

    def type(self, text):
        for character in text:
            check(character in KEYS, f"no key is known for {character!r}")
            place, shift = KEYS[character]
            self.hand.stroke(["shift"] if shift else [], place)
            time.sleep(0.015)

    def press(self, combination, pause=0.015):
        """"Return", "ctrl+v", "ctrl+1"."""
        *modifiers, key = combination.split("+")
        self.hand.stroke(modifiers, NAMED[key] if key in NAMED else KEYS[key][0])
        time.sleep(pause)

    # ---- looking ----

    def picture(self, x=0, y=0, width=None, height=None):
        """PNG bytes of a part of the screen."""
        area = f"{x},{y} {width or self.width}x{height or self.height}"
        done = subprocess.run(["grim", "-g", area, "-"], env={**self.environment, "PATH": "/usr/bin:/bin"},
                              capture_output=True, timeout=10, preexec_fn=die_with_parent)
        check(done.returncode == 0, f"grim: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout


class WaylandClipboard(Clipboard):
    """By wl-clipboard, which needs no window for it."""

    def read(self):
        """None if nobody has a text to give."""
        try:
            done = subprocess.run(["wl-paste", "--no-newline"], env=self.environment, capture_output=True, timeout=5,
                                  preexec_fn=die_with_parent)
        except subprocess.TimeoutExpired:
            raise Failed("the program that owns the clipboard did not answer wl-paste within 5 s")
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 and done.stdout else None

    def _copy(self, data, kind):
        """As if copied in another program. wl-copy stays in the background and serves it."""
        subprocess.run(["wl-copy", "--type", kind], env=self.environment, input=data, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=5, check=True)

    def write(self, text):
        self._copy(text.encode(), "text/plain;charset=utf-8")
        self.wait_for_one_of([text])

    def kinds(self):
        listed = subprocess.run(["wl-paste", "--list-types"], env=self.environment, capture_output=True, text=True,
                                timeout=5, preexec_fn=die_with_parent)
        return listed.stdout.split()

    def write_picture(self, path):
        self._copy(pathlib.Path(path).read_bytes(), "image/png")
        wait_for(lambda: "image/png" in self.kinds(), 5, lambda: f"on the clipboard is only {self.kinds()}")
