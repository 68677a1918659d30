"""Runs the tests in the guest, and says what came of each as a line of JSON."""
import json
import os
import time
import traceback

import bench
import fault_tests
import operation_tests
import rights_tests


def prepare():
    for person in bench.PEOPLE:
        person.move_in()
    with open("/etc/passwd", "w") as file:
        file.write("root:x:0:0::/root:/bin/sh\n" + "".join(
            f"user{p.uid}:x:{p.uid}:{p.uid}::{p.home}:/bin/sh\n" for p in bench.PEOPLE))
    bench.write_groups()
    # What systemd-logind writes while somebody sits at the computer; udev reads it.
    os.makedirs("/run/systemd/seats")
    with open("/run/systemd/seats/seat0", "w") as file:
        file.write(f"IS_SEAT0=1\nACTIVE=1\nACTIVE_UID={bench.AT_THE_SEAT.uid}\nSESSIONS=1\n")


def judge(sentence, function, cell):
    start = time.monotonic()
    why = ""
    try:
        function()
    except AssertionError as error:
        why = str(error)
    except Exception:
        why = traceback.format_exc(limit=-3)
    print(json.dumps({"test": sentence, "why": why, "cell": cell, "seconds": round(time.monotonic() - start, 1)}), flush=True)


def main():
    backend = os.environ["backend"]  # from the kernel's command line
    prepare()
    bench.start_udev()
    bench.ports.start()
    for sentence, function, cell in rights_tests.tests(backend):
        judge(sentence, function, cell)
    bench.install_rules(rights_tests.OURS)
    bench.plug_only()
    for sentence, function, cell in operation_tests.tests(backend) + fault_tests.tests(backend):
        judge(sentence, function, cell)
    with open("/proc/uptime") as uptime:
        print(json.dumps({"end": backend, "uptime": uptime.read().split()[0]}), flush=True)


if __name__ == "__main__":
    main()
