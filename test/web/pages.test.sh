#!/bin/bash
# pages.test.sh: what tmplc and poc refuse, and that every text of the pages has its Japanese (1.3-1).
# SPDX-License-Identifier: Apache-2.0
cd "$(dirname "$0")/../.." || exit 1
. test/tap.sh
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

says() { # text that it must say, then a command that must fail
    local wanted=$1
    shift
    if "$@" > "$folder/out" 2>&1; then
        echo "it did not fail"
        return 1
    fi
    cat "$folder/out"
    grep -qF -- "$wanted" "$folder/out"
}

finds_none() {
    ! grep "$@"
}

page() { # the text of a page after its first line
    printf '<!-- page try(struct str name, double half) -->\n%s\n' "$1" > "$folder/try.html"
    "$tools/tmplc" "$folder/try.c" "$folder/try.h" "$folder/try.html"
}

compiles() {
    page "$1" && cc -std=c17 -Isrc -I"$folder" -D_GNU_SOURCE -Wall -Werror -fsyntax-only "$folder/try.c"
}

tools=$folder
for tool in tmplc poc; do
    cc -std=c17 -Isrc -D_GNU_SOURCE -o "$tools/$tool" tools/$tool.c tools/text.c || exit 1
done

check "a page with values, words, loops compiles" compiles '<p id="{= name}">{_ Inbox}{% for (int i = 0; i < 3; i++) { %}<b>{= i}</b>{% } %}</p>'
check "a value of a type without a way to be put does not compile" says "_Generic" compiles '{= half}'
check "gcc points into the page" says "try.html:3" compiles $'<p>\n{= nowhere}</p>'
check "a bare attribute is refused" says "try.html:2: an attribute's value stands in quotes" page '<p id={= name}>'
check "an attribute in quotes that has an = is not" page '<a href="/x?a={= name}">'
check "a statement without its end is refused" says "without its '%}'" page '{% if (1) {'
check "a value without its end is refused" says "without its '}'" page '{= name'
check "an empty text is refused" says "not empty" page '{_ }'
printf 'no first line\n' > "$folder/bare.html"
check "a page without its first line is refused" says "the first line is" "$tools/tmplc" "$folder/a.c" "$folder/a.h" "$folder/bare.html"

catalogue() {
    printf 'msgid ""\nmsgstr ""\n\n%b' "$1" > "$folder/ja.po"
    "$tools/poc" "$folder/words.c" "$folder/ja.po"
}
check "a catalogue becomes a table" catalogue 'msgid "Inbox"\nmsgstr "受信箱"\n'
check "a text without Japanese is refused" says "no Japanese: Inbox" catalogue 'msgid "Inbox"\nmsgstr ""\n'
check "a text that stands twice is refused" says "twice: Inbox" catalogue 'msgid "Inbox"\nmsgstr "受"\n\nmsgid "Inbox"\nmsgstr "受"\n'
check "other conversions than the key's are refused" says "the conversions differ" catalogue 'msgid "%d of %s"\nmsgstr "%d"\n'
check "a changed order of conversions is not" catalogue 'msgid "%d of %s"\nmsgstr "%2$s, %1$d"\n'
printf 'msgid "Outbox"\nmsgstr "送信箱"\n' > "$folder/ja.po"
printf 'word(english, "Inbox");' > "$folder/use.c"
check "a text that the catalogue lacks is named" says "use.c:1: not in the catalogue: Inbox" "$tools/poc" --check "$folder/ja.po" "$folder/use.c"
check "a text that nothing uses is named" says "used nowhere: Outbox" "$tools/poc" --check "$folder/ja.po" "$folder/use.c"

check "1.3-1 every text of the pages has its Japanese, and no Japanese is left over" "$tools/poc" --check po/ja.po src/web/*.c src/web/pages/*.html
# shellcheck disable=SC2046 # a list of files
check "no page writes Japanese by itself" finds_none -nP '[\p{Hiragana}\p{Katakana}\p{Han}]{2,}' $(find src/web/pages -name '*.html' ! -name '*top.html')
# shellcheck disable=SC2046 # a list of files
check "no page has a style attribute or a script" finds_none -nE ' style=|<script|javascript:' $(find src/web/pages -name '*.html' ! -name as_typed.html)
check "4.10-1 but one, which has a file of ours and nothing in the page" [ "$(grep -cE ' style=|<script|javascript:| on[a-z]+=' src/web/pages/as_typed.html)$(grep -c '<script src="/static/alike.js?v=[^"]*" defer></script>' src/web/pages/as_typed.html)" = 11 ]
tap_end
