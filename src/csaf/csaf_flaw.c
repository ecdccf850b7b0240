/* csaf_flaw.c: the vulnerabilities of a CSAF document: status, score, remedy, or why it is not
 * affected.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/cvss.h"
#include "base/json.h"
#include "csaf/csaf_own.h"

#include "base/banned.h"

/* "vendor-fix" → "vendor_fix": our words are those of the standard, with hyphens. */
static struct str underscored(struct arena *arena, struct str word)
{
    char *out = str_z(arena, word);
    for (size_t i = 0; i < word.bytes; i++)
        if (out[i] == '-')
            out[i] = '_';
    return (struct str){out, word.bytes};
}

static json_t *ids(struct arena *arena, struct str one)
{
    json_t *list = json_new_list(arena);
    json_add_str(list, one);
    return list;
}

/* Both texts, one after the other. */
static struct str both(struct arena *arena, struct str ja, struct str en)
{
    if (!ja.bytes || !en.bytes || str_eq(ja, en))
        return ja.bytes ? ja : en;
    return str_print(arena, "%.*s\n\n%.*s", STR_F(ja), STR_F(en));
}

static json_t *status(struct arena *arena, const struct csaf_notice *notice)
{
    json_t *out = json_new(arena);
    if (notice->kind == CSAF_NOT_AFFECTED) {
        json_put_json(out, "known_not_affected", ids(arena, CSAF_CONCERNED));
        return out;
    }
    json_put_json(out, "known_affected", ids(arena, CSAF_CONCERNED));
    if (notice->fixed.bytes)
        json_put_json(out, "fixed", ids(arena, CSAF_FIXED));
    return out;
}

/* The vector of the i-th number: where there is one alone, it is everyone's. */
static struct str vector_of(struct str vectors, size_t i)
{
    struct str first = str_trim(str_cut(vectors, '\n', &vectors)), one = first;
    if (!vectors.bytes)
        return first;
    for (; i && vectors.bytes; i--)
        one = str_trim(str_cut(vectors, '\n', &vectors));
    return i ? STR_NONE : one;
}

static const char *severity(int tenths)
{
    return tenths == 0   ? "NONE"
           : tenths < 40 ? "LOW"
           : tenths < 70 ? "MEDIUM"
           : tenths < 90 ? "HIGH"
                         : "CRITICAL";
}

/* 3.2.3.13: CSAF 2.0 knows scores of version 3; a vector of version 4.0 stands in a note. */
static void put_score(struct arena *arena, json_t *flaw, json_t *notes, struct str vector)
{
    struct cvss cvss;
    json_t *list = json_new_list(arena), *one = json_new(arena), *score = json_new(arena);
    if (!vector.bytes || cvss_read(arena, vector, &cvss))
        return;
    if (cvss.version == CVSS_4_0) {
        char room[8];
        csaf_add_note(arena, notes, "other", "CVSS 4.0",
                      str_print(arena, "%.*s %.*s",
                                STR_F(cvss_score_print(cvss_score(&cvss), room)), STR_F(vector)));
        return;
    }
    json_put(score, "version", cvss.version == CVSS_3_1 ? STR("3.1") : STR("3.0"));
    json_put(score, "vectorString", vector);
    json_object_set_new(score, "baseScore", json_real(cvss.base / 10.0));
    json_put(score, "baseSeverity", str_of(severity(cvss.base)));
    json_put_json(one, "cvss_v3", score);
    json_put_json(one, "products", ids(arena, CSAF_CONCERNED));
    json_add(list, one);
    json_put_json(flaw, "scores", list);
}

static void put_remedy(struct arena *arena, json_t *flaw, const struct csaf_notice *notice)
{
    json_t *list = json_new_list(arena), *one = json_new(arena);
    json_put(one, "category", underscored(arena, notice->remedy));
    json_put(one, "details", both(arena, notice->remedy_ja, notice->remedy_en));
    json_put_json(one, "product_ids", ids(arena, CSAF_CONCERNED));
    json_add(list, one);
    json_put_json(flaw, "remediations", list);
}

/* 4.5: who is not affected says why, as a flag and in words. */
static void put_justification(struct arena *arena, json_t *flaw, const struct csaf_notice *notice)
{
    json_t *flags = json_new_list(arena), *flag = json_new(arena);
    json_t *threats = json_new_list(arena), *threat = json_new(arena);
    json_put(flag, "label", underscored(arena, notice->justification));
    json_put_json(flag, "product_ids", ids(arena, CSAF_CONCERNED));
    json_add(flags, flag);
    json_put_json(flaw, "flags", flags);
    json_put(threat, "category", STR("impact"));
    json_put(threat, "details", both(arena, notice->remedy_ja, notice->remedy_en));
    json_put_json(threat, "product_ids", ids(arena, CSAF_CONCERNED));
    json_add(threats, threat);
    json_put_json(flaw, "threats", threats);
}

static json_t *flaw_of(struct arena *arena, const struct csaf_notice *notice, struct str cve,
                       size_t i)
{
    json_t *out = json_new(arena), *notes = json_new_list(arena);
    if (cve.bytes) {
        json_put(out, "cve", cve);
    } else {
        json_t *list = json_new_list(arena), *id = json_new(arena);
        json_put(id, "system_name", STR("Notice number"));
        json_put(id, "text", notice->id);
        json_add(list, id);
        json_put_json(out, "ids", list);
    }
    csaf_add_note(arena, notes, "description", "概要", notice->summary_ja);
    csaf_add_note(arena, notes, "description", "Summary", notice->summary_en);
    json_put_json(out, "product_status", status(arena, notice));
    if (notice->kind == CSAF_NOT_AFFECTED) {
        put_justification(arena, out, notice);
    } else {
        put_score(arena, out, notes, vector_of(notice->vectors, i));
        put_remedy(arena, out, notice);
    }
    json_put_json(out, "notes", notes);
    return out;
}

json_t *csaf_vulnerabilities(struct arena *arena, const struct csaf_notice *notice)
{
    json_t *list = json_new_list(arena);
    struct str rest = notice->cves;
    for (size_t i = 0; rest.bytes; i++) {
        struct str cve = str_trim(str_cut(rest, '\n', &rest));
        if (cve.bytes)
            json_add(list, flaw_of(arena, notice, cve, i));
    }
    if (!json_array_size(list))
        json_add(list, flaw_of(arena, notice, STR_NONE, 0));
    return list;
}
