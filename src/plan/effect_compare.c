/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second half of effect.h: matching the starts of two plans, and what is said of a pair. Starts
 * of one slot belong together when they are the same instant, else in their order within a day:
 * what is left over on one side was added or is gone. */
#include "base/must.h"
#include "base/saying.h"
#include "plan/effect.h"
#include "plan/effect_tell.h"

#include <stdlib.h>
#include <string.h>

#define ON_TIME_NS (2 * NS_PER_S) /* as station/run.h has it */

static bool plays(const struct effect_start *s, const char *thing)
{
	for (int i = 0; i < s->item_count; i++)
		if (strcmp(s->items[i].thing, thing) == 0)
			return true;
	return false;
}

static json_t *of_slot(enum saying code, const struct effect_start *s)
{
	json_t *said = saying(code);

	json_object_set_new(said, "slot", json_string(s->slot));
	return said;
}

/* What one has in its running order and the other has not. */
static void tell_items(struct effect_tell *t, enum saying code, const struct effect_start *has,
		       const struct effect_start *lacks)
{
	for (int i = 0; i < has->item_count; i++) {
		if (!has->items[i].bulletin || plays(lacks, has->items[i].thing))
			continue;
		json_t *said = of_slot(code, has);
		json_object_set_new(said, "title", json_string(has->items[i].title));
		effect_tell(t, said, code == SAYING_EFFECT_LOSES, has, NULL);
	}
}

static void tell_silent(struct effect_tell *t, const struct effect_start *s)
{
	bool taken = s->why == OMIT_CONFLICT && s->taken_by != NULL;
	json_t *said = of_slot(taken ? SAYING_EFFECT_TAKEN : SAYING_EFFECT_SILENT, s);

	if (taken)
		json_object_set_new(said, "taken_by", json_string(s->taken_by));
	else
		json_object_set_new(said, "why",
				    json_pack("{s:s, s:s}", "vi", omission_words(s->why, false),
					      "en", omission_words(s->why, true)));
	effect_tell(t, said, true, s, NULL);
}

/* What is new and a person should know, whatever was before (NULL: nothing). */
static void tell_state(struct effect_tell *t, const struct effect_start *was,
		       const struct effect_start *is)
{
	bool cut = is->taken_by != NULL && !is->silent;
	bool was_cut = was != NULL && was->taken_by != NULL && !was->silent;

	if (is->demo)
		return;
	if (is->silent && (was == NULL || !was->silent || was->why != is->why))
		tell_silent(t, is);
	if (cut && (!was_cut || was->length_frames != is->length_frames)) {
		json_t *said = of_slot(SAYING_EFFECT_SHORTENED, is);
		json_object_set_new(said, "taken_by", json_string(is->taken_by));
		json_object_set_new(said, "length_s",
				    json_integer(is->length_frames / FRAMES_PER_S));
		effect_tell(t, said, true, is, NULL);
	}
	if (is->quiet_by != NULL && (was == NULL || was->quiet_by == NULL ||
				     was->second != is->second)) {
		json_t *said = of_slot(SAYING_EFFECT_QUIET, is);
		json_object_set_new(said, "by", json_string(is->quiet_by));
		effect_tell(t, said, true, is, NULL);
	}
}

static void tell_figures(struct effect_tell *t, const struct effect_start *was,
			 const struct effect_start *is)
{
	if (was->slot_length_s != is->slot_length_s) {
		json_t *said = of_slot(SAYING_EFFECT_LENGTH, is);
		json_object_set_new(said, "length_s", json_integer(is->slot_length_s));
		json_object_set_new(said, "was_s", json_integer(was->slot_length_s));
		effect_tell(t, said, false, is, NULL);
	}
	if (strcmp(was->zones, is->zones) != 0) {
		json_t *said = of_slot(SAYING_EFFECT_ZONES, is);
		json_object_set_new(said, "zones", json_string(is->zones));
		json_object_set_new(said, "was", json_string(was->zones));
		effect_tell(t, said, false, is, NULL);
	}
	if (was->volume_db != is->volume_db) {
		json_t *said = of_slot(SAYING_EFFECT_VOLUME, is);
		json_object_set_new(said, "volume_db", json_real(is->volume_db));
		json_object_set_new(said, "was_db", json_real(was->volume_db));
		effect_tell(t, said, false, is, NULL);
	}
}

/* Somebody has taken it off: it stands in the plan with the reason, and is no airing that could
 * move, come or go. */
static bool off(const struct effect_start *s)
{
	return s->silent && (s->why == OMIT_SKIPPED || s->why == OMIT_PAUSED);
}

static void tell_pair(struct effect_tell *t, const struct effect_start *was,
		      const struct effect_start *is)
{
	if (off(was) && off(is))
		return;
	if (!off(was) && !off(is)) {
		if (was->start.ns != is->start.ns)
			effect_tell(t, of_slot(SAYING_EFFECT_MOVES, is), false, is, was);
		tell_figures(t, was, is);
	}
	tell_state(t, was, is);
	if (is->demo)
		return;
	if (was->silent && !is->silent)
		effect_tell(t, of_slot(SAYING_EFFECT_SOUNDS, is), false, is, NULL);
	if (!was->silent && !is->silent) {
		tell_items(t, SAYING_EFFECT_LOSES, was, is);
		tell_items(t, SAYING_EFFECT_GAINS, is, was);
	}
}

/* One that sounds at this moment plays on as it began, whatever the files say, until another start
 * needs its loudspeakers. */
static void tell_on_air(struct effect_tell *t, const struct effect_start *now,
			const struct effect_view *after, bool changed)
{
	int64_t end_ns = now->start.ns + ns_of_frames(now->length_frames);
	const struct effect_start *cuts = NULL;

	for (int i = 0; i < after->count && !now->demo; i++) {
		const struct effect_start *s = &after->list[i];
		if (s->start.ns > t->now.ns && s->start.ns < end_ns && !s->silent && !s->demo &&
		    (s->zone_mask & now->zone_mask) != 0 &&
		    (cuts == NULL || s->start.ns < cuts->start.ns))
			cuts = s;
	}
	if (cuts != NULL) {
		json_t *said = of_slot(SAYING_EFFECT_CUT, now);
		json_object_set_new(said, "taken_by", json_string(cuts->slot));
		effect_tell(t, said, true, cuts, NULL);
	} else if (changed) {
		effect_tell(t, of_slot(SAYING_EFFECT_GOES_ON, now), false, now, NULL);
	}
}

static bool began(const struct effect_tell *t, const struct effect_start *s)
{
	return s->start.ns <= t->now.ns;
}

static bool on_air(const struct effect_tell *t, const struct effect_start *s)
{
	return began(t, s) && !s->silent && s->start.ns + ns_of_frames(s->sound_frames) > t->now.ns;
}

static void tell_gone(struct effect_tell *t, const struct effect_start *was,
		      const struct effect_view *after)
{
	if (on_air(t, was))
		tell_on_air(t, was, after, true);
	else if (!off(was) && (was->silent || !began(t, was)))
		effect_tell(t, of_slot(SAYING_EFFECT_GOES, was), false, NULL, was);
}

/* It is saved after its start: see station/newcomers.h. */
static void tell_late(struct effect_tell *t, const struct effect_start *is)
{
	int64_t late_ns = t->now.ns - is->start.ns;
	bool joins = late_ns <= is->join_within_s * NS_PER_S || late_ns <= ON_TIME_NS;

	if (is->demo || is->silent)
		return;
	effect_tell(t, of_slot(joins ? SAYING_EFFECT_JOINS : SAYING_EFFECT_TOO_LATE, is), !joins,
		    is, NULL);
}

static void tell_new(struct effect_tell *t, const struct effect_start *is)
{
	if (off(is))
		return;
	if (began(t, is)) {
		tell_late(t, is);
		return;
	}
	json_t *said = of_slot(SAYING_EFFECT_APPEARS, is);
	json_object_set_new(said, "length_s", json_integer(is->slot_length_s));
	effect_tell(t, said, false, is, NULL);
	tell_state(t, NULL, is);
}

static int compare_slots(const struct effect_start *a, const struct effect_start *b)
{
	int order = strcmp(a->file, b->file);

	return order != 0 ? order : strcmp(a->slot, b->slot);
}

/* The starts of one slot on one local day, of both sides; those of the same instant are told and
 * taken out, the rest is paired in its order. */
struct daily {
	const struct effect_start **was, **is;
	int was_count, is_count;
};

static void take_same(struct effect_tell *t, struct daily *d, const struct effect_view *after)
{
	int w = 0, i = 0, was_left = 0, is_left = 0;

	while (w < d->was_count || i < d->is_count) {
		int64_t a = w < d->was_count ? d->was[w]->start.ns : INT64_MAX;
		int64_t b = i < d->is_count ? d->is[i]->start.ns : INT64_MAX;
		if (a < b) {
			d->was[was_left++] = d->was[w++];
		} else if (b < a) {
			d->is[is_left++] = d->is[i++];
		} else {
			if (on_air(t, d->was[w]))
				tell_on_air(t, d->was[w], after, false);
			else if (!began(t, d->was[w]) || d->was[w]->silent)
				tell_pair(t, d->was[w], d->is[i]);
			w++;
			i++;
		}
	}
	d->was_count = was_left;
	d->is_count = is_left;
}

static void tell_day(struct effect_tell *t, struct daily *d, const struct effect_view *after)
{
	int paired = 0;

	bool under_way = d->was_count > 0 && began(t, d->was[0]);

	take_same(t, d, after);
	while (paired < d->was_count && paired < d->is_count && !began(t, d->was[paired]) &&
	       !began(t, d->is[paired])) {
		tell_pair(t, d->was[paired], d->is[paired]);
		paired++;
	}
	for (int i = paired; i < d->was_count; i++)
		tell_gone(t, d->was[i], after);
	for (int i = paired; i < d->is_count; i++)
		if (!under_way || !began(t, d->is[i]))
			tell_new(t, d->is[i]);
}

/* How a start stands to the slot and day at hand: before, in or behind them. */
static int against(const struct effect_start *s, const struct effect_start *key)
{
	int order = compare_slots(s, key);

	return order != 0 ? order : (s->day > key->day) - (s->day < key->day);
}

static int gather(const struct effect_view *v, int *at, const struct effect_start *key,
		  const struct effect_start **out)
{
	int count = 0;

	while (*at < v->count && against(&v->list[*at], key) == 0)
		out[count++] = &v->list[(*at)++];
	return count;
}

static void compare_days(struct effect_tell *t, const struct effect_view *before,
			 const struct effect_view *after)
{
	struct daily d = {.was = calloc((size_t)before->count + 1, sizeof(*d.was)),
			  .is = calloc((size_t)after->count + 1, sizeof(*d.is))};
	int w = 0, i = 0;

	must(d.was != NULL && d.is != NULL);
	while (w < before->count || i < after->count) {
		const struct effect_start *key = w < before->count ? &before->list[w] : NULL;
		if (key == NULL || (i < after->count && against(&after->list[i], key) < 0))
			key = &after->list[i];
		d.was_count = gather(before, &w, key, d.was);
		d.is_count = gather(after, &i, key, d.is);
		tell_day(t, &d, after);
	}
	free(d.was);
	free(d.is);
}

/* Every bulletin that is to be heard, with its title. */
static json_t *bulletins_of(const struct effect_view *v)
{
	json_t *all = json_object();

	for (int i = 0; i < v->count; i++)
		for (int k = 0; k < v->list[i].item_count; k++)
			if (v->list[i].items[k].bulletin)
				json_object_set_new(all, v->list[i].items[k].thing,
						    json_string(v->list[i].items[k].title));
	return all;
}

static void tell_lost(struct effect_tell *t, const struct effect_view *before,
		      const struct effect_view *after)
{
	json_t *was = bulletins_of(before), *is = bulletins_of(after), *title;
	const char *id;

	json_object_foreach(was, id, title) {
		if (json_object_get(is, id) != NULL)
			continue;
		json_t *said = saying(SAYING_EFFECT_LOST);
		json_object_set_new(said, "bulletin", json_string(id));
		json_object_set(said, "title", title);
		effect_tell(t, said, true, NULL, NULL);
	}
	json_decref(was);
	json_decref(is);
}

json_t *effect_compare(const struct effect_view *before, const struct effect_view *after,
		       const struct tz *tz, struct wall now)
{
	struct effect_tell t = {.tz = tz, .now = now};

	effect_tell_begin(&t);
	tell_lost(&t, before, after);
	compare_days(&t, before, after);
	return effect_tell_end(&t);
}
