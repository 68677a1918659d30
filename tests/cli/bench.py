"""What the tests of the command line share: a simulated token with its program, a terminal, codes by oathtool."""
import array
import base64
import contextlib
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import zlib

# RFC 4226 appendix D and RFC 6238 appendix B use this secret.
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
OTHER_SECRET = base64.b32encode(bytes(range(1, 33))).decode().rstrip("=")
ADMIN_PIN = "Adm1n-Secret-9"
USER_PIN = "Us3r-Secret-7"
NEW_PIN = "N3w-Secret-55"
DONE, FAILED, USAGE, NO_TOKEN, PIN, CANNOT, NO_ANSWER = range(7)

# What the tests need to know of each simulated token: firmware, longest secret, TOTP slots, whether slots can be edited
# with their secret kept, how many lock keys it honours, whether lock ends what other programs have opened.
MODELS = {
    "pro-0.7": ("0.7", 20, 15, True, 2, False),
    "pro-0.8": ("0.8", 40, 15, True, 3, False),
    "pro-0.10": ("0.10", 40, 15, True, 0, False),
    "pro-0.11": ("0.11", 40, 15, True, 0, False),
    "pro-0.15": ("0.15", 40, 15, True, 0, False),
    "librem": ("0.10", 40, 15, True, 0, False),
    "storage-0.53": ("0.53", 20, 15, False, 0, False),
    "storage-0.57": ("0.57", 40, 14, True, 0, True),
}

tests = []


class Test:
    def __init__(self, function, model, suffix=""):
        self.function, self.model = function, model
        self.name = function.__name__.replace("_", " ") + suffix


def test(function):
    tests.append(Test(function, "pro"))
    return function


def on_every_model(function):
    """The test is run once for each simulated token."""
    tests.extend(Test(function, model, " on " + model) for model in MODELS)
    return function


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def equal(actual, wanted, what):
    expect(actual == wanted, f"{what}: {actual!r} instead of {wanted!r}")


class Run:
    """What one run of the program gave."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __repr__(self):
        return f"exit {self.code}, stdout {self.out!r}, stderr {self.err!r}"

    def json(self):
        return json.loads(self.out)


def check_no_secret(data, secrets):
    for secret in secrets:
        forms = [secret.encode()]
        with contextlib.suppress(Exception):
            raw = base64.b32decode(secret + "=" * (-len(secret) % 8))
            forms += [raw, raw.hex().encode(), raw.hex().upper().encode()]
        for form in forms:
            expect(form not in data, "a secret is in the output")


with open(os.path.join(os.path.dirname(__file__), "..", "..", "docs", "json-schema.json")) as schema_file:
    SCHEMA = json.load(schema_file)
SUBCOMMANDS = ("devices", "status", "list", "code", "add", "remove", "rename", "pin", "config", "lock", "reset", "scan",
               "doctor", "report", "check")
KEYWORDS = {"type", "properties", "required", "additionalProperties", "items", "enum", "const", "$ref", "anyOf", "pattern",
            "minimum"}
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}


def is_of(value, kind):
    return isinstance(value, TYPES[kind]) and not (kind == "integer" and isinstance(value, bool))


def against(schema, value, where=""):
    """What is wrong with the value; nothing if it is as the schema says. What the schema may say: KEYWORDS."""
    expect(set(schema) <= KEYWORDS, f"the schema uses words that the tests do not know: {set(schema) - KEYWORDS}")
    if "$ref" in schema:
        return against(SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], value, where)
    if "anyOf" in schema:
        wrong = [against(one, value, where) for one in schema["anyOf"]]
        return None if None in wrong else " or ".join(wrong)
    if "const" in schema and value != schema["const"] or "enum" in schema and value not in schema["enum"]:
        return f"{where}: {value!r} is not allowed"
    kinds = schema.get("type", list(TYPES))
    if not any(is_of(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return f"{where}: {value!r} is not {kinds}"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return f"{where}: {value!r} is not of the form {schema['pattern']}"
    if is_of(value, "integer") and value < schema.get("minimum", value):
        return f"{where}: {value} is too small"
    if isinstance(value, list) and "items" in schema:
        return next((wrong for i, one in enumerate(value) if (wrong := against(schema["items"], one, f"{where}[{i}]"))), None)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        for key in schema.get("required", []):
            if key not in value:
                return f"{where}: {key} is missing"
        if schema.get("additionalProperties") is False and set(value) - set(known):
            return f"{where}: {sorted(set(value) - set(known))} should not be there"
        return next((wrong for key in known if key in value and (wrong := against(known[key], value[key], f"{where}.{key}"))),
                    None)
    return None


def check_json(subcommand, out, err):
    """Every answer in JSON and every line on standard error is what docs/json-schema.json says."""
    if out:
        wrong = against({"$ref": f"#/$defs/{subcommand}"}, json.loads(out), subcommand)
        expect(wrong is None, f"not as docs/json-schema.json says: {wrong}")
    for line in err.splitlines():
        wrong = against({"$ref": "#/$defs/standardError"}, json.loads(line), "standard error")
        expect(wrong is None, f"not as docs/json-schema.json says: {wrong}")


class Deck:
    """A simulated token with a state file of its own, PINs other than the default ones, and a way to run the program."""

    def __init__(self, folder, program, model="pro"):
        self.folder, self.program, self.model = folder, program, model
        self.storage, self.librem = model.startswith("storage"), model == "librem"
        self.file = os.path.join(folder, model + ".token")
        self.simulate = f"--simulate={model}:{self.file}"
        self.control = folder + ".control"
        self.no_fault()
        self.env = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8", "TOKENDECK_NO_USB": "1",
                    "TOKENDECK_SIMULATE_CONTROL": self.control}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.env[name] = os.environ[name]
        equal(self.run("status").code, DONE, "making the token")
        self.edit("admin_pin", ADMIN_PIN.encode().hex().upper())
        self.edit("user_pin", USER_PIN.encode().hex().upper())

    def raw(self, *arguments, stdin=b"", env=None, reveal=False, timeout=100, **more):
        """Runs the program without a terminal. `env` is added to the environment."""
        more.setdefault("stdout", subprocess.PIPE)
        process = subprocess.Popen([self.program, *arguments], stdin=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env={**self.env, **(env or {})}, start_new_session=True, cwd=self.folder, **more)
        try:
            out, err = process.communicate(stdin.encode() if isinstance(stdin, str) else stdin, timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise AssertionError(f"{arguments} did not end within {timeout} s")
        out = out or b""
        secrets = [ADMIN_PIN, USER_PIN, NEW_PIN] + ([] if reveal else [RFC_SECRET, OTHER_SECRET])
        check_no_secret(out + err, secrets)
        expect(b"\x1b" not in out + err, "an escape character is in the output")
        run = Run(process.returncode, out.decode(), err.decode())
        if "--json" in arguments:
            check_json(next((word for word in arguments if word in SUBCOMMANDS), None), run.out, run.err)
        return run

    def run(self, *arguments, **more):
        return self.raw(self.simulate, *arguments, **more)

    def admin(self, *arguments, **more):
        """With the right admin PIN in the environment."""
        return self.run(*arguments, env={"TOKENDECK_ADMIN_PIN": ADMIN_PIN, **more.pop("env", {})}, **more)

    def add_secret(self, name, *arguments, secret=RFC_SECRET, **more):
        return self.admin("add", "--secret-file", "-", "--name", name, *arguments, stdin=secret + "\n", **more)

    def added(self, name, *arguments, **more):
        run = self.add_secret(name, *arguments, **more)
        equal(run.code, DONE, f"add {name}: {run}")
        return run

    def status(self):
        return self.run("status", "--json").json()

    def slots(self):
        return {slot["slot"]: slot for slot in self.run("list", "--json").json()}

    def kept(self, key):
        """What the token's state says under this key."""
        (value,) = re.findall(rf"(?m)^{re.escape(key)} = (.*)$", self.state().decode())
        return value

    def pins_are(self, user, admin):
        """Compared, and never printed."""
        expect(self.kept("user_pin") == user.encode().hex().upper(), "the token has another user PIN")
        expect(self.kept("admin_pin") == admin.encode().hex().upper(), "the token has another admin PIN")

    def tries_are(self, user, admin, what):
        """What the token itself has left."""
        equal((int(self.kept("user_tries")), int(self.kept("admin_tries"))), (user, admin), "tries (user, admin) " + what)

    def edit(self, key, value):
        """Changes the token behind the program's back."""
        text = self.state().decode()
        text, count = re.subn(rf"(?m)^{re.escape(key)} = .*$", f"{key} = {value}", text)
        equal(count, 1, f"lines with {key} in the state file")
        with open(self.file, "w") as file:
            file.write(text)

    def protect_codes(self):
        self.edit("config", "FFFFFF01FF")

    def state(self):
        with open(self.file, "rb") as file:
            return file.read()

    def write(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return path

    def fault(self, line):
        # At once: a program that runs would see an empty file for a moment, which is no fault at all.
        with open(self.control + ".new", "w") as file:
            file.write(f"timing=fast\n{line}\n")
        os.replace(self.control + ".new", self.control)

    def no_fault(self):
        self.fault("")

    def picture(self, uri, name="code.png"):
        path = os.path.join(self.folder, name)
        subprocess.run(["qrencode", "-o", path, uri], check=True)
        return path


def oath(*arguments):
    return subprocess.run(["oathtool", *arguments], check=True, capture_output=True, text=True).stdout.strip()


def totp(secret=RFC_SECRET, digits=6, period=30, algorithm="sha1"):
    """Codes that are right now, in the last step and in the next: a test may take its time."""
    now = time.time()
    return {oath(f"--totp={algorithm}", "-d", str(digits), "-s", f"{period}s", "-b", "-N", f"@{int(now + shift)}", secret)
            for shift in (-period, 0, period)}


def hotp(counter, secret=RFC_SECRET, digits=6):
    return oath("--hotp", "-d", str(digits), "-c", str(counter), "-b", secret)


def fails(run, code, *words):
    equal(run.code, code, f"exit code of {run}")
    equal(run.err.count("\n"), 1, f"lines on stderr: {run}")
    said = run.err
    if said.startswith("{"):  # with --json
        error = json.loads(said)
        said = " ".join(part for part in (error["message"], error["next"], error["code"]) if part)
    else:
        expect(said.startswith("tokendeck: "), f"stderr has no sentence: {run}")
    for word in words:
        expect(word.lower() in said.lower(), f"stderr does not say {word!r}: {run}")
    return run


class Terminal:
    """The program at a terminal of its own. `plugged`: instead of the deck's token these are plugged in, in a USB of the
    drop-in hidapi."""

    def __init__(self, deck, *arguments, env=None, plugged=()):
        self.seen = b""
        env = {**deck.env, **(env or {})}
        simulate = [deck.simulate]
        if plugged:
            libraries = os.path.join(os.path.dirname(deck.program), "..", "lib", "virtual-token")
            expect(os.path.isdir(libraries), f"{libraries} is missing: build virtual_token_hidraw and virtual_token_libusb")
            tokens = ";".join(f"{model}:{os.path.join(deck.folder, model + '.plugged')}" for model in plugged)
            env |= {"LD_LIBRARY_PATH": libraries, "TOKENDECK_VIRTUAL": tokens, "TOKENDECK_VIRTUAL_TIMING": "fast", "TOKENDECK_NO_USB": ""}
            simulate = []
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(deck.folder)
            os.execve(deck.program, [deck.program, *simulate, *arguments], env)

    def until(self, text, seconds=30):
        end = time.monotonic() + seconds
        while text.encode() not in self.seen:
            expect(time.monotonic() < end, f"the terminal does not show {text!r}, but {self.seen!r}")
            if select.select([self.fd], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.fd, 4096)
                except OSError:
                    expect(text.encode() in self.seen, f"it ended without {text!r}: {self.seen!r}")

    def type(self, text):
        os.write(self.fd, text.encode())

    def echoes(self):
        return bool(termios.tcgetattr(self.fd)[3] & termios.ECHO)

    def end(self):
        end = time.monotonic() + 30
        while True:
            if select.select([self.fd], [], [], 0.1)[0]:
                try:
                    self.seen += os.read(self.fd, 4096)
                except OSError:
                    pass
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                with contextlib.suppress(OSError):
                    while select.select([self.fd], [], [], 0.1)[0]:
                        data = os.read(self.fd, 4096)
                        if not data:
                            break
                        self.seen += data
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                raise AssertionError("the program does not end")

    def close(self):
        os.close(self.fd)


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def interlaced_png(text, size):
    """A QR code in a picture of this many pixels a side, with colour and transparency, in the seven passes of a PNG."""
    lines = subprocess.run(["qrencode", "-t", "ASCII", "-o", "-", text], check=True, capture_output=True, text=True).stdout
    modules = [line[::2] for line in lines.split("\n") if line]
    large = size // len(modules)
    white, black = 0xFFFFFFFF, struct.unpack("=I", bytes((0, 0, 0, 255)))[0]
    rows = []
    for line in modules:
        row = array.array("I")
        for module in line:
            row.extend([black if module == "#" else white] * large)
        rows.append(row + array.array("I", [white] * (size - len(row))))
    blank = array.array("I", [white] * size)
    packed = zlib.compressobj(1)
    data = b""
    for x, y, every_x, every_y in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
                                   (0, 1, 1, 2)):
        passed = [b"\0" + row[x::every_x].tobytes() for row in [*rows, blank]]
        for at in range(y, size, every_y):
            data += packed.compress(passed[min(at // large, len(rows))])
    return (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 1)) +
            png_chunk(b"IDAT", data + packed.flush()) + png_chunk(b"IEND", b""))


def white_png(size=64):
    rows = b"".join(b"\0" + b"\xff" * size for _ in range(size))
    return (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)) +
            png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b""))
