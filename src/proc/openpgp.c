/* openpgp.c: the key for documents, by librnp: made, read, and what it signs.
 * SPDX-License-Identifier: Apache-2.0 */
#include "proc/openpgp.h"

#include <errno.h>
#include <rnp/rnp.h>
#include <rnp/rnp_err.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "proc/document.h"
#include "store/files.h"

#include "base/banned.h"

#define USER_ID "Security documents of the conformance label register"

struct openpgp {
    rnp_ffi_t ffi;
    rnp_key_handle_t key;
    struct str fingerprint, public_key; /* hexadecimal · in armour */
};

static void close_key(void *what)
{
    struct openpgp *openpgp = what;
    rnp_key_handle_destroy(openpgp->key);
    rnp_ffi_destroy(openpgp->ffi);
}

static struct fault *broken(struct arena *arena, const char *what, rnp_result_t code)
{
    return FAULT(arena, "broken-signature", "%s: %s", what, rnp_result_to_string(code));
}

/* What librnp has written to memory, copied; ends the output. */
static rnp_result_t take_output(struct arena *arena, rnp_output_t output, struct str *out)
{
    uint8_t *bytes = NULL;
    size_t n = 0;
    rnp_result_t code = rnp_output_memory_get_buf(output, &bytes, &n, false);
    if (code == RNP_SUCCESS)
        *out = str_copy(arena, (struct str){(const char *)bytes, n});
    rnp_output_destroy(output);
    return code;
}

static rnp_result_t export(struct openpgp *openpgp, struct arena *arena, uint32_t flags,
                           struct str *out)
{
    rnp_output_t output = NULL;
    rnp_result_t code = rnp_output_to_memory(&output, 0);
    if (code == RNP_SUCCESS)
        code = rnp_key_export(openpgp->key, output, flags);
    if (code == RNP_SUCCESS)
        return take_output(arena, output, out);
    rnp_output_destroy(output);
    return code;
}

/* An Ed25519 key that signs and never expires: gpgv of every distribution in support verifies it.
 */
static rnp_result_t generate(struct openpgp *openpgp)
{
    rnp_op_generate_t op = NULL;
    rnp_result_t code = rnp_op_generate_create(&op, openpgp->ffi, RNP_ALGNAME_EDDSA);
    if (code == RNP_SUCCESS)
        code = rnp_op_generate_set_userid(op, USER_ID);
    if (code == RNP_SUCCESS)
        code = rnp_op_generate_add_usage(op, "sign");
    if (code == RNP_SUCCESS)
        code = rnp_op_generate_set_hash(op, RNP_ALGNAME_SHA512);
    if (code == RNP_SUCCESS)
        code = rnp_op_generate_execute(op);
    if (code == RNP_SUCCESS)
        code = rnp_op_generate_get_key(op, &openpgp->key);
    rnp_op_generate_destroy(op);
    return code;
}

/* Written whole under another name, so that a crash leaves no half key. */
static struct fault *key_make(struct openpgp *openpgp, struct arena *arena, struct str data_dir)
{
    struct str secret = STR_NONE;
    rnp_result_t code = generate(openpgp);
    if (code == RNP_SUCCESS)
        code = export(openpgp, arena, RNP_KEY_EXPORT_SECRET | RNP_KEY_EXPORT_ARMORED, &secret);
    if (code != RNP_SUCCESS)
        return broken(arena, "the key for documents cannot be made", code);
    mode_t before = umask(0077);
    struct fault *fault = file_replace(arena, data_dir, "openpgp.key", secret, true);
    umask(before);
    explicit_bzero((char *)(uintptr_t)secret.at, secret.bytes);
    return fault;
}

static void first_key(rnp_identifier_iterator_t keys, const char **fingerprint)
{
    if (rnp_identifier_iterator_next(keys, fingerprint) != RNP_SUCCESS)
        *fingerprint = NULL;
}

static struct fault *key_read(struct openpgp *openpgp, struct arena *arena, const char *path)
{
    rnp_input_t input = NULL;
    rnp_identifier_iterator_t keys = NULL;
    const char *fingerprint = NULL;
    rnp_result_t code = rnp_input_from_path(&input, path);
    if (code == RNP_SUCCESS)
        code = rnp_load_keys(openpgp->ffi, RNP_KEYSTORE_GPG, input,
                             RNP_LOAD_SAVE_PUBLIC_KEYS | RNP_LOAD_SAVE_SECRET_KEYS);
    rnp_input_destroy(input);
    if (code == RNP_SUCCESS)
        code = rnp_identifier_iterator_create(openpgp->ffi, &keys, "fingerprint");
    if (code == RNP_SUCCESS) {
        first_key(keys, &fingerprint);
        code = fingerprint ? rnp_locate_key(openpgp->ffi, "fingerprint", fingerprint, &openpgp->key)
                           : RNP_ERROR_KEY_NOT_FOUND;
        rnp_identifier_iterator_destroy(keys);
    }
    if (code != RNP_SUCCESS || !openpgp->key)
        return broken(arena, path, code == RNP_SUCCESS ? RNP_ERROR_KEY_NOT_FOUND : code);
    return NULL;
}

static struct fault *describe(struct openpgp *openpgp, struct arena *arena)
{
    char *fingerprint = NULL;
    rnp_result_t code = rnp_key_get_fprint(openpgp->key, &fingerprint);
    if (code != RNP_SUCCESS)
        return broken(arena, "fingerprint", code);
    openpgp->fingerprint = str_copy(arena, str_of(fingerprint));
    rnp_buffer_destroy(fingerprint);
    code = export(openpgp, arena, RNP_KEY_EXPORT_PUBLIC | RNP_KEY_EXPORT_ARMORED,
                  &openpgp->public_key);
    return code == RNP_SUCCESS ? NULL : broken(arena, "public key", code);
}

struct fault *openpgp_open(struct arena *arena, struct str data_dir, struct openpgp **out)
{
    struct openpgp *openpgp = *out = NEW(arena, struct openpgp);
    struct str path = str_print(arena, "%.*s/openpgp.key", STR_F(data_dir));
    struct stat about;
    rnp_result_t code = rnp_ffi_create(&openpgp->ffi, RNP_KEYSTORE_GPG, RNP_KEYSTORE_GPG);
    if (code != RNP_SUCCESS)
        return broken(arena, "librnp", code);
    arena_at_end(arena, close_key, openpgp);
    if (stat(path.at, &about)) {
        TRY(key_make(openpgp, arena, data_dir));
    } else {
        if (about.st_mode & 077)
            return FAULT(arena, "broken-signature", "others may read the key: %s", path.at);
        TRY(key_read(openpgp, arena, path.at));
    }
    return describe(openpgp, arena);
}

/* ---- requests */

static rnp_result_t sign(struct openpgp *openpgp, rnp_input_t input, rnp_output_t output)
{
    rnp_op_sign_t op = NULL;
    rnp_result_t code = rnp_op_sign_detached_create(&op, openpgp->ffi, input, output);
    if (code == RNP_SUCCESS)
        code = rnp_op_sign_set_armor(op, true);
    if (code == RNP_SUCCESS)
        code = rnp_op_sign_set_hash(op, RNP_ALGNAME_SHA512);
    if (code == RNP_SUCCESS)
        code = rnp_op_sign_add_signature(op, openpgp->key, NULL);
    if (code == RNP_SUCCESS)
        code = rnp_op_sign_execute(op);
    rnp_op_sign_destroy(op);
    return code;
}

static rnp_result_t sign_bytes(struct openpgp *openpgp, struct arena *arena, const uint8_t *bytes,
                               size_t n, struct str *out)
{
    rnp_input_t input = NULL;
    rnp_output_t output = NULL;
    rnp_result_t code = rnp_input_from_memory(&input, bytes, n, false);
    if (code == RNP_SUCCESS)
        code = rnp_output_to_memory(&output, DOCUMENT_ANSWER_MAX);
    if (code == RNP_SUCCESS)
        code = sign(openpgp, input, output);
    rnp_input_destroy(input);
    if (code == RNP_SUCCESS)
        return take_output(arena, output, out);
    rnp_output_destroy(output);
    return code;
}

/* The document as it lies in the memory of whoever asks; STR_NONE in *out: not to be signed. */
static void sign_document(struct openpgp *openpgp, struct arena *arena, int document,
                          struct str *out)
{
    struct stat about;
    if (fstat(document, &about) || about.st_size < 1 || about.st_size > DOCUMENT_BYTES_MAX)
        return;
    size_t n = (size_t)about.st_size;
    void *bytes = arena_alloc(arena, n);
    if (pread(document, bytes, n, 0) != (ssize_t)n)
        return;
    rnp_result_t code = sign_bytes(openpgp, arena, bytes, n, out);
    if (code != RNP_SUCCESS)
        fprintf(stderr, "hoshi: signer: OpenPGP: %s\n", rnp_result_to_string(code));
}

/* What is asked, nothing at all when the socket is closed; *document: a descriptor that came with
 * it, or -1. */
static bool receive(int fd, struct document_request *request, int *document)
{
    union {
        char room[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct iovec bytes = {request, sizeof *request};
    struct msghdr message = {.msg_iov = &bytes,
                             .msg_iovlen = 1,
                             .msg_control = control.room,
                             .msg_controllen = sizeof control.room};
    *document = -1;
    ssize_t n = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
    request->what = n == (ssize_t)sizeof *request ? request->what : 0;
    if (n < 0)
        return errno == EINTR || errno == EAGAIN;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
        memcpy(document, CMSG_DATA(head), sizeof *document);
    return n > 0;
}

bool openpgp_answer(struct openpgp *openpgp, struct arena *arena, int fd)
{
    int document;
    struct document_request request = {0};
    struct str answer = STR_NONE;
    if (!receive(fd, &request, &document))
        return false;
    if (request.what == DOCUMENT_KEY)
        answer =
            str_print(arena, "%.*s\n%.*s", STR_F(openpgp->fingerprint), STR_F(openpgp->public_key));
    else if (request.what == DOCUMENT_SIGN && document >= 0)
        sign_document(openpgp, arena, document, &answer);
    if (document >= 0)
        close(document);
    if (!request.what)
        return true;
    struct buf whole = buf_new(arena, DOCUMENT_ANSWER_MAX);
    buf_add(&whole, (struct str){(const char *)&request, sizeof request});
    buf_add(&whole, answer);
    struct str bytes = buf_str(&whole);
    send(fd, bytes.at, bytes.bytes, MSG_NOSIGNAL);
    return true;
}
