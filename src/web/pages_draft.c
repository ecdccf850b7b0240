/* pages_draft.c: the applicant's pages: own applications, the draft in sections, files.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/pages_draft.h"

#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "store/files.h"
#include "web/pages.gen.h"
#include "web/pages_step.h"
#include "web/route.h"

#include "base/banned.h"

enum { CASES_SHOWN = 100 };

const struct draft_section draft_sections[] = {
    {"contacts", N_("Contacts"), 0,
     "contact-name contact-mail contact-phone user-contact user-mail user-phone "
     "security-mail"},
    {"product", N_("Product and models"), 1, "product category models firmware product-url"},
    {"facility", N_("Evaluation Facility"), 1, "facility submitters"},
    {"support", N_("Support and validity"), 1, "support-end policy-url shorter-end"},
    {"files", N_("Files"), 2, ""},
    {"sbom", N_("Bill of materials"), 2, "sbom"},
    {"checklist", N_("Checklist"), 2, "checklist"},
    {"consents", N_("Consents"), 2, "consent-nda consent-court"},
    {"review", N_("Review and file"), 3, ""},
};
const size_t draft_sections_n = sizeof draft_sections / sizeof *draft_sections;

static bool lists(const struct draft_section *section, const char *field)
{
    struct str rest = str_of(section->fields);
    while (rest.bytes)
        if (str_is(str_cut(rest, ' ', &rest), field))
            return true;
    return false;
}

/* A field that no section names stands with the product, so that no new row of the book is lost. */
bool section_has(const struct draft_section *section, const char *field)
{
    for (size_t i = 0; i < draft_sections_n; i++)
        if (lists(&draft_sections[i], field))
            return section == &draft_sections[i];
    return strcmp(section->name, "product") == 0;
}

/* How many of its conditions fail that no form can cure. */
static size_t hindrances(const struct rulebook *book, const struct offer *offer)
{
    size_t n = 0;
    for (size_t i = 0; i < offer->lines_n; i++) {
        const struct why_line *line = &offer->lines[i];
        struct range reads = book->guards[line->guard_id].reads;
        bool of_form = line->guard_id == GUARD_NONE;
        for (size_t k = 0; k < reads.n; k++)
            of_form = of_form || book->facts[book->ids[reads.first + k]].field;
        n += !line->holds && !of_form;
    }
    return n;
}

/* Several filings may begin a procedure: the one that stands open here, with the least in its way;
 * to who cannot file, the first. */
const struct step_row *filing_step(const struct visit *visit, const struct case_view *view)
{
    const struct rulebook *book = visit->web->book;
    const struct offer *found = NULL;
    for (size_t i = 0; i < view->offers_n; i++) {
        const struct offer *offer = &view->offers[i];
        if (!step_moves(offer->step) || book->ids[offer->step->from.first] != STATE_START)
            continue;
        bool better = !found || (offer->open && !found->open) ||
                      (offer->open == found->open &&
                       hindrances(book, offer) < hindrances(book, found));
        if (better)
            found = offer;
    }
    return found ? found->step : NULL;
}

static const struct form_row *filing_form(const struct visit *visit, const struct case_view *view)
{
    const struct step_row *step = filing_step(visit, view);
    return &visit->web->book->forms[step ? step->form : FORM_NONE];
}

static const struct form_row *save_form(const struct visit *visit, const struct case_view *view)
{
    const struct step_row *step =
        step_by_name(visit->web->book, view->procedure, STR("save"));
    return &visit->web->book->forms[step ? step->form : FORM_NONE];
}

/* A section of fields is there when the form has one of them. */
bool section_shown(const struct visit *visit, const struct case_view *view,
                   const struct draft_section *section)
{
    const struct rulebook *book = visit->web->book;
    const struct form_row *form = filing_form(visit, view);
    if (!*section->fields)
        return true;
    for (size_t i = 0; i < form->fields.n; i++) {
        const struct form_field *part = &book->form_fields[form->fields.first + i];
        if (section_has(section, book->fields[part->field].name))
            return true;
    }
    return false;
}

static bool filled_in(const struct case_view *view, const struct field_row *field)
{
    const json_t *value = json_object_get(view->values, field->name);
    if (field->sort == FIELD_CHECKLIST) {
        for (size_t i = 0; i < view->criteria_n; i++)
            if (!json_get(checklist_line(view->values, field->name, view->criteria[i].id), "result")
                     .bytes)
                return false;
        return view->criteria_n > 0;
    }
    return value != NULL;
}

struct section_state section_state(const struct visit *visit, const struct case_view *view,
                                   const struct draft_section *section)
{
    const struct rulebook *book = visit->web->book;
    const struct form_row *form = filing_form(visit, view);
    struct section_state state = {0};
    for (size_t i = 0; i < form->fields.n; i++) {
        const struct form_field *part = &book->form_fields[form->fields.first + i];
        const struct field_row *field = &book->fields[part->field];
        if (!section_has(section, field->name))
            continue;
        bool filled = filled_in(view, field);
        state.begun = state.begun || json_object_get(view->values, field->name);
        state.missing += part->must && !filled;
        state.asked += part->must;
    }
    if (strcmp(section->name, "files") == 0)
        state = (struct section_state){.begun = view->files_n > 0, .asked = view->files_n > 0};
    return state;
}

static const struct draft_section *section_named(struct str name)
{
    for (size_t i = 0; i < draft_sections_n; i++)
        if (str_is(name, draft_sections[i].name))
            return &draft_sections[i];
    return NULL;
}

/* Open to all who may see the case; to fill it in is the applicant's (the step `save` says so). */
static struct fault *load_draft(struct visit *visit, struct case_view **view,
                                const struct draft_section **section)
{
    TRY(case_view_load(visit, visit->parts[0], view));
    *section = section_named(visit->parts[1]);
    if (!*section || !(*view)->draft || !section_shown(visit, *view, *section))
        return FAULT(visit->arena, "no-such-page", "%.*s", STR_F(visit->parts[1]));
    return NULL;
}

static struct fault *show_draft(struct visit *visit, int status, const struct case_view *view,
                                const struct draft_section *section,
                                const struct field_setting *setting)
{
    const char *words = word(visit->english, section->title);
    struct str title = setting->faults
                           ? str_print(visit->arena, "%s: %s", word(visit->english, "Error"), words)
                           : str_of(words);
    struct html *html = visit_page(visit, status, PLACE_APPLICATIONS, title);
    page_draft(html, visit, view, section, filing_form(visit, view), setting,
               random_name(visit->arena, 16));
    visit_send(visit);
    return NULL;
}

struct fault *draft_page(struct visit *visit)
{
    struct case_view *view;
    const struct draft_section *section;
    TRY(load_draft(visit, &view, &section));
    struct field_setting setting = case_setting(view, view->values, NULL);
    return show_draft(visit, 200, view, section, &setting);
}

static struct str section_path(const struct visit *visit, const struct case_view *view,
                               const char *section)
{
    return str_print(visit->arena, "/cases/%.*s/draft/%s", STR_F(view->work->id), section);
}

static bool is_of_fields(const struct fault *fault)
{
    return fault && !fault->guard && fault->concerns.bytes && fault->concerns.at[0] == '/';
}

/* Values of the form's fields as saved: filing sends them whole. */
static json_t *saved_values(const struct visit *visit, const struct case_view *view,
                            const struct form_row *form)
{
    const struct rulebook *book = visit->web->book;
    json_t *values = json_new(visit->arena);
    for (size_t i = 0; i < form->fields.n; i++) {
        const char *name = book->fields[book->form_fields[form->fields.first + i].field].name;
        json_t *value = json_object_get(view->values, name);
        if (value)
            json_put_json(values, name, value);
    }
    return values;
}

static struct fault *file_application(struct visit *visit, const struct case_view *view,
                                      const struct draft_section *section)
{
    struct step_answer answer;
    const struct form_row *form = filing_form(visit, view);
    TRY(check_names(visit, form, ""));
    struct fault *fault =
        take_step(visit, view, str_of(filing_step(visit, view)->name),
                  saved_values(visit, view, form), &answer);
    if (is_of_fields(fault)) {
        struct field_setting setting = case_setting(view, view->values, fault);
        return show_draft(visit, 422, view, section, &setting);
    }
    TRY(fault);
    step_taken(visit, view, &answer,
               str_print(visit->arena, "/cases/%.*s/done/%lld", STR_F(view->work->id),
                         (long long)answer.seq));
    return NULL;
}

/* What the section's form says, on top of the form of the whole application. */
static json_t *section_values(const struct visit *visit, const struct case_view *view,
                              const struct draft_section *section, const struct form_row *form,
                              const struct field_setting *setting)
{
    const struct rulebook *book = visit->web->book;
    json_t *values = json_new(visit->arena);
    for (size_t i = 0; i < form->fields.n; i++) {
        const struct field_row *field =
            &book->fields[book->form_fields[form->fields.first + i].field];
        json_t *value =
            section_has(section, field->name) ? field_read(visit, field, setting) : NULL;
        bool emptied = section_has(section, field->name) &&
                       json_object_get(view->values, field->name); /* it was there, now it is not */
        if (value || emptied)
            json_put_json(values, field->name, value ? value : json_null());
    }
    return values;
}

struct fault *draft_post(struct visit *visit)
{
    struct case_view *view;
    const struct draft_section *section;
    struct step_answer answer;
    TRY(load_draft(visit, &view, &section));
    if (strcmp(section->name, "review") == 0 && filing_step(visit, view))
        return file_application(visit, view, section);
    const struct form_row *form = save_form(visit, view);
    TRY(check_names(visit, form, "then"));
    struct field_setting setting = case_setting(view, view->values, NULL);
    json_t *values = section_values(visit, view, section, form, &setting);
    struct fault *fault = take_step(visit, view, STR("save"), values, &answer);
    if (is_of_fields(fault)) {
        setting = case_setting(view, values, fault);
        return show_draft(visit, 422, view, section, &setting);
    }
    TRY(fault);
    const struct draft_section *then = section;
    if (str_is(visit_form(visit, "then"), "next"))
        do
            then++;
        while (!section_shown(visit, view, then));
    visit_redirect(visit, section_path(visit, view, then->name));
    return NULL;
}

static struct fault *show_applications(struct visit *visit, int status, const struct fault *wrong)
{
    struct row_casework *cases;
    struct row_party *parties;
    size_t n, parties_n;
    char day[11];
    TRY(sql_portal_parties(visit->web->store, visit->arena, visit->who.person,
                           day_print(visit->today, day), &parties, &parties_n));
    TRY(sql_portal_own_cases(visit->web->store, visit->arena, visit->who.person,
                             day_print(visit->today, day), CASES_SHOWN, &cases, &n));
    struct own_case *own = NEW_ARRAY(visit->arena, n + 1, struct own_case);
    for (size_t i = 0; i < n; i++) {
        own[i] =
            (struct own_case){.work = &cases[i],
                              .state = state_by_name(visit->web->book, cases[i].state),
                              .procedure = procedure_by_name(visit->web->book, cases[i].procedure)};
        if (own[i].procedure && own[i].state)
            own[i].next = step_next_in(visit->web->book, own[i].procedure, own[i].state);
        TRY(sql_case_numbers(visit->web->store, visit->arena, cases[i].id, &own[i].numbers,
                             &own[i].numbers_n));
        TRY(pace_of(visit, cases[i].since, cases[i].due, &own[i].pace));
    }
    struct html *html = visit_page(visit, status, PLACE_APPLICATIONS,
                                   str_of(word(visit->english, "Your applications")));
    struct applications view = {own, n, parties, parties_n, wrong};
    page_applications(html, visit, &view, random_name(visit->arena, 16));
    visit_send(visit);
    return NULL;
}

struct fault *applications_page(struct visit *visit)
{
    return show_applications(visit, 200, NULL);
}

static struct fault *wrong_choice(struct visit *visit, const char *code, const char *pointer)
{
    struct fault *fault = FAULT(visit->arena, code, "%s", pointer);
    fault->concerns = str_of(pointer);
    return fault;
}

/* Levels 1 and 2 by self-declaration, 3 and 4 through certification; from level 2 on the criteria
 * are those of the category. On a label all of that is known, but the level asked for. */
static struct fault *read_choice(struct visit *visit, struct case_request *request)
{
    struct str level = visit_form(visit, "level");
    *request = (struct case_request){.level = 1,
                                     .party = visit_form(visit, "party"),
                                     .category = visit_form(visit, "category"),
                                     .label = visit_form(visit, "label"),
                                     .idempotency_key = visit_form(visit, "once"),
                                     .who = &visit->who};
    if (level.bytes && (!str_int(level, &request->level) || request->level < 1 ||
                        request->level > 4))
        return wrong_choice(visit, "field-out-of-range", "/level");
    request->procedure = request->level <= 2 ? STR("self-declared") : STR("certified");
    if (request->level > 1 && !request->category.bytes && !request->label.bytes)
        return wrong_choice(visit, "field-missing", "/category");
    return NULL;
}

static bool is_of_choice(const struct fault *fault)
{
    return fault && (str_is(fault->concerns, "/party") || str_is(fault->concerns, "/level") ||
                     str_is(fault->concerns, "/category"));
}

struct fault *application_open(struct visit *visit)
{
    struct str id;
    struct case_request request;
    struct fault *fault = read_choice(visit, &request);
    if (!fault)
        fault = desk_open_case(visit->web->desk, visit->arena, &request, &id);
    if (is_of_choice(fault))
        return show_applications(visit, 422, fault);
    TRY(fault);
    visit_redirect(visit, str_print(visit->arena, "/cases/%.*s/draft/contacts", STR_F(id)));
    return NULL;
}
