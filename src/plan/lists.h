/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole catalogue of seeds/: every list that a station keeps, read and held against one
 * another. Pure: the files come through a function. */
#ifndef VX_PLAN_LISTS_H
#define VX_PLAN_LISTS_H

#include "base/buf.h"
#include "base/err.h"
#include "plan/deadlines.h"
#include "plan/models.h"
#include "plan/places.h"
#include "plan/rates.h"
#include "plan/seeds.h"
#include "plan/targets.h"

/* Owned; zero-initialise, lists_finish. What the station does not keep is empty. */
struct lists {
	struct codes codes[CODES_LISTS];
	struct places places;
	struct targets targets;
	struct rates rates;
	struct deadlines deadlines;
	struct models models;
};

/* The files: "chuong-trinh" is seeds/chuong-trinh.yaml. */
struct lists_file {
	const char *name, *file;
	const char *key;	    /* the list in it whose entries have codes */
	const char *code, *called; /* their keys for code and name: "ma", "ten"; NULL: none */
};
/* Number i of them, NULL past the last; in byte order of their names. */
const struct lists_file *lists_file(int i);
/* NULL: no such file. */
const struct lists_file *lists_named(const char *name);
/* What people call it, in the language that the thread speaks. */
const char *lists_title(const struct lists_file *f);

/* Appends the text of "seeds/…yaml"; ERR_NOT_FOUND for what the station does not keep. */
typedef bool lists_read(void *arg, const char *file, struct buf *text, struct err *e);

/* Reads all of it but the holidays, which plans read (plan/holidays.h). Everything that is wrong
 * goes to faults: errors for what cannot be read, and warnings for what does not fit together. */
void lists_load(struct lists *l, lists_read *read, void *arg, struct faults *faults);
void lists_finish(struct lists *l);

#endif
