/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change of one list of the catalogue: looked at beside the others, saved if nothing becomes
 * worse by it, and an entry. */
#ifndef VX_STATION_LISTS_CHANGE_H
#define VX_STATION_LISTS_CHANGE_H

#include "base/buf.h"
#include "plan/lists.h"
#include "station/commands.h"

/* Reads the whole catalogue with this text in place of that file's into lists (lists_finish), and
 * tells what is wrong with the file itself. */
void lists_check(struct request *rq, const struct lists_file *f, const struct buf *text,
		 struct lists *lists, struct faults *faults);

/* The text there is, appended, and its SHA-256; both "" for a file that the station does not
 * keep. */
bool lists_text(struct request *rq, const struct lists_file *f, struct buf *text,
		char sha256[static SHA256_HEX_BYTES], struct err *e);

/* Puts a text in the file's place, or makes a change (plan/list_edit.h) in it. Answers {"name",
 * "file", "sha256", "saved", "faults"}: not saved if it has errors, or more warnings than before,
 * or if a code that bulletins use would vanish. was: SHA-256 of what it was made from, "" none,
 * NULL: not asked; ERR_DIFFERS. */
bool lists_put(struct request *rq, const struct lists_file *f, const struct buf *after,
	       const char *was, json_t *reply, struct err *e);
bool lists_change(struct request *rq, const struct lists_file *f, const json_t *edit,
		  const char *was, json_t *reply, struct err *e);

#endif
