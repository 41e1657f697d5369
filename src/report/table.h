/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of a report: typed columns, and rows that come one after the other, so that a year's
 * diary needs no more memory than a day's; and the seam to whatever writes it down. */
#ifndef VX_REPORT_TABLE_H
#define VX_REPORT_TABLE_H

#include "base/buf.h"
#include "base/civil.h"
#include "base/err.h"
#include "base/letter.h"
#include "base/limits.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum table_type {
	TABLE_TEXT,
	TABLE_HASH,    /* a text, of which paper needs the beginning only */
	TABLE_COUNT,
	TABLE_DATE,    /* days since 1970 */
	TABLE_TIME,    /* second of the day */
	TABLE_FRAMES,  /* a duration, at FRAMES_PER_S */
	TABLE_MONEY,   /* đồng */
	TABLE_PERCENT, /* in tenths */
	TABLE_HUNDREDTHS, /* of one: 150 is 1.5 */
	TABLE_TYPES
};

struct table_column {
	const char *key; /* for programs; a duration's is that of its seconds: "length_s" */
	const char *name; /* for people */
	enum table_type type;
	int width;	  /* on paper, in letters; 0: not printed, for files only */
	bool adds;	  /* its sum is that of its rows: none of them counts twice */
};

/* Which airings of the report's period stand behind a figure: what to ask table A for, as the
 * options of `vangxa report` are named; NULL: not asked. Each of its rows can be proven. */
struct table_open {
	const char *programme, *language, *kind, *fund, *place, *producer, *only;
};

/* Whether its cells are texts. */
bool table_is_text(enum table_type type);

/* A text, or a number in the unit of its column's type. Lives until the writer returns. */
struct table_cell {
	bool set;	 /* false: empty, nobody knows or it does not apply */
	const char *text;
	int64_t number;
	const struct table_open *open; /* NULL: no figure of airings */
};

/* "" is an empty one. */
struct table_cell table_text(const char *words);
struct table_cell table_number(int64_t value);

struct table_head {
	const char *table;   /* "A" */
	const char *title, *station;
	const char *period;  /* in words */
	struct date first, last;
	struct wall made;
	const struct tz *tz;
	const char *log;     /* which head of which log it is made from, in words; "" none signed */
	const char *mark;    /* the same as `vangxa verify --seen` takes it, SIZE:ROOT; "" none */
	const struct table_column *columns;
	int column_count;    /* at most TABLE_COLUMNS_MAX */
	const struct letter *letter; /* who issues it; NULL: nobody says */
};

/* Writes one table to `out`, which stays the caller's (NULL: the format writes nothing down); begin
 * first, rows, one sum, then notes, and end last. False + err: nothing more may be asked of it but
 * finish. One thread. */
struct table_writer {
	FILE *out;
	const struct table_head *head; /* from begin on; the caller's, must outlive it */
	struct buf text;
	int rows, notes;
	const struct table_format *format;
	/* The format's own. */
	void *state;
	bool failed; /* `why` is what the caller is told next */
	struct err why;
};

/* Each adds to `text` what is to be written next, or fails. */
struct table_format {
	void (*begin)(struct table_writer *w);
	void (*row)(struct table_writer *w, const struct table_cell *cells);
	void (*sum)(struct table_writer *w, const struct table_cell *cells);
	void (*note)(struct table_writer *w, const char *text);
	void (*end)(struct table_writer *w);
	void (*finish)(struct table_writer *w); /* frees its state, also half-way; or NULL */
};

/* For spreadsheets (base/csv.h), for programs, for people and their printers. */
extern const struct table_format table_csv, table_json, table_html;

/* One of these three; NULL: no such format. Those with libraries of their own: report/formats.h. */
const struct table_format *table_format(const char *name);

bool table_begin(struct table_writer *w, const struct table_head *head, struct err *e);
bool table_row(struct table_writer *w, const struct table_cell *cells, struct err *e);
bool table_sum(struct table_writer *w, const struct table_cell *cells, struct err *e);
bool table_note(struct table_writer *w, const char *text, struct err *e);
bool table_end(struct table_writer *w, struct err *e);
void table_finish(struct table_writer *w);

#define TABLE_CELL_BYTES 48

/* A number as people read it, in the language that the thread speaks (12.500, 1:02:03, 98,5 %), and
 * as a spreadsheet takes it for what it is (12500, 1:02:03, 98.5, 2026-11-23). A duration is
 * rounded to the second. */
void table_tell(enum table_type type, int64_t number, char out[static TABLE_CELL_BYTES]);
void table_plain(enum table_type type, int64_t number, char out[static TABLE_CELL_BYTES]);

#endif
