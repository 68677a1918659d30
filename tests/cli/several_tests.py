"""Several accounts at once: from pictures, exports and lists of links, one after another, with one PIN."""
import base64
import json
import os
import pathlib
import select
import signal
import struct
import subprocess
import time
from urllib.parse import quote

from bench import (ADMIN_PIN, CANNOT, DONE, FAILED, OTHER_SECRET, PIN, RFC_SECRET, Terminal, USAGE, USER_PIN, check_no_secret,
                   equal, expect, fails, hotp, on_every_model, test, totp)


def link(name, kind="totp", secret=RFC_SECRET, more=""):
    issuer, _, account = name.partition(":")
    issuer = quote(issuer)
    return f"otpauth://{kind}/{issuer}:{account}?secret={secret}&issuer={issuer}{more}"


def links(*names):
    return "\n".join(link(name) for name in names) + "\n"


def varint(number):
    out = b""
    while number > 127:
        out, number = out + bytes((number & 127 | 128,)), number >> 7
    return out + bytes((number,))


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def export(names, part=0, parts=1, batch=77, algorithm=1):
    """As Google Authenticator writes it (otpauth-migration)."""
    data = b""
    for name in names:
        issuer, _, account = name.partition(":")
        data += field(1, field(1, base64.b32decode(RFC_SECRET)) + field(2, account.encode()) + field(3, issuer.encode()) +
                      field(4, algorithm) + field(5, 1) + field(6, 2))
    data += field(2, 1) + field(3, parts) + field(4, part) + field(5, batch)
    return "otpauth-migration://offline?data=" + quote(base64.b64encode(data).decode(), safe="")


def names_on(deck):
    return {slot: found["name"] for slot, found in deck.slots().items() if found["name"]}


@test
def an_account_over_several_codes_is_put_together_from_pictures_in_any_order(deck):
    folder = pathlib.Path(__file__).resolve().parent.parent / "images" / "parts"
    pictures = [str(folder / f"part-{n:02}.png") for n in (3, 1, 2)]
    fails(deck.admin("add", "--image", pictures[0], "--image", pictures[1]), USAGE, "spread over 3 codes",
          "2 of them were read", "the others")
    fails(deck.admin("add", "--image", pictures[0], "--image", pictures[1], "--image", str(folder / "foreign.png")),
          USAGE, "spread over 3 codes")
    equal(names_on(deck), {}, "slots in use")
    for images in (pictures, [str(folder / "together.png")]):
        arguments = [word for picture in images for word in ("--image", picture)]
        read, = json.loads(deck.run("scan", *images, "--json").out)
        equal((read["issuer"], read["digits"], read["period"]), ("Example", 8, 60), "what was read")
        if images == pictures:
            run = deck.admin("add", *arguments)
            equal(run.code, DONE, f"add: {run}")
    equal(len(names_on(deck)), 1, "slots in use")


@on_every_model
def several_accounts_of_all_inputs_go_to_the_token_with_one_pin_each_proven(deck):
    deck.added("old", "--slot", "totp:2")
    one, two = deck.picture(link("GitHub:ann"), "one.png"), deck.picture(export(["Bank:me", "Mail:me"]), "two.png")
    uri = deck.write("uri", link("Forge:ann", "hotp", more="&counter=5") + "\n" + link("GitHub:ann") + "\n")
    if deck.model == "pro-0.7":  # there each PIN typed is good for one account
        fails(deck.admin("add", "--image", one, "--image", two, "--all"), USAGE, "good for one account", "nothing was changed")
        return
    run = deck.admin("add", "--image", one, "--image", two, "--uri-file", uri, "--all")
    equal(run.code, DONE, f"{run}")
    lines = run.out.splitlines()
    equal(lines[::2], ['proven: totp:1 "GitHub:ann"', 'proven: totp:3 "Bank:me"', 'proven: totp:4 "Mail:me"',
                       'proven: hotp:1 "Forge:ann"'], "what is proven, GitHub once")
    expect(all(line[6:] in totp() for line in lines[1:6:2]) and lines[7] == "code: " + hotp(5), f"codes: {run}")
    equal(names_on(deck), {"hotp:1": "Forge:ann", "totp:1": "GitHub:ann", "totp:2": "old", "totp:3": "Bank:me", "totp:4": "Mail:me"},
          "names")
    deck.tries_are(3, 3, "afterwards")


@test
def several_accounts_without_a_choice_are_listed_and_nothing_is_changed(deck):
    picture = deck.picture(export(["Bank:me", "Mail:me", "GitHub:ann"]))
    before = deck.state()
    fails(deck.admin("add", "--image", picture), USAGE, '1 "Bank:me" (totp, 6 digits, 30 s)', '3 "github:ann"',
          "nothing was changed", "--pick", "--all")
    fails(deck.admin("add", "--image", picture, "--json"), USAGE, "cli.several-accounts")
    fails(deck.admin("add", "--image", picture, "--pick", "4"), USAGE, "--pick 4", '3 "github:ann"')
    fails(deck.admin("add", "--image", picture, "--pick", "0"), USAGE, "--pick 0")
    fails(deck.admin("add", "--image", picture, "--pick", "x"), USAGE, "--pick")
    fails(deck.admin("add", "--image", picture, "--pick", "1", "--all"), USAGE, "--all and --pick")
    fails(deck.admin("add", "--image", picture, "--all", "--name", "x"), USAGE, "--name", "you chose 3 accounts")
    fails(deck.admin("add", "--image", picture, "--pick", "1,2", "--slot", "totp:5"), USAGE, "--slot", "--pick")
    equal(deck.state(), before, "the token's state")


@test
def the_numbers_of_scan_are_those_that_pick_takes(deck):
    one, two = deck.picture(link("GitHub:ann"), "one.png"), deck.picture(export(["Bank:me", "GitHub:ann", "Mail:me"]), "two.png")
    again = deck.picture(link("GitHub:ann"), "again.png")
    scanned = deck.raw("scan", one, again, two, "--json").json()
    equal([(account["number"], account["issuer"]) for account in scanned],
          [(1, "GitHub"), (1, "GitHub"), (2, "Bank"), (1, "GitHub"), (3, "Mail")], "numbers")
    expect("number:       3\n" in deck.raw("scan", one, two).out, "as text")
    run = deck.admin("add", "--image", one, "--image", again, "--image", two, "--pick", "3", "--pick", "2", "--json")
    equal([(one["number"], one["result"], one["slot"], one["name"], one["error"]) for one in run.json()],
          [(2, "proven", "totp:1", "Bank:me", None), (3, "proven", "totp:2", "Mail:me", None)], "what was added")
    run = deck.admin("add", "--image", two, "--pick", "2", "--name", "hub", "--slot", "totp:9", "--json", "--show-code")
    equal([one["slot"] for one in run.json()], ["totp:9"], "one of several takes a name and a slot")
    expect(run.json()[0]["code"] in totp(), "its code")
    equal(names_on(deck)["totp:9"], "hub", "name")


@test
def an_export_over_several_pictures_is_put_together_and_a_missing_part_is_named(deck):
    parts = [deck.picture(export([f"site{i}:me"], i, 3), f"part{i}.png") for i in range(3)]
    before = deck.state()
    fails(deck.admin("add", "--image", parts[0], "--image", parts[2], "--all"), USAGE, "part 2 of 3", "is missing", "--pick 1,2")
    fails(deck.admin("add", "--image", parts[1]), USAGE, "parts 1 and 3 of 3", "are missing")
    run = deck.raw("scan", parts[0], parts[1])
    expect(run.code == DONE and "Part 3 of 3" in run.err, f"scan: {run}")
    equal(deck.state(), before, "the token's state")
    equal(deck.admin("add", "--image", parts[0], "--pick", "1").code, DONE, "one of them all the same")
    equal(deck.admin("add", "--image", parts[1], "--image", parts[2], "--image", parts[0], "--pick", "1,2").code, DONE, "the others")
    equal(sorted(names_on(deck).values()), ["site0:me", "site1:me", "site2:me"], "names")


@test
def what_cannot_be_written_is_told_of_each_account_before_the_pin(deck):
    deck.added("Bank:me")
    long_secret = base64.b32encode(bytes(range(1, 42))).decode().rstrip("=")
    uri = deck.write("uri", links("GitHub:ann", "Bank:me") + link("Long:me", secret=long_secret) + "\n" +
                     link("An issuer of great length:somebody-with-a-name") + "\n" + links("Mail:me"))
    before = deck.state()
    run = fails(deck.run("add", "--uri-file", uri, "--all"), USAGE, 'account 2 "bank:me": totp:1 "bank:me" already has this name',
                'account 3 "long:me": the secret has 41 bytes', 'account 4 "an issuer', "is too long", "nothing was changed",
                "--pick 1,5 adds the others")
    expect("PIN" not in run.err, f"{run}")
    fails(deck.run("add", "--uri-file", deck.write("twice", link("A:me") + "\n" + link("A:me", secret=OTHER_SECRET)), "--all"), USAGE,
          "same name as account 1")
    equal(deck.state(), before, "the token's state")
    equal(deck.admin("add", "--uri-file", uri, "--pick", "1,5").code, DONE, "the others")
    run = deck.admin("add", "--uri-file", uri, "--pick", "4", "--shorten")
    expect(run.code == DONE and "An issuer of gr" in run.out and "is called" in run.err, f"shortened: {run}")
    equal(deck.admin("add", "--uri-file", uri, "--pick", "2,4", "--shorten", "--allow-duplicate").code, DONE, "all the same")


@test
def a_line_that_is_no_account_is_told_and_not_left_out_in_silence(deck):
    uri = deck.write("uri", links("GitHub:ann") + "steam://JBSWY3DP\n" + links("Bank:me"))
    before = deck.state()
    fails(deck.admin("add", "--uri-file", uri, "--all"), USAGE, "not all", "--pick 1,2")
    equal(deck.state(), before, "the token's state")
    equal(deck.admin("add", "--uri-file", uri, "--pick", "1,2").code, DONE, "those that are")
    around = deck.write("around", "Dear Ann,\n" + links("Mail:me") + "Yours, the Shop\n")
    run = deck.admin("add", "--uri-file", around)
    equal(run.code, DONE, "an address in a letter")
    expect("The text around the address was not used." in run.err, f"what was left out is not told: {run}")


@test
def more_accounts_than_free_slots_are_told_before_the_pin(deck):
    uri = deck.write("uri", "\n".join(link(f"site{i}:me", "hotp", more="&counter=0") for i in range(4)))
    before = deck.state()
    fails(deck.run("add", "--uri-file", uri, "--all"), CANNOT, 'account 4 "site3:me": all hotp slots', "--pick 1,2,3")
    equal(deck.state(), before, "the token's state")


@test
def a_wrong_pin_with_several_accounts_costs_one_try(deck):
    uri = deck.write("uri", links("A:me", "B:me", "C:me"))
    run = deck.run("add", "--uri-file", uri, "--all", "--json", env={"TOKENDECK_ADMIN_PIN": "wrong-wrong"})
    fails(run, PIN, "device.wrong-pin", "2 tries")
    equal([one["result"] for one in run.json()], ["failed", "not_begun", "not_begun"], "what became of each")
    equal(run.json()[0]["error"], "device.wrong-pin", "why")
    deck.tries_are(3, 2, "afterwards")
    equal(names_on(deck), {}, "names")


@test
def a_write_that_breaks_off_in_the_middle_says_what_became_of_each(deck):
    uri = deck.write("uri", links("A:me", "B:me", "C:me", "D:me"))
    deck.fault("unplug_at=01:2")  # as the second account is committed
    run = deck.admin("add", "--uri-file", uri, "--all", "--json")
    expect(run.code != DONE, f"{run}")
    results = [(one["result"], one["slot"], one["name"]) for one in run.json()]
    equal(results, [("proven", "totp:1", "A:me"), ("incomplete", "totp:2", "B:me"), ("not_begun", "totp:3", "C:me"),
                    ("not_begun", "totp:4", "D:me")], "what became of each")
    for words in ('Proven: 1 totp:1 "A:me".', 'May be incomplete: 2 totp:2 "B:me".', 'Not begun: 3 totp:3 "C:me", 4 totp:4 "D:me".'):
        expect(words in json.loads(run.err)["message"], f"{words!r} is not said: {run}")
    deck.no_fault()
    equal(names_on(deck)["totp:1"], "A:me", "the one that is proven")
    equal(deck.admin("add", "--uri-file", uri, "--pick", "2,3,4").code, DONE, "the others, afterwards")


@test
def ctrl_c_between_several_accounts_finishes_the_one_and_begins_no_other(deck):
    deck.fault("delay_ms=200")
    process = subprocess.Popen([deck.program, deck.simulate, "add", "--uri-file", deck.write("uri", links("A:me", "B:me", "C:me")), "--all"],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env={**deck.env, "TOKENDECK_ADMIN_PIN": ADMIN_PIN}, start_new_session=True)
    while b"A:me".hex().encode().upper() not in deck.state().upper():
        expect(process.poll() is None, "it ended without writing")
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    expect(b'proven: totp:1 "A:me"\n' in out and b"B:me" not in out, f"{out!r} {err!r}")
    expect(b"Not begun: 2" in err, f"{err!r}")
    equal(process.returncode, -signal.SIGINT, "then it ends by the signal")
    deck.no_fault()
    equal(names_on(deck), {"totp:1": "A:me"}, "names")


@test
def protected_codes_need_the_user_pin_once_for_several_accounts(deck):
    deck.protect_codes()
    uri = deck.write("uri", links("A:me", "B:me", "C:me"))
    terminal = Terminal(deck, "add", "--uri-file", uri, "--all")
    try:
        terminal.until("12345678): ")
        terminal.type(ADMIN_PIN + "\n")
        terminal.until("User PIN of")
        terminal.until("123456): ")
        terminal.type(USER_PIN + "\n")
        equal(terminal.end(), DONE, f"exit code, {terminal.seen!r}")
        equal((terminal.seen.count(b"proven: "), terminal.seen.count(b"PIN of")), (3, 2), "proven, prompts")
        check_no_secret(terminal.seen, [ADMIN_PIN, USER_PIN, RFC_SECRET])
    finally:
        terminal.close()
    deck.tries_are(3, 3, "afterwards")


@on_every_model
def where_a_pin_is_good_for_one_account_it_is_asked_for_at_each(deck):
    if deck.model != "pro-0.7":
        return
    terminal = Terminal(deck, "add", "--uri-file", deck.write("uri", links("A:me", "B:me")), "--all")
    try:
        for number in (1, 2):
            while terminal.seen.count(b"12345678): ") < number:
                expect(select.select([terminal.fd], [], [], 30)[0], f"no PIN is asked for: {terminal.seen!r}")
                terminal.seen += os.read(terminal.fd, 4096)
            terminal.type(ADMIN_PIN + "\n")
        equal(terminal.end(), DONE, f"exit code, {terminal.seen!r}")
        equal(terminal.seen.count(b"proven: "), 2, f"{terminal.seen!r}")
    finally:
        terminal.close()
    deck.tries_are(3, 3, "afterwards")
