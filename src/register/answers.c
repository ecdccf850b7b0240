/* answers.c: published answers to inquiries (4.10-1), and published facts of misuse.
 * SPDX-License-Identifier: Apache-2.0 */
#include "register/folder_own.h"

#include "base/banned.h"

enum { ROWS_MAX = 5000 };

struct fault *folder_answers(struct folder *folder, struct arena *arena, struct public_answer **out,
                             size_t *n)
{
    sqlite3_stmt *row;
    bool there;
    *out = NEW_ARRAY(arena, ROWS_MAX, struct public_answer);
    TRY(lite_prepare(arena, folder->db,
                     "SELECT number, day, edition, criteria, question_ja, question_en, answer_ja,"
                     " answer_en, replaced_by FROM answer ORDER BY day DESC, number DESC LIMIT ?1",
                     &row));
    sqlite3_bind_int(row, 1, ROWS_MAX);
    for (*n = 0;; ++*n) {
        TRY(lite_step(arena, row, &there));
        if (!there)
            return NULL;
        (*out)[*n] = (struct public_answer){.number = lite_text(arena, row, 0),
                                            .day = lite_day(row, 1),
                                            .edition = lite_text(arena, row, 2),
                                            .criteria = lite_text(arena, row, 3),
                                            .question_ja = lite_text(arena, row, 4),
                                            .question_en = lite_text(arena, row, 5),
                                            .answer_ja = lite_text(arena, row, 6),
                                            .answer_en = lite_text(arena, row, 7),
                                            .replaced_by = lite_text(arena, row, 8)};
    }
}

struct fault *folder_misuses(struct folder *folder, struct arena *arena, struct public_misuse **out,
                             size_t *n)
{
    sqlite3_stmt *row;
    bool there;
    *out = NEW_ARRAY(arena, ROWS_MAX, struct public_misuse);
    TRY(lite_prepare(arena, folder->db,
                     "SELECT number, day, kind, claimant, claimed, label, facts_ja, facts_en,"
                     " mended FROM misuse ORDER BY day DESC, number DESC LIMIT ?1",
                     &row));
    sqlite3_bind_int(row, 1, ROWS_MAX);
    for (*n = 0;; ++*n) {
        TRY(lite_step(arena, row, &there));
        if (!there)
            return NULL;
        (*out)[*n] = (struct public_misuse){.number = lite_text(arena, row, 0),
                                            .day = lite_day(row, 1),
                                            .kind = lite_text(arena, row, 2),
                                            .claimant = lite_text(arena, row, 3),
                                            .claimed = lite_text(arena, row, 4),
                                            .label = lite_text(arena, row, 5),
                                            .facts_ja = lite_text(arena, row, 6),
                                            .facts_en = lite_text(arena, row, 7),
                                            .mended = lite_day(row, 8)};
    }
}
