/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers in the log: the entry that writes rows of one (base/register.h), and the rows as the
 * view has them, with all that was written of each. */
#ifndef VX_PROOF_REGISTERS_H
#define VX_PROOF_REGISTERS_H

#include "base/err.h"
#include "base/limits.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct view;

/* rows: {"SP1": {"title": …}, "SP2": null}: each row as it is from now on, null: struck out; taken
 * over. why "": nobody said. source: the name of the sheet that they come from, and its SHA-256;
 * NULL none. */
json_t *registers_entry(const char *name, json_t *rows, const char *who, const char *why,
			const char *source, const char *source_sha256);

/* For view_apply.c: takes it over. A row whose id is none (register_id_number), or that is neither
 * an object nor null, is passed over. */
bool registers_apply(struct view *v, int64_t n, const json_t *o, struct err *e);
/* What the view keeps of such an entry beside its rows: it all, with "count" and "ids" in the place
 * of "rows"; about: the id of a single row, else "". The caller's; NULL: it has no rows. */
json_t *registers_brief(const json_t *o, char about[static ID_BYTES]);

/* One row as an entry wrote it. Texts and fields live until the callback returns. */
struct register_row {
	const char *id;
	int64_t n, at_ms;    /* of the entry */
	const char *who, *why;
	const char *source;  /* "" no sheet */
	const json_t *fields; /* NULL: struck out */
};

/* The rows of a register as they are now, by their numbers, without those struck out; each()
 * returns false to stop, which is no error. One consistent snapshot; nothing is gathered. */
bool registers_rows(struct view *v, const char *name,
		    bool (*each)(const struct register_row *r, void *arg), void *arg,
		    struct err *e);

/* The same, those behind a number (0: from the first on). */
bool registers_after(struct view *v, const char *name, int64_t number,
		     bool (*each)(const struct register_row *r, void *arg), void *arg,
		     struct err *e);

/* How many rows it has now. */
bool registers_count(struct view *v, const char *name, int64_t *rows, struct err *e);

/* All that was written of one row, the newest first; none if there never was one. */
bool registers_history(struct view *v, const char *name, const char *id,
		       bool (*each)(const struct register_row *r, void *arg), void *arg,
		       struct err *e);

/* The fields of one row as it is now, the caller's; NULL: struck out. ERR_NOT_FOUND: there never
 * was one. */
bool registers_row(struct view *v, const char *name, const char *id, json_t **fields,
		   struct err *e);

/* The highest number that any row of it ever had; 0 none. */
bool registers_highest(struct view *v, const char *name, int64_t *number, struct err *e);

#endif
