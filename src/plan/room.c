/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/room.h"

#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GUEST "?" /* no bulletin has such an id */
#define SOON_NS (60 * NS_PER_S) /* sooner nobody has approved it */
#define DAY_NS (86400 * NS_PER_S)

static const struct plan_item *guest_of(const struct occurrence *o)
{
	for (int i = 0; i < o->item_count; i++)
		if (o->items[i].bulletin != NULL && strcmp(o->items[i].bulletin->id, GUEST) == 0)
			return &o->items[i];
	return NULL;
}

static bool plays(const struct occurrence *o, const struct plan_item *wanted)
{
	for (int i = 0; i < o->item_count; i++)
		if (o->items[i].bulletin == wanted->bulletin &&
		    o->items[i].length_frames >= wanted->length_frames)
			return true;
	return false;
}

/* Nothing that was to be heard is left out or ends earlier. */
static bool takes_nothing(const struct occurrence *without, const struct occurrence *with)
{
	for (int i = 0; i < without->item_count; i++)
		if (without->items[i].kind == ITEM_BULLETIN && !plays(with, &without->items[i]))
			return false;
	return true;
}

/* A relay slot plays bulletins only while its relay is silent: nothing to promise. */
static bool is_place(const struct slot *slot)
{
	return !slot->demo && slot->play.kind == PLAY_BULLETINS;
}

/* Both plans have the same starts: a bulletin makes none. */
static void compare(const struct plan *without, const struct plan *with, struct room *list,
		    int *count)
{
	must(without->count == with->count);
	for (int i = 0; i < with->count && *count < ROOM_MAX; i++) {
		const struct occurrence *o = &with->list[i];
		const struct plan_item *guest = is_place(o->slot) ? guest_of(o) : NULL;
		if (guest == NULL || guest->length_frames < guest->bulletin->frames ||
		    !takes_nothing(&without->list[i], o))
			continue;
		list[(*count)++] = (struct room){
			o->start, wall_add_ns(o->start, ns_of_frames(guest->offset_frames)),
			o->slot};
	}
}

bool room_find(const struct plan_input *in, const struct bulletin *b, struct wall now,
	       struct room list[static ROOM_MAX], int *count, struct err *e)
{
	struct wall from = wall_add_ns(now, SOON_NS), to = wall_add_ns(now, ROOM_DAYS_MAX * DAY_NS);
	struct bulletin *all = calloc((size_t)in->bulletin_count + 1, sizeof(*all));
	struct plan_input both = *in, alone = *in;
	struct plan without, with;

	must(all != NULL);
	if (in->bulletin_count > 0)
		memcpy(all, in->bulletins, (size_t)in->bulletin_count * sizeof(*all));
	struct bulletin *guest = &all[in->bulletin_count];
	*guest = *b;
	snprintf(guest->id, sizeof(guest->id), GUEST);
	guest->state = BULLETIN_APPROVED;
	both.bulletins = alone.bulletins = all; /* the same list, so that items compare */
	both.bulletin_count++;
	*count = 0;
	bool ok = plan_make(&without, &alone, from, to, e);
	if (ok) {
		ok = plan_make(&with, &both, from, to, e);
		if (ok)
			compare(&without, &with, list, count);
		plan_finish(&with);
		plan_finish(&without);
	}
	free(all);
	return ok;
}
