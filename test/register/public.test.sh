#!/bin/bash
# public.test.sh: the public half over HTTP: pages, API, art, caching, both languages.
# SPDX-License-Identifier: Apache-2.0
set -u
export LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=test/leaks.suppressed:print_suppressions=0}
build=${BUILD:-build}
dir=$(mktemp -d)
n=0 failed=0
ok() { # ok 0|1 TEXT
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}
is() { # is GOT WANTED TEXT
    [ "$1" = "$2" ]; local same=$?
    ok $same "$3"
    [ $same = 0 ] || printf '# got    "%s"\n# wanted "%s"\n' "$1" "$2"
}
has() { grep -qF -- "$2" <<<"$1"; ok $? "$3"; }
lacks() { ! grep -qF -- "$2" <<<"$1"; ok $? "$3"; }

mkfifo "$dir/in"
"$build/test/register/public_serve" "$dir" 2026-11-22 <"$dir/in" >"$dir/out" 2>"$dir/err" &
server=$!
exec 9>"$dir/in"
trap 'exec 9>&-; rm -rf "$dir"' EXIT
for _ in $(seq 100); do [ -s "$dir/out" ] && break; sleep 0.05; done
exec 8<"$dir/out"
read -r port <&8
url=http://127.0.0.1:$port
get() { curl -s "$@"; }
status() { curl -s -o /dev/null -w '%{http_code}' "$@"; }
header() { # header NAME ARGS…
    local name=$1; shift
    curl -s -o /dev/null -D - "$@" | tr -d '\r' | sed -n "s/^$name: //Ip"
}
tell() { echo "$1" >&9; for _ in $(seq 40); do read -r -t 0.1 answer <&8 && [ "$answer" = ok ] && return; done; }

# ---- the page, and how it is found
page=$(get "$url/L/HS26-00427-J")
has "$page" '<span>有効</span>' 'the status is the first word'
has "$page" '2028年6月15日まで有効です。' '… and its last day the first sentence'
has "$page" '2026年11月22日（日本時間）現在' 'the day of the answer, without a minute'
has "$page" '477型番が対象です。' 'how many models'
is "$(grep -o '<li>MH-C[0-9]*' <<<"$page" | wc -l)" 10 'the first ten of them'
lacks "$page" '<script' 'no script'
lacks "$page" 'style=' 'no style attribute'
is "$(grep -oE '(src|href)="https?://[^"]*' <<<"$page" | grep -vc mihon.example)" 0 'nothing is fetched from elsewhere'
css=$(get "$url$(grep -o '/static/label.css[^"]*' <<<"$page")")
bytes=$(($(printf %s "$page" | wc -c) + $(printf %s "$css" | wc -c)))
[ $bytes -lt 15000 ] && [ ${#css} -gt 5000 ]; ok $? "HTML and CSS with 477 models are $bytes bytes, under 15,000"
for typed in hs26-00427-j HS2600427J 'HS26%EF%BC%8D00427%EF%BC%8DJ' '%EF%BC%A8%EF%BC%B326-00427-J' '%20HS26-00427-J'; do
    is "$(get "$url/L/$typed?lang=en")" "$(get "$url/L/HS26-00427-J?lang=en")" "/L/$typed is the same page"
    is "$(header Link "$url/L/$typed")" '</L/HS26-00427-J>; rel="canonical"' '… and names its proper form'
done
is "$(get "$url/l/hs26-00427-j")" "$page" 'and so is /l/'
is "$(status "$url/L/HS26-00427-K")" 404 'a mistyped number: 404'
has "$(get "$url/L/HS26-00427-K")" '一文字ずつ見比べて' '… with a hint'
is "$(status "$url/L/HS26-00900-Y")" 404 'an unknown number: 404'
is "$(status -X POST -d a=b "$url/L/HS26-00427-J")" 405 'nothing can be posted'
is "$(status "$url/L/HS26-00427-J/other")" 404 'no other page below a label'

# ---- languages
is "$(get "$url/L/HS26-00427-J?lang=en" | grep -o '<html lang="..')" '<html lang="en' '?lang=en'
is "$(get -H 'Accept-Language: en-GB,en;q=0.9' "$url/L/HS26-00427-J" | grep -o '<html lang="..')" '<html lang="en' 'Accept-Language: en-GB'
is "$(get -H 'Accept-Language: en;q=0.5,ja;q=0.8' "$url/L/HS26-00427-J" | grep -o '<html lang="..')" '<html lang="ja' 'Accept-Language by quality'
is "$(get -H 'Accept-Language: fr' "$url/L/HS26-00427-J" | grep -o '<html lang="..')" '<html lang="ja' 'Japanese when neither is asked for'
is "$(get -H 'Accept-Language: en' "$url/L/HS26-00427-J?lang=ja" | grep -o '<html lang="..')" '<html lang="ja' '?lang= before Accept-Language'
for path in /L/HS26-00427-J /L/HS24-00018-Z /L/HS24-00031-6 /L/HS25-00206-2 /L/HS25-00207-Z /L/HS26-00500-T /L/HS26-00427-J/models /L/HS26-00001-1 '/L/HS26-00001-1?on=2026-08-31' /criteria /criteria/JST-CR-01-01-2024R1 '/labels?q=HS&m=MH-C101' '/labels?m=none' /L/HS26-00900-Y /L/HS26-00427-K; do
    en=$(get "$url$path$([[ $path == *\?* ]] && echo '&' || echo '?')lang=en" | sed -E 's/<[a-z]+ [^>]*lang="ja"[^>]*>[^<]*<//g')
    ! grep -qP '[\x{3040}-\x{30ff}\x{4e00}-\x{9fff}（）「」、。]' <<<"$en"; ok $? "no Japanese left over on the English $path"
    ja=$(get "$url$path$([[ $path == *\?* ]] && echo '&' || echo '?')lang=ja" | sed -E 's/<a [^>]*lang="en"[^>]*>[^<]*<//g; s/<[^>]*>/ /g' | tail -n +5 | sed -E 's/[A-Za-z0-9.-]+@[a-z.]+|https?:[^ ]+|hoshi\.example|network-camera//g')
    words=$(grep -oP '[A-Za-z]{3,}' <<<"$ja" | grep -vE '^(Hoshi|CSV|JSON|JST|none|alert|amp|quot|script|HS.*)$' | sort -u | tr '\n' ' ')
    is "$words" '' "no English left over on the Japanese $path"
done

# ---- the six statuses: word, class, and art only when valid
while read -r number class word; do
    page=$(get "$url/L/$number")
    has "$page" "<section class=\"hero $class\">" "$number is $class"
    has "$page" "<span>$word" "… in words: $word"
    if [ "$class" = valid ]; then
        has "$page" '<img src="/art/' 'the art is shown when valid'
    else
        lacks "$page" '<img' 'no art when not valid'
    fi
    is "$(get "$url/api/v1/labels/$number" | jq -r .status)" "$class" '… and in JSON'
    want=404
    [ "$class" = valid ] && want=200
    is "$(status "$url/art/$number.svg")" "$want" "… and /art/ answers $want"
done <<'LIST'
HS26-00427-J valid 有効
HS24-00018-Z lapsed 失効<small>（有効期限切れ）
HS24-00031-6 grace 失効猶予<small>（延長申請中）
HS25-00206-2 revoked 取消し
HS25-00207-Z withdrawn 失効<small>（自主取下げ）
HS26-00500-T provisional 仮登録
LIST

has "$(get "$url/L/HS24-00018-Z")" '<dt class="num">2026年11月11日</dt><dd>有効期限切れにより失効</dd>' 'the history tells that the validity ended'

# ---- the API
label=$(get "$url/api/v1/labels/HS26-00427-J")
is "$(jq -r 'keys_unsorted | join(" ")' <<<"$label")" 'number status level criteria_edition issued expires registrant product models route certification_number facility history security_notices' 'members of a label'
is "$(jq -r '[.issued, .expires, .registrant.ja, .product.en, (.models | length)] | join("|")' <<<"$label")" '2026-06-15|2028-06-15|株式会社みほん|Mihon Home Camera MH-C series|477' '… and their values'
is "$(header Access-Control-Allow-Origin "$url/api/v1/labels/HS26-00427-J")" '*' 'open to other origins'
is "$(status -X OPTIONS "$url/api/v1/labels/HS26-00427-J")" 204 'OPTIONS'
is "$(get "$url/api/v1/labels/HS26-00427-K" | jq -r '"\(.status) \(.code)"')" '404 mistyped-number' 'a mistyped number'
is "$(get "$url/api/v1/labels/HS26-00900-Y" | jq -r '"\(.status) \(.code)"')" '404 unknown-number' 'an unknown number'
is "$(get "$url/api/v1/labels/zzz" | jq -r '"\(.status) \(.code)"')" '404 unknown-number' 'what is no number at all'
is "$(header Content-Type "$url/api/v1/labels/HS26-00900-Y")" application/problem+json 'problem+json'
is "$(get "$url/api/v1/labels?status=good" | jq -r '"\(.status) \(.code) \(.parameter)"')" '400 malformed-query status' 'a status that does not exist'
is "$(status "$url/api/v1/labels?limit=201")" 400 'a limit too high'
next="/api/v1/labels?limit=3" seen=
while [ -n "$next" ]; do
    seen="$seen$(get "$url$next" | jq -r '.labels[].number')
"
    next=$(header Link "$url$next" | sed -n 's/<\(.*\)>; rel="next"/\1/p')
done
is "$(grep -c . <<<"$seen")|$(grep . <<<"$seen" | sort -ru | wc -l)" '8|8' 'pages by cursor show each label once'
is "$(get "$url/api/v1/labels?status=lapsed,revoked" | jq '.labels | length')" 2 'two statuses with a comma'
is "$(get "$url/api/v1/labels?status=lapsed&status=revoked" | jq '.labels | length')" 2 '… or repeated'
is "$(get -G --data-urlencode 'q=みほん　ゲートウェイ' "$url/api/v1/labels" | jq -r '.labels[].number')" HS26-00001-1 'a search'
is "$(get -G --data-urlencode 'q=株式会社 みほん ゲートウェイ' "$url/api/v1/labels" | jq -r '.labels[].number')" HS26-00001-1 'a search with the company form apart'
is "$(get -G --data-urlencode "q=' % _" "$url/api/v1/labels" | jq '.labels | length')" 0 'symbols alone find nothing, not everything'
is "$(header Location "$url/")" /labels 'the bare address leads to the search'

# ---- the history, and what a page said on a day
page=$(get "$url/L/HS26-00001-1?lang=en")
has "$page" '<dd>Level changed; from level 1 to level 3</dd>' 'a change of level says from which to which'
has "$page" '<dd>Registered information changed; Product: Mihon Gateway → Mihon Gateway 2; models: 1 added, 2 removed</dd>' 'a change of information says what changed'
has "$page" '<dd>Label taken over by another registrant; Former → Mihon Corporation</dd>' 'a succession says from whom to whom'
has "$page" 'Certification number <span class="num">HC26-00001</span>' 'the certification number'
has "$page" '<dd>Sample Facility</dd>' 'the facility'
has "$page" 'important systems of governments' 'what level 3 means'
has "$(get "$url/L/HS26-00001-1")" '<dd>レベルの変更、レベル1からレベル3へ</dd>' '… in Japanese too'
past=$(get "$url/L/HS26-00001-1?lang=en&on=2026-08-31")
has "$past" 'What this page said on 31 August 2026.' 'a page of the past says so'
has "$past" '<h2>Mihon Gateway 2</h2>' '… with the product of then'
has "$past" 'Level 1 (self-declaration)' '… its level'
lacks "$past" 'Level changed' '… and nothing of what came later'
lacks "$past" '<img' '… and no art'
has "$(get "$url/L/HS26-00001-1?lang=en&on=2026-07-14")" '<h2>Mihon Gateway</h2>' 'the day before a change'
has "$(get "$url/L/HS26-00001-1?lang=en&on=2026-07-15")" '<h2>Mihon Gateway 2</h2>' 'the day of it'
is "$(status "$url/L/HS26-00001-1?on=2026-06-14")" 404 'the day before the issuance'
is "$(status "$url/L/HS26-00001-1?on=2026-11-23")" 400 'a day that has not come'
is "$(status "$url/L/HS26-00001-1?on=2026-02-30")" 400 'a day that there is not'
label=$(get "$url/api/v1/labels/HS26-00001-1")
is "$(jq -r '[.history[] | .date + " " + .event] | join("|")' <<<"$label")" '2026-06-15 issued|2026-07-15 information-changed|2026-09-01 level-changed|2026-10-01 succeeded' 'the history in JSON, oldest first'
is "$(jq -c '[.route, .certification_number, .facility.en, .history[2].detail]' <<<"$label")" '["certified","HC26-00001","Sample Facility",{"from":1,"level":3}]' 'route, certification number, facility, detail'
is "$(get "$url/api/v1/labels/HS26-00001-1?on=2026-08-31" | jq -c '[.as_of, .level, .route, .certification_number, .facility, (.history | length)]')" '["2026-08-31",1,"self-declared",null,null,2]' 'the API says what it said on a day'
is "$(get "$url/api/v1/labels/HS26-00001-1?on=x" | jq -r '"\(.status) \(.code) \(.parameter)"')" '400 malformed-query on' '… and names a day that is none'
is "$(get -G --data-urlencode 'q=hc26-00001' "$url/api/v1/labels" | jq -r '.labels[].number')" HS26-00001-1 'found by its certification number'

# ---- editions of the criteria
is "$(get "$url/api/v1/criteria" | jq -c '.editions[] | [.id, .state, .acceptance_ends, .labels]')" '["JST-CR-01-01-2024R1","in-use","2027-03-31",8]' 'editions with their days'
is "$(get "$url/api/v1/criteria/JST-CR-01-01-2024R1" | jq -c '.criteria')" '[{"id":"S1.1-01","text":{"ja":"見本の項目","en":"A sample criterion"},"provisional":true}]' 'an edition with its criteria'
is "$(get "$url/api/v1/criteria/none" | jq -r .code)" no-such-edition 'an edition that there is not'
has "$(get "$url/criteria")" '申請の受付は2027年3月31日まで' 'the page of editions'
has "$(get "$url/criteria/JST-CR-01-01-2024R1?lang=en")" 'A sample criterion' 'the page of an edition'
is "$(status "$url/criteria/%3Cscript%3E")" 404 'no page of none'

# ---- caching
etag=$(header ETag "$url/L/HS26-00427-J")
is "$(status -H "If-None-Match: $etag" "$url/L/HS26-00427-J")" 304 'If-None-Match: 304'
is "$(status -H "If-None-Match: \"x\", W/$etag" "$url/L/HS26-00427-J")" 304 '… in a list'
is "$(status -H 'If-None-Match: "x"' "$url/L/HS26-00427-J")" 200 'another tag: 200'
is "$(header Content-Security-Policy "$url/L/HS26-00427-J" | grep -c "default-src 'none'")" 1 'a policy that allows no script'
is "$(header X-Content-Type-Options "$url/L/HS26-00427-J")" nosniff 'nosniff'
is "$(header Content-Length -I "$url/L/HS26-00427-J")" "$(get "$url/L/HS26-00427-J" | wc -c)" 'HEAD has the length of GET'

# ---- models, search, box, CSV
is "$(get "$url/L/HS26-00001-1/models" | grep -o '<li>MH-C' | wc -l)" 5000 '5,000 models on request'
is "$(get "$url/L/HS26-00001-1/models?m=mhc5100" | grep -o '<li>MH-C[0-9]*')" '<li>MH-C5100' 'filtered without script'
has "$(get "$url/L/HS26-00001-1/models?m=nothing")" 'このラベルにはありません' 'a filter that finds nothing'
has "$(get "$url/labels?m=mh-c477&n=hs26-00427-j")" 'はい、対象です。' 'this box is covered'
has "$(get "$url/labels?m=mh-c999&n=hs26-00427-j")" 'いいえ、対象ではありません。' 'this box is not'
has "$(get "$url/labels?m=mh-c477&n=hs26-00427-k")" '登録番号の文字に誤りがあるようです。' 'nor with a mistyped number'
has "$(get "$url/labels?m=mh-c101&n=hs25-00206-2")" 'ラベルは「有効」ではありません' 'listed, but revoked'
has "$(get -G --data-urlencode 'q=みほん カメラ' "$url/labels")" '「みほん カメラ」の検索結果' 'a search says what was searched for'
csv=$(get "$url/labels.csv")
is "$(printf %s "$csv" | head -c 3 | od -An -tx1 | tr -d ' ')" efbbbf 'CSV begins with a BOM'
is "$(grep -c $'\r$' <<<"$csv")" 9 'eight labels and a head, CR LF'
has "$csv" "\"'=みほんカメラ\"" 'no formula gets into a spreadsheet'
has "$csv" '"<script>alert('"'"'""x&y"")</script>"' 'quotes are doubled'

# ---- what people write stays text
for path in /L/HS26-00002-0 /L/HS26-00002-0/models '/labels?q=%3Cscript%3Ealert(1)%3C/script%3E' '/labels?m=%22%3E%3Cscript%3E' '/labels?n=%3Cscript%3E&m=a' '/L/%3Cscript%3E' '/L/HS26-00002-0/models?m=%3Cscript%3E'; do
    lacks "$(get "$url$path")" '<script' "no script comes back from $path"
done

# ---- art
get "$url/art/HS26-00427-J.png" >"$dir/art.png"
is "$(zbarimg -q --raw "$dir/art.png" 2>/dev/null)" 'HTTPS://HOSHI.EXAMPLE/L/HS26-00427-J' 'the code on the art is read'
is "$(get "$url/art/HS26-00427-J.pdf" | head -c 5)" '%PDF-' 'art as PDF'
is "$(header Content-Type "$url/art/HS26-00427-J.svg")" image/svg+xml 'art as SVG'
is "$(status "$url/art/HS26-00427-J.svg?colour=blue")" 400 'a colour that the art does not have'
spent() { cut -d' ' -f14 "/proc/$server/stat"; } # in ticks of 10 ms
before=$(spent)
for i in $(seq 100); do echo "url=$url/art/HS26-00427-J.png?x=$i"; echo 'output=/dev/null'; done | curl -s -K -
[ $(($(spent) - before)) -lt 150 ]; ok $? 'a hundred made-up names in the query draw the art once'
[ "$(get "$url/art/HS26-00427-J.svg?lang=en")" != "$(get "$url/art/HS26-00427-J.svg?lang=ja")" ]; ok $? 'art in both languages'

# ---- a register renamed into place, and midnight
tell 'revoke HS26-00427-J 2026-11-22'
is "$(get "$url/api/v1/labels/HS26-00427-J" | jq -r .status)" revoked 'a new register is served at once'
is "$(status -H "If-None-Match: $etag" "$url/L/HS26-00427-J")" 200 'the old tag does not hold'
is "$(get "$url/api/v1/labels/HS26-00001-1" | jq -r .status)" valid 'a label before its last day'
tell 'day 2028-06-15'
is "$(get "$url/api/v1/labels/HS26-00001-1" | jq -r .status)" valid 'on its last day'
tell 'instant 2028-06-16'
is "$(get "$url/api/v1/labels/HS26-00001-1" | jq -r .status)" valid 'a second before midnight in Tokyo'
is "$(header Cache-Control "$url/L/HS26-00001-1")" no-cache '… nobody may keep it past midnight'
tell 'day 2028-06-16'
is "$(get "$url/api/v1/labels/HS26-00001-1" | jq -r .status)" lapsed 'lapsed the day after, though nothing ran'
is "$(header Cache-Control "$url/L/HS26-00001-1")" 'public, max-age=60' 'kept for a minute by day'
exec 9>&-
wait $server
ok $? 'the server ends in peace'
is "$(cat "$dir/err")" '' '… and had nothing to complain of'
echo "1..$n"
exit $failed
