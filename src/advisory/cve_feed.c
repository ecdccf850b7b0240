/* cve_feed.c: many CVE records, split without being held as JSON.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/reader.h"

#include <string.h>

#include "base/banned.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(struct str *left)
{
    size_t i = 0;
    while (i < left->bytes && is_blank(left->at[i]))
        i++;
    *left = (struct str){left->at + i, left->bytes - i};
}

struct cve_feed cve_feed_of(struct str text)
{
    struct cve_feed feed = {.left = text.at ? text : STR("")};
    if (str_starts(feed.left, "\xEF\xBB\xBF"))
        feed.left = (struct str){feed.left.at + 3, feed.left.bytes - 3};
    skip_blanks(&feed.left);
    feed.array = str_starts(feed.left, "[");
    if (feed.array)
        feed.left = (struct str){feed.left.at + 1, feed.left.bytes - 1};
    return feed;
}

/* Bytes of the object in front: to the bracket that closes it; 0 when none does. */
static size_t object_bytes(struct str text)
{
    size_t depth = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        switch (text.at[i]) {
        case '"':
            for (i++; i < text.bytes && text.at[i] != '"'; i++)
                i += text.at[i] == '\\';
            break;
        case '{':
            depth++;
            break;
        case '}':
            if (--depth == 0)
                return i + 1;
            break;
        default:
            break;
        }
    }
    return 0;
}

static struct fault *broken(struct arena *arena, struct cve_feed *feed, const char *why)
{
    feed->ended = true;
    struct fault *fault = FAULT(arena, "malformed-advisory", "record %zu: %s", feed->record, why);
    fault->concerns = str_print(arena, "/%zu", feed->record);
    return fault;
}

/* What parts two records: a comma in an array, nothing or blanks without. False at the end. */
static bool at_record(struct arena *arena, struct cve_feed *feed, struct fault **fault)
{
    skip_blanks(&feed->left);
    if (feed->array && feed->given && str_starts(feed->left, ",")) {
        feed->left = (struct str){feed->left.at + 1, feed->left.bytes - 1};
        skip_blanks(&feed->left);
    } else if (feed->array && str_starts(feed->left, "]")) {
        feed->left = (struct str){feed->left.at + 1, feed->left.bytes - 1};
        skip_blanks(&feed->left);
        feed->ended = true;
        if (feed->left.bytes)
            *fault = broken(arena, feed, "something after the end of the list");
        return false;
    } else if (feed->array && feed->given) {
        *fault = broken(arena, feed, "the list does not go on and does not end");
        return false;
    } else if (!feed->left.bytes) {
        feed->ended = true;
        if (feed->array || !feed->given)
            *fault = broken(arena, feed, "the text ends before a record");
        return false;
    }
    return true;
}

bool cve_feed_next(struct arena *arena, struct cve_feed *feed, struct advisory *out,
                   struct fault **fault)
{
    *fault = NULL;
    if (feed->ended)
        return false;
    feed->record = feed->given;
    if (!at_record(arena, feed, fault))
        return *fault != NULL;
    size_t bytes = str_starts(feed->left, "{") ? object_bytes(feed->left) : 0;
    if (!bytes)
        *fault = broken(arena, feed, "no object, or one that does not end");
    else if (feed->given == CVE_FEED_RECORDS_MAX)
        *fault = broken(arena, feed, "more records than are read at once");
    if (*fault)
        return true;
    struct str record = {feed->left.at, bytes};
    feed->left = (struct str){feed->left.at + bytes, feed->left.bytes - bytes};
    feed->given++;
    *fault = cve_read(arena, record, out);
    if (*fault)
        (*fault)->concerns = str_print(arena, "/%zu%.*s", feed->record, STR_F((*fault)->concerns));
    return true;
}
