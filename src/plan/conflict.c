/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/conflict.h"

#include "base/limits.h"
#include "plan/fill.h"

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

/* Marks number i as gone if one before it that starts at the same moment holds its zones. */
static void resolve_same_start(struct occurs *o, int i)
{
	struct occur *one = &o->list[i];

	for (int k = i - 1; k >= 0 && o->list[k].start.ns == one->start.ns; k--) {
		const struct occur *first = &o->list[k];
		if (first->gone || first->barred || !meet(first, one) ||
		    (!first->playable && one->playable))
			continue;
		one->gone = true;
		one->taken_by = first->slot;
	}
}

/* Shortens number i to the next start that takes over, and bounds how far it may run over. */
static void resolve_end(struct occurs *o, int i)
{
	struct occur *one = &o->list[i];
	int64_t most = one->length_frames;

	if (one->slot->overrun == OVERRUN_FINISH && !one->barred)
		most += AUDIO_MAX_S * FRAMES_PER_S;
	one->finish_frames = most;
	for (int k = i + 1; k < o->count; k++) {
		const struct occur *later = &o->list[k];
		int64_t at = frames_between(one->start, later->start);
		if (at >= most)
			return;
		if (at == 0 || !takes(later, one))
			continue;
		if (at < one->length_frames) {
			one->length_frames = at;
			one->taken_by = later->slot;
			one->finish_frames = one->slot->length_s * FRAMES_PER_S;
		} else {
			one->finish_frames = at;
		}
		return;
	}
}

void conflict_real(struct occurs *o)
{
	for (int i = 0; i < o->count; i++)
		if (!o->list[i].slot->demo && !o->list[i].barred)
			resolve_same_start(o, i);
	for (int i = 0; i < o->count; i++)
		if (!o->list[i].slot->demo && !o->list[i].gone && !o->list[i].barred)
			resolve_end(o, i);
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
			resolve_same_start(o, i);
	}
	for (int i = 0; i < o->count; i++)
		if (o->list[i].slot->demo && !o->list[i].gone && !o->list[i].barred)
			resolve_end(o, i);
}
