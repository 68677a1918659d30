"""How apt is set to reach Debian's packages on this machine, so that roots of other releases are made from there, too."""

import os
import pathlib
import re
import subprocess
import tempfile

from driver import Failed


class NotHere(Exception):
    """Why a root cannot be made on this machine, with what to do about it."""


def _debian():
    """(codename, address, file of apt's that names it) of Debian's own indexes. None as long as there are no lists."""
    form = "$(ORIGIN) $(CODENAME) $(REPO_URI) $(SOURCESENTRY)"
    listed = subprocess.run(["apt-get", "indextargets", "--format", form, "Identifier: Packages", "Component: main"],
                            capture_output=True, text=True).stdout
    targets = [line.split() for line in listed.splitlines()]
    return [(target[1], target[2], pathlib.Path(target[3].rpartition(":")[0])) for target in targets
            if len(target) == 4 and target[0] == "Debian"]


def sources(release):
    """The lines of a sources.list for the release: the same mirrors, with the updates that are taken here."""
    targets = _debian()
    if not targets:
        subprocess.run(["apt-get", "-qq", "update"], capture_output=True)
        targets = _debian()
    lines = []
    for codename, address, _ in targets:
        _, _, more = codename.partition("-")
        if more in ("", "updates", "security"):
            lines.append(f"deb {address} {release}{more and '-' + more} main")
    if not any(line.endswith(f" {release} main") for line in lines):
        raise NotHere("apt has no lists of a mirror of Debian. Connect this machine, name a mirror in /etc/apt/sources.list.d, "
                      "then type: apt-get update")
    return sorted(set(lines))


def check_reachable(lines):
    """Whether each of these lines of a sources.list has a release behind it, asked as apt asks."""
    for line in lines:
        _, address, suite, _ = line.split()
        with tempfile.TemporaryDirectory() as folder:
            asked = subprocess.run(["/usr/lib/apt/apt-helper", "download-file", f"{address}dists/{suite}/InRelease",
                                    f"{folder}/InRelease"], capture_output=True, text=True)
        if asked.returncode != 0 and " 404 " in asked.stderr:
            raise Failed(f"the mirror {address} has no {suite}")
        if asked.returncode != 0:
            raise NotHere(f"The mirror {address} cannot be reached. Connect this machine, then type: tools/test roots")


def settings():
    """Proxies, and checks that a mirror which is kept as it was does not pass; lines of an apt.conf."""
    dump = subprocess.run(["apt-config", "dump"], capture_output=True, text=True).stdout
    lines = [line for line in dump.splitlines()
             if re.match(r"Acquire::(https?::Proxy|Check-Valid-Until|Check-Date|Retries)\b", line, re.I)]
    for kind in ("http", "https"):
        proxy = os.environ.get(f"{kind}_proxy")
        if proxy and not any(line.startswith(f"Acquire::{kind}::Proxy ") for line in lines):
            lines.append(f'Acquire::{kind}::Proxy "{proxy}";')
    return lines


def keys():
    """The files of keys that Debian's packages are signed by here, where apt is told; else it is those it always trusts."""
    found = set()
    for file in {file for _, _, file in _debian()}:
        for paths in re.findall(r"signed-by[:=]\s*([^\]\n]+)", file.read_text(errors="replace"), re.I):
            found |= {pathlib.Path(path) for path in re.split(r"[\s,]+", paths) if path.startswith("/")}
    return sorted(file for file in found if file.is_file())
