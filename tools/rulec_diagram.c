/* rulec_diagram.c: a procedure as a picture: the main way down the left, other ends to its right.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The main way follows, from each state, the first step of the book that leads on. Every other
 * state gets a column: lines from the states that lead to it run level to its trunk, the last one
 * straight into its box. Steps that no line shows stand in words below, and so do
 * those of the clock, with the days on which it takes them. */
#include "rulec.h"

#include "base/banned.h"

enum {
    WAY_MAX = 32,
    LEFT = 24,
    TOP = 72,
    BOX_WIDE = 190,
    BOX_GAP = 58,
    LANE = 30,
    END_HIGH = 34,
    FIRST_COLUMN = LEFT + BOX_WIDE + 256,
    COLUMN_WIDE = 198,
    END_WIDE = 178,
    LEGEND_LINE = 20
};

struct end {
    struct str state;
    size_t first, last; /* rows of the main way that lead to it */
    size_t column;
};

struct picture {
    const struct book *book;
    const struct row *procedure;
    bool english;
    FILE *out;
    struct str way[WAY_MAX];
    size_t way_n;
    struct end ends[WAY_MAX];
    size_t ends_n, columns;
};

static void text_escaped(FILE *out, struct str text)
{
    for (size_t i = 0; i < text.bytes; i++)
        switch (text.at[i]) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        default:
            fputc(text.at[i], out);
        }
}

static struct str text_of(const struct picture *picture, enum kind kind, struct str name)
{
    const struct row *row = noun(picture->book, kind, name);
    return !row ? name : picture->english ? row->en : row->ja;
}

static bool on_way(const struct picture *picture, struct str state)
{
    return words_have((struct words){.at = picture->way, .n = picture->way_n}, state);
}

static void way_find(struct picture *picture)
{
    picture->way[picture->way_n++] = STR("start");
    for (size_t i = 0; i < picture->way_n && picture->way_n < WAY_MAX; i++)
        EACH_BELOW(step, picture->procedure, KIND_STEP)
        {
            struct str to = step_to(step);
            if (!words_have(step_from(step), picture->way[i]) || str_is(to, "same") ||
                on_way(picture, to))
                continue;
            picture->way[picture->way_n++] = to;
            break;
        }
}

static struct end *end_of(struct picture *picture, struct str state)
{
    for (size_t i = 0; i < picture->ends_n; i++)
        if (str_eq(picture->ends[i].state, state))
            return &picture->ends[i];
    return NULL;
}

static void ends_find(struct picture *picture)
{
    for (size_t i = 0; i < picture->way_n; i++)
        EACH_BELOW(step, picture->procedure, KIND_STEP)
        {
            struct str to = step_to(step);
            if (!words_have(step_from(step), picture->way[i]) || str_is(to, "same") ||
                on_way(picture, to))
                continue;
            struct end *end = end_of(picture, to);
            if (!end && picture->ends_n < WAY_MAX) {
                end = &picture->ends[picture->ends_n++];
                *end = (struct end){.state = to, .first = i};
            }
            if (end)
                end->last = i;
        }
}

/* The first column in which no other end spans the same rows. */
static void columns_find(struct picture *picture)
{
    for (size_t i = 0; i < picture->ends_n; i++) {
        struct end *end = &picture->ends[i];
        for (size_t o = 0; o < i; o++) {
            const struct end *other = &picture->ends[o];
            if (other->column == end->column && other->first <= end->last &&
                end->first <= other->last) {
                end->column++;
                o = (size_t)-1; /* against all of them again */
            }
        }
        if (end->column + 1 > picture->columns)
            picture->columns = end->column + 1;
    }
}

static int box_high(const struct picture *picture)
{
    int lanes = (int)picture->columns * LANE + 8;
    return lanes < 48 ? 48 : lanes;
}

static int row_y(const struct picture *picture, size_t row)
{
    return TOP + (int)row * (box_high(picture) + BOX_GAP);
}

static int lane_y(const struct picture *picture, size_t row, size_t column)
{
    return row_y(picture, row) + 19 + (int)column * LANE;
}

/* A draft is the turn of whoever takes the first step out of it. */
static struct str turn_of(const struct picture *picture, const struct row *state)
{
    EACH_BELOW (step, picture->procedure, KIND_STEP)
        if (str_is(state->word[0], "start") && words_have(step_from(step), state->word[0]))
            return step_by(step).at[0];
    return state->word[1];
}

/* A name too long for its box is drawn closer. */
static void state_name_draw(const struct picture *picture, int x, int y, int wide, struct str name)
{
    int need = 0;
    for (size_t i = 0; i < name.bytes; i++)
        if (((unsigned char)name.at[i] & 0xc0) != 0x80)
            need += (unsigned char)name.at[i] < 0x80 ? 9 : 15;
    fprintf(picture->out, "<text x=\"%d\" y=\"%d\" class=\"state%s\"", x, y,
            need > wide - 12 ? " close" : "");
    if (need > wide - 12)
        fprintf(picture->out, " textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"", wide - 12);
    fputc('>', picture->out);
    text_escaped(picture->out, name);
    fprintf(picture->out, "</text>\n");
}

static void box_draw(const struct picture *picture, int x, int y, int wide, int high,
                     struct str state)
{
    const struct row *declared = noun(picture->book, KIND_STATE, state);
    bool final = declared && str_is(declared->word[1], "final");
    bool good = final && on_way(picture, state);
    fprintf(picture->out,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\" class=\"%s\"/>\n", x, y,
            wide, high,
            good    ? "good"
            : final ? "final"
                    : "open");
    bool turn = declared && !final && high > END_HIGH;
    state_name_draw(picture, x + wide / 2, y + high / 2 + (turn ? -2 : 5), wide,
                    text_of(picture, KIND_STATE, state));
    if (turn) {
        fprintf(picture->out, "<text x=\"%d\" y=\"%d\" class=\"turn\">", x + wide / 2,
                y + high / 2 + 15);
        text_escaped(picture->out, text_of(picture, KIND_ROLE, turn_of(picture, declared)));
        fprintf(picture->out, "</text>\n");
    }
}

/* When the clock takes it, and the case that it begins. */
static void life_draw(const struct picture *picture, const struct row *step)
{
    EACH_BELOW (at, step, KIND_AT) {
        enum kind kind = noun(picture->book, KIND_FACT, at->word[0]) ? KIND_FACT : KIND_FIELD;
        fprintf(picture->out, " <tspan class=\"who\">◷ ");
        text_escaped(picture->out, text_of(picture, kind, at->word[0]));
        fprintf(picture->out, "</tspan>");
    }
    EACH_BELOW (then, step, KIND_THEN) {
        const struct row *opened = noun(picture->book, KIND_PROCEDURE, then->word[0]);
        const struct row *title = below_first(opened, KIND_TITLE);
        fprintf(picture->out, " <tspan class=\"who\">⇒ ");
        text_escaped(picture->out, picture->english ? title->en : title->ja);
        fprintf(picture->out, "</tspan>");
    }
}

static void label_draw(const struct picture *picture, int x, int y, const struct row *step)
{
    fprintf(picture->out, "<text x=\"%d\" y=\"%d\" class=\"step\">", x, y);
    text_escaped(picture->out, text_of(picture, KIND_ACT, step->word[0]));
    fprintf(picture->out, " <tspan class=\"who\">%s", picture->english ? "(" : "（");
    text_escaped(picture->out, text_of(picture, KIND_ROLE, step_by(step).at[0]));
    fprintf(picture->out, "%s%s</tspan></text>\n", picture->english ? ")" : "）",
            below_first(step, KIND_AT) ? " ◷" : "");
}

static void end_line_draw(const struct picture *picture, size_t row, const struct end *end,
                          const struct row *step)
{
    int x = FIRST_COLUMN + (int)end->column * COLUMN_WIDE, y = lane_y(picture, row, end->column);
    int end_top = lane_y(picture, end->last, end->column) - END_HIGH / 2;
    if (row == end->last)
        fprintf(picture->out, "<path d=\"M%d %dH%d\" class=\"line\" marker-end=\"url(#tip)\"/>\n",
                LEFT + BOX_WIDE, y, x - 2);
    else
        fprintf(picture->out,
                "<path d=\"M%d %dH%dV%d\" class=\"line\" marker-end=\"url(#tip)\"/>\n",
                LEFT + BOX_WIDE, y, x + END_WIDE / 2, end_top - 2);
    label_draw(picture, LEFT + BOX_WIDE + 8, y - 5, step);
}

/* Several steps that lead on from one state share a line; their words stand below each other. */
static void main_line_draw(const struct picture *picture, size_t row, int nth,
                           const struct row *step)
{
    int x = LEFT + BOX_WIDE / 2, from = row_y(picture, row) + box_high(picture);
    if (!nth)
        fprintf(picture->out,
                "<path d=\"M%d %dV%d\" class=\"main\" marker-end=\"url(#tip)\"/>\n", x, from,
                row_y(picture, row + 1) - 2);
    label_draw(picture, x + 12, from + 20 + nth * 16, step);
}

static void lines_draw(struct picture *picture)
{
    for (size_t i = 0; i < picture->way_n; i++) {
        int nth = 0;
        EACH_BELOW(step, picture->procedure, KIND_STEP)
        {
            struct str to = step_to(step);
            if (!words_have(step_from(step), picture->way[i]) || str_is(to, "same"))
                continue;
            const struct end *end = end_of(picture, to);
            if (end)
                end_line_draw(picture, i, end, step);
            else if (i + 1 < picture->way_n && str_eq(to, picture->way[i + 1]))
                main_line_draw(picture, i, nth++, step);
        }
    }
}

/* Whether a line shows the step from each of its states. */
static bool is_drawn(struct picture *picture, const struct row *step)
{
    struct words from = step_from(step);
    struct str to = step_to(step);
    for (size_t i = 0; i < from.n; i++) {
        size_t at = 0;
        while (at < picture->way_n && !str_eq(picture->way[at], from.at[i]))
            at++;
        bool next = at + 1 < picture->way_n && str_eq(picture->way[at + 1], to);
        if (at == picture->way_n || (!next && !end_of(picture, to)))
            return false;
    }
    return true;
}

static bool in_legend(struct picture *picture, const struct row *step)
{
    return below_first(step, KIND_AT) || below_first(step, KIND_THEN) || !is_drawn(picture, step);
}

static int legend_lines(struct picture *picture)
{
    int n = 0;
    EACH_BELOW(step, picture->procedure, KIND_STEP)
    n += in_legend(picture, step) ? 2 : 0;
    return n;
}

/* "Declare a conflict (Personnel)", and below it "Received, Accepted, … → the state stays" */
static void legend_draw(struct picture *picture, int y)
{
    if (legend_lines(picture))
        fprintf(picture->out, "<text x=\"%d\" y=\"%d\" class=\"note who\">%s</text>\n", LEFT,
                y - LEGEND_LINE,
                picture->english ? "In words: steps beside the lines, those of the clock, and what "
                                   "a step begins"
                                 : "線で示さない手順、時計が行う手順、手順から始まる手続：");
    EACH_BELOW(step, picture->procedure, KIND_STEP)
    {
        struct words from = step_from(step);
        if (!in_legend(picture, step))
            continue;
        fprintf(picture->out, "<text x=\"%d\" y=\"%d\" class=\"note\">%s ", LEFT, y,
                str_is(step_to(step), "same") ? "↻" : "→");
        text_escaped(picture->out, text_of(picture, KIND_ACT, step->word[0]));
        fprintf(picture->out, "%s", picture->english ? " (" : "（");
        text_escaped(picture->out, text_of(picture, KIND_ROLE, step_by(step).at[0]));
        fputs(picture->english ? ")" : "）", picture->out);
        life_draw(picture, step);
        fprintf(picture->out, "</text>\n<text x=\"%d\" y=\"%d\" class=\"note\">", LEFT + 16,
                y + LEGEND_LINE);
        for (size_t i = 0; i < from.n; i++) {
            fprintf(picture->out, "%s", !i ? "" : picture->english ? ", " : "、");
            text_escaped(picture->out, text_of(picture, KIND_STATE, from.at[i]));
        }
        fputs(" → ", picture->out);
        text_escaped(picture->out, text_of(picture, KIND_STATE, step_to(step)));
        fprintf(picture->out, "</text>\n");
        y += 2 * LEGEND_LINE;
    }
}

static void head_draw(const struct picture *picture, int wide, int high)
{
    const struct row *title = below_first(picture->procedure, KIND_TITLE);
    struct str words = picture->english ? title->en : title->ja;
    fprintf(picture->out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
            "height=\"%d\" "
            "role=\"img\" lang=\"%s\">\n<title>",
            wide, high, wide, high, picture->english ? "en" : "ja");
    text_escaped(picture->out, words);
    fprintf(picture->out,
            "</title>\n<style>\n"
            "text{font-family:'Noto Sans JP','Noto Sans CJK JP',sans-serif;fill:#1a1a1a}\n"
            ".title{font-size:18px;font-weight:700}.state{font-size:15px;font-weight:700;text-"
            "anchor:middle}\n"
            ".turn{font-size:12px;text-anchor:middle;fill:#4d4d4d}.step{font-size:12px}.who{fill:#"
            "4d4d4d}\n"
            ".note{font-size:12px}.close{font-size:11px}\n"
            ".open{fill:#e8f1fe;stroke:#0031d8}.good{fill:#e6f5ec;stroke:#115a36;stroke-width:3}\n"
            ".final{fill:#f2f2f2;stroke:#4d4d4d}\n"
            ".line{fill:none;stroke:#767676}.main{fill:none;stroke:#0031d8;stroke-width:2}\n"
            "</style>\n<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" "
            "markerWidth=\"8\" "
            "markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L8 "
            "4L0 8z\" "
            "fill=\"#1a1a1a\"/></marker></defs>\n"
            "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n<text x=\"%d\" y=\"36\" "
            "class=\"title\">",
            wide, high, LEFT);
    text_escaped(picture->out, words);
    fprintf(picture->out, "</text>\n");
}

void diagram_write(const struct book *book, const struct row *procedure, bool english, FILE *out)
{
    struct picture picture = {.book = book, .procedure = procedure, .english = english, .out = out};
    way_find(&picture);
    ends_find(&picture);
    columns_find(&picture);
    int foot = row_y(&picture, picture.way_n - 1) + box_high(&picture) + 36 + LEGEND_LINE;
    int wide = FIRST_COLUMN + (int)picture.columns * COLUMN_WIDE + 8;
    head_draw(&picture, wide, foot + legend_lines(&picture) * LEGEND_LINE);
    lines_draw(&picture);
    for (size_t i = 0; i < picture.way_n; i++)
        box_draw(&picture, LEFT, row_y(&picture, i), BOX_WIDE, box_high(&picture), picture.way[i]);
    for (size_t i = 0; i < picture.ends_n; i++) {
        const struct end *end = &picture.ends[i];
        box_draw(&picture, FIRST_COLUMN + (int)end->column * COLUMN_WIDE,
                 lane_y(&picture, end->last, end->column) - END_HIGH / 2, END_WIDE, END_HIGH,
                 end->state);
    }
    legend_draw(&picture, foot);
    fprintf(out, "</svg>\n");
}
