"""Another program's end of drag and drop, after the XDND specification, version 5: button down on a thing, move over the
other window, let go. The data goes through the selection XdndSelection, in the forms that the thing is offered in."""

import select
import time
import urllib.parse

from Xlib import X, Xatom, display
from Xlib.ext import xtest
from Xlib.protocol import event

from . import Failed

VERSION = 5
PIECE = 65536  # bytes; more goes piece by piece (INCR)
SIDE = 24  # of the file's icon, pixels


def uri_of(path):
    return "file://" + urllib.parse.quote(str(path))


def forms_of_files(uris):
    """What a file manager offers for files. More than three, so that the list is in a property."""
    return {"x-special/gnome-icon-list": b"", "text/uri-list": "".join(uri + "\r\n" for uri in uris).encode(),
            "x-special/mate-icon-list": b"", "text/x-moz-url-priv": b""}


class Drag:
    """`forms`: {MIME type: bytes}; a form that is None is offered and never handed over."""

    def __init__(self, screen, forms, piece=PIECE):
        self.forms = forms
        self.piece = piece
        self.display = display.Display(screen.name)
        self.root = self.display.screen().root
        self.icon_x, self.icon_y = screen.width - 2 * SIDE, screen.height - 2 * SIDE
        self.icon = self.root.create_window(
            self.icon_x, self.icon_y, SIDE, SIDE, 0, X.CopyFromParent, override_redirect=True,
            background_pixel=0x4070C0, event_mask=X.ButtonPressMask | X.ButtonReleaseMask | X.ButtonMotionMask)
        self.icon.map()
        self.icon.change_property(self.atom("XdndTypeList"), Xatom.ATOM, 32, [self.atom(name) for name in forms])
        self.target = None
        self.to = None           # where its messages go: the target, or its proxy
        self.pieces = {}         # of what is handed over piece by piece: {(window, property): (type, rest)}
        self.accepted = False
        self.status_due = False  # a position was sent and not answered yet
        self.finished = None     # None until XdndFinished; then whether the target took the data
        self.types_asked = []
        self.display.sync()

    def atom(self, name):
        return self.display.intern_atom(name)

    def close(self):
        self.icon.destroy()
        self.display.sync()
        self.display.close()

    # ---- the conversation ----

    def _tell(self, kind, *values):
        data = [self.icon.id, *values] + [0] * (4 - len(values))
        message = event.ClientMessage(window=self.target, client_type=self.atom(kind), data=(32, data))
        self.to.send_event(message, event_mask=X.NoEventMask)
        self.display.flush()

    def _window_below(self, x, y):
        """The window under the pointer that takes drops, or None."""
        window = self.root
        while True:
            child = window.translate_coords(self.root, x, y).child
            if not child:
                return None
            window = child
            aware = window.get_full_property(self.atom("XdndAware"), X.AnyPropertyType)
            if aware is not None:
                return window

    def _proxy_of(self, window):
        """The window's proxy, if it has a living one, which names itself; else the window."""
        def named_by(one):
            named = one.get_full_property(self.atom("XdndProxy"), Xatom.WINDOW)
            return named and named.value[0]

        proxy = named_by(window)
        if not proxy:
            return window
        proxy_window = self.display.create_resource_object("window", proxy)
        return proxy_window if named_by(proxy_window) == proxy else window

    def _moved(self, x, y, when):
        below = self._window_below(x, y)
        if (below and below.id) != (self.target and self.target.id):
            if self.target is not None:
                self._tell("XdndLeave")
            self.target, self.accepted, self.status_due = below, False, False
            self.to = below and self._proxy_of(below)
            if below is not None:
                more_than_three = int(len(self.forms) > 3)
                first = [self.atom(name) for name in list(self.forms)[:3]]
                self._tell("XdndEnter", VERSION << 24 | more_than_three, *first)
        # One question at a time, as the specification asks.
        if self.target is not None and not self.status_due:
            self._tell("XdndPosition", 0, x << 16 | y, when, self.atom("XdndActionCopy"))
            self.status_due = True

    def _serve(self, request):
        asked = self.display.get_atom_name(request.target)
        self.types_asked.append(asked)
        answer = request.property or request.target
        if asked == "TARGETS":
            request.requestor.change_property(answer, Xatom.ATOM, 32, [self.atom(name) for name in self.forms])
        elif asked in self.forms and self.forms[asked] is None:
            return
        elif asked in self.forms and len(self.forms[asked]) > self.piece:
            self.pieces[request.requestor.id, answer] = (request.target, self.forms[asked])
            request.requestor.change_attributes(event_mask=X.PropertyChangeMask)
            request.requestor.change_property(answer, self.atom("INCR"), 32, [len(self.forms[asked])])
        elif self.forms.get(asked):
            request.requestor.change_property(answer, request.target, 8, self.forms[asked])
        else:
            answer = X.NONE
        request.requestor.send_event(event.SelectionNotify(
            time=request.time, requestor=request.requestor, selection=request.selection, target=request.target,
            property=answer), event_mask=X.NoEventMask)
        self.display.flush()

    def _serve_piece(self, window, name):
        kind, rest = self.pieces[window.id, name]
        window.change_property(name, kind, 8, rest[:self.piece])
        if rest:
            self.pieces[window.id, name] = (kind, rest[self.piece:])
        else:
            del self.pieces[window.id, name]
        self.display.flush()

    def _pump(self, seconds, until):
        """Answers what comes, until `until` is true. False: the time was up first."""
        deadline = time.monotonic() + seconds
        while not until():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            if not self.display.pending_events():
                select.select([self.display.fileno()], [], [], min(left, 0.05))
            while self.display.pending_events():
                self._handle(self.display.next_event())
        return True

    def _handle(self, e):
        if e.type == X.ButtonPress:
            self.pressed_at = e.time
        elif e.type == X.ButtonRelease:
            self.released_at = e.time
        elif e.type == X.MotionNotify:
            self._moved(e.root_x, e.root_y, e.time)
        elif e.type == X.SelectionRequest:
            self._serve(e)
        elif e.type == X.PropertyNotify and e.state == X.PropertyDelete and (e.window.id, e.atom) in self.pieces:
            self._serve_piece(e.window, e.atom)
        elif e.type == X.ClientMessage:
            kind = self.display.get_atom_name(e.client_type)
            if kind == "XdndStatus":
                self.accepted, self.status_due = bool(e.data[1][1] & 1), False
            elif kind == "XdndFinished":
                # Bit 0 by the specification. GLFW 3.3 puts the number of bytes it got there.
                self.finished = e.data[1][1] != 0

    # ---- the same things on the clipboard ----

    def hold_clipboard(self):
        self.icon.set_selection_owner(self.atom("CLIPBOARD"), X.CurrentTime)
        self.display.sync()

    def serve_until(self, done):
        if not self._pump(5, done):
            raise Failed(f"it was asked only for {self.types_asked}, and {len(self.pieces)} are not handed over")

    # ---- what the hand does ----

    def _hand(self, kind, detail=0, **where):
        xtest.fake_input(self.display, kind, detail, **where)
        self.display.sync()

    def pick_up(self):
        self.pressed_at = None
        self._hand(X.MotionNotify, x=self.icon_x + SIDE // 2, y=self.icon_y + SIDE // 2)
        self._hand(X.ButtonPress, 1)
        if not self._pump(5, lambda: self.pressed_at is not None):
            raise Failed("the drag did not begin: no button press came")
        self.icon.set_selection_owner(self.atom("XdndSelection"), self.pressed_at)
        self.display.sync()

    def carry_to(self, x, y, steps=12):
        from_x, from_y = self.icon_x, self.icon_y
        for step in range(1, steps + 1):
            self._hand(X.MotionNotify, x=from_x + (x - from_x) * step // steps, y=from_y + (y - from_y) * step // steps)
            self._pump(0.02, lambda: False)
        # The last word is for where the pointer now is.
        self._pump(5, lambda: not self.status_due)
        self._hand(X.MotionNotify, x=x + 1, y=y)
        self._pump(0.1, lambda: False)
        if not self._pump(5, lambda: not self.status_due):
            raise Failed("the window did not answer the drag with XdndStatus")

    def let_go(self):
        """True if the target took it."""
        self.released_at = None
        self._hand(X.ButtonRelease, 1)
        self._pump(5, lambda: self.released_at is not None)
        if self.target is None:
            return False
        if not self.accepted:
            self._tell("XdndLeave")
            return False
        self._tell("XdndDrop", 0, self.released_at)
        if not self._pump(20, lambda: self.finished is not None):
            raise Failed(f"the drop was not finished (no XdndFinished); it had asked for: {self.types_asked}")
        return self.finished


def drop(screen, x, y, *paths, uris=None, forms=None):
    """Drags files, or what is offered in these forms, and lets go at this place of the screen. True if a window there
    took it."""
    drag = Drag(screen, forms or forms_of_files(uris or [uri_of(path) for path in paths]))
    try:
        drag.pick_up()
        drag.carry_to(x, y)
        return drag.let_go()
    finally:
        drag.close()
