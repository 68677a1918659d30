"""What other programs say: codes by oathtool, the clipboard by xclip. And what they do to the clipboard."""

import base64
import subprocess
import time
import urllib.parse
from dataclasses import dataclass

from . import Failed
from .screen import die_with_parent, wait_for


@dataclass
class Account:
    """An account as its web site would give it out."""
    issuer: str = "Example"
    account: str = "ann@example.org"
    secret: str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 4226 and 6238: "12345678901234567890"
    kind: str = "totp"
    digits: int = 6
    period: int = 30
    counter: int = 0
    algorithm: str = "SHA1"

    @property
    def uri(self):
        label = urllib.parse.quote(f"{self.issuer}:{self.account}", safe="")
        query = {"secret": self.secret, "issuer": self.issuer, "algorithm": self.algorithm, "digits": self.digits}
        query.update({"period": self.period} if self.kind == "totp" else {"counter": self.counter})
        return f"otpauth://{self.kind}/{label}?" + urllib.parse.urlencode(query, quote_via=urllib.parse.quote)

    def code_at(self, unix_time):
        """TOTP."""
        return _oathtool("--totp", "--digits", self.digits, "--time-step-size", f"{self.period}s",
                         "--now", f"@{int(unix_time)}", self.secret)

    def code_of(self, counter):
        """HOTP."""
        return _oathtool("--hotp", "--digits", self.digits, "--counter", counter, self.secret)

    def right_codes(self, since):
        """TOTP: the codes that were right at some moment between `since` (Unix time) and now."""
        steps = range(int(since) // self.period, int(time.time()) // self.period + 1)
        return [self.code_at(step * self.period) for step in steps]

    def wait_for_fresh_code(self, seconds):
        """Waits, if need be, until the code that is right now stays right for that long."""
        left = self.period - time.time() % self.period
        if left < seconds:
            time.sleep(left)


def _oathtool(*arguments):
    kind, *others, secret = [str(argument) for argument in arguments]
    done = subprocess.run(["oathtool", kind, "--base32", *others, secret], capture_output=True, text=True, timeout=10)
    if done.returncode != 0:
        raise Failed(f"oathtool: {done.stderr.strip()}")
    return done.stdout.strip()


class Clipboard:
    def __init__(self, screen):
        self.environment = {**screen.environment, "PATH": "/usr/bin:/bin"}

    def read(self):
        """None if nobody has a text to give."""
        try:
            done = subprocess.run(["xclip", "-selection", "clipboard", "-out"], env=self.environment,
                                  capture_output=True, timeout=5, preexec_fn=die_with_parent)
        except subprocess.TimeoutExpired:
            raise Failed("the program that owns the clipboard did not answer xclip within 5 s")
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 and done.stdout else None

    def write(self, text):
        """As if copied in another program. xclip stays in the background and serves it."""
        subprocess.run(["xclip", "-selection", "clipboard", "-in"], env=self.environment, input=text.encode(),
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=5, check=True)
        self.wait_for_one_of([text])  # xclip ends before its child owns the clipboard

    def wait_for_one_of(self, texts, seconds=15):
        """`texts`: a list, or a function that gives one. For up to 5 s the program itself waits for the next code, and
        only then asks the token for it."""
        met = []

        def look():
            met[:] = [self.read()]
            return met[0] is not None and met[0] in (texts() if callable(texts) else texts)
        wait_for(look, seconds, lambda: f"on the clipboard is {met[0]!r}, expected one of "
                 f"{texts() if callable(texts) else texts}")
        return met[0]


def migration(accounts, part=0, parts=1, batch=4711):
    """The address that Google Authenticator's export puts into a picture, or into one of several."""
    def varint(n):
        out = b""
        while n > 0x7F:
            out += bytes([n & 0x7F | 0x80])
            n >>= 7
        return out + bytes([n])

    def field(number, value):
        if isinstance(value, int):
            return varint(number << 3) + varint(value)
        return varint(number << 3 | 2) + varint(len(value)) + value

    message = b""
    for one in accounts:
        message += field(1, field(1, base64.b32decode(one.secret)) + field(2, one.account.encode())
                         + field(3, one.issuer.encode()) + field(4, 1) + field(5, 1) + field(6, 2))
    message += field(2, 1) + field(3, parts) + field(4, part) + field(5, batch)
    return "otpauth-migration://offline?data=" + urllib.parse.quote(base64.b64encode(message).decode(), safe="")
