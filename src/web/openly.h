/* openly.h: what the portal's forms for anyone and the API without a key share: limits, the token
 * of a form, files that come with it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_WEB_OPENLY_H
#define HOSHI_WEB_OPENLY_H

#include "desk/openly.h"
#include "web/web.h"

enum { OPEN_TEXT_BYTES_MAX = 1 << 20 }; /* of all that is typed into one form */

/* Is it something that strangers send: POST /open/…, /follow/…, /api/v1/open/…? */
bool open_is_post(const struct request *request);

/* Before the body is read: how large it may be, and whether another try may be made. Fault
 * "too-large"; "too-many-filings", with Retry-After in the response. */
struct fault *open_admit(struct web *web, struct request *request, struct response *response);

/* The token of a form: unguessable, made by this server, for one purpose, for twelve hours. */
struct str open_token_new(struct web *web, struct arena *arena, struct str purpose);
/* *once is its part that tells one form from another; fault "form-too-old". */
struct fault *open_token_check(struct web *web, struct arena *arena, struct str purpose,
                               struct str token, struct str *once);

/* Files of this request, for fields of sort file of the form. Faults "field-unknown",
 * "empty-file", "too-large" concern the field. `keep` and `whom` of the desk's request put their
 * bytes into place. */
struct open_files {
    struct web *web;
    struct arena *arena;
    const struct request *request;
    struct open_file *at;
    size_t n;
    struct str *put; /* paths of those that were put there by this request */
    size_t put_n;
};
struct fault *open_files_look(struct web *web, const struct request *request, int form,
                              struct open_files *out);
/* Of who is signed in: no limit but the server's own. Then all at once into place, for cases that
 * are not sealed. */
struct fault *form_files_look(struct web *web, const struct request *request, int form,
                              struct open_files *out);
struct fault *form_files_keep(struct open_files *files);
struct fault *open_files_keep(void *whom, struct str case_id, size_t i, struct hash *digest);
void open_files_drop(void *whom);

#endif
