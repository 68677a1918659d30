"""What the tests in the guest stand on: people with different rights, tokens in USB ports, and the program under test."""
import glob
import json
import os
import re
import subprocess
import time

import in_play
from in_play import ADMIN_PIN, OTHER_SECRET, RFC_SECRET, USER_PIN

DONE, FAILED, USAGE, NO_TOKEN, PIN, CANNOT, NO_ANSWER = range(7)
PATIENCE = 15  # seconds for something that the kernel or udev does


class Person:
    def __init__(self, uid, groups=()):
        self.uid, self.groups = uid, list(groups)
        self.home = f"/home/{uid}"

    def move_in(self):
        os.makedirs(self.home)
        os.chown(self.home, self.uid, self.uid)


PLUGDEV = 46
AT_THE_SEAT = Person(1000)
MEMBER = Person(1001, [PLUGDEV])  # of the group plugdev, and at no seat: logged in over the network
STRANGER = Person(1002)           # neither
PEOPLE = (AT_THE_SEAT, MEMBER, STRANGER)


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def equal(actual, wanted, what):
    expect(actual == wanted, f"{what}: {actual!r} instead of {wanted!r}")


def wait_for(what, condition):
    end = time.monotonic() + PATIENCE
    while True:
        found = condition()
        if found:
            return found
        expect(time.monotonic() < end, f"{what}: not within {PATIENCE} s")
        time.sleep(0.01)


# The program ----------------------------------------------------------------------------------------------------------


class Run:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __repr__(self):  # without standard output: a code may be in it
        return f"exit {self.code}, stderr {self.err!r}"

    def json(self):
        return json.loads(self.out)


def tokendeck(person, backends, *arguments, stdin="", pin=False, after_start=None):
    """`backends`: which of hidapi's libraries there are, "hidraw", "libusb" or "hidraw libusb"."""
    env = {"PATH": "/usr/bin", "HOME": person.home, "LC_ALL": "C.UTF-8",
           "LD_LIBRARY_PATH": ":".join("/backends/" + backend for backend in backends.split())}
    if pin:
        env["TOKENDECK_ADMIN_PIN"] = ADMIN_PIN
    process = subprocess.Popen(["/usr/bin/tokendeck", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=env, cwd=person.home, user=person.uid, group=person.uid,
                               extra_groups=person.groups)
    if after_start:
        after_start()
    try:
        out, err = process.communicate(stdin.encode(), 60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise AssertionError(f"tokendeck {arguments[0]} did not end within 60 s") from None
    expect(not in_play.found_in(out + err), "a secret is in the output")
    return Run(process.returncode, out.decode(), err.decode())


def good(run, what):
    equal(run.code, DONE, f"{what}: {run}")
    return run


def fails(run, code, *words):
    equal(run.code, code, f"the exit code of {run}")
    equal(run.out, "", "standard output")
    for word in words:
        expect(word.lower() in run.err.lower(), f"{word!r} is not in {run.err!r}")
    return run


# Tokens ---------------------------------------------------------------------------------------------------------------


class Ports:
    """The simulated tokens' server."""

    process = None

    def start(self):
        self.process = subprocess.Popen(["/usr/bin/vhci_tokens"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        expect(answer[:1] == ["ok"], f"vhci_tokens: {words[0]}: {' '.join(answer) or 'it ended'}")
        return answer[1:]


ports = Ports()


class Token:
    """A simulated token with a state file of its own and PINs other than the default ones."""

    def __init__(self, port, simulated, model, title):
        """`simulated`: what vhci_tokens is asked for. `model`: what tokendeck shall call it."""
        self.port, self.simulated, self.model, self.title = port, simulated, model, title
        self.file = f"/run/{port}.token"
        self.usb = f"/sys/bus/usb/devices/1-{port + 1}"
        self.plugged = False

    def make(self):
        ports.say("make", self.simulated, self.file)
        with open(self.file) as file:
            text = file.read()
        for key, value in (("admin_pin", ADMIN_PIN), ("user_pin", USER_PIN)):
            text, count = re.subn(rf"(?m)^{key} = .*$", f"{key} = {value.encode().hex().upper()}", text)
            equal(count, 1, f"lines with {key} in the state file")
        with open(self.file, "w") as file:
            file.write(text)

    def plug(self):
        """The kernel needs half a second more: settle() waits for it."""
        if not os.path.exists(self.file):
            self.make()
        if self.plugged and not os.path.exists(self.usb):  # a fault has pulled it
            self.pull()
        if not self.plugged:
            ports.say("plug", self.port, self.simulated, self.file)
            self.plugged = True

    def settle(self):
        wait_for("the kernel shows the token", self.hidraw)
        settle()

    def pull(self):
        if self.plugged:
            ports.say("pull", self.port)
            self.plugged = False
        wait_for("the token is gone", lambda: not os.path.exists(self.usb))

    def replug(self):
        self.pull()
        self.plug()
        self.settle()

    def fault(self, *lines):
        ports.say("fault", self.port, *lines)

    def sent(self, command):
        """How often the token executed a command since it was plugged in."""
        return sum(pair.startswith(f"{command:02X}:") for pair in ports.say("executed", self.port))

    def hidraw(self):
        found = glob.glob(f"{self.usb}/*/*/hidraw/hidraw*")
        return found and "/dev/" + os.path.basename(found[0])

    def attribute(self, name):
        with open(f"{self.usb}/{name}") as file:
            return file.read().rstrip("\n\0")

    def usb_node(self):
        return f"/dev/bus/usb/{int(self.attribute('busnum')):03}/{int(self.attribute('devnum')):03}"

    def node(self, backend):
        return self.hidraw() if backend == "hidraw" else self.usb_node()


def plug_only(*wanted):
    for token in TOKENS:
        if token not in wanted:
            token.pull()
    for token in wanted:
        token.plug()
    for token in wanted:
        token.settle()


PRO = Token(0, "pro-0.15", "pro", "Nitrokey Pro")
STORAGE = Token(1, "storage-0.57", "storage", "Nitrokey Storage")
OLD_PRO = Token(2, "pro-0.7", "pro", "Nitrokey Pro")
OLD_STORAGE = Token(3, "storage-0.53", "storage", "Nitrokey Storage")
LIBREM = Token(4, "librem", "librem", "Librem Key")
TOKENS = [PRO, STORAGE, OLD_PRO, OLD_STORAGE, LIBREM]


# udev -----------------------------------------------------------------------------------------------------------------

UDEV_LOG = "/run/udevd.log"


def start_udev():
    with open(UDEV_LOG, "w") as log:
        subprocess.Popen(["/usr/lib/systemd/systemd-udevd"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                         env={"PATH": "/usr/bin", "SYSTEMD_LOG_TARGET": "console"})
    wait_for("udev runs", lambda: os.path.exists("/run/udev/control"))


def write_groups(plugdev=True):
    names = "root tty disk lp kmem dialout cdrom audio video input render kvm sgx utmp tape".split()
    with open("/etc/group", "w") as file:
        file.write("".join(f"{name}:x:{number}:\n" for number, name in enumerate(names)))
        if plugdev:
            file.write(f"plugdev:x:{PLUGDEV}:user{MEMBER.uid}\n")


def settle():
    subprocess.run(["/usr/bin/udevadm", "settle", f"--timeout={PATIENCE}"], check=False, stderr=subprocess.DEVNULL)


def put_rules(*names):
    """These, and no others, besides those of udev and systemd themselves. udev has not read them yet."""
    os.makedirs("/etc/udev/rules.d", exist_ok=True)
    for old in os.listdir("/etc/udev/rules.d"):
        os.remove(f"/etc/udev/rules.d/{old}")
    for name in names:
        with open(f"/packaging/udev/{name}") as source, open(f"/etc/udev/rules.d/{name}", "w") as rules:
            rules.write(source.read())


def install_rules(*names):
    """For what is plugged in from now on."""
    put_rules(*names)
    subprocess.run(["/usr/bin/udevadm", "control", "--reload"], check=True)
