/* cases.c: reads case files; knows their form only, not the words of the rule book.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rule/cases.h"

#include <string.h>

#include "base/banned.h"

struct case_reader case_reader_of(struct str text)
{
    /* an editor on Windows puts a mark of the byte order before the first line */
    size_t mark = str_starts(text, "\xef\xbb\xbf") ? 3 : 0;
    return (struct case_reader){.rest = str_skip(text, mark)};
}

bool case_fact_next(struct str *row, struct str *fact)
{
    *row = str_trim(*row);
    size_t n = 0;
    while (n < row->bytes && row->at[n] != ' ' && row->at[n] != '\t')
        n++;
    *fact = (struct str){.at = row->at, .bytes = n};
    *row = str_skip(*row, n);
    return n > 0;
}

/* The part before " -> "; *after what follows it. */
static bool arrow_cut(struct str line, struct str *before, struct str *after)
{
    for (size_t i = 0; i + 4 <= line.bytes; i++) {
        if (memcmp(line.at + i, " -> ", 4) != 0)
            continue;
        *before = (struct str){.at = line.at, .bytes = i};
        *after = str_skip(line, i + 4);
        return true;
    }
    return false;
}

static bool given_add(struct case_line *now, struct str facts)
{
    if (now->given_n == CASE_GIVEN_MAX)
        return false;
    now->given[now->given_n++] = facts;
    return true;
}

/* A state may be called "refused" too: the answer "refused" is followed by a clause. */
static bool answer_read(struct case_line *now, struct str answer)
{
    struct str word, second, more;
    now->clause = now->guard = now->to = STR_NONE;
    now->expires = DAY_NONE;
    if (!case_fact_next(&answer, &word))
        return false;
    bool has_second = case_fact_next(&answer, &second);
    now->allowed = !str_is(word, "refused") || !has_second;
    if (now->allowed) {
        now->to = word;
        if (has_second && !day_parse(second, &now->expires))
            return false;
    } else {
        now->clause = second;
        case_fact_next(&answer, &now->guard);
    }
    return !case_fact_next(&answer, &more);
}

static bool case_line_read(struct case_line *now, struct str line)
{
    struct str before, after;
    if (!arrow_cut(line, &before, &after))
        return false;
    if (!case_fact_next(&before, &now->procedure) || !case_fact_next(&before, &now->step) ||
        !case_fact_next(&before, &now->role) || !case_fact_next(&before, &now->state))
        return false;
    now->facts = str_trim(before);
    return answer_read(now, after);
}

enum case_read case_next(struct case_reader *reader)
{
    struct case_line *now = &reader->now;
    while (reader->rest.bytes) {
        struct str comment, first, line = str_cut(reader->rest, '\n', &reader->rest);
        struct str facts = str_trim(str_cut(line, '#', &comment));
        line = facts;
        now->line++;
        if (!case_fact_next(&facts, &first))
            continue;
        bool given = str_is(first, "given");
        if (given)
            now->given_n = 0;
        if (given || str_is(first, "and")) {
            if (!given_add(now, str_trim(facts)))
                return CASE_MALFORMED;
            continue;
        }
        return case_line_read(now, line) ? CASE_LINE : CASE_MALFORMED;
    }
    return CASE_END;
}
