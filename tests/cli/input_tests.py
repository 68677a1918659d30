"""What web sites and other programs give (tests/vectors/inputs.txt): the same answer as in the window, and right codes."""
import base64
import codecs
import json
import pathlib

from bench import CANNOT, DONE, USAGE, equal, expect, fails, hotp, test, totp

VECTORS = pathlib.Path(__file__).resolve().parent.parent / "vectors" / "inputs.txt"


def records():
    found = []
    for block in VECTORS.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            found.append(dict(line.split(": ", 1) for line in lines))
    return found


def unescaped(text):
    return codecs.escape_decode(text.encode())[0]


def account_text(read):
    step = read["period"] if read["kind"] == "totp" else read["counter"]
    return "/".join(str(part) for part in (read["issuer"], read["account"], read["kind"], read["digits"], step,
                                           read["algorithm"], read["secret_bytes"]))


def remarks_text(read):
    names = []
    for remark in read["reading"]:
        names.append(remark["code"].removeprefix("crypto.") + ("!" if remark["asks"] else ""))
    return "; ".join(names)


def without_subjects(remarks):
    """"read-similar(algo=SHA256)!" is "read-similar!": the subject is part of the message here."""
    parts = []
    for one in remarks.split("; "):
        parts.append(one.split("(")[0] + ("!" if one.endswith("!") and "(" in one else ""))
    return "; ".join(parts)


@test
def the_command_line_understands_the_inputs_of_the_window_in_the_same_way(deck):
    for number, record in enumerate(records()):
        file = deck.write(f"input{number}", unescaped(record["text"]))
        run = deck.run("scan", "--json", file)
        where = f"input {number}, {record['text'][:40]!r}"
        if "error" in record:
            expect(run.code != DONE, f"{where}: it was taken")
            continue
        equal(run.code, DONE, where)
        read = json.loads(run.out)
        equal(" | ".join(account_text(one) for one in read), unescaped(record["accounts"]).decode(), where)
        equal(remarks_text(read[0]), without_subjects(record.get("remarks", "")), where)


@test
def exports_of_other_programs_are_read_as_the_window_reads_them(deck):
    folder = VECTORS.parent.parent / "crypto" / "imports"
    for block in (folder / "expected.txt").read_text(encoding="utf-8").split("\n\n"):
        record = dict(line.split(": ", 1) for line in block.splitlines() if line and not line.startswith("#"))
        if "export" not in record:
            continue
        run = deck.run("scan", "--json", str(folder / record["export"]))
        if "fails" in record:
            expect(run.code != DONE and run.out.strip() == "[]", f"{record['export']} was taken: {run}")
            continue
        equal(len(json.loads(run.out)), int(record["accounts"]), record["export"])
        equal(run.code != DONE, int(record["refused"]) > 0, record["export"])


@test
def an_export_goes_to_the_token_with_one_pin(deck):
    export = VECTORS.parent.parent / "crypto" / "imports" / "andotp.json"
    found = json.loads(deck.run("scan", "--json", str(export)).out)
    fit = [one for one in found if one["algorithm"] == "SHA1" and one["digits"] in (6, 8)]
    run = deck.admin("add", "--file", str(export), "--pick", ",".join(str(one["number"]) for one in fit), "--shorten",
                     "--as-read")
    equal(run.code, DONE, f"{run}")
    equal(run.out.count("proven"), len(fit), "accounts proven")


@test
def an_account_that_asks_is_written_only_with_as_read_and_every_one_gives_the_right_code(deck):
    for number, record in enumerate(records()):
        if "error" in record:
            continue
        issuer, account, kind, digits, step, algorithm, _ = unescaped(record["accounts"]).decode().split(" | ")[0].split("/")
        if algorithm != "SHA1":
            continue  # not on this token
        where = f"input {number}, {record['text'][:40]!r}"
        file = deck.write(f"input{number}", unescaped(record["text"]))
        arguments = ["--file", file, "--pick", "1", "--name", f"n{number}", "--slot", f"{kind}:1", "--overwrite",
                     "--allow-duplicate"]
        remarks = record.get("remarks", "")
        if "read-similar(algo" in remarks or "read-similar(hash" in remarks:
            equal(deck.admin("add", *arguments, "--as-read").code, CANNOT, where)  # another algorithm
            continue
        if "!" in remarks:
            fails(deck.admin("add", *arguments), USAGE, "--as-read", "Nothing was changed")
            arguments.append("--as-read")
        equal(deck.admin("add", *arguments).code, DONE, where)
        secret = base64.b32encode(bytes.fromhex(record["secret"])).decode()
        figures = dict(digits=int(digits))
        # --as-read takes a parameter as it seems to be meant.
        if "digit=8" in remarks:
            figures["digits"] = 8
        period = 60 if "step=60" in remarks or "interval=60" in remarks else int(step)
        code = deck.run("code", f"n{number}").out.strip()
        if kind == "totp":
            expect(code in totp(secret, period=period, **figures), f"{where}: wrong code")
        else:
            equal(code, hotp(int(step) + 1, secret), where)
