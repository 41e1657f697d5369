/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places: provinces, old districts and communes with their classes, as seeds/dia-ban.yaml has them.
 * They are founded, change class and merge by decision, so that everything carries its days.
 * Pure. */
#ifndef VX_PLAN_PLACES_H
#define VX_PLAN_PLACES_H

#include "base/codes.h"
#include "plan/faults.h"

#include <stdbool.h>
#include <stddef.h>

#define PLACES_FILE "seeds/dia-ban.yaml"

enum place_level { PLACE_PROVINCE, PLACE_DISTRICT, PLACE_COMMUNE };

enum place_class {
	PLACE_REGION_3,	     /* khu-vuc-3 */
	PLACE_HARD_VILLAGES, /* thon-dbkk: villages of special difficulty in it */
	PLACE_BORDER,	     /* bien-gioi */
	PLACE_CLASSES
};

/* Of that class on days from … to. */
struct place_standing {
	enum place_class class;
	char basis[CODE_BYTES]; /* document; "" none */
	struct date from, to;
};

struct place {
	char code[CODE_BYTES];
	char name[TITLE_BYTES];
	enum place_level level;
	char parent[CODE_BYTES]; /* thuoc; "" none */
	char merged_into[CODE_BYTES]; /* nhap_vao, from the day after `to`; "" none */
	char source[CODE_BYTES]; /* document; "" none */
	struct place_standing classes[PLACE_CLASSES_MAX];
	int class_count;
	struct date from, to;	 /* was there on days from … to; year 1 and 9999 unless set */
	int line;		 /* in its file */
};

/* Owned; zero-initialise, places_finish. */
struct places {
	struct place *list;
	int count;
};

/* Adds to p what the text holds; faults as seeds_parse. False: no such list in it. */
bool places_parse(struct places *p, const char *text, size_t len, struct faults *faults);
void places_finish(struct places *p);

/* What the file says of itself and of documents, as warnings: doubled days, parents and successors
 * that are not there or not any more. */
void places_check(const struct places *p, const struct codes *documents, struct faults *faults);

/* "tinh" | "huyen" | "xa"; "khu-vuc-3" | "thon-dbkk" | "bien-gioi". */
const char *place_level_code(enum place_level level);
const char *place_class_code(enum place_class class);
/* False: no such class. */
bool place_class_parse(const char *code, enum place_class *class);

/* The place on that day; NULL: it was not there. */
const struct place *places_at(const struct places *p, const char *code, struct date day);
/* The same, and if it was not there then, as it last was before, or first was after. */
const struct place *places_named(const struct places *p, const char *code, struct date day);
/* What it is part of on that day: itself, or what it merged into; NULL: nobody says. */
const struct place *places_now(const struct places *p, const char *code, struct date day);

/* Whether it was of that class on that day. */
bool place_is(const struct place *place, enum place_class class, struct date day);

/* Whether a place is `area` or lies in it on that day. */
bool places_within(const struct places *p, const char *code, const char *area, struct date day);

#endif
