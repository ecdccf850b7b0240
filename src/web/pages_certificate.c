/* pages_certificate.c: the Certificate of Approval of a facility as PDF, from what is on record.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/standing.h"
#include "label/certificate.h"
#include "store/sql.gen.h"
#include "web/facility_view.h"
#include "web/route.h"

#include "base/banned.h"

enum { SCOPE_BYTES_MAX = 4000 };

static void add_row(struct certificate *certificate, struct str name, struct str value)
{
    if (!value.bytes || certificate->rows_n == CERTIFICATE_ROWS_MAX)
        return;
    certificate->rows[certificate->rows_n].name = name;
    certificate->rows[certificate->rows_n++].value = value;
}

static struct str scope_at(const struct visit *visit, const struct facility_record *record,
                           const char *level)
{
    struct buf out = buf_new(visit->arena, SCOPE_BYTES_MAX);
    for (size_t i = 0; i < record->things_n; i++) {
        struct str category;
        if (!str_is(record->things[i].kind, "scope") ||
            !thing_in_force(&record->things[i], visit->today) ||
            !str_is(str_cut(record->things[i].word, ':', &category), level))
            continue;
        buf_add_z(&out, !out.bytes ? "" : visit->english ? ", " : "、");
        buf_add(&out, facility_category_words(visit, category));
    }
    return buf_str(&out);
}

static struct str accreditation(struct visit *visit, const struct facility_record *record)
{
    const struct row_thing *found = NULL;
    for (size_t i = 0; i < record->things_n; i++)
        if (str_is(record->things[i].kind, "accreditation") &&
            thing_in_force(&record->things[i], visit->today))
            found = &record->things[i];
    if (!found)
        return STR_NONE;
    return str_print(visit->arena, "%.*s\n%.*s", STR_F(facility_thing_words(visit, found)),
                     STR_F(facility_thing_days(&visit->html, found)));
}

/* Who took the final decision, in the name of the body. */
static struct fault *signer(struct visit *visit, const struct row_thing *approval, struct str *out)
{
    struct sql_portal_case_steps_row *steps;
    size_t n;
    const char *office = visit_text(visit, visit->web->book->roles[ROLE_MANAGING_DIRECTOR].text);
    TRY(sql_portal_case_steps(visit->web->store, visit->arena, approval->case_id, &steps, &n));
    for (size_t i = 0; i < n; i++)
        if (steps[i].seq == approval->seq)
            *out = visit->english
                       ? str_print(visit->arena, "%.*s\n%s", STR_F(steps[i].name_en), office)
                       : str_print(visit->arena, "%s　%.*s", office, STR_F(steps[i].name_ja));
    return NULL;
}

static const char statement[] =
    N_("This certifies that the facility named above has been found to meet the requirements for "
       "Evaluation Facilities, and has been approved to carry out conformance assessment and "
       "evaluation within the scope below.");

static struct fault *fill(struct visit *visit, const struct facility_record *record,
                          struct certificate *out)
{
    struct row_party *body;
    struct day day;
    json_t *detail = NULL;
    struct html *html = &visit->html;
    const struct row_party *party = record->party;
    TRY(sql_party_of_body(visit->web->store, visit->arena, &body));
    TRY(json_read(visit->arena, record->approval->detail, &detail));
    const json_t *site = json_object_get(detail, "site");
    *out = (struct certificate){
        .english = visit->english,
        .title = say(html, "Certificate of Approval of an Evaluation Facility"),
        .number = say(html, "Approval number %.*s", STR_F(record->approval->word)),
        .name = visit_pick(visit, party->name_ja, party->name_en),
        .honour = visit->english ? STR_NONE : STR("殿"),
        .statement = say(html, statement)};
    add_row(out, say(html, "Site of evaluation"),
            visit_pick(visit, json_get(site, "ja"), json_get(site, "en")));
    add_row(out, say(html, "Scope, level %d", 3), scope_at(visit, record, "3"));
    add_row(out, say(html, "Scope, level %d", 4), scope_at(visit, record, "4"));
    add_row(out, say(html, "Accreditation"), accreditation(visit, record));
    add_row(out, say(html, "Contents as of"),
            day_words(visit->arena, visit->english, visit->today));
    if (day_parse(record->approval->from_day, &day))
        out->day = day_words(visit->arena, visit->english, day);
    if (body)
        out->issuer = visit_pick(visit, body->name_ja, body->name_en);
    return signer(visit, record->approval, &out->signer);
}

struct fault *certificate_page(struct visit *visit)
{
    struct facility_record record;
    struct certificate certificate;
    TRY(facility_find(visit, visit->parts[0], &record));
    if (!record.approved)
        return FAULT(visit->arena, "no-such-page", "the approval is not in force");
    visit->html = html_new(visit->arena, visit->english, PAGE_BYTES_MAX);
    TRY(fill(visit, &record, &certificate));
    TRY(certificate_pdf(visit->arena, &certificate, &visit->response->body));
    visit->response->status = 200;
    visit->response->media_type = STR("application/pdf");
    response_header(
        visit->response, "Content-Disposition",
        str_print(visit->arena, "inline; filename=\"%.*s.pdf\"", STR_F(record.approval->word)));
    visit_headers(visit);
    return NULL;
}
