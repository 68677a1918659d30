"""What clipboard managers find, and what happens when one puts a cleared code back."""

import subprocess
import sys
import time

from Xlib import X, Xatom, display

from driver import check, check_equal
from driver.outside import Account
from driver.screen import die_with_parent, wait_for
from driver.testing import test

# A manager of the kind that wants the clipboard never to be empty: it remembers the last text and, as soon as an empty
# one is there, takes the clipboard with it. `TIMES` it does so.
STUBBORN = r"""
import os, sys, time
from Xlib import X, Xatom, display, Xutil
from Xlib.protocol import event
times = int(sys.argv[1])
d = display.Display()
root = d.screen().root
w = root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
shown = root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
shown.set_wm_class("stubborn", "Stubborn")
CLIPBOARD, UTF8, INTO, TARGETS = (d.intern_atom(n) for n in ("CLIPBOARD", "UTF8_STRING", "INTO", "TARGETS"))
last = b""
def serve(e):
    data = last
    if e.target == TARGETS: e.requestor.change_property(e.property, Xatom.ATOM, 32, [TARGETS, UTF8])
    elif e.target in (UTF8, Xatom.STRING): e.requestor.change_property(e.property, e.target, 8, data)
    ok = e.target in (TARGETS, UTF8, Xatom.STRING)
    e.requestor.send_event(event.SelectionNotify(time=e.time, requestor=e.requestor, selection=e.selection,
                           target=e.target, property=e.property if ok else X.NONE))
    d.flush()
def ask():
    w.convert_selection(CLIPBOARD, UTF8, INTO, X.CurrentTime)
    d.flush()
    until = time.monotonic() + 1
    while time.monotonic() < until:
        while d.pending_events():
            e = d.next_event()
            if e.type == X.SelectionRequest: serve(e)
            if e.type == X.SelectionNotify:
                if e.property == X.NONE: return b""
                got = w.get_full_property(INTO, UTF8)
                return got.value if got else b""
        time.sleep(0.005)
    return b""
while True:
    while d.pending_events():
        e = d.next_event()
        if e.type == X.SelectionRequest: serve(e)
    owner = d.get_selection_owner(CLIPBOARD)
    if owner != w:
        text = ask() if owner else b""
        if text.strip(): last = text
        elif not text and last and times:
            times -= 1
            w.set_selection_owner(CLIPBOARD, X.CurrentTime)
            d.flush()
    time.sleep(0.05)
"""


def stubborn(box, times):
    program = box.folder / "stubborn.py"
    program.write_text(STUBBORN)
    return subprocess.Popen([sys.executable, "-B", str(program), str(times)],
                               env={**box.clipboard.environment, "HOME": str(box.home)}, stderr=subprocess.DEVNULL, preexec_fn=die_with_parent)


def copied(box, account):
    window = box.open_with_token()
    window.wait_item("slots/totp:1/copy")
    account.wait_for_fresh_code(12)
    began = time.time()
    window.click("slots/totp:1/copy")
    return window, box.clipboard.wait_for_one_of(lambda: account.right_codes(began))


def offered(box, form):
    done = subprocess.run(["xclip", "-selection", "clipboard", "-out", "-target", form], env=box.clipboard.environment,
                          capture_output=True, timeout=5)
    return done.stdout.decode() if done.returncode == 0 else None


@test("A copied code is marked as a password; cleared, an empty text stays there as long as the program runs")
def marks(box):
    account = Account()
    box.add(account)
    window, _ = copied(box, account)
    check_equal(offered(box, "x-kde-passwordManagerHint"), "secret", "KDE's mark")
    check("x-kde-passwordManagerHint" in offered(box, "TARGETS").split(), "the mark is not in the list of forms")
    window.click("clipboard/clear")
    window.wait_gone("clipboard/loan")
    check_equal(offered(box, "UTF8_STRING"), "", "the text after clearing")
    check_equal(offered(box, "x-kde-passwordManagerHint"), None, "the mark after clearing")
    window.close()
    check_equal(offered(box, "UTF8_STRING"), None, "the text after the end")


@test("Several forms of a code can be asked for at once, and since when it is offered")
def several_forms(box):
    account = Account()
    box.add(account)
    window, code = copied(box, account)
    asking = display.Display(box.screen.name)
    asker = asking.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
    atom = asking.intern_atom
    wanted = [atom("UTF8_STRING"), atom("ONE"), atom("TIMESTAMP"), atom("TWO"), atom("image/png"), atom("THREE")]
    asker.change_property(atom("ALL"), atom("ATOM_PAIR"), 32, wanted)
    asker.convert_selection(atom("CLIPBOARD"), atom("MULTIPLE"), atom("ALL"), X.CurrentTime)
    asking.sync()
    wait_for(asking.pending_events, 5, "no answer came")
    answer = asking.next_event()
    check_equal((answer.type, answer.property), (X.SelectionNotify, atom("ALL")), "the answer")
    value = lambda name: asker.get_full_property(atom(name), X.AnyPropertyType)
    check(value("ONE").value.decode() == code, "the text is not the code")
    check(value("TWO").property_type == Xatom.INTEGER and value("TWO").value[0] > 0, "no time came")
    check_equal(list(value("ALL").value), wanted[:4] + [X.NONE, wanted[5]], "what is not offered becomes none")
    check_equal(value("THREE"), None, "what is not offered")
    asking.close()
    window.close()


@test("What another program copies ends the countdown of the code; a manager that holds the code does not")
def replaced(box):
    box.add(Account(issuer="Shop", account="ann", period=120), "totp:1")
    window = box.open_with_token()
    window.click("slots/totp:1/copy")
    window.wait_item("clipboard/loan", text="Shop")
    code = box.clipboard.read()
    box.clipboard.write(code)  # as clipboard managers do that take over what was copied
    time.sleep(1)
    check(window.item("clipboard/loan"), "the countdown is over although the code is still there")
    window.click("clipboard/clear")
    window.wait_gone("clipboard/loan")
    window.click("slots/totp:1/copy")
    window.wait_item("clipboard/loan", text="Shop")
    box.clipboard.write("something of the person's own")
    window.wait_gone("clipboard/loan")
    window.close()
    check(box.clipboard.read() == "something of the person's own", "the person's own text was touched")


@test("A clipboard manager that puts a cleared code back is met once, and named when it does so again")
def put_back(box):
    account = Account()
    box.add(account)
    once = stubborn(box, 1)
    window, code = copied(box, account)
    time.sleep(0.3)  # it has looked
    window.click("clipboard/clear")
    window.wait_gone("clipboard/loan")
    time.sleep(1)
    check_equal(box.clipboard.read(), None, "on the clipboard after one program put the code back once")
    check(window.item("notice/text") is None, "it complains although the code is gone")
    once.kill()
    once.wait()
    twice = stubborn(box, 2)
    box.clipboard.write("nothing")
    window.click("slots/totp:1/copy")
    box.clipboard.wait_for_one_of([code] + [account.code_at(time.time() + 30)])
    time.sleep(0.3)
    window.click("clipboard/clear")
    window.wait_item("notice/text")
    said = window.text("notice/text")
    check("Stubborn" in said and "put the code back" in said, f"the notice says {said!r}")
    twice.kill()


@test("A manager that looks again and again gets something harmless when the program ends")
def harmless_end(box):
    account = Account()
    box.add(account)
    manager = stubborn(box, 9)
    window, code = copied(box, account)
    time.sleep(1.2)
    manager.kill()
    manager.wait()
    patient = stubborn(box, 0)  # looks only
    time.sleep(0.3)
    window.click("clipboard/clear")
    window.wait_gone("clipboard/loan")
    time.sleep(1.2)
    began = time.monotonic()
    window.close()
    check(time.monotonic() - began < 4, "the end takes too long")
    check(box.clipboard.read() != code, "the code is on the clipboard after the end")
    patient.kill()
