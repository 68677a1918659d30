"""A box with a session bus and the services of a desktop on it."""

import subprocess

from driver import Failed
from driver.box import Box
from driver.screen import die_with_parent


class DesktopBox(Box):
    def __init__(self, pictures, prefix=""):
        self.services = []
        super().__init__(pictures, prefix)
        self.folder.chmod(0o700)
        self.environment["XDG_CURRENT_DESKTOP"] = "XFCE"
        address = self.folder / "bus"
        self.log = open(self.folder / "services.log", "ab")
        self.start("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={address}",
                   "--print-address=1", wait_for_line=True)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={address}"
        # What the bus starts by itself has to find the screen and the home folder.
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.UpdateActivationEnvironment",
                  "dict:string:string:" + ",".join(f"{name},{value}" for name, value in self.of_services().items()
                                                   if "," not in value))

    def of_services(self):
        kept = {name: value for name, value in self.environment.items() if not name.startswith("TOKENDECK")}
        return {**kept, **self.screen.environment, "NO_AT_BRIDGE": "1", "GTK_A11Y": "none"}

    def start(self, *command, wait_for_line=False):
        """A service, that ends with the box."""
        service = subprocess.Popen(command, env=self.of_services(), cwd=self.folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE if wait_for_line else self.log, stderr=self.log,
                                   preexec_fn=die_with_parent)
        self.services.append(service)
        if wait_for_line and not service.stdout.readline():
            raise Failed(f"{command[0]} ended at once")
        return service

    def call(self, name, path, method, *arguments):
        """Over the session's bus; what it answers."""
        done = subprocess.run(["dbus-send", "--session", "--print-reply=literal", f"--dest={name}", path, method, *arguments],
                              env=self.of_services(), capture_output=True, text=True, timeout=25)
        if done.returncode != 0:
            raise Failed(f"{method}: {done.stderr.strip()}")
        return done.stdout.strip()

    def has_name(self, name):
        return "true" in self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner",
                                   f"string:{name}")

    def windows_named(self, word):
        """The windows on screen whose class or title has the word."""
        found = []

        def look(window):
            for child in window.query_tree().children:
                try:
                    said = " ".join([*(child.get_wm_class() or ()), str(child.get_wm_name() or "")]).lower()
                    if word.lower() in said and child.get_attributes().map_state == 2:
                        found.append(child)
                    look(child)
                except Exception:  # gone meanwhile
                    pass
        look(self.screen.root)
        return found

    def close(self):
        for window in self.windows:
            window.kill()
        for service in reversed(self.services):
            service.kill()
        self.log.close()
        super().close()
