/* post.c: takes up the outbox, writes the mails, keeps how they fare.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/post.h"

#include "base/buf.h"
#include "desk/letters.h"
#include "letter/mail.h"
#include "store/aside.gen.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { TAKEN_UP_AT_ONCE = 200, ANSWER_BYTES_MAX = 500, CODE_BYTES = 3 };
static const int64_t wait_first_ms = 2000, wait_max_ms = 30 * 60 * 1000,
                     given_up_ms = 5 * (int64_t)MS_A_DAY; /* RFC 5321, 4.5.4.1 */

/* ---- from the outbox to deliveries */

static struct fault *take_up(struct desk *desk, struct arena *arena)
{
    struct row_post_mark *mark;
    struct row_outbox *rows;
    size_t n;
    TRY(sql_post_marked(desk->store, arena, 1, &mark));
    TRY(sql_outbox_after(desk->store, arena, mark ? mark->seq : 0, TAKEN_UP_AT_ONCE, &rows, &n));
    if (!n)
        return NULL;
    int64_t last = rows[n - 1].seq, now = clock_now(desk->clock);
    for (size_t i = 0; i < n; i++)
        TRY(sqlx_delivery_take_up(desk->store, arena, rows[i].id, now));
    TRY(sql_outbox_of_entry(desk->store, arena, last, &rows, &n)); /* all of it, or none */
    for (size_t i = 0; i < n; i++)
        TRY(sqlx_delivery_take_up(desk->store, arena, rows[i].id, now));
    return sqlx_post_mark_at(desk->store, arena, last);
}

/* ---- the mail */

/* A person; or who came without an account, of whom there is an address and no name. */
static struct fault *reader_of(struct desk *desk, struct arena *arena,
                               const struct row_outbox *row, const struct row_notice *notice,
                               struct row_person **out, struct str *link)
{
    struct row_outsider *outsider;
    *link = STR_NONE;
    if (row->person.bytes)
        return sql_person_by_id(desk->store, arena, row->person, out);
    *out = NULL;
    TRY(sql_outsider_of_case(desk->store, arena, notice ? notice->case_id : STR_NONE, &outsider));
    if (!outsider)
        return NULL;
    *out = NEW(arena, struct row_person);
    (*out)->mail = outsider->mail;
    (*out)->language = outsider->language;
    *link = outsider->link;
    return NULL;
}

/* The page of the case; that of the label where the party does not see the case (4.6.3-1); of who
 * came without an account the page of their link, where it is kept. */
static struct fault *address_of_notice(struct desk *desk, struct arena *arena,
                                       const struct row_outbox *row,
                                       const struct row_notice *notice, struct str link,
                                       struct str *out)
{
    struct row_casework *work;
    *out = link.bytes ? str_print(arena, "%.*s/follow/%.*s", STR_F(desk->base_url), STR_F(link))
                      : STR_NONE;
    if (!row->person.bytes)
        return NULL;
    TRY(sql_case_by_id(desk->store, arena, notice->case_id, &work));
    const struct procedure_row *procedure =
        work ? procedure_by_name(desk->book, work->procedure) : NULL;
    bool hidden = procedure && is_confidential(desk->book, procedure) && notice->party.bytes &&
                  str_eq(notice->party, work->registrant);
    *out = hidden ? str_print(arena, "%.*s/my-labels/%.*s", STR_F(desk->base_url),
                              STR_F(work->label))
                  : str_print(arena, "%.*s/cases/%.*s", STR_F(desk->base_url),
                              STR_F(notice->case_id));
    return NULL;
}

static struct fault *write_mail(struct desk *desk, struct arena *arena,
                                const struct row_outbox *row, struct posting *out)
{
    struct row_notice *notice;
    struct row_person *person;
    struct row_letter *kept;
    struct letter letter;
    struct setting setting;
    struct str link, address;
    bool english = str_is(row->language, "en");
    TRY(sql_notice_by_id(desk->store, arena, row->notice, &notice));
    TRY(reader_of(desk, arena, row, notice, &person, &link));
    if (!notice || !person || !mail_address_good(person->mail))
        return NULL;
    TRY(sql_letter_of_notice(desk->store, arena, row->notice, &kept));
    TRY(letter_of_notice(desk->store, arena, desk->book, notice, person, english, &letter));
    /* as of the notice: a later change of address changes no Message-ID */
    TRY(setting_load(desk->store, arena, desk->book, day_of_instant(notice->at), &setting));
    struct str domain, sender = setting_of(&setting, "sender-mail");
    str_cut(mail_address_good(sender) ? sender : out->from, '@', &domain);
    struct mail mail = {.from_name = letter.from,
                        .from_mail = out->from,
                        .to_mail = person->mail,
                        .message_id = str_print(arena, "%.*s@%.*s", STR_F(row->id), STR_F(domain)),
                        .at = notice->at,
                        .english = english,
                        .subject = letter.title};
    bool by_english = english ? person->name_en.bytes > 0 : !person->name_ja.bytes;
    mail.to_name = by_english ? person->name_en : person->name_ja;
    TRY(address_of_notice(desk, arena, row, notice, link, &address));
    mail.text = letter_text(arena, &letter, address, link.bytes > 0);
    if (kept) {
        TRY(letter_pdf(arena, &letter, &mail.file));
        mail.file_name = str_print(arena, "%.*s.pdf", STR_F(letter.title));
    }
    out->to = person->mail;
    out->bytes = mail_print(arena, &mail);
    return NULL;
}

static struct fault *begin_try(struct desk *desk, struct arena *arena, struct posting *out,
                               bool *there)
{
    struct row_outbox *rows;
    struct row_delivery *delivery;
    size_t n;
    int64_t now = clock_now(desk->clock);
    TRY(take_up(desk, arena));
    TRY(sql_deliveries_due(desk->store, arena, now, 1, &rows, &n));
    *there = n > 0;
    if (!n)
        return NULL;
    TRY(sql_delivery_by_outbox(desk->store, arena, rows->id, &delivery));
    if (!delivery)
        return FAULT(arena, "broken-database", "no delivery %.*s", STR_F(rows->id));
    out->outbox = rows->id;
    out->begun = delivery->begun;
    out->tries = delivery->tries;
    TRY(write_mail(desk, arena, rows, out));
    out->stranger = !rows->person.bytes;
    TRY(sqlx_delivery_begin(desk->store, arena, rows->id, out->stranger ? STR_NONE : out->to,
                            now)); /* whoever came without an account may have come in confidence */
    return sqlx_delivery_try_begin(desk->store, arena, rows->id, now);
}

/* Looked at without the writer's lock: nearly always there is nothing to do. */
static struct fault *is_anything(struct desk *desk, struct arena *arena, bool *out)
{
    struct row_post_mark *mark;
    struct row_outbox *rows;
    size_t n;
    TRY(sql_deliveries_due(desk->store, arena, clock_now(desk->clock), 1, &rows, &n));
    *out = n > 0;
    if (n)
        return NULL;
    TRY(sql_post_marked(desk->store, arena, 1, &mark));
    TRY(sql_outbox_after(desk->store, arena, mark ? mark->seq : 0, 1, &rows, &n));
    *out = n > 0;
    return NULL;
}

static struct fault *committed_or_not(struct desk *desk, struct arena *arena, struct fault *fault)
{
    if (fault) {
        store_rollback(desk->store);
        return fault;
    }
    return store_commit(desk->store, arena);
}

static struct fault *sender_of(struct desk *desk, struct arena *arena, struct str *out)
{
    struct setting setting;
    TRY(setting_load(desk->store, arena, desk->book, clock_today(desk->clock), &setting));
    *out = setting_of(&setting, "sender-mail");
    return NULL;
}

struct fault *post_has_sender(struct desk *desk, struct arena *arena, bool *out)
{
    struct str sender;
    TRY(sender_of(desk, arena, &sender));
    *out = mail_address_good(sender);
    return NULL;
}

struct fault *post_next(struct desk *desk, struct arena *arena, struct posting *out, bool *there)
{
    *out = (struct posting){0};
    TRY(is_anything(desk, arena, there));
    if (!*there)
        return NULL;
    TRY(sender_of(desk, arena, &out->from));
    *there = mail_address_good(out->from);
    if (!*there)
        return NULL;
    TRY(store_begin(desk->store, arena, true));
    return committed_or_not(desk, arena, begin_try(desk, arena, out, there));
}

/* ---- what became of it */

static struct fault *keep_end(struct desk *desk, struct arena *arena, struct str outbox,
                              const char *state, int64_t next, struct str answer)
{
    int64_t now = clock_now(desk->clock);
    TRY(sqlx_delivery_end(desk->store, arena, outbox, str_of(state), next, now, answer));
    return sqlx_delivery_try_end(desk->store, arena, outbox, now, answer);
}

struct fault *post_end(struct desk *desk, struct arena *arena, const struct posting *posting,
                       enum posted posted, struct str answer)
{
    int64_t now = clock_now(desk->clock), wait = wait_first_ms;
    for (int64_t i = 0; i < posting->tries && wait < wait_max_ms; i++)
        wait *= 2;
    if (posted == POSTED_LATER && now - posting->begun > given_up_ms)
        posted = POSTED_REFUSED;
    const char *state = posted == POSTED_SENT    ? "sent"
                        : posted == POSTED_LATER ? "waiting"
                                                 : "refused";
    int64_t next = now + (wait < wait_max_ms ? wait : wait_max_ms);
    /* a relay's words often name the address: of a stranger its code alone is kept */
    answer = str_head(str_trim(answer), posting->stranger ? CODE_BYTES : ANSWER_BYTES_MAX);
    TRY(store_begin(desk->store, arena, true));
    return committed_or_not(desk, arena,
                            keep_end(desk, arena, posting->outbox, state, next,
                                     str_is_text(answer) ? answer : STR("?")));
}

struct fault *post_skip_past(struct desk *desk, struct arena *arena)
{
    struct row_outbox *rows;
    size_t n = 1;
    for (int64_t seq = 0; n;) {
        TRY(sql_outbox_after(desk->store, arena, seq, TAKEN_UP_AT_ONCE, &rows, &n));
        if (n)
            TRY(sqlx_post_mark_at(desk->store, arena, seq = rows[n - 1].seq));
    }
    return NULL;
}
