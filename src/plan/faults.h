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
	char text[REASON_BYTES];
};

/* Owned list; zero-initialise, finish with faults_finish. */
struct faults {
	struct fault *list;
	int count, capacity;
	int errors; /* of grade FAULT_ERROR */
};

void faults_add(struct faults *f, enum fault_grade grade, const char *file, int line,
		const char *fmt, ...) __attribute__((format(printf, 5, 6)));
void faults_finish(struct faults *f);

/* Where it is: "schedules/a.yaml:5", or only the file for line 0. */
void fault_place(const struct fault *f, char out[static PATH_BYTES + 16]);

#endif
