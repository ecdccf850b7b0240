#!/bin/bash
# first-label.sh: the main job by the API alone: an application becomes a label that anyone can check.
# SPDX-License-Identifier: Apache-2.0
#
#   examples/first-label.sh URL      (a server started with --demo; bash, curl and jq are all it takes)
#
# Every role takes its step in turn. Before each step those who may not take it try: the wrong role, the
# administrator, somebody without a Statement of Ethics, somebody with a conflict, the one who decided or
# verified before. Each refusal is shown with its clause; a refusal that does not come is an error.
# The last line is the registration number.
set -euo pipefail
url=${1:?usage: first-label.sh URL}
url=${url%/}
answer=$(mktemp -d)
trap 'rm -rf "$answer"' EXIT

fail() {
    echo "first-label: $*" >&2
    [ -s "$answer/body" ] && head -c 2000 "$answer/body" >&2
    exit 1
}

# call METHOD PATH ROLE [curl options]: fills $status, $answer/body, $answer/head
call() {
    local method=$1 path=$2 role=$3
    shift 3
    status=$(curl -sS -o "$answer/body" -D "$answer/head" -w '%{http_code}' -X "$method" \
        -H "Authorization: Bearer ${key[$role]}" -H 'Accept-Language: en' "$@" "$url$path") || fail "no answer from $url"
}
get() { jq -r "$1" "$answer/body"; }
header() { tr -d '\r' <"$answer/head" | sed -n "s/^$1: //Ip"; }
once() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# post ROLE STEP [FIELDS] [TAG] [ONCE]: one step of $case, seen at the version $tag
post() {
    call POST "/api/v1/cases/$case/steps/$2" "$1" -H 'Content-Type: application/json' \
        -H "Idempotency-Key: ${5:-$(once)}" -H "If-Match: ${4:-$tag}" --data-binary "${3:-{\}}"
}

# take ROLE STEP STATE [FIELDS]: it is taken, the case is in STATE, and asking again changes nothing
take() {
    local role=$1 step=$2 state=$3 fields=${4:-} this seen=$tag first
    this=$(once)
    post "$role" "$step" "$fields" "$seen" "$this"
    [ "$status" = 200 ] || fail "$role could not $step: $status"
    [ "$(get .state)" = "$state" ] || fail "after $step the case is $(get .state), not $state"
    first=$(get '[.state, .version, .entry] | @tsv')
    tag=$(header etag)
    post "$role" "$step" "$fields" "$seen" "$this"
    [ "$status" = 200 ] && [ "$(get '[.state, .version, .entry] | @tsv')" = "$first" ] || fail "$step was not idempotent"
    post "$role" "$step" "$fields" "$seen"
    [ "$status" = 412 ] || fail "$step on an old version was answered $status, not 412"
    echo "taken    $step by $role: $state"
}

# refused ROLE STEP [GUARD] [FIELDS]: 403, with the clause; and by that guard
refused() {
    local role=$1 step=$2 guard=${3:-}
    post "$role" "$step" "${4:-}"
    [ "$status" = 403 ] || fail "$role trying to $step was answered $status, not 403"
    [ -n "$(get '.clause // empty')" ] || fail "the refusal of $step to $role names no clause"
    [ -z "$guard" ] || [ "$(get .guard)" = "$guard" ] || fail "$step was refused to $role by $(get .guard), not $guard"
    echo "refused  $step to $role: $(get '"\(.status) \(.code), \(.guard), clause \(.clause): \(.title)"')"
}

# Those who may not take STEP: one wrong role, the administrator, and two persons of the operational
# personnel, whose own steps ask first for a Statement of Ethics and for no conflict.
bystanders() { # STEP WRONG-ROLE [ETHICS-GUARD CONFLICT-GUARD]
    refused "$2" "$1" authority
    refused administrator "$1" authority
    refused without-ethics "$1" "${3:-ethics-signed}"
    refused with-conflict "$1" "${4:-no-conflict}"
}

clear_of_conflict() { # ROLE…
    for role in "$@"; do
        take "$role" declare-no-conflict "$(state)"
    done
}
state() {
    call GET "/api/v1/cases/$case" applicant
    get .state
}

declare -A key
call_keys=$(curl -sSf "$url/demo/keys") || fail "no keys: was the server started with --demo?"
while IFS=$'\t' read -r role value; do key[$role]=$value; done \
    < <(jq -r 'to_entries[] | [.key, .value] | @tsv' <<<"$call_keys")
for role in applicant operational-personnel operational-personnel-2 technical-manager managing-director deputy \
    without-ethics with-conflict administrator; do
    [ -n "${key[$role]:-}" ] || fail "the demonstration has no key for $role"
done

# What is asked for: every criterion of the edition in force is answered.
edition=$(curl -sSf "$url/api/v1/editions/1") || fail "no criteria in force for level 1"
lines=$(jq '[.criteria[] | {id, result: "conforms", evidence: "Test report, chapter 3"}]' <<<"$edition")
application() { # NAME, in Japanese and in English
    jq -n --argjson lines "$lines" --arg ja "$1" --arg en "$2" --arg last "$((${today%%-*} + 5))-03-31" '{
        product: {ja: ("みほん" + $ja), en: ("Mihon " + $en)}, category: "router",
        models: ["MH-100", "MH-100J", "MH-200"], firmware: "1.4.2",
        "contact-name": {ja: "見本 花子", en: "Hanako Mihon"}, "contact-mail": "hanako@mihon.example",
        "user-contact": {ja: "みほんお客様窓口", en: "Mihon customer desk"}, "user-mail": "madoguchi@mihon.example",
        "security-mail": "psirt@mihon.example", "policy-url": "https://mihon.example/psirt",
        "product-url": "https://mihon.example/", "support-end": $last,
        "consent-nda": "given", "consent-court": "given", checklist: $lines}'
}

open_case() { # NAME, in Japanese and in English: opened, a file put on it, filed, accepted, paid
    for role in operational-personnel administrator without-ethics with-conflict; do
        call POST /api/v1/cases "$role" -H 'Content-Type: application/json' -d '{"procedure":"self-declared","level":1}'
        [ "$status" = 403 ] || fail "$role could open a case: $status"
        echo "refused  opening to $role: $(get '"\(.status) \(.code), \(.guard), clause \(.clause): \(.title)"')"
    done
    call POST /api/v1/cases applicant -H "Idempotency-Key: $(once)" -H 'Content-Type: application/json' \
        -d '{"procedure":"self-declared","level":1}'
    [ "$status" = 201 ] || fail "a case could not be opened: $status"
    case=$(get .id)
    tag=$(header etag)
    [ "$(header location)" = "/api/v1/cases/$case" ] || fail "Location is $(header location)"
    echo "opened   case $case"
    printf '%%PDF-1.4\n%% evidence for %s\n' "$1" >"$answer/evidence.pdf"
    call PUT "/api/v1/cases/$case/files/evidence.pdf" applicant -H 'Content-Type: application/pdf' -T "$answer/evidence.pdf"
    [ "$status" = 201 ] || fail "the file could not be put: $status"
    call GET "/api/v1/cases/$case" applicant
    tag=$(header etag)
    today=$(get '.timeline[-1].at[0:10]') # the server's civil day in Tokyo

    for role in operational-personnel administrator without-ethics with-conflict; do
        refused "$role" file authority "$(application "$1" "$2")"
    done
    take applicant file received "$(application "$1" "$2")"
    refused operational-personnel accept no-conflict
    refused without-ethics declare-no-conflict ethics-signed
    refused with-conflict declare-no-conflict no-bar
    clear_of_conflict operational-personnel deputy technical-manager managing-director

    bystanders accept applicant
    take operational-personnel accept accepted
    call GET "/api/v1/cases/$case/files/evidence.pdf" operational-personnel
    [ "$status" = 200 ] && cmp -s "$answer/body" "$answer/evidence.pdf" || fail "the file did not come back as it was"

    call GET "/api/v1/cases/$case" operational-personnel
    fee=$(jq -n --argjson yen "$(get .fee_due)" --arg day "$today" \
        '{"fee-kind": "paid", "fee-amount": $yen, "fee-day": $day}')
    bystanders record-fee technical-manager
    take operational-personnel record-fee fee-settled "$fee"
}

verify_and_draft() { # VERIFIER
    local result='{"outcome":"conforms"}'
    bystanders verify applicant
    take "$1" verify verified "$result"
    bystanders draft-label managing-director
    take operational-personnel draft-label drafted
}

echo "--- first case: the deputy decides the technical side, and may not decide the end"
open_case "ゲートウェイ" Gateway
verify_and_draft operational-personnel
bystanders approve-technical operational-personnel authority authority
take deputy approve-technical approved
bystanders issue technical-manager authority authority
refused deputy issue apart
take managing-director refuse-final refused '{"refusal-ground":"other","reasons":"Shown by the example: the applicant files anew."}'

echo "--- second case: the deputy verifies, and may decide nothing; the label is issued"
open_case "ルーター" Router
verify_and_draft deputy
bystanders approve-technical operational-personnel authority authority
refused deputy approve-technical apart
take technical-manager approve-technical approved
bystanders issue operational-personnel authority authority
refused technical-manager issue authority
refused deputy issue apart
take managing-director issue issued

call GET "/api/v1/cases/$case" applicant
number=$(get '.numbers["registration-number"]')
[ "$number" != null ] || fail "the case has no registration number"

# What anyone sees, without a key, in whatever case the number is typed.
page() { curl -sSL -o "$answer/body" -w '%{http_code}' "$url$1"; }
[ "$(page "/api/v1/labels/$number")" = 200 ] || fail "the public API does not know $number"
[ "$(get '[.number, .status, .level, (.models | length)] | @tsv')" = "$(printf '%s\tvalid\t1\t3' "$number")" ] ||
    fail "the public API says otherwise"
[ "$(get .product.en)" = "Mihon Router" ] || fail "the public API names another product"
[ "$(page "/L/${number,,}?lang=ja")" = 200 ] && grep -q "$number" "$answer/body" && grep -q "有効" "$answer/body" ||
    fail "the Japanese page does not show $number as valid"
[ "$(page "/L/$number?lang=en")" = 200 ] && grep -qi "valid" "$answer/body" || fail "the English page does not show it"
echo "public   $url/L/$number"
echo "$number"
