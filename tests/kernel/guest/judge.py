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
    # What systemd-logind writes while somebody sits at the computer; udev and doctor read it.
    os.makedirs("/run/systemd/seats")
    os.makedirs("/run/systemd/users")
    with open(f"/run/systemd/users/{bench.AT_THE_SEAT.uid}", "w") as file:
        file.write("STATE=active\nACTIVE_SESSIONS=1\nACTIVE_SEATS=seat0\n")
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
    part = os.environ["part"]  # from the kernel's command line: "rights", or one of hidapi's backends
    prepare()
    bench.start_udev()
    bench.ports.start()
    if part == "rights":
        tests = rights_tests.tests()
    else:
        tests = operation_tests.tests(part) + fault_tests.tests(part)
        bench.install_rules(rights_tests.OURS)
    for sentence, function, cell in tests:
        judge(sentence, function, cell)
    with open("/proc/uptime") as uptime:
        print(json.dumps({"end": part, "uptime": uptime.read().split()[0]}), flush=True)


if __name__ == "__main__":
    main()
