"""What happens at a terminal: which PIN is asked for, and how."""
import base64
import os
import signal

from bench import (ADMIN_PIN, CANNOT, DONE, FAILED, MODELS, NEW_PIN, OTHER_SECRET, PIN, RFC_SECRET, Terminal, USAGE, USER_PIN,
                   check_no_secret, equal, expect, fails, on_every_model, test, white_png)


@test
def the_pin_is_asked_for_on_the_terminal_and_not_shown(deck):
    terminal = Terminal(deck, "add", "--name", "github", "--secret-file", deck.write("secret", RFC_SECRET))
    try:
        terminal.until("): ")
        expect(b"Admin PIN of Nitrokey Pro" in terminal.seen, f"which PIN: {terminal.seen!r}")
        expect(b"3 tries left" in terminal.seen and b"12345678" in terminal.seen, f"tries and default: {terminal.seen!r}")
        expect(not terminal.echoes(), "echo is off")
        terminal.type(ADMIN_PIN + "\n")
        equal(terminal.end(), DONE, f"exit code, {terminal.seen!r}")
        check_no_secret(terminal.seen, [ADMIN_PIN, RFC_SECRET])
        expect(b'proven: totp:1 "github"' in terminal.seen, f"{terminal.seen!r}")
        expect(terminal.echoes(), "echo is back")
    finally:
        terminal.close()


@test
def secrets_links_and_pins_from_standard_input_are_asked_for_at_a_terminal_and_not_shown(deck):
    link = f"otpauth://totp/Bank:me?secret={OTHER_SECRET}&issuer=Bank"
    admin = {"TOKENDECK_ADMIN_PIN": ADMIN_PIN}
    for arguments, prompt, typed, env in ((("add", "--secret-file", "-", "--name", "x"), "Secret of the account", RFC_SECRET, admin),
                                          (("add", "--uri-file", "-"), "otpauth link", link, admin),
                                          (("remove", "x", "--pin-file", "-"), "Admin PIN of", ADMIN_PIN, {}),
                                          # It goes before the environment, as a file does.
                                          (("remove", "bank", "--pin-file", "-"), "Admin PIN of", ADMIN_PIN,
                                           {"TOKENDECK_ADMIN_PIN": "wrong-wrong"})):
        terminal = Terminal(deck, *arguments, env=env)
        try:
            terminal.until(prompt)
            terminal.until("): ")
            expect(not terminal.echoes(), f"echo is off for {arguments}")
            terminal.type(typed + "\n")  # one line is enough, nothing has to be ended
            equal(terminal.end(), DONE, f"exit code of {arguments}, {terminal.seen!r}")
            expect(terminal.echoes(), f"echo is back after {arguments}")
            check_no_secret(terminal.seen, [ADMIN_PIN, RFC_SECRET, OTHER_SECRET])
            expect(b"otpauth://" not in terminal.seen, f"the link is shown: {terminal.seen!r}")
        finally:
            terminal.close()
    deck.tries_are(3, 3, "afterwards")
    equal({slot["state"] for slot in deck.slots().values()}, {"empty"}, "slots")


@test
def a_new_pin_from_standard_input_is_asked_for_twice_at_a_terminal(deck):
    code, seen = talk(deck, ("pin", "user", "--new-pin-file", "-"), ("New user PIN", NEW_PIN), ("PIN again", NEW_PIN),
                      env={"TOKENDECK_USER_PIN": USER_PIN})
    equal(code, DONE, f"{seen!r}")
    deck.pins_are(NEW_PIN, ADMIN_PIN)


@test
def an_account_that_nobody_types_at_the_terminal_changes_nothing(deck):
    before = deck.state()
    for typed in ("\n", "\x04"):
        terminal = Terminal(deck, "add", "--secret-file", "-", "--name", "x", env={"TOKENDECK_ADMIN_PIN": ADMIN_PIN})
        try:
            terminal.until("): ")
            terminal.type(typed)
            equal(terminal.end(), USAGE, f"exit code, {terminal.seen!r}")
            expect(b"nothing was typed" in terminal.seen, f"{terminal.seen!r}")
        finally:
            terminal.close()
    equal(deck.state(), before, "the token's state")


@test
def a_wrong_pin_at_the_prompt_is_not_asked_for_again(deck):
    deck.added("github")
    terminal = Terminal(deck, "remove", "github")
    try:
        terminal.until("): ")
        terminal.type("wrong-wrong\n")
        equal(terminal.end(), PIN, f"exit code, {terminal.seen!r}")
        equal(terminal.seen.count(b"Admin PIN of"), 1, "prompts")
        expect(b"2 tries" in terminal.seen and b"wrong-wrong" not in terminal.seen, f"{terminal.seen!r}")
    finally:
        terminal.close()
    equal(deck.status()["admin_tries"], 2, "tries")


@test
def what_cannot_work_is_said_before_a_pin_is_asked_for(deck):
    deck.added("old", "--slot", "totp:1")
    long_secret = deck.write("long", base64.b32encode(bytes(range(1, 42))))
    secret = deck.write("secret", RFC_SECRET)
    for arguments, wanted in ((("--secret-file", long_secret, "--name", "x"), CANNOT),
                              (("--secret-file", secret, "--name", "x", "--slot", "totp:1"), USAGE),
                              (("--secret-file", secret, "--name", "a name that is too long"), CANNOT),
                              (("--secret-file", secret, "--name", "x", "--counter", str(2**63)), CANNOT),
                              (("--image", "no-such.png"), USAGE)):
        code, seen = talk(deck, ("add", *arguments))
        equal(code, wanted, f"exit code, {seen!r}")
        expect("PIN of" not in seen, f"a PIN was asked for: {seen!r}")


@on_every_model
def what_can_be_refused_without_a_pin_is_refused_before_one_is_looked_for(deck):
    deck.added("x")
    edits, keys = MODELS[deck.model][3:5]
    unreadable = deck.write("unreadable", RFC_SECRET)
    os.chmod(unreadable, 0)
    refused = [
        (("add", "--image", "no-such.png"), USAGE, "no-such.png"),
        (("add", "--image", deck.write("text.png", "this is no picture")), USAGE, "picture"),
        (("add", "--image", deck.write("white.png", white_png())), USAGE, "QR code"),
        (("add", "--uri-file", "no-such-file"), USAGE, "no-such-file"),
        (("add", "--secret-file", deck.write("odd", "GEZDGNBV!Y3TQOJQ"), "--name", "y"), USAGE, "9"),
        (("add", "--secret-file", deck.write("long", base64.b32encode(bytes(range(1, 42)))), "--name", "y"), CANNOT, "41"),
        (("add", "--secret-file", deck.write("secret", RFC_SECRET), "--name", "y", "--slot", "totp:1"), USAGE, "in use"),
        (("rename", "nobody", "--name", "y"), USAGE, "nobody"),
        (("rename", "x", "--period", "0"), CANNOT, "0 seconds" if edits else "cannot change an account"),
        (("rename", "x", "--name", "a name that is too long"), CANNOT, "15" if edits else "cannot change an account"),
        (("rename", "x", "--name", "x"), USAGE if edits else CANNOT, "already" if edits else "cannot change an account"),
        (("rename", "totp:9", "--name", "y"), USAGE, "empty"),
        (("rename", "totp:99", "--name", "y"), USAGE, "no slot totp:99"),
        (("remove", "nobody"), USAGE, "nobody"),
        (("remove", "totp:99"), USAGE, "no slot totp:99"),
        (("remove", "totp:9"), USAGE, "empty"),
        (("code", "nobody"), USAGE, "nobody"),
        (("config", "--pin-protection", "off"), USAGE, "already"),
        (("config", "--scrolllock", "3"), CANNOT, "Scroll Lock") if keys < 3 else (("remove", "hotp:3"), USAGE, "empty"),
    ]
    if os.geteuid() != 0:
        refused.append((("add", "--secret-file", unreadable, "--name", "y"), USAGE, "not allowed to read"))
    for arguments, wanted, word in refused:
        code, seen = talk(deck, arguments)
        equal(code, wanted, f"exit code of {arguments}, {seen!r}")
        expect(word in seen and "PIN of" not in seen, f"{arguments} at a terminal: {seen!r}")
        # And where nobody could give one, or its file is bad, that is not what is said.
        fails(deck.run(*arguments), wanted, word)
        fails(deck.run(*arguments, "--pin-file", "no-such-pin"), wanted, word)
    deck.edit("user_tries", "0")
    deck.protect_codes()
    code, seen = talk(deck, ("add", "--secret-file", deck.write("secret", RFC_SECRET), "--name", "y"))
    equal(code, PIN, f"{seen!r}")
    expect("user PIN is blocked" in seen and "PIN of" not in seen, f"one of two PINs is blocked: {seen!r}")


@test
def a_new_pin_that_cannot_be_is_refused_when_it_is_typed(deck):
    for task, given, prompt in (("user", USER_PIN, "123456): "), ("admin", ADMIN_PIN, "12345678): ")):
        code, seen = talk(deck, ("pin", task), (prompt, given), (" to 20 characters): ", "12345"))
        equal(code, USAGE, f"{seen!r}")
        expect(f"new {task} PIN is too short" in seen and "PIN again" not in seen, f"{seen!r}")
    deck.tries_are(3, 3, "nothing was sent")
    deck.pins_are(USER_PIN, ADMIN_PIN)


@test
def both_pins_are_asked_for_when_both_are_needed(deck):
    deck.protect_codes()
    terminal = Terminal(deck, "add", "--name", "github", "--secret-file", deck.write("secret", RFC_SECRET))
    try:
        terminal.until("Admin PIN of")
        terminal.until("12345678): ")
        terminal.type(ADMIN_PIN + "\n")
        terminal.until("User PIN of")
        terminal.until("123456): ")
        terminal.type(USER_PIN + "\n")
        equal(terminal.end(), DONE, f"exit code, {terminal.seen!r}")
        check_no_secret(terminal.seen, [ADMIN_PIN, USER_PIN])
    finally:
        terminal.close()


@test
def leaving_the_prompt_costs_no_try_and_puts_the_terminal_right(deck):
    deck.added("github")
    for typed, wanted in (("\x03", -signal.SIGINT), ("\x04", USAGE), ("\n", USAGE)):
        terminal = Terminal(deck, "remove", "github")
        try:
            terminal.until("): ")
            terminal.type(typed)
            equal(terminal.end(), wanted, f"exit code after {typed!r}, {terminal.seen!r}")
            expect(terminal.echoes(), f"echo is back after {typed!r}")
        finally:
            terminal.close()
    equal(deck.status()["admin_tries"], 3, "tries")
    equal(deck.slots()["totp:1"]["name"], "github", "the slot")


@test
def a_pin_does_not_stay_in_the_environment(deck):
    deck.added("github")
    terminal = Terminal(deck, "remove", "github", env={"TOKENDECK_USER_PIN": USER_PIN})
    try:
        terminal.until("): ")
        try:
            with open(f"/proc/{terminal.pid}/environ", "rb") as file:
                check_no_secret(file.read(), [USER_PIN])
        except PermissionError:
            pass  # even better
        terminal.type("\x04")
        terminal.end()
    finally:
        terminal.close()


# ---- care of the token ---------------------------------------------------------------------------------------------


def talk(deck, arguments, *steps, env=None):
    """Runs at a terminal: for each step waits for its text and types its answer. The exit code, and all that was seen."""
    terminal = Terminal(deck, *arguments, env=env)
    try:
        for text, answer in steps:
            terminal.until(text)
            terminal.type(answer + "\n")
        code = terminal.end()
        check_no_secret(terminal.seen, [ADMIN_PIN, USER_PIN, NEW_PIN])
        return code, terminal.seen.decode()
    finally:
        terminal.close()


@on_every_model
def the_prompt_is_a_coach(deck):
    deck.added("x")
    deck.protect_codes()
    deck.edit("user_tries", "2")
    code, seen = talk(deck, ("code", "x"), ("123456): ", USER_PIN))
    equal(code, DONE, f"{seen}")
    for part in ("User PIN of", deck.kept("card_serial"), "2 tries left", "on a new token", "blocks it until", "pin unblock"):
        expect(part in seen, f"{part!r} is not in {seen!r}")
    code, seen = talk(deck, ("remove", "x"), ("12345678): ", ADMIN_PIN))
    equal(code, DONE, f"{seen}")
    for part in ("Admin PIN of", "3 tries left", "blocks it for good", "GnuPG"):
        expect(part in seen, f"{part!r} is not in {seen!r}")


@test
def the_last_try_is_asked_about_before_the_pin(deck):
    deck.added("x")
    deck.edit("admin_tries", "1")
    code, seen = talk(deck, ("remove", "x"), ("Type yes: ", "no"))
    equal(code, PIN, f"{seen}")
    expect("One try is left" in seen and "for good" in seen and "Admin PIN of" not in seen, f"{seen!r}")
    deck.tries_are(3, 1, "after a no")
    code, seen = talk(deck, ("remove", "x"), ("Type yes: ", "yes"), ("12345678): ", ADMIN_PIN))
    equal(code, DONE, f"{seen}")
    deck.tries_are(3, 3, "after the right PIN")


@on_every_model
def a_new_pin_is_asked_for_twice(deck):
    code, seen = talk(deck, ("pin", "user"), ("123456): ", USER_PIN), ("New user PIN", NEW_PIN), ("PIN again", NEW_PIN))
    equal(code, DONE, f"{seen}")
    deck.pins_are(NEW_PIN, ADMIN_PIN)
    code, seen = talk(deck, ("pin", "admin"), ("12345678): ", ADMIN_PIN), ("New admin PIN", NEW_PIN), ("PIN again", NEW_PIN + "x"))
    equal(code, USAGE, f"{seen}")
    deck.pins_are(NEW_PIN, ADMIN_PIN)
    deck.tries_are(3, 3, "no try was used")


@on_every_model
def a_reset_is_confirmed_by_the_cards_serial_and_the_pin_typed_twice(deck):
    deck.added("x")
    before = deck.state()
    serial = deck.kept("card_serial")
    code, seen = talk(deck, ("reset",), (f"type {serial}: ", "yes"))
    equal(code, FAILED, f"{seen}")
    expect("nothing was changed" in seen and "You lose: " in seen, f"{seen!r}")
    code, seen = talk(deck, ("reset",), (f"type {serial}: ", serial), ("12345678): ", ADMIN_PIN), ("PIN again", ADMIN_PIN + "x"))
    equal(code, USAGE, f"{seen}")
    equal(deck.state(), before, "the token's state")
    code, seen = talk(deck, ("reset",), (f"type {serial}: ", serial), ("12345678): ", ADMIN_PIN), ("PIN again", ADMIN_PIN))
    equal(code, DONE, f"{seen}")
    expect(seen.index("You lose: ") < seen.index("Admin PIN of"), "what is lost is said before the PIN is asked for")
    deck.pins_are("123456", "12345678")


@test
def at_a_terminal_a_hotp_code_says_which_counter_it_used_up(deck):
    deck.added("h", "--counter", "5")
    deck.added("t")
    code, seen = talk(deck, ("code", "h"))
    expect(code == DONE and "counter 6" in seen and "used up" in seen, f"{seen!r}")
    code, seen = talk(deck, ("code", "t"))
    expect(code == DONE and "used up" not in seen, f"{seen!r}")
