"""The machine of tests/kernel: Debian's kernel and udev, unpacked but never installed, an initial file system made of them
and of what is to be tested, and QEMU, which runs it without hardware support."""
import contextlib
import lzma
import os
import queue
import re
import shutil
import stat
import subprocess
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.join(ROOT, "build", "kernel")
PYTHON = "/usr/bin/python3"  # Debian's, whose files are known to be whole

MODULES = ("hid-generic", "usbhid", "vhci-hcd")
GUEST_MB = 384


class Trouble(Exception):
    """Why the machine cannot be had, with what to do about it."""


def output_of(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


# Debian packages ------------------------------------------------------------------------------------------------------


def apt_get(*arguments, as_root=False, **more):
    sudo = ["sudo"] if as_root and os.getuid() != 0 else []
    sandbox = [] if os.getuid() else ["-o", "APT::Sandbox::User=root"]
    if sudo and shutil.which("sudo") is None:
        raise Trouble("The package lists are too old, and there is no sudo. As root: apt-get update")
    return subprocess.run([*sudo, "apt-get", "-qq", *sandbox, *arguments], stdin=subprocess.DEVNULL, **more).returncode == 0


def kernel_package():
    """The package behind the one that always depends on the newest kernel. The cloud kernel has no USB."""
    listing = subprocess.run(["apt-cache", "depends", "linux-image-amd64"], stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, text=True).stdout
    found = re.search(r"Depends: (linux-image-\S+)", listing)
    return found and found.group(1)


def unpacked(name, package_of, masks):
    """The folder with the files of a package that match the masks. Fetched once, and kept."""
    folder = os.path.join(BUILD, name)
    if os.path.exists(os.path.join(folder, "complete")):
        return folder
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise Trouble("The guest is made of Debian's packages: this test needs a Debian-like system.")
    fetched = os.path.join(BUILD, "fetched")
    for path in (folder, fetched):
        shutil.rmtree(path, ignore_errors=True)
        os.makedirs(path)
    package = package_of()
    if not package or not apt_get("download", package, cwd=fetched, stderr=subprocess.DEVNULL):
        apt_get("update", as_root=True)
        package = package_of()
        if not package or not apt_get("download", package, cwd=fetched):
            raise Trouble(f"The package {package or name} could not be fetched. Try: apt-get download {package or name}")
    print(f"   fetched {os.listdir(fetched)[0]}", flush=True)
    archive = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", os.path.join(fetched, os.listdir(fetched)[0])],
                               stdout=subprocess.PIPE)
    subprocess.run(["tar", "x", "-C", folder, "--wildcards", "--no-same-owner", *masks], stdin=archive.stdout,
                   stderr=subprocess.DEVNULL, check=False)  # a mask may match nothing in one release of Debian
    if archive.wait() != 0:
        raise Trouble(f"The package {package} could not be unpacked.")
    shutil.rmtree(fetched)
    open(os.path.join(folder, "complete"), "w").close()
    return folder


def kernel():
    folder = unpacked("linux", kernel_package, ["./boot/vmlinuz-*", "*/modules.builtin*", "*/modules.order",
                                                "*/kernel/drivers/usb/*", "*/kernel/drivers/hid/*"])
    if not os.path.exists(os.path.join(folder, "lib")):
        os.symlink("usr/lib", os.path.join(folder, "lib"))
    (version,) = os.listdir(os.path.join(folder, "lib/modules"))
    if not os.path.exists(os.path.join(folder, "lib/modules", version, "modules.dep")):
        subprocess.run([sbin("depmod"), "-b", folder, version], check=True)
    return folder, version


def sbin(program):
    """Users seldom have these folders on their PATH."""
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") or program


# The initial file system ----------------------------------------------------------------------------------------------


class FileSystem:
    """A cpio archive in the form the kernel unpacks (its Documentation/driver-api/early-userspace/buffer-format.rst)."""

    def __init__(self):
        self.entries = {}
        for folder in ("dev", "etc", "home", "proc", "run", "sys", "tmp", "usr/bin", "usr/sbin", "usr/lib", "usr/lib64"):
            self.folder(folder)
        for link in ("bin", "sbin", "lib", "lib64"):
            self.entries[link] = (stat.S_IFLNK | 0o777, f"usr/{link}".encode())

    def folder(self, path):
        parts = path.split("/")
        for i in range(1, len(parts) + 1):
            self.entries.setdefault("/".join(parts[:i]), (stat.S_IFDIR | 0o755, b""))

    def put(self, path, content, mode=0o644):
        path = path.lstrip("/")
        if path.split("/")[0] in ("bin", "sbin", "lib", "lib64"):
            path = "usr/" + path
        self.folder(os.path.dirname(path))
        self.entries[path] = (stat.S_IFREG | mode, content if isinstance(content, bytes) else content.encode())

    def copy(self, source, path=None):
        with open(source, "rb") as file:
            self.put(path or source, file.read(), 0o755 if os.access(source, os.X_OK) else 0o644)

    def program(self, source, path=None):
        """With the libraries it is linked to, at their places."""
        self.copy(source, path)
        listing = subprocess.run(["ldd", source], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
        if "not found" in listing:
            raise Trouble(f"A library of {source} is missing: " + re.search(r"\S+ => not found", listing).group(0))
        for library in re.findall(r"(?:=> )?(/\S+) \(0x", listing):
            self.copy(library)

    def write(self, path):
        with open(path, "wb") as file:
            for number, (name, (mode, data)) in enumerate([*self.entries.items(), ("TRAILER!!!", (0, b""))], 1):
                raw = name.encode() + b"\0"
                fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(raw), 0)
                head = b"070701" + b"".join(b"%08X" % field for field in fields) + raw
                file.write(head + b"\0" * (-len(head) % 4) + data + b"\0" * (-len(data) % 4))


def library_file(name):
    found = re.search(rf"^\s*{re.escape(name)} .*=> (\S+)$", output_of(sbin("ldconfig"), "-p"), re.M)
    if not found:
        raise Trouble(f"{name} is missing: tools/setup --tests")
    return found.group(1)


# Run by Debian's Python: the compiled form of what the guest's Python will import.
COMPILE = """
import importlib, os, py_compile, sys
guest, to = sys.argv[1:]
sys.path.insert(0, guest)
sys.dont_write_bytecode = True
for name in sorted(os.listdir(guest)):
    if name.endswith(".py"): importlib.import_module(name[:-3])
for module in list(sys.modules.values()):
    file = getattr(module, "__file__", None)
    if not file or module.__name__ == "__main__": continue
    print(file)
    if file.endswith(".py"):
        py_compile.compile(file, os.path.join(to, file[1:] + "c"), file, True,
                           invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
"""


def put_python(system):
    compiled = os.path.join(BUILD, "python")
    shutil.rmtree(compiled, ignore_errors=True)
    os.makedirs(compiled)
    guest = os.path.join(HERE, "guest")
    system.program(PYTHON)
    for file in output_of(PYTHON, "-S", "-E", "-c", COMPILE, guest, compiled).split():
        if file.endswith(".py"):
            place = os.path.join("/judge", os.path.basename(file)) if file.startswith(guest) else file
            system.copy(os.path.join(compiled, file[1:] + "c"), place + "c")
        else:
            system.program(file)


def put_kernel_modules(system, folder, version):
    order = []
    for module in MODULES:
        listing = output_of(sbin("modprobe"), "-d", folder, "-S", version, "--show-depends", module)
        for file in re.findall(r"^insmod (\S+)", listing, re.M):
            name = re.sub(r"\.xz$", "", os.path.basename(file))
            if name in order:
                continue
            order.append(name)
            with (lzma.open if file.endswith(".xz") else open)(file, "rb") as content:
                system.put("modules/" + name, content.read())
    system.put("modules/order", "\n".join(order) + "\n")


def put_udev(system):
    folder = unpacked("udev", lambda: "udev", ["*/bin/udevadm", "*/udev/fido_id", "*/rules.d/*"])
    rules = [unpacked("systemd", lambda: "systemd", ["*/udev/rules.d/*"]),
             unpacked("libnitrokey-common", lambda: "libnitrokey-common", ["*/udev/rules.d/*"]), folder]
    for at, _, names in (entry for top in rules for entry in os.walk(top)):
        for name in names:
            source = os.path.join(at, name)
            if name == "udevadm":
                system.program(source, "/usr/bin/udevadm")
                system.copy(source, "/usr/lib/systemd/systemd-udevd")
            elif name == "fido_id":
                system.program(source, "/usr/lib/udev/fido_id")
            elif name == "41-nitrokey.rules":
                system.copy(source, "/packaging/udev/41-nitrokey.rules")
            elif name.endswith(".rules"):
                system.copy(source, "/usr/lib/udev/rules.d/" + name)
    name = "packaging/udev/70-tokendeck.rules"
    system.copy(os.path.join(ROOT, name), name)


def initial_file_system(programs):
    folder, version = kernel()
    system = FileSystem()
    put_kernel_modules(system, folder, version)
    put_udev(system)
    put_python(system)
    for name, program in programs.items():
        system.program(program, "/usr/bin/" + name)
    for tool in ("busybox", "oathtool"):
        system.program(shutil.which(tool) or tool, "/usr/bin/" + tool)
    for applet in ("sh", "cp"):
        system.entries["usr/bin/" + applet] = (stat.S_IFLNK | 0o777, b"busybox")
    system.put("/usr/bin/sudo", '#!/bin/sh\nexec "$@"\n', 0o755)  # what doctor says to type begins with it
    for backend in ("hidraw", "libusb"):
        name = f"libhidapi-{backend}.so.0"
        file = library_file(name)
        system.program(file, f"/backends/{backend}/{name}")
    # hidapi-libusb turns the strings of USB into text with these.
    converters = os.path.join(os.path.dirname(library_file("libc.so.6")), "gconv")
    for name in ("UTF-16.so", "gconv-modules", "gconv-modules.cache"):
        if os.path.exists(os.path.join(converters, name)):
            system.copy(os.path.join(converters, name), os.path.join(os.path.realpath(converters), name))
    system.copy(os.path.join(HERE, "guest/init"), "/init")
    image = os.path.join(BUILD, "initial.cpio")
    system.write(image)
    return os.path.join(folder, "boot", f"vmlinuz-{version}"), image


# The run --------------------------------------------------------------------------------------------------------------


def console_of(guest):
    return os.path.join(BUILD, f"console-{guest}.log")


def start(guest, vmlinuz, image, seconds):
    with contextlib.suppress(FileNotFoundError):
        os.remove(console_of(guest))
    command = ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
               "-accel", "tcg", "-cpu", "max", "-m", str(GUEST_MB), "-monitor", "none",
               "-serial", "file:" + console_of(guest), "-chardev", "stdio,id=judge,signal=off", "-serial", "chardev:judge",
               "-kernel", vmlinuz, "-initrd", image, "-append", f"console=ttyS0 panic=-1 quiet part={guest}"]
    return subprocess.Popen(["timeout", "-k", "5", str(seconds), *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)


def lines_of_guests(guests, programs, seconds):
    """Boots them side by side, and gives (guest, line) as their judges speak. What the kernels say: console_of(guest)."""
    vmlinuz, image = initial_file_system(programs)
    print(f"   {os.path.basename(vmlinuz)}, {os.path.getsize(image) >> 20} MB of files", flush=True)
    lines = queue.SimpleQueue()
    processes = {guest: start(guest, vmlinuz, image, seconds) for guest in guests}

    def listen(guest, process):
        for line in process.stdout:
            lines.put((guest, line.decode(errors="replace").rstrip("\r\n")))
        if process.wait() != 0:
            print(f"   The guest for {guest} did not end by itself within {seconds} s, or QEMU failed.", flush=True)
        lines.put((guest, None))

    try:
        for guest, process in processes.items():
            threading.Thread(target=listen, args=(guest, process), daemon=True).start()
        running = len(processes)
        while running:
            guest, line = lines.get()
            if line is None:
                running -= 1
            else:
                yield guest, line
    finally:
        for process in processes.values():
            process.terminate()
