"""A simulated token behind the drop-in hidapi, the programs that can talk to it, and what is kept of each test."""
import base64
import contextlib
import json
import os
import pathlib
import subprocess
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = TOP / "build/judges"
# Copies, so that a build meanwhile does not take them away.
DECK = BUILD / "tokendeck"
VIRTUAL = BUILD / "virtual-token"
MODELS = ["pro-0.7", "pro-0.10", "pro-0.11", "pro-0.15", "librem", "storage-0.53", "storage-0.57"]

RFC = b"12345678901234567890"        # RFC 4226 appendix D, RFC 6238 appendix B
LONG = b"a very long secret of exactly 40 bytes!!"
SHORT = b"the second secret 20"
USER, ADMIN = "123456", "12345678"   # as tokens are sold

DONE, FAILED, USAGE, NO_TOKEN, PIN, CANNOT, NO_ANSWER = range(7)
results = []                         # (model, operation, client, "passed" | "failed: …" | "oddity: …")


class Wrong(Exception):
    pass


def equal(met, wanted, what):
    if met != wanted:
        raise Wrong(f"{what}: {met!r} instead of {wanted!r}")


def expect(holds, what):
    if not holds:
        raise Wrong(what)


def base32_line(secret):
    return base64.b32encode(secret).decode() + "\n"


def oathtool(*arguments):
    return subprocess.run(["oathtool", *arguments], capture_output=True, text=True, check=True).stdout.split()[0]


def hotp_code(secret, counter, digits=6):
    return oathtool("--hotp", "-c", str(counter), "-d", str(digits), secret.hex())


def totp_codes(secret, since, period=30, digits=6):
    """The codes that are right at some time from `since` to now, and a second after it: a Pro counts seconds with a
    tick that SET_TIME does not begin anew, so that it may be ahead by up to one
    (docs/protocol/pro-storage.md, section 3.5)."""
    now = time.time()
    return {oathtool("--totp", f"--now=@{int(when)}", "-s", str(period), "-d", str(digits), secret.hex())
            for when in (since, (since + now) / 2, now, now + 1)}


class Token:
    """A simulated token in a file, powered until the test ends, and all programs that can talk to it."""

    def __init__(self, model, folder, backend=None):
        self.model, self.folder = model, folder
        self.storage = model.startswith("storage")
        self.long_secrets = model not in ("pro-0.7", "storage-0.53")
        os.makedirs(folder, exist_ok=True)
        self.file = os.path.join(folder, "token")
        # nitrocli has gpg-agent forget PINs by this program. There is no agent here, and nothing to forget.
        agent = pathlib.Path(folder, "gpg-connect-agent")
        agent.write_text("#!/bin/sh\necho OK\n")
        agent.chmod(0o755)
        self.env = {"PATH": f"{folder}:{os.environ['PATH']}", "HOME": folder, "LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": folder,
                    "LD_LIBRARY_PATH": str(VIRTUAL), "TOKENDECK_VIRTUAL": f"{model}:{self.file}",
                    "TOKENDECK_VIRTUAL_TIMING": "fast", "NITROCLI_NO_CACHE": "1"}
        self.user, self.admin = USER, ADMIN

    def run(self, arguments, stdin="", env=None):
        return subprocess.run([str(word) for word in arguments], input=stdin, capture_output=True, text=True,
                              errors="replace", timeout=60, env={**self.env, **(env or {})}, cwd=self.folder)

    def deck(self, *arguments, stdin="", env=None, code=DONE, admin=True):
        pins = {"TOKENDECK_ADMIN_PIN": self.admin} if admin else {}
        run = self.run([DECK, *arguments], stdin, {**pins, **(env or {})})
        equal(run.returncode, code, f"exit status of tokendeck {' '.join(arguments)} ({run.stderr.strip()})")
        return run.stdout

    def add(self, name, secret, *arguments, **more):
        return self.deck("add", "--secret-file", "-", "--name", name, "--allow-duplicate", *arguments,
                         stdin=base32_line(secret), **more)

    def status(self):
        return json.loads(self.deck("status", "--json"))

    def slots(self):
        """What tokendeck lists, without the empty ones."""
        return {slot["slot"]: slot for slot in json.loads(self.deck("list", "--json"))
                if slot["state"] != "empty"}

    def nitrocli(self, *arguments, may_fail=False, **pins):
        env = {"NITROCLI_ADMIN_PIN": self.admin, "NITROCLI_USER_PIN": self.user, **pins}
        run = self.run(["nitrocli", *arguments], env=env)
        expect(may_fail or run.returncode == 0, f"nitrocli {' '.join(arguments)}: {run.stderr.strip()}")
        return run

    def nitrocli_names(self):
        """By kind and number, of nitrocli's table."""
        rows = [line.split("\t") for line in self.nitrocli("otp", "status").stdout.splitlines()[1:]]
        return {f"{row[0].strip()}:{int(row[1]) + 1}": row[2].strip() for row in rows if len(row) > 2}

    def client(self, *commands):
        run = self.run([BUILD / "nk_client"], "\n".join(commands) + "\n")
        answers = run.stdout.splitlines()
        equal(len(answers), len(commands), f"answers of the libnitrokey client ({run.stdout} {run.stderr})")
        return answers

    def client_names(self):
        pairs = (item.split("=", 1) for item in self.client("names")[0].rstrip(";").split(";"))
        return {f"{key[:4]}:{int(key[4:]) + 1}": name for key, name in pairs if not name.startswith("status ")}


@contextlib.contextmanager
def judged(token, operation, client):
    """One test. What it prints for an oddity goes through `note`."""
    note = []
    try:
        yield note
        result = "oddity: " + "; ".join(note) if note else "passed"
    except Exception as wrong:  # whatever it is, the other tests go on
        result = f"failed: {wrong}" if isinstance(wrong, Wrong) else f"failed: {wrong!r}"
    results.append((token.model, operation, client, result))
    if result != "passed":
        print(f"{token.model}: {operation}, {client}: {result}", flush=True)


def has_nitrocli(token):
    return token.model != "librem"
