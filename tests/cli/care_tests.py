"""Care of the token, on every simulated one: PINs, settings, lock, reset, keys, and the last try."""
from bench import (ADMIN_PIN, CANNOT, DONE, FAILED, MODELS, NEW_PIN, PIN, RFC_SECRET, USAGE, USER_PIN, equal, expect,
                   fails, on_every_model, test, totp)

WRONG = {"TOKENDECK_ADMIN_PIN": "wrong-wrong", "TOKENDECK_USER_PIN": "wrong-wrong"}
NEW = {"TOKENDECK_NEW_PIN": NEW_PIN}


def says_consequences(run, *words):
    """Standard error says what will happen, before anything is done."""
    for word in ("You lose: ", "Note: ", *words):
        expect(word in run.err, f"standard error does not say {word!r}: {run}")


# ---- PINs ----


@on_every_model
def the_user_pin_is_changed(deck):
    run = deck.run("pin", "user", env={"TOKENDECK_USER_PIN": USER_PIN, **NEW})
    equal((run.code, run.err), (DONE, ""), f"{run}")
    deck.pins_are(NEW_PIN, ADMIN_PIN)
    deck.tries_are(3, 3, "afterwards")


@on_every_model
def the_admin_pin_is_changed_and_the_new_one_is_needed_from_then_on(deck):
    deck.added("x")
    run = deck.admin("pin", "admin", "--new-pin-file", deck.write("new", f"{NEW_PIN}\n{NEW_PIN}\n"), "--json")
    equal((run.code, run.json()), (DONE, {"result": "pin_changed", "remarks": []}), f"{run}")
    deck.pins_are(USER_PIN, NEW_PIN)
    fails(deck.admin("remove", "x"), PIN, "2 tries")
    equal(deck.run("remove", "x", env={"TOKENDECK_ADMIN_PIN": NEW_PIN}).code, DONE, "with the new one")


@on_every_model
def a_blocked_user_pin_is_set_anew_with_the_admin_pin(deck):
    deck.edit("user_tries", "0")
    fails(deck.run("pin", "user", env={"TOKENDECK_USER_PIN": USER_PIN, **NEW}), PIN, "blocked", "admin PIN")
    deck.pins_are(USER_PIN, ADMIN_PIN)
    run = deck.admin("pin", "unblock", env=NEW)
    equal((run.code, run.err), (DONE, ""), f"{run}")
    deck.pins_are(NEW_PIN, ADMIN_PIN)
    deck.tries_are(3, 3, "afterwards")


@on_every_model
def a_wrong_present_pin_costs_one_try_of_that_pin_and_changes_nothing(deck):
    for task, left in (("user", (2, 3)), ("admin", (2, 2)), ("unblock", (2, 1))):
        fails(deck.run("pin", task, env={**WRONG, **NEW}), PIN, "wrong")
        deck.tries_are(*left, f"after pin {task}")
    deck.pins_are(USER_PIN, ADMIN_PIN)


@on_every_model
def new_pins_that_cannot_be_right_cost_no_try(deck):
    before = deck.state()
    right = {"TOKENDECK_ADMIN_PIN": ADMIN_PIN, "TOKENDECK_USER_PIN": USER_PIN}
    for task, short in (("user", "12345"), ("admin", "1234567"), ("unblock", "12345")):
        which = "new admin PIN" if task == "admin" else "new user PIN"
        for env in (right, {}):  # with the current PIN and without
            fails(deck.run("pin", task, env={**env, "TOKENDECK_NEW_PIN": short}), USAGE, which, "short",
                  f"at least {len(short) + 1} characters", "no try")
            fails(deck.run("pin", task, env={**env, "TOKENDECK_NEW_PIN": "x" * 21}), USAGE, which, "long",
                  "at most 20 characters", "no try")
        fails(deck.run("pin", task, "--new-pin-file", deck.write("new", f"{short}\n{short}\n"), env=right), USAGE, which)
        fails(deck.run("pin", task, "--new-pin-file", deck.write("new", f"{NEW_PIN}\n{NEW_PIN}x\n"), env=right), USAGE,
              "--new-pin-file", "must both be")
        fails(deck.run("pin", task, "--new-pin-file", deck.write("new", NEW_PIN), env=right), USAGE, "must both be")
        fails(deck.run("pin", task, "--new-pin-file", "no-such-file", env=right), USAGE, "no-such-file")
        fails(deck.run("pin", task, env=right), USAGE, "--new-pin-file", "TOKENDECK_NEW_PIN")
    equal(deck.state(), before, "the token's state")


@test
def a_new_pin_comes_from_standard_input_too_and_the_file_goes_before_the_environment(deck):
    run = deck.admin("pin", "admin", "--new-pin-file", "-", stdin=f"{NEW_PIN}\n{NEW_PIN}\n",
                     env={"TOKENDECK_NEW_PIN": "another-pin"})
    equal(run.code, DONE, f"{run}")
    deck.pins_are(USER_PIN, NEW_PIN)


@test
def a_pin_change_that_breaks_off_says_that_the_pin_may_be_either(deck):
    deck.fault("unplug_after=15:1")
    fails(deck.admin("pin", "admin", env=NEW), FAILED, "old", "new")


# ---- the last try ----


@on_every_model
def the_last_try_is_used_only_when_that_is_said(deck):
    deck.added("x")
    deck.edit("admin_tries", "1")
    before = deck.state()
    commands = [("remove", "x"), ("add", "--secret-file", "-", "--name", "y"), ("config", "--pin-protection", "on"),
                ("pin", "admin"), ("pin", "unblock")]
    if MODELS[deck.model][3]:
        commands.append(("rename", "x", "--name", "y"))
    for command in commands:
        fails(deck.admin(*command, stdin=RFC_SECRET, env=NEW), PIN, "last try", "--last-try", "blocks it for good")
    for command in (("reset", "--yes"), ("reset", "--yes", "--new-aes-key")):
        equal(deck.admin(*command).code, PIN, f"{command}")
    equal(deck.state(), before, "the token's state")
    equal(deck.admin("remove", "x", "--last-try").code, DONE, "with --last-try")
    deck.tries_are(3, 3, "after the right PIN")


@on_every_model
def the_user_pins_last_try_is_guarded_as_well(deck):
    deck.added("x")
    deck.protect_codes()
    deck.edit("user_tries", "1")
    user = {"TOKENDECK_USER_PIN": USER_PIN}
    fails(deck.run("code", "x", env=user), PIN, "last try", "pin unblock")
    fails(deck.run("pin", "user", env={**user, **NEW}), PIN, "last try", "--last-try")
    deck.tries_are(1, 3, "after the refusals")
    fails(deck.run("code", "x", "--last-try", env=WRONG), PIN, "user PIN was wrong", "blocked now",
          "`tokendeck pin unblock`")
    deck.tries_are(0, 3, "after the wrong one")
    for command in (("code", "x"), ("pin", "user"), ("add", "--secret-file", "-", "--name", "y")):
        run = deck.admin(*command, "--last-try", stdin=RFC_SECRET, env={**user, **NEW})
        fails(run, PIN, "user PIN is blocked", "`tokendeck pin unblock`")
    deck.edit("admin_tries", "0")
    run = fails(deck.run("code", "x", env=user), PIN, "both blocked", "GnuPG", "need no PIN")
    expect("pin unblock" not in run.err, f"what cannot be done is not advised: {run}")


@on_every_model
def a_blocked_admin_pin_says_what_is_left(deck):
    deck.added("x")
    deck.edit("admin_tries", "1")
    fails(deck.run("remove", "x", "--last-try", env=WRONG), PIN, "admin PIN was wrong", "blocked now", "GnuPG",
          "You can still read codes")
    for command in (("remove", "x"), ("pin", "admin"), ("pin", "unblock"), ("config", "--pin-protection", "on"),
                    ("add", "--secret-file", "-", "--name", "y"), ("reset", "--yes")):
        fails(deck.admin(*command, stdin=RFC_SECRET, env=NEW), PIN, "admin PIN is blocked", "GnuPG")
    expect(deck.run("code", "x").out.strip() in totp(), "the code")


# ---- settings ----


@on_every_model
def pin_protection_is_switched_on_and_off_and_read_back(deck):
    deck.added("x")
    keys = MODELS[deck.model][4]
    shown = deck.run("config", "--json").json()
    wanted = {"pin_protection": False, "lock_keys_honoured": keys > 0, "numlock": None, "capslock": None, "scrolllock": None}
    equal(shown, wanted, "config --json")
    equal(deck.admin("config", "--pin-protection", "on").code, DONE, "on")
    equal((deck.status()["pin_protection"], deck.run("config", "--json").json()["pin_protection"]), (True, True), "on")
    fails(deck.run("code", "x"), USAGE, "user PIN")
    expect(deck.run("code", "x", env={"TOKENDECK_USER_PIN": USER_PIN}).out.strip() in totp(), "the code")
    equal(deck.admin("config", "--pin-protection", "off", "--json").json(), {"result": "configured", "remarks": []}, "off")
    expect(deck.run("code", "x").out.strip() in totp(), "the code without a PIN")
    before = deck.state()
    fails(deck.admin("config", "--pin-protection", "off"), USAGE)
    equal(deck.state(), before, "nothing to change, nothing sent")


@on_every_model
def lock_keys_are_set_only_where_the_firmware_honours_them(deck):
    keys = MODELS[deck.model][4]
    before = deck.kept("config")
    run = deck.admin("config", "--numlock", "2")
    if not keys:
        fails(run, CANNOT, "Num Lock", "Pro up to 0.9", "Storage up to 0.52")
        fails(deck.run("config", "--numlock", "2", env=WRONG), CANNOT)
        deck.tries_are(3, 3, "after the refusals")
        equal(deck.kept("config"), before, "the settings")
        expect("ignores" in deck.run("config").out, "what is shown")
        return
    equal(run.code, DONE, f"{run}")
    shown = deck.run("config")
    expect("types hotp:2" in shown.out and "without a PIN" in shown.err, f"an armed key is pointed out: {shown}")
    equal(deck.run("config", "--json").json()["numlock"], "hotp:2", "config --json")
    equal(deck.status()["numlock"], "hotp:2", "status --json")
    equal(deck.admin("config", "--numlock", "off").code, DONE, "off")
    equal((deck.run("config", "--json").json()["numlock"], deck.run("config").err), (None, ""), "the settings")
    if keys < 3:
        for key, title in (("numlock", "Num Lock"), ("capslock", "Caps Lock"), ("scrolllock", "Scroll Lock")):
            fails(deck.admin("config", f"--{key}", "3"), CANNOT, title, f"slots 1 to {keys}", "or off")


# ---- lock, reset, keys ----


@on_every_model
def lock_says_what_it_closes_and_loses_nothing(deck):
    deck.added("x")
    run = deck.run("lock")
    equal(run.code, DONE, f"{run}")
    says_consequences(run)
    remarks = deck.run("lock", "--json").json()["remarks"]
    equal(remarks, [] if MODELS[deck.model][5] else ["device.lock-keeps-passwords"], "remarks")
    expect(deck.run("code", "x").out.strip() in totp(), "the code")


@on_every_model
def a_reset_is_not_done_without_a_yes(deck):
    deck.added("x")
    before = deck.state()
    for command in (("reset",), ("reset", "--new-aes-key")):
        run = deck.admin(*command)
        equal((run.code, run.out), (USAGE, ""), f"{run}")
        says_consequences(run, "--yes", deck.status()["card_serial"])
    fails(deck.run("reset", "--yes"), USAGE, "TOKENDECK_ADMIN_PIN")
    equal(deck.state(), before, "the token's state")


@on_every_model
def a_reset_erases_the_accounts_and_says_what_is_so_afterwards(deck):
    deck.added("x")
    deck.added("y", "--counter", "3")
    equal(deck.admin("config", "--pin-protection", "on").code, DONE, "protection")
    run = deck.admin("reset", "--yes", "--json")
    equal(run.code, DONE, f"{run}")
    says_consequences(run, "All accounts", "encrypted" if deck.storage else "smart card")
    expect(set(run.json()["remarks"]) >= {"device.reset-default-pins", "device.reset-needs-key"}, f"{run}")
    expect("device.reset-unverified" not in run.json()["remarks"], "the accounts were seen to be gone")
    equal({slot["state"] for slot in deck.slots().values()}, {"empty"}, "slots")
    deck.pins_are("123456", "12345678")
    equal(deck.status()["pin_protection"], False, "the setting is cleared, too")


@on_every_model
def a_wrong_pin_for_a_reset_costs_one_try_and_erases_nothing(deck):
    deck.added("x")
    for left, command in ((2, ("reset", "--yes")), (1, ("reset", "--yes", "--new-aes-key"))):
        run = deck.run(*command, env=WRONG)
        expect(run.code == PIN and "wrong" in run.err, f"{run}")
        deck.tries_are(3, left, f"after {command}")
    equal(deck.slots()["totp:1"]["name"], "x", "the slot")
    expect(deck.run("code", "x").out.strip() in totp(), "the code")


@on_every_model
def new_keys_keep_the_accounts_of_a_pro_and_erase_those_of_a_storage_which_is_said_first(deck):
    deck.added("x")
    run = deck.admin("reset", "--new-aes-key", "--yes")
    equal(run.code, DONE, f"{run}")
    says_consequences(run, "password safe", *(("All accounts", "volumes") if deck.storage else ()))
    slot = deck.slots()["totp:1"]
    equal(slot["state"] == "empty", deck.storage, "whether the account is gone")
    deck.pins_are(USER_PIN, ADMIN_PIN)
    deck.tries_are(3, 3, "afterwards")


@test
def a_reset_that_erased_nothing_is_not_believed(deck):
    deck.added("x")
    deck.fault("reset_without_effect")
    run = deck.admin("reset", "--yes")
    expect(run.code == FAILED and "still there" in run.err and run.out == "", f"{run}")


@test
def what_is_only_said_beside_a_result_is_in_words_of_the_command_line(deck):
    run = deck.admin("reset", "--yes")
    expect("tokendeck reset --new-aes-key" in run.out and "Manage page" not in run.out, f"{run}")
