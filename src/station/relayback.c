/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/relayback.h"

#include "base/units.h"
#include "station/bed.h"

/* A moment that is sure to come is told so long before: what would follow in the fallback is not
 * promised yet (INTEND_AHEAD_FRAMES), and the relay has time for its own intent. */
#define SURE_FRAMES (4 * FRAMES_PER_S)

#define FADE_FRAMES ((int64_t)RELAY_FADE_MS * FRAMES_PER_S / 1000)
#define PAUSE_FRAMES ((int64_t)RELAY_PAUSE_MS * FRAMES_PER_S / 1000)

static int64_t end_of(const struct airing *a)
{
	return a->at.n + a->item.length_frames;
}

static bool promised(const struct airing *a)
{
	return a->state > AIRING_PLANNED && a->state < AIRING_ENDED;
}

/* What sounds, or is to next; *clean: when all that is promised of the fallback is over. */
static const struct airing *look_at(const struct run *part, int64_t soonest, int64_t *clean)
{
	const struct airing *first = NULL;

	*clean = soonest;
	for (int i = 0; part != NULL && i < part->item_count; i++) {
		const struct airing *a = &part->items[i];
		if (!promised(a) || end_of(a) <= soonest)
			continue;
		first = first != NULL ? first : a;
		*clean = end_of(a) > *clean ? end_of(a) : *clean;
	}
	return first;
}

/* In what the deck has read ahead; −1: it goes on. */
static int64_t pause_of(const struct playout *p, const struct run *part, const struct airing *a,
			int64_t soonest)
{
	int64_t begin = a->first.n + a->starved_frames;
	double gain_db = airing_gain_db(p, part, a);

	if (a->state != AIRING_ON || a->starved_to.n > soonest - FRAMES_PER_S)
		return -1;
	int64_t at = feeder_lull(p->air->feeder, a->deck, soonest - begin, PAUSE_FRAMES,
				 gain_of_db(RELAY_PAUSE_DB - gain_db));
	return at < 0 ? at : begin + at;
}

static bool at_its_end(struct relayback *b, int64_t end, int64_t soonest)
{
	b->at.n = end;
	b->moment = SAYING_RELAY_AT_END;
	return end - soonest <= SURE_FRAMES;
}

bool relayback_when(const struct playout *p, const struct run *part, struct relayback *b)
{
	int64_t soonest = playout_soonest(p).n, clean, pause;
	const struct airing *a = look_at(part, soonest, &clean);

	if (b->by.n == 0)
		b->by.n = soonest + RELAY_RETURN_S * FRAMES_PER_S;
	*b = (struct relayback){.by = b->by, .at = {soonest}, .moment = SAYING_RELAY_AT_ONCE};
	if (a == NULL)
		return true;
	if (clean <= b->by.n)
		return at_its_end(b, clean, soonest);
	if (end_of(a) <= b->by.n)
		return at_its_end(b, end_of(a), soonest);
	b->fade_frames = CHANGE_FRAMES;
	b->moment = SAYING_RELAY_IN_PAUSE;
	pause = pause_of(p, part, a, soonest);
	if (pause >= 0) {
		b->at.n = pause;
		return true;
	}
	b->fade_frames = FADE_FRAMES;
	b->moment = SAYING_RELAY_BY_FADE;
	b->at.n = soonest + FADE_FRAMES;
	return b->at.n >= b->by.n;
}

void relayback_leave(struct playout *p, struct run *part, const struct relayback *b)
{
	struct airing_stop stop = {.zones = UINT32_MAX, .at = {b->at.n - b->fade_frames},
				   .fade_frames = b->fade_frames, .who = "",
				   .reason = REASON_RELAY_BACK};

	for (int i = 0; i < part->item_count; i++) {
		struct airing *a = &part->items[i];
		if (promised(a) && end_of(a) > b->at.n)
			airing_stop(p, part, a, &stop);
		else if (a->state == AIRING_PLANNED && a->resumes[0] != '\0')
			airing_miss(p, part, a, REASON_RELAY_BACK);
	}
	part->waits = false;
	run_forget(part);
	bed_end(p, part, (struct frame){b->at.n - CHANGE_FRAMES}, CHANGE_FRAMES);
}
