"""Getting accounts in by other ways than one QR code, and what there is to do after the proof."""

import subprocess
import time

from driver import check, check_equal, dragging, pictures
from driver.box import ADMIN_PIN, BINARY, TOP
from driver.outside import Account, migration
from driver.screen import wait_for
from driver.steps import paste, write
from driver.testing import test

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def used(box, *arguments):
    return {slot: told["name"] for slot, told in box.slots().items() if told["state"] != "empty"}


@test("While one types or pastes, it is said what was understood, and where a character is wrong")
def wrong_character(box):
    window = box.open_with_token()
    window.click("slots/add")
    window.wait_screen("wizard:input")
    box.clipboard.write("JBSW0Y3DPEHPK3PXP")
    window.click("wizard/paste")
    window.wait_item("wizard/paste", focused=True)
    window.press("ctrl+v")
    window.wait_item("wizard/explained", text="“0”")
    window.check_says("wizard/explained", "5")
    field_item, mark = window.wait_item("wizard/paste"), window.wait_item("wizard/paste/wrong")
    check(field_item["rect"][0] < mark["rect"][0] < field_item["rect"][0] + field_item["rect"][2],
          "the mark is not in the field")
    window.press("Return")  # reads it all the same: nothing comes of it, and the text is still there to be mended
    window.wait_item("wizard/message")
    window.wait_item("wizard/paste", focused=True)
    window.wait_item("wizard/paste/wrong")
    window.click("wizard/paste-show")
    box.picture(window, "wrong character")
    check("JBSW" not in window.map_file.read_text(), "what was pasted is in the map")
    for _ in range(13):
        window.press("BackSpace")
    window.type("YY3DPEHPK3PX")
    window.wait_item("wizard/explained", text="A secret")
    window.wait_gone("wizard/paste/wrong")
    box.picture(window, "understood")
    window.close()


@test("A text that another program hands over in pieces can be pasted")
def paste_in_pieces(box):
    window = box.open_with_token()
    window.click("slots/add")
    window.wait_screen("wizard:input")
    other = dragging.Drag(box.screen, {"UTF8_STRING": b"JBSWY3DPEHPK3PXP" + b" " * 10_000}, piece=4096)
    other.hold_clipboard()
    window.click("wizard/paste")
    window.wait_item("wizard/paste", focused=True)
    window.press("ctrl+v")
    other.serve_until(lambda: "UTF8_STRING" in other.types_asked and not other.pieces)
    window.wait_item("wizard/explained", text="A secret")
    other.close()
    window.close()


@test("A paste of 20,000 characters is understood line by line; one beyond the limit is not taken, and that is said")
def large_paste(box):
    window = box.open_with_token()
    window.click("slots/add")
    window.wait_screen("wizard:input")
    addresses = [Account(issuer=f"Site{n}", account="someone@example.com").uri for n in range(150)]
    box.clipboard.write("\n".join(addresses))
    window.click("wizard/paste")
    window.wait_item("wizard/paste", focused=True)
    window.press("ctrl+v")
    window.wait_item("wizard/explained/1", text="Site0")
    window.press("Return")
    window.wait_screen("wizard:choose")
    window.wait_item("wizard/chosen", text="150")
    window.click("wizard/cancel")
    window.wait_screen("slots")
    window.click("slots/add")
    box.clipboard.write("A" * 300_000)
    window.click("wizard/paste")
    window.wait_item("wizard/paste", focused=True)
    window.press("ctrl+v")
    window.wait_item("wizard/overlong", text="Drop it as a file")
    box.picture(window, "overlong")
    window.close()


@test("Several QR codes in one picture: the ones that are ticked are proven with one PIN")
def several_codes(box):
    accounts = [Account(issuer="First", account="ann", secret=SECRET), Account(issuer="Second", account="ann"),
                Account(issuer="Third", account="ann", secret="KRSXG5BAKRSXG5BAKRSXG5BAKRSXG5BA")]
    window = box.open_with_token()
    window.drop(pictures.qr_sheet(box.folder / "codes.png", [account.uri for account in accounts]))
    window.wait_screen("wizard:choose")
    window.wait_item("wizard/chosen", text="3 of 3")
    box.picture(window, "choose")
    unwanted = next(path for path, item in window.items().items()
                    if path.startswith("wizard/account/") and path.count("/") == 2 and "Third" in item["text"])
    window.click(unwanted)
    window.wait_item("wizard/chosen", text="2 of 3")
    write(window)
    window.wait_screen("wizard:proven", seconds=30)
    window.check_says("wizard/message", "2 of 2")
    box.picture(window, "proven")
    window.click("wizard/sheet")
    window.wait_item("wizard/sheet/save", enabled=True)
    window.click("wizard/sheet/path")
    window.wait_item("wizard/sheet/path", focused=True)
    window.press("ctrl+a")
    window.type(str(box.folder / "sheets.pdf"))
    window.click("wizard/sheet/save")
    window.check_says("wizard/sheet/message", "sheets.pdf")
    box.picture(window, "sheets")
    paper = subprocess.run(["pdftotext", str(box.folder / "sheets.pdf"), "-"], capture_output=True, text=True).stdout
    check_equal(paper.count("\f"), 2, "pages of the file")
    for wanted in ("First", "Second", "TOTP 1", "TOTP 2"):
        check(wanted in paper, f"the sheets do not say {wanted!r}")
    window.click("wizard/sheet/close")
    window.click("wizard/close")
    window.wait_screen("slots")
    window.close()
    check_equal(sorted(used(box).values()), ["First:ann", "Second:ann"], "accounts on the token")
    for account in accounts[:2]:
        slot = next(slot for slot, name in used(box).items() if name.startswith(account.issuer))
        began = time.time()
        code = box.command("code", slot).strip()
        check(code in account.right_codes(began), f"{slot} gives {code}")


@test("An export over two pictures: the first says that one is missing, the second completes it")
def export_over_pictures(box):
    first, second = Account(issuer="First", account="ann", secret=SECRET), Account(issuer="Second", account="bob")
    window = box.open_with_token()
    window.drop(pictures.qr(box.folder / "export-1.png", migration([first], 0, 2)))
    window.wait_screen("wizard:choose")
    window.check_says("wizard/parts", "1 of 2")
    box.picture(window, "one part")
    window.drop(pictures.qr(box.folder / "export-2.png", migration([second], 1, 2)))
    window.wait_item("wizard/chosen", text="2 of 2")
    window.wait_gone("wizard/parts")
    write(window)
    window.wait_screen("wizard:proven", seconds=30)
    window.close()
    check_equal(sorted(used(box).values()), ["First:ann", "Second:bob"], "accounts on the token")


@test("An account over three QR codes: it is said how many are missing, and the last picture brings it, in any order")
def account_over_codes(box):
    folder = TOP / "tests" / "images" / "parts"
    window = box.open_with_token()
    window.drop(folder / "part-02.png")
    window.wait_item("wizard/message", text="1 of them was read")
    window.check_says("wizard/message", "3 codes", "the order does not matter")
    box.picture(window, "one part")
    window.drop(folder / "part-03.png", folder / "part-01.png")
    window.wait_screen("wizard:review")
    window.wait_item("wizard/issuer", text="Example")
    window.close()


@test("A code without a margin on a dark page is read")
def dark_page(box):
    window = box.open_with_token()
    window.drop(TOP / "tests" / "images" / "good" / "dark-page.png")
    window.wait_screen("wizard:review")
    window.close()


@test("The recovery sheet is a file to print with account and secret, and neither is in the map")
def recovery_sheet(box):
    account = Account(issuer="Paper", account="ann", secret=SECRET)
    opened = box.folder / "opened"
    tool = box.folder / "bin/xdg-open"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nprintf %s "$1" >{opened}\n')
    tool.chmod(0o755)
    window = box.open_with_token(environment={"PATH": f"{tool.parent}:{box.environment['PATH']}"})
    window.drop(pictures.qr(box.folder / "code.png", account.uri))
    window.wait_screen("wizard:review")
    write(window)
    window.wait_screen("wizard:proven")
    box.picture(window, "offers")
    window.click("wizard/sheet")
    window.wait_item("wizard/sheet/save", enabled=True)
    path = box.folder / "sheet.pdf"
    window.click("wizard/sheet/path")
    window.wait_item("wizard/sheet/path", focused=True)
    window.press("ctrl+a")
    window.type(str(path))
    window.wait_item("wizard/sheet/path", text=str(path))
    box.picture(window, "sheet")
    check("JBSW" not in window.map_file.read_text(), "the secret is in the map")
    window.click("wizard/sheet/save")
    window.check_says("wizard/sheet/message", "sheet.pdf", "delete")
    box.picture(window, "saved")
    said = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, timeout=10).stdout
    for wanted in ("Paper", "ann", "TOTP 1"):
        check(wanted in said, f"the sheet does not say {wanted!r}")
    check(SECRET in said.replace(" ", "").replace("\n", ""), "the sheet does not have the secret")
    check_equal(path.stat().st_mode & 0o777, 0o600, "who may read the sheet")
    copied = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, timeout=10)
    groups = " ".join(SECRET[i:i + 4] for i in range(0, 16, 4))
    check(groups in copied.stdout, f"copied out of the file, the secret is not {groups}")
    check_equal(copied.stderr, "", "what poppler says of the file")
    window.click("wizard/sheet/open")
    wait_for(lambda: opened.exists() and opened.read_text() == str(path), 5, "the file was not opened")
    tool.write_text("#!/bin/sh\nexit 3\n")  # no program for it
    window.click("wizard/sheet/open")
    window.wait(lambda now: any("No program opened" in item["text"] for item in now["items"]), "a word about it")
    window.click("wizard/sheet/print")  # there is no portal here
    window.wait(lambda now: any("no way to print" in item["text"] for item in now["items"]), "a word about it")
    window.click("wizard/sheet/delete")
    window.wait(lambda now: any("file is deleted" in item["text"] for item in now["items"]), "word of the deletion")
    check(not path.exists(), "the file is still there")
    window.click("wizard/sheet/close")
    window.click("wizard/close")
    window.wait_screen("slots")
    window.close()


@test("After the proof the same account goes onto a spare token, and is proven there, too")
def spare_token(box):
    account = Account(issuer="Twice", account="ann", secret=SECRET)
    window = box.open_with_token()
    window.drop(pictures.qr(box.folder / "code.png", account.uri))
    window.wait_screen("wizard:review")
    write(window)
    window.wait_screen("wizard:proven")
    window.click("wizard/spare")
    window.wait_screen("wizard:review")
    window.wait_item("wizard/write", enabled=False)
    window.check_says("wizard/message", "spare token")
    window.check_says("wizard/why", "spare token")
    box.picture(window, "spare is missing")
    window.click("wizard/spare/simulate")  # of the same model; the only other one there is, so nobody has to choose it
    window.wait_item("wizard/write", enabled=True)
    began = time.time()
    write(window)
    window.wait_screen("wizard:proven")
    window.check_says("wizard/message", "both tokens", "Twice:ann")
    code = box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    check(code, "no code")
    box.picture(window, "on both tokens")
    window.click("wizard/close")
    window.wait_screen("slots")
    window.wait(lambda now: not any(item["path"] in ("start/open-error", "notice/text") for item in now["items"]),
                "nothing to complain about")
    window.close()
    check_equal(used(box), {"totp:1": "Twice:ann"}, "the first token")
    second = box.token.with_name(box.token.stem + "-2" + box.token.suffix)
    done = subprocess.run([str(BINARY), f"--simulate=pro:{second}", "list", "--json"], capture_output=True, text=True, timeout=30,
                          env={**box.environment, "TOKENDECK_ADMIN_PIN": ADMIN_PIN})
    check("Twice:ann" in done.stdout, f"the spare token does not have it: {done.stdout} {done.stderr}")


@test("A secret made here is shown for the other side, and the token gives its codes")
def made_here(box):
    window = box.open_with_token()
    window.click("slots/add")
    window.wait_screen("wizard:input")
    window.click("wizard/new-secret")
    window.wait_screen("wizard:review")
    window.click("wizard/name")
    window.wait_item("wizard/name", focused=True)
    window.press("ctrl+a")
    window.type("Server")
    window.wait_item("wizard/name", text="Server")
    window.wait_item("wizard/other-side")
    box.picture(window, "for the other side")
    write(window)
    window.wait_screen("wizard:proven")
    window.wait_item("wizard/other-side")
    box.picture(window, "proven")
    window.close()
    check_equal(used(box), {"totp:1": "Server"}, "the token")


def add_pasted(box, window, text):
    window.click("slots/add")
    window.wait_screen("wizard:input")
    paste(box, window, text)


@test("What could change the codes is asked before anything is written, and what was left out is told")
def remarks(box):
    window = box.open_with_token()
    add_pasted(box, window, f"Your code: otpauth://totp/Shop:ann?secret={SECRET}&digit=8&image=x&amp;period=60")
    window.wait_screen("wizard:review")
    window.wait_item("wizard/write", enabled=False)
    window.check_says("wizard/remark/1", "digit=8")
    window.check_says("wizard/told", "image")
    window.check_says("wizard/told", "around the address")
    box.picture(window, "similar")
    window.click("wizard/remark/1/yes")
    window.wait_item("wizard/write", enabled=True)
    box.picture(window, "answered")
    write(window)
    window.wait_screen("wizard:proven", seconds=30)
    slot = box.slots()["totp:1"]
    check_equal((slot["digits"], slot["period"]), (8, 60), "digits and period")
    window.click("wizard/close")
    add_pasted(box, window, f"otpauth://hotp/Steam:ann?secret={SECRET}")
    window.wait_screen("wizard:review")
    window.wait_item("wizard/write", enabled=False)
    box.picture(window, "two questions")
    counter = window.wait_item("wizard/remark/1/counter")
    check(counter["text"] == "0", "0 is suggested")
    window.click("wizard/remark/1/yes")
    window.wait_item("wizard/write", enabled=False)
    window.click("wizard/remark/2/yes")
    window.wait_item("wizard/write", enabled=True)
    window.close()


@test("Of an address that may go on in the next line both readings are offered, and neither is ticked")
def unclear_lines(box):
    window = box.open_with_token()
    half = len(SECRET) // 2
    add_pasted(box, window, f"otpauth://totp/Shop:ann?secret={SECRET[:half]}\n{SECRET[half:]}")
    window.wait_screen("wizard:choose")
    window.wait_item("wizard/chosen", text="0 of 2")
    box.picture(window, "both readings")
    window.click("wizard/account/2")
    window.wait_item("wizard/write", enabled=False)
    box.picture(window, "one ticked")
    window.click("wizard/account/2/remark/1/yes")
    window.wait_item("wizard/write", enabled=True)
    write(window)
    window.wait_screen("wizard:proven", seconds=30)
    window.close()


@test("The export of another program is dropped: its accounts are offered, and what cannot be taken is told")
def other_programs_export(box):
    window = box.open_with_token(size=(960, 1000))
    window.drop(TOP / "tests/crypto/imports/aegis.json")
    window.wait_screen("wizard:choose")
    window.wait_item("wizard/refused/3", text="mOTP")
    box.picture(window, "aegis")
    window.drop(TOP / "tests/crypto/imports/aegis_encrypted.json")
    window.wait_item("wizard/refused/4", text="Aegis")
    box.picture(window, "encrypted")
    window.close()


@test("After the proof the export can be deleted, unless it has changed; it is said what else it holds")
def export_deleted(box):
    export = box.folder / "export.csv"
    table = ("folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n"
             f",,login,Forge,,,0,,ann,hunter2,{SECRET}\n"
             ",,login,Mail,,,0,,ann,hunter3,\n")
    export.write_text(table)
    window = box.open_with_token(size=(960, 900))
    window.drop(export)
    window.wait_screen("wizard:review")
    write(window)
    window.wait_screen("wizard:proven")
    window.wait_item("wizard/export/1", text=str(export))
    window.check_says("wizard/export/1", "1 entry without a one-time password")
    export.write_text(table + ",,login,New,,,0,,ann,hunter4,\n")
    window.click("wizard/export/1/delete")
    window.wait_item("wizard/export/1/message", text="not as it was")
    check(export.exists(), "a file that had changed was deleted")
    box.picture(window, "kept")
    export.write_text(table)
    window.click("wizard/export/1/delete")
    window.wait_item("wizard/export/1", text="Deleted")
    check(not export.exists(), "the file is still there")
    box.picture(window, "deleted")
    window.close()
