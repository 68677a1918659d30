"""`check`: the token is tried with a test account, and is as it was afterwards."""
import re
import signal

from bench import (ADMIN_PIN, DONE, FAILED, PIN, USAGE, USER_PIN, Terminal, equal, expect, fails, on_every_model, test)

PINS = {"TOKENDECK_ADMIN_PIN": ADMIN_PIN, "TOKENDECK_USER_PIN": USER_PIN}


def slots_of(deck):
    return deck.run("list", "--json").json()


def results(run):
    return {step["step"]: step["result"] for step in run.json()["steps"]}


@on_every_model
def a_sound_token_passes_the_quick_check_and_is_as_it_was(deck):
    deck.added("time")
    deck.added("counted", "--counter", "7")
    before = slots_of(deck)
    run = deck.run("check", "--quick", "--yes", "--json", env=PINS)
    answer = run.json()
    equal((run.code, answer["passed"]), (DONE, answer["of"]), f"{run}")
    found = results(run)
    skipped = {step for step, result in found.items() if result == "skipped"}
    expect({result for result in found.values()} <= {"passed", "skipped"}, f"{found}")
    if deck.model == "pro-0.7":
        equal(answer["of"], 4, "where one PIN is one change nothing is written")
    else:
        expect(skipped <= {"time_steps", "clock_rate", "counter_echo", "time_echo", "counter_large"}, f"skipped: {skipped}")
    equal(slots_of(deck), before, "the slots afterwards")
    deck.tries_are(3, 3, "afterwards")
    for private in ("00005F11", "time:", "counted", ADMIN_PIN, USER_PIN):
        expect(private not in answer["report"], f"{private} is in the report")


@test
def the_whole_check_tells_each_step_and_ends_in_a_report_for_sharing(deck):
    run = deck.run("check", "--yes", env=PINS)
    equal(run.code, DONE, f"{run}")
    lines = run.out.splitlines()
    equal(len([line for line in lines if line.startswith("passed ")]), 17, f"steps that passed: {run}")
    equal(lines[18], "17 of 17, Nitrokey Pro 0.15, simulated", f"{run}")
    expect(re.fullmatch(r"clock: (0\.[89]|1\.[012])\d % slow, give or take 0\.\d\d %", lines[20]), f"the clock: {lines[20]}")
    equal(run.err, "", "standard error")


@test
def without_a_yes_nothing_is_done(deck):
    before = deck.state()
    fails(deck.run("check", env=PINS), USAGE, "--yes")
    terminal = Terminal(deck, "check", env=PINS)
    try:
        terminal.until("Check this token?")
        terminal.type("no\n")
        equal(terminal.end(), FAILED, f"{terminal.seen!r}")
        expect(b"erases it again" in terminal.seen, f"what will happen is said first: {terminal.seen!r}")
    finally:
        terminal.close()
    equal(deck.state(), before, "the token")


@test
def a_wrong_pin_costs_one_try_and_ends_the_check(deck):
    fails(deck.run("check", "--yes", env={"TOKENDECK_ADMIN_PIN": "wrong-wrong"}), PIN, "wrong", "2 tries")
    deck.tries_are(3, 2, "afterwards")
    equal([slot for slot in slots_of(deck) if slot["state"] != "empty"], [], "accounts")


@test
def ctrl_c_ends_the_check_with_its_account_erased(deck):
    terminal = Terminal(deck, "check", "--yes", env=PINS)
    try:
        terminal.until("the current code")
        terminal.type("\x03")
        equal(terminal.end(), -signal.SIGINT, f"{terminal.seen!r}")
    finally:
        terminal.close()
    expect(b"cancelled" in terminal.seen, f"what is said: {terminal.seen!r}")
    equal([slot for slot in slots_of(deck) if slot["state"] != "empty"], [], "accounts")
