/* effects_watch.c: what surveillance and the corrective period change: 4.6.3, 4.6.4.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"

#include "base/banned.h"

/* 4.6.3-1: at its end, and only where the Technical Manager says so, the public learns that a
 * surveillance was made; of what it looked at nothing. */
struct fault *note_surveillance(struct deed *deed, const struct use *use)
{
    (void)use;
    return label_note(deed, "surveyed", deed->today, NULL);
}

/* 4.6.4-2, 4.6.4-3: the last day in force stays on the case, whichever form named it. */
struct fault *set_correction_due(struct deed *deed, const struct use *use)
{
    (void)use;
    bool prolonged = json_object_get(deed->fields, "new-correct-by") != NULL;
    json_t *day = json_object_get(deed->fields, prolonged ? "new-correct-by" : "correct-by");
    struct row_case_field row = {.case_id = deed->work.id,
                                 .field = STR("correction-due"),
                                 .value = json_canonical(deed->arena, day),
                                 .step = str_of(deed->step->name)};
    return put_case_field(deed->desk->store, &row);
}
