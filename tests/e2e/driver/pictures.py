"""Pictures to drop on the window, and files that are none."""

import subprocess

from . import png


def qr(path, text, module_pixels=6):
    subprocess.run(["qrencode", "-t", "PNG", "-s", str(module_pixels), "-l", "M", "-o", str(path)],
                   input=text.encode(), check=True, timeout=10)
    return path


def qr_sheet(path, texts, around=24):
    """Several codes in one picture, side by side."""
    rows = []
    for text in texts:
        made = subprocess.run(["qrencode", "-t", "ASCII", "-m", "4", "-l", "M"], input=text.encode(), check=True,
                              capture_output=True, timeout=10).stdout.decode().splitlines()
        rows.append([line[::2] for line in made])  # two characters a module
    pixels = 3
    tall = max(len(code) for code in rows) * pixels + 2 * around
    wide = sum(len(code[0]) * pixels + around for code in rows) + around
    rgb = bytearray(b"\xff" * (wide * tall * 3))
    left = around
    for code in rows:
        for y in range(len(code) * pixels):
            line = code[y // pixels]
            for x in range(len(line) * pixels):
                if line[x // pixels] == "#":
                    at = ((y + around) * wide + left + x) * 3
                    rgb[at:at + 3] = b"\x00\x00\x00"
        left += len(code[0]) * pixels + around
    path.write_bytes(png.encode(wide, tall, bytes(rgb)))
    return path


def plain(path, width=320, height=240):
    """A picture in which there is no QR code."""
    rgb = bytearray()
    for y in range(height):
        for x in range(width):
            rgb += bytes((x * 255 // width, y * 255 // height, 128))
    path.write_bytes(png.encode(width, height, bytes(rgb)))
    return path


def torn(path, whole):
    """The first half of another picture's file."""
    data = whole.read_bytes()
    path.write_bytes(data[:len(data) // 2])
    return path
