/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which places have a station in scope, by the registers of stations. A place that the catalogue
 * knows is the same however it is written and whatever it merged from; one that it does not know is
 * told by its name. */
#ifndef VX_REPORT_COVERED_H
#define VX_REPORT_COVERED_H

#include "report/report.h"

struct covered_place {
	int64_t key;	  /* by which two are the same */
	const char *code; /* of the catalogue, for report.lies_in; NULL: it knows none */
	bool begun;	  /* with a station that began in the period */
	bool named;	  /* a register names it; else a station's log stands for it */
};

/* Owned; zero-initialise, covered_finish. */
struct covered {
	struct covered_place *list;
	int count, room;
	bool mixed; /* since the last sum */
};

/* Adds those that this station's register has on that day. */
bool covered_read(struct covered *c, const struct report *r, struct date day, struct err *e);
/* A station that says nothing of where it is, by the name of its log. */
void covered_alone(struct covered *c, const char *name);
void covered_join(struct covered *to, const struct covered *from);

/* How many places count for the target; *begun: how many of them began in the period. */
int64_t covered_count(struct covered *c, const struct report *r, const struct report_target *t,
		      struct date day, int64_t *begun);
/* Of how many that registers name the catalogue knows nothing. */
int64_t covered_unknown(struct covered *c);
void covered_finish(struct covered *c);

#endif
