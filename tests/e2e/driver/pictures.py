"""Pictures to drop on the window, and files that are none."""

import subprocess

from . import png


def qr(path, text, module_pixels=6):
    subprocess.run(["qrencode", "-t", "PNG", "-s", str(module_pixels), "-l", "M", "-o", str(path)],
                   input=text.encode(), check=True, timeout=10)
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
