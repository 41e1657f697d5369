/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days of the week in the words of a timetable: mon-sat, t2-t7, cn, daily, weekdays. */
#ifndef VX_PLAN_DAYS_H
#define VX_PLAN_DAYS_H

#include <stdbool.h>
#include <stdint.h>

#define DAYS_ALL 0x7f

/* Adds the days of one word (a day, a range that may wrap such as sat-mon, or a word for several)
 * to the mask: bit 0 Monday … bit 6 Sunday. False if it is no such word; the mask then stays. */
bool days_parse(const char *word, uint8_t *mask);

#endif
