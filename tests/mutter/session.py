"""A session of mutter's own, without a screen, and its mouse and keyboard, by the interface that GNOME's remote desktop
uses. It offers a test what driver.screen.Screen offers it on X11, as far as mutter lets itself be asked: it tells
nobody where windows are. A new one comes in the middle, and stays there until `carry` moves it."""

import os
import subprocess
import time

import dbus
import dbus.bus
from driver import Failed, check
from driver.box import Box
from driver.outside import Clipboard
from driver.screen import die_with_parent, wait_for
from hand import KEYS, LEFT_BUTTON, MODIFIERS, NAMED

DESKTOP = "org.gnome.Mutter.RemoteDesktop"
PLACES = {**NAMED, "F4": 62}
SUPER = 125
# A window that is dragged from stays where it is, below the program's.
SETTINGS = """[org/gnome/desktop/wm/preferences]
raise-on-click=false
"""


class Session:
    def __init__(self, folder, width=1280, height=720):
        self.width, self.height = width, height
        self.runtime = folder / "runtime"
        self.runtime.mkdir(mode=0o700)
        self.log = folder / "mutter.log"
        # What it draws on is the processor, and nothing of the settings of the session that runs the tests comes in.
        environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(folder), "LANG": "C.UTF-8",
                       "XDG_RUNTIME_DIR": str(self.runtime), "LIBGL_ALWAYS_SOFTWARE": "1", "GSETTINGS_BACKEND": "keyfile",
                       "XDG_CONFIG_HOME": str(folder / "mutter")}
        settings = folder / "mutter/glib-2.0/settings/keyfile"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS)
        self.started = []
        try:
            with open(self.log, "wb") as log:
                bus = self._start(["dbus-daemon", "--session", "--nofork", "--print-address=1"], environment, log,
                                  stdout=subprocess.PIPE)
                address = bus.stdout.readline().decode().strip()
                environment["DBUS_SESSION_BUS_ADDRESS"] = address
                self.server = self._start(["mutter", "--headless", "--wayland", "--no-x11", "--wayland-display", "wayland-0",
                                           "--virtual-monitor", f"{width}x{height}"], environment, log)
            self.environment = {"XDG_RUNTIME_DIR": str(self.runtime), "WAYLAND_DISPLAY": "wayland-0",
                                "DBUS_SESSION_BUS_ADDRESS": address}
            self.socket = self.runtime / "wayland-0"
            self.bus = dbus.bus.BusConnection(address)
            wait_for(lambda: self.bus.name_has_owner(DESKTOP) and self.socket.exists(), 30,
                     lambda: f"mutter did not start: {self.log.read_text(errors='replace')[-1500:]}")
            sessions = dbus.Interface(self.bus.get_object(DESKTOP, "/org/gnome/Mutter/RemoteDesktop"), DESKTOP)
            self.desktop = dbus.Interface(self.bus.get_object(DESKTOP, sessions.CreateSession()), f"{DESKTOP}.Session")
            self.desktop.Start()
        except BaseException:
            self.close()
            raise
        self.hand = self
        self.areas = {}  # of windows, by the numbers of their processes
        self.desktop.NotifyPointerMotionRelative(-2.0 * width, -2.0 * height)
        self.at = (0, 0)  # it stops at the corner
        self._stroke([], MODIFIERS["shift"][0])  # with its first key the session gets a keyboard

    def _start(self, command, environment, log, stdout=None):
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=stdout or log, stderr=log,
                                   preexec_fn=die_with_parent)
        self.started.append(process)
        return process

    def close(self):
        for process in reversed(self.started):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()

    # ---- windows ----

    def find_window(self, _name, pid):
        return pid

    def focus(self, window):
        """A new window has it already."""

    def shown(self, window, width, height):
        """A new window is shown, of this size: in the middle."""
        self.areas[window] = ((self.width - width) // 2, (self.height - height) // 2, width, height)

    def area_of(self, window):
        check(window in self.areas, "it is not known where the window is")
        return self.areas[window]

    def carry(self, window, x, y):
        """Moves a window to this place, with the key for it held."""
        left, top, width, height = self.area_of(window)
        grip = left + width // 2, top + height // 2
        self.move(*grip)
        self._key(SUPER, True)
        self.button(True)
        self.move(grip[0] + (x - left) // 2, grip[1] + (y - top) // 2)
        self.move(grip[0] + x - left, grip[1] + y - top)
        self.button(False)
        self._key(SUPER, False)
        self.areas[window] = (x, y, width, height)
        time.sleep(0.3)

    # ---- mouse and keyboard ----

    def move(self, x, y):
        for to_x, to_y in ((x - 2, y - 2), (x, y)):
            self.desktop.NotifyPointerMotionRelative(float(to_x - self.at[0]), float(to_y - self.at[1]))
            self.at = (to_x, to_y)
            time.sleep(0.02)

    def button(self, down):
        self.desktop.NotifyPointerButton(dbus.Int32(LEFT_BUTTON), bool(down))

    def click(self, x, y):
        self.move(x, y)
        time.sleep(0.03)
        self.button(True)
        time.sleep(0.04)
        self.button(False)
        time.sleep(0.04)

    def _key(self, place, down):
        self.desktop.NotifyKeyboardKeycode(dbus.UInt32(place), bool(down))

    def _stroke(self, modifiers, place):
        for name in modifiers:
            self._key(MODIFIERS[name][0], True)
        self._key(place, True)
        self._key(place, False)
        for name in reversed(modifiers):
            self._key(MODIFIERS[name][0], False)
        time.sleep(0.02)

    def type(self, text):
        for character in text:
            place, shift = KEYS[character]
            self._stroke(["shift"] if shift else [], place)

    def press(self, combination):
        *modifiers, key = combination.split("+")
        self._stroke(modifiers, PLACES[key] if key in PLACES else KEYS[key][0])

    def ask_to_close(self, window):
        left, top, _, height = self.area_of(window)
        self.click(left + 3, top + height - 3)  # the keys go to what was clicked last
        self.press("alt+F4")

    def picture(self, *_):
        raise Failed("mutter alone gives no pictures of its screen")


class MutterBox(Box):
    """The window is in the middle of the screen. What is dragged or copied elsewhere comes from `others`."""

    def _screen(self):
        screen = Session(self.folder)
        self.others = []
        return screen, Clipboard(screen)

    def open(self, *arguments, **how):
        window = super().open(*arguments, **how)
        self.screen.shown(window.on_screen, *window.map()["window"])
        time.sleep(0.3)
        return window

    def close(self):
        for other in self.others:
            other.close()
        super().close()
