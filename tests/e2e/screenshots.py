"""Pictures of all states of the window, in build/screenshots. Called by tools/screenshots."""

import pathlib
import shutil
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from driver import pictures                         # noqa: E402
from driver.box import ADMIN_PIN, TOP, Box          # noqa: E402
from driver.outside import Account                  # noqa: E402
from driver.steps import to_review                  # noqa: E402

PICTURES = TOP / "build/screenshots"
README_PICTURE = TOP / "docs/screenshot.png"
README_SHOT = "light-960x640-slots-code"
# name, window size, TOKENDECK_SCALE, theme
LOOKS = [
    ("light-960x640", (960, 640), 1, "light"),
    ("dark-960x640", (960, 640), 1, "dark"),
    ("light-640x480", (640, 480), 1, "light"),
    ("dark-1280x800", (1280, 800), 1, "dark"),
    ("light-2x-1280x960", (1280, 960), 2, "light"),
]
ACCOUNTS = [
    ("totp:1", Account("Git Forge", "ann")),
    ("totp:2", Account("Mail", "ann@example.org", secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")),
    ("totp:3", Account("Cloud", "team", digits=8, secret="KRSXG5BAKRSXG5BAKRSXG5BAKRSXG5BA")),
    ("totp:4", Account("Straße", "jörg", secret="MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK")),
    ("hotp:1", Account("Bank", "ann", kind="hotp", counter=41)),
]
NEW = Account("Package Index", "ann", secret="ORSXG5DJNZTSA43FMNZGK5BAMZXXEIDU")


def shoot(look, size, scale, theme):
    box = Box(PICTURES)

    def shot(name):
        window.picture(PICTURES / f"{look}-{name}.png")

    def open_window(*arguments):
        return box.open(*arguments, size=size, scale=scale, environment={"TOKENDECK_THEME": theme})
    try:
        window = open_window()
        window.wait_screen("start")
        shot("start")
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
        window.click("nav/token")
        shot("token-list")
        window.press("Escape")
        window.click("nav/diagnostics")
        window.wait_screen("diagnostics")
        shot("diagnostics")
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
        shot("wizard-file")
        window.drop(pictures.plain(box.folder / "holiday.png"))
        window.wait_item("wizard/message")
        shot("wizard-input-error")
        to_review(box, window, Account("Strict", "ann", algorithm="SHA256"))
        shot("wizard-review-blocked")
        window.click("wizard/cancel")
        window.wait_screen("slots")
        to_review(box, window, NEW)
        shot("wizard-review")
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
        window.click("wizard/close")
        window.wait_screen("slots")
        box.screen.dark_corner()
        shot("slots-proven")

        to_review(box, window, NEW)
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
    readme = arguments == ["--readme"]
    looks = [look for look in LOOKS if not readme or README_SHOT.startswith(look[0])]
    for look in looks:
        for old in PICTURES.glob(f"{look[0]}-*.png"):
            old.unlink()
        shoot(*look)
        print(f"{PICTURES.relative_to(TOP)}/{look[0]}-*.png: {len(list(PICTURES.glob(look[0] + '-*.png')))} pictures",
              flush=True)
    if readme:
        README_PICTURE.parent.mkdir(exist_ok=True)
        shutil.copyfile(PICTURES / f"{README_SHOT}.png", README_PICTURE)
        print(README_PICTURE.relative_to(TOP))


main(sys.argv[1:])
