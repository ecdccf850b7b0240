/* facts_security.c: security notices and warnings, as the judge may know them: 4.8.1, 4.8.3.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/cvss.h"
#include "base/fold.h"
#include "base/json.h"
#include "desk/deed.h"
#include "desk/security.h"
#include "desk/security_csaf.h"
#include "rule/facts.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static bool is_about_security(const struct deed *deed)
{
    const struct procedure_row *all = deed->desk->book->procedures;
    return deed->about.label && (deed->procedure == &all[PROCEDURE_SECURITY_NOTICE] ||
                                 deed->procedure == &all[PROCEDURE_WARNING]);
}

/* ---- models */

static struct words folded(struct arena *arena, const json_t *list)
{
    struct str *room = NEW_ARRAY(arena, json_array_size(list) + 1, struct str);
    for (size_t i = 0; i < json_array_size(list); i++)
        room[i] = fold_name(arena, json_text(json_array_get(list, i)));
    return (struct words){room, json_array_size(list)};
}

static struct fault *models_of_label(struct deed *deed, struct words *names)
{
    struct row_label_model *rows;
    size_t n;
    TRY(sql_label_models(deed->desk->store, deed->arena, deed->work.label, &rows, &n));
    struct str *room = NEW_ARRAY(deed->arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        room[i] = rows[i].model;
    *names = (struct words){room, n};
    return NULL;
}

struct fault *security_models(struct deed *deed, struct words *models, bool *every)
{
    const json_t *named = json_object_get(deed->filled, "affected-models");
    struct words all, wanted = folded(deed->arena, named);
    size_t kept = 0;
    TRY(models_of_label(deed, &all));
    struct str *room = NEW_ARRAY(deed->arena, all.n + 1, struct str);
    for (size_t i = 0; i < all.n; i++)
        if (!wanted.n || words_have(wanted, fold_name(deed->arena, all.at[i])))
            room[kept++] = all.at[i];
    *models = (struct words){room, kept};
    *every = kept == all.n;
    return NULL;
}

/* None named is good too: then all are meant. */
static struct fault *load_models(struct deed *deed)
{
    const json_t *named = json_object_get(deed->filled, "affected-models");
    struct words all, wanted = folded(deed->arena, named);
    bool good = true;
    if (wanted.n) {
        TRY(models_of_label(deed, &all));
        struct str *room = NEW_ARRAY(deed->arena, all.n + 1, struct str);
        for (size_t i = 0; i < all.n; i++)
            room[i] = fold_name(deed->arena, all.at[i]);
        struct words labelled = {room, all.n};
        for (size_t i = 0; i < wanted.n; i++)
            good = good && words_have(labelled, wanted.at[i]);
    }
    deed->facts.models_of_label = good;
    return NULL;
}

/* ---- severity */

static size_t count_lines(struct str lines)
{
    size_t n = 0;
    while (lines.bytes) {
        str_cut(lines, '\n', &lines);
        n++;
    }
    return n;
}

static bool vectors_good(struct arena *arena, struct str vectors, struct str cves)
{
    size_t n = count_lines(vectors);
    struct cvss cvss;
    if (n > 1 && n != count_lines(cves))
        return false;
    while (vectors.bytes)
        if (cvss_read(arena, str_trim(str_cut(vectors, '\n', &vectors)), &cvss))
            return false;
    return true;
}

/* ---- 4.8.3-1: days of disclosure, of reports that are sealed: only whether one is to come */

static struct fault *load_disclosure(struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    struct sql_disclosures_of_label_row *rows;
    size_t n;
    TRY(sql_disclosures_of_label(deed->desk->store, deed->arena, deed->work.label, &rows, &n));
    deed->facts.reports_day_reached = true;
    for (size_t i = 0; i < n; i++) {
        struct day day;
        json_t *value; /* a day, or null where none is named any more */
        if (book->states[state_by_name(book, rows[i].state)].final)
            continue;
        TRY(json_read(deed->arena, rows[i].value, &value));
        if (day_parse(json_text(value), &day) && day.n > deed->today.n)
            deed->facts.reports_day_reached = false;
    }
    return NULL;
}

struct fault *deed_load_security(struct deed *deed)
{
    if (!is_about_security(deed))
        return NULL;
    if (deed->procedure == &deed->desk->book->procedures[PROCEDURE_WARNING])
        TRY(load_disclosure(deed));
    deed->facts.vectors_good = vectors_good(deed->arena, deed->facts.cvss, deed->facts.cves);
    TRY(load_models(deed));
    return csaf_good(deed, &deed->facts.csaf_good);
}
