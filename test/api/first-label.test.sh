#!/bin/bash
# first-label.test.sh: the example does the whole job twice in a row; the API's description is fresh.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=600
set -u
cd "$(dirname "$0")/../.." || exit 1
. test/tap.sh
hoshi=${HOSHI:-build/hoshi}

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

for run in 1 2; do
    run_example() { examples/first-label.sh "$url" >"$dir/run$run" 2>"$dir/err$run"; }
    check "4.1.2-1 run $run issues a label" run_example
    sed 's/^/# /' "$dir/err$run"
    number=$(tail -n 1 "$dir/run$run")
    check "its last line is a registration number: $number" grep -qE '^HS[0-9]{2}-[0-9]{5}-[0-9A-Z]$' <<<"$number"
    check "which anyone can check" test "$(curl -s "$url/api/v1/labels/$number" | jq -r .status)" = valid
done
check "the two are different labels" test "$(tail -n 1 "$dir/run1")" != "$(tail -n 1 "$dir/run2")"
for guard in authority ethics-signed no-conflict no-bar apart; do
    check "2.1.3-1 a refusal by $guard is shown with its clause" grep -qE "^refused .* $guard, clause [0-9A-Z]" "$dir/run1"
done
check "2.1.3-1 the deputy who decided once does not decide twice" grep -q '^refused  issue to deputy: .*apart' "$dir/run1"
check "2.1.3-1 the deputy who verified decides nothing" grep -q '^refused  approve-technical to deputy: .*apart' "$dir/run1"
check "doc/openapi.json is that of the rule book" diff -q doc/openapi.json <("${BUILD:-build}/test/api/describe_api")
check "and what the server says" test "$(curl -s "$url/api/v1/openapi.json" | jq -S .)" = "$(jq -S . doc/openapi.json)"
tap_end
