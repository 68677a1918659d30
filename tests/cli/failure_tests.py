"""Every kind of failure, and being a good program."""
import base64
import os
import re
import signal
import subprocess
import time

from bench import (ADMIN_PIN, CANNOT, DONE, FAILED, NO_ANSWER, NO_TOKEN, RFC_SECRET, USAGE, equal, expect, fails, hotp,
                   test, totp, white_png)


@test
def without_a_token_everything_ends_with_exit_code_3(deck):
    for arguments in (("devices",), ("status",), ("list",), ("code", "x")):
        run = fails(deck.raw(*arguments), NO_TOKEN, "no token", "--simulate")
        equal(run.out, "", "standard output")
    equal(deck.raw("devices", "--json").out, "[]\n", "devices --json")
    fails(deck.run("list", "--token", "no-such-serial"), NO_TOKEN, "devices")


@test
def wrong_usage_ends_with_exit_code_2_and_the_token_is_not_touched(deck):
    before = deck.state()
    for arguments in (("code",), ("code", "nobody"), ("code", "totp:1"), ("code", "totp:99"), ("bogus",), ("list", "--bogus"),
                      ("add",), ("add", "--image", "a", "--uri-file", "b"), ("scan",), ("--simulate=nk9", "list"),
                      ("list", "--ui-map", "x"), ("remove", "totp:1")):
        fails(deck.admin(*arguments) if arguments[0][0] != "-" else deck.raw(*arguments), USAGE)
    equal(deck.state(), before, "the token's state")


@test
def a_misspelt_subcommand_or_option_is_told_with_the_nearest(deck):
    for typed, meant in (("lsit", "list"), ("stauts", "status"), ("ad", "add"), ("renmae", "rename")):
        fails(deck.run(typed), USAGE, f"no subcommand `{typed}`", f"Did you mean `{meant}`?")
    fails(deck.run("add", "--imagee", "x"), USAGE, "--imagee", "Did you mean `--image`?")
    run = fails(deck.run("bogus"), USAGE, "--help")
    expect("Did you mean" not in run.err and "bogus" not in run.err, f"nothing is near: {run}")


@test
def a_file_that_cannot_be_read_is_told_by_the_name_that_was_typed(deck):
    closed = deck.write("closed.png", "x")
    os.chmod(closed, 0)
    cases = [("/no/such.png", "There is no file /no/such.png."), (deck.folder, deck.folder + " is a folder")]
    if os.geteuid() != 0:
        cases.append((closed, "not allowed to read the file " + closed))
    for path, words in cases:
        for arguments in (("scan", path), ("add", "--image", path), ("add", "--uri-file", path)):
            fails(deck.run(*arguments), USAGE, words)


@test
def an_account_that_does_not_fit_is_refused_with_exit_code_5_before_any_pin(deck):
    long_secret = base64.b32encode(bytes(range(1, 42))).decode()
    prompt_free = {"env": {"TOKENDECK_ADMIN_PIN": "wrong-wrong"}}
    fails(deck.add_secret("x", secret=long_secret, **prompt_free), CANNOT, "41", "40")
    fails(deck.add_secret("x", "--digits", "7", **prompt_free), CANNOT, "7")
    fails(deck.add_secret("x", "--period", "65536", **prompt_free), CANNOT, "65536")
    fails(deck.add_secret("a name that is too long", **prompt_free), CANNOT, "15")
    uri = f"otpauth://totp/x?secret={RFC_SECRET}&algorithm=SHA256"
    fails(deck.admin("add", "--uri-file", "-", stdin=uri, **prompt_free), CANNOT, "SHA256")
    equal(deck.status()["admin_tries"], 3, "tries")


@test
def a_full_token_is_refused_with_exit_code_5(deck):
    for number in range(1, 4):
        deck.added(f"h{number}", "--counter", "0")
    fails(deck.add_secret("h4", "--counter", "0"), CANNOT, "HOTP", "in use")


@test
def a_name_that_would_have_to_be_cut_is_asked_for(deck):
    uri = f"otpauth://totp/A%20very%20long%20issuer:somebody%40example.org?secret={RFC_SECRET}&issuer=A%20very%20long%20issuer"
    fails(deck.admin("add", "--uri-file", "-", stdin=uri), USAGE, "--name", "15")
    run = deck.admin("add", "--uri-file", "-", "--name", "short", stdin=uri)
    equal(run.code, DONE, f"{run}")


@test
def what_a_full_counter_page_gives_is_no_code_and_the_cure_is_told(deck):
    deck.added("bank", "--counter", "1015")
    deck.edit("hotp_marks.10", "1016")
    run = fails(deck.run("code", "bank"), FAILED, "no code", "nothing was used up", "unplug", "plug it back in")
    equal(run.out, "", "standard output")
    expect("set-time-back" not in run.err, f"{run}")
    # The token of a process that ended has lost its power.
    equal(deck.run("code", "bank").out.strip() == hotp(1016), True, "the code of counter 1016 comes")


@test
def a_code_that_got_lost_may_have_moved_a_counter_and_a_pin_may_have_cost_a_try(deck):
    deck.added("bank", "--counter", "6")
    deck.added("site")
    deck.fault("unplug_after=04:1")
    fails(deck.run("code", "bank"), NO_TOKEN, "unplugged", "counter may have moved on by one")
    deck.no_fault()
    equal(deck.slots()["hotp:1"]["counter"], 8, "counter")
    deck.fault("unplug_after=04:1")
    run = fails(deck.run("code", "site"), NO_TOKEN, "unplugged")
    expect("counter" not in run.err, f"{run}")
    deck.fault("unplug_after=07:1")
    fails(deck.add_secret("new"), NO_TOKEN, "may have cost a try")


@test
def malformed_input_names_the_place(deck):
    fails(deck.add_secret("x", secret="GEZDGNBV!Y3TQOJQ"), USAGE, "9")
    fails(deck.admin("add", "--uri-file", "-", stdin=f"otpauth://totp/x?secret={RFC_SECRET}&digits=six"), USAGE, "digits")
    fails(deck.admin("add", "--uri-file", "-", stdin="https://example.org/"), USAGE)
    fails(deck.admin("add", "--uri-file", "-", stdin=RFC_SECRET), USAGE, "--secret-file")
    fails(deck.add_secret("x", secret=f"otpauth://totp/x?secret={RFC_SECRET}"), USAGE, "--uri-file")
    fails(deck.admin("add", "--uri-file", "no-such-file"), USAGE, "no-such-file")
    fails(deck.admin("add", "--uri-file", deck.folder), USAGE, "--uri-file", deck.folder, "is a folder")
    fails(deck.admin("add", "--image", deck.write("a.png", "this is no picture")), USAGE, "picture")
    fails(deck.admin("add", "--image", deck.write("white.png", white_png())), USAGE, "QR code")


@test
def a_token_that_does_not_answer_ends_with_exit_code_6(deck):
    deck.fault("drop_next=1000000")
    started = time.monotonic()
    fails(deck.run("status"), NO_ANSWER)
    expect(time.monotonic() - started < 60, "it took too long")


@test
def a_token_pulled_while_a_code_is_asked_for_is_reported(deck):
    deck.added("github")
    deck.fault("unplug_at=04:1")
    fails(deck.run("code", "github"), NO_TOKEN, "unplugged")


@test
def help_and_version_are_there(deck):
    expect(re.fullmatch(r"tokendeck \d+\.\d+\.\d+\n", deck.raw("--version").out), "--version")
    for arguments in ((), ("devices",), ("status",), ("list",), ("code",), ("add",), ("remove",), ("scan",)):
        run = deck.raw(*arguments, "--help")
        expect(run.code == DONE and run.err == "" and "--simulate" in run.out + deck.raw("--help").out, f"{arguments}")


@test
def a_closed_pipe_ends_the_program_quietly(deck):
    reader, writer = os.pipe()
    os.close(reader)
    run = deck.run("list", stdout=writer)
    os.close(writer)
    equal((run.code, run.err), (FAILED, ""), "a closed pipe")


def closing(*places):
    """Started by a shell with `>&-` and the like."""
    def close():
        for place in places:
            os.close(place)
    return {"preexec_fn": close}


@test
def what_is_printed_goes_nowhere_else_when_standard_output_is_closed(deck):
    deck.added("github")
    def lasting():  # but for when the clock was set
        return [line for line in deck.state().splitlines() if not line.startswith(b"set_times")]
    before = lasting()
    for places in ((1,), (0, 1), (0, 1, 2)):
        for arguments in (("code", "github"), ("list",), ("list", "--json"), ("devices",), ("status",), ("report",)):
            run = deck.run(*arguments, stdout=None, **closing(*places))
            equal(run.code, FAILED, f"{arguments} with {places} closed: {run}")
            if 2 not in places:
                expect("standard output" in run.err, f"{arguments} with {places} closed says {run.err!r}")
    expect(lasting() == before, "the token's state changed")
    for name in os.listdir(deck.folder):
        with open(os.path.join(deck.folder, name), "rb") as file:
            expect(not re.match(rb"\d{6}\n", file.read()), f"a code is in {name}")
    for text in (("--help",), ("--version",)):
        fails(deck.raw(*text, stdout=None, **closing(1)), FAILED, "standard output")


@test
def without_a_display_the_window_says_in_one_sentence_what_to_type(deck):
    for env in ({}, {"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "none"}):
        run = fails(deck.raw("--simulate", env=env), FAILED, "no graphical session", deck.program + " --help")
        equal(run.err.count("\n"), 1, "lines")
        equal(run.err.count(". "), 0, "ends of sentences within")


@test
def a_full_disk_is_said(deck):
    with open("/dev/full", "wb") as full:
        for arguments in (("list",), ("list", "--json"), ("devices",), ("status",), ("doctor", "--json"), ("report",),
                          ("--help",), ("--version",)):
            fails(deck.run(*arguments, stdout=full), FAILED, "standard output")


@test
def no_run_leaves_anything_behind_but_the_state_file(deck):
    deck.added("github")
    deck.run("code", "github")
    equal(os.listdir(deck.folder), ["pro.token"], "files in the folder")


@test
def without_a_file_the_simulated_token_lives_in_the_data_folder(deck):
    equal(deck.raw("status", "--simulate").code, DONE, "--simulate")
    path = os.path.join(deck.folder, ".local", "share", "tokendeck", "simulated-pro.token")
    expect(os.path.exists(path), "the default file")
    equal(os.stat(path).st_mode & 0o777, 0o600, "its permissions")


def interrupted_while_it_removes(deck, slot, fault):
    """Ctrl-C once the token is about to be changed, with this fault from then on. Exit code, and what was said."""
    process = subprocess.Popen([deck.program, deck.simulate, "remove", slot], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, cwd=deck.folder,
                               env={**deck.env, "TOKENDECK_ADMIN_PIN": ADMIN_PIN}, text=True)
    try:
        def holds_signals():
            with open(f"/proc/{process.pid}/status") as status:
                caught = re.search(r"^SigCgt:\s*(\w+)", status.read(), re.M)
            return int(caught[1], 16) >> signal.SIGINT - 1 & 1
        while not holds_signals():
            expect(process.poll() is None, "it ended by itself")
            time.sleep(0.002)
        deck.fault(fault)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=40)
        return process.returncode, out, err
    except subprocess.TimeoutExpired:
        raise AssertionError("it did not end within 40 s")
    finally:
        process.kill()
        process.communicate()


@test
def ctrl_c_does_not_wait_for_a_token_that_never_answers(deck):
    deck.added("github")
    deck.fault("hang_at=06:1")
    code, out, err = interrupted_while_it_removes(deck, "github", "hang_at=06:1")
    equal((code, out), (-signal.SIGINT, ""), f"a hanging token: {err!r}")
    expect("did not answer in time" in err, f"said {err!r}")


@test
def ctrl_c_waits_for_a_slow_token_to_finish(deck):
    deck.added("github")
    deck.fault("timing=real")
    code, out, err = interrupted_while_it_removes(deck, "github", "delay_ms=1800")
    equal((code, out, err), (-signal.SIGINT, 'removed: totp:1 "github"\n', ""), "a slow token")
    deck.no_fault()
    equal(deck.slots()["totp:1"]["state"], "empty", "the slot")
