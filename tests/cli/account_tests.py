"""From an account to a code, and what would be lost."""
import os
import re
import signal
import subprocess
import time

from bench import ADMIN_PIN, DONE, FAILED, OTHER_SECRET, PIN, RFC_SECRET, USAGE, equal, expect, fails, hotp, test, totp


@test
def a_totp_account_added_from_a_secret_gives_the_codes_that_oathtool_gives(deck):
    run = deck.added("github")
    lines = run.out.splitlines()
    equal(lines[0], 'proven: totp:1 "github"', "first line")
    expect(re.fullmatch(r"code: \d{6}", lines[1]) and len(lines) == 2, f"second line: {run}")
    expect(lines[1][6:] in totp(), "the code shown after adding")
    code = deck.run("code", "github")
    expect(re.fullmatch(r"\d{6}\n", code.out) and code.err == "", f"`code` prints the code alone: {code}")
    expect(code.out.strip() in totp(), "the code")


@test
def eight_digits_and_a_period_of_sixty_seconds_are_kept(deck):
    deck.added("long", "--digits", "8", "--period", "60", "--slot", "totp:15")
    slot = deck.slots()["totp:15"]
    equal((slot["name"], slot["digits"], slot["period"], slot["kind"]), ("long", 8, 60, "totp"), "the slot")
    expect(deck.run("code", "totp:15").out.strip() in totp(digits=8, period=60), "the code")


@test
def the_code_of_the_proof_of_a_hotp_account_does_not_come_again(deck):
    run = deck.added("counted", "--counter", "3")
    equal(run.out, f'proven: hotp:1 "counted"\ncode: {hotp(3)}\n', "what add prints")
    expect("for counter 3" in run.err and "for counter 4" in run.err, f"which counter, and which comes next: {run}")
    equal(deck.slots()["hotp:1"]["counter"], 4, "counter after adding")
    for counter in (4, 5, 6):
        equal(deck.run("code", "counted").out, hotp(counter) + "\n", f"code number {counter}")
    equal(deck.slots()["hotp:1"]["counter"], 7, "counter after three codes")


@test
def the_vectors_of_rfc_4226_come_out_of_the_token(deck):
    added = deck.added("rfc4226", "--slot", "hotp:2")
    expect("code: 755224\n" in added.out, "the first is that of the proof")
    wanted = "287082 359152 969429 338314 254676 287922 162583 399871 520489".split()
    equal([deck.run("code", "hotp:2").out.strip() for _ in wanted], wanted, "RFC 4226, appendix D")


@test
def a_qr_picture_becomes_a_proven_slot(deck):
    picture = deck.picture(f"otpauth://totp/Example:alice?secret={OTHER_SECRET}&issuer=Example&digits=8")
    run = deck.admin("add", "--image", picture)
    equal(run.code, DONE, f"add: {run}")
    expect(run.out.startswith('proven: totp:1 "Example:alice"\n'), f"{run}")
    expect(deck.run("code", "Example:alice").out.strip() in totp(OTHER_SECRET, 8), "the code")


@test
def an_otpauth_uri_is_taken_from_a_file_and_from_standard_input(deck):
    uri = f"otpauth://hotp/Bank:me?secret={RFC_SECRET}&issuer=Bank&counter=7"
    run = deck.admin("add", "--uri-file", deck.write("uri.txt", uri + "\n"), "--json", "--show-code")
    wanted = {"result": "proven", "slot": "hotp:1", "name": "Bank:me", "valid_until": None, "code": hotp(7), "counter": 7,
              "next_counter": 8}
    equal({key: run.json()[key] for key in wanted}, wanted, "add")
    run = deck.admin("add", "--uri-file", "-", "--name", "again", "--allow-duplicate", "--json", stdin=uri)
    equal((run.json()["slot"], run.json()["name"]), ("hotp:2", "again"), "the next free slot, under another name")


@test
def the_code_as_json_says_until_when_it_is_valid(deck):
    run = deck.added("github", "--json")
    proven = run.json()
    equal((proven["result"], proven["slot"], proven["name"]), ("proven", "totp:1", "github"), "add --json")
    code = deck.run("code", "GITHUB", "--json").json()
    equal((code["slot"], code["name"]), ("totp:1", "github"), "code --json")
    expect(code["code"] in totp() and isinstance(code["code"], str), "the code")
    expect(code["valid_until"] % 30 == 0 and 0 <= code["valid_until"] - time.time() + 30 <= 90, f"valid_until {code['valid_until']}")


@test
def options_for_all_stand_before_the_subcommand_or_after_it(deck):
    deck.added("github")
    simulate = deck.simulate
    before = deck.raw(simulate, "--json", "list")
    after = deck.raw("list", "--json", simulate)
    equal((before.code, before.out), (DONE, after.out), "the same list")


@test
def a_slot_in_use_is_overwritten_only_when_told_to(deck):
    deck.added("old", "--slot", "totp:2")
    before = deck.state()
    fails(deck.add_secret("new", "--slot", "totp:2", secret=OTHER_SECRET), USAGE, "totp:2", '"old"', "nothing was changed", "--overwrite")
    equal(deck.state(), before, "the token's state")
    deck.added("new", "--slot", "totp:2", "--overwrite", secret=OTHER_SECRET)
    equal(deck.slots()["totp:2"]["name"], "new", "name")
    expect(deck.run("code", "new").out.strip() in totp(OTHER_SECRET), "the new code")


@test
def the_same_account_twice_is_told_before_the_pin_with_what_to_do(deck):
    link = f"otpauth://totp/Bank:me?secret={RFC_SECRET}&issuer=Bank"
    equal(deck.admin("add", "--uri-file", "-", "--slot", "totp:3", stdin=link).code, DONE, "the first")
    deck.added("x", "--counter", "0")
    before = deck.state()
    for add in (("--uri-file", "-"), ("--uri-file", "-", "--slot", "totp:5"), ("--uri-file", "-", "--name", "Bank:me"),
                ("--uri-file", "-", "--name", "another name")):
        run = deck.run("add", *add, stdin=link)  # nobody could give a PIN, and that is not what is said
        fails(run, USAGE, 'totp:3 "Bank:me" already', "nothing was changed", "--overwrite --slot totp:3", "--allow-duplicate")
    equal(deck.state(), before, "the token's state")
    run = fails(deck.run("add", "--secret-file", "-", "--name", "x", stdin=RFC_SECRET), USAGE, 'hotp:1 "x" already has this name')
    expect("--overwrite" not in run.err, f"an account of the other kind cannot replace it: {run}")
    fails(deck.run("add", "--secret-file", "-", "--name", "x", "--json", stdin=RFC_SECRET), USAGE, "cli.account-exists")

    equal(deck.admin("add", "--uri-file", "-", "--overwrite", "--slot", "totp:3", stdin=link).code, DONE, "replaced")
    equal(deck.admin("add", "--uri-file", "-", "--allow-duplicate", stdin=link).code, DONE, "all the same")
    equal({slot: found["name"] for slot, found in deck.slots().items() if found["name"]},
          {"hotp:1": "x", "totp:1": "Bank:me", "totp:3": "Bank:me"}, "names")
    equal(deck.admin("add", "--uri-file", "-", "--name", "other", stdin=link.replace("me", "you")).code, DONE, "another account")


@test
def a_full_token_with_the_account_says_that_it_is_there(deck):
    for number in (1, 2, 3):
        deck.added(f"h{number}", "--counter", "0")
    fails(deck.run("add", "--secret-file", "-", "--name", "h2", "--counter", "0", stdin=RFC_SECRET), USAGE, "--slot hotp:2")


@test
def a_wrong_pin_costs_exactly_one_try_and_changes_nothing_else(deck):
    equal(deck.status()["admin_tries"], 3, "tries before")
    run = deck.admin("add", "--secret-file", "-", "--name", "x", stdin=RFC_SECRET, env={"TOKENDECK_ADMIN_PIN": "wrong-wrong"})
    fails(run, PIN, "wrong", "2 tries")
    equal((deck.status()["admin_tries"], deck.status()["user_tries"]), (2, 3), "tries after")
    equal(deck.slots()["totp:1"]["state"], "empty", "the slot")
    deck.added("x")
    equal(deck.status()["admin_tries"], 3, "tries after the right PIN")


@test
def a_pin_that_is_locked_is_said_and_not_sent(deck):
    deck.added("keep")
    wrong = {"TOKENDECK_ADMIN_PIN": "wrong-wrong"}
    for left, last_try in (("2 tries", ()), ("1 try", ()), ("blocked now", ("--last-try",))):
        fails(deck.admin("remove", "keep", *last_try, env=wrong), PIN, left)
    before = deck.state()
    fails(deck.admin("remove", "keep"), PIN, "blocked", "gpg --card-edit")
    fails(deck.admin("remove", "keep", "--last-try"), PIN, "blocked")
    equal(deck.state(), before, "the token's state")
    equal(deck.status()["admin_tries"], 0, "tries")


@test
def a_pin_of_impossible_length_is_refused_before_it_costs_a_try(deck):
    deck.added("keep")
    for pin in ("x" * 26, "x" * 300):
        fails(deck.admin("remove", "keep", env={"TOKENDECK_ADMIN_PIN": pin}), PIN)
    equal(deck.status()["admin_tries"], 3, "tries")


@test
def remove_erases_the_slot_that_is_named(deck):
    deck.added("github")
    deck.added("mail")
    fails(deck.admin("remove", "GitLab"), USAGE, "GitLab")
    equal(deck.admin("remove", "github").out, 'removed: totp:1 "github"\n', "what remove prints")
    removed = deck.admin("remove", "totp:2", "--json").json()
    equal([removed[key] for key in ("result", "slot", "name", "state")], ["removed", "totp:2", "mail", "empty"], "remove --json")
    equal({slot["state"] for slot in deck.slots().values()}, {"empty"}, "states")
    fails(deck.admin("remove", "totp:1"), USAGE, "empty")


@test
def a_damaged_state_file_is_refused_and_left_as_it_is(deck):
    deck.added("keep")
    for damaged in (deck.state()[:-20], deck.state().replace(b"user_tries = 3", b"user_tries = 9"), b"", b"\x00" * 50):
        deck.write("pro.token", damaged)
        before = os.stat(deck.file)
        fails(deck.run("list"), USAGE, "pro.token", "damaged")
        fails(deck.add_secret("x"), USAGE, "damaged")
        equal(deck.state(), damaged, "the file")
        equal(os.stat(deck.file).st_mtime_ns, before.st_mtime_ns, "its time")


@test
def a_write_that_breaks_off_says_that_the_slot_is_unsure_and_the_next_one_is_safe(deck):
    deck.added("old", "--slot", "totp:4")
    for fault in ("unplug_at=01:1", "unplug_after=01:1"):
        deck.fault(fault)
        fails(deck.add_secret("new", "--slot", "totp:4", "--overwrite", secret=OTHER_SECRET), FAILED, "unsure", "totp:4")
        deck.no_fault()
    deck.added("new", "--slot", "totp:4", "--overwrite", secret=OTHER_SECRET)
    expect(deck.run("code", "totp:4").out.strip() in totp(OTHER_SECRET), "the code")


@test
def ctrl_c_in_the_middle_of_a_write_waits_until_the_slot_is_proven(deck):
    deck.fault("delay_ms=200")
    process = subprocess.Popen([deck.program, deck.simulate, "add", "--secret-file", deck.write("secret", RFC_SECRET),
                                "--name", "github"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env={**deck.env, "TOKENDECK_ADMIN_PIN": ADMIN_PIN}, start_new_session=True)
    while b"github".hex().encode() not in deck.state():  # now the token has it, and reading back and proving lie ahead
        expect(process.poll() is None, "it ended without writing")
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    expect(out.startswith(b'proven: totp:1 "github"\n') and err == b"", f"{out!r} {err!r}")
    equal(process.returncode, -signal.SIGINT, "then it ends by the signal")


@test
def a_token_that_computes_wrong_codes_is_found_out(deck):
    deck.fault("wrong_code")
    fails(deck.add_secret("x"), FAILED, "not give the right code", "totp:1")
