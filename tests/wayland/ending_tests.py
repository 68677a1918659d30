"""The end of the window and a second start, on Sway."""

import subprocess

from driver import check, check_equal
from driver.box import BINARY
from driver.screen import die_with_parent, wait_for
from driver.steps import code_outlives_window
from driver.testing import test


@test("A code can be pasted for its time after the window was closed, and then the program ends", seconds=90)
def serves_after_closing(box):
    def gone(window):
        wait_for(lambda: not box.screen.find_window("tokendeck", window.process.pid), 3, "the window is still there")
    code_outlives_window(box, gone)


@test("A second start leaves the window to the first one, which comes forward or asks for attention")
def second_start(box):
    def start():
        return subprocess.Popen([str(BINARY)], env={**box.environment, **box.screen.environment}, cwd=box.folder,
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                preexec_fn=die_with_parent)
    first = start()
    try:
        place = wait_for(lambda: box.screen.find_window("tokendeck", first.pid), 15, "no window appeared")
        wait_for(lambda: any(box.screen.runtime.glob("*.socket")), 10, "the first start cannot be found by others")
        box.screen.tell("workspace 2")
        second = start()
        check_equal(second.wait(timeout=10), 0, f"status of the second start; it said {second.stderr.read()!r}")
        check(first.poll() is None, "the first one ended as well")

        def noticed():
            node = box.screen.node(place)
            return node["focused"] or node["urgent"]
        wait_for(noticed, 5, "nothing tells of the first window")
    finally:
        first.terminate()
        first.wait(timeout=10)
