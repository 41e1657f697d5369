/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the pack share. */
#ifndef VX_PROOF_PARCEL_INSIDE_H
#define VX_PROOF_PARCEL_INSIDE_H

#include "base/buf.h"
#include "proof/checkpoint.h"
#include "proof/parcel.h"
#include "proof/tile.h"
#include "sys/zip.h"

#define PARCEL_LOGS_MAX 256

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

/* packaging/verify.py as it was when the program was built. */
extern const char parcel_verifier[];
extern const char parcel_verifier_end[];

/* Tables and recordings of the period. */
bool parcel_tables(const struct parcel *p, struct zip *z, struct err *e);

#endif
