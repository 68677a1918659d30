"""Another program asks one Storage for its status all the time, while tokendeck works with it. Such a token lays the
status that the other asked for over our reply, or shows a reply that it is still building, both with right checksums
(docs/protocol/pro-storage.md, section 11.14). Whatever tokendeck says then is right, or says that the other program is
in the way; no figure and no verdict is wrong. With real times, as the short ones leave such moments out."""
import json
import threading
import time

from tokens import (ADMIN, DECK, DONE, FAILED, NO_ANSWER, RFC, Token, base32_line, equal, expect, hotp_code, judged,
                    totp_codes)

SECONDS = 6        # after which no further round begins; a write takes about as long beside another program
ROUNDS = 6
IN_THE_WAY = "Another program is talking to the token"
COUNTER = 5


class Others:
    """A program that is started again and again until the end of the block."""

    def __init__(self, token, command):
        self.token, self.command = token, command
        self.good = 0

    def __enter__(self):
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self.poll)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.thread.join()

    def poll(self):
        while not self.ending.is_set():
            self.good += self.token.run(self.command).returncode == 0


class Work:
    """What tokendeck says, each time right, refused for the other program, or wrong."""

    def __init__(self, token):
        self.token = token
        self.right, self.refused = 0, 0

    def run(self, arguments, verdict, secret="", may_be_unsure=False):
        since = time.time()
        run = self.token.run([DECK, *arguments], secret, {"TOKENDECK_ADMIN_PIN": ADMIN})
        said = f"tokendeck {' '.join(arguments)} ({run.returncode}): {run.stdout}{run.stderr}"
        if run.returncode == DONE:
            wrong = verdict(run.stdout, since)
            expect(not wrong, f"tokendeck {arguments[0]} said {wrong}")
            self.right += 1
        else:
            # A write that broke off says that the slot is unsure, and why.
            expect(run.returncode in ((NO_ANSWER, FAILED) if may_be_unsure else (NO_ANSWER,)), said)
            expect(IN_THE_WAY in run.stderr, said)
            self.refused += 1

    def ended(self, note, least):
        expect(self.right >= least, f"only {self.right} of {self.right + self.refused} came to an end")
        if self.refused:
            note.append(f"{self.refused} of {self.right + self.refused} refused, as another program was in the way")


def without_state(listed):
    """What this process wrote is proven, what another one wrote is programmed."""
    return [{**slot, "state": slot["state"] == "empty"} for slot in listed]


def differing(said, right):
    """What is not as it was before the other program came; nothing if all is."""
    if isinstance(right, list):
        return [met for met, wanted in zip(said, right, strict=True) if met != wanted]
    return {key: met for key, met in said.items() if met != right[key]}


def judge_beside(model, folder):
    token = Token(model, folder)
    token.env["TOKENDECK_VIRTUAL_TIMING"] = "real"
    for slot, more in (("totp:1", ()), ("totp:3", ()), ("hotp:1", ("--counter", str(COUNTER)))):
        token.add("account", RFC, "--slot", slot, *more)

    def slots():
        return without_state(json.loads(token.deck("list", "--json")))

    status, listed = token.status(), slots()
    ours = {
        "status": (["status", "--json"], lambda said, _: differing(json.loads(said), status)),
        "list": (["list", "--json"], lambda said, _: differing(without_state(json.loads(said)), listed)),
        "code": (["code", "totp:1"], lambda said, since: said.strip() not in totp_codes(RFC, since) and "another code"),
        "add": (["add", "--secret-file", "-", "--name", "account", "--slot", "totp:3", "--overwrite",
                 "--allow-duplicate"],
                lambda said, since: not said.startswith("proven: totp:3") and said),
    }

    def during(words, client, theirs, commands, least, **more):
        with judged(token, words, client) as note:
            work, since = Work(token), time.monotonic()
            with Others(token, theirs) as others:
                while work.right + work.refused < ROUNDS and time.monotonic() - since < SECONDS:
                    for command in commands:
                        work.run(*ours[command], **more)
            expect(others.good, "it was never answered, so that nothing was tried")
            work.ended(note, least)

    for command in ("status", "list", "code"):
        during(f"{command} while it asks for the status all the time", "nitrocli", ["nitrocli", "status"], [command], 1)
    during("add while it asks for the status all the time", "nitrocli", ["nitrocli", "status"], ["add"], 0,
           secret=base32_line(RFC), may_be_unsure=True)
    during("two at once", "tokendeck", [DECK, "status"], ["status", "list"], 1)
    with judged(token, "nothing is changed by two programs at once", "tokendeck"):
        equal(differing(token.status(), status), {}, "status")
        equal(differing(slots(), listed), [], "slots")
        equal(token.deck("code", "hotp:1").strip(), hotp_code(RFC, COUNTER + 1), "HOTP code")
