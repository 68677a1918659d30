"""What is set and kept: the size of everything, where the window stands, the page of the settings."""

import os
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
    window.on_screen.configure(x=120, y=90, width=1000, height=700)
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
    window.tab_to("settings/theme/light")
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


@test("What is wrong in the settings file is told at the start and on the page, in the window's language, and stays there",
      seconds=120)
def problems(box):
    settings_file(box).parent.mkdir(parents=True, exist_ok=True)
    wrong = ("# mine\nclipboard_seconds = 4 5\ntheme = \x1b[2Jblue\njust words\ncolour = red\n"
             "mask_codes = off\nmask_codes = on\n" + "x" * 3000 + "\n")
    for language, theme, size, scale, words, page in (
            ("en", "light", (640, 480), 1, "not understand 6 lines of the settings file", "the default is used: 45"),
            ("de", "dark", (640, 480), 1, "6 Zeilen der Einstellungsdatei", "gilt die Vorgabe: 45"),
            ("en", "dark", (1280, 960), 2, "not understand 6 lines of the settings file", "the default is used: 45")):
        settings_file(box).write_text(f"{wrong}language = {language}\n")
        window = box.open(size=size, scale=scale, environment={"TOKENDECK_THEME": theme})
        window.wait_item("notice/text", text=words)
        box.picture(window, f"{language}-{theme}-{scale}x-start")
        window.click("notice/dismiss")
        window.click("nav/settings")
        for part in ("settings.conf", "clipboard_seconds", "4 5", page, "theme", "just words", "colour", "mask_codes"):
            window.wait_item("settings/problems", text=part)
        window.check_all_inside()
        box.picture(window, f"{language}-{theme}-{scale}x-page")
        said = window.output()
        check(b"\x1b" not in said and said.count(b"tokendeck: settings: ") == 6, f"it said {said!r}")
        window.scroll_to("settings/user-pin/5", over="settings/problems")
        window.click("settings/user-pin/5")
        kept(box, "user_pin_minutes = 5")
        for line in ("# mine", "clipboard_seconds = 4 5", "just words", "colour = red", "x" * 3000):
            kept(box, line)
        window.close()


@test("A settings file that cannot be used is told and stays as it is, and so is one that cannot be written any more")
def unusable(box):
    settings_file(box).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(settings_file(box))
    window = box.open()
    window.wait_item("notice/text", text="settings.conf")
    window.click("nav/settings")
    window.wait_item("settings/problems", text="What you change here is lost")
    window.click("settings/theme/dark")
    window.close()
    check(settings_file(box).is_fifo(), "it is no longer the pipe that it was")
    settings_file(box).unlink()

    window = box.open()
    window.wait_screen("start")
    settings_file(box).mkdir()
    window.click("nav/settings")
    window.click("settings/theme/dark")
    window.wait_item("notice/text", text="is a folder")
    window.close()
    check(settings_file(box).is_dir(), "it is no longer the folder that it was")
