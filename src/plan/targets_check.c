/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "plan/seedlist.h"
#include "plan/targets.h"

#include <math.h>
#include <string.h>

#define ROUNDING 0.005 /* numbers are written with two decimals at most */

static void warn(const struct target *t, struct faults *faults, const char *text, const char *code)
{
	faults_add(faults, FAULT_WARNING, TARGETS_FILE, t->line, text, t->code, code);
}

static void check_twice(const struct targets *all, int i, struct faults *faults)
{
	const struct target *first = targets_find(all, all->list[i].code);

	if (first != &all->list[i])
		faults_add(faults, FAULT_WARNING, TARGETS_FILE, all->list[i].line,
			   T("%s: mã này đã có ở dòng %d", "%s: line %d has this code already"),
			   all->list[i].code, first->line);
}

static void check_sum(const struct targets *all, const struct target *t, struct faults *faults)
{
	double low = 0, high = 0;

	for (int i = 0; i < t->part_count; i++) {
		const struct target *part = targets_find(all, t->parts[i]);
		if (part == NULL || part == t || part->measure != t->measure) {
			warn(t, faults,
			     T("%s: \"gom: %s\" không phải một dòng khác cùng cách đo",
			       "%s: \"gom: %s\" is no other line of the same measure"),
			     t->parts[i]);
			return;
		}
		low += part->low;
		high += part->high;
	}
	if (t->part_count > 0 && (fabs(low - t->low) > ROUNDING || fabs(high - t->high) > ROUNDING))
		faults_add(faults, FAULT_WARNING, TARGETS_FILE, t->line,
			   T("%s: ghi %.15g, các phần cộng lại được %.15g",
			     "%s: it says %.15g, and its parts add up to %.15g"),
			   t->code, t->low, low);
}

static void check_place(const struct target *t, const char *code, const struct places *places,
			struct faults *faults)
{
	const struct place *there;

	if (places->count == 0)
		return;
	there = places_named(places, code, t->to);
	if (there == NULL)
		warn(t, faults, T("%s: không có nơi \"%s\" trong " PLACES_FILE,
				  "%s: no place \"%s\" in " PLACES_FILE), code);
	/* A target without a last day is read as of when the place was there. */
	else if (t->to.year < 9999 && places_at(places, code, t->to) == NULL)
		warn(t, faults, T("%s: nơi \"%s\" không còn khi hết hạn (đã sáp nhập, hoặc \"to\" "
				  "sớm hơn)",
				  "%s: the place \"%s\" is not there on its last day (merged, or "
				  "ended)"), code);
}

void targets_check(const struct targets *all, const struct codes *lists,
		   const struct places *places, struct faults *faults)
{
	for (int i = 0; i < all->count; i++) {
		const struct target *t = &all->list[i];
		check_twice(all, i, faults);
		check_sum(all, t, faults);
		for (int k = 0; k < t->place_count; k++)
			check_place(t, t->places[k], places, faults);
		seedlist_cited(&lists[CODES_PROGRAMMES], CODES_PROGRAMMES, t->programme,
			       "chuong_trinh", TARGETS_FILE, t->line, t->code, faults);
		seedlist_cited(&lists[CODES_KINDS], CODES_KINDS, t->kind, "loai", TARGETS_FILE,
			       t->line, t->code, faults);
		seedlist_cited(&lists[CODES_DOCUMENTS], CODES_DOCUMENTS, t->source, "nguon",
			       TARGETS_FILE, t->line, t->code, faults);
	}
}
