"""Looking without a PIN: status, list, devices, names, pictures."""
import re

from bench import (DONE, NO_TOKEN, OTHER_SECRET, RFC_SECRET, USAGE, equal, expect, fails, hotp, interlaced_png,
                   on_every_model, test, totp)


@test
def status_shows_firmware_serials_tries_and_slots(deck):
    deck.added("a")
    deck.added("b", "--counter", "0")
    status = deck.status()
    equal((status["model"], status["simulated"], status["firmware"]), ("pro", True, "0.15"), "token")
    equal((status["user_tries"], status["admin_tries"], status["pin_protection"]), (3, 3, False), "PINs")
    equal(status["slots"], {"hotp": {"used": 1, "total": 3}, "totp": {"used": 1, "total": 15}}, "slots")
    expect(re.fullmatch(r"[0-9A-Fa-f]{8}", status["card_serial"]), "card serial")
    text = deck.run("status").out
    for part in ("0.15", status["card_serial"], "simulated", "1 of 3", "1 of 15", "cannot be read"):
        expect(part in text, f"{part!r} is not in {text!r}")


@test
def list_has_every_slot_in_json_and_those_in_use_as_text(deck):
    expect("No slot is in use" in deck.run("list").out, "an empty token")
    deck.added("github", "--slot", "totp:7")
    slots = deck.slots()
    equal(len(slots), 18, "slots in JSON")
    nothing = dict.fromkeys(("name", "name_hex", "algorithm", "digits", "period", "counter"))
    equal(slots["totp:8"], {"slot": "totp:8", "state": "empty", "kind": "totp", **nothing}, "an empty slot")
    equal(slots["totp:7"], {**nothing, "slot": "totp:7", "state": "programmed", "name": "github", "kind": "totp",
                            "algorithm": "SHA1", "digits": 6, "period": 30}, "a slot in use")
    lines = deck.run("list").out.splitlines()
    equal(len(lines), 2, "lines of text")
    equal(lines[1].split(), ["totp:7", "github", "totp", "6", "30", "s", "programmed"], "the line")
    equal(len(deck.run("list", "--all").out.splitlines()), 19, "lines with --all")


@test
def devices_lists_the_token_and_its_key_chooses_it(deck):
    (device,) = deck.run("devices", "--json").json()
    equal((device["model"], device["simulated"], device["via"], device["access"]), ("pro", True, "simulated", "openable"), "device")
    serial = deck.status()["card_serial"]
    for token in (device["key"], serial, serial.lower()):
        run = deck.run("status", "--json", "--token", token)
        equal(run.code, DONE, f"--token {token}: {run}")
    expect("Nitrokey Pro" in deck.run("devices").out, "the table")


@on_every_model
def the_card_serial_is_named_in_one_form_everywhere_and_found_as_people_type_it(deck):
    for serial in (deck.kept("card_serial"), "0000AB0F", "A0000000"):
        deck.edit("card_serial", serial)
        (device,) = deck.run("devices", "--json").json()
        equal((device["card_serial"], deck.status()["card_serial"]), (serial, serial), "devices and status as JSON")
        expect(serial in deck.run("devices").out.split(), "devices")
        expect(serial in deck.run("status").out.split(), "status")
        expect(f" {serial} (simulated): " in deck.run("lock").err, "a token's title")
        for typed in (serial, serial.lower(), "0x" + serial.lower(), serial.lstrip("0")):
            equal(deck.run("status", "--token", typed).code, DONE, f"--token {typed}")
        fails(deck.run("status", "--token", serial[:-1]), NO_TOKEN)


@on_every_model
def a_card_that_did_not_answer_has_no_serial_anywhere(deck):
    deck.edit("card_serial", "00000000")
    (device,) = deck.run("devices", "--json").json()
    equal((device["card_serial"], deck.status()["card_serial"]), (None, None), "devices and status as JSON")
    expect("00000000" not in deck.run("devices").out.split(), "devices")
    expect("did not answer" in deck.run("status").out, "status")


@test
def a_name_is_found_by_case_only_when_that_is_unambiguous(deck):
    deck.added("GitHub")
    deck.added("github")
    deck.added("Mail")
    equal(deck.run("code", "mail").code, DONE, "the only one")
    equal(deck.run("code", "github", "--json").json()["slot"], "totp:2", "exactly")
    fails(deck.run("code", "GITHUB"), USAGE, "totp:1", "totp:2")


@test
def one_rule_for_names_holds_wherever_a_slot_is_named(deck):
    for name, more in (("GitHub:ann", ()), ("Bank:ann", ()), ("Bank:bob", ("--counter", "0")), ("Forge", ())):
        deck.added(name, *more)
    before = deck.state()
    commands = [("code",), ("rename", "--name", "other"), ("remove",)]
    for command, *more in commands:
        fails(deck.admin(command, "BANK", *more), USAGE, 'totp:2 "Bank:ann"', 'hotp:1 "Bank:bob"', "nothing was done")
        fails(deck.admin(command, "ann", *more), USAGE, '"ann"')
        fails(deck.admin(command, "", *more), USAGE)
    equal(deck.state(), before, "the token's state")
    equal(deck.run("code", "github", "--json").json()["slot"], "totp:1", "the issuer alone, in another case")
    equal(deck.run("code", "bank:A", "--json").json()["slot"], "totp:2", "a beginning")
    equal(deck.admin("rename", "github", "--name", "Hub:ann", "--json").json()["slot"], "totp:1", "rename by the issuer")
    equal(deck.admin("remove", "f", "--json").json()["slot"], "totp:3", "remove by a beginning")
    equal([slot["name"] for slot in deck.slots().values() if slot["state"] != "empty"], ["Bank:bob", "Hub:ann", "Bank:ann"], "names")


@test
def a_name_with_control_characters_cannot_reach_the_terminal(deck):
    name = "a\x1b[31mb\u202e"
    run = deck.added(name)
    expect("\\x1B[31m" in run.out and "\\u{202E}" in run.out, f"add: {run}")
    expect("\\x1B[31m" in deck.run("list").out, "list")
    equal(deck.slots()["totp:1"]["name"], name, "JSON has the name as it is")
    fails(deck.run("code", "no\x1b[2Jname"), USAGE, "\\x1b[2J")


@test
def names_of_files_and_slots_that_are_meant_to_do_harm_reach_no_terminal_and_stay_in_one_line(deck):
    deck.added("x")
    for name in (b"\x1b[2J\nfake: 12", b"a\rb\tc\x07\x7f", b"\xc2\x9b31m\xe2\x80\xae12", b"\xff\xfe\xe2\x80\xa8z"):
        deck.edit("slot.20.name", name.ljust(15, b"\0").hex().upper())
        for arguments in (("list",), ("list", "--json"), ("status",), ("code", "totp:1"), ("report",)):
            run = deck.run(*arguments)
            equal(run.code, DONE, f"{arguments}: {run}")
            for mark in "\x07\x1b\x7f\x9b\r\t\u202e\u2028":
                expect(mark not in run.out + run.err, f"{mark!r} is in the output of {arguments}: {run}")
        equal(len(deck.run("list").out.splitlines()), 2, "lines of the list")
    for name in ("a\x1b[2J\n\u202eb.png", "c\x9b\r" + "d" * 3000 + ".png", "e" * 100_000):
        for run in (deck.raw("scan", name), deck.admin("add", "--image", name), deck.admin("add", "--uri-file", name),
                    deck.run("code", name), deck.raw("--token", name, "status")):
            expect(run.code not in (DONE, 1) and run.err.count("\n") == 1, f"{run}")
            expect(len(run.err) < 1000, f"{len(run.err)} characters on stderr")
            for mark in "\x1b\x9b\r\u202e":
                expect(mark not in run.err, f"{mark!r} is in {run}")


@test
def a_name_that_is_not_utf8_is_shown_and_found(deck):
    run = deck.admin("add", "--secret-file", "-", "--name", b"caf\xe9", stdin=RFC_SECRET)
    equal(run.code, DONE, f"{run}")
    expect('"caf\\xE9"' in run.out, f"add: {run}")
    slot = deck.slots()["totp:1"]
    equal((slot["name"], slot["name_hex"]), ("caf\ufffd", "636166E9"), "JSON")
    equal(deck.run("code", b"caf\xe9").code, DONE, "found by its bytes")


@test
def a_large_interlaced_picture_with_transparency_is_read_and_one_beyond_the_limit_told_with_both_numbers(deck):
    uri = f"otpauth://totp/Large:alice?secret={RFC_SECRET}&issuer=Large"
    run = deck.raw("scan", deck.write("large.png", interlaced_png(uri, 6000)))
    equal(run.code, DONE, f"{run}")
    expect("alice" in run.out, f"{run}")
    fails(deck.raw("scan", deck.write("huge.png", interlaced_png(uri, 6400))), USAGE, "40960000", "40000000")


@test
def scan_shows_the_account_without_the_secret(deck):
    picture = deck.picture(f"otpauth://totp/Example:alice?secret={RFC_SECRET}&issuer=Example&period=60")
    (account,) = deck.raw("scan", picture, "--json").json()
    equal({key: account[key] for key in ("issuer", "account", "kind", "algorithm", "digits", "period", "secret_bytes")},
          {"issuer": "Example", "account": "alice", "kind": "totp", "algorithm": "SHA1", "digits": 6, "period": 60,
           "secret_bytes": 20}, "the account")
    expect("secret" not in account, "no secret")
    text = deck.raw("scan", picture)
    expect(text.code == DONE and "Example" in text.out and "60 s" in text.out, f"{text}")


@test
def scan_shows_the_secret_with_reveal_only(deck):
    picture = deck.picture(f"otpauth://hotp/x?secret={RFC_SECRET}&counter=5")
    (account,) = deck.raw("scan", picture, "--json", "--reveal", reveal=True).json()
    equal((account["secret"], account["counter"]), (RFC_SECRET, 5), "--json --reveal")
    expect(f"secret:       {RFC_SECRET}\n" in deck.raw("scan", picture, "--reveal", reveal=True).out, "text")


@test
def scan_reads_all_pictures_although_one_cannot_be_read(deck):
    good = deck.picture(f"otpauth://totp/a?secret={RFC_SECRET}", "good.png")
    also = deck.picture(f"otpauth://totp/b?secret={OTHER_SECRET}", "also.png")
    run = fails(deck.raw("scan", good, "missing.png", also, "--json"), USAGE, "missing.png")
    equal([account["account"] for account in run.json()], ["a", "b"], "accounts")
    equal(fails(deck.raw("scan", "missing.png", "--json"), USAGE).json(), [], "none")
