#!/bin/bash
# demo.test.sh: what the demonstration shows, and how long it takes to make.
# SPDX-License-Identifier: Apache-2.0
set -u
cd "$(dirname "$0")/../.." || exit 1
HOSHI=${HOSHI:-build/hoshi}
n=0
failed=0
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
holds() { # holds WHAT GOT: 1 when it holds
    n=$((n + 1))
    if [ "$2" = 1 ]; then echo "ok $n - $1"; else
        echo "not ok $n - $1"
        failed=1
    fi
}
ask() { sqlite3 "$data/casework.db" "SELECT $1"; }

today=2027-01-04
HOSHI_TODAY=$today "$HOSHI" init --data "$data" --demo >"$data/out" || exit 1
holds "labels enough to look through" "$(ask "COUNT(*) >= 55 FROM label")"
holds "4.6.1-1 some have lapsed" "$(ask "COUNT(*) >= 3 FROM label WHERE expires < '$today'")"
holds "most are valid" "$(ask "COUNT(*) >= 45 FROM label WHERE expires >= '$today'")"
holds "one has 477 models" "$(ask "COUNT(*) = 1 FROM (SELECT label FROM label_model GROUP BY label HAVING COUNT(*) = 477)")"
holds "one has thousands" "$(ask "COUNT(*) = 1 FROM (SELECT label FROM label_model GROUP BY label HAVING COUNT(*) >= 3000)")"
holds "there is a case in every state" "$(ask "COUNT(DISTINCT state) = 11 FROM casework WHERE procedure = 'self-declared'")"
holds "2.2.1-2 some are late" "$(ask "COUNT(*) >= 6 FROM casework WHERE due <> '' AND due < '$today' AND state NOT IN ('issued', 'rejected', 'refused')")"
holds "two makers are abroad" "$(ask "COUNT(*) = 2 FROM party WHERE country <> 'JP'")"
holds "nothing lies in the future" "$(ask "MAX(at) <= (1 + strftime('%s', '$today')) * 1000 FROM case_step")"
holds "2.1.3-1 no decider verified" "$(ask "COUNT(*) = 0 FROM case_step s JOIN case_step t USING (case_id) WHERE s.step = 'verify' AND t.step IN ('approve-technical', 'issue') AND s.person = t.person")"
holds "5-1 the edition has 16 criteria" "$(ask "COUNT(*) = 16 FROM criterion WHERE edition = 'JST-CR-01-01-2024R1'")"
holds "5-1 an edition is announced, its days ahead" "$(ask "COUNT(*) = 1 FROM criteria_edition WHERE announced <> '' AND starts > '$today'")"
holds "5-1 another takes no applications any more" "$(ask "COUNT(*) = 1 FROM criteria_edition WHERE acceptance_ends <> '' AND acceptance_ends < '$today'")"
holds "every role has its link" $(($(grep -c '^signin ' "$data/out") >= 13))
"$HOSHI" replay --check --data "$data" >/dev/null 2>&1
holds "6.4-1 every row follows from the journal" $(($? == 0))
echo "1..$n"
exit $failed
