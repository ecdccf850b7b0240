/* html_test.c: what a page is made of: escaping by type, words by language, dates, money,
 * fragments.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/html.h"

#include "check.h"

#include "base/banned.h"

static void test_escaping(struct tally *tally, struct arena *arena)
{
    struct html html = html_new(arena, false, 10000);
    HTML_PUT(&html, STR("<a href=\"x\">'&"));
    CHECK_STR(tally, html_done(&html), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;", "text is escaped");
    html = html_new(arena, false, 10000);
    HTML_PUT(&html, html_lines(&html, STR("1 < 2\n3")));
    CHECK_STR(tally, html_done(&html), "1 &lt; 2<br>3",
              "a fragment is not escaped again, the text in it is");
    html = html_new(arena, true, 10000);
    HTML_PUT(&html, html_lines(&html, STR("page 3")));
    HTML_PUT(&html, html_lines(&html, STR("3ページ")));
    CHECK_STR(tally, html_done(&html), "page 3<span lang=\"ja\">3ページ</span>",
              "Japanese that somebody wrote is marked on an English page");
    html = html_new(arena, false, 10000);
    const char *nothing = NULL;
    HTML_PUT(&html, nothing);
    HTML_PUT(&html, 42);
    HTML_PUT(&html, (int64_t)-7);
    HTML_PUT(&html, (size_t)9);
    CHECK_STR(tally, html_done(&html), "42-79", "NULL puts nothing, numbers are put as they are");
    html = html_new(arena, false, 8);
    HTML_PUT(&html, STR("123456789"));
    CHECK(tally, html.out.full, "a page that passes its maximum says so");
}

static void test_words(struct tally *tally, struct arena *arena)
{
    struct html ja = html_new(arena, false, 1000), en = html_new(arena, true, 1000);
    CHECK_STR(tally, str_of(word(false, "Inbox")), "受信箱", "1.3-1 a text has its Japanese");
    CHECK_STR(tally, str_of(word(true, "Inbox")), "Inbox", "1.3-1 English is the key");
    CHECK_STR(tally, say(&ja, "day %d of %d", 8, 5), "8日目／5日",
              "conversions are filled in, Japanese");
    CHECK_STR(tally, say(&en, "day %d of %d", 8, 5), "day 8 of 5",
              "conversions are filled in, English");
    CHECK_STR(tally, bracketed(&ja, STR("月")), "（月）", "Japanese brackets are full-width");
    CHECK_STR(tally, bracketed(&en, STR("Monday")), " (Monday)", "English brackets stand apart");
}

static void test_plain(struct tally *tally, struct arena *arena)
{
    struct day day = day_of(2026, 11, 22);
    CHECK_STR(tally, day_words(arena, false, day), "2026年11月22日", "a day in Japanese");
    CHECK_STR(tally, day_words(arena, true, day), "22 November 2026", "a day in English");
    CHECK_STR(tally, day_words(arena, true, DAY_NONE), "", "no day is nothing");
    CHECK_STR(tally, week_word(arena, false, day), "日", "22 November 2026 is a Sunday");
    CHECK_STR(tally, instant_words(arena, false, day_begins(day) + 70 * 60000),
              "2026年11月22日 01:10", "an instant is told in Tokyo's time");
    CHECK_STR(tally, yen_words(arena, false, 198000), "198,000円", "2.2.2-1 money in Japanese");
    CHECK_STR(tally, yen_words(arena, true, 198000), "¥198,000", "2.2.2-1 money in English");
    CHECK_STR(tally, count_words(arena, 999), "999", "no comma below a thousand");
    CHECK_STR(tally, count_words(arena, -1234567), "-1,234,567", "commas by three");
    CHECK_STR(tally, bytes_words(arena, 219136), "214 KB", "a size in KB");
    CHECK_STR(tally, bytes_words(arena, 6501171), "6.2 MB", "a size in MB");
    CHECK_STR(tally, url_part(arena, STR("a b/é?")), "a%20b%2F%C3%A9%3F",
              "all but unreserved is encoded");
}

static void test_fragments(struct tally *tally, struct arena *arena)
{
    struct html html = html_new(arena, false, 4000);
    CHECK_STR(tally, html_clause(&html, "4.1.1-1").markup,
              "<a class=\"clause\" href=\"/clauses/4.1.1-1\">4.1.1-1</a>",
              "a clause leads to its page");
    CHECK_STR(
        tally, html_clause(&html, "\"><script>").markup,
        "<a class=\"clause\" href=\"/clauses/%22%3E%3Cscript%3E\">&quot;&gt;&lt;script&gt;</a>",
        "what is no clause does no harm");
    CHECK_STR(tally, html_clause(&html, NULL).markup, "", "no clause is nothing");
    CHECK_STR(tally, html_day(&html, day_of(2026, 1, 5)).markup,
              "<time class=\"num\" datetime=\"2026-01-05\">2026年1月5日</time>",
              "a day is also told to machines");
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(1 << 22);
    test_escaping(&tally, arena);
    test_words(&tally, arena);
    test_plain(&tally, arena);
    test_fragments(&tally, arena);
    arena_free(arena);
    return tally_end(&tally);
}
