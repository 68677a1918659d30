"""Answers in JSON. That each is as docs/json-schema.json says is checked in the bench, in every test with --json."""
from bench import (ADMIN_PIN, CANNOT, DONE, MODELS, NEW_PIN, NO_TOKEN, OTHER_SECRET, PIN, RFC_SECRET, SCHEMA, USAGE, USER_PIN, Terminal,
                   against, equal, expect, fails, hotp, on_every_model, test, totp)

PINS = {"TOKENDECK_ADMIN_PIN": ADMIN_PIN, "TOKENDECK_USER_PIN": USER_PIN, "TOKENDECK_NEW_PIN": NEW_PIN}


@on_every_model
def every_subcommand_answers_as_the_schema_says_and_says_what_it_did(deck):
    deck.added("time")
    picture = deck.picture(f"otpauth://totp/Example:alice?secret={OTHER_SECRET}&issuer=Example")
    uri = deck.write("uri", f"otpauth://hotp/Bank:me?secret={RFC_SECRET}&issuer=Bank&counter=0")
    rename = ((("rename", "bank", "--name", "other"), "renamed"), (("remove", "other"), "removed")) if MODELS[deck.model][3] else \
        ((("remove", "bank"), "removed"),)
    done = (("add", "--uri-file", uri), "proven"), *rename, (("pin", "user"), "pin_changed"), \
        (("pin", "unblock"), "pin_unblocked"), (("config", "--pin-protection", "on"), "configured"), (("lock",), "locked"), \
        (("reset", "--yes", "--new-aes-key"), "key_made"), (("reset", "--yes"), "reset")
    looked = ("devices",), ("status",), ("list",), ("code", "time"), ("config",), ("scan", picture), ("doctor",), ("report",)
    for arguments in looked:
        run = deck.run(*arguments, "--json")
        expect(run.json(), f"{arguments} answers")
    for arguments, result in done:
        env = {**PINS, "TOKENDECK_USER_PIN": NEW_PIN} if arguments[0] == "reset" else PINS
        run = deck.run(*arguments, "--json", env=env)
        equal((run.code, run.json()["result"]), (DONE, result), f"{arguments}: {run}")


@test
def the_schema_is_strict(deck):
    """The test of the tests above: the checker finds what is wrong."""
    slot = deck.run("list", "--json").json()[0]
    equal(against(SCHEMA["$defs"]["slot"], slot), None, "a slot")
    for change in ({"state": "odd"}, {"digits": "6"}, {"digits": True}, {"counter": -1}, {"slot": "slot:1"}, {"more": 1}):
        expect(against(SCHEMA["$defs"]["slot"], {**slot, **change}), f"{change} is not found")
    expect(against(SCHEMA["$defs"]["slot"], {key: slot[key] for key in slot if key != "period"}), "what is missing is not found")


@test
def an_error_is_one_object_on_standard_error_with_code_message_and_next(deck):
    deck.added("github")
    for run, code, name in ((deck.run("code", "nobody", "--json"), USAGE, "cli.no-such-name"),
                            (deck.run("--json", "code", "totp:9"), USAGE, "cli.slot-empty"),
                            (deck.run("code", "--json", "totp:99"), USAGE, "cli.no-such-slot"),
                            (deck.run("rename", "github", "--name", "x", "--period", "0", "--json"), CANNOT, "otp."),
                            (deck.run("remove", "github", "--json", env={"TOKENDECK_ADMIN_PIN": "wrong-wrong"}), PIN, "device.wrong-pin"),
                            (deck.run("remove", "github", "--json"), USAGE, "cli.usage"),
                            (deck.add_secret("x", "--slot", "totp:1", "--json"), USAGE, "cli.slot-in-use"),
                            (deck.raw("list", "--json"), NO_TOKEN, "cli.no-token"),
                            (deck.run("add", "--image", "/no/such.png", "--json"), USAGE, "base.file-not-found"),
                            (deck.run("add", "--json"), USAGE, "cli.usage"),
                            (deck.run("lsit", "--json"), USAGE, "cli.usage"),
                            (deck.run("--json"), USAGE, "cli.usage")):
        fails(run, code, name)
        equal(run.out, "", "standard output")
        expect(run.err.startswith('{"code":"' + name), f"{run}")
    run = deck.run("code", "nobody", "--json")
    equal(run.err, '{"code":"cli.no-such-name","message":"No slot is called \\"nobody\\".",'
                   '"next":"`tokendeck list` shows the names."}\n', "the whole line")


@test
def no_code_is_in_the_answer_of_add_unless_it_is_asked_for(deck):
    for name, more in (("time", ()), ("counted", ("--counter", "7"))):
        run = deck.added(name, "--json", *more)
        expect("code" not in run.json(), f"{run}")
        shown = deck.added(name, "--json", "--show-code", "--overwrite", "--slot", run.json()["slot"], *more).json()
        expect(shown["code"] in (totp() if name == "time" else {hotp(7)}), f"the code of {name}")
        code = deck.run("code", name, "--json").json()
        equal([key for key in shown if key not in code], ["result"], "what only add says")
    fails(deck.add_secret("x", "--show-code"), USAGE, "--json")


@test
def what_a_reset_will_do_is_a_notice_in_json(deck):
    run = deck.admin("reset", "--json")
    lines = run.err.splitlines()
    expect(run.code == USAGE and len(lines) > 2, f"{run}")
    expect(all(line.startswith('{"notice":') for line in lines[:-1]) and lines[-1].startswith('{"code":"cli.usage"'), f"{run}")


@test
def at_a_terminal_what_is_said_of_a_hotp_code_is_a_notice(deck):
    deck.added("bank", "--counter", "5")
    terminal = Terminal(deck, "code", "bank", "--json")
    try:
        equal(terminal.end(), DONE, f"{terminal.seen!r}")
        expect(b'{"notice":"The code of counter' in terminal.seen, f"what is said of a HOTP code: {terminal.seen!r}")
    finally:
        terminal.close()
