/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/occur.h"

#include "base/must.h"
#include "base/text.h"
#include "plan/quiet.h"
#include "plan/recur.h"

#include <stdlib.h>
#include <string.h>

#define DAY_S 86400

struct wall occur_end(const struct occur *o)
{
	return wall_add_ns(o->start, o->slot->length_s * NS_PER_S);
}

static struct occur *next(struct occurs *o)
{
	if (o->count == o->capacity) {
		o->capacity = o->capacity > 0 ? 2 * o->capacity : 256;
		o->list = realloc(o->list, (size_t)o->capacity * sizeof(*o->list));
		must(o->list != NULL);
	}
	return &o->list[o->count++];
}

/* Adds the starts of one day of one slot that lie in [from, to). */
static bool add_day(struct occurs *o, const struct slot *slot, int rank, const struct tz *tz,
		    int64_t day, struct wall from, struct wall to, struct err *e)
{
	int starts = slot_start_count(slot);
	const struct slot_off *off = recur_off(slot, date_from_days(day));
	struct wall last = {INT64_MIN};

	for (int k = 0; k < starts; k++) {
		int32_t second = slot_start_s(slot, k);
		int64_t local_day = day + second / DAY_S;
		struct wall start = tz_wall(tz, date_from_days(local_day), second % DAY_S);
		/* Where the clock jumps ahead two local times may be one instant. */
		if (start.ns < from.ns || start.ns >= to.ns || start.ns <= last.ns)
			continue;
		last = start;
		if (o->count == PLAN_OCCURRENCES_MAX)
			return err_set(e, ERR_REFUSED,
				       T("kế hoạch có hơn %d lượt phát; hỏi một khoảng ngắn hơn",
					 "the plan has more than %d occurrences; ask for less"),
				       PLAN_OCCURRENCES_MAX);
		*next(o) = (struct occur){
			.slot = slot, .start = start, .day = local_day, .second = second % DAY_S,
			.rank = rank, .off = off, .length_frames = slot->length_s * FRAMES_PER_S,
			.finish_frames = slot->length_s * FRAMES_PER_S,
		};
	}
	return true;
}

/* Which slot goes first when two start together. */
static int compare_slots(const struct slot *a, const struct slot *b)
{
	if (a->demo != b->demo)
		return a->demo ? 1 : -1;
	int files = strcmp(a->file, b->file);
	if (files != 0)
		return files;
	return a->line != b->line ? a->line - b->line : (a > b) - (a < b);
}

static int by_slot(const void *a, const void *b)
{
	return compare_slots(*(const struct slot *const *)a, *(const struct slot *const *)b);
}

static int by_start(const void *a, const void *b)
{
	const struct occur *x = a, *y = b;

	if (x->start.ns != y->start.ns)
		return x->start.ns < y->start.ns ? -1 : 1;
	return x->rank - y->rank;
}

static const struct slot **ranked(const struct schedule *schedule)
{
	const struct slot **slots = calloc((size_t)schedule->slot_count + 1, sizeof(*slots));

	must(slots != NULL);
	for (int i = 0; i < schedule->slot_count; i++)
		slots[i] = &schedule->slots[i];
	qsort(slots, (size_t)schedule->slot_count, sizeof(*slots), by_slot);
	return slots;
}

bool occurs_make(struct occurs *o, const struct schedule *schedule, const struct tz *tz,
		 struct wall from, struct wall to, struct err *e)
{
	/* A day more on both sides: repeats may pass midnight. */
	struct date first = date_add_days(tz_date(tz, from, NULL), -1);
	struct date last = date_add_days(tz_date(tz, to, NULL), 1);
	int64_t days = date_to_days(last) - date_to_days(first) + 1;
	const struct slot **slots = ranked(schedule);
	uint8_t *on = malloc((size_t)days);
	struct almanac almanac;
	bool ok = true;

	must(on != NULL);
	*o = (struct occurs){0};
	almanac_make(&almanac, schedule, date_to_days(first), days, false);
	for (int i = 0; ok && i < schedule->slot_count; i++) {
		recur_days(slots[i], &almanac, first, last, on);
		for (int64_t k = 0; ok && k < days; k++)
			if (on[k])
				ok = add_day(o, slots[i], i, tz, date_to_days(first) + k, from, to,
					     e);
	}
	almanac_finish(&almanac);
	free(on);
	free(slots);
	if (o->count > 0)
		qsort(o->list, (size_t)o->count, sizeof(*o->list), by_start);
	return ok;
}

void occurs_finish(struct occurs *o)
{
	free(o->list);
	*o = (struct occurs){0};
}
