"""Another program's end of drag and drop in a Wayland session, as a client of the compositor's socket: a window of one
colour, out of which something is dragged in the forms that it is offered in."""

import os
import struct
import time

from driver import check
from hand import LEFT_BUTTON, Connection

COPY, XRGB8888, MAXIMISED = 1, 1, 1
TARGET, SEND, CANCELLED, _, FINISHED, ACTION = range(6)  # events of wl_data_source
ENTER, LEAVE, MOTION, BUTTON = range(4)                               # events of wl_pointer


def text_at(body, place=0):
    """A string of the protocol; None where it is null."""
    length, = struct.unpack_from("I", body, place)
    return body[place + 4:place + 4 + length - 1].decode() if length else None


def give(file, content):
    """Nothing where the content is None: then the pipe stays open."""
    if content is None:
        return
    os.set_blocking(file, True)
    try:
        while content:
            content = content[os.write(file, content):]
    except OSError:
        pass  # nobody reads on
    os.close(file)


class Source:
    """`forms`: {MIME type: bytes}; a form that is None is offered and never handed over. `maximised`: the window covers
    the screen, else it is of this size."""

    def __init__(self, path, forms, width=200, height=200, maximised=False):
        self.forms = forms
        self.connection = Connection(path)
        self.size = (width, height)
        self.configured = False
        self.press = None           # the serial of the button's press in this window
        self.pointer_at = None      # in this window; None: the pointer is elsewhere
        self.source = None
        self._forget()
        self.offers, self.copied = {}, None  # forms by the offers' numbers; the one on the clipboard
        self._open(maximised)

    def _forget(self):
        self.target, self.action = None, 0  # what the window below has chosen
        self.asked = []                     # the forms that it wanted to have
        self.over = None                    # or "finished" or "cancelled"

    def _open(self, maximised):
        c = self.connection
        self.shm, compositor, self.shell = c.bind("wl_shm"), c.bind("wl_compositor"), c.bind("xdg_wm_base")
        self.seat, self.manager = c.bind("wl_seat"), c.bind("wl_data_device_manager", 3)
        c.handlers[self.shm] = lambda *_: None
        c.handlers[self.seat] = lambda *_: None
        c.handlers[self.shell] = lambda event, body: c.send(self.shell, 3, "I", struct.unpack("I", body)[0])
        self.pointer = c.new_id()
        c.send(self.seat, 0, "I", self.pointer)
        c.handlers[self.pointer] = self._pointed
        self.device = c.new_id()
        c.send(self.manager, 1, "II", self.device, self.seat)
        c.handlers[self.device] = self._device_told
        self.surface = c.new_id()
        c.send(compositor, 0, "I", self.surface)
        c.handlers[self.surface] = lambda *_: None
        self.shell_surface = c.new_id()
        c.send(self.shell, 2, "II", self.shell_surface, self.surface)
        self.toplevel = c.new_id()
        c.send(self.shell_surface, 1, "I", self.toplevel)
        c.handlers[self.shell_surface], c.handlers[self.toplevel] = self._configure, self._sized
        c.send(self.toplevel, 2, "s", "source")
        c.send(self.toplevel, 3, "s", "source")
        if maximised:
            c.send(self.toplevel, 9)
        c.send(self.surface, 6)
        check(c.pump(10, lambda: self.configured), "the compositor did not show the window that is dragged from")
        c.sync()

    def close(self):
        self.connection.close()

    def _sized(self, event, body):
        if event == 0:
            width, height = struct.unpack_from("II", body)
            if width and height:
                self.size = (width, height)

    def _configure(self, event, body):
        c = self.connection
        c.send(self.shell_surface, 4, "I", struct.unpack("I", body)[0])
        width, height = self.size
        file = os.memfd_create("picture")
        os.truncate(file, width * height * 4)
        pool, buffer = c.new_id(), c.new_id()
        c.send(self.shm, 0, "II", pool, width * height * 4, file=file)
        c.send(pool, 0, "IIIIII", buffer, 0, width, height, width * 4, XRGB8888)
        c.handlers[buffer] = lambda *_: None
        c.send(self.surface, 1, "III", buffer, 0, 0)
        c.send(self.surface, 2, "IIII", 0, 0, width, height)
        c.send(self.surface, 6)
        c.flush()
        os.close(file)
        self.configured = True

    def _pointed(self, event, body):
        if event == ENTER:
            _, _, x, y = struct.unpack("IIii", body)
            self.pointer_at = (x / 256, y / 256)
        elif event == LEAVE:
            self.pointer_at = None
        elif event == MOTION:
            _, x, y = struct.unpack("Iii", body)
            self.pointer_at = (x / 256, y / 256)
        elif event == BUTTON:
            serial, _, button, down = struct.unpack("IIII", body)
            if button == LEFT_BUTTON and down:
                self.press = serial

    def _device_told(self, event, body):
        number, = struct.unpack_from("I", body) if body else (0,)
        if event == 0:  # an offer, and then its forms
            forms = self.offers[number] = []
            self.connection.handlers[number] = lambda kind, form: forms.append(text_at(form)) if kind == 0 else None
        elif event == 5:  # which of them is on the clipboard
            self.copied = number or None

    def _told(self, event, body):
        if event == TARGET:
            self.target = text_at(body)
        elif event == SEND:
            self.asked.append(text_at(body))
            give(self.connection.files_received.pop(0), self.forms.get(text_at(body)))
        elif event in (CANCELLED, FINISHED):
            # mutter tells "cancelled" after "finished", too.
            self.over = self.over or ("finished" if event == FINISHED else "cancelled")
        elif event == ACTION:
            self.action, = struct.unpack("I", body)

    # ---- the clipboard, while the window has the keyboard ----

    def copy(self, forms):
        """After a press in the window."""
        def told(event, body):
            if event == SEND:
                give(self.connection.files_received.pop(0), forms.get(text_at(body)))
        c = self.connection
        copied = c.new_id()
        c.send(self.manager, 0, "I", copied)
        c.handlers[copied] = told
        for form in forms:
            c.send(copied, 0, "s", form)
        c.send(self.device, 1, "II", copied, self.press)
        c.sync()

    def forms_on_clipboard(self):
        self.connection.sync()
        return self.offers[self.copied] if self.copied else []

    def paste(self, form="text/plain;charset=utf-8", seconds=5):
        """What is on the clipboard in this form, None if it is not offered or does not come."""
        if form not in self.forms_on_clipboard():
            return None
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        self.connection.send(self.copied, 1, "s", form, file=writing)
        self.connection.sync()
        os.close(writing)
        content, deadline = b"", time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                more = os.read(reading, 65536)
            except BlockingIOError:
                self.connection.pump(0.02, lambda: False)
                continue
            if not more:
                break
            content += more
        os.close(reading)
        return content

    # ---- what the hand does; `screen` moves and presses ----

    def press_at(self, screen, x, y):
        """Where the window is."""
        screen.move(x, y)
        check(self.connection.pump(5, lambda: self.pointer_at is not None), "the pointer is not over what is dragged")
        self.press = None
        screen.hand.button(True)
        check(self.connection.pump(5, lambda: self.press is not None), "no press of the button came")

    def move_window(self, screen, x, y, to_x, to_y):
        self.press_at(screen, x, y)
        self.connection.send(self.toplevel, 5, "II", self.seat, self.press)
        self.connection.sync()
        screen.move((x + to_x) // 2, (y + to_y) // 2)
        screen.move(to_x, to_y)
        screen.hand.button(False)
        self.connection.sync()

    def pick_up(self, screen, x, y):
        self.press_at(screen, x, y)
        self._forget()
        c = self.connection
        if self.source:
            c.handlers[self.source] = lambda *_: None
        self.source = c.new_id()
        c.send(self.manager, 0, "I", self.source)
        c.handlers[self.source] = self._told
        for form in self.forms:
            c.send(self.source, 0, "s", form)
        c.send(self.source, 2, "I", COPY)
        c.send(self.device, 0, "IIII", self.source, self.surface, 0, self.press)
        c.sync()
        self.at = x, y

    def carry_to(self, screen, x, y, steps=12):
        from_x, from_y = self.at
        for step in range(1, steps + 1):
            screen.move(from_x + (x - from_x) * step // steps, from_y + (y - from_y) * step // steps)
            self.connection.pump(0.02, lambda: False)
        self.at = x, y

    def accepted(self, seconds=3):
        """The form that the window below has chosen. None: it wants none."""
        self.connection.pump(seconds, lambda: self.target is not None and self.action != 0)
        return self.target

    def let_go(self, screen, seconds=10):
        """"finished" or "cancelled"; None if neither came."""
        screen.hand.button(False)
        self.connection.pump(seconds, lambda: self.over is not None)
        return self.over
