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

/* "SELECT … FROM label l …" whose columns label_of() reads; what follows is the caller's. */
extern const char folder_select[];
struct public_label label_of(struct arena *arena, sqlite3_stmt *statement);

#endif
