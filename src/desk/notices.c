/* notices.c: whom a step tells: rows that the portal shows, to a party, to an office, to everyone.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/act.h"
#include "desk/deed.h"

#include "base/banned.h"

static struct fault *tell(struct deed *deed, const char *kind, const struct role_row *to)
{
    struct row_notice notice = {.id = id_new(deed->arena), .case_id = deed->work.id,
                                .kind = str_of(kind), .at = deed->now, .seq = deed->seq};
    if (to->sort == ROLE_SORT_PARTY)
        notice.party = party_of_role(deed->desk->book, &deed->work,
                                     role_by_name(deed->desk->book, str_of(to->name)));
    else if (to->sort == ROLE_SORT_OUTSIDE)
        notice.person = deed->work.opened_by;
    else
        notice.role = str_of(to->name);
    if (to->sort == ROLE_SORT_PARTY && notice.party.bytes == 0)
        return NULL; /* no such party on this case: no facility is named yet, say */
    if (str_is(notice.role, "public"))
        deed->publishes = true;
    return put_notice(deed->desk->store, &notice);
}

struct fault *deed_tell(struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    for (size_t i = 0; i < deed->step->tells.n; i++) {
        const struct tell_row *row = &book->tells[deed->step->tells.first + i];
        for (size_t r = 0; r < row->to.n; r++)
            TRY(tell(deed, book->notices[row->notice].name,
                     &book->roles[book->ids[row->to.first + r]]));
    }
    return NULL;
}
