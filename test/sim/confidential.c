/* confidential.c: nothing confidential in the published register: every byte of it is looked at.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What people write carries a mark wherever the manual has it published nowhere: texts of forms,
 * files, names and addresses of persons. At the end of a year the register is made from the first
 * entry on, and no file of its folder may hold the mark (6.5-6). */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "desk/published.h"
#include "sim.h"
#include "store/files.h"
#include "store/journal_read.h"

#include "base/banned.h"

enum { PUBLISHED_BYTES_MAX = 1 << 30 };

/* The fields that a page, a list or a document of the register shows: said here once more, from the
 * outside, so that a new way into the register is met by this list too. */
static const char *const published[] = {
    "product", "models", "category", "firmware", "support-end", "user-contact", "user-mail",
    "user-phone", "security-mail", "policy-url", "product-url", "criteria", "edition-title",
    "edition-id", "facility", "accreditation-number", "accreditation-body",
    /* 4.8.1, 4.8.3: what a security notice says, once it is decided */
    "security-title", "security-summary", "affected-models", "affected-version", "fixed-version",
    "cves", "cvss", "links", "remedy-text", "revision-text", "end-text",
    /* 4.10-1, 4.6.4-1: what is answered and published, never what was asked or reported */
    "question-ja", "answer-ja", "question-en", "answer-en", "answer-edition", "answer-criteria",
    "facts-ja", "facts-en", "claimant", "claimed-number", "misuse-kind",
    /* 6.4-1: a correction of the register says what was and what is */
    "registrant-name",
};

bool is_published(const struct sim *sim, const struct field_row *field)
{
    if (!strcmp(field->name, sim->shared->leaked))
        return false;
    for (size_t i = 0; i < sizeof published / sizeof *published; i++)
        if (!strcmp(field->name, published[i]))
            return true;
    return false;
}

struct str confidential_text(struct arena *arena, const char *about)
{
    return str_print(arena, "%s %s", CONFIDENTIAL, about);
}

static bool holds_mark(struct str bytes)
{
    return bytes.bytes && memmem(bytes.at, bytes.bytes, CONFIDENTIAL, strlen(CONFIDENTIAL));
}

/* ---- the register's folder, with what lies in folders below */

static void look_into(struct sim *sim, struct str folder, int depth)
{
    DIR *all = opendir(str_z(sim->arena, folder));
    if (!all) {
        struct str bytes;
        bool found;
        MUST(file_whole(sim->arena, folder, PUBLISHED_BYTES_MAX, &bytes, &found));
        sim->shared->published_bytes += (int64_t)bytes.bytes;
        if (holds_mark(bytes)) {
            printf("# broken: 6.5-6 something confidential is published in %.*s\n", STR_F(folder));
            sim->shared->broken++;
        }
        return;
    }
    for (const struct dirent *one; depth && (one = readdir(all));)
        if (one->d_name[0] != '.' || strlen(one->d_name) > 2)
            look_into(sim, str_print(sim->arena, "%.*s/%s", STR_F(folder), one->d_name),
                      depth - 1);
    closedir(all);
}

/* That there was something to find: an entry of the journal has the mark. */
static struct fault *look_for_mark(void *whom, struct arena *arena, const struct journal_line *line)
{
    bool *found = whom;
    (void)arena;
    *found |= line->payload_there && holds_mark(journal_payload_text(line));
    return NULL;
}

void confidential_check(struct sim *sim)
{
    bool marked = false;
    int64_t seq;
    struct store *reader = place_open(sim->place, sim->arena, true);
    const struct word_row *format =
        &hoshi_rulebook.parameters[PARAMETER_REGISTRATION_NUMBER_FORMAT];
    struct clerk clerk = {.data_dir = sim->desk.data_dir,
                          .number_format = str_of(format->value),
                          .source = published_source(reader),
                          .clock = &sim->clock};
    MUST(clerk_publish_anew(&clerk, sim->arena, &seq));
    sim->shared->published_bytes = 0;
    look_into(sim, str_print(sim->arena, "%.*s/register", STR_F(sim->desk.data_dir)), 8);
    MUST(store_begin(reader, sim->arena, false));
    MUST(journal_each(reader, sim->arena, 0, look_for_mark, &marked));
    store_rollback(reader);
    if (!marked) {
        printf("# broken: nothing confidential was written, so nothing can be missed\n");
        sim->shared->broken++;
    }
}
