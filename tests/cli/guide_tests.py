"""`tokendeck add` alone at a terminal: it asks for everything, step by step."""
import signal

from bench import (ADMIN_PIN, CANNOT, DONE, OTHER_SECRET, PIN, RFC_SECRET, Terminal, USAGE, USER_PIN, check_no_secret, equal,
                   expect, fails, hotp, on_every_model, test, totp)
from several_tests import export, link, links, names_on

FIRST = "Link, secret or p: "


class Talk:
    """The guide at a terminal. Each step waits for its question, which has to be new, and types the answer."""

    def __init__(self, deck, *arguments, **more):
        self.terminal = Terminal(deck, "add", *arguments, **more)
        self.seen = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        check_no_secret(self.all(), [ADMIN_PIN, USER_PIN, RFC_SECRET, OTHER_SECRET])
        self.terminal.close()

    def all(self):
        return self.seen + self.terminal.seen

    def says(self, text):
        self.terminal.until(text)

    def answer(self, question, text, echo=True):
        self.terminal.until(question)
        equal(self.terminal.echoes(), echo, f"echo at {question!r}")
        self.seen, self.terminal.seen = self.all(), b""
        self.terminal.type(text)

    def end(self, wanted):
        code = self.terminal.end()
        equal(code, wanted, f"exit code, {self.all()!r}")
        return self.all().decode()


@on_every_model
def add_alone_asks_for_a_link_and_ends_with_a_proven_code(deck):
    with Talk(deck) as talk:
        talk.answer(FIRST, link("GitHub:ann", secret=RFC_SECRET) + "\n", echo=False)
        talk.says("GitHub: ann - time-based, 6 digits, 30 seconds")
        talk.says("It goes to ")
        talk.answer("Name on the token [GitHub:ann]: ", "\n")
        talk.answer("Slot [totp:1, the first free one]: ", "\n")
        talk.says('"GitHub:ann" goes to totp:1.')
        talk.answer("12345678): ", ADMIN_PIN + "\n", echo=False)
        seen = talk.end(DONE)
    expect('proven: totp:1 "GitHub:ann"' in seen and "web site" in seen, f"{seen!r}")
    expect("otpauth://" not in seen, "the link is not shown")
    code = seen.split("code: ")[1][:6]
    expect(code in totp(), "the code")
    equal(names_on(deck), {"totp:1": "GitHub:ann"}, "names")
    deck.tries_are(3, 3, "afterwards")


@test
def a_secret_alone_is_asked_about_and_wrong_input_is_asked_for_again(deck):
    deck.added("old", "--slot", "hotp:1", "--counter", "0")
    with Talk(deck) as talk:
        talk.answer(FIRST, "\n", echo=False)
        talk.says("Nothing was typed")
        talk.answer(FIRST, "GEZDGNBV!Y3TQOJQ\n", echo=False)
        talk.says("9")
        talk.answer(FIRST, RFC_SECRET + "\n", echo=False)
        talk.answer("t or c [t]: ", "x\n")
        talk.answer("t or c [t]: ", "c\n")
        talk.answer("Digits of a code [6]: ", "7\n")
        talk.says("6 or 8")
        talk.answer("Digits of a code [6]: ", "8\n")
        talk.answer("Counter to start at [0]: ", "3\n")
        talk.answer("Name on the token: ", "\n")
        talk.says("no name")
        talk.answer("Name on the token: ", "a name that is too long\n")
        talk.says("too long")
        talk.answer("Name on the token: ", "counted\n")
        talk.answer("Slot [hotp:2, the first free one]: ", "totp:1\n")
        talk.says("other kind")
        talk.answer("Slot [hotp:2, the first free one]: ", "hotp:9\n")
        talk.says("no slot hotp:9")
        talk.answer("Slot [hotp:2, the first free one]: ", "hotp:1\n")
        talk.says('hotp:1: "old" -> "counted"')
        talk.answer("Type yes: ", "no\n")
        talk.answer("Slot [hotp:2, the first free one]: ", "hotp:1\n")
        talk.answer("Type yes: ", "yes\n")
        talk.answer("12345678): ", ADMIN_PIN + "\n", echo=False)
        seen = talk.end(DONE)
    expect(f"code: {hotp(3, digits=8)}" in seen, f"{seen!r}")
    equal(names_on(deck), {"hotp:1": "counted"}, "names")


@test
def a_picture_is_asked_for_by_its_path_and_a_missing_part_of_an_export_too(deck):
    deck.added("Bank:me")
    one = deck.picture(export(["GitHub:ann", "Bank:me"], 0, 2), "one.png")
    two = deck.picture(export(["Mail:me", "An issuer of great length:somebody-else"], 1, 2), "two.png")
    with Talk(deck) as talk:
        talk.answer(FIRST, "p\n", echo=False)
        talk.answer("Path of the picture", "/no/such.png\n")
        talk.says("There is no file /no/such.png")
        talk.answer("Path of the picture", f"'{one}'\n")
        talk.says("Part 2 of 2 of the export is missing.")
        talk.answer("Path of its picture", two + "\n")
        talk.says("  3  Mail: me - time-based")
        talk.answer("(Enter alone: all): ", "7\n")
        talk.answer("(Enter alone: all): ", "\n")
        talk.says('Account 2, Bank: me:')
        talk.answer("s to leave this one out: ", "s\n")
        talk.says("has no room")
        talk.answer("Name on the token [somebody-else]: ", "GitHub:ann\n")
        talk.says("has that name")
        talk.answer("Name on the token", "short\n")
        talk.says('"GitHub:ann" goes to totp:2.')
        talk.answer("12345678): ", ADMIN_PIN + "\n", echo=False)
        seen = talk.end(DONE)
    equal(seen.count("proven: "), 3, "proven")
    equal(names_on(deck), {"totp:1": "Bank:me", "totp:2": "GitHub:ann", "totp:3": "Mail:me", "totp:4": "short"}, "names")
    deck.tries_are(3, 3, "afterwards")


@test
def an_account_that_is_there_already_can_be_replaced(deck):
    deck.added("GitHub:ann", "--slot", "totp:4", secret=OTHER_SECRET)
    with Talk(deck) as talk:
        talk.answer(FIRST, link("GitHub:ann") + "\n", echo=False)
        talk.says('totp:4 "GitHub:ann" seems to be this account already')
        talk.answer("or r to replace it: ", "x\n")
        talk.answer("or r to replace it: ", "r\n")
        talk.answer("12345678): ", ADMIN_PIN + "\n", echo=False)
        talk.end(DONE)
    equal(names_on(deck), {"totp:4": "GitHub:ann"}, "names")
    expect(deck.run("code", "github").out.strip() in totp(), "the new secret")


@test
def ctrl_c_at_any_question_leaves_everything_untouched_and_says_so(deck):
    deck.added("old", "--slot", "totp:1")
    before = deck.state()
    steps = [(FIRST, link("GitHub:ann") + "\n", False), ("Name on the token [GitHub:ann]: ", "\n", True),
             ("Slot [totp:2, the first free one]: ", "totp:1\n", True), ("Type yes: ", "yes\n", True),
             ("12345678): ", ADMIN_PIN, False)]
    for number in range(len(steps)):
        with Talk(deck) as talk:
            for question, text, echo in steps[:number]:
                talk.answer(question, text, echo)
            talk.answer(steps[number][0], "\x03", steps[number][2])
            seen = talk.end(-signal.SIGINT)
            expect("Nothing was changed." in seen, f"Ctrl-C at {steps[number][0]!r}: {seen!r}")
            expect(talk.terminal.echoes(), "echo is back")
        with Talk(deck) as talk:
            for question, text, echo in steps[:number]:
                talk.answer(question, text, echo)
            talk.answer(steps[number][0], "\x04", steps[number][2])
            seen = talk.end(USAGE)
            expect("othing was " in seen, f"the input ends at {steps[number][0]!r}: {seen!r}")
    equal(deck.state(), before, "the token's state")
    deck.tries_are(3, 3, "afterwards")


@test
def a_wrong_pin_in_the_guide_is_not_asked_for_again(deck):
    with Talk(deck) as talk:
        talk.answer(FIRST, link("GitHub:ann") + "\n", echo=False)
        talk.answer("Name on the token", "\n")
        talk.answer("Slot [", "\n")
        talk.answer("12345678): ", "wrong-wrong\n", echo=False)
        seen = talk.end(PIN)
    equal(seen.count("Admin PIN of"), 1, "prompts")
    expect("2 tries" in seen, f"{seen!r}")
    deck.tries_are(3, 2, "afterwards")
    equal(names_on(deck), {}, "names")


@test
def what_the_token_cannot_hold_is_said_before_the_pin_in_the_guide(deck):
    import base64
    with Talk(deck) as talk:
        talk.answer(FIRST, link("Long:me", secret=base64.b32encode(bytes(range(1, 42))).decode().rstrip("=")) + "\n", echo=False)
        seen = talk.end(CANNOT)
    expect("41 bytes" in seen and "PIN of" not in seen, f"{seen!r}")


@test
def without_a_terminal_add_alone_says_how_to_go_on(deck):
    run = fails(deck.run("add"), USAGE, "--image", "--uri-file", "in a terminal")
    equal(run.out, "", "standard output")


@test
def a_token_that_is_not_there_is_looked_for_again(deck):
    with Talk(deck, "--token", "no-such") as talk:
        talk.answer(FIRST, link("GitHub:ann") + "\n", echo=False)
        talk.says("No token has the key or serial")
        talk.answer("Press Enter to look for it again", "\n")
        talk.answer("Press Enter to look for it again", "\x04")
        talk.end(USAGE)


@test
def of_several_tokens_the_guide_asks_which(deck):
    with Talk(deck, plugged=("pro", "storage")) as talk:
        talk.answer(FIRST, link("GitHub:ann") + "\n", echo=False)
        talk.says("Several tokens are plugged in:")
        talk.says("  2  Nitrokey Storage")
        talk.answer("Which one? Its number: ", "3\n")
        talk.says("Type a number from the list.")
        talk.answer("Which one? Its number: ", "2\n")
        talk.says("It goes to Nitrokey Storage")
        talk.answer("Name on the token", "\n")
        talk.answer("Slot [", "\n")
        talk.says("Admin PIN of Nitrokey Storage")
        talk.answer("12345678): ", "12345678\n", echo=False)
        talk.end(DONE)
