#!/bin/bash
# draw.test.sh: hoshi draw draws what sha256sum and sort draw: 4.6.3-1.
# SPDX-License-Identifier: Apache-2.0
set -u
cd "$(dirname "$0")/../.." || exit 1
HOSHI=${HOSHI:-build/hoshi}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
n=0
failed=0
holds() { # holds WHAT: whether the last command held
    local status=$?
    n=$((n + 1))
    if [ "$status" = 0 ]; then echo "ok $n - $1"; else
        echo "not ok $n - $1"
        failed=1
    fi
}
seed=$(printf 'a head of the journal' | sha256sum | cut -c1-64)
for i in $(seq 1 300); do printf 'HS26-%05d-X\n' "$i"; done >"$folder/numbers"
while read -r number; do
    printf '%s %s\n' "$(printf '%s:%s' "$seed" "$number" | sha256sum | cut -c1-64)" "$number"
done <"$folder/numbers" | LC_ALL=C sort | head -n 7 | cut -d' ' -f2 >"$folder/wanted"
shuf --random-source=<(yes) "$folder/numbers" | "$HOSHI" draw "$seed" 7 >"$folder/got"
tail -n +3 "$folder/got" | cmp -s - "$folder/wanted"
holds "4.6.3-1 the same labels, in the same order, whatever the order of the list"
grep -qx "population 300" "$folder/got"
holds "its population"
grep -qx "digest $(LC_ALL=C sort "$folder/numbers" | sha256sum | cut -c1-64)" "$folder/got"
holds "4.6.3-1 the digest of the population is that of the sorted list"
[ "$("$HOSHI" draw "$seed" 500 <"$folder/numbers" | wc -l)" = 302 ]
holds "no more are drawn than there are"
"$HOSHI" draw "${seed:1}" 7 <"$folder/numbers" >/dev/null 2>"$folder/said"
[ $? = 64 ] && grep -q . "$folder/said"
holds "a seed that is none is refused"
"$HOSHI" draw "$seed" 0 <"$folder/numbers" >/dev/null 2>&1
[ $? = 64 ]
holds "so is a sample of nothing"
echo "1..$n"
exit $failed
