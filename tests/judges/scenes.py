"""What is judged, for each model in the order of SCENES; all on one token."""
import json
import os
import time

from tokens import (ADMIN, BUILD, CANNOT, LONG, PIN, RFC, SHORT, USER, VIRTUAL, equal, expect, has_nitrocli, hotp_code, judged,
                   totp_codes)


def status(token):
    with judged(token, "read firmware, serial number and tries as tokendeck does", "libnitrokey"):
        ours = token.status()
        equal(ours["firmware"], token.model.split("-")[-1] if "-" in token.model else ours["firmware"], "firmware")
        equal([answer.lower() for answer in token.client("status", "tries")],
              [f"{ours['firmware']} {ours['card_serial']}".lower(), f"{ours['user_tries']} {ours['admin_tries']}"], "client")
    if not has_nitrocli(token):
        return
    with judged(token, "read firmware, serial number and tries as tokendeck does", "nitrocli"):
        seen = token.nitrocli("status").stdout
        for word in (f"0x{ours['card_serial'].lower()}", f"version:  {ours['firmware']}\n", "user retry count:  3\n",
                     "admin retry count: 3\n"):
            expect(word in seen, f"{word!r} is not in {seen!r}")


def our_writes(token):
    """tokendeck writes, they read and compute."""
    with judged(token, "write TOTP and HOTP, proven by the token's own code", "tokendeck"):
        token.add("ours-totp", RFC, "--slot", "totp:2", "--digits", "8", "--period", "60")
        token.add("ours-hotp", RFC, "--slot", "hotp:1", "--counter", "4")  # and the proof takes one code
    ours = {"totp:2": "ours-totp", "hotp:1": "ours-hotp"}
    with judged(token, "read tokendeck's names and counter", "libnitrokey"):
        equal(token.client_names(), ours, "names")
        equal(token.client("counter 0"), ["5"], "HOTP counter")
    with judged(token, "compute from tokendeck's slots", "libnitrokey"):
        since = time.time()
        totp, hotp = token.client("totp 1", "hotp 0")
        expect(totp in totp_codes(RFC, since, 60, 8), "the TOTP code is not oathtool's")
        equal(hotp, hotp_code(RFC, 5), "HOTP code")
    if not has_nitrocli(token):
        with judged(token, "find the device", "nitrocli") as note:
            run = token.nitrocli("status", may_fail=True)
            expect(run.returncode != 0 and "not found" in run.stderr, f"nitrocli finds a Librem Key: {run.stdout}")
            note.append("nitrocli 0.2.4 does not know the Librem Key's numbers")
        return
    with judged(token, "read tokendeck's names", "nitrocli"):
        equal(token.nitrocli_names(), ours, "names")
    with judged(token, "compute from tokendeck's slots", "nitrocli"):
        since = time.time()
        expect(token.nitrocli("otp", "get", "1").stdout.strip() in totp_codes(RFC, since, 60, 8),
               "the TOTP code is not oathtool's")
        equal(token.nitrocli("otp", "get", "-a", "hotp", "0").stdout.strip(), hotp_code(RFC, 6), "HOTP code")


def their_writes(token):
    """They write, tokendeck lists and gives the codes."""
    def ours_after(slot, name, secret, digits, period):
        seen = token.slots()[slot]
        equal((seen["name"], seen["digits"], seen["period"]), (name, digits, period), "listed")
        since = time.time()
        expect(token.deck("code", slot).strip() in totp_codes(secret, since, period, digits),
               "tokendeck's TOTP code is not oathtool's")

    with judged(token, "write; tokendeck lists and gives the codes", "libnitrokey"):
        equal(token.client(f"admin {ADMIN}", f"write-totp 4 theirs {SHORT.hex()} 8 45"), ["ok"] * 2, "TOTP")
        equal(token.client(f"admin {ADMIN}", f"write-hotp 2 theirs-h {SHORT.hex()} 6 7"), ["ok"] * 2, "HOTP")
        ours_after("totp:5", "theirs", SHORT, 8, 45)
        equal(token.slots()["hotp:3"]["counter"], 7, "counter listed")
        equal(token.deck("code", "hotp:3").strip(), hotp_code(SHORT, 7), "HOTP code")
    if not has_nitrocli(token):
        return
    with judged(token, "write; tokendeck lists and gives the codes", "nitrocli"):
        token.nitrocli("otp", "set", "-f", "hex", "-d", "6", "-t", "30", "3", "nitro", SHORT.hex())
        token.nitrocli("otp", "set", "-f", "hex", "-a", "hotp", "-d", "8", "-c", "3", "1", "nitro-h", SHORT.hex())
        ours_after("totp:4", "nitro", SHORT, 6, 30)
        equal(token.deck("code", "hotp:2").strip(), hotp_code(SHORT, 3, 8), "HOTP code")


def pins(token):
    def ours(which, old, new):
        token.deck("pin", which, admin=False,
                   env={f"TOKENDECK_{which.upper()}_PIN": old, "TOKENDECK_NEW_PIN": new})

    with judged(token, "user PIN changed by tokendeck, then by the client, then by tokendeck", "libnitrokey"):
        ours("user", USER, "user-one")
        equal(token.client("user user-one", "change-user user-one user-two"), ["ok"] * 2, "client")
        ours("user", "user-two", USER)
    with judged(token, "admin PIN changed by tokendeck, then by the client, then by tokendeck", "libnitrokey"):
        ours("admin", ADMIN, "admin-one")
        equal(token.client("admin admin-one", "change-admin admin-one admin-two"), ["ok"] * 2, "client")
        ours("admin", "admin-two", ADMIN)
    with judged(token, "wrong PINs of the client count for tokendeck, and the other way round", "libnitrokey"):
        equal(token.client("admin wrong-admin", "user wrong-user", "tries"), ["status 4", "status 4", "2 2"], "client")
        status = token.status()
        equal((status["user_tries"], status["admin_tries"]), (2, 2), "tries that tokendeck shows")
        token.deck("pin", "admin", admin=False, code=PIN,
                   env={"TOKENDECK_ADMIN_PIN": "wrong-too", "TOKENDECK_NEW_PIN": "never-set"})
        equal(token.client("tries", f"admin {ADMIN}", "tries"), ["2 1", "ok", "2 3"], "tries that the client shows")
    with judged(token, "user PIN blocked by the client, unblocked by tokendeck", "libnitrokey"):
        token.client("user wrong-user", "user wrong-user", "user wrong-user")
        equal(token.status()["user_tries"], 0, "tries left")
        token.deck("pin", "unblock", env={"TOKENDECK_NEW_PIN": USER})
        equal(token.client(f"user {USER}", "tries"), ["ok", "3 3"], "client")
    with judged(token, "user PIN blocked by tokendeck, unblocked by the client", "libnitrokey"):
        for _ in range(3):
            token.deck("pin", "user", "--last-try", admin=False, code=PIN,
                       env={"TOKENDECK_USER_PIN": "wrong-user", "TOKENDECK_NEW_PIN": "never-set"})
        equal(token.client("tries", f"user {USER}", f"unblock {ADMIN} user-five", "tries", "user user-five")[2:],
              ["ok", "3 3", "ok"], "client")
        ours("user", "user-five", USER)
    if not has_nitrocli(token):
        return
    with judged(token, "PINs changed, blocked and unblocked with tokendeck on the other side", "nitrocli"):
        token.nitrocli("pin", "set", "user", NITROCLI_NEW_USER_PIN="user-three")
        ours("user", "user-three", USER)
        token.nitrocli("pin", "set", "admin", NITROCLI_NEW_ADMIN_PIN="admin-three")
        ours("admin", "admin-three", ADMIN)
        token.client("user wrong-user", "user wrong-user", "user wrong-user")
        token.nitrocli("pin", "unblock", NITROCLI_USER_PIN="user-four")
        equal(token.status()["user_tries"], 3, "tries that tokendeck shows")
        ours("user", "user-four", USER)


def config(token):
    """Code protection, set by one side and obeyed by the other."""
    user = {"TOKENDECK_USER_PIN": USER}

    def codes_of_tokendeck_are_protected():
        equal(json.loads(token.deck("config", "--json"))["pin_protection"], True, "tokendeck's word")
        token.deck("code", "totp:5", code=PIN, env={"TOKENDECK_USER_PIN": "wrong-user"})
        since = time.time()
        expect(token.deck("code", "totp:5", env=user).strip() in totp_codes(SHORT, since, 45, 8), "protected code")

    with judged(token, "code protection on by the client, off by tokendeck", "libnitrokey"):
        equal(token.client(f"admin {ADMIN}", "set-config 1", "config"), ["ok", "ok", "protected"], "client")
        codes_of_tokendeck_are_protected()
        token.deck("config", "--pin-protection", "off")
        equal(token.client("config"), ["open"], "client")
    with judged(token, "code protection on by tokendeck; the client computes with the user PIN only", "libnitrokey"):
        token.deck("config", "--pin-protection", "on")
        since = time.time()
        refused, _, code = token.client("totp 4", f"user {USER}", "totp 4")
        expect(refused.startswith("status "), "a protected code without a PIN")
        expect(code in totp_codes(SHORT, since, 45, 8), "the protected code is not oathtool's")
        token.deck("config", "--pin-protection", "off")
    if not has_nitrocli(token):
        return
    with judged(token, "code protection on by it, off by tokendeck", "nitrocli"):
        token.nitrocli("config", "set", "--otp-pin")
        codes_of_tokendeck_are_protected()
        since = time.time()
        expect(token.nitrocli("otp", "get", "4").stdout.strip() in totp_codes(SHORT, since, 45, 8), "its code")
        token.deck("config", "--pin-protection", "off")
        expect("false" in token.nitrocli("config", "get").stdout.split("require user PIN")[-1], "its config")


def double_press(token):
    """Only old firmware types a HOTP code when a lock key is pressed twice."""
    if not token.status()["lock_keys_honoured"]:
        return
    with judged(token, "double press of Num Lock set by tokendeck, then by the client", "libnitrokey"):
        token.deck("config", "--numlock", "1")
        equal(token.client("keys"), ["0"], "client")
        equal(token.client(f"admin {ADMIN}", "set-config 0 1"), ["ok"] * 2, "client")
        equal(json.loads(token.deck("config", "--json"))["numlock"], "hotp:2", "tokendeck")
        token.deck("config", "--numlock", "off")
        equal(token.client("keys"), ["255"], "client")


def rename(token):
    if token.model == "storage-0.53":  # it cannot keep a secret that is not sent again
        with judged(token, "rename refused by tokendeck, as the firmware cannot keep the secret; nothing is changed",
                    "libnitrokey"):
            before = token.client_names()
            token.deck("rename", "totp:5", "--name", "renamed", code=CANNOT)
            equal(token.client_names(), before, "names")
            since = time.time()
            expect(token.client("totp 4")[0] in totp_codes(SHORT, since, 45, 8), "the code is not oathtool's any more")
        return
    with judged(token, "rename and resynchronise by tokendeck; names, codes and counter seen by the client",
                "libnitrokey"):
        token.deck("rename", "totp:5", "--name", "renamed")
        token.deck("rename", "hotp:3", "--name", "renamed-h", "--counter", "40")
        names = token.client_names()
        equal((names["totp:5"], names["hotp:3"]), ("renamed", "renamed-h"), "names")
        since = time.time()
        totp, hotp = token.client("totp 4", "hotp 2")
        expect(totp in totp_codes(SHORT, since, 45, 8), "the TOTP code is not oathtool's any more")
        equal(hotp, hotp_code(SHORT, 40), "HOTP code")


def temporary_passwords(token):
    """How long what a PIN opened for a client stays open."""
    once = token.model == "pro-0.7"
    with judged(token, "one PIN for two writes" + (": 0.7 takes the second for unauthorised (Q-P8)" if once else ""),
                "libnitrokey") as note:
        answers = token.client(f"admin {ADMIN}", f"write-totp 6 first {SHORT.hex()} 6 30",
                               f"write-totp 7 second {SHORT.hex()} 6 30")
        equal(answers, ["ok", "ok", "status 5" if once else "ok"], "answers")
        equal("totp:8" in token.slots(), not once, "the second account is on the token")
        if once:
            note.append("libnitrokey takes its temporary password for good still; the second write is refused")
    token.deck("config", "--pin-protection", "on")
    with judged(token, "one PIN for two protected codes" + (": 0.7 gives only one (Q-P8)" if once else ""),
                "libnitrokey") as note:
        since = time.time()
        _, first, second = token.client(f"user {USER}", "totp 6", "totp 6")
        expect(first in totp_codes(SHORT, since), "the first code is not oathtool's")
        if once:
            equal(second, "status 5", "the second code")
            note.append("libnitrokey has to ask for the PIN before each protected code")
        else:
            expect(second in totp_codes(SHORT, since), "the second code is not oathtool's")
    closes = token.model == "storage-0.57"  # the only firmware here whose lock forgets temporary passwords (4.3)
    with judged(token, "what a PIN opened for the client is " + ("closed by tokendeck's lock" if closes else
                "left open by the firmware's lock, and tokendeck says so"), "libnitrokey"):
        def opened():
            since = time.time()
            code = token.client("user-again", "totp 6")[1]
            expect(code.startswith("status ") or code in totp_codes(SHORT, since), f"neither a code nor refused: {code}")
            return not code.startswith("status ")

        equal(token.client(f"user {USER}"), ["ok"], "client")
        if not once:
            expect(opened(), "closed before the lock already")
        said = token.deck("lock")
        equal(opened(), not closes, "open after the lock")
        equal("other programs may still be authenticated" in said, not closes, f"tokendeck's words: {said}")
    token.deck("config", "--pin-protection", "off")


def erase(token):
    with judged(token, "erase a slot, by tokendeck and by the client", "libnitrokey"):
        token.deck("remove", "totp:2")
        expect("totp:2" not in token.client_names(), "the client still sees what tokendeck erased")
        equal(token.client(f"admin {ADMIN}", "erase-totp 4"), ["ok"] * 2, "client")
        expect("totp:5" not in token.slots(), "tokendeck still sees what the client erased")
        equal(token.client(f"admin {ADMIN}", "erase-hotp 2"), ["ok"] * 2, "client")
        expect("hotp:3" not in token.slots(), "tokendeck still sees the HOTP slot that the client erased")
    if not has_nitrocli(token):
        return
    with judged(token, "erase a slot, by tokendeck and by it", "nitrocli"):
        token.deck("remove", "hotp:1")
        expect("hotp:1" not in token.nitrocli_names(), "nitrocli still sees what tokendeck erased")
        token.nitrocli("otp", "clear", "3")
        expect("totp:4" not in token.slots(), "tokendeck still sees what nitrocli erased")


def reset(token):
    def fill():
        token.add("before", RFC, "--slot", "totp:1", "--overwrite")

    with judged(token, "factory reset by the client, seen by tokendeck", "libnitrokey"):
        fill()
        equal(token.client(f"reset {ADMIN}", f"aes {ADMIN}"), ["ok"] * 2, "client")
        equal(token.slots(), {}, "slots")
    with judged(token, "factory reset by tokendeck, seen by the client", "libnitrokey"):
        fill()
        equal(token.client_names(), {"totp:1": "before"}, "names before")
        token.deck("reset", "--yes")
        equal(token.client_names(), {}, "names")
    if not has_nitrocli(token):
        return
    with judged(token, "factory reset by it, seen by tokendeck", "nitrocli"):
        fill()
        token.nitrocli("reset")
        equal(token.slots(), {}, "slots")


PIECE = 30  # bytes of a secret in one SEND_OTP_DATA


def broken_off(token):
    """A long secret is sent, and its writer dies before the commit; the token stays powered."""
    if not token.long_secrets:
        return
    kill = {"LD_PRELOAD": str(BUILD / "die_at_write.so")}

    def break_off():
        token.add("broken", LONG, "--slot", "totp:9", "--overwrite", env=kill, code=99)
        expect("totp:9" not in token.slots() or token.slots()["totp:9"]["name"] != "broken", "it was committed")

    def right(slot, secret):
        since = time.time()
        return token.client(f"totp {slot - 1}")[0] in totp_codes(secret, since)

    with judged(token, "a short secret after a broken-off long one", "tokendeck"):
        break_off()
        token.add("after", SHORT, "--slot", "totp:10", "--overwrite")
        expect(right(10, SHORT), "the code is not oathtool's")
    with judged(token, "a rename after a broken-off long one", "tokendeck"):
        break_off()
        token.deck("rename", "totp:10", "--name", "renamed")
        equal(token.slots()["totp:10"]["name"], "renamed", "name")
        expect(right(10, SHORT), "the code is not oathtool's any more")
        since = time.time()
        expect(token.deck("code", "totp:10").strip() in totp_codes(SHORT, since), "tokendeck's code is not oathtool's")
    for client in ["libnitrokey"] + (["nitrocli"] if has_nitrocli(token) else []):
        with judged(token, "a short secret after a broken-off long one", client) as note:
            break_off()
            if client == "nitrocli":
                token.nitrocli("otp", "set", "-f", "hex", "10", "foreign", SHORT.hex())
            else:
                equal(token.client(f"admin {ADMIN}", f"write-totp 10 foreign {SHORT.hex()} 6 30"), ["ok"] * 2, client)
            expect("totp:11" in token.slots(), f"{client} did not write what it reported")
            expect(not right(11, SHORT),
                   f"{client} stored the right secret: what docs/protocol/pro-storage.md, section 11.3, has is gone")
            expect(right(11, SHORT.ljust(PIECE, b"\0") + LONG[PIECE:]),
                   "the code is of another secret than the short one with the broken-off one's tail")
            note.append(f"{client} reported success and stored a WRONG secret "
                        "(docs/protocol/pro-storage.md, section 11.3): it sends only the pieces it needs, and the "
                        "rest of the broken-off one stays")
    with judged(token, "the slot with the wrong secret written anew", "tokendeck"):
        token.add("mended", SHORT, "--slot", "totp:11", "--overwrite")
        expect(right(11, SHORT), "the code is not oathtool's")


def both_names(token):
    """tokendeck through either of the two libraries alone."""
    for backend in ("hidraw", "libusb"):
        with judged(token, f"status, add and code through libhidapi-{backend}", "tokendeck"):
            folder = os.path.join(token.folder, backend)  # the other library is the system's, which knows no token
            os.makedirs(folder)
            os.symlink(VIRTUAL / f"libhidapi-{backend}.so.0", f"{folder}/libhidapi-{backend}.so.0")
            env = {"LD_LIBRARY_PATH": folder}
            equal(json.loads(token.deck("status", "--json", env=env))["via"], backend, "via")
            token.add(f"by-{backend}", RFC, env=env)
            since = time.time()
            expect(token.deck("code", f"by-{backend}", env=env).strip() in totp_codes(RFC, since), "code")


SCENES = [status, our_writes, their_writes, pins, config, double_press, rename, temporary_passwords, erase, reset,
          broken_off, both_names]
