/* people.h: persons, accounts, parties: how they come to be, each by an act in the journal.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PEOPLE_H
#define HOSHI_PEOPLE_H

#include "desk/desk.h"

/* A maker or an Evaluation Facility that registers itself: the person who does so is its first
 * member. A legal entity of Japan by its corporate number; any other by country alone. */
struct maker_request {
    struct str name_ja, name_en;     /* of the maker */
    struct str corporate_number;     /* 13 digits, for country JP */
    struct str country;              /* ISO 3166-1 alpha-2 */
    struct str kind;                 /* "maker", or empty; "facility" */
    struct str person_ja, person_en; /* of the person */
    struct str mail;                 /* is the login */
    struct str password_hash;        /* Argon2id in its own text form: hashed off the event loop */
};

/* Faults: one for each field, chained; "login-taken". */
struct fault *desk_register_maker(struct desk *desk, struct arena *arena,
                                  const struct maker_request *request, struct principal *out);
struct fault *desk_set_password(struct desk *desk, struct arena *arena, const struct principal *who,
                                struct str password_hash);

/* A bearer key for the API, random; only its digest is kept. The key is shown once. */
struct fault *desk_make_key(struct desk *desk, struct arena *arena, const struct principal *who,
                            struct str name, struct str *key);

/* One of the account's own keys, named by its digest, opens nothing from now on; fault "absent". */
struct fault *desk_close_key(struct desk *desk, struct arena *arena, const struct principal *who,
                             struct str digest);

/* Who an account is; fault "absent" when there is none, or it is closed. */
struct fault *desk_principal(struct store *store, struct arena *arena, struct str account,
                             struct principal *out);

#endif
