"""Runs the tests of a folder, each in a process of its own, several side by side. Of a test that failed the last picture
and what the window said are left: FAILED-….png and FAILED-….txt."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
import traceback

from . import Failed
from .box import BINARY, TOP
from .screen import die_with_parent
from .testing import TESTS

SIDE_BY_SIDE = 3  # more than cores, since they mostly wait


# ---- one test, in a process of its own -----------------------------------------------------------------------------

def _leave_traces(pictures, box, test, reason):
    pictures.mkdir(parents=True, exist_ok=True)
    said = [test.name, "", reason, ""]
    try:
        (pictures / f"FAILED-{test.id}.png").write_bytes(box.screen.picture())
    except Exception as problem:
        said += [f"(no picture: {problem})", ""]
    for window in box.windows:
        said.append(" ".join(window.command))
        try:
            said.append(window.described())
        except Exception as problem:
            said.append(f"(no map: {problem})")
        said += [window.output().decode(errors="replace"), ""]
    (pictures / f"FAILED-{test.id}.txt").write_text("\n".join(said))


def _run_one(test, pictures, make_box):
    """The exit status. Why it failed goes to standard output, first line first."""
    def time_is_up(*_):
        raise Failed(f"not done within {test.seconds} s")
    signal.signal(signal.SIGTERM, time_is_up)
    box = None
    try:
        box = make_box(pictures, f"{test.id}-")
        test.function(box)
        for window in box.windows:
            if window.process.poll() not in (None, 0):
                raise Failed(f"the program ended with status {window.process.returncode}")
        return 0
    except Exception as problem:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        frames = [f for f in traceback.extract_tb(problem.__traceback__) if f.filename.endswith("_tests.py")]
        where = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}: " if frames else ""
        reason = where + (str(problem) if isinstance(problem, Failed) else traceback.format_exc())
        print(reason)
        if box:
            _leave_traces(pictures, box, test, reason)
        return 1
    finally:
        if box:
            box.close()


# ---- all of them ---------------------------------------------------------------------------------------------------

class _Running:
    def __init__(self, script, test):
        self.test = test
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-B", str(script), "--one", test.id], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, start_new_session=True, preexec_fn=die_with_parent)
        self.asked_to_end = False

    def look(self):
        """None while it runs, else its exit status."""
        seconds = time.monotonic() - self.began
        status = self.process.poll()
        if status is None:
            if seconds > self.test.seconds and not self.asked_to_end:
                self.process.terminate()
                self.asked_to_end = True
            if seconds > self.test.seconds + 10:
                self.process.kill()
            return None
        try:  # what it started and left
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        return status

    def report(self, status, pictures):
        seconds = time.monotonic() - self.began
        if status == 0:
            print(f"ok {self.test.name} ({seconds:.1f} s)", flush=True)
            return
        said = self.process.stdout.read().strip().splitlines() or [f"ended with status {status}"]
        print(f"FAILED {self.test.name}: {said[0]}")
        for line in said[1:]:
            print(f"    {line}")
        print(f"    pictures: {pictures.relative_to(TOP)}/FAILED-{self.test.id}.png, .txt", flush=True)


def _run_all(script, tests, pictures):
    waiting = sorted(tests, key=lambda test: -test.seconds)  # the long ones first, so that none is left for the end
    running, passed, failed = [], 0, 0
    while waiting or running:
        while waiting and len(running) < SIDE_BY_SIDE:
            running.append(_Running(script, waiting.pop(0)))
        time.sleep(0.05)
        for one in list(running):
            status = one.look()
            if status is None:
                continue
            running.remove(one)
            one.report(status, pictures)
            passed, failed = (passed + 1, failed) if status == 0 else (passed, failed + 1)
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


def main(script, documentation, arguments, make_box):
    """The exit status of the command line `script`, whose tests lie beside it."""
    pictures = TOP / "build/screenshots" / script.parent.name
    if arguments[:1] in (["--help"], ["-h"]):
        print(documentation.strip())
        return 0
    for file in sorted(script.parent.glob("*_tests.py")):
        spec = importlib.util.spec_from_file_location(file.stem, file)
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
    if arguments[:1] == ["--one"]:
        return _run_one(next(test for test in TESTS if test.id == arguments[1]), pictures, make_box)
    words = [word.lower() for word in arguments]
    chosen = [test for test in TESTS
              if not words or any(word in test.name.lower() or word in test.id for word in words)]
    if not BINARY.exists():
        print(f"There is no {BINARY}. tools/build release tokendeck makes it.\n0 passed, 1 failed")
        return 1
    if not words:
        shutil.rmtree(pictures, ignore_errors=True)
    for test in chosen:
        for trace in pictures.glob(f"FAILED-{test.id}.*"):
            trace.unlink()
    return _run_all(script, chosen, pictures)
