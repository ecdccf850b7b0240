#!/bin/bash
# cli.test.sh: the commands as a person types them: words, exit codes, what they leave behind.
# SPDX-License-Identifier: Apache-2.0
# test: engines
set -u
cd "$(dirname "$0")/../.." || exit 1
HOSHI=${HOSHI:-build/hoshi}
export LANG=C.UTF-8
unset LC_ALL LC_MESSAGES HOSHI_TODAY

n=0
failed=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
data=$folder/data

check() { # check WHAT EXIT-CODE PATTERN COMMAND…: the code, and a line of either output
    what=$1 code=$2 pattern=$3
    shift 3
    n=$((n + 1))
    said=$("$@" 2>&1 </dev/null)
    got=$?
    if [ $got = "$code" ] && grep -qE -- "$pattern" <<<"$said"; then
        echo "ok $n - $what"
    else
        echo "not ok $n - $what"
        { echo "exit code $got, wanted $code; wanted a line with: $pattern"; echo "$said"; } | head -20 | sed 's/^/# /'
        failed=1
    fi
}
sql() { # sql STATEMENT: past the program, as whoever has the file or the password can
    if [ -n "${HOSHI_DATABASE-}" ]; then psql -X -q -A -t "$HOSHI_DATABASE" -c "$1"; else sqlite3 "$data/casework.db" "$1"; fi
}
take() { "$HOSHI" take "$1" "$2" --as "$3" --data "$data" "${@:4}"; }

# ---- words and exit codes
check "help names every command" 0 "hoshi replay --check" "$HOSHI" --help
check "in Japanese too" 0 "使い方の誤り" env LANG=ja_JP.UTF-8 "$HOSHI" --help
check "without a word: help, and 64" 64 "hoshi init" "$HOSHI"
check "an unknown command is named" 64 "no command 'fly'" "$HOSHI" fly
check "a command's own help" 0 "hoshi take CASE STEP" "$HOSHI" take --help
check "take without its words" 64 "wants a case" "$HOSHI" take
check "an unknown option is named" 64 "'--wings'" "$HOSHI" take a b --as c --wings
check "init without --data" 64 "wants --data" "$HOSHI" init
check "init with a body and a demonstration" 64 "not both" "$HOSHI" init --data "$data" --demo --body x
check "replay without --check" 64 "wants --check" "$HOSHI" replay --data "$data"
check "open with a level that is none" 64 "a level" "$HOSHI" open self-declared one --as x
check "cases by a road that is none" 64 "judge, cli or http" "$HOSHI" cases --via pigeon rules/*.cases
check "HOSHI_TODAY outside a demonstration" 2 "demonstrations only" env HOSHI_TODAY=2026-01-15 "$HOSHI" open self-declared 1 --as x --data "$folder/none"

# ---- founding
echo '{"from":"2026-01-05","body":{"ja":"見本","en":"Sample"},"people":[{"ja":"甲","en":"A","mail":"a@b.example","offices":["technical-manager"]}]}' >"$folder/body.json"
HOSHI_DATABASE='' check "2.1.2-2 nobody is in an office whose appointing authority is vacant" 2 "appointed by the managing-director" "$HOSHI" init --data "$folder/other" --body "$folder/body.json"
HOSHI_DATABASE='' check "a body's people get links" 0 "^invitation .*/invitation/" "$HOSHI" init --data "$folder/third" --body examples/body.json
check "a demonstration is founded" 0 "^signin without-ethics" "$HOSHI" init --data "$data" --demo
check "an existing registry is left alone" 3 "already" "$HOSHI" init --data "$data" --demo
check "the keys are for the owner alone" 0 "^600$" stat -c %a "$data/demo-keys.json"

# ---- taking steps
check "2.1.2-1 an administrator opens nothing" 3 "authority.*4.1.1-1" "$HOSHI" open self-declared 1 --as admin@body.example --data "$data"
id=$("$HOSHI" open self-declared 1 --as desk@mihon.example --data "$data")
check "an applicant opens a case" 0 "$id" sql "SELECT id FROM casework WHERE id = '$id'"
check "a draft is saved" 0 "^start" take "$id" save desk@mihon.example product.ja=見本 product.en=Sample
check "every field that is wrong is named" 2 "/models" take "$id" file desk@mihon.example
check "by name in JSON too" 2 '"concerns":"/product"' take "$id" file desk@mihon.example --json
check "a case that is none" 4 "no case has" take nowhere file desk@mihon.example
check "a person who is none" 4 "nobody has" take "$id" file nobody@nowhere.example
check "2.1.3-2 another maker does not see it" 4 "no such case" take "$id" file desk@kakuu.example
received=$(sql "SELECT id FROM casework WHERE state = 'received' AND procedure = 'self-declared' AND title_en <> '' ORDER BY id LIMIT 1")
check "2.1.3-1 why: the declaration is missing" 1 "false no-conflict +2.1.3-1" "$HOSHI" why "$received" accept --as op1@body.example --data "$data"
check "2.1.3-1 and so the step is refused" 3 "no-conflict.*2.1.3-1" take "$received" accept op1@body.example
check "2.1.3-1 it is declared" 0 "^received" take "$received" declare-no-conflict op1@body.example
check "why: all holds" 0 "true +consents-to-court +6.7-1" "$HOSHI" why "$received" accept --as op1@body.example --data "$data"
check "4.1.1-1 accepted, in JSON" 0 '"state":"accepted"' take "$received" accept op1@body.example --json
number=$(sql "SELECT number FROM case_number WHERE case_id = '$received' AND kind = 'acceptance-number'")
check "a case is found by its number" 3 "wrong-state.*4.1.1-1" take "$number" accept op1@body.example
check "in Japanese" 3 "案件は今" env LANG=ja_JP.UTF-8 "$HOSHI" take "$number" accept --as op1@body.example --data "$data"

# ---- replay
check "6.4-1 every row follows from the journal" 0 "0 differences" "$HOSHI" replay --check --data "$data"
sql "UPDATE casework SET due = '2000-01-01' WHERE id = '$received'" >/dev/null
check "6.4-1 an altered value is named" 1 "^casework $received due$" "$HOSHI" replay --check --data "$data"
check "a registry that is not there is not checked" 2 "." env HOSHI_DATABASE= "$HOSHI" replay --check --data "$folder/none"

echo "1..$n"
exit $failed
