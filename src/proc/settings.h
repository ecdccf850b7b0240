/* settings.h: what `hoshi serve` was told, checked once.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_SETTINGS_H
#define HOSHI_SETTINGS_H

#include <sys/socket.h>
#include <sys/un.h>

#include "base/clock.h"
#include "base/fault.h"

/* host:port, [host]:port, or unix:path. */
struct address {
    struct sockaddr_storage at;
    socklen_t n;
    struct str text; /* as given */
};

/* --mail: the relay that takes the mails; nothing is sent without one. */
struct mail_relay {
    struct str url;     /* smtp://host:port or smtps://…; empty: none */
    uint16_t port;
    bool tls;           /* from the first byte: smtps */
    struct str account; /* path of a file with user and password; empty: none */
};

struct settings {
    struct str data_dir; /* absolute, once it exists */
    struct address listen, public;
    bool public_apart;   /* --public was given */
    struct str base_url; /* of the public pages, no "/" at the end */
    struct str portal_url; /* where the public pages' forms are; "" for the same address */
    struct str database_url;
    struct mail_relay mail;
    struct clock clock;
    struct str feeds;    /* --feeds: a folder outside of DATA from which feeds may be read */
    bool watch_private;  /* feeds may lie at addresses that are not public */
    bool demo, log;
    bool today_given;    /* HOSHI_TODAY has set the clock */
};

/* Fault "malformed-setting", or "label-address" when labels could not carry the base address. */
struct fault *settings_read(struct arena *arena, int argc, char **argv, struct settings *out);

/* A bound and listening socket; the address's port is filled in when it was 0. */
struct fault *address_listen(struct arena *arena, struct address *address, int *fd);
struct str address_url(struct arena *arena, const struct address *address);

/* Checks that the code on a label can hold this base address (label/label.h). */
struct fault *base_check(struct arena *arena, struct str base_url);

#endif
