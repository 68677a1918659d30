"""Writes PNG files: 8 bits a channel, RGB. No other library needed."""

import struct
import zlib


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def encode(width, height, rgb):
    """`rgb`: width * height * 3 bytes, rows from the top."""
    line = width * 3
    rows = b"".join(b"\0" + rgb[start:start + line] for start in range(0, line * height, line))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 6)) +
            _chunk(b"IEND", b""))
