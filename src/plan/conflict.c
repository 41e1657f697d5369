/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/conflict.h"

#include "base/limits.h"
#include "plan/fill.h"
#include "plan/meet.h"

static bool meet(const struct occur *a, const struct occur *b)
{
	return (a->slot->zones & b->slot->zones) != 0;
}

/* True if the later one takes the air from the earlier. */
static bool takes(const struct occur *later, const struct occur *earlier)
{
	if (later->gone || later->barred || !meet(later, earlier))
		return false;
	if (later->slot->demo && !earlier->slot->demo)
		return false;
	return later->playable || !earlier->playable;
}

static int64_t frames_between(struct wall from, struct wall to)
{
	return frames_of_ns(to.ns - from.ns);
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* `one` keeps the air until frame `hold` of its own, and `other` begins then. */
static void go_first(struct occur *one, struct occur *other, int64_t hold)
{
	one->length_frames = hold;
	one->taken_by = hold < one->slot->length_s * FRAMES_PER_S ? other->slot : NULL;
	other->after = one;
}

/* Whoever waits for number i begins when that ends. */
static void begin_after(struct occurs *o, int i)
{
	const struct occur *one = &o->list[i];
	struct wall end = wall_add_ns(one->start, ns_of_frames(one->length_frames));

	while (i > 0 && o->list[i - 1].start.ns == one->start.ns)
		i--;
	for (; i < o->count && o->list[i].start.ns < end.ns; i++)
		if (o->list[i].after == one)
			o->list[i].from_frames = frames_between(o->list[i].start, end);
}

/* Marks number i as gone if one before it that starts at the same moment holds its zones. */
static void resolve_same_start(struct occurs *o, int i, struct content *c)
{
	struct occur *one = &o->list[i];
	int64_t most = 0;

	for (int k = i - 1; k >= 0 && o->list[k].start.ns == one->start.ns; k--) {
		struct occur *first = &o->list[k];
		if (first->gone || first->barred || !meet(first, one) ||
		    (!first->playable && one->playable))
			continue;
		int64_t hold = meet_hold(c, one, first, 0);
		if (hold > 0) {
			most = larger(most, hold);
			go_first(one, first, most);
			continue;
		}
		one->gone = true;
		one->taken_by = first->slot;
	}
}

/* Shortens number i to the next start that takes over, and bounds how far it may run over. */
static void resolve_end(struct occurs *o, int i, struct content *c)
{
	struct occur *one = &o->list[i];
	int64_t most = one->length_frames;

	if (one->slot->overrun == OVERRUN_FINISH && !one->barred && one->meeting == NULL)
		most += AUDIO_MAX_S * FRAMES_PER_S;
	one->finish_frames = larger(most, one->slot->length_s * FRAMES_PER_S);
	for (int k = i + 1; k < o->count; k++) {
		struct occur *later = &o->list[k];
		int64_t at = frames_between(one->start, later->start);
		if (at >= most)
			return;
		if (at == 0 || !takes(later, one))
			continue;
		if (at >= one->length_frames) {
			one->finish_frames = at;
			return;
		}
		one->finish_frames = one->slot->length_s * FRAMES_PER_S;
		most = meet_hold(c, one, later, at);
		if (most <= at) {
			one->length_frames = at;
			one->taken_by = later->slot;
			return;
		}
		go_first(one, later, most);
	}
}

void conflict_real(struct occurs *o, struct content *c)
{
	for (int i = 0; i < o->count; i++)
		if (!o->list[i].slot->demo && !o->list[i].barred)
			resolve_same_start(o, i, c);
	for (int i = 0; i < o->count; i++) {
		struct occur *one = &o->list[i];
		if (one->slot->demo || one->gone || one->barred)
			continue;
		resolve_end(o, i, c);
		if (one->meeting != NULL)
			begin_after(o, i);
	}
	for (int i = 0; i < o->count; i++) {
		struct occur *one = &o->list[i];
		if (one->after == NULL || one->gone || one->from_frames < one->length_frames)
			continue;
		one->gone = true;
		one->taken_by = one->after->slot;
	}
}

/* Until when each zone plays a real slot, and which. */
struct held {
	struct wall until[ZONES_MAX];
	const struct slot *by[ZONES_MAX];
};

static void hold(struct held *h, const struct occur *one)
{
	if (one->gone || one->barred || one->layout == NULL || one->layout->item_count == 0)
		return;
	int64_t frames = one->layout->end_frames;
	if (frames < one->length_frames)
		frames = one->length_frames;
	struct wall until = wall_add_ns(one->start, ns_of_frames(frames));
	for (int zone = 0; zone < ZONES_MAX; zone++) {
		if ((one->slot->zones >> zone & 1) == 0 || until.ns <= h->until[zone].ns)
			continue;
		h->until[zone] = until;
		h->by[zone] = one->slot;
	}
}

static void give_way(const struct held *h, struct occur *demo)
{
	for (int zone = 0; zone < ZONES_MAX; zone++) {
		if ((demo->slot->zones >> zone & 1) == 0 || demo->start.ns >= h->until[zone].ns)
			continue;
		demo->gone = true;
		demo->taken_by = h->by[zone];
		return;
	}
}

void conflict_demo(struct occurs *o)
{
	struct held h = {0};

	for (int zone = 0; zone < ZONES_MAX; zone++)
		h.until[zone].ns = INT64_MIN;
	for (int i = 0; i < o->count; i++) {
		if (!o->list[i].slot->demo) {
			hold(&h, &o->list[i]);
			continue;
		}
		give_way(&h, &o->list[i]);
		if (!o->list[i].gone && !o->list[i].barred)
			resolve_same_start(o, i, NULL);
	}
	for (int i = 0; i < o->count; i++)
		if (o->list[i].slot->demo && !o->list[i].gone && !o->list[i].barred)
			resolve_end(o, i, NULL);
}
