"""Each operation on each model over each of hidapi's backends, as somebody at the seat, and several tokens at once."""
import functools

from bench import *

OPERATIONS = []
WAYS = {"hidraw": (PRO, STORAGE, OLD_STORAGE, LIBREM), "libusb": (PRO, STORAGE, OLD_PRO)}
ME = AT_THE_SEAT


def operation(name):
    def register(function):
        OPERATIONS.append((name, function))
        return function
    return register


def oathtool(*arguments, secret=RFC_SECRET):
    return subprocess.run(["/usr/bin/oathtool", "-b", *arguments, "-"], input=secret, check=True, stdout=subprocess.PIPE,
                          text=True).stdout.strip()


def account(kind, name, secret=RFC_SECRET, **parameters):
    """A file with an otpauth URI."""
    path = f"{ME.home}/{name}.uri"
    with open(path, "w") as file:
        file.write(f"otpauth://{kind}/{name}?secret={secret}" + "".join(f"&{k}={v}" for k, v in parameters.items()) + "\n")
    return path


def add(backend, uri_file, slot, *arguments):
    """Into this slot, whatever is in it."""
    return tokendeck(ME, backend, "add", "--uri-file", uri_file, "--slot", slot, "--overwrite", "--allow-duplicate",
                     *arguments, pin=True)


def slots(backend, *arguments):
    return {slot["slot"]: slot for slot in good(tokendeck(ME, backend, "list", "--json", *arguments), "list").json()}


@operation("devices")
def it_is_listed_as_what_it_is(token, backend):
    (seen,) = good(tokendeck(ME, backend, "devices", "--json"), "devices").json()
    equal((seen["model"], seen["title"], seen["via"], seen["access"], seen["simulated"], seen["usb_serial"]),
          (token.model, token.title, backend, "openable", False, token.attribute("serial")), "what devices says")


@operation("status")
def its_status_is_read(token, backend):
    status = good(tokendeck(ME, backend, "status", "--json"), "status").json()
    equal((status["user_tries"], status["admin_tries"], status["slots"]["totp"]["used"]), (3, 3, 0), "tries and slots")


@operation("add")
def an_account_is_added_and_proven(token, backend):
    before = token.sent(0x07)
    run = good(add(backend, account("totp", "github"), "totp:3"), "add")
    expect(run.out.startswith('proven: totp:3 "github"\n'), "it is not said to be proven")
    equal(token.sent(0x07) - before, 1, "times that the admin PIN was sent")


@operation("add HOTP")
def a_hotp_account_is_proven_and_the_code_of_the_proof_does_not_come_again(token, backend):
    run = good(add(backend, account("hotp", "vpn", counter=5), "hotp:2"), "add")
    expect(run.out.startswith('proven: hotp:2 "vpn"\n'), "it is not said to be proven")
    expect("for counter 5" in run.err and "for counter 6" in run.err, f"it is not said which code comes next: {run.err!r}")
    run = good(tokendeck(ME, backend, "code", "hotp:2"), "code")
    expect(run.out.strip() == oathtool("--hotp", "-c", "6"), "the next code is that of another counter")


@operation("list")
def its_accounts_are_listed(token, backend):
    found = {slot: (s["name"], s["kind"], s["digits"]) for slot, s in slots(backend).items() if s["state"] != "empty"}
    equal(found, {"totp:3": ("github", "totp", 6), "hotp:2": ("vpn", "hotp", 6)}, "accounts")


@operation("code")
def its_code_is_the_one_that_oathtool_computes(token, backend):
    before = oathtool("--totp")
    run = good(tokendeck(ME, backend, "code", "github"), "code")
    expect(run.out.strip() in (before, oathtool("--totp")), "the code is wrong")


@operation("remove")
def an_account_is_removed_and_no_other(token, backend):
    good(tokendeck(ME, backend, "remove", "github", pin=True), "remove")
    equal([slot for slot, s in slots(backend).items() if s["state"] != "empty"], ["hotp:2"], "accounts left")


def one_account_each(backend):
    """With both plugged in."""
    plug_only(PRO, STORAGE)
    for token, name in ((PRO, "on-pro"), (STORAGE, "on-storage")):
        run = add(backend, account("totp", name), "totp:1", "--token", token.attribute("serial"))
        expect(good(run, "add").out.startswith(f'proven: totp:1 "{name}"\n'), "it is not said to be proven")
    for token, name in ((PRO, "on-pro"), (STORAGE, "on-storage")):
        equal(slots(backend, "--token", token.attribute("serial"))["totp:1"]["name"], name, f"on the {token.title}")


def no_choice(backend):
    run = tokendeck(ME, backend, "remove", "totp:1", pin=True)
    fails(run, USAGE, "--token")
    for token in (PRO, STORAGE):
        equal(slots(backend, "--token", token.attribute("serial"))["totp:1"]["state"], "programmed", f"on the {token.title}")


def two_storages(backend):
    """Each shows the same serial on USB. What tells them apart is the port, and the serial of the card."""
    both = (STORAGE, OLD_STORAGE)
    plug_only(*both)
    usb_serial = STORAGE.attribute("serial")
    equal(OLD_STORAGE.attribute("serial"), usb_serial, "the other's USB serial")
    seen = [token["key"] for token in good(tokendeck(ME, backend, "devices", "--json"), "devices").json()]
    keys = {token: next(key for key in seen if f"1-{token.port + 1}#" in key) for token in both}
    cards = {token: good(tokendeck(ME, backend, "status", "--json", "--token", keys[token]), "status").json()["card_serial"]
             for token in both}
    before = [token.sent(0x01) for token in both]
    fails(add(backend, account("totp", "nowhere"), "totp:2", "--token", usb_serial), USAGE, *keys.values())
    equal([token.sent(0x01) for token in both], before, "writes that the tokens have executed")
    for token, name in ((OLD_STORAGE, "on-old"), (STORAGE, "on-new")):
        good(add(backend, account("totp", name), "totp:2", "--token", cards[token]), "add")
    for token, name in ((OLD_STORAGE, "on-old"), (STORAGE, "on-new")):
        equal(slots(backend, "--token", keys[token])["totp:2"]["name"], name, f"on {token.simulated}")


def tests(backend):
    made = []
    for token in WAYS[backend]:
        made.append((f"{token.simulated} over {backend}: the kernel takes it", functools.partial(plug_only, token), None))
        for name, function in OPERATIONS:
            made.append((f"{token.simulated} over {backend}: {function.__name__.replace('_', ' ')}",
                         functools.partial(function, token, backend), [token.simulated, name, backend]))
    made.append((f"both over {backend}: --token says where an account goes", functools.partial(one_account_each, backend),
                 ["both at once", "--token", backend]))
    made.append((f"both over {backend}: without --token nothing is written", functools.partial(no_choice, backend),
                 ["both at once", "no --token", backend]))
    if backend == "hidraw":
        made.append((f"two Storages over {backend}: their cards tell them apart, and where it is not clear nothing is written",
                     functools.partial(two_storages, backend), ["two Storages", "--token CARD", backend]))
    return made
