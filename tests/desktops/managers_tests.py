"""The clipboard managers of Debian: what is on the clipboard after a code was cleared, and after the end."""

import sys
import time

from driver import check
from driver.outside import Account

from driver.testing import test

# A screen saver that says that it locks the screen.
LOCK = """
import time, dbus, dbus.lowlevel
bus = dbus.SessionBus()
bus.request_name("org.xfce.ScreenSaver")
time.sleep(0.5)
said = dbus.lowlevel.SignalMessage("/org/xfce/ScreenSaver", "org.xfce.ScreenSaver", "ActiveChanged")
said.append(True)
bus.send_message(said)
bus.flush()
time.sleep(5)
"""
MANAGERS = {"CopyQ": ["copyq"], "Clipman": ["xfce4-clipman"], "Parcellite": ["parcellite"]}


def with_manager(box, command):
    """A manager that knows one harmless text already."""
    manager = box.start(*command)
    time.sleep(3)  # none of them says when it is ready
    check(manager.poll() is None, f"{command[0]} ended at once")
    box.clipboard.write("first words")
    time.sleep(1)


def copied(box, account):
    window = box.open_with_token()
    window.wait_item("slots/totp:1/copy")
    account.wait_for_fresh_code(8)
    began = time.time()
    window.click("slots/totp:1/copy")
    code = box.clipboard.wait_for_one_of(lambda: account.right_codes(began))
    time.sleep(2)  # it has looked
    return window, code


def stays_away(box, code, seconds, when):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        check(box.clipboard.read() != code, f"the code is on the clipboard again {when}")
        time.sleep(0.3)


def cleared(box, command):
    account = Account()
    box.add(account)
    with_manager(box, command)
    window, code = copied(box, account)
    window.click("clipboard/clear")
    window.wait_gone("clipboard/loan")
    stays_away(box, code, 4, "after Clear now")
    check(window.item("notice/text") is None, "a notice complains although the code is gone")
    window.close()
    stays_away(box, code, 4, "after the end")


def locked(box, command):
    account = Account()
    box.add(account)
    with_manager(box, command)
    window, code = copied(box, account)
    box.start(sys.executable, "-c", LOCK)
    window.wait_gone("clipboard/loan")
    stays_away(box, code, 4, "after the screen was locked")
    window.close()
    stays_away(box, code, 3, "after the end")


def ended(box, command):
    account = Account()
    box.add(account)
    with_manager(box, command)
    window, code = copied(box, account)
    window.click("clipboard/keep")
    window.wait_gone("clipboard/keep")
    window.close()
    stays_away(box, code, 4, "after the end")


def register():
    for name, command in MANAGERS.items():
        for what, sentence in ((cleared, "a code that was cleared stays away while the window is open and after its end"),
                               (locked, "a code that the screen's lock took away stays away"),
                               (ended, "a code that was kept until the end stays away after it")):
            def run(box, what=what, command=command):
                what(box, command)
            run.__name__ = f"{what.__name__}_{name.lower()}"
            test(f"{name}: {sentence}")(run)


register()
