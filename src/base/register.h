/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers: what a station counts besides its airings, because programmes ask for it: products of
 * every kind, activities, support points with their equipment, stations, inspections, difficulties,
 * and who worked on what for pay. One table of them and their fields; sheets, forms, checks and
 * reports are driven by it. Pure. */
#ifndef VX_BASE_REGISTER_H
#define VX_BASE_REGISTER_H

#include "base/codes.h"
#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum register_type {
	REGISTER_TEXT,	   /* one line */
	REGISTER_LONG,	   /* some sentences, still one line */
	REGISTER_PERSON,   /* "user:7" where the station knows the person, else words, as `by` */
	REGISTER_CODE,	   /* of field.list */
	REGISTER_CODES,	   /* several of them: an array, no code twice */
	REGISTER_DATE,	   /* "2026-11-23" */
	REGISTER_MONTH,	   /* "2026-11" */
	REGISTER_COUNT,	   /* a whole number */
	REGISTER_QUANTITY, /* up to two decimals; whole ones are written as such */
	REGISTER_MONEY,	   /* đồng, whole */
	REGISTER_FLAG,	   /* true or false */
	REGISTER_CHOICE,   /* one of field.choices */
	REGISTER_SHA256,   /* 64 hex digits, small */
	REGISTER_ROW,	   /* the id of a row of the register whose prefix is field.of: "DHT3" */
	REGISTER_BULLETIN, /* "B17" */
	REGISTER_TYPES
};

/* code NULL ends a list. */
struct register_choice {
	const char *code, *vi, *en;
	const char *asks; /* "result,solved": which fields say more of it; NULL: none does */
};

struct register_field {
	const char *key; /* in entries, JSON and sheets; never renamed */
	const char *vi, *en; /* for people, and heads of columns */
	enum register_type type;
	bool required;
	bool state; /* a choice that is made anew as things go on */
	bool firm;  /* a choice: what the chosen one asks for must be there */
	bool past;  /* a day that has come: the station, which has a clock, takes no later one */
	enum codes_list list;			/* of codes */
	const char *of;				/* of rows */
	const struct register_choice *choices;	/* of a choice */
	int64_t min, max;			/* of numbers */
};

struct register_shape {
	const char *name;   /* "products" */
	const char *vi, *en;
	const char *prefix; /* of its ids: SP1, SP2, … two letters and more, unlike B17 and A42 */
	const struct register_field *fields; /* key NULL ends them */
	/* What no field says alone: the key of the one to mend, and why; NULL: all is well. */
	const char *(*amiss)(const json_t *row, char why[static REASON_BYTES]);
};

#define REGISTERS 8
extern const struct register_shape register_shapes[REGISTERS + 1];

/* NULL: there is none. */
const struct register_shape *register_find(const char *name);
const struct register_shape *register_at(int i);
const struct register_field *register_field(const struct register_shape *r, const char *key);

/* "SP17" ↔ 17; −1: no id of this register. */
int64_t register_number(const struct register_shape *r, const char *id);
void register_id(const struct register_shape *r, int64_t number, char out[static ID_BYTES]);
/* Of any register, also one that this program does not know: letters, then a number from 1 on
 * without zeros in front; −1. */
int64_t register_id_number(const char *id);

/* A cell as somebody wrote it: 23/11/2026 or 2026-11-23, 1.250.000, "có", a code or its name;
 * lists: CODES_LISTS of them, of which an empty one takes any code; NULL: all do. "" gives NULL.
 * The caller's. False: `why` says what is wrong with it. */
bool register_read(const struct register_field *f, const struct codes *lists, const char *text,
		   json_t **value, char why[static REASON_BYTES]);

/* The same of a value as programs have it: numbers and flags as they are, codes also as an array,
 * texts as above. */
bool register_take(const struct register_field *f, const struct codes *lists, const json_t *given,
		   json_t **value, char why[static REASON_BYTES]);

/* A row out of what was given, an object by keys; values as register_take makes them, null and ""
 * left out. Each fault is told: a key that there is none of, a value, and what is missing or does
 * not fit together. The caller's, also with faults; *faults: how many. */
json_t *register_row_take(const struct register_shape *r, const struct codes *lists,
			  const json_t *given, void (*tell)(void *arg, const char *key,
							    const char *why),
			  void *arg, int *faults);

/* The word for one of the field's choices; the code itself where it has no such. */
const char *register_choice_text(const struct register_field *f, const char *code);

/* A value for a cell of a sheet, as register_take reads it; in the language that the thread speaks
 * (words of a choice, yes and no). "" for what is not there. */
#define REGISTER_CELL_BYTES 2400
void register_tell(const struct register_field *f, const json_t *value,
		   char out[static REGISTER_CELL_BYTES]);

/* What programs call the list that a field's codes are of: "programmes"; NULL: it has no codes. */
const char *register_list_name(const struct register_field *f);

/* The table for programs: [{"name", "label", "prefix", "fields": [{"key", "label", "type", …}]}…],
 * labels in the language that the thread speaks. The caller's. */
json_t *register_shapes_json(void);

#endif
