/* folder_own.h: what the files that read the register share.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_FOLDER_OWN_H
#define HOSHI_FOLDER_OWN_H

#include <sys/stat.h>

#include "register/lite.h"
#include "register/register.h"

struct folder {
    const char *path;  /* of register.db */
    sqlite3 *db;       /* NULL while there is none */
    struct stat about; /* of the file that db has open */
    int64_t generation;
};

#define FOLDER_VALUES                                                                              \
    "l.number, l.level, l.route, l.certification, l.edition, COALESCE(e.title_ja, ''),"            \
    " COALESCE(e.title_en, ''), l.product_ja, l.product_en, l.category, l.firmware,"               \
    " COALESCE(p.name_ja, ''), COALESCE(p.name_en, ''), COALESCE(p.corporate_number, ''),"         \
    " COALESCE(p.country, ''), COALESCE(f.name_ja, ''), COALESCE(f.name_en, ''),"                  \
    " COALESCE(f.corporate_number, ''), l.issued, l.expires, l.support_end, l.contact_ja,"         \
    " l.contact_en, l.contact_mail, l.contact_phone, l.security_mail, l.policy_url, l.product_url"
#define FOLDER_OTHER_JOINS                                                                         \
    "LEFT JOIN party f ON f.id = l.facility LEFT JOIN edition e ON e.id = l.edition "
#define FOLDER_JOINS "LEFT JOIN party p ON p.id = l.party " FOLDER_OTHER_JOINS

/* "SELECT … FROM label l …" whose columns label_of() reads; what follows is the caller's. */
extern const char folder_select[];
struct public_label label_of(struct arena *arena, sqlite3_stmt *statement);

#endif
