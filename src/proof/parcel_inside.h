/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the pack share. */
#ifndef VX_PROOF_PARCEL_INSIDE_H
#define VX_PROOF_PARCEL_INSIDE_H

#include "base/buf.h"
#include "base/text.h"
#include "proof/checkpoint.h"
#include "proof/parcel.h"
#include "proof/tile.h"
#include "sys/zip.h"

/* One log as its head was when the pack was begun: what grows meanwhile is not in it. */
struct parcel_log {
	char dir[LOG_DIR_BYTES];
	struct buf head, vkey;
	struct buf witnessed; /* empty: no outsider has signed yet */
	struct checkpoint c;
};

/* What the pack says about itself: README.txt, DOC-TRUOC.txt. Appended to out. */
void parcel_readme_vi(const struct parcel *p, const struct parcel_log *logs, int count,
		      struct buf *out);
void parcel_readme_en(const struct parcel *p, const struct parcel_log *logs, int count,
		      struct buf *out);

/* packaging/verify.py as it was when the program was built, and a NUL. */
extern const char parcel_verifier[];

/* Where tables go: into the pack, or beside those of one for comparison. */
struct parcel_sink {
	bool (*begin)(void *arg, const char *name, struct err *e);
	bool (*more)(void *arg, const void *data, size_t len, struct err *e);
	/* A recording of the period, before the table that names it: its bytes in the pack, −1 if
	 * it is gone. */
	bool (*sound)(void *arg, const char *file, int64_t *bytes, struct err *e);
	void *arg;
};

/* Tables and recordings of the period. */
bool parcel_tables(const struct parcel *p, const struct parcel_sink *out, struct err *e);

/* What the pack says of itself to a program, one line of JSON: by it the tables can be made anew
 * from the log. entries: of which they were made. */
#define PARCEL_ABOUT "pack.json"
void parcel_about(const struct parcel *p, int64_t entries, struct buf *out);
/* Into p (first, last, tz, silent); reader: in whose language the tables speak. */
bool parcel_about_read(const char *text, size_t len, struct parcel *p, int64_t *entries,
		       enum text_reader *reader, struct err *e);

#endif
