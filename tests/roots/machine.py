"""A bare root of a Debian release: made by mmdebstrap from the mirror that apt is set to here, unpacked afresh for each
run, entered by chroot in a mount namespace of its own, so that no mount outlives the command that needed it."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

from driver import Failed, check

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "tokendeck/roots"
# What a person has who has just cloned the project. No recommended packages come with it.
INCLUDED = "sudo,git,ca-certificates"
RECIPE = f"2 {INCLUDED}"  # another recipe makes the roots again
USER = 1000

# Run by sh in the mount namespace. $1 the root, $2 the folder of packages, $3 the repository, then the command.
ENTER = """
set -e
mount --make-rprivate /
mount --bind "$1" "$1"
mount -t proc proc "$1/proc"
mount --rbind /sys "$1/sys"
mount --rbind /dev "$1/dev"
mount --bind "$2" "$1/var/cache/apt/archives"
mount --bind "$3" "$1/srv/tokendeck.git"
if [ -d /tmp/.X11-unix ]; then mount --bind /tmp/.X11-unix "$1/tmp/.X11-unix"; fi
root=$1
shift 3
exec chroot "$@"
"""


class NotHere(Exception):
    """Why a root cannot be made on this machine, with what to do about it."""


def mirror():
    """(address, its keyring or nothing) of Debian's own packages, as apt is set to here."""
    listed = subprocess.run(["apt-get", "indextargets", "--format", "$(ORIGIN) $(RELEASE) $(REPO_URI) $(SIGNED_BY)",
                             "Identifier: Packages", "Component: main"], capture_output=True, text=True).stdout
    for line in listed.splitlines():
        origin, release, address, *_ = line.split() + [""]
        if origin == "Debian" and "-" not in release:
            return address
    raise NotHere("apt knows no mirror of Debian. Set one in /etc/apt/sources.list and type: apt-get update")


def apt_settings():
    """How apt reaches that mirror: proxies, and checks that a mirror kept in time does not pass."""
    dump = subprocess.run(["apt-config", "dump"], capture_output=True, text=True).stdout
    return [line for line in dump.splitlines()
            if re.match(r"Acquire::(https?::Proxy|Check-Valid-Until|Check-Date|Retries)", line, re.I)]


def minimal_system(release):
    """The archive of the minimal system, and how it was come by."""
    if os.getuid() != 0:
        raise NotHere("that needs root. Type: sudo tools/test roots")
    for tool in ("mmdebstrap", "unshare", "chroot", "apt-get"):
        if not shutil.which(tool, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"):
            raise NotHere(f"{tool} is missing. Type: tools/setup --tests")
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode != 0:
        raise NotHere("this machine does not let root mount anything. Run it outside of the container.")
    CACHE.mkdir(parents=True, exist_ok=True)
    archive, recipe = CACHE / f"{release}.tar", CACHE / f"{release}.recipe"
    if archive.exists() and recipe.exists() and recipe.read_text() == RECIPE:
        return archive, "kept from an earlier run"
    fresh = CACHE / f"{release}.new.tar"
    options = [option for line in apt_settings() for option in ("--aptopt", line.rstrip(";") + ";")]
    made = subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", f"--include={INCLUDED}", *options,
                           # A fresh machine has no package lists, or old ones.
                           "--customize-hook=rm -rf \"$1\"/var/lib/apt/lists/*",
                           release, str(fresh), mirror()], capture_output=True, text=True)
    if made.returncode != 0:
        raise NotHere(f"mmdebstrap ended with: {made.stderr.strip()[-600:]}")
    fresh.rename(archive)
    recipe.write_text(RECIPE)
    return archive, "made now"


class Root:
    def __init__(self, release):
        self.release = release
        archive, self.how = minimal_system(release)
        self.debs = CACHE / f"{release}-packages"
        self.debs.mkdir(exist_ok=True)
        (self.debs / "partial").mkdir(exist_ok=True)
        self.path = pathlib.Path(tempfile.mkdtemp(prefix=f"{release}-", dir=CACHE))
        self.path.chmod(0o755)
        self.home = self.path / "home/user"
        self.repository = pathlib.Path("/nonexistent")
        subprocess.run(["tar", "x", "-C", str(self.path), "-f", str(archive), "--numeric-owner"], check=True)
        self._furnish()
        self.packages_at_first = self.packages()

    def _furnish(self):
        """What an installed machine has: a name, a resolver, an ordinary user who may use sudo."""
        etc = self.path / "etc"
        (etc / "hostname").write_text("fresh\n")
        (etc / "hosts").write_text("127.0.0.1 localhost fresh\n")
        resolver = pathlib.Path("/etc/resolv.conf")
        (etc / "resolv.conf").unlink(missing_ok=True)
        (etc / "resolv.conf").write_bytes(resolver.read_bytes() if resolver.exists() else b"")
        (etc / "sudoers.d/user").write_text("user ALL=(ALL) NOPASSWD: ALL\n")
        (etc / "sudoers.d/user").chmod(0o440)
        for place in ("srv/tokendeck.git", "tmp/.X11-unix"):
            (self.path / place).mkdir(parents=True, exist_ok=True)
        done = subprocess.run(["chroot", str(self.path), "useradd", "--uid", str(USER), "--create-home", "--shell",
                               "/bin/bash", "user"], capture_output=True, text=True)
        check(done.returncode == 0, f"no user could be made in the root: {done.stderr}")

    def packages(self):
        """How many are installed."""
        status = (self.path / "var/lib/dpkg/status").read_text(errors="replace")
        return status.count("\nStatus: install ok installed")

    def command(self, line, environment=None, network=True, folder="tokendeck"):
        """(argv, environment) of what an ordinary user types in the root. It keeps the number of its process."""
        argv = ["unshare", "--mount", *([] if network else ["--net"]), "sh", "-c", ENTER, "enter", str(self.path),
                str(self.debs), str(self.repository if self.repository.exists() else self.path), 
                f"--userspec={USER}:{USER}", str(self.path), "/bin/bash", "-c",
                f'cd "$HOME/{folder}" && exec {line}']
        settings = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/home/user", "USER": "user",
                    "LOGNAME": "user", "SHELL": "/bin/bash", "LANG": "C.UTF-8", "TZ": "UTC"}
        return argv, {**settings, **(environment or {})}

    def run(self, line, log, seconds, **how):
        """The exit status; what it said is in `log`."""
        argv, settings = self.command(line, **how)
        with open(log, "wb") as out:
            process = subprocess.Popen(argv, env=settings, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                       start_new_session=True)
            try:
                return process.wait(seconds)
            except subprocess.TimeoutExpired:
                raise Failed(f"'{line}' was not done within {seconds} s: {log.read_text(errors='replace')[-600:]}")
            finally:
                self.end_all()
                process.wait(10)

    def clone(self, top):
        """As the user, from the repository that `top` is a working tree of, the commit that is checked out there."""
        git = ["git", "-C", str(top)]
        self.repository = pathlib.Path(subprocess.run([*git, "rev-parse", "--path-format=absolute", "--git-common-dir"],
                                                      capture_output=True, text=True, check=True).stdout.strip())
        commit = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
        log = self.path / "tmp/clone.log"
        # The repository belongs to somebody else. git takes the leave to read it from nowhere but a file.
        (self.path / "etc/gitconfig").write_text("[safe]\n\tdirectory = *\n")
        status = self.run(f"sh -c 'git clone -q --no-checkout /srv/tokendeck.git tokendeck && cd tokendeck && "
                          f"git checkout -q --detach {commit}'", log, 300, folder="")
        check(status == 0, f"the commit could not be cloned: {log.read_text()}")

    def end_all(self):
        """Ends whatever still runs in the root."""
        for _ in range(50):
            found = False
            for process in pathlib.Path("/proc").glob("[0-9]*"):
                try:
                    if os.readlink(process / "root").startswith(str(self.path)):
                        os.kill(int(process.name), signal.SIGKILL)
                        found = True
                except OSError:
                    continue  # it has ended
            if not found:
                return
            time.sleep(0.1)

    def close(self):
        self.end_all()
        shutil.rmtree(self.path, ignore_errors=True)
