"""A bare root of a Debian release: made by mmdebstrap from the mirror that apt is set to here, unpacked afresh for each
run, entered by chroot in namespaces of its own, so that no mount and no process outlives the command that needed it."""

import contextlib
import fcntl
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

import mirror
from driver import Failed, check
from driver.screen import die_with_parent
from mirror import NotHere

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "tokendeck/roots"
# What a person has who has just cloned the project. No recommended packages come with it.
INCLUDED = "sudo,git,ca-certificates"
USER, NAME = 1000, "gwen"  # no word that a report of the program has by itself: a test looks for the name in one
HOME = f"/home/{NAME}"
GIGABYTES = 5

# Run by sh as the first process of its namespaces. $1 the root, $2 the folder of packages, $3 the repository, $4 the
# compiler's cache, then what chroot is given. It stays, because a first process has no default for signals, and the program must have.
ENTER = """
set -e
mount --bind "$1" "$1"
mount -t proc proc "$1/proc"
mount --rbind /sys "$1/sys"
mount --rbind /dev "$1/dev"
mount --bind "$2" "$1/var/cache/apt/archives"
mount --bind -o ro "$3" "$1/srv/tokendeck.git"
mount --bind "$4" "$1/srv/ccache"
if [ -d /tmp/.X11-unix ]; then mount --bind /tmp/.X11-unix "$1/tmp/.X11-unix"; fi
shift 4
status=0
/usr/sbin/chroot "$@" || status=$? # users of Debian do not have that folder on their PATH
exit $status
"""


@contextlib.contextmanager
def cache():
    """The folder that is kept between runs; for one run at a time. What a run that was killed has left is removed."""
    if os.getuid() != 0:
        raise NotHere("That needs root. Type: sudo tools/test roots")
    for tool in ("mmdebstrap", "unshare", "chroot", "apt-get"):
        if not shutil.which(tool, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"):
            raise NotHere(f"{tool} is missing. Type: tools/setup --tests")
    if subprocess.run(["unshare", "--mount", "--pid", "--fork", "true"], capture_output=True).returncode != 0:
        raise NotHere("This machine does not let root mount anything. Type tools/test roots outside of the container.")
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("   Another run uses the roots; waiting for its end.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        for left in CACHE.glob("root-*"):
            shutil.rmtree(left, ignore_errors=True)
        if shutil.disk_usage(CACHE).free < GIGABYTES << 30:
            raise Failed(f"{CACHE} has less than {GIGABYTES} GB left. Free some, or set XDG_CACHE_HOME to another folder.")
        yield


def in_own_group(command, text):
    """(status, what it said). mmdebstrap ends its whole process group when it fails, and cleans up when it is asked to end."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                               start_new_session=True, preexec_fn=die_with_parent)
    try:
        _, said = process.communicate(text)
    except BaseException:
        process.terminate()
        process.wait()
        raise
    return process.returncode, said


def minimal_system(release):
    """The archive of the minimal system, and how it was come by. It is made again each month."""
    sources, keys, settings = mirror.sources(release), mirror.keys(), mirror.settings()
    mirror.check_reachable(sources)
    recipe = "\n".join([time.strftime("3 %Y-%m"), INCLUDED, *sources, *settings])
    archive, made_by = CACHE / f"{release}.tar", CACHE / f"{release}.recipe"
    if archive.exists() and made_by.exists() and made_by.read_text() == recipe:
        return archive, "kept from an earlier run"
    fresh = CACHE / f"{release}.new.tar"
    with tempfile.TemporaryDirectory() as folder:
        keyring = pathlib.Path(folder)
        keyring.chmod(0o755)  # apt reads it as a user of its own
        for key in keys:
            shutil.copy(key, keyring / f"host-{key.name}")
        status, said = in_own_group(
            ["mmdebstrap", "--variant=minbase", f"--include={INCLUDED}", *([f"--keyring={keyring}"] if keys else []),
             *[option for line in settings for option in ("--aptopt", line)],
             *[f"--customize-hook=copy-in {key} /etc/apt/trusted.gpg.d" for key in sorted(keyring.iterdir())],
             # A fresh machine has no package lists, or old ones.
             "--customize-hook=rm -rf \"$1\"/var/lib/apt/lists/*",
             release, str(fresh), "-"], "\n".join(sources))
    if status != 0:
        raise Failed(f"mmdebstrap could not make the minimal system: … {said.strip()[-1000:]}")
    fresh.rename(archive)
    made_by.write_text(recipe)
    return archive, "made now"


def compiled_before(release):
    """The cache of the compiler for roots of this release, with what this machine has compiled. It is used from the second
    command on, which installs ccache. A result is taken from it only if the compiler and each header are the same, so
    that a header that is missing in the root is missed all the same."""
    kept = CACHE / f"{release}-ccache"
    kept.mkdir(exist_ok=True)
    if shutil.which("ccache"):
        done = subprocess.run(["ccache", "--get-config", "cache_dir"], capture_output=True, text=True)
        here = pathlib.Path(done.stdout.strip() or "/nonexistent")
        for file in here.glob("[0-9a-f]/**/*[RM]"):
            copy = kept / file.relative_to(here)
            if not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
    for path in (kept, *kept.rglob("*")):
        os.chown(path, USER, USER)


class Root:
    """Within `cache()`."""

    def __init__(self, release):
        self.release = release
        archive, self.how = minimal_system(release)
        self.debs = CACHE / f"{release}-packages"
        (self.debs / "partial").mkdir(parents=True, exist_ok=True)
        compiled_before(self.release)
        self.path = pathlib.Path(tempfile.mkdtemp(prefix=f"root-{release}-", dir=CACHE))
        self.path.chmod(0o755)
        self.home = self.path / "home" / NAME
        self.rights = self.path / "etc/sudoers.d/person"  # may use sudo
        self.repository = self.path  # until there is one
        self.entered = None  # the process that everything in the root runs below
        subprocess.run(["tar", "x", "-C", str(self.path), "-f", str(archive), "--numeric-owner"], check=True)
        self._furnish()
        self.packages_at_first = self.packages()

    def _furnish(self):
        """What an installed machine has: a name, a resolver, an ordinary user who may use sudo."""
        etc = self.path / "etc"
        (etc / "hostname").write_text("fresh\n")
        (etc / "hosts").write_text(f"127.0.0.1 localhost fresh {os.uname().nodename}\n")
        resolver = pathlib.Path("/etc/resolv.conf")
        (etc / "resolv.conf").unlink(missing_ok=True)
        (etc / "resolv.conf").write_bytes(resolver.read_bytes() if resolver.exists() else b"")
        self.rights.write_text(f"{NAME} ALL=(ALL) NOPASSWD: ALL\n")
        self.rights.chmod(0o440)
        (etc / "dpkg/dpkg.cfg.d/fast").write_text("force-unsafe-io\n")  # a root that is lost with the power is no loss
        for place in ("srv/tokendeck.git", "srv/ccache", "tmp/.X11-unix"):
            (self.path / place).mkdir(parents=True, exist_ok=True)
        done = subprocess.run(["chroot", str(self.path), "useradd", "--uid", str(USER), "--create-home", "--shell",
                               "/bin/bash", NAME], capture_output=True, text=True)
        check(done.returncode == 0, f"no user could be made in the root: {done.stderr}")

    def packages(self):
        """How many are installed."""
        status = (self.path / "var/lib/dpkg/status").read_text(errors="replace")
        return status.count("\nStatus: install ok installed")

    def forget_package_lists(self):
        for entry in (self.path / "var/lib/apt/lists").iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()

    def command(self, line, environment=None, network=True, folder="tokendeck", as_root=False):
        """(argv, environment) of what a person types in the root: the ordinary user, or root itself."""
        user, home = (0, "/root") if as_root else (USER, HOME)
        argv = ["unshare", "--mount", "--pid", "--fork", "--kill-child", *([] if network else ["--net"]),
                "sh", "-c", ENTER, "enter", str(self.path), str(self.debs), str(self.repository),
                str(CACHE / f"{self.release}-ccache"), f"--userspec={user}:{user}", str(self.path), "/bin/bash", "-c", f'cd "{HOME}/{folder}" && {line}']
        settings = {"PATH": "/usr/local/bin:/usr/bin:/bin" + (":/usr/sbin:/sbin" if as_root else ""), "HOME": home,
                    "USER": "root" if as_root else NAME, "SHELL": "/bin/bash", "LANG": "C.UTF-8", "TZ": "UTC", "CCACHE_DIR": "/srv/ccache"}
        return argv, {**settings, "LOGNAME": settings["USER"], **(environment or {})}

    def run(self, line, log, seconds, answer=b"", **how):
        """The exit status; what it said is in `log`. `answer`: what the person types when asked."""
        argv, settings = self.command(line, **how)
        with open(log, "wb") as out:
            process = subprocess.Popen(argv, env=settings, stdin=subprocess.PIPE, stdout=out, stderr=out,
                                       start_new_session=True, preexec_fn=die_with_parent)
            try:
                process.communicate(answer, seconds)
                return process.returncode
            except subprocess.TimeoutExpired:
                raise Failed(f"'{line}' was not done within {seconds} s: {log.read_text(errors='replace')[-600:]}")
            finally:  # and with it all that it started
                process.kill()
                process.wait()

    def clone(self, top):
        """As the user, from the repository that `top` is a working tree of, the commit that is checked out there."""
        def git(*arguments):
            done = subprocess.run(["git", "-c", "safe.directory=*", "-C", str(top), *arguments], capture_output=True,
                                  text=True)
            check(done.returncode == 0, f"{top} is no clone with a commit that could be tried: {done.stderr.strip()}")
            return done.stdout.strip()
        self.repository = pathlib.Path(git("rev-parse", "--path-format=absolute", "--git-common-dir"))
        commit = git("rev-parse", "HEAD")
        if git("status", "--porcelain"):
            print("   What is not committed here is not tried.", flush=True)
        log = self.path / "tmp/clone.log"
        # The repository belongs to somebody else. git takes the leave to read it from nowhere but a file.
        (self.path / "etc/gitconfig").write_text("[safe]\n\tdirectory = *\n")
        status = self.run(f"git clone -q --no-checkout /srv/tokendeck.git tokendeck && cd tokendeck && "
                          f"git checkout -q --detach {commit}", log, 300, folder="")
        check(status == 0, f"the commit could not be cloned: {log.read_text()}")

    def close(self):
        shutil.rmtree(self.path, ignore_errors=True)
