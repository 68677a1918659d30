"""How fast the real window is, and what it costs while nothing happens. Prints numbers; nothing is judged here.

Called by tools/bench. The token is simulated, with the answer times of a real one. Times are medians over RUNS.
"""

import pathlib
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from driver import pictures                      # noqa: E402
from driver.box import ADMIN_PIN, TOP, Box       # noqa: E402
from driver.outside import Account               # noqa: E402
from driver.steps import to_review               # noqa: E402

RUNS = 7
IDLE_SECONDS = 16


def tell(what, value, unit):
    print(f"{what:<62}{value:>9} {unit}", flush=True)


def tell_times(what, seconds):
    tell(what, f"{statistics.median(seconds) * 1000:.0f}", f"ms  ({min(seconds) * 1000:.0f} to {max(seconds) * 1000:.0f})")


def share_of_a_core(window, seconds):
    before, began = window.cpu_seconds(), time.monotonic()
    time.sleep(seconds)
    return 100 * (window.cpu_seconds() - before) / (time.monotonic() - began)


def start_times(box, *arguments, screen):
    times = []
    for _ in range(RUNS):
        window = box.open(*arguments)
        window.wait_screen(screen)
        times.append(time.monotonic() - window.started)
        window.close()
    return times


def click_to_clipboard(box, window, slot):
    """Until the window owns the clipboard."""
    display = box.screen.display
    clipboard = display.intern_atom("CLIPBOARD")
    times = []
    for _ in range(RUNS):
        box.clipboard.write("something else")
        foreign = display.get_selection_owner(clipboard)
        x, y = window.point(f"slots/{slot}/copy")
        box.screen.move(x, y)
        time.sleep(0.2)
        box.screen.button(1, True)
        time.sleep(0.04)
        began = time.monotonic()
        box.screen.button(1, False)
        while display.get_selection_owner(clipboard) == foreign:
            time.sleep(0.001)
        times.append(time.monotonic() - began)
        window.press("Escape")  # hides the code, so that the next click asks the token anew
        window.wait_gone(f"slots/{slot}/code")
    return times


def drop_to_review(box, window, picture):
    times = []
    for _ in range(RUNS):
        window.drop(picture)
        began = time.monotonic()
        window.wait_screen("wizard:review")
        times.append(time.monotonic() - began)
        window.click("wizard/cancel")
        window.wait_screen("slots")
    return times


def no_code_to_answer(box, window):
    """A screen of 1920 x 1080: what is on this one, enlarged."""
    screen, picture = box.folder / "screen.png", box.folder / "page.png"
    screen.write_bytes(box.screen.picture())
    subprocess.run(["convert", str(screen), "-resize", "1920x1080!", str(picture)], check=True)
    times = []
    for _ in range(RUNS):
        window.drop(picture)
        began = time.monotonic()
        window.wait_item("wizard/message", text="no QR code")
        times.append(time.monotonic() - began)
        window.click("wizard/cancel")
        window.wait_screen("slots")
    return times


def paste_to_explained(box, window):
    """20,000 characters: 150 addresses, a line each."""
    text = "\n".join(Account(issuer=f"Site{n}", account="someone@example.com").uri for n in range(150))
    times = []
    for _ in range(RUNS):
        box.clipboard.write(text)
        window.click("slots/add")
        window.wait_screen("wizard:input")
        window.click("wizard/paste")
        window.wait_item("wizard/paste", focused=True)
        window.press("ctrl+v")
        began = time.monotonic()
        window.wait_item("wizard/explained/1")
        times.append(time.monotonic() - began)
        window.click("wizard/cancel")
        window.wait_screen("slots")
    return times


def pin_to_proven(box, window):
    times = []
    for number in range(RUNS):
        to_review(box, window, Account(issuer=f"Site{number}", account="ann"))
        window.click("wizard/write")
        window.wait_item("wizard/pin", focused=True)
        window.type(ADMIN_PIN)
        window.press("Return")
        began = time.monotonic()
        window.wait_screen("wizard:proven", seconds=30)
        times.append(time.monotonic() - began)
        window.click("wizard/close")
        window.wait_screen("slots")
    return times


def main():
    box = Box(TOP / "build/screenshots/bench")
    try:
        box.add(Account(issuer="Forge", account="ann", period=120))
        tell_times("start to the start page, no token", start_times(box, screen="start"))
        tell_times("start to the slots of a simulated token", start_times(box, box.simulate, screen="slots"))

        window = box.open_with_token()
        tell_times("click on a slot to its code on the clipboard", click_to_clipboard(box, window, "totp:1"))
        picture = pictures.qr(box.folder / "code.png", Account(issuer="Site", account="ann").uri)
        tell_times("drop of a QR picture to the review", drop_to_review(box, window, picture))
        tell_times("drop of a 1920 x 1080 picture without a code to the answer", no_code_to_answer(box, window))
        tell_times("paste of 20,000 characters to what they are", paste_to_explained(box, window))
        tell_times("Enter after the PIN to proven", pin_to_proven(box, window))
        window.close()

        window = box.open_with_token()
        box.screen.dark_corner()
        time.sleep(3)
        tell("processor while idle at the slots", f"{share_of_a_core(window, IDLE_SECONDS):.2f}", "% of a core")
        Account(period=120).wait_for_fresh_code(IDLE_SECONDS + 6)
        window.click("slots/totp:1/copy")
        window.wait_item("slots/totp:1/code")
        box.screen.dark_corner()
        time.sleep(3)
        tell("processor with a code on display", f"{share_of_a_core(window, IDLE_SECONDS):.2f}", "% of a core")
        window.close()
    finally:
        box.close()


main()
