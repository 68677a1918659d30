"""An X server of its own (Xvfb, no window manager), and what a person does at it: mouse, keys, looking."""

import ctypes
import os
import select
import signal
import subprocess
import time

from Xlib import X, XK, display, error
from Xlib.ext import damage, xtest

from . import Failed, png

POLL = 0.01  # seconds between two looks at something that is waited for

_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent():
    """For preexec_fn: whatever ends the test ends what it started."""
    PR_SET_PDEATHSIG = 1
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def wait_for(what, seconds, otherwise):
    """The first true value of what(). `otherwise`: the failure's text, or a function that makes it."""
    deadline = time.monotonic() + seconds
    while True:
        value = what()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failed(otherwise() if callable(otherwise) else otherwise)
        time.sleep(POLL)


class Screen:
    """The server, and one connection to it."""

    def __init__(self, log, width=1600, height=1000):
        read_end, write_end = os.pipe()
        with open(log, "wb") as log_file:
            self.server = subprocess.Popen(
                ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp",
                 "-noreset", "+extension", "GLX"],
                pass_fds=[write_end], stdin=subprocess.DEVNULL, stdout=log_file, stderr=log_file,
                preexec_fn=die_with_parent)
        os.close(write_end)
        number = b""
        while not number.endswith(b"\n"):
            if not select.select([read_end], [], [], 20)[0]:
                raise Failed(f"Xvfb did not start within 20 s, see {log}")
            got = os.read(read_end, 16)
            if not got:
                raise Failed(f"Xvfb ended at once, see {log}")
            number += got
        os.close(read_end)
        self.name = ":" + number.decode().strip()
        self.environment = {"DISPLAY": self.name}  # of the programs on it
        self.width, self.height = width, height
        self.display = display.Display(self.name)
        self.display.set_error_handler(lambda *_: None)  # windows may be gone before an answer about them comes
        self.root = self.display.screen().root
        self._spare_keycodes = None
        self._borrowed = {}  # keycodes by the keysym they were given
        self.dark_corner()

    def close(self):
        try:
            self.display.close()
        except Exception:  # the server may be gone already
            pass
        self.server.terminate()
        try:
            self.server.wait(5)
        except subprocess.TimeoutExpired:
            self.server.kill()

    # ---- windows ----

    def find_window(self, name, pid):
        """The top-level window of this class or title, of this process or of any if `pid` is None; None if there is none
        that can be seen. A window manager's frames are looked into."""
        tops = self.root.query_tree().children
        framed = [inner for frame in tops for inner in self._children_of(frame)]
        for window in tops + framed:
            try:
                attributes = window.get_attributes()
                if attributes.map_state != X.IsViewable or attributes.override_redirect:
                    continue
                of = window.get_full_property(self.display.intern_atom("_NET_WM_PID"), X.AnyPropertyType)
                if None not in (of, pid) and of.value[0] != pid:
                    continue
                words = list(window.get_wm_class() or ()) + [str(window.get_wm_name() or "")]
                if any(name in word.lower() for word in words):
                    return window
            except error.XError:
                continue  # closed while we looked
        return None

    @staticmethod
    def _children_of(window):
        try:
            return window.query_tree().children
        except error.XError:
            return []  # closed while we looked

    def focus(self, window):
        """What a window manager does when a window appears or is clicked."""
        window.set_input_focus(X.RevertToPointerRoot, X.CurrentTime)
        self.display.sync()

    def resize(self, window, width, height):
        window.configure(width=width, height=height)
        self.display.sync()

    def put(self, window, x, y, width, height):
        window.configure(x=x, y=y, width=width, height=height)
        self.display.sync()

    def area_of(self, window):
        """x, y, width and height of what is drawn in it, on the screen."""
        at, size = window.translate_coords(self.root, 0, 0), window.get_geometry()
        return -at.x, -at.y, size.width, size.height

    def ask_to_close(self, window):
        """The x of a title bar: WM_DELETE_WINDOW."""
        from Xlib.protocol import event
        message = event.ClientMessage(
            window=window, client_type=self.display.intern_atom("WM_PROTOCOLS"),
            data=(32, [self.display.intern_atom("WM_DELETE_WINDOW"), X.CurrentTime, 0, 0, 0]))
        window.send_event(message, event_mask=X.NoEventMask)
        self.display.sync()

    # ---- mouse ----

    def move(self, x, y):
        xtest.fake_input(self.display, X.MotionNotify, x=int(x), y=int(y))
        self.display.sync()

    def dark_corner(self):
        """Where the pointer is over nothing."""
        self.move(self.width - 2, self.height - 2)

    def button(self, number, down):
        xtest.fake_input(self.display, X.ButtonPress if down else X.ButtonRelease, number)
        self.display.sync()

    def click(self, x, y):
        self.move(x, y)
        time.sleep(0.03)
        self.button(1, True)
        time.sleep(0.04)
        self.button(1, False)
        time.sleep(0.04)  # no hand is away again at once

    def wheel(self, clicks):
        """Down if positive."""
        for _ in range(abs(clicks)):
            self.button(5 if clicks > 0 else 4, True)
            self.button(5 if clicks > 0 else 4, False)
            time.sleep(0.02)

    # ---- keyboard ----

    def _key_event(self, keycode, down):
        xtest.fake_input(self.display, X.KeyPress if down else X.KeyRelease, keycode)
        self.display.sync()

    def _keycode(self, keysym):
        """(keycode, needs shift). A character that no key has is given to a key that has none."""
        if keysym in self._borrowed:
            return self._borrowed[keysym], False
        places = sorted(self.display.keysym_to_keycodes(keysym), key=lambda place: place[1])
        for keycode, index in places:
            if index in (0, 1):
                return keycode, index == 1
        if self._spare_keycodes is None:
            first = self.display.display.info.min_keycode
            count = self.display.display.info.max_keycode - first + 1
            table = self.display.get_keyboard_mapping(first, count)
            self._spare_keycodes = [first + i for i, symbols in enumerate(table) if not any(symbols)]
        keycode = self._spare_keycodes.pop()
        self.display.change_keyboard_mapping(keycode, [[keysym, keysym]])
        self.display.sync()
        self._borrowed[keysym] = keycode
        time.sleep(0.1)  # until the programs have taken in the new table
        return keycode, False

    def _with(self, modifiers, keycode):
        held = [self.display.keysym_to_keycode(XK.string_to_keysym(name)) for name in modifiers]
        for key in held:
            self._key_event(key, True)
        self._key_event(keycode, True)
        self._key_event(keycode, False)
        for key in reversed(held):
            self._key_event(key, False)
        time.sleep(0.015)

    def type(self, text):
        for character in text:
            code = ord(character)
            keysym = code if code < 0x100 else 0x01000000 | code
            keycode, shift = self._keycode(keysym)
            self._with(["Shift_L"] if shift else [], keycode)

    def press(self, combination):
        """"Return", "Tab", "shift+Tab", "ctrl+v"."""
        *modifiers, key = combination.split("+")
        names = {"shift": "Shift_L", "ctrl": "Control_L", "alt": "Alt_L"}
        keysym = XK.string_to_keysym(key)
        self._with([names[m] for m in modifiers], self.display.keysym_to_keycode(keysym))

    # ---- looking ----

    def picture(self, x=0, y=0, width=None, height=None):
        """PNG bytes of a part of the screen."""
        width = min(width or self.width, self.width - x)
        height = min(height or self.height, self.height - y)
        return png.encode(width, height, self.colours(x, y, width, height))

    def colours(self, x, y, width, height):
        """Of a part of the screen: red, green and blue of each pixel, row by row."""
        bgrx = self.root.get_image(x, y, width, height, X.ZPixmap, 0xFFFFFFFF).data
        rgb = bytearray(width * height * 3)
        rgb[0::3], rgb[1::3], rgb[2::3] = bgrx[2::4], bgrx[1::4], bgrx[0::4]
        return bytes(rgb)

    def count_paintings(self, window, seconds):
        """How often something was painted into the window during this time, as the X server saw it."""
        watcher = display.Display(self.name)
        try:
            watcher.damage_query_version()
            watched = watcher.create_resource_object("window", window.id)
            watched.damage_create(damage.DamageReportRawRectangles)
            watcher.sync()
            time.sleep(0.05)
            while watcher.pending_events():  # what is reported at first is the whole window, not a painting
                watcher.next_event()
            deadline = time.monotonic() + seconds
            paintings = 0
            while (left := deadline - time.monotonic()) > 0:
                if not watcher.pending_events():
                    select.select([watcher.fileno()], [], [], left)
                while watcher.pending_events():
                    watcher.next_event()
                    paintings += 1
            return paintings
        finally:
            watcher.close()
