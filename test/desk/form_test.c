/* form_test.c: every sort of field, with good, malformed, huge and hostile values.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/form.h"

#include <string.h>

#include "base/json.h"
#include "desk/tidy.h"
#include "../check.h"

#include "base/banned.h"

/* A book with one field of each sort, each in one form, so that limits stand beside the test. */
static const struct item_row items[] = {{.name = ""}, {.name = "given"}, {.name = "not-given"}};
static const struct list_row lists[] = {{.name = ""}, {.name = "consent", .items = {1, 2}}};
#define DAYS(low, high) .ahead_min = {low, 'd'}, .ahead_max = {high, 'y'}
static const struct field_row fields[] = {
    {.name = ""},
    {.name = "text", .sort = FIELD_TEXT, .min = 2, .max = 10, .clause = "4.1.1-1"},
    {.name = "lines", .sort = FIELD_LINES, .max = 100},
    {.name = "email", .sort = FIELD_EMAIL, .max = 254},
    {.name = "phone", .sort = FIELD_PHONE, .max = 32},
    {.name = "url", .sort = FIELD_URL, .max = 500},
    {.name = "day", .sort = FIELD_DAY, DAYS(0, 2)},
    {.name = "past", .sort = FIELD_DAY, .ahead_min = {-1, 'y'}, .ahead_max = {0, 0}},
    {.name = "number", .sort = FIELD_NUMBER, .min = 1, .max = 4},
    {.name = "yen", .sort = FIELD_YEN, .min = 0, .max = 9999999},
    {.name = "yesno", .sort = FIELD_YESNO},
    {.name = "one", .sort = FIELD_ONE_OF, .list = 1},
    {.name = "some", .sort = FIELD_SOME_OF, .list = 1},
    {.name = "models", .sort = FIELD_MODELS, .min = 1, .max = 5000, .clause = "4.1.1-1"},
    {.name = "checklist", .sort = FIELD_CHECKLIST, .max = 500, .list = 1},
    {.name = "file", .sort = FIELD_FILE},
    {.name = "corporate", .sort = FIELD_CORPORATE_NUMBER, .max = 13},
    {.name = "country", .sort = FIELD_COUNTRY, .max = 2},
    {.name = "span", .sort = FIELD_SPAN},
    {.name = "both", .sort = FIELD_JA_EN, .max = 20},
    {.name = "case", .sort = FIELD_CASE},
};
enum { FIELDS = sizeof fields / sizeof *fields };
static struct form_field parts[FIELDS * 2];
static const struct form_row forms[] = {{.name = ""}, {.name = "all", .fields = {0, FIELDS - 1}},
                                        {.name = "must", .fields = {FIELDS, 2}}};

static struct rulebook test_book(void)
{
    for (int i = 1; i < FIELDS; i++)
        parts[i - 1] = (struct form_field){.field = i};
    parts[FIELDS] = (struct form_field){.field = 1, .must = true};
    parts[FIELDS + 1] = (struct form_field){.field = 13, .must = true};
    return (struct rulebook){.items = items, .lists = lists, .fields = fields, .forms = forms,
                             .form_fields = parts};
}

static const struct form_setting *setting(void)
{
    static const struct str criteria[] = {{"S1.1-01", 7}, {"S1.1-02", 7}};
    static const struct str files[] = {{"file1", 5}};
    static struct form_setting all;
    all = (struct form_setting){.today = day_of(2028, 2, 29), .criteria = {criteria, 2},
                                .files = {files, 1}};
    return &all;
}

static struct fault *check_with(struct arena *arena, int form, const char *text, json_t **out)
{
    struct rulebook book = test_book();
    json_t *given;
    struct fault *fault = json_read(arena, str_of(text), &given);
    return fault ? fault : form_check(&book, arena, form, given, setting(), out);
}

static void good(struct tally *tally, struct arena *arena, const char *given, const char *stored)
{
    json_t *out = NULL;
    struct fault *fault = check_with(arena, 1, given, &out);
    if (CHECK(tally, !fault, "takes %.120s%s", given, fault ? fault->code : ""))
        CHECK_STR(tally, json_canonical(arena, out), stored ? stored : given,
                  "stores it as wanted");
}

static void bad(struct tally *tally, struct arena *arena, int form, const char *given,
                const char *code, const char *pointer)
{
    json_t *out = NULL;
    struct fault *fault = check_with(arena, form, given, &out);
    CHECK(tally, fault && str_is(str_of(fault->code), code) && str_is(fault->concerns, pointer),
          "refuses %.100s with %s at %s (got %s at %.*s)", given, code, pointer,
          fault ? fault->code : "none", fault ? (int)fault->concerns.bytes : 0,
          fault ? fault->concerns.at : "");
}

static void test_texts(struct tally *t, struct arena *a)
{
    good(t, a, "{\"text\":\"　ＡＢ－１ \"}", "{\"text\":\"AB-1\"}");
    bad(t, a, 1, "{\"text\":\"a\"}", "field-too-short", "/text");
    bad(t, a, 1, "{\"text\":\"あいうえおかきくけこさ\"}", "field-too-long", "/text");
    bad(t, a, 1, "{\"text\":\"a\\nb\"}", "field-malformed", "/text");
    bad(t, a, 1, "{\"text\":\"ab\\u202ecd\"}", "field-malformed", "/text");
    bad(t, a, 1, "{\"text\":\"\\u2800\\u2800\"}", "field-malformed", "/text");
    bad(t, a, 1, "{\"text\":\"\\u3164\\u115f\"}", "field-malformed", "/text");
    bad(t, a, 1, "{\"text\":\"ab\\u0001\"}", "field-malformed", "/text");
    bad(t, a, 1, "{\"text\":[\"ab\"]}", "field-malformed", "/text");
    good(t, a, "{\"lines\":\"一\\r\\n二\\r三\"}", "{\"lines\":\"一\\n二\\n三\"}");
    good(t, a, "{\"email\":\"ＡＢ＠example.co.jp\"}", "{\"email\":\"AB@example.co.jp\"}");
    static const char *const mails[] = {"a", "a@", "@b.jp", "a@b", "a b@c.jp", "a@b..jp", "a@-b.jp",
                                        ".a@b.jp", "a@b.jp.", "a@b@c.jp", "a@b.jp\\nBcc: c@d.jp"};
    for (size_t i = 0; i < sizeof mails / sizeof *mails; i++)
        bad(t, a, 1, str_z(a, str_print(a, "{\"email\":\"%s\"}", mails[i])), "field-malformed",
            "/email");
}

static void test_addresses(struct tally *t, struct arena *a)
{
    good(t, a, "{\"phone\":\"＋８１　３－１２３４－５６７８\"}", "{\"phone\":\"+81 3-1234-5678\"}");
    bad(t, a, 1, "{\"phone\":\"12345\"}", "field-malformed", "/phone");
    bad(t, a, 1, "{\"phone\":\"call me now\"}", "field-malformed", "/phone");
    good(t, a, "{\"url\":\"https://www.example.jp:8443/a?b=c#d\"}", NULL);
    static const char *const urls[] = {"javascript:alert(1)",
                                       "https://",
                                       "https://a",
                                       "ftp://a.jp/",
                                       "https://u:p@a.jp/",
                                       "https://a.jp:/",
                                       "https://a.jp/ b",
                                       "https://a.jp/\\\"><script>",
                                       "//a.jp/",
                                       "https://a.jp:999999/"};
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
        bad(t, a, 1, str_z(a, str_print(a, "{\"url\":\"%s\"}", urls[i])), "field-malformed",
            "/url");
    good(t, a, "{\"country\":\"ｊｐ\"}", "{\"country\":\"JP\"}");
    bad(t, a, 1, "{\"country\":\"XX\"}", "field-malformed", "/country");
    bad(t, a, 1, "{\"country\":\"D A\"}", "field-malformed", "/country");
    good(t, a, "{\"corporate\":\"８７００１１０００５９０１\"}", "{\"corporate\":\"8700110005901\"}");
    bad(t, a, 1, "{\"corporate\":\"8700110005902\"}", "field-malformed", "/corporate");
    bad(t, a, 1, "{\"corporate\":\"870011000590\"}", "field-malformed", "/corporate");
    bad(t, a, 1, "{\"case\":\"../etc/passwd\"}", "field-malformed", "/case");
    good(t, a, "{\"span\":\"6m\"}", NULL);
    bad(t, a, 1, "{\"span\":\"six\"}", "field-malformed", "/span");
}

static void test_values(struct tally *t, struct arena *a)
{
    good(t, a, "{\"day\":\"2030-02-28\"}",
         NULL); /* two years from a leap day: the last of the month */
    bad(t, a, 1, "{\"day\":\"2030-03-01\"}", "field-out-of-range", "/day");
    bad(t, a, 1, "{\"day\":\"2028-02-28\"}", "field-out-of-range", "/day");
    bad(t, a, 1, "{\"day\":\"2029-02-29\"}", "field-malformed", "/day");
    bad(t, a, 1, "{\"day\":20290228}", "field-malformed", "/day");
    good(t, a, "{\"past\":\"2027-02-28\"}", NULL);
    bad(t, a, 1, "{\"past\":\"2028-03-01\"}", "field-out-of-range", "/past");
    good(t, a, "{\"number\":\"３\"}", "{\"number\":3}");
    bad(t, a, 1, "{\"number\":5}", "field-out-of-range", "/number");
    bad(t, a, 1, "{\"number\":\"1e3\"}", "field-malformed", "/number");
    bad(t, a, 1, "{\"number\":true}", "field-malformed", "/number");
    good(t, a, "{\"yen\":\"198,000\"}", "{\"yen\":198000}");
    bad(t, a, 1, "{\"yen\":\"99999999999999999999999999\"}", "field-malformed", "/yen");
    bad(t, a, 1, "{\"yen\":-1}", "field-out-of-range", "/yen");
    good(t, a, "{\"yesno\":\"yes\"}", "{\"yesno\":true}");
    good(t, a, "{\"yesno\":false}", NULL);
    bad(t, a, 1, "{\"yesno\":\"maybe\"}", "field-malformed", "/yesno");
    good(t, a, "{\"one\":\"given\"}", NULL);
    bad(t, a, 1, "{\"one\":\"taken\"}", "field-not-listed", "/one");
    bad(t, a, 1, "{\"one\":{\"given\":1}}", "field-not-listed", "/one");
    good(t, a, "{\"some\":\"given, not-given\"}", "{\"some\":[\"given\",\"not-given\"]}");
    bad(t, a, 1, "{\"some\":[\"given\",\"given\"]}", "field-twice", "/some/1");
    bad(t, a, 1, "{\"some\":[1]}", "field-not-listed", "/some/0");
    good(t, a, "{\"both\":{\"en\":\"Sample\",\"ja\":\"見本\"}}", NULL);
    bad(t, a, 1, "{\"both\":{\"ja\":\"見本\"}}", "field-missing", "/both/en");
    bad(t, a, 1, "{\"both\":{\"ja\":\"見本\",\"en\":\"S\",\"fr\":\"E\"}}", "field-unknown",
        "/both/fr");
    bad(t, a, 1, "{\"both\":\"見本\"}", "field-malformed", "/both");
}

static void test_lists(struct tally *t, struct arena *a)
{
    good(t, a, "{\"models\":\"ＡＢ－１\\nAB-2\\n\\n\"}", "{\"models\":[\"AB-1\",\"AB-2\"]}");
    bad(t, a, 1, "{\"models\":[\"AB-1\",\"AB-2\",\"ａｂ－１\"]}", "field-twice", "/models/2");
    bad(t, a, 1, "{\"models\":[\"AB-1\",\"\"]}", "field-missing", "/models/1");
    bad(t, a, 1, "{\"models\":[\"AB-1\",7]}", "field-malformed", "/models/1");
    struct str longest = str_print(a, "{\"models\":[\"%064d\"]}", 0);
    good(t, a, str_z(a, longest), NULL);
    bad(t, a, 1, str_z(a, str_print(a, "{\"models\":[\"%065d\"]}", 0)), "field-too-long",
        "/models/0");
    json_t *list = json_new_list(a), *given = json_new(a), *out;
    for (int i = 0; i < 5000; i++)
        json_add_str(list, str_print(a, "MODEL-%d", i));
    json_put_json(given, "models", list);
    struct rulebook book = test_book();
    CHECK(t, !form_check(&book, a, 1, given, setting(), &out), "5,000 models are taken");
    json_add_str(list, STR("MODEL-5000"));
    struct fault *fault = form_check(&book, a, 1, given, setting(), &out);
    CHECK(t, fault && str_is(str_of(fault->code), "field-too-many"), "5,001 models are not");

    good(t, a,
         "{\"checklist\":[{\"evidence\":\"p. "
         "3\",\"file\":\"file1\",\"id\":\"S1.1-01\",\"result\":\"given\"}]}",
         NULL);
    bad(t, a, 1, "{\"checklist\":[{\"id\":\"S9\"}]}", "field-not-listed", "/checklist/0/id");
    bad(t, a, 1, "{\"checklist\":[{\"id\":\"S1.1-01\"},{\"id\":\"S1.1-01\"}]}", "field-twice",
        "/checklist/1/id");
    bad(t, a, 1, "{\"checklist\":[{\"id\":\"S1.1-01\",\"result\":\"x\"}]}", "field-not-listed",
        "/checklist/0/result");
    bad(t, a, 1, "{\"checklist\":[{\"id\":\"S1.1-01\",\"file\":\"x\"}]}", "field-no-such-file",
        "/checklist/0/file");
    bad(t, a, 1, "{\"checklist\":[{\"id\":\"S1.1-01\",\"x\":1}]}", "field-unknown",
        "/checklist/0/x");
    bad(t, a, 1, "{\"checklist\":{\"S1.1-01\":\"given\"}}", "field-malformed", "/checklist");
    good(t, a, "{\"file\":\"file1\"}", "{\"file\":[\"file1\"]}");
    bad(t, a, 1, "{\"file\":[\"file1\",\"file2\"]}", "field-no-such-file", "/file/1");
}

static void test_whole(struct tally *t, struct arena *a)
{
    bad(t, a, 2, "{}", "field-missing", "/text");
    bad(t, a, 2, "{\"text\":\"  \",\"models\":[\"A\"]}", "field-missing", "/text");
    bad(t, a, 1, "[]", "field-malformed", "");
    bad(t, a, 1, "{\"nope\":1}", "field-unknown", "/nope");
    bad(t, a, 1, "{\"ああああああああああああああああああああああああああああ\":1}", "field-unknown",
        "/ああああああああああああああああああああああああああ"); /* 78 bytes: cut between letters */
    json_t *out;
    struct fault *fault = check_with(a, 2, "{\"text\":null,\"models\":[\"A\",\"a\",\"Ａ\"]}", &out);
    int n = 0;
    for (struct fault *one = fault; one; one = one->next)
        n++;
    CHECK(t, n == 3, "every fault is named at once, not the first alone");
    CHECK(t, fault && fault->clause && strcmp(fault->clause, "4.1.1-1") == 0, "with its clause");
    json_t *given = json_new(a), *list = json_new_list(a);
    for (int i = 0; i < 5000; i++)
        json_add_str(list, STR("same"));
    json_put_json(given, "models", list);
    struct rulebook book = test_book();
    n = 0;
    for (struct fault *one = form_check(&book, a, 1, given, setting(), &out); one; one = one->next)
        n++;
    CHECK(t, n == 100, "but no more than a hundred of them");
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(64 << 20);
    test_texts(&tally, arena);
    test_addresses(&tally, arena);
    test_values(&tally, arena);
    test_lists(&tally, arena);
    test_whole(&tally, arena);
    arena_free(arena);
    return tally_end(&tally);
}
