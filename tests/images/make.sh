#!/bin/sh
# Makes the pictures of this folder again. Needs qrencode, ImageMagick 6 and python3. Run in this folder.
# The seeds are made up. The pictures are committed, so that what is tested does not change with those programs.
set -eu
rm -rf good bad several parts
mkdir good bad several parts
uri='otpauth://totp/Example:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Example'
other='otpauth://hotp/Other:bob?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Other&counter=3'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# ---- good: each holds the code of $uri
qrencode -s 4 -o good/plain.png "$uri"
magick() { convert -define png:exclude-chunks=date,tIME "$@"; }
magick good/plain.png -quality 85 good/plain.jpg
magick good/plain.png -quality 85 -interlace JPEG good/progressive.jpg
magick good/plain.png -type Palette BMP3:good/plain.bmp
magick good/plain.png good/plain.gif
magick good/plain.png -negate good/inverted.png
magick good/plain.png -background white -rotate 17 -depth 4 good/rotated-17.png
magick good/plain.png -rotate 90 good/rotated-90.png
qrencode -s 4 -m 0 -o good/no-margin.png "$uri"
magick good/no-margin.png -negate good/no-margin-inverted.png
qrencode -s 1 -m 0 -o good/one-pixel-modules.png "$uri"
magick good/plain.png -transparent white good/transparent.png
magick good/plain.png -negate -transparent black good/transparent-inverted.png
magick good/plain.png -depth 16 -colorspace sRGB -define png:color-type=2 -define png:bit-depth=16 good/sixteen-bit.png
qrencode -s 6 -o "$work/large.png" "$uri"
magick "$work/large.png" -resize 300x300 -background gray70 -gravity center -extent 460x400 -virtual-pixel background \
    -distort Perspective '0,0 25,30 460,0 440,0 460,400 450,400 0,400 0,365' -blur 0x0.8 -seed 1 -attenuate 0.5 \
    +noise Gaussian -quality 40 good/photographed.jpg
magick -delay 50 good/plain.gif \( good/plain.gif -fill white -colorize 100 \) -loop 0 good/first-frame.gif
printf '%s\n' "$uri" | qrencode -s 4 -o good/with-line-end.png
qrencode -s 4 -o "$work/web.png" 'https://example.com/setup'
magick good/plain.png "$work/web.png" +append good/beside-a-web-link.png
magick good/plain.png good/plain.png -append good/twice-the-same.png
magick good/no-margin.png -bordercolor '#1e1e2e' -border 60 good/dark-page.png
magick good/no-margin.png -scale 200% -background '#0d1117' -rotate 8 -bordercolor '#0d1117' -border 70 good/dark-page-turned.png
magick good/no-margin-inverted.png -bordercolor '#fff8e1' -border 60 good/light-page-inverted.png

# ---- parts: one account's text over three codes (structured append), alone and together; and one part of another text
qrencode -8 -S -v 3 -l L -s 4 -o parts/part.png \
    'otpauth://totp/Example:alice@example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example&digits=8&period=60'
magick parts/part-03.png parts/part-01.png parts/part-02.png +append parts/together.png
qrencode -8 -S -v 3 -l L -s 4 -o "$work/foreign.png" \
    'otpauth://totp/Other:bob@example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Other&digits=8&period=60'
cp "$work/foreign-02.png" parts/foreign.png

# ---- several: $uri and $other, in one picture
qrencode -s 4 -o "$work/other.png" "$other"
magick good/plain.png "$work/other.png" +append several/side-by-side.png
magick "$work/other.png" good/plain.png -append several/other-above.png

# ---- bad: what must not give an account; expectations in the tests
magick -size 64x64 gradient:white-black bad/no-code.png
cp "$work/web.png" bad/web-link.png
qrencode -s 4 -o bad/plain-text.png 'hello'
qrencode -s 4 -o bad/migration.png 'otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8'
qrencode -s 4 -o bad/look-alike.png 'otpauth://totp/a?secret=JBSWY3D0'
head -c 300 good/plain.png >bad/cut.png
head -c 1500 good/plain.jpg >bad/cut.jpg
head -c 500 good/plain.bmp >bad/cut.bmp
head -c 300 good/plain.gif >bad/cut.gif
: >bad/empty.png
printf 'otpauth://totp/a?secret=JBSWY3DP\n' >bad/text.png
printf '%%PDF-1.7\n1 0 obj\n' >bad/document.pdf
printf '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>' >bad/drawing.svg
printf 'RIFF\044\0\0\0WEBPVP8 ' >bad/picture.webp
printf '\0\0\0\030ftypheic\0\0\0\0mif1heic' >bad/picture.heic
python3 - <<'END'
import struct, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
def png(name, width, height, depth, colour, data):
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b""))
png("bad/claims-a-long-side.png", 100000, 100, 8, 0, bytes(1000))
png("bad/claims-many-pixels.png", 16000, 16000, 8, 0, bytes(1000))
png("bad/claims-many-deep-pixels.png", 6000, 5000, 16, 6, bytes(1000))
png("bad/unpacks-to-more.png", 10, 10, 8, 0, bytes(4 << 20))
png("bad/zero-wide.png", 0, 10, 8, 0, bytes(1000))
# Finder patterns all over: ZXing-cpp alone would take hours.
finder = ["       ", " XXXXX ", " X   X ", " X   X ", " X   X ", " XXXXX ", "       "]
line = lambda text: bytes(255 if c == "X" else 0 for c in (text + "X") * 150 for _ in range(2))
rows = b"".join((b"\0" + line(text)) * 2 for text in finder + ["XXXXXXX"])
png("bad/full-of-finders.png", 2400, 16 * 150, 8, 0, rows * 150)
# A progressive JPEG with as many scans as fit: each goes over all pixels.
def segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data
jpeg = b"\xff\xd8" + segment(0xDB, bytes([0]) + bytes([1] * 64))
jpeg += segment(0xC2, struct.pack(">BHHB", 8, 6000, 6000, 1) + bytes([1, 0x11, 0]))
jpeg += segment(0xC4, bytes([0]) + bytes([1] + [0] * 15) + bytes([0]))
jpeg += segment(0xC4, bytes([0x10]) + bytes([1] + [0] * 15) + bytes([0xE0]))
scan = segment(0xDA, bytes([1, 1, 0, 1, 63, 0])) + bytes(4)
open("bad/many-scans.jpg", "wb").write(jpeg + scan * 500 + b"\xff\xd9")
# A Huffman table of more symbols than there are bytes: stb_image before 2.28 writes behind its own.
table = segment(0xC4, bytes([0]) + bytes([0] * 14 + [200, 200]) + bytes(400))
open("bad/cut-table-too-long.jpg", "wb").write(b"\xff\xd8" + table[:21])
for name, jpeg in (("first", b"\xff\xd8" + table), ("late", jpeg + scan * 2 + table)):
    open("bad/%s-table-too-long.jpg" % name, "wb").write(jpeg + segment(0xDA, bytes([1, 1, 0, 0, 63, 0])) + b"\xff\xd9")
END
