/* openly.c: whoever comes without an account: opening, files and the first step in one act.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/openly.h"

#include "base/clock.h"
#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "store/seal.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* What the same again is known by: it tells nothing of `once`. */
static struct str key_of(struct arena *arena, struct str once)
{
    struct hash hash = hash_of(str_print(arena, "once\n%.*s", STR_F(once)));
    return hash_hex(arena, &hash);
}

struct filing {
    const struct open_request *request;
    struct open_answer *answer;
    struct principal who;
    struct str key, asked; /* what the same again is known by */
};

/* ---- the request as one */

static struct str digest_of(struct arena *arena, const struct open_request *request)
{
    struct str files = STR_NONE;
    for (size_t i = 0; i < request->files_n; i++)
        files = str_print(arena, "%.*s%.*s/%.*s/%.*s\n", STR_F(files),
                          STR_F(request->files[i].field), STR_F(request->files[i].name),
                          STR_F(hash_hex(arena, &request->files[i].digest)));
    return request_digest(arena, "openly",
                          str_print(arena, "%.*s%.*s/%.*s", STR_F(request->procedure),
                                    STR_F(request->case_id), STR_F(request->step)),
                          files, request->fields, 0);
}

static struct fault *begin(struct arena *arena, const struct open_request *request,
                           struct open_answer *answer, struct filing *out)
{
    if (request->once.bytes < ONCE_BYTES_MIN)
        return FAULT(arena, "malformed-once", "%d characters at least", (int)ONCE_BYTES_MIN);
    *answer = (struct open_answer){0};
    *out = (struct filing){.request = request,
                           .answer = answer,
                           .who = *request->who,
                           .key = key_of(arena, request->once),
                           .asked = digest_of(arena, request)};
    return NULL;
}

/* ---- files: on the case, and in the fields that ask for them */

static json_t *fields_copied(struct arena *arena, json_t *fields)
{
    json_t *copy = json_new(arena), *value;
    const char *name;
    json_object_foreach(fields, name, value) json_put_json(copy, name, value);
    return copy;
}

/* digest: under which its bytes lie for this case. */
static struct fault *attach_one(struct desk *desk, struct arena *arena,
                                const struct principal *who, struct str case_id,
                                const struct open_file *file, const struct hash *digest,
                                json_t *fields)
{
    const char *field = str_z(arena, file->field);
    struct str id;
    struct fault *fault = desk_attach_act(desk, arena, who, case_id, file->name, file->media_type,
                                          digest, file->bytes, &id);
    if (fault && str_is(str_of(fault->code), "malformed-file-name")) /* told at its field */
        fault->concerns = str_print(arena, "/%s", field);
    TRY(fault);
    json_t *there = json_object_get(fields, field);
    json_t *list = json_is_array(there) ? there : json_new_list(arena);
    json_add_str(list, id);
    if (list != there)
        json_put_json(fields, field, list);
    return NULL;
}

struct fault *desk_attach_open(struct desk *desk, struct arena *arena, const struct principal *who,
                               struct str case_id, const struct open_file *files, size_t n,
                               json_t *fields, json_t **out)
{
    *out = fields_copied(arena, fields);
    for (size_t i = 0; i < n; i++)
        TRY(attach_one(desk, arena, who, case_id, &files[i], &files[i].digest, *out));
    return NULL;
}

static struct fault *attach_all(struct desk *desk, struct arena *arena, struct filing *filing,
                                json_t **fields)
{
    const struct open_request *request = filing->request;
    struct str case_id = filing->answer->case_id;
    *fields = fields_copied(arena, request->fields);
    for (size_t i = 0; i < request->files_n; i++) {
        struct hash digest;
        TRY(request->keep(request->whom, case_id, i, &digest));
        TRY(attach_one(desk, arena, &filing->who, case_id, &request->files[i], &digest, *fields));
    }
    return NULL;
}

/* ---- the link, and where they are told */

/* The first address that the form asks for: where it is right, they are told there. */
static struct str mail_of(const struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    struct range fields = book->forms[deed->step->form].fields;
    for (size_t i = 0; i < fields.n; i++) {
        const struct field_row *field = &book->fields[book->form_fields[fields.first + i].field];
        struct str value = json_get(deed->filled, field->name);
        if (field->sort == FIELD_EMAIL && value.bytes)
            return value;
    }
    return STR_NONE;
}

/* Strangers can name anybody's address: nobody is written to again and again by them. */
static struct fault *spare(struct deed *deed, struct str *mail)
{
    struct row_outsider *rows;
    size_t n;
    int64_t most = 0, same = 0;
    str_int(setting_of(&deed->setting, "open-mails-a-day"), &most);
    TRY(sql_outsiders_since(deed->desk->store, deed->arena, deed->now - (int64_t)MS_A_DAY, &rows,
                            &n));
    for (size_t i = 0; i < n; i++)
        same += str_eq_nocase(rows[i].mail, *mail);
    if (same >= most)
        *mail = STR_NONE;
    return NULL;
}

static struct fault *put_link(struct deed *deed, void *whom)
{
    const struct filing *filing = whom;
    if (!filing->answer->link.bytes)
        return NULL;
    struct hash digest = hash_of(filing->answer->link);
    struct row_outsider row = {.case_id = deed->work.id,
                               .digest = hash_hex(deed->arena, &digest),
                               .mail = mail_of(deed),
                               .language = filing->request->english ? STR("en") : STR("ja")};
    if (row.mail.bytes)
        TRY(spare(deed, &row.mail));
    if (row.mail.bytes && filing->request->by_mail)
        row.link = filing->answer->link;
    return put_outsider(deed->desk->store, &row);
}

/* ---- the step */

static struct fault *take(struct desk *desk, struct arena *arena, struct filing *filing,
                          json_t *fields)
{
    struct act act = {.name = "step",
                      .asked = filing->asked,
                      .also = filing->request->procedure.bytes ? put_link : NULL,
                      .whom = filing};
    struct step_request request = {.case_id = filing->answer->case_id,
                                   .step = filing->request->step,
                                   .fields = fields,
                                   .idempotency_key = filing->key,
                                   .expected_version = -1,
                                   .who = &filing->who};
    return desk_take_act(desk, arena, &request, &act, &filing->answer->step);
}

static struct fault *number_of(struct desk *desk, struct arena *arena, struct open_answer *answer)
{
    struct row_case_number *rows;
    size_t n;
    TRY(sql_case_numbers(desk->store, arena, answer->case_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].kind, "receipt-number"))
            answer->number = rows[i].number;
    return NULL;
}

static struct fault *finish(struct desk *desk, struct arena *arena, struct filing *filing)
{
    json_t *fields;
    TRY(attach_all(desk, arena, filing, &fields));
    TRY(take(desk, arena, filing, fields));
    return number_of(desk, arena, filing->answer);
}

/* What was refused leaves nothing on the disk. After "broken-head" it was not refused: the commit
 * stands, and only its signature is wanting; after another fault of the engine nobody knows. */
static struct fault *write_all(struct desk *desk, struct arena *arena, struct filing *filing,
                               struct fault *(*work)(struct desk *, struct arena *, void *))
{
    struct fault *fault = desk_write(desk, arena, work, filing);
    if (fault && !fault_is_of_engine(fault) && filing->request->drop)
        filing->request->drop(filing->request->whom);
    return fault;
}

/* The same again: the first answer, whatever has become of the case since. */
static struct fault *find_again(struct desk *desk, struct arena *arena, struct filing *filing,
                                bool *again)
{
    struct row_idempotency *row;
    TRY(idempotency_find(desk, arena, filing->who.account, filing->key, filing->asked, &row));
    *again = row != NULL;
    if (!row)
        return NULL;
    filing->answer->case_id = row->case_id;
    TRY(take(desk, arena, filing, NULL));
    return number_of(desk, arena, filing->answer);
}

static struct fault *file_openly(struct desk *desk, struct arena *arena, void *whom)
{
    struct filing *filing = whom;
    const struct open_request *request = filing->request;
    bool again;
    if (!filing->who.person.bytes)
        TRY(seal_digest(desk->store, arena,
                        str_print(arena, "link\n%.*s", STR_F(request->once)),
                        &filing->answer->link));
    TRY(find_again(desk, arena, filing, &again));
    if (again)
        return NULL;
    if (!filing->who.person.bytes)
        filing->who.guest = id_new(arena);
    struct case_request opening = {.procedure = request->procedure, .who = &filing->who};
    TRY(desk_open_act(desk, arena, &opening, &filing->answer->case_id));
    return finish(desk, arena, filing);
}

static struct fault *begin_filing(struct desk *desk, struct arena *arena,
                                  const struct open_request *request, struct open_request *whole,
                                  struct open_answer *answer, struct filing *out)
{
    const struct procedure_row *procedure = procedure_by_name(desk->book, request->procedure);
    const struct step_row *step = procedure ? open_step(desk->book, procedure) : NULL;
    if (!step)
        return FAULT(arena, "unknown-procedure", "nobody begins it without an account");
    *whole = *request;
    whole->step = str_of(step->name);
    return begin(arena, whole, answer, out);
}

struct fault *desk_file_openly(struct desk *desk, struct arena *arena,
                               const struct open_request *request, struct open_answer *answer)
{
    struct filing filing;
    struct open_request whole;
    TRY(begin_filing(desk, arena, request, &whole, answer, &filing));
    return write_all(desk, arena, &filing, file_openly);
}

struct fault *desk_file_openly_act(struct desk *desk, struct arena *arena,
                                   const struct open_request *request, struct open_answer *answer)
{
    struct filing filing;
    struct open_request whole;
    TRY(begin_filing(desk, arena, request, &whole, answer, &filing));
    return file_openly(desk, arena, &filing);
}

static struct fault *reply_openly(struct desk *desk, struct arena *arena, void *whom)
{
    struct filing *filing = whom;
    bool again;
    filing->answer->case_id = filing->request->case_id;
    TRY(find_again(desk, arena, filing, &again));
    if (again)
        return NULL;
    TRY(desk_may_see(desk, arena, &filing->who, filing->answer->case_id));
    return finish(desk, arena, filing);
}

struct fault *desk_reply_openly(struct desk *desk, struct arena *arena,
                                const struct open_request *request, struct open_answer *answer)
{
    struct filing filing;
    TRY(begin(arena, request, answer, &filing));
    return write_all(desk, arena, &filing, reply_openly);
}

struct fault *desk_guest(struct store *store, struct arena *arena, struct str link,
                         struct principal *out)
{
    struct row_outsider *row;
    struct hash digest = hash_of(link);
    TRY(sql_outsider_by_digest(store, arena, hash_hex(arena, &digest), &row));
    if (!row)
        return FAULT(arena, "absent", "nobody's link");
    *out = (struct principal){.guest = row->case_id};
    return NULL;
}
