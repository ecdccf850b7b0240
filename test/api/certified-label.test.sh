#!/bin/bash
# certified-label.test.sh: the example takes an application of level 3 through a facility to its label.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=600
set -u
cd "$(dirname "$0")/../.." || exit 1
hoshi=${HOSHI:-build/hoshi}
n=0
failed=0
check() { # NAME COMMAND…
    local name=$1
    shift
    n=$((n + 1))
    if "$@"; then echo "ok $n - $name"; else
        echo "not ok $n - $name"
        failed=1
    fi
}

dir=$(mktemp -d)
port=$(python3 -c 'import sys; sys.path.insert(0, "test"); import client; print(client.free_port())')
url=http://127.0.0.1:$port
"$hoshi" serve --data "$dir/data" --listen "127.0.0.1:$port" --demo >"$dir/out" 2>"$dir/log" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$dir"' EXIT
for _ in $(seq 300); do
    grep -q '^ready ' "$dir/out" && break
    sleep 0.1
done

run_example() { examples/certified-label.sh "$url" >"$dir/run" 2>"$dir/err"; }
check "4.2.2-2 a label is issued through certification" run_example
sed 's/^/# /' "$dir/err"
number=$(tail -n 1 "$dir/run")
check "its last line is a registration number: $number" grep -qE '^HS[0-9]{2}-[0-9]{5}-[0-9A-Z]$' <<<"$number"
check "which anyone can check" test "$(curl -s "$url/api/v1/labels/$number" | jq -r '"\(.status) \(.level)"')" = "valid 3"
for guard in facility-in-scope evaluators-registered report-complete findings-answered verification-complete \
    outcome-follows-lines authority apart; do
    check "a refusal by $guard is shown with its clause" grep -qE "^refused .* $guard, clause [0-9A-Z]" "$dir/run"
done
check "6.1-2 the criteria come as test groups" grep -q '^groups   S1.1 (16), P2.CAM (6), P3.CAM (8)' "$dir/run"
replay() { "$hoshi" replay --check --data "$dir/data" >"$dir/replay" 2>&1; }
check "6.4-1 every row follows from the journal" replay
echo "1..$n"
exit $failed
