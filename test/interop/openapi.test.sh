#!/bin/bash
# openapi.test.sh: two linters of others read the OpenAPI document; the committed copy is fresh.
# SPDX-License-Identifier: Apache-2.0
set -u
cd "$(dirname "$0")/../.." || exit 1
. test/tap.sh
HOSHI=${HOSHI:-build/hoshi}

folder=$(mktemp -d)
port=$(python3 -c 'import sys; sys.path.insert(0, "test"); import client; print(client.free_port())')
"$HOSHI" serve --data "$folder/data" --listen "127.0.0.1:$port" --demo >"$folder/out" 2>"$folder/log" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$folder"' EXIT
for _ in $(seq 200); do
    grep -q '^ready ' "$folder/out" && break
    sleep 0.05
done
check "the server starts" grep -q '^ready ' "$folder/out"
check "it gives its OpenAPI document" curl -sSf -o "$folder/openapi.json" "http://127.0.0.1:$port/api/v1/openapi.json"
check "it is OpenAPI 3.1" jq -e '.openapi | startswith("3.1")' "$folder/openapi.json"

modules=$PWD/test/node_modules
check "redocly finds nothing" scripts/node "$modules/@redocly/cli/bin/cli.js" lint --config test/interop/redocly.yaml \
    "$folder/openapi.json"
check "spectral finds nothing" scripts/node "$modules/@stoplight/spectral-cli/dist/index.js" lint \
    --ruleset test/interop/spectral.yaml --fail-severity warn "$folder/openapi.json"
jq 'del(.info.title) | .paths["/api/v1/cases"].get.responses = 7' "$folder/openapi.json" >"$folder/broken.json"
found_out() {
    ! scripts/node "$modules/@redocly/cli/bin/cli.js" lint --config test/interop/redocly.yaml "$folder/broken.json"
}
check "a broken document is found out" found_out
same() {
    diff <(jq -S 'del(.servers)' doc/openapi.json) <(jq -S 'del(.servers)' "$folder/openapi.json")
}
check "doc/openapi.json is fresh" same
steps=$(sed -n 's/^ *step \([a-z-]*\) .*/\1/p' rules/4.1-self-declared.rules | sort -u)
for step in $steps; do
    check "the document has the step $step" jq -e --arg step "$step" \
        '[.paths | keys[] | select(endswith("/steps/" + $step))] + [.. | .enum? // [] | select(index($step))] | length > 0' \
        "$folder/openapi.json"
done
tap_end
