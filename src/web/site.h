/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The built page: every file of one folder held in memory, under its address. */
#ifndef VX_WEB_SITE_H
#define VX_WEB_SITE_H

#include "base/err.h"

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>

#define SITE_FILES_MAX 64
#define SITE_FILE_BYTES_MAX (2 << 20)

struct request;

/* One file, with its responses made in advance: an address is only ever compared with this list, so
 * that "../" and its disguises lead nowhere. */
struct site_file {
	char name[96];
	char etag[40];
	struct MHD_Response *plain, *gzip, *unchanged; /* gzip NULL: no twin */
};

struct site;

/* Reads the folder; a missing or empty one is no error (GET / then says how to build the page).
 * It is read again when its index.html changes. tls: its responses go out over TLS and say so. */
struct site *site_create(const char *folder, bool tls);
void site_destroy(struct site *s);

/* The file at a path ("/" is index.html), NULL if there is none. */
const struct site_file *site_find(const struct site *s, const char *path);

/* True if an If-None-Match header names the tag (or is "*"). */
bool site_unchanged(const char *if_none_match, const char *etag);

/* Answers the request from the list: 200, 304 or 404. */
void site_answer(struct site *s, struct request *r, const char *path);

#endif
