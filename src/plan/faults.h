/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with what people wrote: every fault as file:line: reason, none hidden by the
 * first. */
#ifndef VX_PLAN_FAULTS_H
#define VX_PLAN_FAULTS_H

#include "base/limits.h"

#include <stdbool.h>

enum fault_grade {
	FAULT_ERROR,   /* this file cannot be put on air */
	FAULT_WARNING, /* can air, but somebody should look (a conflict, an over-long slot) */
};

struct fault {
	enum fault_grade grade;
	char file[PATH_BYTES];
	int line; /* 1-based; 0: the file as a whole */
	char slot[NAME_BYTES];	/* name of the slot that it is in; "" in none */
	char field[CODE_BYTES]; /* what of it, or of the settings: its key ("start"); "" unknown */
	char words[2][REASON_BYTES]; /* Vietnamese, English; "" where it was not said */
};

/* Owned list; zero-initialise, finish with faults_finish. */
struct faults {
	struct fault *list;
	int count, capacity;
	int errors; /* of grade FAULT_ERROR */
};

/* In the language that the thread speaks. */
void faults_add(struct faults *f, enum fault_grade grade, const char *file, int line,
		const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* In which slot the last one stands (NULL: in none) and in what of it (NULL: nobody knows). */
void faults_place(struct faults *f, const char *slot, const char *field);
/* Another list's fault, in all the languages that it has. */
void faults_copy(struct faults *f, const struct fault *one);
void faults_finish(struct faults *f);

/* The first that is an error; NULL: there is none. */
const struct fault *faults_first(const struct faults *f);

/* The words of those from number `from` on that `again`, the same reading in the other language,
 * has for the same places. For what is kept until readers of either language ask. */
void faults_pair(struct faults *f, int from, const struct faults *again);

/* In the language that the thread speaks, or else the one that there is. */
const char *fault_text(const struct fault *f);

/* Where it is: "schedules/a.yaml:5", or only the file for line 0. */
void fault_place(const struct fault *f, char out[static PATH_BYTES + 16]);

#endif
