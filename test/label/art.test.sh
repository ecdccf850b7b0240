#!/bin/bash
# art.test.sh: readers of others read every variant of the label art and find the exact address.
# SPDX-License-Identifier: Apache-2.0
#
# 15 mm wide at 300 dpi: the code is 11 mm. Every variant: level 1-4, ja and en, colour and one colour;
# PNG as made, PDF by poppler, SVG by librsvg; read by zbar and by ZXing.
set -u
cd "$(dirname "$0")/../.." || exit 1
. test/tap.sh
make=${BUILD:-build}/test/label/make_labels
url=HTTPS://HOSHI.EXAMPLE/L/HS26-00427-K
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT

same() { [ "$1" = "$2" ] || { echo "# got $1, wanted $2"; false; }; }
zbar() { zbarimg -q --raw "$1" 2>/dev/null; }
zxing() { ZXingReader "$1" 2>/dev/null | sed -n 's/^Text: *"\(.*\)"$/\1/p'; }
readers() { # PICTURE NAME
    check "4.1.2-1 $2: zbar reads the address" same "$(zbar "$1")" "$url"
    check "$2: ZXing reads the address" same "$(zxing "$1")" "$url"
}

check "all variants are made" "$make" "$dir" https://hoshi.example HS26-00427-K
for svg in "$dir"/*.svg; do
    name=${svg##*/} name=${name%.svg} at=${svg%.svg}
    readers "$at.png" "$name.png"
    check "$name.png: 177 × 295 pixels at 11811 a metre" same \
        "$(od -An -tx1 -j16 -N33 "$at.png" | tr -d ' \n' | cut -c1-16,35-58)" \
        "000000b1000001270000000970485973""00002e23"
    pdftoppm -r 300 -png -singlefile "$at.pdf" "$at-pdf"
    readers "$at-pdf.png" "$name.pdf"
    check "$name.pdf: no font is needed" same "$(pdffonts "$at.pdf" | tail -n +3)" ""
    check "$name.pdf: one page of 15 × 25 mm, no date" same \
        "$(pdfinfo "$at.pdf" | grep -E '^(Pages|Page size|CreationDate|ModDate):' | tr -s ' ' | tr '\n' ' ')" \
        "Pages: 1 Page size: 42.5197 x 70.7828 pts "
    rsvg-convert -d 300 -p 300 "$svg" -o "$at-svg.png" 2>/dev/null
    readers "$at-svg.png" "$name.svg"
    check "$name.svg: well formed" xmllint --noout "$svg"
    check "$name.svg: paths alone" same "$(grep -oE '<[a-z]+' "$svg" | sort -u | tr '\n' ' ')" "<path <svg <title "
done
tap_end
