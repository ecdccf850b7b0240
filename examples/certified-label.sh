#!/bin/bash
# certified-label.sh: the certified route by the API alone, to a label of level 3 that anyone can check.
# SPDX-License-Identifier: Apache-2.0
#
# An application, its evaluation by a facility, the certifier's verification, both decisions.
#
#   examples/certified-label.sh URL      (a server started with --demo; bash, curl and jq are all it takes)
#
# The facility works on requests, in the manner of ACVP: criteria as test groups, results put as they come,
# files beside them, then submitted. Whoever may not take a step tries it first: each refusal is shown with
# its clause, and one that does not come is an error. The last line is the registration number.
set -euo pipefail
url=${1:?usage: certified-label.sh URL}
url=${url%/}
answer=$(mktemp -d)
trap 'rm -rf "$answer"' EXIT

fail() {
    echo "certified-label: $*" >&2
    [ -s "$answer/body" ] && head -c 2000 "$answer/body" >&2
    exit 1
}
call() { # METHOD PATH ROLE [curl options]: fills $status, $answer/body, $answer/head
    local method=$1 path=$2 role=$3
    shift 3
    status=$(curl -sS -o "$answer/body" -D "$answer/head" -w '%{http_code}' -X "$method" \
        -H "Authorization: Bearer ${key[$role]}" -H 'Accept-Language: en' "$@" "$url$path") || fail "no answer from $url"
}
get() { jq -r "$1" "$answer/body"; }
once() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

send() { # METHOD PATH ROLE [FIELDS]
    call "$1" "$2" "$3" -H 'Content-Type: application/json' -H "Idempotency-Key: $(once)" -H 'If-Match: *' \
        --data-binary "${4:-{\}}"
}
reached() { # WHAT STATE
    [ "$status" = 200 ] || fail "$1 was answered $status"
    [ "$(get .state)" = "$2" ] || fail "after $1 the case is $(get .state), not $2"
    echo "taken    $1: $2"
}
take() { # ROLE STEP STATE [FIELDS]
    send POST "/api/v1/cases/$case/steps/$2" "$1" "${4:-}"
    reached "$2 by $1" "$3"
}
not_so() { # WHAT GUARD: refused by that guard, with its clause
    [ "$status" -ge 400 ] && [ "$(get .guard)" = "$2" ] || fail "$1 was not refused by $2: $status"
    echo "refused  $1: $(get '"\(.status) \(.code), \(.guard), clause \(.clause): \(.title)"')"
}
refused() { # ROLE STEP GUARD [FIELDS]
    send POST "/api/v1/cases/$case/steps/$2" "$1" "${4:-}"
    not_so "$2 to $1" "$3"
}
submit() { # STATE [FIELDS]
    send POST "/api/v1/requests/$case/submit" evaluation-facility "${2:-}"
    reached "submit by evaluation-facility" "$1"
}
not_submitted() { # GUARD [FIELDS]
    send POST "/api/v1/requests/$case/submit" evaluation-facility "${2:-}"
    not_so "submit to evaluation-facility" "$1"
}
put_file() { # NAME: sets $file
    printf '%%PDF-1.4\n%% %s (fictional)\n' "$1" >"$answer/file.pdf"
    call PUT "/api/v1/requests/$case/files/$1" evaluation-facility -H 'Content-Type: application/pdf' -T "$answer/file.pdf"
    [ "$status" = 201 ] || fail "$1 could not be put: $status"
    file=$(get .id)
}

declare -A key
call_keys=$(curl -sSf "$url/demo/keys") || fail "no keys: was the server started with --demo?"
while IFS=$'\t' read -r role value; do key[$role]=$value; done \
    < <(jq -r 'to_entries[] | [.key, .value] | @tsv' <<<"$call_keys")
for role in applicant operational-personnel certifier technical-manager managing-director deputy evaluation-facility; do
    [ -n "${key[$role]:-}" ] || fail "the demonstration has no key for $role"
done

# Whom to name: a facility of the public list whose scope covers the level and the category today.
facility=$(curl -sSf "$url/api/v1/facilities" | jq -r '[.facilities[] | select(.status == "approved")
    | select([.scope[]? | select(.level == 3 and (.category == "network-camera" or .category == "*"))] | length > 0)][0].number')
[ -n "$facility" ] && [ "$facility" != null ] || fail "no facility for cameras at level 3"
echo "facility $facility"
criteria=$(curl -sSf "$url/api/v1/editions/3?category=network-camera") || fail "no criteria for cameras at level 3"
lines=$(jq '[.criteria[] | {id, result: "conforms", evidence: "Design document, chapter 3"}]' <<<"$criteria")

echo "--- the application"
send POST /api/v1/cases applicant '{"procedure":"self-declared","level":3}'
[ "$status" -ge 400 ] || fail "level 3 could be declared by oneself"
echo "refused  self-declaration at level 3: $(get '"\(.status) \(.code), \(.guard), clause \(.clause)"')"
send POST /api/v1/cases applicant '{"procedure":"certified","level":3,"category":"network-camera"}'
[ "$status" = 201 ] || fail "a case could not be opened: $status"
case=$(get .id)
application() { # FACILITY
    jq -n --argjson lines "$lines" --arg facility "$1" --arg year "$(date +%Y)" '{
        product: {ja: "みほん監視カメラ", en: "Mihon Surveillance Camera"}, category: "network-camera",
        models: ["MH-C10", "MH-C20"], firmware: "2.0", facility: $facility,
        "contact-name": {ja: "見本 花子", en: "Hanako Mihon"}, "contact-mail": "hanako@mihon.example",
        "user-contact": {ja: "みほんお客様窓口", en: "Mihon customer desk"}, "security-mail": "psirt@mihon.example",
        "support-end": "\(($year | tonumber) + 5)-03-31", "consent-nda": "given", "consent-court": "given", checklist: $lines}'
}
refused applicant file facility-in-scope "$(application HF00-NONE)"
take applicant file received "$(application "$facility")"
call GET "/api/v1/requests/$case" evaluation-facility
[ "$(get .status)" = initial ] || fail "the request is $(get .status)"
for role in operational-personnel certifier technical-manager managing-director deputy; do
    take "$role" declare-no-conflict received
done
refused certifier accept authority
take operational-personnel accept accepted
call GET "/api/v1/cases/$case" operational-personnel
day=$(get '.timeline[-1].at[0:10]')
take operational-personnel record-fee awaiting-plan "{\"fee-kind\":\"none-set\",\"fee-amount\":0,\"fee-day\":\"$day\"}"

echo "--- the plan"
put_file plan.pdf
plan() { # EVALUATOR
    jq -n --arg file "$file" --arg who "$1" --arg day "$day" '{plan: [$file], "plan-text": "Documents, interviews, tests of the device",
        "assessment-from": $day, "assessment-to": $day, evaluators: [$who]}'
}
not_submitted evaluators-registered "$(plan NOBODY)"
refused applicant file-plan authority "$(plan E-01)"
submit plan-filed "$(plan E-01)"
refused technical-manager agree-plan authority
take certifier agree-plan assessing

echo "--- the report"
call GET "/api/v1/requests/$case" evaluation-facility
echo "groups   $(get '[.groups[] | "\(.id) (\(.tests | length))"] | join(", ")')"
results=$(jq '[.groups[].tests[] | {id, result: "conforms", evidence: "Report, chapter 4"}]' "$answer/body")
put_file report.pdf
first=$(jq -n --argjson results "$results" --arg file "$file" '{assessment: $results[0:5], report: [$file], evaluators: ["E-01"]}')
send PUT "/api/v1/requests/$case/results" evaluation-facility "$first"
reached "results by evaluation-facility" assessing
not_submitted report-complete
all=$(jq -n --argjson results "$results" '{assessment: $results}')
send PUT "/api/v1/requests/$case/results" evaluation-facility "$all"
reached "results by evaluation-facility" assessing
submit reported
take certifier find findings '{"findings":[{"id":"S1.1-04","evidence":"How many attempts were made?"}]}'
not_submitted findings-answered '{"finding-answers":[{"id":"S1.1-05","evidence":"See chapter 5"}]}'
submit reported '{"finding-answers":[{"id":"S1.1-04","evidence":"10,000 attempts, chapter 4.2"}]}'

echo "--- verification and decisions"
verification=$(jq -n --argjson results "$results" '{outcome: "conforms", "by-procedures": true,
    results: [$results[] | {id, result}]}')
refused evaluation-facility verify-report authority "$verification"
refused certifier verify-report verification-complete '{"outcome":"conforms","by-procedures":true,"results":[{"id":"S1.1-01","result":"conforms"}]}'
refused certifier verify-report outcome-follows-lines "$(jq '.outcome = "does-not"' <<<"$verification")"
take certifier verify-report verified "$verification"
take operational-personnel draft-label drafted
refused certifier approve-technical authority
take deputy approve-technical approved
refused deputy issue apart
take managing-director issue issued

call GET "/api/v1/cases/$case" applicant
number=$(get '.numbers["registration-number"]')
[ "$(get '.numbers["certification-number"]')" != null ] || fail "there is no certification number"
echo "certified $(get '.numbers["certification-number"]')"
[ "$(curl -sS -o "$answer/body" -w '%{http_code}' "$url/api/v1/labels/$number")" = 200 ] || fail "the public API does not know $number"
[ "$(get '[.status, .level] | @tsv')" = "$(printf 'valid\t3')" ] || fail "the public API says otherwise"
call GET "/api/v1/requests/$case" evaluation-facility
[ "$(get .status)" = approved ] || fail "the request is $(get .status)"
echo "public   $url/L/$number"
echo "$number"
