"""`doctor` and `report`. What the doctor finds on the bus is tested on made-up trees (tests/device) and in a real kernel."""
from bench import DONE, FAILED, NO_TOKEN, USAGE, equal, expect, fails, on_every_model, test

WEIGHTS = ("problem", "advice", "fine")


def findings(run):
    found = run.json()
    for one in found:
        equal(sorted(one), ["command", "finding", "next", "weight", "what"], "members of a finding")
        expect(one["weight"] in WEIGHTS and one["what"] and one["finding"].startswith("doctor."), f"{one}")
    weights = [WEIGHTS.index(one["weight"]) for one in found]
    equal(weights, sorted(weights), "problems first")
    return {one["finding"]: one for one in found}


@on_every_model
def the_doctor_has_nothing_against_a_simulated_token(deck):
    found = findings(deck.run("doctor", "--json"))
    equal(found["doctor.token-ready"]["weight"], "fine", "the token")
    expect("simulated" in found["doctor.token-ready"]["what"], "it is said to be simulated")
    # The computer's own USB tree is looked at all the same, and this one may well have something to say.
    problems = [name for name, one in found.items() if one["weight"] == "problem"]
    equal(deck.run("doctor").code, FAILED if problems else DONE, f"exit code with {problems}")


@test
def the_doctor_says_when_there_is_no_display_and_when_there_is_one_says_nothing(deck):
    expect("doctor.no-display" in findings(deck.run("doctor", "--json")), "without a display")
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        found = findings(deck.run("doctor", "--json", env={variable: ":7"}))
        expect("doctor.no-display" not in found, f"with {variable}")


@test
def the_doctor_takes_a_missing_token_for_a_problem(deck):
    run = deck.raw("doctor")
    equal((run.code, run.err), (FAILED, ""), f"{run}")
    expect(run.out.startswith("problem: "), f"{run}")


@on_every_model
def a_token_is_called_fine_only_when_it_has_answered_and_no_pin_is_tried(deck):
    for fault, told in (("drop_next=1000000", "doctor.token-silent"), ("foreign_next=1000000", "doctor.token-crowded"),
                        ("fail_next=1000000", "doctor.token-unclear")):
        deck.fault(fault)
        run = deck.run("doctor", "--json")
        found = findings(run)
        equal(run.code, FAILED, f"{fault}: {run}")
        expect("doctor.token-ready" not in found, f"{fault}: fine all the same")
        expect(told in found, f"{fault}: {sorted(found)}")
        equal(found[told]["weight"], "problem", fault)
        text = deck.run("doctor")
        equal(text.code, FAILED, f"{fault}: {text}")
        expect(found[told]["what"] in text.out and found[told]["next"] in text.out, f"{text}")
    deck.no_fault()
    status = deck.status()
    equal((status["user_tries"], status["admin_tries"]), (3, 3), "tries")
    expect("doctor.token-ready" in findings(deck.run("doctor", "--json")), "fine again")


@test
def noise_beside_an_answer_is_told(deck):
    deck.fault("corrupt_next=12")
    found = findings(deck.run("doctor", "--json"))
    expect("doctor.token-ready" not in found, "fine all the same")
    equal(found["doctor.token-disturbed"]["weight"], "advice", f"{sorted(found)}")


@test
def a_firmware_newer_than_the_newest_known_is_said_to_be_served_as_that(deck):
    equal(deck.status()["newer_than_known"], False, "the newest known")
    expect("newer" not in deck.run("status").out, "the newest known")
    deck.edit("firmware_minor", "16")
    status = deck.status()
    equal((status["firmware"], status["newer_than_known"]), ("0.16", True), "status --json")
    expect("newer than 0.15, the newest known" in deck.run("status").out, "status")
    newer = findings(deck.run("doctor", "--json"))["doctor.firmware-newer"]
    expect("0.16" in newer["what"] and "0.15" in newer["what"], f"{newer}")


@test
def every_line_of_the_doctor_begins_with_its_weight_or_is_something_to_type(deck):
    for line in deck.run("doctor").out.splitlines():
        expect(line.startswith(("problem: ", "advice: ", "fine: ", "    ")), f"{line!r}")


@on_every_model
def a_report_tells_the_firmware_and_nothing_about_whose_token_it_is(deck):
    deck.added("Sesame:ann")
    deck.added("Sesame:bob", "--counter", "4")
    status = deck.status()
    for arguments in (("report",), ("report", "--json")):
        run = deck.run(*arguments)
        equal((run.code, run.err), (DONE, ""), f"{run}")
        private = [status["card_serial"], "Sesame", deck.file, deck.folder]
        if status["storage"]:
            private.append(status["storage"]["sd_card_serial"])
        for text in private:
            expect(text.lower() not in run.out.lower(), f"{text!r} is in the report: {run}")
    report = run.json()
    expect(report["program"].startswith("tokendeck ") and report["system"], "program and system")
    (token,) = report["tokens"]
    equal((token["firmware"], token["user_tries"], token["admin_tries"]), (status["firmware"], 3, 3), "the token")
    equal((token["slots"]["hotp"]["used"], token["slots"]["totp"]["used"]), (1, 1), "slots in use")
    for key in ("model", "title", "slots", "pin_protection", "numlock", "limits", "known_faults"):
        equal(token[key], status[key], f"{key}, as in status")
    equal(report["foreign_replies"], 0, "nobody else")
    rows = {(row["command"], row["result"]) for row in report["exchanges"]}
    expect(("GET_STATUS", "ok") in rows and ("READ_SLOT", "slot not programmed") in rows, f"exchanges: {rows}")


@test
def a_report_says_when_another_program_talks_to_the_token(deck):
    expect("No other program talked" in deck.run("report").out, "alone")
    # Some are met while the token is looked at for the first time, which is in no report.
    deck.fault("foreign_next=6")
    text = deck.run("report").out
    expect("No other program" not in text and "another program" in text.lower(), f"{text}")
    deck.fault("foreign_next=6")
    expect(0 < deck.run("report", "--json").json()["foreign_replies"] <= 6, "counted")


@test
def a_report_counts_what_failed_by_its_kind(deck):
    deck.fault("drop_next=1000000")
    report = deck.run("report", "--json").json()
    (token,) = report["tokens"]
    expect(token["not_opened"] and token["firmware"] is None, f"{token}")
    failed = [row for row in report["exchanges"] if row["result"] not in ("ok", "slot not programmed")]
    expect(failed, f"{report['exchanges']}")


@test
def doctor_and_report_end_well_without_a_token_and_say_what_is_wrong_with_a_file(deck):
    report = deck.raw("report", "--json").json()
    equal(report["tokens"], [], "tokens")
    expect("No other program talked" in deck.raw("report").out, "as text")
    deck.write("pro.token", "damaged")
    for command in ("doctor", "report"):
        fails(deck.run(command), USAGE, "damaged")
    fails(deck.raw("lock"), NO_TOKEN)
