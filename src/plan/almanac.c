/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/almanac.h"

#include "base/must.h"

#include <stdlib.h>

static bool covers(const struct timetable *t, struct date day)
{
	return t->enabled && t->replaces != 0 && date_compare(day, t->valid_from) >= 0 &&
	       date_compare(day, t->valid_to) <= 0;
}

bool almanac_in_force(const struct schedule *s, int table, struct date day)
{
	if (!covers(&s->tables[table], day))
		return false;
	/* One that gives way itself replaces nothing. Ends: special_settle leaves no circle. */
	for (int i = 0; i < s->table_count; i++)
		if ((s->tables[i].replaces >> table & 1) != 0 && almanac_in_force(s, i, day))
			return false;
	return true;
}

uint64_t almanac_replaced(const struct schedule *s, struct date day)
{
	uint64_t replaced = 0;

	for (int i = 0; i < s->table_count; i++)
		if (almanac_in_force(s, i, day))
			replaced |= s->tables[i].replaces;
	return replaced;
}

static void make_replaced(struct almanac *a, const struct schedule *s)
{
	bool any = false;

	for (int i = 0; i < s->table_count; i++)
		any |= s->tables[i].enabled && s->tables[i].replaces != 0;
	if (!any)
		return;
	a->replaced = malloc((size_t)a->count * sizeof(*a->replaced));
	must(a->replaced != NULL);
	for (int64_t i = 0; i < a->count; i++)
		a->replaced[i] = almanac_replaced(s, date_from_days(a->first + i));
}

/* Lunar days with a margin, in which a holiday may begin that lasts until these days. */
static void make_holidays(struct almanac *a, const struct holidays *h)
{
	int64_t wide = a->count + 2 * HOLIDAY_DAYS_MAX;
	struct lunar *lunar = malloc((size_t)wide * sizeof(*lunar));

	a->holidays = calloc((size_t)a->count, sizeof(const struct holiday *));
	must(lunar != NULL && a->holidays != NULL);
	lunar_days(a->first - HOLIDAY_DAYS_MAX, wide, lunar);
	holidays_mark(h, a->first, a->count, lunar, a->holidays);
	free(lunar);
}

void almanac_make(struct almanac *a, const struct schedule *s, int64_t first, int64_t count,
		  bool all)
{
	bool lunar = all, holidays = all;

	for (int i = 0; i < s->slot_count; i++) {
		lunar |= s->slots[i].lunar_count > 0 || s->slots[i].lunar_except_count > 0;
		holidays |= s->slots[i].holidays != HOLIDAYS_AS_EVER;
	}
	*a = (struct almanac){.first = first, .count = count};
	if (lunar) {
		a->lunar = malloc((size_t)count * sizeof(*a->lunar));
		must(a->lunar != NULL);
		lunar_days(first, count, a->lunar);
	}
	if (holidays && s->holidays != NULL)
		make_holidays(a, s->holidays);
	make_replaced(a, s);
}

void almanac_finish(struct almanac *a)
{
	free(a->lunar);
	free(a->holidays);
	free(a->replaced);
	*a = (struct almanac){0};
}
