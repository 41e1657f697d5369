/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds what a pack says of itself (README.txt, DOC-TRUOC.txt, pack.json, verify.py) against what
 * this program makes of the same logs and period, byte by byte: somebody reads and runs them. */
#ifndef VX_PROOF_VERIFY_TEXTS_H
#define VX_PROOF_VERIFY_TEXTS_H

#include "base/text.h"
#include "proof/parcel.h"
#include "proof/verify.h"

/* v: the logs in the pack's folder, verified. p, reader, entries: as pack.json says. */
void verify_texts(const struct verify *v, const struct parcel *p, enum text_reader reader,
		  int64_t entries, struct verdict *verdict);

/* verify.py alone, which is the same in all packs of a version: for one of this version whose
 * pack.json does not tell the rest. */
void verify_texts_program(const struct verify *v, struct verdict *verdict);

/* A pack that another version of the program has made, by what it says: nothing is compared, and
 * that is a warning: whoever changed verify.py can say so as well. */
void verify_texts_other(struct verdict *verdict);

#endif
