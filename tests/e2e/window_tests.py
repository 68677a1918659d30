"""The window itself: sizes, themes, pages, and that it costs nothing while nothing happens."""

import subprocess
import time

from Xlib import X

from driver import check, check_equal
from driver.box import ADMIN_PIN, BINARY
from driver.outside import Account
from driver.screen import die_with_parent, wait_for
from driver.steps import to_review
from driver.testing import test


@test("A window in which nothing changes draws no frame")
def idle(box):
    box.add(Account(issuer="Forge", account="ann"))
    window = box.open_with_token()
    box.screen.dark_corner()
    time.sleep(1.5)  # until the pointer's leaving has been drawn
    check_equal(box.screen.count_paintings(window.on_screen, 5), 0, "paintings in 5 s at the slots")
    window.click("nav/settings")
    window.wait_screen("settings")
    box.screen.dark_corner()
    time.sleep(1.5)
    frames = window.map()["frames"]
    check_equal(box.screen.count_paintings(window.on_screen, 3), 0, "paintings in 3 s at the settings")
    window.click("nav/slots")
    window.wait_screen("slots")
    check(window.map()["frames"] > frames, "the map's count of frames does not count")
    window.close()


@test("A window with a code on display draws about one frame a second, for its countdown")
def idle_with_code(box):
    account = Account(issuer="Forge", account="ann")
    box.add(account)
    window = box.open_with_token()
    account.wait_for_fresh_code(12)
    window.click("slots/totp:1/copy")
    window.wait_item("slots/totp:1/code")
    box.screen.dark_corner()
    time.sleep(1.5)
    paintings = box.screen.count_paintings(window.on_screen, 5)
    check(3 <= paintings <= 8, f"{paintings} paintings in 5 s")
    window.close()


def every_page(box, window, prefix):
    """Walks through the pages; everything on them must lie within the window."""
    def look(name):
        window.check_all_inside()
        box.picture(window, f"{prefix}-{name}")
    window.wait_screen("slots")
    look("slots")
    for page in ("diagnostics", "settings"):
        window.click(f"nav/{page}")
        window.wait_screen(page)
        look(page)
    window.click("nav/slots")
    window.wait_screen("slots")
    window.click("slots/add")
    window.wait_screen("wizard:input")
    look("input")
    to_review(box, window, Account(issuer="A Web Site With a Long Name", account="somebody.with.a.long.name@example.org"))
    look("review")
    if not window.item("wizard/write")["enabled"]:
        window.click("wizard/name")
        window.press("ctrl+a")
        window.type("Site")
        window.wait_item("wizard/write", enabled=True)
    window.click("wizard/write")
    window.wait_screen("wizard:pin")
    look("pin")
    window.type_secret("wizard/pin", ADMIN_PIN)
    window.wait_screen("wizard:proven")
    look("proven")
    window.click("wizard/close")
    window.wait_screen("slots")
    window.click("slots/totp:1/copy")
    window.wait_item("slots/totp:1/code")
    look("code")


@test("Every page fits into a window of 640x480")
def small(box):
    box.add(Account(issuer="Forge", account="ann"))
    window = box.open_with_token(size=(640, 480))
    every_page(box, window, "640x480")
    window.close()


@test("In a small window, too, it is seen at once why an account cannot be written")
def small_and_blocked(box):
    window = box.open_with_token(size=(640, 480))
    to_review(box, window, Account(algorithm="SHA512"))
    window.wait_item("wizard/write", enabled=False)
    window.wait_item("wizard/problem/algorithm", text="SHA512")
    box.picture(window, "review")
    window.close()


@test("Every page fits into a window of 1280x960 on a screen of double density")
def double_density(box):
    box.add(Account(issuer="Forge", account="ann"))
    window = box.open_with_token(size=(1280, 960), scale=2)
    every_page(box, window, "2x")
    window.close()


@test("The window can be made large and small, and follows")
def resized(box):
    window = box.open_with_token()
    for size in ((1500, 950), (700, 500), (960, 640)):
        window.resize(*size)
        time.sleep(0.3)
        window.check_all_inside()
        box.picture(window, f"{size[0]}x{size[1]}")
    window.click("nav/diagnostics")
    window.wait_screen("diagnostics")
    window.close()


@test("Light and dark can be chosen in the settings, and the whole window follows")
def themes(box):
    box.add(Account(issuer="Forge", account="ann"))
    window = box.open_with_token()
    brightness = {}
    for theme in ("light", "dark"):
        window.click("nav/settings")
        window.wait_screen("settings")
        window.click(f"settings/theme/{theme}")
        box.picture(window, f"settings-{theme}")
        window.click("nav/slots")
        window.wait_screen("slots")
        box.picture(window, f"slots-{theme}")
        brightness[theme] = background_brightness(box)
    check(brightness["light"] > 180 and brightness["dark"] < 80, f"brightness of the background: {brightness}")
    window.close()


@test("Settings are kept, and what somebody wrote into their file stays in it")
def settings_kept(box):
    file = box.home / ".config/tokendeck/settings.conf"
    window = box.open()
    window.wait_screen("start")
    window.click("nav/settings")
    window.wait_screen("settings")
    check(not file.exists(), "a file was written although nothing was changed")
    window.click("settings/theme/dark")
    window.click("settings/clipboard/15")
    window.wait_item("settings/clipboard/15")
    window.close()
    kept = file.read_text()
    check(file.stat().st_mode & 0o077 == 0, "others may read the file")
    file.write_text("# mine\nfuture_key = 7\n" + kept)

    window = box.open()
    window.wait_screen("start")
    check(background_brightness(box) < 80, "the dark window was not kept")
    window.click("nav/settings")
    window.wait_screen("settings")
    window.click("settings/theme/light")
    window.close()
    kept = file.read_text()
    for line in ("# mine", "future_key = 7", "theme = light", "clipboard_seconds = 15"):
        check(line in kept.splitlines(), f"{line!r} is not in the file:\n{kept}")


@test("A second start leaves the window to the first one and ends")
def second_start(box):
    def start():
        return subprocess.Popen([str(BINARY)], env={**box.environment, "DISPLAY": box.screen.name}, cwd=box.folder, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=die_with_parent)
    first = start()
    wait_for(lambda: any(box.folder.glob("*.socket")), 10, lambda: "the first start cannot be found by others")
    time.sleep(1)
    second = start()
    check_equal(second.wait(timeout=10), 0, f"status of the second start; it said {second.stderr.read()!r}")
    check(first.poll() is None, "the first one ended as well")
    first.terminate()
    first.wait(timeout=10)
    third = start()  # nobody is in its way now
    time.sleep(1.5)
    check(third.poll() is None, "the third one ended")
    third.terminate()
    third.wait(timeout=10)


@test("A desktop that prefers dark gets a dark window")
def desktop_theme(box):
    for theme, right in (("dark", lambda b: b < 80), ("light", lambda b: b > 180)):
        window = box.open(environment={"TOKENDECK_THEME": theme})
        window.wait_screen("start")
        box.picture(window, theme)
        check(right(background_brightness(box)), f"brightness with a {theme} desktop: {background_brightness(box)}")
        window.close()


def background_brightness(box):
    """0 to 255, near the left edge of the window, where nothing stands."""
    image = box.screen.root.get_image(6, 600, 4, 4, X.ZPixmap, 0xFFFFFFFF)
    return sum(image.data[0:3]) / 3


@test("The diagnostics show the token and what was said to it, and nothing secret")
def diagnostics(box):
    box.add(Account(issuer="Forge", account="ann"))
    window = box.open_with_token(size=(1280, 800))
    window.click("slots/totp:1/copy")
    window.wait_item("slots/totp:1/code")
    window.click("nav/diagnostics")
    window.wait_screen("diagnostics")
    facts = {item["text"] for path, item in window.items().items() if path.startswith("diagnostics/token/")}
    serial = box.status()["card_serial"]
    for fact in ("Firmware: 0.15", f"Card serial: {serial}", "Admin PIN: 3 of 3 tries left"):
        check(fact in facts, f"the diagnostics do not show {fact!r}: {facts}")
    box.picture(window, "token")
    window.scroll_to("diagnostics/command/1", over="diagnostics/token/1")
    box.screen.wheel(20)
    window.wait_item("diagnostics/command/4")
    commands = " ".join(item["text"] for path, item in window.items().items() if path.startswith("diagnostics/command/"))
    check("GET_CODE ok" in commands and "SET_TIME ok" in commands, f"the last commands are not shown: {commands}")
    box.picture(window, "commands")
    window.close()


@test("The x of the title bar ends the program well wherever it is")
def ends_anywhere(box):
    for where in ("start", "review", "pin"):
        window = box.open() if where == "start" else box.open_with_token()
        if where != "start":
            to_review(box, window, Account())
        if where == "pin":
            window.click("wizard/write")
            window.wait_screen("wizard:pin")
            window.type("1234")
        window.close()
