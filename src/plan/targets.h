/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targets: the numbers that plans and reports name, against which the log is held, as
 * seeds/chi-tieu.yaml has them. Pure. */
#ifndef VX_PLAN_TARGETS_H
#define VX_PLAN_TARGETS_H

#include "base/codes.h"
#include "plan/faults.h"
#include "plan/places.h"

#include <stdbool.h>
#include <stddef.h>

#define TARGETS_FILE "seeds/chi-tieu.yaml"

/* What the number is worth (muc). */
enum target_grade {
	TARGET_PLANNED,	 /* ke-hoach: a plan asks for it */
	TARGET_EXPECTED, /* du-kien */
	TARGET_PROPOSED, /* de-xuat */
	TARGET_SCOPE,	 /* pham-vi: as many are concerned */
	TARGET_DONE,	 /* da-lam: was reported as done; no target at all */
	TARGET_GRADES
};

/* What it counts (do). */
enum target_measure {
	TARGET_PRODUCTS,  /* san-pham, of the kind if there is one */
	TARGET_AIRINGS,	  /* luot-phat */
	TARGET_MINUTES,	  /* phut, on air */
	TARGET_POINTS,	  /* diem-ho-tro */
	TARGET_PLACES,	  /* dia-ban: communes */
	TARGET_TRAININGS, /* tap-huan */
	TARGET_VISITS,	  /* kiem-tra */
	TARGET_MONEY,	  /* kinh-phi, million đồng */
	TARGET_MEASURES
};

struct target {
	char code[CODE_BYTES];
	char what[TITLE_BYTES];
	enum target_grade grade;
	enum target_measure measure;
	double low, high;	    /* equal for one number; not negative */
	char kind[CODE_BYTES];	    /* of products; "" any */
	char programme[CODE_BYTES]; /* "" none is named */
	char who[NAME_BYTES];	    /* office that does it; "" nobody is named */
	char source[CODE_BYTES];    /* document */
	char places[TARGET_PLACES_MAX][CODE_BYTES];
	int place_count;
	char parts[TARGET_PARTS_MAX][CODE_BYTES]; /* targets that it is the sum of */
	int part_count;
	struct date from, to;	    /* done on days from … to; year 1 and 9999 unless set */
	int line;
};

/* Owned; zero-initialise, targets_finish. */
struct targets {
	struct target *list;
	int count;
};

/* Adds to t what the text holds; faults as seeds_parse. False: no such list in it. */
bool targets_parse(struct targets *t, const char *text, size_t len, struct faults *faults);
void targets_finish(struct targets *t);

/* As warnings: doubled codes, sums that do not add up, codes of programmes, kinds, documents and
 * places that stand in no list, places that were gone before the target's last day. lists:
 * CODES_LISTS of them. */
void targets_check(const struct targets *t, const struct codes *lists, const struct places *places,
		   struct faults *faults);

/* "ke-hoach" …, "san-pham" …: as the file has them. */
const char *target_grade_code(enum target_grade grade);
const char *target_measure_code(enum target_measure measure);
/* What people call them, in the language that the thread speaks. */
const char *target_grade_name(enum target_grade grade);
const char *target_unit(enum target_measure measure);

/* NULL: no such code. */
const struct target *targets_find(const struct targets *t, const char *code);

/* Whether it is of days that touch from … to. A target without days is of all days. */
bool target_touches(const struct target *t, struct date from, struct date to);

#endif
