/* openly.h: whoever comes without an account: files a case in one act, and follows it by a link.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Which procedures are open so is said by the rules alone: those that a role of sort outside
 * begins. The journal names such an actor by that role and no person. `once` is a secret that
 * comes with the form (or the Idempotency-Key of an API call): the same `once` with the same
 * request is answered as before, and the link follows from it and from the registry's master key
 * (seal.h), so that a double click files once and is told the same link twice, and whoever guesses
 * a client's key still has no link. Neither `once` nor the link is kept: their digests are.
 * Whoever wrote by mail has no page to read the link on: theirs is kept, sealed, for the mails. */
#ifndef HOSHI_OPENLY_H
#define HOSHI_OPENLY_H

#include "desk/desk.h"

enum { ONCE_BYTES_MIN = 22 };

/* A file that came with the form, for its field of sort file. */
struct open_file {
    struct str field, name, media_type;
    struct hash digest; /* of its bytes, as they came */
    int64_t bytes;
};

struct open_request {
    struct str procedure; /* to begin; of a later step: empty */
    struct str case_id;   /* of a later step */
    struct str step;
    json_t *fields; /* object; the fields of sort file are filled in from files */
    const struct open_file *files;
    size_t files_n;
    struct str once;             /* ONCE_BYTES_MIN or more; unguessable */
    bool english;                /* of mail to them */
    bool by_mail;                /* it came by mail, of a sealed case: told the link by mail */
    const struct principal *who; /* with an account: it is theirs, and no link is made */
    /* Puts the bytes of file i into their place, sealed where the case is; *digest is their name
     * there. `drop` takes away what `keep` has put and no case came to hold. NULL where there are
     * no files. */
    struct fault *(*keep)(void *whom, struct str case_id, size_t i, struct hash *digest);
    void (*drop)(void *whom);
    void *whom;
};

struct open_answer {
    struct str case_id;
    struct str link;   /* the secret by which they follow it; empty for who has an account */
    struct str number; /* of receipt; empty where the procedure gives none */
    struct step_answer step;
};

/* Opens the case, puts the files on it, takes the step: all or nothing. Faults: those of opening,
 * attaching and the step; "unknown-procedure"; "malformed-once". */
struct fault *desk_file_openly(struct desk *desk, struct arena *arena,
                               const struct open_request *request, struct open_answer *answer);
struct fault *desk_file_openly_act(struct desk *desk, struct arena *arena,
                                   const struct open_request *request,
                                   struct open_answer *answer); /* in a transaction of others */
/* A later step of theirs on the case, with its files. */
struct fault *desk_reply_openly(struct desk *desk, struct arena *arena,
                                const struct open_request *request, struct open_answer *answer);

/* Files that came with a form, and lie in place under their digests, onto a case; *out is `fields`
 * with the fields that asked for them filled in. Within a transaction already begun. */
struct fault *desk_attach_open(struct desk *desk, struct arena *arena, const struct principal *who,
                               struct str case_id, const struct open_file *files, size_t n,
                               json_t *fields, json_t **out);

/* Whose link it is: a principal with the one case that it is for. Fault "absent". */
struct fault *desk_guest(struct store *store, struct arena *arena, struct str link,
                         struct principal *out);

#endif
