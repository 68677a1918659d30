"""Where a PIN comes from, and that each is used once."""
from bench import ADMIN_PIN, DONE, PIN, RFC_SECRET, USAGE, USER_PIN, equal, expect, fails, test, totp


@test
def without_a_terminal_and_without_a_pin_the_three_ways_are_named(deck):
    deck.added("old")
    before = deck.state()
    for arguments in (("add", "--secret-file", "-", "--name", "x"), ("remove", "totp:1")):
        fails(deck.run(*arguments, stdin=RFC_SECRET), USAGE, "terminal", "--pin-file", "TOKENDECK_ADMIN_PIN")
    equal(deck.state(), before, "the token's state")


@test
def a_pin_comes_from_the_first_line_of_a_file_or_of_standard_input(deck):
    deck.added("a")
    deck.added("b")
    equal(deck.run("remove", "a", "--pin-file", deck.write("pin", ADMIN_PIN + "\nsomething else\n")).code, DONE, "from a file")
    equal(deck.run("remove", "b", "--pin-file", "-", stdin=ADMIN_PIN).code, DONE, "from standard input")


@test
def a_pin_file_goes_before_the_environment(deck):
    deck.added("a")
    run = deck.run("remove", "a", "--pin-file", deck.write("pin", ADMIN_PIN), env={"TOKENDECK_ADMIN_PIN": "wrong-wrong"})
    equal(run.code, DONE, f"{run}")


@test
def a_pin_file_that_cannot_be_right_costs_no_try(deck):
    deck.added("a")
    for content in ("", "\n" + ADMIN_PIN, ADMIN_PIN + "\r\n", "\x00" * 8):
        fails(deck.run("remove", "a", "--pin-file", deck.write("pin", content)), USAGE, "--pin-file")
    fails(deck.run("remove", "a", "--pin-file", "no-such-file"), USAGE, "no-such-file")
    equal(deck.status()["admin_tries"], 3, "tries")


@test
def codes_that_need_the_user_pin_get_it_once(deck):
    deck.added("github")
    deck.protect_codes()
    expect(deck.status()["pin_protection"] is True, "status --json")
    fails(deck.run("code", "github"), USAGE, "user PIN", "TOKENDECK_USER_PIN")
    expect(deck.run("code", "github", env={"TOKENDECK_USER_PIN": USER_PIN}).out.strip() in totp(), "by environment")
    expect(deck.run("code", "github", "--pin-file", "-", stdin=USER_PIN).out.strip() in totp(), "by file")
    fails(deck.run("code", "github", env={"TOKENDECK_USER_PIN": "wrong-wrong"}), PIN, "2 tries")
    equal((deck.status()["user_tries"], deck.status()["admin_tries"]), (2, 3), "tries")


@test
def adding_to_a_token_with_protected_codes_needs_both_pins(deck):
    deck.protect_codes()
    before = deck.state()
    fails(deck.add_secret("x"), USAGE, "user PIN")
    equal(deck.state(), before, "the token's state")
    deck.added("x", env={"TOKENDECK_USER_PIN": USER_PIN})
    equal(deck.slots()["totp:1"]["name"], "x", "the slot")
