/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is on disk of an upload that can be gone on with: DIR/incoming/ID, its bytes, and ID.tus,
 * what is known about them:
 *
 *   0000000000001048576                      bytes that are durable, always in so many digits
 *   {"account":…,"address":…,"length":…,"words":{…}}     and "end":{…} once it is over
 *
 * The number is written over in place: twenty bytes in one sector are written whole or not at all,
 * so it needs no second file and no rename, and bytes that it does not count yet (no fdatasync
 * came back, a checksum is still to be compared) are cut off at the next beginning. The road not
 * taken: the size of the file as the offset, which after a power cut may count bytes that never
 * reached the disk. */
#ifndef VX_WEB_TUSFILE_H
#define VX_WEB_TUSFILE_H

#include "base/err.h"
#include "base/moment.h"
#include "web/incoming.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define TUSFILE_ENDING ".tus"

/* Who began it. */
struct tusowner {
	char address[48];
	int64_t account; /* 0: a station without accounts, or from before it had any */
};

struct tusfile {
	char id[INCOMING_ID_BYTES];
	int64_t length;	     /* of the whole, bytes */
	int64_t offset;	     /* durable so far */
	struct wall touched; /* the last time that something arrived */
	json_t *words;	     /* the command bulletin.add without its path; ours */
	json_t *end;	     /* what became of it: {"bulletin":…}, {"error":…}…; NULL: not over */
	struct tusowner owner;
};

/* Makes both files, empty; not durable before the first tusfile_commit and a sync of the folder.
 * length, words and owner must be set. */
bool tusfile_create(struct tusfile *f, const char *dir, struct err *e);

/* Makes an upload of bytes that came in one go and lie in fd, f->id's file, already: durable is all
 * of it, its length, and that it is to be handed over. On any thread; may wait seconds for the
 * disk. f->length, words and owner must be set. */
bool tusfile_adopt(struct tusfile *f, const char *dir, int fd, struct err *e);

/* Reads what a process before this one left; false + err if it is no such thing. If the bytes are
 * fewer than was said (a disk that lied), they count. */
bool tusfile_load(struct tusfile *f, const char *dir, const char *id, struct err *e);

/* The bytes open for writing, cut to the offset; −1 + err. The caller's. */
int tusfile_open(const struct tusfile *f, const char *dir, struct err *e);

/* Makes the first `offset` bytes of fd durable, and that number. On any thread; f is only read. May
 * wait seconds for the disk. The caller sets f->offset when it is true. */
bool tusfile_commit(const struct tusfile *f, const char *dir, int fd, int64_t offset,
		    struct err *e);

/* It is over (the reference is taken): the bytes are removed, what became of them is kept. A power
 * cut may undo this: then the file is handed over again, or found to be gone. */
void tusfile_end(struct tusfile *f, const char *dir, json_t *end);

/* Are its bytes still there? */
bool tusfile_there(const struct tusfile *f, const char *dir);

/* Removes all of it from the disk. */
void tusfile_remove(const struct tusfile *f, const char *dir);

/* Frees the memory. */
void tusfile_finish(struct tusfile *f);

#endif
