/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/days.h"

#include <string.h>
#include <strings.h>

static const struct {
	const char *word;
	int day; /* 0 Monday */
} names[] = {
	{"mon", 0}, {"tue", 1}, {"wed", 2}, {"thu", 3}, {"fri", 4}, {"sat", 5}, {"sun", 6},
	{"monday", 0}, {"tuesday", 1}, {"wednesday", 2}, {"thursday", 3}, {"friday", 4},
	{"saturday", 5}, {"sunday", 6},
	{"t2", 0}, {"t3", 1}, {"t4", 2}, {"t5", 3}, {"t6", 4}, {"t7", 5}, {"cn", 6}, {"t8", 6},
};

static const struct {
	const char *word;
	uint8_t mask;
} groups[] = {
	{"daily", DAYS_ALL}, {"hang-ngay", DAYS_ALL}, {"hằng ngày", DAYS_ALL},
	{"weekdays", 0x1f}, {"weekend", 0x60}, {"weekends", 0x60},
};

/* The day of the first len bytes of word, −1 if it is none. */
static int find_day(const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i].word) == len && strncasecmp(names[i].word, word, len) == 0)
			return names[i].day;
	return -1;
}

bool days_parse(const char *word, uint8_t *mask)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (strcasecmp(groups[i].word, word) != 0)
			continue;
		*mask |= groups[i].mask;
		return true;
	}
	const char *dash = strchr(word, '-');
	size_t len = dash != NULL ? (size_t)(dash - word) : strlen(word);
	int from = find_day(word, len);
	int to = dash != NULL ? find_day(dash + 1, strlen(dash + 1)) : from;
	if (from < 0 || to < 0)
		return false;
	for (int day = from;; day = (day + 1) % 7) {
		*mask |= (uint8_t)(1u << day);
		if (day == to)
			return true;
	}
}
