/* mailed.c: a report that came by mail: counted, told from others, filed without an account.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/mailed.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "desk/mailed_form.h"
#include "store/aside.gen.h"
#include "store/files.h"
#include "store/media.h"
#include "store/seal.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { HOUR_MS = 3600000, KEPT_DAYS = 90, TEXT_BYTES = 2 << 20, FILES_PUT_MAX = 64 };

struct mailing {
    struct desk *desk;
    struct arena *arena;
    const struct incoming *mail;
    struct mail_answer *out;
    struct mail_form form;
    struct str digest, sender;
    struct str put[FILES_PUT_MAX]; /* paths of what was put there for it */
    size_t put_n;
};

static struct fault *number_of_setting(struct desk *desk, struct arena *arena, const char *name,
                                       int64_t *out)
{
    struct setting setting;
    TRY(setting_load(desk->store, arena, desk->book, clock_today(desk->clock), &setting));
    if (!str_int(setting_of(&setting, name), out))
        return FAULT(arena, "broken-database", "parameter %s is no number", name);
    return NULL;
}

/* Files come as base64, of which four bytes are three. */
struct fault *mail_bytes_max(struct desk *desk, struct arena *arena, size_t *out)
{
    int64_t most;
    TRY(number_of_setting(desk, arena, "open-file-bytes", &most));
    most = most / 2 * 3 + TEXT_BYTES;
    *out = most < INCOMING_BYTES_MAX ? (size_t)most : INCOMING_BYTES_MAX;
    return NULL;
}

/* ---- what tells it from others */

static struct fault *tell_apart(struct mailing *mailing)
{
    struct arena *arena = mailing->arena;
    const struct incoming *mail = mailing->mail;
    struct hash hash = hash_of(mail->text);
    struct str said = str_print(arena, "mail\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n",
                                STR_F(mail->message_id), STR_F(mail->date), STR_F(mail->from_mail),
                                STR_F(mail->subject), STR_F(hash_hex(arena, &hash)));
    for (size_t i = 0; i < mail->files_n && !mail->encrypted; i++) {
        hash = hash_of(mail->files[i].bytes);
        said = str_print(arena, "%.*s%.*s\n", STR_F(said), STR_F(hash_hex(arena, &hash)));
    }
    TRY(seal_digest(mailing->desk->store, arena, said, &mailing->digest));
    return seal_digest(mailing->desk->store, arena,
                       str_print(arena, "sender\n%.*s",
                                 STR_F(str_lower(arena, mail->from_mail))),
                       &mailing->sender);
}

/* ---- how many */

static struct fault *admit(struct mailing *mailing)
{
    struct desk *desk = mailing->desk;
    struct arena *arena = mailing->arena;
    struct row_mail_came *rows;
    int64_t one, all, same = 0, taken = 0;
    size_t n;
    TRY(number_of_setting(desk, arena, "open-from-an-address", &one));
    TRY(number_of_setting(desk, arena, "open-in-all", &all));
    TRY(sql_mail_came_since(desk->store, arena, clock_now(desk->clock) - (int64_t)HOUR_MS, &rows,
                            &n));
    for (size_t i = 0; i < n; i++) {
        taken += str_is(rows[i].outcome, "taken");
        same += str_is(rows[i].outcome, "taken") && str_eq(rows[i].sender, mailing->sender);
    }
    if (same >= one || taken >= all)
        return FAULT(arena, "too-many-filings", "%lld by mail within an hour", (long long)taken);
    return NULL;
}

static struct fault *keep_count(struct mailing *mailing, const char *outcome)
{
    struct desk *desk = mailing->desk;
    int64_t now = clock_now(desk->clock);
    TRY(sqlx_mail_came_forget(desk->store, mailing->arena,
                              now - KEPT_DAYS * (int64_t)MS_A_DAY));
    return sqlx_mail_came_keep(desk->store, mailing->arena, mailing->digest, now, mailing->sender,
                               str_of(outcome));
}

/* ---- its files */

static struct fault *keep_file(void *whom, struct str case_id, size_t i, struct hash *digest)
{
    struct mailing *mailing = whom;
    struct arena *arena = mailing->arena;
    struct str bytes = mailing->form.bytes[i], data_dir = mailing->desk->data_dir;
    struct file_writer *writer;
    const uint8_t *key;
    int64_t wrote;
    bool sealed;
    TRY(seal_file_key(mailing->desk->store, arena, case_id, &key));
    if (!key)
        return FAULT(arena, "broken-seal", "a case of what is told in confidence has no key");
    TRY(file_begin_sealed(arena, data_dir, key, &writer));
    TRY(file_add(writer, arena, bytes.at, bytes.bytes));
    TRY(file_end(writer, arena, digest, &wrote));
    if (mailing->put_n < FILES_PUT_MAX)
        TRY(file_place(arena, data_dir, hash_hex(arena, digest), &mailing->put[mailing->put_n++],
                       &sealed));
    return NULL;
}

static void drop_files(struct mailing *mailing)
{
    while (mailing->put_n)
        unlink(str_z(mailing->arena, mailing->put[--mailing->put_n]));
}

/* ---- one transaction */

static struct fault *file_it(struct mailing *mailing)
{
    struct principal nobody = {0};
    struct open_answer answer;
    struct open_request request = {.procedure = STR("vulnerability"),
                                   .fields = mailing->form.fields,
                                   .files = mailing->form.files,
                                   .files_n = mailing->form.files_n,
                                   .once = mailing->digest,
                                   .english = mailing->mail->english,
                                   .by_mail = true,
                                   .who = &nobody,
                                   .keep = keep_file,
                                   .whom = mailing};
    TRY(desk_file_openly_act(mailing->desk, mailing->arena, &request, &answer));
    mailing->out->number = answer.number;
    return NULL;
}

static struct fault *take(struct desk *desk, struct arena *arena, void *whom)
{
    struct mailing *mailing = whom;
    struct row_mail_came *before;
    (void)desk;
    drop_files(mailing); /* of a try that the engine took back */
    TRY(tell_apart(mailing));
    TRY(sql_mail_came_by_digest(mailing->desk->store, arena, mailing->digest, &before));
    if (before) {
        mailing->out->outcome = MAIL_TAKEN_BEFORE;
        return NULL;
    }
    if (mailing->mail->automatic) {
        mailing->out->outcome = MAIL_AUTOMATIC;
        return keep_count(mailing, "automatic");
    }
    TRY(admit(mailing));
    TRY(mail_form_fill(mailing->desk, arena, mailing->mail, &mailing->form));
    TRY(file_it(mailing));
    return keep_count(mailing, "taken");
}

struct fault *desk_take_mail(struct desk *desk, struct arena *arena, const struct incoming *mail,
                             struct mail_answer *out)
{
    struct mailing mailing = {.desk = desk, .arena = arena, .mail = mail, .out = out};
    *out = (struct mail_answer){.outcome = MAIL_TAKEN};
    struct fault *fault = desk_write(desk, arena, take, &mailing);
    if (fault && !fault_is_of_engine(fault)) /* as in openly.c */
        drop_files(&mailing);
    return fault;
}
