/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/lunar_pick.h"

#include <stdio.h>
#include <string.h>

/* One or two digits, 1 to `most`; moves *at behind them. 0: none such. */
static int take_number(const char **at, int most)
{
	int n = 0, digits = 0;

	for (; **at >= '0' && **at <= '9' && digits < 3; (*at)++, digits++)
		n = n * 10 + (**at - '0');
	return digits <= 2 && n <= most ? n : 0;
}

bool lunar_pick_parse(const char *text, struct lunar_pick *p)
{
	const char *at = text;
	struct lunar_pick made = {.day = (uint8_t)take_number(&at, 30)};

	if (made.day == 0 || *at++ != '/')
		return false;
	if (strcmp(at, "*") == 0) {
		*p = made;
		return true;
	}
	made.month = (uint8_t)take_number(&at, 12);
	made.leap = strcmp(at, "n") == 0 || strcmp(at, " nhuận") == 0;
	if (made.month == 0 || (*at != '\0' && !made.leap))
		return false;
	*p = made;
	return true;
}

void lunar_pick_print(const struct lunar_pick *p, char out[static 8])
{
	if (p->month == 0)
		snprintf(out, 8, "%u/*", p->day % 100u);
	else
		snprintf(out, 8, "%u/%u%s", p->day % 100u, p->month % 100u, p->leap ? "n" : "");
}

bool lunar_pick_is(const struct lunar_pick *p, struct lunar day)
{
	if (day.year == 0 || (p->month != 0 && (p->month != day.month || p->leap != day.leap)))
		return false;
	return p->day == day.day || (p->day == 30 && day.last);
}
