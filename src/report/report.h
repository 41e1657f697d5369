/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report: what is asked, of which time, and the tables that answer it. */
#ifndef VX_REPORT_REPORT_H
#define VX_REPORT_REPORT_H

#include "base/codes.h"
#include "base/model.h"
#include "base/numbers.h"
#include "proof/diary.h"
#include "report/period.h"
#include "report/table.h"

/* What an airing counts as, the same in every table: each is of one class. */
enum report_class {
	REPORT_AIRED,	/* a device took it, wholly or in part */
	REPORT_NOT_AIRED, /* missed, or sent to no device */
	REPORT_UNCLEAR,	/* nobody can say how much of it was heard, or it is on air */
	REPORT_CLASSES
};

/* Which airings; a NULL text and −1: all. */
struct report_filter {
	const char *programme, *language, *kind, *fund; /* codes; "" those without one */
	int only; /* enum report_class */
	/* Loudspeaker clusters, "a" or "a,b": what was meant for any of them, as it went there. */
	const char *place;
	const char *producer; /* who handed it in: "user:7" */
};

/* By what table B divides. */
enum report_by {
	REPORT_BY_ALL, /* programme × language × kind */
	REPORT_BY_PROGRAMME,
	REPORT_BY_LANGUAGE,
	REPORT_BY_PLACE, /* a loudspeaker cluster */
	REPORT_BY_PRODUCER,
	REPORT_BY_FUND,
	REPORT_BYS
};

/* A loudspeaker cluster as the settings have it now. */
struct report_zone {
	const char *name, *device; /* device "none": none is meant to be there */
};

/* What one reading, or a page, is paid. */
struct report_rate {
	int64_t dong;
	int64_t day_cap; /* for one person, one day and this work; 0 none */
	int page_words;	 /* 0: by readings */
};

/* What a target counts, and in which unit. */
enum report_measure {
	REPORT_PRODUCTS, /* new ones */
	REPORT_AIRINGS,
	REPORT_MINUTES,	 /* on air */
	REPORT_POINTS,	 /* of support, working */
	REPORT_PLACES,	 /* with a station in scope */
	REPORT_TRAININGS,
	REPORT_VISITS,	 /* inspections made */
	REPORT_MONEY,	 /* đồng */
	REPORT_MEASURES
};

/* What its number is worth. */
enum report_grade { REPORT_ASKED, REPORT_SCOPE, REPORT_TOLD /* was reported as done */ };

/* A number that a document names, against which the log is held. */
struct report_target {
	const char *code, *what, *source;
	const char *who, *kind, *programme; /* "" none is named */
	const char *called, *unit;	    /* its grade and its measure, for people */
	enum report_grade grade;
	enum report_measure measure;
	int64_t low, high;		    /* equal for one number */
	bool placed;	      /* set for some places only */
	bool part;	      /* of a sum, and nothing else tells it from the other parts */
	struct date from, to; /* year 1 and 9999: not said */
};

struct several;
struct report;

/* What several stations have done together and no sum of theirs tells (report/merged.h). */
struct report_across {
	struct numbers days;   /* on which any of them aired */
	int64_t planned, kept; /* airings by their timetables, and of these aired */
	struct several *several; /* their products (report/several.h); NULL: nobody asked */
	int station; /* whose rows come: which of those it was given; from 0 */
	/* For words, which tell of several tables (report/summary.h): one table of all stations,
	 * but table_end; and where the figures come from, as notes. */
	bool (*write)(void *arg, const struct report *r, const char *table,
		      struct table_writer *w, struct err *e);
	bool (*notes)(void *arg, struct table_writer *w, struct err *e);
	void *arg;
};

struct report {
	struct view *view;	/* held: all figures are of one moment */
	const struct tz *tz;
	struct period period;
	struct report_filter filter;
	enum report_by by;
	const struct codes *lists; /* CODES_LISTS of them, for names */
	/* False: nothing is set. role: "read" | "write"; NULL: no rates can be read. */
	bool (*rate)(void *arg, const char *role, const char *language, struct date day,
		     struct report_rate *rate);
	void *rate_arg;
	const struct report_zone *zones;
	int zone_count;
	const struct report_target *targets;
	int target_count;
	/* Whether it is the station's in these days, by the places that it is set for; NULL: each
	 * is. where: the station's place, "" nobody says. */
	bool (*concerns)(void *arg, const struct report_target *t, struct date first,
			 struct date last);
	void *concerns_arg;
	const char *where;
	/* The code of the place that a register calls so, as it is on that day, what merged as what
	 * it became; NULL: nobody knows. Lives as long as the report. And whether that place counts
	 * for a target that is set for places. NULL: there is no catalogue of places. */
	const char *(*place_of)(void *arg, const char *name, struct date day);
	bool (*lies_in)(void *arg, const struct report_target *t, const char *place,
			struct date day);
	void *places_arg;
	const struct model *models; /* of reports in words */
	int model_count;
	const char *station;
	const struct letter *letter; /* or NULL */
	const char *log, *mark;	/* struct table_head */
	struct wall began;	/* the log; 0: it had before the period, or nobody knows */
	struct wall made;
	/* The name of who "user:7" is; the id itself for one who has none any more. Lives as long
	 * as the report. */
	const char *(*person)(void *arg, const char *id);
	void *person_arg;
	/* This station is one of several in one table, without its settings; else NULL. */
	struct report_across *across;
};

/* One of the tables that there are. */
struct report_table {
	const char *letter;   /* "A" */
	const char *vi, *en;  /* its name */
	bool (*write)(const struct report *r, struct table_writer *w, struct err *e);
};

/* Table i in the order in which they are offered, NULL past the last; the one of a letter, NULL
 * none. */
const struct report_table *report_table(int i);
const struct report_table *report_table_find(const char *letter);

/* Returns false, with a sentence that names those that there are; ERR_USAGE. */
bool report_no_table(const char *letter, struct err *e);

/* Writes one table. ERR_USAGE: there is no such table. */
bool report_write(const struct report *r, const char *table, struct table_writer *w,
		  struct err *e);

/* The first day of which the table needs the view's rows: that of the period, or one before it. */
struct date report_first(const struct report *r, const char *table);

/* "aired" | "not-aired" | "unclear". */
bool report_class_parse(const char *text, int *only);
const char *report_class_code(enum report_class class);

/* For the tables. */

enum report_class report_class(const struct diary_row *d);
/* The same at the place that is asked for, where it may not have been heard. */
enum report_class report_class_in(const struct report_filter *f, const struct diary_row *d);

/* The code of its kind: of a bulletin what its sender said, else what the program knows by itself;
 * "" a sound of the station's own, or nothing that could be named. */
const char *report_kind(const struct diary_row *d);

/* Whether a code stands among "a,b,c"; "" does in none at all, "". */
bool report_lists(const char *codes, const char *code);
/* Whether any of the codes "a,b" does. */
bool report_lists_any(const char *codes, const char *any);

bool report_takes(const struct report_filter *f, const struct diary_row *d);
/* Of a bulletin, by its codes and sender alone. */
bool report_takes_product(const struct report_filter *f, const struct diary_product *p);

/* The station's day of an instant, and its second of the day. */
struct date report_day(const struct report *r, int64_t at_ms);
struct table_cell report_day_cell(const struct report *r, int64_t at_ms); /* 0: empty */
struct table_cell report_time_cell(const struct report *r, int64_t at_ms);
/* Of the period what of [from_ms, to_ms) lies in it and is not yet to come; to_ms 0: until its end.
 * As a duration's number. */
int64_t report_frames_in(const struct report *r, int64_t from_ms, int64_t to_ms);

/* What people call a code on that day; the code itself where no list has it. */
const char *report_name(const struct report *r, enum codes_list which, const char *code,
			struct date day);

/* What a table's head is made of; outlives the table's writing. */
struct report_sheet {
	struct table_column columns[TABLE_COLUMNS_MAX]; /* named by the table before it begins */
	struct table_head head;
	char period[PERIOD_NAME_BYTES];
};

/* The head of what is no table of the list: a register. Texts and columns are the caller's. */
struct table_head report_head(const struct report *r, const char *table, const char *title,
			      const char *period, const struct table_column *columns, int count);

/* Begins the table of that letter, with the title that the list has for it. */
bool report_begin(struct report_sheet *s, const struct report *r, const char *letter, int columns,
		  struct table_writer *w, struct err *e);

/* The word that people read for a code of a register's choice. */
const char *report_choice(const char *shape, const char *key, const char *code);

bool report_airings(const struct report *r, struct table_writer *w, struct err *e);
bool report_totals(const struct report *r, struct table_writer *w, struct err *e);
/* The same table of several stations, divided by r->by: a row for each code with what all of them
 * did, but zones and persons, of which each station has its own. As report_plan_begin and the rest;
 * the stations' names are borrowed until the end. */
struct totals *report_totals_begin(const struct report *r);
bool report_totals_add(struct totals *t, const struct report *of, const char *name, struct err *e);
bool report_totals_write(struct totals *t, struct table_writer *w, struct err *e);
void report_totals_end(struct totals *t);
bool report_products(const struct report *r, struct table_writer *w, struct err *e);
bool report_plan(const struct report *r, struct table_writer *w, struct err *e);
struct date report_plan_first(const struct report *r);

/* The same table of several stations: each target once, with what all of them did. r: what is
 * asked, without a view; it outlives the plan. Each station after the other; its view may be closed
 * then. `name`: of its log; NULL: it is
 * the only one. */
struct plan *report_plan_begin(const struct report *r);
bool report_plan_add(struct plan *p, const struct report *of, const char *name, struct err *e);
/* All but table_end. */
bool report_plan_write(struct plan *p, struct table_writer *w, struct err *e);
void report_plan_end(struct plan *p);
bool report_difficulties(const struct report *r, struct table_writer *w, struct err *e);
bool report_checklist(const struct report *r, struct table_writer *w, struct err *e);
bool report_pay(const struct report *r, struct table_writer *w, struct err *e);
bool report_equipment(const struct report *r, struct table_writer *w, struct err *e);

#endif
