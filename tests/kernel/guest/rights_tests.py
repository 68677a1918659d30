"""Who may open a token: without rules, with those that Debian has, and with ours."""
from bench import *

BOTH = "hidraw libusb"
OURS = "70-tokendeck.rules"
EACH = (PRO, STORAGE, LIBREM)
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def devices(person, backends):
    return {token["model"]: token for token in good(tokendeck(person, backends, "devices", "--json"), "devices").json()}


def refused(person, backend):
    run = good(tokendeck(person, backend, "devices", "--json"), "devices")
    seen = {token["model"]: token for token in run.json()}
    for token in EACH:
        equal(seen[token.model]["access"], "no_permission", f"access to the {token.title} over {backend}")
        equal(seen[token.model]["node"], token.node(backend), "the node that may not be opened")
    return run


def doctor(person):
    """Its findings by name. Its exit code says whether one of them is a problem."""
    run = tokendeck(person, BOTH, "doctor", "--json")
    findings = {finding["finding"]: finding for finding in run.json()}
    problem = any(finding["weight"] == "problem" for finding in findings.values())
    equal(run.code, FAILED if problem else DONE, f"the exit code of {run}")
    return findings


def prescribed(person, name):
    """What is to be typed about this problem."""
    findings = doctor(person)
    expect(name in findings, f"{name} is not in {sorted(findings)}")
    equal(findings[name]["weight"], "problem", name)
    return findings[name]["command"]


def as_administrator(command):
    subprocess.run(["/usr/bin/sh", "-c", command], check=True, cwd="/", env={"PATH": "/usr/bin:/usr/sbin"})
    settle()


def may_open(person, backend):
    seen = devices(person, backend)
    equal(sorted(seen), sorted(token.model for token in EACH), "models seen")
    for model, token in seen.items():
        equal((token["access"], token["via"]), ("openable", backend), f"{model} over {backend}")
    good(tokendeck(person, backend, "status", "--token", PRO.attribute("serial")), "status of the Pro")


@test
def without_rules_each_token_is_seen_and_named_as_one_that_may_not_be_opened_with_its_node():
    install_rules()
    plug_only(*EACH)
    for backend in ("hidraw", "libusb"):
        expect("tokendeck doctor" in refused(MEMBER, backend).err, "the advice to ask the doctor")
    # systemd lets the seat open the USB node of whatever has a smart card reader in it.
    refused(AT_THE_SEAT, "hidraw")


@test
def without_rules_a_command_fails_and_names_the_node_and_the_rules():
    plug_only(PRO)
    for backend in ("hidraw", "libusb"):
        fails(tokendeck(MEMBER, backend, "status"), FAILED, PRO.node(backend), OURS)


@test
def without_rules_what_doctor_says_to_type_lets_a_member_of_plugdev_open_the_token():
    plug_only(*EACH)
    command = prescribed(MEMBER, "doctor.no-rule")
    expect("packaging/udev/" + OURS in command, f"{command!r} is not about the rules that we ship")
    as_administrator(command)
    may_open(MEMBER, "hidraw")


@test
def with_rules_that_udev_has_not_read_yet_what_doctor_says_to_type_applies_them():
    install_rules()
    plug_only()
    plug_only(*EACH)
    put_rules(OURS)
    as_administrator(prescribed(MEMBER, "doctor.rule-not-applied"))
    may_open(MEMBER, "hidraw")


@test
def with_the_rules_of_libnitrokey_the_seat_reaches_pro_and_storage_over_libusb_only():
    install_rules("41-nitrokey.rules")
    plug_only()
    plug_only(*EACH)
    refused(AT_THE_SEAT, "hidraw")
    refused(MEMBER, "libusb")
    for model, token in devices(AT_THE_SEAT, BOTH).items():
        equal((token["access"], token["via"]), ("openable", "libusb"), f"{model} with both backends")
    good(tokendeck(AT_THE_SEAT, BOTH, "status", "--token", PRO.attribute("serial")), "status of the Pro")


@test
def with_our_rules_whoever_sits_at_the_seat_may_open_the_tokens():
    install_rules(OURS)
    plug_only()
    plug_only(*EACH)
    for backend in ("hidraw", "libusb"):
        may_open(AT_THE_SEAT, backend)


@test
def with_our_rules_a_member_of_plugdev_may_open_them_without_a_seat():
    for backend in ("hidraw", "libusb"):
        may_open(MEMBER, backend)


@test
def with_our_rules_nobody_else_may_open_them():
    for backend in ("hidraw", "libusb"):
        refused(STRANGER, backend)


@test
def with_our_rules_doctor_tells_a_person_without_a_seat_about_the_group():
    expect("plugdev" in prescribed(STRANGER, "doctor.no-seat"), "the group is not named")


@test
def udev_finds_no_fault_in_our_rules():
    with open(UDEV_LOG) as log:
        lines = [line for line in log if OURS in line]
    equal(lines, [], "what udev says of the file")


@test
def on_a_system_without_the_group_plugdev_the_seat_may_open_them_all_the_same():
    write_groups(plugdev=False)
    try:
        install_rules(OURS)
        plug_only()
        plug_only(*EACH)
        may_open(AT_THE_SEAT, "hidraw")
        refused(MEMBER, "hidraw")
    finally:
        write_groups()
        install_rules(OURS)
        plug_only()


@test
def a_token_that_another_program_holds_is_said_to_be_held():
    plug_only(PRO)
    holder = subprocess.Popen(["/usr/bin/python3", "-S", "-E", "/judge/holder.pyc", PRO.usb_node(), "0"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, user=AT_THE_SEAT.uid, group=AT_THE_SEAT.uid,
                              extra_groups=[])
    try:
        equal(holder.stdout.readline(), b"held\n", "the other program")
        fails(tokendeck(AT_THE_SEAT, BOTH, "status"), FAILED, "another program")
        expect("python3" in doctor(AT_THE_SEAT)["doctor.held"]["what"], "doctor does not name the other program")
    finally:
        holder.communicate(b"")
        PRO.pull()  # the kernel's driver does not come back by itself


def tests():
    return [(function.__name__.replace("_", " "), function, None) for function in TESTS]
