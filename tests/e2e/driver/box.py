"""All that one test has for itself: an X server, a home folder, a simulated token, what it starts."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile

from . import Failed
from .outside import Clipboard
from .screen import Screen, die_with_parent
from .window import Window

TOP = pathlib.Path(__file__).resolve().parents[3]
BINARY = pathlib.Path(os.environ.get("TOKENDECK", TOP / "build/bin/tokendeck")).resolve()
ADMIN_PIN = "12345678"  # as tokens are sold
USER_PIN = "123456"


class Box:
    def __init__(self, pictures, prefix=""):
        """`pictures`: the folder for pictures of windows; their names begin with `prefix`."""
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tokendeck-e2e-"))
        self.pictures, self.prefix = pictures, prefix
        self.home = self.folder / "home"
        self.home.mkdir()
        self.token = self.folder / "token"      # the state of the simulated token
        self.control = self.folder / "control"  # and its faults
        self.windows = []
        self.taken = 0
        # Nothing of the session that runs the tests comes through.
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(self.home), "LANG": "C.UTF-8", "TZ": "UTC",
            "XDG_CONFIG_HOME": str(self.home / ".config"), "XDG_DATA_HOME": str(self.home / ".local/share"),
            "XDG_CACHE_HOME": str(self.home / ".cache"), "XDG_RUNTIME_DIR": str(self.folder),
            "LIBGL_ALWAYS_SOFTWARE": "1", "TOKENDECK_NO_USB": "1", "TOKENDECK_SIMULATE_CONTROL": str(self.control)}
        for name, value in os.environ.items():
            if name.startswith(("ASAN_", "UBSAN_", "TSAN_", "LSAN_")):
                self.environment[name] = value
        self.screen, self.clipboard = self._screen()

    def _screen(self):
        screen = Screen(self.folder / "xvfb.log")
        return screen, Clipboard(screen)

    def close(self):
        for window in self.windows:
            window.kill()
        self.screen.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # ---- the program ----

    @property
    def simulate(self):
        return f"--simulate=pro:{self.token}"

    def open(self, *arguments, size=None, scale=None, environment=None):
        """A window without a token."""
        settings = {**self.environment, **(environment or {})}
        if scale:
            settings["TOKENDECK_SCALE"] = str(scale)
        window = Window(self.screen, BINARY, self.folder, settings, arguments, size,
                        name=f"window{len(self.windows) + 1}")
        self.windows.append(window)
        return window

    def open_with_token(self, **how):
        """A window with the simulated token plugged in, at the list of its slots."""
        window = self.open(self.simulate, **how)
        window.wait_screen("slots")
        return window

    def command(self, *arguments, stdin="", expect=0, **environment):
        """The command line, with the same token. Its standard output."""
        done = subprocess.run([str(BINARY), self.simulate, *map(str, arguments)], input=stdin, capture_output=True,
                              text=True, timeout=30, preexec_fn=die_with_parent, cwd=self.folder,
                              env={**self.environment, "TOKENDECK_ADMIN_PIN": ADMIN_PIN, **environment})
        if expect is not None and done.returncode != expect:
            raise Failed(f"tokendeck {' '.join(map(str, arguments))} ended with status {done.returncode}: "
                         f"{done.stderr.strip()}")
        return done.stdout

    def status(self):
        return json.loads(self.command("status", "--json"))

    def slots(self):
        """By their names, such as "totp:1"."""
        listed = json.loads(self.command("list", "--json"))
        return {slot["slot"]: slot for slot in (listed["slots"] if isinstance(listed, dict) else listed)}

    def add(self, account, slot=None, name=None):
        """Puts an account on the token, before or beside the window."""
        more = ["--slot", slot] if slot else []
        more += ["--name", name] if name else []
        self.command("add", "--uri-file", "-", "--allow-duplicate", *more, stdin=account.uri)

    # ---- the token ----

    def faults(self, *lines):
        """From now on; none: everything works, and what was pulled is plugged in again."""
        fresh = self.folder / "control.new"
        fresh.write_text("".join(line + "\n" for line in lines))
        fresh.rename(self.control)

    # ---- looking ----

    def picture(self, window, name):
        self.taken += 1
        window.picture(self.pictures / f"{self.prefix}{self.taken}-{name}.png")
