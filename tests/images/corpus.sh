#!/usr/bin/env bash
# corpus.sh FOLDER
#
# Generates pictures of QR codes as people have them, distorted in classes, for measuring how many are read. Beside each
# picture NAME there is NAME.txt with what is in it, sorted; empty where nothing may be read. The same pictures each
# time (with the same ImageMagick). Needs qrencode and imagemagick. All secrets are made up here.
set -euo pipefail
export LC_ALL=C.UTF-8
out=$1
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

short='otpauth://totp/Example:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Example'
other='otpauth://hotp/Other:bob?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Other&counter=3'
long="otpauth://totp/A%20Company%20With%20A%20Long%20Name:someone.with.a.long.name%40mail.example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A%20Company%20With%20A%20Long%20Name&algorithm=SHA512&digits=8&period=30"
qrencode -s 6 -m 4 -l M -o "$work/short.png" "$short"
qrencode -s 6 -m 4 -l M -o "$work/other.png" "$other"
qrencode -s 6 -m 4 -l L -o "$work/long.png" "$long"
qrencode -s 6 -m 4 -l H -o "$work/strong.png" "$short"

# make CLASS NUMBER EXTENSION SOURCE ARGUMENTS…: one picture from a code; SOURCE is short, other, long or strong.
make() {
    local name="$1-$2" file="$out/$1-$2.$3" source=$4
    shift 4
    convert "$work/$source.png" -seed 7 "$@" "$file"
    case $source in
        other) echo "$other" ;;
        long) echo "$long" ;;
        *) echo "$short" ;;
    esac >"$out/$name.txt"
}

for source in short long; do
    n=$source
    for scale in 25 34 50 75 110 150 200 300; do make scale $n-$scale png $source -resize $scale%; done
    for quality in 5 10 20 35 60 90; do make jpeg $n-$quality jpg $source -quality $quality; done
    for blur in 1 1.5 2 2.5 3 4; do make blur $n-$blur png $source -blur 0x$blur; done
    for noise in 0.5 1 2 3 5; do make noise $n-$noise png $source -colorspace Gray -attenuate $noise +noise Gaussian; done
    for angle in 3 10 22 45 77 133 180; do make rotated $n-$angle png $source -background white -rotate $angle; done
    for push in 10 25 40 60; do
        make perspective $n-$push png $source -virtual-pixel white -distort Perspective \
            "0,0 $push,$((push / 2)) 200,0 $((200 - push / 2)),0 0,200 0,200 200,200 $((200 - push)),$((200 - push / 3))"
    done
    for level in 0 10 25 40; do make inverted $n-$level png $source -negate +level "$level%,$((100 - level))%"; done
    for colour in '#89b4fa' '#a6e3a1' '#cdd6f4' '#ff8800'; do
        make dark-theme $n-${colour#\#} png $source -negate +level-colors "#1e1e2e,$colour" \
            -bordercolor '#1e1e2e' -border 80
    done
    for low in 40:60 45:55 47:53 48:51 80:90 5:12; do
        make low-contrast $n-${low/:/-} png $source +level "${low%:*}%,${low#*:}%"
    done
    for dark in 60 40 20 10; do
        size=$(identify -format %wx%h "$work/$source.png")
        convert -size "$size" gradient:white-gray$dark "$work/light.png"
        make uneven-light $n-$dark png $source "$work/light.png" -compose Multiply -composite
    done
    for wave in 3 5 8 12; do
        size=$(identify -format %wx%h "$work/$source.png")
        convert -size "$size" xc:white -fx "0.75+0.25*sin(i*6.2832/$wave.3+j*0.13)" "$work/stripes.png"
        make moire $n-$wave jpg $source -blur 0x1 "$work/stripes.png" -compose Multiply -composite -rotate 2 -quality 70
    done
    for margin in 0 1 2 3; do
        make thin-margin $n-$margin png $source -trim +repage -bordercolor white -border $margin
        make dark-around $n-$margin png $source -trim +repage -bordercolor white -border $((margin * 2)) \
            -bordercolor '#303030' -border 40
    done
    for colours in '#1a237e,#fff8e1' '#b71c1c,#ffebee' '#004d40,#80cbc4' '#7b1fa2,#ffcc80' '#1565c0,#64b5f6'; do
        make coloured $n-${colours//[#,]/} png $source +level-colors "$colours"
    done
    for cut in 75 60 50; do  # lacks a corner with its finder pattern: nothing may be read, and it must end cleanly
        make cropped $n-$cut png $source -gravity NorthWest -crop "$cut%x$cut%+0+0" +repage
        : >"$out/cropped-$n-$cut.txt"
    done
done
for size in 20 28 34 40 46 52; do
    make logo $size png strong \( -size ${size}x$size xc:'#3355ff' \) -gravity center -composite
done
# Round dots instead of squares: one dot of this part of its width for each dark module.
for source in short strong; do
    modules=$(qrencode -t ASCII -m 4 -l "$([ $source = strong ] && echo H || echo M)" "$short")
    for radius in 5.0 4.5 4.0 3.5 3.0; do
        y=0
        drawing=
        while IFS= read -r row; do
            for ((x = 0; x < ${#row}; x += 2)); do
                [ "${row:x:1}" != '#' ] || drawing+="circle $((x * 5 + 5)),$((y * 10 + 5)) $((x * 5 + 5)),$(echo "$y*10+5+$radius" | bc) "
            done
            y=$((y + 1))
        done <<<"$modules"
        convert -size $((y * 10))x$((y * 10)) xc:white -fill black -draw "$drawing" \
            "$out/round-dots-$source-$radius.png"
        echo "$short" >"$out/round-dots-$source-$radius.txt"
    done
done
for arrangement in +append -append; do
    for scale in 60 100 150; do
        convert "$work/short.png" "$work/other.png" -background white $arrangement -resize $scale% \
            "$out/several$arrangement-$scale.png"
        printf '%s\n%s\n' "$other" "$short" >"$out/several$arrangement-$scale.txt"
    done
done
