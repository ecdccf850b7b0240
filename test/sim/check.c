/* check.c: what must hold at the end of a year: every row is the journal's, and every label keeps
 * what the manual promises.
 * SPDX-License-Identifier: Apache-2.0 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "sim.h"
#include "store/head.h"
#include "store/journal_read.h"
#include "store/replay.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct fault *sign(void *whom, struct arena *arena, struct str text,
                          uint8_t signature[HEAD_SIGNATURE_BYTES])
{
    (void)arena;
    crypto_sign_detached(signature, NULL, (const unsigned char *)text.at, text.bytes, whom);
    return NULL;
}

static void say(void *whom, struct str table, struct str key, struct str column)
{
    (void)whom;
    printf("# differs: %.*s %.*s %.*s\n", STR_F(table), STR_F(key), STR_F(column));
}

static void replay(struct sim *sim)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    struct head_signer signer = {.sign = sign, .whom = secret};
    struct signed_head head = {.at = clock_now(&sim->clock)};
    struct replay_report report = {0};
    crypto_sign_keypair(public_key, secret);
    MUST(head_write_key(sim->arena, sim->desk.data_dir, public_key));
    MUST(journal_head(sim->desk.store, sim->arena, &head.head));
    MUST(head_write(sim->arena, sim->desk.data_dir, &head, &signer, false));
    struct store *reader = place_open(sim->place, sim->arena, true);
    MUST(replay_check(reader, sim->arena, sim->desk.data_dir, say, NULL, &report));
    sim->shared->differences += report.differences;
}

static void broken(struct sim *sim, const struct row_label *label, const char *what)
{
    printf("# broken: %.*s %s\n", STR_F(label->number), what);
    sim->shared->broken++;
}

static struct day day_read(struct str text)
{
    struct day day = {0};
    day_parse(text, &day);
    return day;
}

/* Who took the decisions, and that nobody who assessed was among them (2.1.3-1, A-TM, A-MD). */
static void check_decisions(struct sim *sim, const struct row_label *label)
{
    struct row_case_step *steps;
    size_t n;
    struct str technical = STR_NONE, last = STR_NONE;
    MUST(sql_case_steps(sim->desk.store, sim->arena, label->case_id, &steps, &n));
    for (size_t i = 0; i < n; i++) {
        if (str_is(steps[i].step, "approve-technical"))
            technical = steps[i].person;
        if (str_is(steps[i].step, "issue"))
            last = steps[i].person;
    }
    if (!technical.bytes || !last.bytes)
        broken(sim, label, "A-MD issued without both decisions");
    else if (str_eq(technical, last))
        broken(sim, label, "2.1.3-1 both decisions by one person");
    for (size_t i = 0; i < n; i++)
        if ((str_is(steps[i].step, "verify") || str_is(steps[i].step, "verify-report")) &&
            (str_eq(steps[i].person, technical) || str_eq(steps[i].person, last)))
            broken(sim, label, "2.1.3-1 a decision by one who evaluated");
}

static void check_label(struct sim *sim, const struct row_label *label)
{
    struct day start = day_read(label->term_start), expires = day_read(label->expires);
    bool certified = str_is(label->route, "certified");
    if (certified && expires.n > day_last_of(day_plus(start, 1), (struct span){5, 'y'}).n)
        broken(sim, label, "4.3.6-1 in force beyond five years");
    if (certified && label->extensions > 3)
        broken(sim, label, "4.3.4-1 a fourth application for extension");
    if (expires.n < start.n)
        broken(sim, label, "4.3.1-1 ends before it begins");
    check_decisions(sim, label);
}

void year_check(struct sim *sim)
{
    struct sql_portal_labels_row *rows;
    struct row_label *label;
    size_t n;
    replay(sim);
    confidential_check(sim);
    sim->shared->certified = 0;
    MUST(sql_portal_labels(sim->desk.store, sim->arena, STR("%"), LABELS_MAX, 0, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        MUST(sql_label_by_number(sim->desk.store, sim->arena, rows[i].number, &label));
        check_label(sim, label);
        sim->shared->certified += str_is(label->route, "certified");
    }
    sim->shared->labels = (int64_t)n;
}
