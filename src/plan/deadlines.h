/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deadlines: who has to hand in what, to whom and when, as seeds/thoi-han.yaml has it; the days on
 * which something is due are in plan/duedays.h. Pure. */
#ifndef VX_PLAN_DEADLINES_H
#define VX_PLAN_DEADLINES_H

#include "base/codes.h"
#include "plan/faults.h"

#include <stdbool.h>
#include <stddef.h>

#define DEADLINES_FILE "seeds/thoi-han.yaml"
/* Day of the month before on which a reporting month begins (Decree 09/2019/NĐ-CP, article 12),
 * where the file does not say. */
#define DEADLINES_MONTH_FROM 15

enum deadline_kind {
	DEADLINE_ONCE,	    /* truoc, chua_qua: on one day */
	DEADLINE_YEARLY,    /* hang_nam: before a day of every year */
	DEADLINE_PERIOD,    /* sau_ky: so many days after every reporting period */
	DEADLINE_AT_ONCE,   /* khi: ngay-khi-co */
	DEADLINE_NOW_AND_THEN, /* khi: dinh-ky, and no day is named */
};

/* Reporting periods, by how many there are in a year. */
enum deadline_span {
	DEADLINE_MONTHS = 12,
	DEADLINE_QUARTERS = 4,
	DEADLINE_HALVES = 2,
	DEADLINE_YEARS = 1,
};

struct deadline {
	char code[CODE_BYTES];
	char what[TITLE_BYTES]; /* viec */
	char who[NAME_BYTES], to_whom[NAME_BYTES]; /* ai, gui; "" not named */
	char source[NAME_BYTES]; /* nguon; "" one's own */
	enum deadline_kind kind;
	struct date last;	/* ONCE: the last day that is in time */
	int day, month;		/* YEARLY: before it; 29 February is the 28th where there is none */
	enum deadline_span span; /* PERIOD */
	int days_after;		/* PERIOD: the last day in time, after the period's last; 0–60 */
	bool remind;		/* nhac: on the first screen */
	struct date from, to;	/* what falls due on days from … to; year 1 and 9999 unless set */
	int line;
};

/* Owned; zero-initialise, deadlines_finish. */
struct deadlines {
	struct deadline *list;
	int count;
	int month_from; /* DEADLINES_MONTH_FROM unless ky_bao_cao says; 1: the calendar's */
};

/* Adds to d what the text holds; faults as seeds_parse. False: no such list in it. */
bool deadlines_parse(struct deadlines *d, const char *text, size_t len, struct faults *faults);
void deadlines_finish(struct deadlines *d);

/* As warnings: doubled codes, documents that stand in no list but look like one ("1/KH-UBND"). */
void deadlines_check(const struct deadlines *d, const struct codes *documents,
		     struct faults *faults);

/* NULL: no such code. */
const struct deadline *deadlines_find(const struct deadlines *d, const char *code);

#endif
