"""Names in every script. The fonts for them come with tools/setup --tests."""

import time

from driver import check, check_equal
from driver.outside import Account
from driver.screen import wait_for
from driver.steps import paste, write
from driver.testing import test

# As long as one another in characters, and within the 15 bytes of a slot's name.
NAMES = ["银行", "日本", "은행", "بن", "קנ", "กข", "बै", "🚀🎉", "Ωδ", "Ёж"]


def name_on(window, number):
    """Where a low card has its name; beside it stand the colour of its sign and the slot's number, which differ."""
    return window.colours(f"slots/totp:{number}/copy", 84, 118)


@test("Names in every script are drawn in their own letters: in the list, dark and light, large and small", seconds=150)
def every_script(box):
    for number, name in enumerate(NAMES, 1):
        box.add(Account(), f"totp:{number}", name=name)
    looks = [((1280, 800), 1, "light"), ((640, 480), 1, "dark"), ((1280, 960), 2, "light")]
    for size, scale, theme in looks:
        window = box.open_with_token(size=size, scale=scale, environment={"TOKENDECK_THEME": theme})
        for number, name in enumerate(NAMES[:5], 1):
            window.wait_item(f"slots/totp:{number}/copy", text=name)
        window.hover("nav/settings")  # not over a card, which would say that it can be copied
        time.sleep(1)
        box.picture(window, f"{theme} {size[0]} at {scale}x")
        if scale == 1 and size[0] == 1280:
            seen = {name: name_on(window, number) for number, name in enumerate(NAMES, 1)}
            for name, picture in seen.items():
                others = [other for other, its in seen.items() if its == picture]
                check_equal(others, [name], "what looks like it")
            rocket = seen["🚀🎉"]
            coloured = sum(1 for i in range(0, len(rocket), 3) if rocket[i] > rocket[i + 2] + 90)
            check(coloured > 20, f"only {coloured} pixels of the rocket are red or yellow")
        window.check_all_inside()
        window.close()
        check_equal(window.output(), b"", "said by the window")


@test("A name in other scripts is kept while it is edited, written as it is, found, and shown on the sheet", seconds=90)
def from_link_to_sheet(box):
    account = Account(issuer="\U0001F680银行", account="דוד")
    window = box.open_with_token()
    window.click("slots/add")
    paste(box, window, account.uri)
    window.wait_screen("wizard:review")
    window.wait_item("wizard/name", text="\U0001F680银行", focused=True)
    window.check_says("wizard/shortened", "\U0001F680银行:דוד")
    window.press("End")
    window.type("7")
    box.clipboard.write("בֵּ")  # two marks on a letter, which go with it
    window.press("ctrl+v")
    wait_for(lambda: window.items()["wizard/name"]["text"] != "\U0001F680银行7", 10, "the letter was not pasted")
    window.press("BackSpace")
    wait_for(lambda: window.items()["wizard/name"]["text"] == "\U0001F680银行7", 10, "the letter did not go with its marks")
    box.picture(window, "review")
    write(window)
    window.wait_screen("wizard:proven")
    check_equal(box.slots()["totp:1"]["name"], "\U0001F680银行7", "the name on the token")
    window.click("wizard/sheet")
    time.sleep(1)
    box.picture(window, "sheet")
    window.press("Escape")
    window.click("wizard/close")
    box.add(Account(issuer="Mail"), "totp:2")
    window.wait_screen("slots")
    window.press("F5")
    window.wait_item("slots/totp:2/copy")
    window.press("ctrl+f")
    box.clipboard.write("银")
    window.press("ctrl+v")
    window.wait_gone("slots/totp:2/copy")
    window.wait_item("slots/search", text="银")
    window.wait_item("slots/totp:1/copy", text="\U0001F680银行7")
    box.picture(window, "found")
    window.close()
