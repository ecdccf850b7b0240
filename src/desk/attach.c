/* attach.c: files of a case: a file comes to it, or is read, which is an act too (2.1.3-2).
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "desk/tidy.h"
#include "store/sql.gen.h"

#include "base/banned.h"

struct attachment {
    const struct principal *who;
    struct str case_id, name, media_type, *file_id;
    const struct hash *digest;
    int64_t bytes;
};

/* A later file of the name stands in the place of the earlier, which stays on record (6.4-1). */
static struct fault *replace_file(struct deed *deed, struct str name)
{
    struct row_case_file *rows;
    size_t n;
    TRY(sql_case_files(deed->desk->store, deed->arena, deed->work.id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].replaced || !str_eq(rows[i].name, name))
            continue;
        rows[i].replaced = 1;
        TRY(put_case_file(deed->desk->store, &rows[i]));
    }
    return NULL;
}

static struct fault *put_attachment(struct deed *deed, void *whom)
{
    const struct attachment *file = whom;
    TRY(replace_file(deed, file->name));
    struct row_case_file row = {.id = id_new(deed->arena),
                                .case_id = deed->work.id,
                                .name = file->name,
                                .media_type = file->media_type,
                                .bytes = file->bytes,
                                .digest = hash_hex(deed->arena, file->digest),
                                .person = deed->who->person,
                                .at = deed->now};
    *file->file_id = row.id;
    return put_case_file(deed->desk->store, &row);
}

/* A step that hands in, stays where it is and asks nothing is one that takes a file: `attach`, or
 * what a section names for another party. The one that is open goes first. */
static bool takes_files(const struct rulebook *book, const struct step_row *step)
{
    return step->to == STATE_SAME && !step->form && book->acts[step->act].sort == ACT_FILES;
}

static struct fault *choose_attach(struct deed *deed, struct verdict *verdict)
{
    const struct rulebook *book = deed->desk->book;
    struct verdict first = {0};
    for (size_t i = 0; i < deed->procedure->steps.n; i++) {
        const struct step_row *step = &book->steps[deed->procedure->steps.first + i];
        if (!takes_files(book, step))
            continue;
        deed_choose_step(deed, str_of(step->name));
        TRY(deed_load_facts(deed));
        *verdict = judge(book, deed->procedure, str_of(step->name), deed->role, deed->state,
                         &deed->facts);
        if (verdict->kind == VERDICT_ALLOWED)
            return NULL;
        bool nearer = !first.step || (first.kind == VERDICT_FORBIDDEN &&
                                      verdict->kind != VERDICT_FORBIDDEN);
        if (nearer)
            first = *verdict;
    }
    *verdict = first;
    return first.step ? NULL
                      : FAULT(deed->arena, "unknown-step", "no step of %s takes a file",
                              deed->procedure->name);
}

static struct fault *attach_step(struct desk *desk, struct arena *arena,
                                 const struct principal *who, struct str case_id,
                                 struct verdict *verdict)
{
    struct deed deed;
    TRY(deed_begin(desk, arena, who, case_id, &deed));
    return choose_attach(&deed, verdict);
}

static struct fault *attach(struct desk *desk, struct arena *arena, void *whom)
{
    const struct attachment *file = whom;
    struct act act = {.name = "attach", .also = put_attachment, .whom = whom};
    struct verdict verdict;
    TRY(attach_step(desk, arena, file->who, file->case_id, &verdict));
    struct step_request request = {
        .case_id = file->case_id,
        .step = str_of(verdict.step->name),
        .expected_version = -1,
        .who = file->who};
    struct step_answer answer;
    return desk_take_act(desk, arena, &request, &act, &answer);
}

static bool is_file_name(struct str name)
{
    return name.bytes > 0 && name.bytes <= 200 && str_is_text(name) && tidy_is_clean(name, false) &&
           !memchr(name.at, '/', name.bytes) && !memchr(name.at, '\\', name.bytes) &&
           !memchr(name.at, '\n', name.bytes) && !str_is(name, ".") && !str_is(name, "..");
}

static struct fault *check_file_name(struct arena *arena, struct str name)
{
    if (is_file_name(name))
        return NULL;
    struct fault *fault =
        FAULT(arena, "malformed-file-name", "1 to 200 bytes of text, no slash, nothing unseen");
    fault->concerns = STR("/name");
    return fault;
}

struct fault *desk_attach_act(struct desk *desk, struct arena *arena, const struct principal *who,
                              struct str case_id, struct str name, struct str media_type,
                              const struct hash *digest, int64_t bytes, struct str *file_id)
{
    struct attachment file = {who, case_id, name, media_type, file_id, digest, bytes};
    TRY(check_file_name(arena, name));
    return attach(desk, arena, &file);
}

struct fault *desk_may_attach(struct desk *desk, struct arena *arena, const struct principal *who,
                              struct str case_id, struct str name)
{
    struct verdict verdict;
    TRY(check_file_name(arena, name));
    TRY(attach_step(desk, arena, who, case_id, &verdict));
    return verdict.kind == VERDICT_ALLOWED ? NULL : verdict_fault(arena, &verdict);
}

struct fault *desk_attach(struct desk *desk, struct arena *arena, const struct principal *who,
                          struct str case_id, struct str name, struct str media_type,
                          const struct hash *digest, int64_t bytes, struct str *file_id)
{
    struct attachment file = {who, case_id, name, media_type, file_id, digest, bytes};
    TRY(check_file_name(arena, name));
    return desk_write(desk, arena, attach, &file);
}

/* ---- reading: 2.1.3-2, 6.5-6: a read of a confidential file is an entry too */

struct reading {
    const struct principal *who;
    struct str case_id, file_id;
    struct row_case_file *file;
};

static struct fault *read_document(struct desk *desk, struct arena *arena, void *whom)
{
    struct reading *reading = whom;
    struct row_case_file *rows;
    struct row_casework *work;
    size_t n;
    int64_t seq;
    TRY(desk_may_see(desk, arena, reading->who, reading->case_id));
    TRY(sql_case_by_id(desk->store, arena, reading->case_id, &work));
    TRY(sql_case_files(desk->store, arena, reading->case_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].id, reading->file_id))
            reading->file = &rows[i];
    if (!reading->file || !work)
        return FAULT(arena, "absent", "no such file on the case");
    TRY(desk_may_see_of(desk, arena, reading->who, reading->case_id, reading->file->at));
    json_t *fields = json_new(arena);
    json_put(fields, "file", reading->file_id);
    TRY(desk_begin_entry(desk, arena, "read", reading->who, reading->case_id, fields, &seq));
    struct row_case_step row = {.seq = seq,
                                .case_id = reading->case_id,
                                .act = STR("read"),
                                .step = reading->file_id,
                                .from_state = work->state,
                                .to_state = work->state,
                                .person = reading->who->person,
                                .at = clock_now(desk->clock),
                                .clause = STR("2.1.3-2")};
    TRY(put_case_step(desk->store, &row));
    return journal_append(desk->store, arena);
}

struct fault *desk_read_act(struct desk *desk, struct arena *arena, const struct principal *who,
                            struct str case_id, struct str file_id)
{
    struct reading reading = {.who = who, .case_id = case_id, .file_id = file_id};
    return read_document(desk, arena, &reading);
}

struct fault *desk_read_document(struct desk *desk, struct arena *arena,
                                 const struct principal *who, struct str case_id,
                                 struct str file_id, struct row_case_file **file)
{
    struct reading reading = {.who = who, .case_id = case_id, .file_id = file_id};
    TRY(desk_write(desk, arena, read_document, &reading));
    *file = reading.file;
    return NULL;
}

/* ---- a sealed case itself: 6.5-6 */

struct looks {
    const struct principal *who;
    const struct row_casework **works;
    size_t n;
};

static struct fault *write_looks(struct desk *desk, struct arena *arena, void *whom)
{
    const struct looks *looks = whom;
    for (size_t i = 0; i < looks->n; i++) {
        const struct row_casework *work = looks->works[i];
        struct row_case_step row = {.case_id = work->id,
                                    .act = STR("read"),
                                    .from_state = work->state,
                                    .to_state = work->state,
                                    .person = looks->who->person,
                                    .at = clock_now(desk->clock),
                                    .clause = STR("6.5-6")};
        TRY(desk_begin_entry(desk, arena, "read", looks->who, work->id, NULL, &row.seq));
        TRY(put_case_step(desk->store, &row));
        TRY(journal_append(desk->store, arena));
    }
    return NULL;
}

struct fault *desk_read_cases(struct desk *desk, struct arena *arena, const struct principal *who,
                              const struct str *case_ids, size_t n)
{
    if (!who->person.bytes)
        return NULL; /* whoever brought it reads what is their own: nobody of the body looked */
    struct looks looks = {.who = who,
                          .works = NEW_ARRAY(arena, n + 1, const struct row_casework *)};
    for (size_t i = 0; i < n; i++) {
        struct row_casework *work;
        TRY(sql_case_by_id(desk->store, arena, case_ids[i], &work));
        const struct procedure_row *procedure =
            work ? procedure_by_name(desk->book, work->procedure) : NULL;
        if (procedure && procedure->sealed && !desk_may_see(desk, arena, who, work->id))
            looks.works[looks.n++] = work;
    }
    return looks.n ? desk_write(desk, arena, write_looks, &looks) : NULL;
}
