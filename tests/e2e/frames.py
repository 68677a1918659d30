"""How long the main thread works each time it wakes, over all that is done with the window. Prints numbers; nothing is
judged here. Called by `tools/bench frames`; what is measured: src/window/frame_times.hpp.
"""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from driver import pictures                              # noqa: E402
from driver.box import ADMIN_PIN, TOP, USER_PIN, Box     # noqa: E402
from driver.outside import Account, migration            # noqa: E402
from driver.steps import prove, to_review                # noqa: E402


def provision(box, window):
    prove(box, window, Account(issuer="Site", account="ann"))
    window.click("wizard/close")
    window.wait_screen("slots")


def copy(box, window):
    for _ in range(5):
        window.click("slots/totp:1/copy")
        window.wait_item("slots/totp:1/code")
        time.sleep(1.5)
        window.press("Escape")
        window.wait_gone("slots/totp:1/code")


def edit(box, window):
    window.click("slots/totp:1/edit")
    window.click("edit/name")
    window.press("ctrl+a")
    window.type("Renamed")
    window.click("edit/pin")
    window.type_secret("edit/pin", ADMIN_PIN)
    window.wait_item("slots/totp:1/copy", text="Renamed", seconds=20)


def delete(box, window):
    window.click("slots/totp:2/remove")
    window.type_secret("remove/pin", ADMIN_PIN)
    window.wait_gone("remove/pin", seconds=20)
    window.wait_gone("slots/totp:2/copy", seconds=20)


def change_pin(box, window):
    window.click("nav/settings")
    window.wait_screen("settings")
    window.click("nav/care")
    window.wait_screen("care")
    window.click("care/user-pin")
    window.type_secret("care/pin", USER_PIN)
    window.type_secret("care/new-pin", "654321")
    window.type_secret("care/new-pin-again", "654321")
    window.wait_item("care/done", seconds=30)
    window.press("Escape")
    window.wait_gone("care/done")


def import_export(box, window):
    accounts = [Account(issuer=f"Moved{n}", account="ann", secret=secret) for n, secret in
                enumerate(("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "KRSXG5BAKRSXG5BAKRSXG5BAKRSXG5BA"))]
    for part, account in enumerate(accounts):
        window.drop(pictures.qr(box.folder / f"part{part}.png", migration([account], part, 2)))
        window.wait_item("wizard/chosen", text=f"{part + 1} of {part + 1}")
    window.click("wizard/write")
    window.wait_screen("wizard:pin")
    window.type_secret("wizard/pin", ADMIN_PIN)
    window.wait_screen("wizard:proven", seconds=30)
    window.click("wizard/close")
    window.wait_screen("slots")


def settings(box, window):
    for theme in ("dark", "light"):
        window.click("nav/settings")
        window.wait_screen("settings")
        window.click(f"settings/theme/{theme}")
    for page in ("diagnostics", "settings", "slots"):
        window.click(f"nav/{page}")
        window.wait_screen(page)
        box.screen.wheel(10)
        box.screen.wheel(-10)


def slow_token(box, window):
    """The token takes 10 s to answer; the window is used meanwhile."""
    box.faults("delay_ms=10000")
    window.click("slots/totp:1/copy")
    for page in ("diagnostics", "settings", "slots"):
        window.click(f"nav/{page}")
        window.wait_screen(page)
        time.sleep(2)
        box.screen.wheel(5)
    box.faults()
    time.sleep(12)


PATHS = [provision, copy, edit, delete, change_pin, import_export, settings, slow_token]


def tell(what, turns):
    if not turns:
        print(f"{what:<44}{'none':>8}")
        return
    ordered = sorted(turns)

    def share(part):
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))] / 1000
    print(f"{what:<44}{len(ordered):>8}{share(0.5):>9.2f}{share(0.99):>9.2f}{ordered[-1] / 1000:>9.2f}", flush=True)


def main():
    print(f"{'milliseconds a turn of the main loop':<44}{'turns':>8}{'median':>9}{'p99':>9}{'max':>9}")
    everything = []
    chosen = [path for path in PATHS if not sys.argv[1:] or path.__name__ in sys.argv[1:]]
    for path in chosen:
        box = Box(TOP / "build/screenshots/bench")
        try:
            for number in (1, 2, 3):
                box.add(Account(issuer=f"Forge{number}", account="ann", period=120))
            file = box.folder / "frames"
            window = box.open_with_token(environment={"TOKENDECK_FRAME_TIMES": str(file)})
            try:
                path(box, window)
            except Exception as problem:
                print(f"{path.__name__}: not done: {str(problem).splitlines()[0]}")
            window.close(seconds=30)
            turns = [line.split() for line in file.read_text().splitlines() if not line.startswith("#")]
        finally:
            box.close()
        everything += turns
        tell(path.__name__, [int(turn[0]) for turn in turns if turn[3] == "-"])
    usual = [turn for turn in everything if turn[3] == "-"]
    tell("all: work without waiting for the graphics", [int(turn[0]) for turn in usual])
    tell("all: processor time of the thread", [int(turn[1]) for turn in usual])
    tell("all: waiting for the graphics", [int(turn[2]) for turn in usual if int(turn[2])])
    tell("all: both together, turns that painted", [int(turn[0]) + int(turn[2]) for turn in usual if int(turn[2])])
    tell("all: work, only turns that painted", [int(turn[0]) for turn in usual if int(turn[2])])
    tell("the first pictures after the start", [int(turn[0]) for turn in everything if turn[3] == "s"])
    tell("fonts built anew (once a scale)", [int(turn[0]) for turn in everything if turn[3] == "f"])
    tell("the window shown again", [int(turn[0]) for turn in everything if turn[3] == "w"])


main()
