/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A random month of a station, remembered as it was made, and tables over it: so that figures can
 * be added up a second time by other means. */
#ifndef VX_TESTS_REPORTCASE_H
#define VX_TESTS_REPORTCASE_H

#include "report/report.h"
#include "support/log_sample.h"

#define REPORTCASE_AIRINGS 300
#define REPORTCASE_DAYS 30

/* One airing as it was put into the log. */
struct reportcase_airing {
	const char *programmes[3];
	int programme_count;
	const char *language, *kind; /* kind as tables have it */
	enum report_class class;
	bool whole, rest, by_hand, both_zones;
	int64_t frames;
	int day; /* 0 … */
	int hour;
};

struct reportcase {
	struct log_sample sample;
	struct report report; /* of November 2026; its lists know the programme P1 */
	struct codes lists[CODES_LISTS];
	struct reportcase_airing airings[REPORTCASE_AIRINGS];
	int count;
};

/* An empty log. */
void reportcase_open(struct reportcase *c);
void reportcase_close(struct reportcase *c);

/* Airings from a seed. */
void reportcase_fill(struct reportcase *c, uint64_t seed);

/* The table in a format; free() it. Dies if there is none. */
char *reportcase_text(const struct reportcase *c, const char *table, const char *format);
json_t *reportcase_json(const struct reportcase *c, const char *table);

#endif
