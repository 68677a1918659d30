#!/usr/bin/env python3
"""rates.py PROGRAM FOLDER

Prints how many pictures of the corpus in FOLDER are read rightly, by class, by PROGRAM (test_qr) and by zbarimg, as a
Markdown table, and how long PROGRAM takes. Right: exactly the texts beside the picture, in any order; of a picture with none, nothing.
"""
import collections
import os
import pathlib
import subprocess
import sys

CLASSES = ["scale", "jpeg", "blur", "noise", "rotated", "perspective", "inverted", "dark-theme", "low-contrast",
           "uneven-light", "moire", "thin-margin", "dark-around", "coloured", "logo", "round-dots", "dark-page",
           "photo", "glare", "motion-blur", "art", "versions", "several", "cropped", "nothing"]


def zbarimg_reads(picture):
    run = subprocess.run(["zbarimg", "--raw", "-q", "-Sdisable", "-Sqrcode.enable", str(picture)],
                         capture_output=True, text=True, timeout=60)
    texts = sorted(set(run.stdout.splitlines()))
    return texts == picture.with_suffix(".txt").read_text().splitlines()


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    run = subprocess.run([program, "[.corpus]"], capture_output=True, text=True, check=True,
                         env={**os.environ, "TOKENDECK_CORPUS": str(folder)})
    ours, took = {}, {}
    for line in run.stdout.splitlines():
        name, outcome, milliseconds = (line.split(" ") + ["", ""])[:3]
        if (folder / name).suffix in (".png", ".jpg") and outcome in ("read", "no", "wrong"):
            ours[name] = outcome
            took[name] = int(milliseconds)
    rows = collections.defaultdict(lambda: [0, 0, 0])
    wrong, missed = [], []
    for picture in sorted(p for p in folder.iterdir() if p.suffix != ".txt"):
        row = rows[next(c for c in CLASSES if picture.name.startswith(c))]
        empty = picture.with_suffix(".txt").stat().st_size == 0
        right = ours[picture.name] == "read" or (empty and ours[picture.name] == "no")
        row[0] += 1
        row[1] += right
        row[2] += zbarimg_reads(picture)
        if ours[picture.name] == "wrong":
            wrong.append(picture.name)
        elif not right:
            missed.append(picture.name)
    print("| class | pictures | tokendeck | zbarimg |\n| --- | ---: | ---: | ---: |")
    for name in CLASSES:
        print("| {} | {} | {} | {} |".format(name, *rows[name]))
    print("| **all** | {} | {} | {} |".format(*(sum(r[i] for r in rows.values()) for i in range(3))))
    for kind in ("nothing", ""):
        times = sorted((ms, name) for name, ms in took.items() if name.startswith(kind))
        print("\n{}: median {} ms, worst {} ms ({})".format("With nothing in 1920 x 1080" if kind else "All",
                                                           times[len(times) // 2][0], *times[-1]))
    print("\nNot read: " + (", ".join(missed) or "none"))
    print("\nRead as something else: " + (", ".join(wrong) or "none"))


if __name__ == "__main__":
    main()
