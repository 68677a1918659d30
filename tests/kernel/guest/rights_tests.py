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
        expect("udev rules" in refused(MEMBER, backend).err, "the advice to install the rules")
    # systemd lets the seat open the USB node of whatever has a smart card reader in it.
    refused(AT_THE_SEAT, "hidraw")


@test
def without_rules_a_command_fails_and_names_the_node_and_the_rules():
    plug_only(PRO)
    for backend in ("hidraw", "libusb"):
        fails(tokendeck(MEMBER, backend, "status"), FAILED, PRO.node(backend), OURS)


@test
def without_rules_doctor_gives_the_exact_fix():
    run = tokendeck(MEMBER, BOTH, "doctor")
    equal(run.code, FAILED, f"the exit code of {run}")
    for word in (OURS, "/etc/udev/rules.d", "udevadm control --reload"):
        expect(word in run.out + run.err, f"{word!r} is not in what doctor says: {run.out!r} {run.err!r}")


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
    run = tokendeck(STRANGER, BOTH, "doctor")
    equal(run.code, FAILED, f"the exit code of {run}")
    expect("plugdev" in run.out + run.err, f"the group is not named: {run.out!r} {run.err!r}")


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
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, user=AT_THE_SEAT.uid)
    try:
        equal(holder.stdout.readline(), b"held\n", "the other program")
        fails(tokendeck(AT_THE_SEAT, BOTH, "status"), FAILED, "another program")
    finally:
        holder.communicate(b"")
        PRO.pull()  # the kernel's driver does not come back by itself


def tests(backend):
    """Both backends are in each of them."""
    if backend != "libusb":
        return []
    return [(function.__name__.replace("_", " "), function, None) for function in TESTS]
