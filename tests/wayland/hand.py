"""Keyboard and mouse of a Wayland session, as a small client of the compositor: zwp_virtual_keyboard_v1 and
zwlr_virtual_pointer_v1, written to its socket. wtype does not do, because it numbers its keys in the order they are typed
and GLFW goes by a key's place: of wtype's first key it makes Escape, whatever is on it. The keyboard here is there before
the program and stays, as on a desk."""

import array
import os
import select
import socket
import struct
import time

from driver import Failed, check

# By their places on an American keyboard: evdev's numbers.
ROWS = [(2, "1234567890-=", "!@#$%^&*()_+"), (16, "qwertyuiop[]", "QWERTYUIOP{}"), (30, "asdfghjkl;'`", "ASDFGHJKL:\"~"),
        (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"), (57, " ", " ")]
NAMED = {"Escape": 1, "BackSpace": 14, "Tab": 15, "Return": 28, "comma": 51, "F1": 59, "Home": 102, "Up": 103, "End": 107,
         "Down": 108, "Delete": 111}
MODIFIERS = {"shift": (42, 1), "ctrl": (29, 4), "alt": (56, 8)}  # place and bit
LEFT_BUTTON = 0x110
XKB_V1 = 1
KEYMAP = """xkb_keymap {
xkb_keycodes { include "evdev+aliases(qwerty)" };
xkb_types { include "complete" };
xkb_compat { include "complete" };
xkb_symbols { include "pc+us+inet(evdev)" };
};
"""


def keys_of_characters():
    """{character: (place, needs shift)}"""
    keys = {}
    for first, plain, shifted in ROWS:
        for offset, (one, other) in enumerate(zip(plain, shifted)):
            keys.setdefault(one, (first + offset, False))
            keys.setdefault(other, (first + offset, True))
    return keys


KEYS = keys_of_characters()


def now():
    return int(time.monotonic() * 1000) & 0xFFFFFFFF


class Connection:
    """As much of Wayland's protocol as this needs. What is sent leaves with the next `sync`, all at once."""

    DISPLAY, REGISTRY = 1, 2

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(path))
        self.last_id = self.REGISTRY
        self.globals = {}  # (name, version) by interface
        self.done = set()
        self.handlers = {}  # of an object's events, by its number: called with the event's number and body
        self.received, self.waiting, self.files = b"", b"", []
        self.files_received = []
        self.send(self.DISPLAY, 1, "I", self.REGISTRY)  # get_registry
        self.sync()

    def close(self):
        self.socket.close()

    def new_id(self):
        self.last_id += 1
        return self.last_id

    def send(self, target, request, form="", *values, file=None):
        body = b""
        for kind, value in zip(form, values):
            if kind == "s":
                text = value.encode() + b"\0"
                body += struct.pack("I", len(text)) + text + b"\0" * (-len(text) % 4)
            else:
                body += struct.pack(kind, value)
        self.waiting += struct.pack("II", target, (8 + len(body)) << 16 | request) + body
        self.files += [] if file is None else [file]

    def flush(self):
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", self.files))] if self.files else []
        if self.waiting:
            self.socket.sendmsg([self.waiting], rights)
        self.waiting, self.files = b"", []

    def pump(self, seconds, until):
        """Takes what comes, until `until` is true. False: the time was up first."""
        deadline = time.monotonic() + seconds
        self.flush()
        while not until():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            if select.select([self.socket], [], [], left)[0]:
                got, files, *_ = socket.recv_fds(self.socket, 1 << 16, 28)
                check(got, "the compositor ended the connection")
                self.received += got
                self.files_received += files
                self._take()
                self.flush()
        return True

    def sync(self):
        """Until the compositor has done all that was sent."""
        callback = self.new_id()
        self.send(self.DISPLAY, 0, "I", callback)
        check(self.pump(10, lambda: callback in self.done), "the compositor did not answer within 10 s")

    def _take(self):
        while len(self.received) >= 8:
            sender, head = struct.unpack_from("II", self.received)
            if len(self.received) < head >> 16:
                return
            body, self.received = self.received[8:head >> 16], self.received[head >> 16:]
            event = head & 0xFFFF
            if sender == self.DISPLAY and event == 0:
                raise Failed(f"the compositor refused a request: {body[12:].rstrip(bytes(1)).decode(errors='replace')}")
            if sender == self.REGISTRY and event == 0:
                name, length = struct.unpack_from("II", body)
                interface = body[8:8 + length - 1].decode()
                version, = struct.unpack_from("I", body, 8 + length + -length % 4)
                self.globals[interface] = name, version
            elif sender in self.handlers:
                self.handlers[sender](event, body)
            elif event == 0:  # of the other objects that exist here only a sync's end comes as the first event
                self.done.add(sender)

    def bind(self, interface, version=1):
        check(interface in self.globals, f"the compositor does not offer {interface}")
        made = self.new_id()
        self.send(self.REGISTRY, 0, "IsII", self.globals[interface][0], interface, version, made)
        return made

    def make(self, factory, request, seat):
        made = self.new_id()
        self.send(factory, request, "II", seat, made)
        return made


class Hand:
    def __init__(self, path, width, height):
        """On the compositor's socket, whose screen is that large."""
        self.connection = Connection(path)
        self.width, self.height = width, height
        seat = self.connection.bind("wl_seat")
        self.keyboard = self.connection.make(self.connection.bind("zwp_virtual_keyboard_manager_v1"), 0, seat)
        self.pointer = self.connection.make(self.connection.bind("zwlr_virtual_pointer_manager_v1"), 0, seat)
        keymap = KEYMAP.encode() + b"\0"
        file = os.memfd_create("keymap")
        try:
            os.write(file, keymap)
            self.connection.send(self.keyboard, 0, "II", XKB_V1, len(keymap), file=file)
            self.connection.sync()
        finally:
            os.close(file)

    def close(self):
        self.connection.close()

    # ---- keyboard ----

    def _key(self, place, down):
        self.connection.send(self.keyboard, 1, "III", now(), place, int(down))

    def _hold(self, bits):
        self.connection.send(self.keyboard, 2, "IIII", bits, 0, 0, 0)

    def stroke(self, names, place):
        """One key, while these modifiers are held, all at once. First comes a modifier's key and then what is held."""
        held = 0
        for name in names:
            modifier, bit = MODIFIERS[name]
            held |= bit
            self._key(modifier, True)
            self._hold(held)
        self._key(place, True)
        self._key(place, False)
        for name in reversed(names):
            modifier, bit = MODIFIERS[name]
            held &= ~bit
            self._key(modifier, False)
            self._hold(held)
        self.connection.sync()

    # ---- mouse ----

    def _frame(self):
        self.connection.send(self.pointer, 4)
        self.connection.sync()

    def move(self, x, y):
        self.connection.send(self.pointer, 1, "IIIII", now(), int(x), int(y), self.width, self.height)
        self._frame()

    def button(self, down):
        self.connection.send(self.pointer, 2, "III", now(), LEFT_BUTTON, int(down))
        self._frame()
