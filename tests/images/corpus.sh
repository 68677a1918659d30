#!/usr/bin/env bash
# corpus.sh FOLDER
#
# Generates pictures of QR codes as people have them, distorted in classes, for measuring how many are read. Beside each
# picture NAME there is NAME.txt with what is in it, sorted; empty where nothing may be read. The same pictures each
# time (with the same ImageMagick). Needs qrencode and imagemagick. All secrets are made up here.
set -euo pipefail
export LC_ALL=C.UTF-8 MAGICK_THREAD_LIMIT=1
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
# A code without a margin on a dark page, alone and amid other things, also a little turned or scaled.
n=0
for page in '#000000' '#121212' '#1e1e2e' '#202124' '#0d1117'; do
    for source in short long; do
        n=$((n + 1))
        make dark-page $n-$source png $source -trim +repage -bordercolor "$page" -border 90
    done
    make dark-page $n-card png short -trim +repage -bordercolor "$page" -border 60 -bordercolor '#3c4043' -border 4 \
        -bordercolor "$page" -border 300x120 -fill '#9aa0a6' -draw 'rectangle 40,40 400,52 rectangle 40,64 330,76 rectangle 40,88 90,138'
    make dark-page $n-turned png short -trim +repage -background "$page" -rotate $((n / 2)) -bordercolor "$page" -border 80
    make dark-page $n-scaled jpg long -trim +repage -bordercolor "$page" -border 70 -resize 70% -quality 80
done
# Photographs of a screen or a paper: turned and seen from the side, in uneven light, unsharp, noisy, and saved small.
n=0
for source in short long; do
    for tilt in 15 30 45; do
        for sharp in 0.7 1.4; do
            n=$((n + 1))
            make photo $n-$source-$tilt jpg $source -colorspace sRGB -bordercolor '#b0a890' -border 60 -resize 640x640 \
                -virtual-pixel edge -distort Perspective \
                "0,0 $tilt,$((tilt * 2)) 640,0 $((640 - tilt * 2)),$tilt 0,640 $((tilt * 2)),$((640 - tilt)) 640,640 $((640 - tilt)),$((640 - tilt * 3))" \
                -rotate $((n * 5)) \( -size 640x640 gradient:white-gray30 -rotate $((n * 60)) -resize 900x900! \) \
                -compose Multiply -composite -blur 0x$sharp -attenuate 0.4 +noise Gaussian -quality 55
        done
    done
    for bright in 40 60 80; do  # the light of a lamp on a shiny screen
        make glare $source-$bright jpg $source -colorspace sRGB -resize 400x400 \
            \( -size 400x400 xc:black -fill white -draw 'circle 260,130 260,150' -blur 0x45 -evaluate multiply 4 \
            -evaluate multiply 0.$bright \) -compose Screen -composite -quality 80
    done
    for way in 3+0 4+30 5+90 6+45; do
        make motion-blur $source-$way png $source -resize 200% -motion-blur "0x${way%+*}+${way#*+}"
    done
    for grid in 2.2 3.3 4.7; do  # a screen's pixels, photographed slightly turned
        make moire screen-$source-$grid jpg $source -resize 150% \
            \( +clone -fill white -colorize 100 -fx "0.7+0.3*sin(i*6.2832/$grid)*sin(j*6.2832/$grid)" \) \
            -compose Multiply -composite -rotate 3 -blur 0x0.8 -quality 60
    done
    for quality in 1 2 3; do make jpeg small-$source-$quality jpg $source -resize 60% -quality $quality; done
    for scale in 40 45 55 60 67 80; do make jpeg shrunk-$source-$scale jpg $source -resize $scale% -quality 60; done
done
# As designers make them: a picture behind, coloured modules, rounded corners.
for strength in 25 40 55; do
    make art behind-$strength png strong \( -size 246x246 plasma:tomato-steelblue -resize 100% \) \
        -gravity center -compose Blend -define compose:args=$strength -composite
    make art gradient-$strength png strong \( -size 246x246 gradient:"#6a11cb-#2575fc" \) -compose Screen -composite \
        -blur 0x0.8 -level "$((strength / 2))%,100%"
done
for radius in 2 3 4; do
    make art rounded-$radius png strong -resize 200% -blur 0x$radius -threshold 50% -fill '#7b2ff7' -opaque black
done
# A screen without any code: how long is it looked at? Pages of small and large letters on light and on dark, tiles as of
# a desktop, a photograph, noise, a chequered picture.
font=$(fc-match -f '%{file}' sans)
words=$(head -c 3000 "$0" | tr -cs 'a-zA-Z0-9.,:;(){}' ' ')
for size in 11 14 20 40; do
    convert -background white -fill '#202020' -font "$font" -pointsize $size \
        label:"$(fold -s -w $((450 / size)) <<<"$words" | head -n $((150 / size)))" \
        -extent 320x180 "$work/text.png"
    convert -size 1920x1080 tile:"$work/text.png" "$out/nothing-text-$size.png"
    convert "$out/nothing-text-$size.png" -negate "$out/nothing-dark-text-$size.png"
done
convert -size 1920x1080 -seed 7 plasma:grey20-grey90 "$out/nothing-photograph.jpg"
convert -size 1920x1080 xc:gray50 -seed 7 -attenuate 3 +noise Gaussian "$out/nothing-noise.png"
convert -size 1920x1080 pattern:checkerboard -level 0,100% "$out/nothing-chequered.png"
convert -size 1920x1080 tile:"$work/other.png" -blur 0x9 "$out/nothing-blurred.jpg"
convert -size 96x96 xc:'#224466' -fill '#ddeeff' -draw 'roundrectangle 16,16 80,80 12,12' -fill '#224466' \
    -draw 'rectangle 34,34 62,62' "$work/tile.png"
convert -size 1920x1080 tile:"$work/tile.png" "$out/nothing-tiles.png"
for picture in "$out"/nothing-*.???; do : >"${picture%.*}.txt"; done
# Every size of code that an export may have, a few pixels a module.
for version in 3 5 8 10 14 18 22 27 32 36 40; do
    bytes=$((version * version + 10 * version + 5))
    text="otpauth-migration://offline?data=$(head -c $bytes /dev/zero | tr '\0' 'x' | base64 -w0 | tr -d '=')"
    text=${text:0:$((version * version + 13 * version))}
    for pixels in 2 3 5; do
        name=versions-$version-$pixels
        qrencode -s $pixels -m 4 -l L -v $version -o "$out/$name.png" "$text"
        echo "$text" >"$out/$name.txt"
    done
    name=versions-$version-shrunk
    qrencode -s 4 -m 4 -l L -v $version -o "$work/version.png" "$text"
    convert "$work/version.png" -resize 80% -quality 85 "$out/$name.jpg"
    echo "$text" >"$out/$name.txt"
done
for arrangement in +append -append; do
    for scale in 60 100 150; do
        convert "$work/short.png" "$work/other.png" -background white $arrangement -resize $scale% \
            "$out/several$arrangement-$scale.png"
        printf '%s\n%s\n' "$other" "$short" >"$out/several$arrangement-$scale.txt"
    done
done
