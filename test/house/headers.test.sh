#!/bin/bash
# headers.test.sh: every header of ours compiles alone, and says so with every warning on.
# SPDX-License-Identifier: Apache-2.0
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}

mapfile -t include < <(jq -r '.[].command' "$BUILD/compile_commands.json" | tr ' ' '\n' |
    grep '^-I' | sort -u | sed "s|^-I\([^/]\)|-I$BUILD/\1|")
n=0
failed=0
while read -r header; do
    n=$((n + 1))
    if said=$(echo "#include \"$header\"" |
        gcc -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only "${include[@]}" -Isrc -x c - 2>&1); then
        echo "ok $n - $header compiles alone"
    else
        echo "not ok $n - $header compiles alone"
        echo "$said" | head -8 | sed 's/^/# /'
        failed=1
    fi
done < <(cd src && find . -name '*.h' ! -name banned.h | sed 's|^\./||' | sort)
echo "1..$n"
exit $failed
