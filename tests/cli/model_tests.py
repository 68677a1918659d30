"""The main job and the looking, on every simulated token."""
import base64
import os

from bench import (ADMIN_PIN, CANNOT, DONE, FAILED, MODELS, NO_TOKEN, OTHER_SECRET, RFC_SECRET, USAGE, USER_PIN, equal,
                   expect, fails, hotp, on_every_model, test, totp)

@on_every_model
def accounts_are_proven_and_give_the_codes_that_oathtool_gives(deck):
    deck.added("time", "--digits", "8", "--period", "60")
    counted = deck.added("counted", "--counter", "7")
    expect(hotp(7) in counted.out, "the first code, for the web site's confirmation")
    expect(deck.run("code", "time").out.strip() in totp(digits=8, period=60), "the TOTP code")
    expect("for counter 7" in counted.err and "for counter 8" in counted.err, f"what is said of the counter: {counted}")
    equal([deck.run("code", "hotp:1").out.strip() for _ in range(3)], [hotp(8 + i) for i in range(3)], "HOTP codes")
    deck.tries_are(3, 3, "afterwards")


@on_every_model
def the_longest_secret_fits_and_one_byte_more_is_refused_before_a_pin(deck):
    longest = MODELS[deck.model][1]
    raw = bytes((5 * i + 1) % 255 + 1 for i in range(longest + 1))
    fits, too_long = (base64.b32encode(raw[:size]).decode() for size in (longest, longest + 1))
    fails(deck.add_secret("x", secret=too_long, env={"TOKENDECK_ADMIN_PIN": "wrong-wrong"}), CANNOT, str(longest))
    deck.tries_are(3, 3, "after the refusal")
    deck.added("x", secret=fits)
    expect(deck.run("code", "x").out.strip() in totp(fits), "the code")


@on_every_model
def the_hotp_code_as_json_says_which_counter_it_used_up(deck):
    deck.added("counted", "--counter", "7")
    before = deck.slots()["hotp:1"]["counter"]
    code = deck.run("code", "counted", "--json")
    equal((code.json()["counter"], code.json()["code"], code.err), (before, hotp(before), ""), "the code")
    equal(deck.slots()["hotp:1"]["counter"], before + 1, "the counter afterwards")


@on_every_model
def status_and_devices_tell_the_model_and_what_its_firmware_can_hold(deck):
    firmware, secret_bytes, totp_slots, can_edit, keys, _ = MODELS[deck.model]
    status = deck.status()
    wanted = {"model": deck.model.split("-")[0], "simulated": True, "firmware": firmware, "user_tries": 3, "admin_tries": 3,
              "pin_protection": False, "lock_keys_honoured": keys > 0, "numlock": None, "can_edit": can_edit}
    equal({key: status[key] for key in wanted}, wanted, "status --json")
    equal(status["limits"]["secret_bytes"], secret_bytes, "bytes of a secret")
    equal(status["slots"], {"hotp": {"used": 0, "total": 3}, "totp": {"used": 0, "total": totp_slots}}, "slots")
    equal(len(deck.slots()), 3 + totp_slots, "slots in the list")
    (device,) = deck.run("devices", "--json").json()
    equal((device["model"], device["access"]), (wanted["model"], "openable"), "devices --json")
    text = deck.run("status").out
    for part in (firmware, status["card_serial"], f"{secret_bytes} bytes", f"0 of {totp_slots} in use"):
        expect(part in text, f"{part!r} is not in {text!r}")


@on_every_model
def the_known_faults_of_the_firmware_are_told_in_words(deck):
    faults = deck.status()["known_faults"]
    expect(faults, "every firmware has some")
    text = deck.run("status").out
    for fault in faults:
        expect(fault["number"].startswith("Q-S" if deck.storage else "Q-P"), f"{fault}")
        expect(len(fault["text"]) > 20 and fault["text"] in text and f"({fault['number']})" in text, f"{fault}")


@on_every_model
def a_storage_tells_its_volumes_card_and_flags_and_no_other_does(deck):
    storage = deck.status()["storage"]
    equal(storage is not None, deck.storage, "whether there is such a part")
    if not deck.storage:
        return
    equal(storage["unencrypted"], {"active": True, "read_only": True}, "unencrypted volume")
    equal((storage["encrypted"]["active"], storage["hidden"]["active"]), (False, False), "other volumes")
    equal((storage["keys_initialised"], storage["smart_card_in_use"]), (True, False), "keys and card")
    equal(storage["sd_card_serial"], deck.kept("sd_serial"), "SD card")
    deck.edit("keys_not_initialised", "yes")
    deck.edit("new_sd_card", "yes")
    changed = deck.status()["storage"]
    equal((changed["keys_initialised"], changed["new_sd_card"]), (False, True), "flags")
    text = deck.run("status").out
    for part in ("unencrypted volume", "hidden volume", storage["sd_card_serial"], "not made"):
        expect(part in text, f"{part!r} is not in {text!r}")


@on_every_model
def rename_changes_name_and_digits_and_keeps_the_secret(deck):
    deck.added("old")
    before = deck.state()
    run = deck.admin("rename", "old", "--name", "new", "--digits", "8")
    if not MODELS[deck.model][3]:
        fails(run, CANNOT, "secret")
        equal(deck.state(), before, "the token's state")
        return
    equal(run.code, DONE, f"{run}")
    expect('changed: totp:1 "new"' in run.out and "the secret was kept" in run.out, f"{run}")
    slot = deck.slots()["totp:1"]
    equal((slot["name"], slot["digits"], slot["period"]), ("new", 8, 30), "the slot")
    expect(deck.run("code", "new").out.strip() in totp(digits=8), "the code")
    deck.tries_are(3, 3, "afterwards")


@on_every_model
def a_changed_period_is_read_back_and_nobody_claims_to_have_compared_codes(deck):
    if not MODELS[deck.model][3]:
        return
    deck.added("old")
    run = deck.admin("rename", "totp:1", "--period", "60", "--json")
    wanted = {"result": "renamed", "slot": "totp:1", "name": "old", "digits": 6, "period": 60, "code_compared": False}
    equal({key: run.json()[key] for key in wanted}, wanted, "rename --json")
    expect(deck.run("code", "old").out.strip() in totp(period=60), "the code")
    expect("could not be compared" in deck.admin("rename", "totp:1", "--period", "30").out, "the text")


@on_every_model
def a_hotp_slot_is_resynchronised_with_its_secret_kept(deck):
    if not MODELS[deck.model][3]:
        return
    deck.added("bank", "--counter", "0")
    run = deck.admin("rename", "bank", "--counter", "41", "--json")
    equal(run.code, DONE, f"{run}")
    equal((run.json()["counter"], run.json()["code_compared"]), (41, deck.model != "pro-0.7"), "what is said")
    equal([deck.run("code", "bank").out.strip() for _ in range(2)], [hotp(41), hotp(42)], "codes")
    text = deck.admin("rename", "bank", "--counter", "9")
    expect("stands at 9" in text.out, f"{text}")
    expect(("could be compared" if deck.model == "pro-0.7" else "is the same") in text.out, f"{text}")


@on_every_model
def a_wrong_pin_costs_one_try_whatever_it_was_for(deck):
    if MODELS[deck.model][3]:
        commands = [("rename", "totp:1", "--name", "new"), ("config", "--pin-protection", "on")]
    else:
        commands = [("remove", "totp:1"), ("config", "--pin-protection", "on")]
    deck.added("old")
    before = deck.kept("config")
    for left, command in zip((2, 1), commands):
        fails(deck.run(*command, env={"TOKENDECK_ADMIN_PIN": "wrong-wrong"}), 4, "wrong")
        deck.tries_are(3, left, f"after {command}")
    equal((deck.slots()["totp:1"]["name"], deck.kept("config")), ("old", before), "the slot and the settings")


@test
def rename_refuses_what_does_not_fit_the_slot_before_a_pin_is_used(deck):
    deck.added("t")
    deck.added("h", "--counter", "0")
    before = deck.state()
    wrong = {"TOKENDECK_ADMIN_PIN": "wrong-wrong"}
    fails(deck.run("rename", "t", "--counter", "1", env=wrong), USAGE, "TOTP")
    fails(deck.run("rename", "h", "--period", "60", env=wrong), USAGE, "HOTP")
    fails(deck.run("rename", "nobody", "--name", "x", env=wrong), USAGE, "nobody")
    fails(deck.run("rename", "totp:5", "--name", "x", env=wrong), USAGE, "empty")
    fails(deck.run("rename", "t", "--name", "t", env=wrong), USAGE)
    fails(deck.run("rename", "t", "--name", "a name that is too long", env=wrong), CANNOT, "15")
    fails(deck.run("rename", "t", "--digits", "7", env=wrong), CANNOT, "7")
    fails(deck.run("rename", "t", "--period", "0", env=wrong), CANNOT)
    for counter in ("9223372036854775807", "18446744073709551615"):
        fails(deck.run("rename", "h", "--counter", counter, env=wrong), CANNOT, counter, "9223372036854775806")
    fails(deck.run("rename", "t", "--name", "new"), USAGE, "TOKENDECK_ADMIN_PIN")
    equal(deck.state(), before, "the token's state")


@test
def a_rename_that_breaks_off_marks_the_slot_unsure(deck):
    deck.added("old")
    deck.fault("unplug_after=01:1")
    fails(deck.admin("rename", "old", "--name", "new"), FAILED, "unsure", "totp:1")


@test
def a_rename_of_a_hotp_slot_that_breaks_off_says_what_it_may_have_used_up(deck):
    deck.added("bank", "--counter", "7")
    deck.fault("unplug_at=01:1")
    fails(deck.admin("rename", "bank", "--name", "new"), FAILED, "unsure", "hotp:1", "counter may have moved on by one")
    deck.fault("unplug_after=04:1")
    fails(deck.admin("rename", "bank", "--name", "new"), NO_TOKEN, "counter may have moved on by one")


@test
def with_protected_codes_rename_takes_both_pins_and_compares(deck):
    deck.added("old")
    deck.protect_codes()
    fails(deck.admin("rename", "old", "--name", "new"), USAGE, "user PIN")
    run = deck.admin("rename", "old", "--name", "new", env={"TOKENDECK_USER_PIN": USER_PIN})
    expect(run.code == DONE and "is the same" in run.out, f"{run}")


@test
def a_file_of_another_model_is_refused_and_left_alone(deck):
    before = deck.state()
    for model in ("storage", "librem", "pro-0.7"):
        fails(deck.raw(f"--simulate={model}:{deck.file}", "status"), USAGE)
    equal(deck.state(), before, "the file")


@test
def each_model_has_a_default_file_of_its_own(deck):
    for model in MODELS:
        equal(deck.raw("--simulate=" + model, "status").code, DONE, model)
    folder = os.path.join(deck.folder, ".local", "share", "tokendeck")
    equal(len([name for name in os.listdir(folder) if name.endswith(".token")]), len(MODELS), "files")


@test
def another_secret_in_the_slot_gives_another_code_and_the_same_name_is_no_proof(deck):
    """The test of the tests above: a code is really compared with oathtool's for the secret that was given."""
    deck.added("x", secret=OTHER_SECRET)
    expect(deck.run("code", "x").out.strip() not in totp(RFC_SECRET), "a code of the other secret")
    expect(ADMIN_PIN.encode() not in deck.state(), "the state keeps PINs in hex, as the checks of outputs assume")
