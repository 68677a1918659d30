"""Pictures of all states of the window, in build/screenshots. Called by tools/screenshots."""

import pathlib
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from driver import pictures                         # noqa: E402
from driver.box import ADMIN_PIN, TOP, Box          # noqa: E402
from driver.outside import Account                  # noqa: E402
from driver.steps import to_review                  # noqa: E402

PICTURES = TOP / "build/screenshots"
DOCS = TOP / "docs"
# In README and docs/: by the name there.
DOCS_SHOTS = {
    "screenshot": "light-960x640-slots-code", "choose": "light-960x640-wizard-choose",
    "paste": "light-960x640-wizard-paste-wrong", "proven": "light-960x640-wizard-proven",
    "manage": "light-960x640-care", "start": "light-960x640-start-doctor", "check": "light-960x640-check-done",
    "sheet": "light-960x640-wizard-sheet", "diagnostics": "light-960x640-diagnostics",
    "dark": "dark-1280x800-slots-map",
}
# name, window size, TOKENDECK_SCALE, theme, language
LOOKS = [
    ("light-960x640", (960, 640), 1, "light", "C"),
    ("light-640x480", (640, 480), 1, "light", "C"),
    ("dark-640x480", (640, 480), 1, "dark", "C"),
    ("light-1280x800", (1280, 800), 1, "light", "C"),
    ("dark-1280x800", (1280, 800), 1, "dark", "C"),
    ("light-2x-1280x960", (1280, 960), 2, "light", "C"),
    ("dark-2x-1600x1000", (1600, 1000), 2, "dark", "C"),
    ("german-640x480", (640, 480), 1, "light", "de_DE.UTF-8"),
    ("german-1280x800", (1280, 800), 1, "dark", "de_DE.UTF-8"),
]
SIDE_BY_SIDE = 2
ACCOUNTS = [
    ("totp:1", Account("Git Forge", "ann")),
    ("totp:2", Account("Mail", "ann@example.org", secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")),
    ("totp:3", Account("Cloud", "team", digits=8, secret="KRSXG5BAKRSXG5BAKRSXG5BAKRSXG5BA")),
    ("totp:4", Account("Straße", "jörg", secret="MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK")),
    ("hotp:1", Account("Bank", "ann", kind="hotp", counter=41)),
]
NEW = Account("Package Index", "ann", secret="ORSXG5DJNZTSA43FMNZGK5BAMZXXEIDU")


SECOND = Account("Wiki", "ann", secret="NBSWY3DPEB3W64TMMQQHI2DFOJSSA5LT")


def shoot(look, size, scale, theme, language):
    box = Box(PICTURES)

    def shot(name):
        window.picture(PICTURES / f"{look}-{name}.png")

    def open_window(*arguments):
        return box.open(*arguments, size=size, scale=scale, environment={"TOKENDECK_THEME": theme, "LC_ALL": language})
    try:
        window = open_window()
        window.wait_screen("start")
        shot("start")
        window.click("start/doctor")
        window.wait_item("start/finding/1")
        shot("start-doctor")
        window.close()

        window = open_window(box.simulate)
        window.wait_screen("slots")
        shot("slots-none")
        window.close()

        for slot, account in ACCOUNTS:
            box.add(account, slot)
        window = open_window(box.simulate)
        window.wait_screen("slots")
        shot("slots")
        Account().wait_for_fresh_code(15)
        window.click("slots/totp:1/copy")
        window.wait_item("slots/totp:1/code")
        box.screen.dark_corner()
        time.sleep(4)  # a ring that has run a little
        shot("slots-code")
        window.press("F1")
        window.wait_item("help/close")
        shot("help")
        window.press("Escape")
        window.wait_gone("help/close")
        window.scroll_to("slots/map", over="slots/hotp:1/copy")
        window.click("slots/map")
        box.screen.wheel(30)
        shot("slots-map")
        window.click("slots/map")
        window.scroll_to("slots/search", over="slots/map", up=True)
        window.click("slots/search")
        window.type("cl")
        shot("slots-search")
        window.press("Escape")
        window.click("nav/token")
        shot("token-list")
        window.press("Escape")
        window.click("nav/diagnostics")
        window.wait_screen("diagnostics")
        shot("diagnostics")
        window.click("diagnostics/check")
        window.wait_item("check/about")
        shot("check")
        window.type_secret("check/pin", ADMIN_PIN)
        window.wait_item("check/stop", seconds=60)
        time.sleep(1)
        shot("check-steps")
        window.wait_item("check/summary", seconds=180)
        shot("check-done")
        window.click("check/close")
        window.wait_gone("check/close")
        window.click("nav/settings")
        window.wait_screen("settings")
        shot("settings")
        window.click("nav/care")
        window.wait_screen("care")
        shot("care")
        for action in ("user-pin", "unblock", "pin-protection", "lock", "new-key", "reset"):
            window.click(f"care/{action}")
            window.wait_item("care/cancel")
            shot(f"care-{action}")
            window.click("care/cancel")
            window.wait_gone("care/cancel")
        window.click("nav/slots")
        window.wait_screen("slots")
        window.click("slots/totp:2/edit")
        window.wait_item("edit/pin")
        shot("edit")
        window.press("Escape")
        window.wait_gone("edit/pin")
        window.click("slots/totp:2/remove")
        window.wait_item("remove/pin")
        shot("remove")
        window.press("Escape")
        window.wait_gone("remove/pin")

        window.click("slots/add")
        window.wait_screen("wizard:input")
        shot("wizard-input")
        window.click("wizard/file")
        window.wait_item("wizard/folder/close")
        shot("wizard-file")
        window.click("wizard/folder/close")
        box.clipboard.write("JBSWY3DP0HPK3PXP")
        window.click("wizard/paste")
        window.press("ctrl+v")
        time.sleep(0.5)
        shot("wizard-paste-wrong")
        window.press("ctrl+a")
        window.press("BackSpace")
        window.drop(pictures.plain(box.folder / "holiday.png"))
        window.wait_item("wizard/message")
        shot("wizard-input-error")
        to_review(box, window, Account("Strict", "ann", algorithm="SHA256"))
        shot("wizard-review-blocked")
        window.click("wizard/cancel")
        window.wait_screen("slots")
        to_review(box, window, NEW)
        shot("wizard-review")
        window.click("nav/slots")
        window.wait_screen("slots")
        shot("slots-waiting")
        window.ask_to_close()
        window.wait_item("closing/stay")
        shot("closing")
        window.press("Escape")
        window.wait_screen("wizard:review")
        window.click("wizard/slot")
        shot("wizard-slot-list")
        window.scroll_to("wizard/slot/totp:1", over="wizard/slot/totp:5", up=True)
        window.click("wizard/slot/totp:1")
        shot("wizard-overwrite")
        window.click("wizard/cancel")
        window.wait_screen("slots")
        to_review(box, window, NEW)
        window.click("wizard/write")
        window.wait_screen("wizard:pin")
        shot("wizard-pin")
        window.type_secret("wizard/pin", "87654321")
        window.wait_item("wizard/message")
        shot("wizard-pin-wrong")
        box.faults("delay_ms=700")
        window.type_secret("wizard/pin", ADMIN_PIN)
        window.wait_screen("wizard:writing")
        time.sleep(2.5)
        (PICTURES / f"{look}-wizard-writing.png").write_bytes(
            box.screen.picture(0, 0, *window.map()["window"]))
        window.wait_screen("wizard:proven", seconds=40)
        box.faults()
        shot("wizard-proven")
        window.click("wizard/sheet")
        window.click("wizard/sheet/path")
        window.press("ctrl+a")
        window.type("/home/ann/recovery-sheet.pdf")  # no path of this machine in a picture
        window.press("Tab")
        shot("wizard-sheet")
        window.click("wizard/sheet/close")
        window.wait_gone("wizard/sheet/path")
        window.click("wizard/spare")
        window.wait_screen("wizard:review")
        shot("wizard-spare")
        window.click("wizard/cancel")
        window.wait_screen("wizard:proven")
        window.click("wizard/close")
        window.wait_screen("slots")
        box.screen.dark_corner()
        shot("slots-proven")

        window.drop(pictures.qr_sheet(box.folder / "two.png", [SECOND.uri, NEW.uri,
                                                               Account("Strict", "ann", algorithm="SHA256").uri]))
        window.wait_screen("wizard:choose")
        shot("wizard-choose")
        window.click("wizard/cancel")
        window.wait_screen("slots")

        window.click("slots/add")
        window.wait_screen("wizard:input")
        window.click("wizard/new-secret")
        window.wait_screen("wizard:review")
        time.sleep(0.5)
        shot("wizard-new-secret")
        window.click("wizard/cancel")
        window.wait_screen("slots")

        to_review(box, window, NEW)
        shot("wizard-again")  # it is on the token since a moment ago
        window.click("wizard/cancel")
        window.wait_screen("slots")
        to_review(box, window, SECOND)
        box.faults("unplug_at=01:1")
        window.click("wizard/write")
        window.wait_screen("wizard:pin")
        window.type_secret("wizard/pin", ADMIN_PIN)
        window.wait_screen("wizard:failed")
        shot("wizard-failed")
        box.faults()
        window.close()
    finally:
        box.close()


def main(arguments):
    """[--docs] [LOOK…]: all looks, those whose name begins so, or those that the documentation shows."""
    if arguments[:1] == ["--one"]:
        look = next(look for look in LOOKS if look[0] == arguments[1])
        for old in PICTURES.glob(f"{look[0]}-*.png"):
            old.unlink()
        shoot(*look)
        print(f"{PICTURES.relative_to(TOP)}/{look[0]}-*.png: {len(list(PICTURES.glob(look[0] + '-*.png')))} pictures",
              flush=True)
        return 0
    docs = arguments[:1] == ["--docs"]
    looks = [look for look in LOOKS
             if (any(shot.startswith(look[0]) for shot in DOCS_SHOTS.values()) if docs else
                 not arguments or any(look[0].startswith(word) for word in arguments))]
    waiting, running, failed = list(looks), [], 0
    while waiting or running:
        while waiting and len(running) < SIDE_BY_SIDE:
            running.append(subprocess.Popen([sys.executable, "-B", __file__, "--one", waiting.pop(0)[0]]))
        done = [one for one in running if one.poll() is not None]
        failed += sum(one.returncode != 0 for one in done)
        running = [one for one in running if one not in done]
        time.sleep(0.1)
    if docs and not failed:
        for name, shot in DOCS_SHOTS.items():
            shutil.copyfile(PICTURES / f"{shot}.png", DOCS / f"{name}.png")
            print(f"docs/{name}.png")
    return 1 if failed else 0


sys.exit(main(sys.argv[1:]))
