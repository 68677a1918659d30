"""What is set and kept: the size of everything, where the window stands, the page of the settings."""

import time

from driver import check, check_equal
from driver.screen import wait_for
from driver.testing import test


def settings_file(box):
    return box.home / ".config/tokendeck/settings.conf"


def kept(box, line, seconds=10):
    """Until the file of the settings has the line."""
    def has():
        return settings_file(box).exists() and line in settings_file(box).read_text().splitlines()
    wait_for(has, seconds, lambda: f"{line!r} is not in the settings:\n"
             + (settings_file(box).read_text() if settings_file(box).exists() else "(no file)"))


def tall(window, path="nav/settings"):
    return window.wait_item(path)["rect"][3]


def wait_tall(window, height, path="nav/settings"):
    window.wait(lambda m: any(item["path"] == path and abs(item["rect"][3] - height) <= 1 for item in m["items"]),
                f"{path} to be {height} high")


@test("Ctrl + and Ctrl - change the size of everything at once, and the next start has it")
def scale(box):
    window = box.open()
    window.wait_screen("start")
    usual = tall(window)
    for key, percent in (("ctrl+plus", 110), ("ctrl+KP_Add", 125), ("ctrl+shift+equal", 150), ("ctrl+equal", 175)):
        window.press(key)
        wait_tall(window, usual * percent / 100)
    window.check_all_inside()
    box.picture(window, "175")
    kept(box, "scale = 1.75")
    window.press("ctrl+minus")
    wait_tall(window, usual * 1.5)
    window.close()
    window = box.open()
    window.wait_screen("start")
    wait_tall(window, usual * 1.5)
    window.press("ctrl+0")
    wait_tall(window, usual)
    kept(box, "scale = auto")
    for percent in (90, 75, 75):
        window.press("ctrl+KP_Subtract")
        wait_tall(window, usual * percent / 100)
    box.picture(window, "75")
    window.close()


@test("What does not fit any more makes the window larger, and no larger than the screen")
def scale_and_window(box):
    window = box.open(size=(640, 480))
    window.wait_screen("start")
    usual = tall(window)
    for percent in (110, 125, 150, 175, 200):
        window.press("ctrl+plus")
        wait_tall(window, usual * percent / 100)
    window.wait(lambda m: m["window"] == [1280, 960], "a window of 1280x960")
    window.press("ctrl+plus")  # there is no room for it
    time.sleep(0.5)
    wait_tall(window, usual * 2)
    window.check_all_inside()
    box.picture(window, "200")
    kept(box, "scale = 2")
    window.close()


@test("The window comes back where it was and as large as it was, but never off the screen")
def place(box):
    window = box.open()
    window.wait_screen("start")
    window.x_window.configure(x=120, y=90, width=1000, height=700)
    box.screen.display.sync()
    kept(box, "window_size = 1000 700")
    kept(box, "window_place = 120 90")
    window.close()
    window = box.open()
    window.wait_screen("start")
    check_equal(window.map()["window"], [1000, 700], "the window's size")
    check_equal(window._place(), (120, 90), "the window's place")
    window.close()
    text = settings_file(box).read_text()
    settings_file(box).write_text(text.replace("120 90", "5000 90").replace("1000 700", "300 9000"))
    window = box.open()
    window.wait_screen("start")
    left, top = window._place()
    check(0 <= left < 1600 - 100 and 0 <= top < 1000 - 100, f"the window stands at {left}, {top}")
    check_equal(window.map()["window"], [640, 1000], "the window's size")
    window.close()


@test("The whole window speaks German when that is chosen, at once and after the next start")
def language(box):
    window = box.open()
    window.wait_screen("start")
    window.click("nav/settings")
    window.wait_screen("settings")
    window.scroll_to("settings/language/de", over="settings/theme/light")
    window.click("settings/language/de")
    window.wait_item("nav/settings", text="Einstellungen")
    kept(box, "language = de")
    box.picture(window, "german")
    window.close()
    window = box.open()
    window.wait_item("nav/settings", text="Einstellungen")
    window.close()
    settings_file(box).unlink()
    window = box.open(environment={"LC_ALL": "de_DE.UTF-8"})  # the system's language
    window.wait_item("nav/settings", text="Einstellungen")
    window.close()
    window = box.open(environment={"LC_ALL": "fr_FR.UTF-8"})
    window.wait_item("nav/settings", text="Settings")
    window.close()


@test("Every setting of the page is kept, with the keyboard alone as well")
def page(box):
    window = box.open(size=(1280, 800))
    window.wait_screen("start")
    window.click("nav/settings")
    window.wait_screen("settings")
    for path, line in (("settings/mask/off", "mask_codes = off"), ("settings/motion/reduced", "reduced_motion = on"),
                       ("settings/user-pin/5", "user_pin_minutes = 5"), ("settings/theme/dark", "theme = dark"),
                       ("settings/clipboard/90", "clipboard_seconds = 90"), ("settings/scale/larger", "scale = 1.1")):
        window.click(path)
        kept(box, line)
    window.wait_item("settings/scale/percent", text="110")
    time.sleep(0.5)  # until all is in its new place
    window.click("settings/scale/auto")
    kept(box, "scale = auto")
    for _ in range(40):
        window.press("Tab")
        time.sleep(0.05)
        if (item := window.item("settings/theme/light")) and item["focused"]:
            break
    window.press("space")
    kept(box, "theme = light")
    window.close()


@test("The page of the settings fits every window, in both languages")
def page_fits(box):
    for language in ("en", "de"):
        settings_file(box).parent.mkdir(parents=True, exist_ok=True)
        settings_file(box).write_text(f"language = {language}\n")
        for size, scale in (((640, 480), 1), ((960, 640), 1), ((1280, 800), 1), ((1280, 960), 2)):
            window = box.open(size=size, scale=scale)
            window.wait_screen("start")
            window.click("nav/settings")
            window.wait_screen("settings")
            window.check_all_inside()
            box.picture(window, f"{language}-{size[0]}x{size[1]}-{scale}x")
            box.screen.move(size[0] // 2, size[1] // 2)
            box.screen.wheel(30)
            window.check_all_inside()
            box.picture(window, f"{language}-{size[0]}x{size[1]}-{scale}x-end")
            window.close()
