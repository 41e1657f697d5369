/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All uploads of one server that can be gone on with: finds them, begins them within the limits on
 * size, count and rate, and lets the old ones go. One thread. */
#ifndef VX_WEB_TUSSET_H
#define VX_WEB_TUSSET_H

#include "base/err.h"
#include "web/tusfile.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct request;
struct tuslife;
struct tusset;
struct web;

/* Reads what is on the disk and goes on with it. */
struct tusset *tusset_open(struct web *w);
/* Waits for what is being made durable; no request may be under way. Accepts NULL. */
void tusset_close(struct tusset *set);

/* NULL if there is none of this name; one whose time is over has ended when this returns. */
struct tuslife *tusset_find(struct tusset *set, const char *id);

/* Whom limits count, and whose an upload is: the visitor's address and account. */
struct tusowner tusset_owner(const struct request *r);

/* Is it r's to go on with, to ask about, to give up? What was begun while the station had no
 * accounts is anybody's who may send. False + err. */
bool tusset_is_own(const struct request *r, const struct tuslife *u, struct err *e);

/* May this one begin another of so many bytes? Its address and its account each have their limits.
 * Counts it. False + err, and *status is what HTTP calls it: 413, 429 or 507. */
bool tusset_may_begin(struct tusset *set, const struct tusowner *who, int64_t length,
		      unsigned *status, struct err *e);

/* A new one; words are taken. NULL + err. */
struct tuslife *tusset_create(struct tusset *set, const struct tusowner *who, int64_t length,
			      json_t *words, struct err *e);

/* One that came whole, in one go: tusfile_adopt was true. Takes file; the station is asked from the
 * loop, so that a hearer can be set first. */
struct tuslife *tusset_adopt(struct tusset *set, const struct tusfile *file);

/* How many requests bring bytes just now. */
int tusset_senders(const struct tusset *set);

#endif
