/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/meet.h"

static int64_t item_end(const struct plan_item *item)
{
	return item->offset_frames + item->length_frames;
}

static bool listed(const struct bulletin *const *list, int count, const struct bulletin *b)
{
	for (int i = 0; i < count; i++)
		if (list[i] == b)
			return true;
	return false;
}

/* What it would play if no other slot were there. */
static const struct layout *undisturbed(struct content *c, const struct occur *o)
{
	struct occur alone = *o;

	alone.length_frames = alone.finish_frames = o->slot->length_s * FRAMES_PER_S;
	return content_layout(c, &alone);
}

/* The priority bulletins that sound behind frame `after`. */
static void take(struct meeting *m, const struct layout *l, int64_t after)
{
	for (int i = 0; i < l->item_count; i++) {
		const struct bulletin *b = l->items[i].bulletin;
		if (b != NULL && b->level == LEVEL_PRIORITY && item_end(&l->items[i]) > after &&
		    m->count < COLLISION_MAX && !listed(m->list, m->count, b))
			m->list[m->count++] = b;
	}
}

static bool is_given(const struct meeting *m, struct wall start)
{
	const struct bulletin *first = m->list[0];
	bool given = first->order_n > 0 && first->ordered.ns <= start.ns - MEET_AHEAD_NS;

	for (int i = 1; i < m->count; i++)
		given = given && m->list[i]->order_n == first->order_n;
	return given;
}

static bool before_theirs(const struct meeting *m, const struct bulletin *b)
{
	bool before = listed(m->list + m->theirs, m->count - m->theirs, b);

	for (int i = 0; before && i < m->theirs; i++)
		before = b->order_place < m->list[i]->order_place;
	return before;
}

static int64_t end_of_first(const struct meeting *m, const struct layout *l, int64_t at)
{
	for (int i = 0; i < l->item_count; i++)
		if (l->items[i].bulletin != NULL && item_end(&l->items[i]) > at &&
		    before_theirs(m, l->items[i].bulletin))
			at = item_end(&l->items[i]);
	return at;
}

int64_t meet_hold(struct content *c, struct occur *gives, const struct occur *takes, int64_t at)
{
	struct meeting m = {.next = gives->meeting, .with = takes->slot,
			    .with_start = takes->start};

	if (!content_priority(gives) || !content_priority(takes) || gives->slot->demo ||
	    takes->slot->demo)
		return at;
	take(&m, undisturbed(c, takes), 0);
	m.theirs = m.count;
	const struct layout *own = undisturbed(c, gives);
	take(&m, own, at);
	if (m.theirs == 0 || m.count == m.theirs)
		return at;
	m.given = is_given(&m, gives->start);
	struct meeting *kept = content_take(c, sizeof(*kept));
	*kept = m;
	gives->meeting = kept;
	return m.given ? end_of_first(&m, own, at) : at;
}

bool meet_loses(const struct meeting *m, const struct bulletin *b)
{
	for (; m != NULL; m = m->next)
		if (listed(m->list + m->theirs, m->count - m->theirs, b))
			return true;
	return false;
}
