/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evening: the log of a station whose one slot has room for two of its three Vietnamese bulletins
 * (90 s each); the fourth is in another language. For tests of what judges such a log. */
#ifndef VX_TESTS_SUPPORT_EVENING_H
#define VX_TESTS_SUPPORT_EVENING_H

#include "proof/verdict.h"
#include "support/log_sample.h"

#define DAY_S 86400
/* 2026-11-23T17:00+07:00. */
#define EVENING_S (INT64_C(1795384800) + 12 * 3600)

struct evening {
	struct log_sample log;
	struct verdict verdict; /* of the last evening_code */
	char id[4][ID_BYTES];
};
extern struct evening evening; /* one at a time */
extern const char evening_slot[]; /* its timetable */

/* With the four bulletins, approved; the station has not started. */
void evening_open(void);
void evening_close(void);

/* The station starts with this timetable, planning by those rules. */
void evening_start(const char *timetable, int64_t rules);

/* An entry; at that moment. Its number. */
int64_t evening_add(json_t *entry);
int64_t evening_add_at(int64_t s, json_t *entry);

/* One in this language, for any slot and day; approved as bulletin i. */
struct bulletin evening_words(const char *language);
void evening_library(int i, const struct bulletin *b);

/* Bulletin i in the slot that starts at that moment; that it airs, or was missed. */
struct airing_facts evening_facts(int i, int64_t evening_s);
int64_t evening_air(int i, int64_t evening_s);
int64_t evening_miss(int i, int64_t evening_s);

/* The honest evening of a day, of which one bulletin is not told (−1: none); and of days [first,
 * end). */
void evening_of(int day, int but);
void evenings(int first, int end);

/* The first difference that explain_airings finds, "" none; and its entry. */
const char *evening_code(int64_t *n);

#endif
