#!/bin/bash
# fresh.test.sh: the committed documents that are made from the rules are what the rules make today.
# SPDX-License-Identifier: Apache-2.0
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
n=0
failed=0
say() { # say HOLDS WHAT
    n=$((n + 1))
    if [ "$1" = 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        failed=1
    fi
}
"$BUILD/tools/rulec" rules doc "$folder" >"$folder.log" 2>&1
say $? "rulec makes the documents"
sed 's/^/# /' "$folder.log"
rm -f "$folder.log"
while read -r made; do
    diff -u "doc/$made" "$folder/$made" >"$folder/.difference" 2>&1
    say $? "doc/$made is fresh"
    head -20 "$folder/.difference" | sed 's/^/# /'
done < <(cd "$folder" && find . -type f ! -name '.*' | sed 's|^\./||' | sort)
[ "$n" -gt 3 ]
say $? "there were documents to look at"
for dot in "$folder"/diagrams/*.dot; do
    [ -e "$dot" ] || continue
    dot -Tsvg "$dot" >/dev/null 2>"$folder/.difference"
    say $? "graphviz draws ${dot##*/}"
done
echo "1..$n"
exit $failed
