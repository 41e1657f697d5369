/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of codes with the days on which they hold: programmes, documents, languages, funds, kinds.
 * Data of the station (seeds/), because programmes are founded, renamed and ended by decision: a
 * code may stand in a list several times, for days of its own each time. */
#ifndef VX_BASE_CODES_H
#define VX_BASE_CODES_H

#include "base/civil.h"
#include "base/limits.h"

#include <stdbool.h>

enum codes_list {
	CODES_PROGRAMMES,
	CODES_GROUPS,	 /* of programmes */
	CODES_DOCUMENTS, /* that others cite; their code is the number, "1719/QĐ-TTg" */
	CODES_LANGUAGES,
	CODES_FUNDS,
	CODES_KINDS,	 /* of products */
	CODES_PROJECTS,	 /* projects and sub-projects, between groups and programmes */
	CODES_LISTS
};

struct code {
	char code[CODE_BYTES];
	char name[TITLE_BYTES];	 /* "" only in a list with faults */
	char group[CODE_BYTES];	 /* of a programme; "" none */
	char parent[CODE_BYTES]; /* the project that it is part of; "" none */
	char level[CODE_BYTES];	 /* that leads it: "tinh", "huyen", "xa"; "" not said */
	bool minority;		 /* of a language: a minority's */
	char bases[CODE_BASES_MAX][CODE_BYTES]; /* documents that it rests on */
	int base_count;
	struct date from, to;	 /* holds on days from … to; year 1 and 9999 unless set */
	int line;		 /* in its file */
};

/* Owned; zero-initialise, codes_finish. */
struct codes {
	struct code *list;
	int count;
};

void codes_finish(struct codes *c);

/* A new one at the end, empty; lives until the next. NULL: CODES_MAX are there. */
struct code *codes_add(struct codes *c);

/* What the code meant on that day; NULL: nothing. */
const struct code *codes_at(const struct codes *c, const char *code, struct date day);

/* The same, and if it meant nothing then, what it last meant before, else what it first meant
 * after; NULL only for a code that is not in the list. What is named must not become nameless when
 * its programme ends. */
const struct code *codes_named(const struct codes *c, const char *code, struct date day);

#endif
