"""Names in every script. The fonts for them come with tools/setup --tests."""

import time

from driver import check, check_equal
from driver.outside import Account
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
