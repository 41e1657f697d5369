/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/duedays.h"

#include <stdio.h>
#include <stdlib.h>

void dueday_period(enum deadline_span span, int year, int number, int month_from,
		   struct date *first, struct date *last)
{
	int months = 12 / (int)span;

	*first = date_month_begin(year, (number - 1) * months + 1, month_from);
	*last = date_add_days(date_month_begin(year, number * months + 1, month_from), -1);
}

struct making {
	struct date from, to;
	struct dueday *out;
	int count, most;
};

static void add(struct making *m, const struct dueday *due)
{
	const struct deadline *d = due->of;

	if (date_compare(due->last, m->from) < 0 || date_compare(due->last, m->to) > 0 ||
	    date_compare(due->last, d->from) < 0 || date_compare(due->last, d->to) > 0 ||
	    m->count == m->most)
		return;
	m->out[m->count++] = *due;
}

static void add_yearly(struct making *m, const struct deadline *d, int year)
{
	struct date before = {year, d->month, d->day};

	/* 29 February in a year without: its eve is the 28th, as in every year. */
	if (!date_valid(before))
		before = (struct date){year, 3, 1};
	add(m, &(struct dueday){.of = d, .last = date_add_days(before, -1)});
}

static void add_periods(struct making *m, const struct deadline *d, int year, int month_from)
{
	for (int number = 1; number <= (int)d->span; number++) {
		struct dueday due = {.of = d, .year = year, .number = number};
		dueday_period(d->span, year, number, month_from, &due.first_of, &due.last_of);
		due.last = date_add_days(due.last_of, d->days_after);
		add(m, &due);
	}
}

static int compare(const void *a, const void *b)
{
	const struct dueday *x = a, *y = b;
	int by_day = date_compare(x->last, y->last);

	return by_day != 0 ? by_day : (x->of > y->of) - (x->of < y->of);
}

int duedays_make(const struct deadlines *d, struct date from, struct date to, struct dueday *out,
		 int most)
{
	struct making m = {from, to, out, 0, most};

	for (int i = 0; i < d->count; i++) {
		const struct deadline *one = &d->list[i];
		if (one->kind == DEADLINE_ONCE)
			add(&m, &(struct dueday){.of = one, .last = one->last});
		/* A year more at both ends: before 1 January, and days after a period. */
		for (int year = from.year - 1; year <= to.year + 1; year++) {
			if (one->kind == DEADLINE_YEARLY)
				add_yearly(&m, one, year);
			if (one->kind == DEADLINE_PERIOD)
				add_periods(&m, one, year, d->month_from);
		}
	}
	if (m.count > 0)
		qsort(out, (size_t)m.count, sizeof(*out), compare);
	return m.count;
}

int64_t dueday_left(const struct dueday *due, struct date today)
{
	return date_to_days(due->last) - date_to_days(today);
}

void dueday_key(const struct dueday *due, char key[static DUEDAY_KEY_BYTES])
{
	char day[11];

	date_print(due->last, day);
	snprintf(key, DUEDAY_KEY_BYTES, "%s@%s", due->of->code, day);
}
