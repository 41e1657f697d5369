/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/fill.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

#define FADE_OUT_FRAMES (3 * FRAMES_PER_S)
#define CUT_OUT_FRAMES (FRAMES_PER_S / 100)

/* A layout while it grows; room for every piece and both idents, and for every omission. */
struct draft {
	struct plan_item *items;
	int count;
	struct plan_omission *omissions;
	int omission_count;
	int waiting, more; /* of the omissions those that are slot-full, and others unnamed */
	bool over_long;
	bool full; /* nothing more may follow */
	bool may_trim; /* nothing fits whole: better a part than silence */
	bool trimmed; /* an item was ended early */
};

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t slot_frames(const struct fill *f)
{
	return f->slot->length_s * FRAMES_PER_S;
}

static int64_t piece_frames(const struct piece *p)
{
	return p->bulletin != NULL ? p->bulletin->frames : p->asset->frames;
}

static int64_t item_end(const struct plan_item *item)
{
	return item->offset_frames + item->length_frames;
}

static int64_t draft_end(const struct fill *f, const struct draft *d)
{
	return d->count > 0 ? item_end(&d->items[d->count - 1]) : f->from_frames;
}

static void omit(struct draft *d, enum omission why, const struct bulletin *b)
{
	d->omissions[d->omission_count++] = (struct plan_omission){why, b};
}

/* The first in the slot's order are named; the rest were never near its turn. */
static void leave_waiting(const struct fill *f, struct draft *d, const struct bulletin *b)
{
	if (f->promised || d->waiting++ < SLOT_WAITING_MAX)
		omit(d, OMIT_SLOT_FULL, b);
	else
		d->more++;
}

/* The cross-fade between the last item and one of so many frames: never more than half of either,
 * so that no item fades in and out at once. */
static int64_t crossfade(const struct fill *f, const struct draft *d, int64_t frames)
{
	int64_t x = f->settings->crossfade_ms * FRAMES_PER_S / 1000;

	if (d->count == 0)
		return 0;
	return least(x, least(d->items[d->count - 1].length_frames / 2, frames / 2));
}

static struct plan_item *append(struct draft *d, enum item_kind kind, const struct piece *p,
				int64_t x, int64_t offset)
{
	struct plan_item *item = &d->items[d->count];

	*item = (struct plan_item){
		.kind = kind, .bulletin = p->bulletin, .asset = p->asset, .offset_frames = offset,
		.length_frames = piece_frames(p), .fade_in_frames = x,
	};
	if (d->count > 0)
		item[-1].fade_out_frames = x;
	d->count++;
	return item;
}

int64_t fill_fade_out_frames(const struct slot *slot)
{
	return slot->overrun == OVERRUN_CUT ? CUT_OUT_FRAMES : FADE_OUT_FRAMES;
}

/* Ends an item at `end`, as the slot's overrun says. */
static void trim(const struct fill *f, struct plan_item *item, int64_t end)
{
	int64_t fade = fill_fade_out_frames(f->slot);

	item->length_frames = end - item->offset_frames;
	item->fade_out_frames = least(fade, item->length_frames - item->fade_in_frames);
}

static bool wants_bed(const struct fill *f, const struct piece *p)
{
	if (f->slot->no_music)
		return false;
	return f->slot->bed || (p->bulletin != NULL && strcmp(p->bulletin->kind, "thong-bao") == 0);
}

/* The whole room is its own; what stood before it would push its begin away. */
static void lay_relay(const struct fill *f, struct draft *d)
{
	int64_t end = least(slot_frames(f), f->cut_frames);

	if (end - f->from_frames < FILL_LEAST_FRAMES)
		return;
	struct plan_item *item = &d->items[d->count++];
	*item = (struct plan_item){.kind = ITEM_RELAY, .asset = f->pieces[0].asset,
				   .offset_frames = f->from_frames,
				   .fade_in_frames = CUT_OUT_FRAMES};
	trim(f, item, end);
}

/* `real`: how many items other than the ident stand already. */
static bool lay_piece(const struct fill *f, struct draft *d, const struct piece *p, int real)
{
	int64_t room = slot_frames(f), frames = piece_frames(p), before = draft_end(f, d);
	int64_t x = crossfade(f, d, frames), offset = before - x;
	bool fits = offset + frames <= room;
	bool finishes = !fits && f->slot->overrun == OVERRUN_FINISH && before < room &&
			offset + frames <= f->finish_frames;
	/* The station's own file is all that its slot plays: joined late, its end is lost, not all
	 * of it; and a demonstration is there to be heard. Any other bulletin that is not longer
	 * than the slot waits for a time when it is heard whole. */
	bool hopeless = p->bulletin == NULL || frames > room || f->slot->demo;
	bool trims = !fits && !finishes && d->may_trim && real == 0 && hopeless &&
		     room - before >= FILL_LEAST_FRAMES;

	if (d->full || d->count >= SLOT_ITEMS_MAX - 1 || (!fits && !finishes && !trims)) {
		leave_waiting(f, d, p->bulletin);
		d->over_long = true;
		return false;
	}
	struct plan_item *item =
		append(d, p->bulletin != NULL ? ITEM_BULLETIN : ITEM_FILE, p, x, offset);
	item->bed_under = wants_bed(f, p);
	if (trims)
		trim(f, item, room);
	d->trimmed |= trims;
	d->over_long |= trims || finishes;
	d->full = trims || finishes;
	return true;
}

static void lay_ident(const struct fill *f, struct draft *d, const struct asset *ident)
{
	const struct piece p = {.asset = ident};
	int64_t x = crossfade(f, d, ident->frames), offset = draft_end(f, d) - x;

	if (ident->frames > 0 && offset + ident->frames <= slot_frames(f))
		append(d, ITEM_IDENT, &p, x, offset);
}

/* How many pieces found a place. */
static int lay_pieces(const struct fill *f, struct draft *d, const struct asset *ident)
{
	int real = 0;

	d->count = d->omission_count = d->waiting = d->more = 0;
	d->over_long = d->full = d->trimmed = false;
	for (int i = 0; i < f->noted_count; i++)
		omit(d, f->noted[i].why, f->noted[i].bulletin);
	if (ident != NULL)
		lay_ident(f, d, ident);
	for (int i = 0; i < f->piece_count; i++)
		real += lay_piece(f, d, &f->pieces[i], real);
	return real;
}

static void lay_all(const struct fill *f, struct draft *d, const struct asset *ident)
{
	int real = lay_pieces(f, d, ident);

	if (real == 0 && f->piece_count > 0) {
		d->may_trim = true;
		real = lay_pieces(f, d, ident);
	}
	if (real == 0)
		d->count = 0; /* an ident alone announces nothing */
	else if (f->ident_out != NULL && !d->full)
		lay_ident(f, d, f->ident_out);
}

/* Takes away what lies behind the moment at which another slot takes over. */
static void take_over(const struct fill *f, struct draft *d)
{
	int64_t cut = f->cut_frames;
	int kept = 0;

	if (cut >= slot_frames(f))
		return;
	while (kept < d->count && item_end(&d->items[kept]) <= cut)
		kept++;
	if (kept < d->count && d->items[kept].kind != ITEM_IDENT &&
	    cut - d->items[kept].offset_frames >= FILL_LEAST_FRAMES)
		trim(f, &d->items[kept++], cut);
	for (int rest = kept; rest < d->count; rest++)
		if (d->items[rest].kind != ITEM_IDENT)
			omit(d, OMIT_CONFLICT, d->items[rest].bulletin);
	if (kept < d->count && kept > 0 && d->items[kept - 1].fade_out_frames > 0 &&
	    item_end(&d->items[kept - 1]) < cut)
		d->items[kept - 1].fade_out_frames = 0; /* nothing follows it any more */
	d->count = kept;
	if (kept == 1 && d->items[0].kind == ITEM_IDENT)
		d->count = 0;
}

/* Scratch memory for a draft, with room for the worst; the result is copied to its true size. */
static void draft_init(struct draft *d, const struct fill *f)
{
	size_t room = (size_t)f->piece_count;

	if (room > SLOT_ITEMS_MAX)
		room = SLOT_ITEMS_MAX;
	*d = (struct draft){0};
	d->items = malloc((room + 2) * sizeof(*d->items));
	/* Plus room: an item may be laid and then taken over. */
	d->omissions = malloc(((size_t)(f->piece_count + f->noted_count) + room + 1) *
			      sizeof(*d->omissions));
	must(d->items != NULL && d->omissions != NULL);
}

static void draft_finish(struct draft *d)
{
	free(d->items);
	free(d->omissions);
}

/* True if the ident pushed something out, or took room from something that was cut. */
static bool pushed_out(const struct draft *with, const struct draft *without)
{
	if (without->trimmed || with->trimmed || with->omission_count != without->omission_count ||
	    with->more != without->more)
		return true;
	for (int i = 0; i < with->omission_count; i++)
		if (with->omissions[i].bulletin != without->omissions[i].bulletin)
			return true;
	return false;
}

static void *keep(struct arena *a, const void *list, int count, size_t bytes)
{
	void *copy = arena_take(a, (size_t)count, bytes);

	if (count > 0)
		memcpy(copy, list, (size_t)count * bytes);
	return copy;
}

void fill_lay(const struct fill *f, struct layout *l, struct arena *a)
{
	struct draft with = {0}, without, *best = &without;

	bool relay = f->piece_count > 0 && f->pieces[0].relay;

	draft_init(&without, f);
	if (relay)
		lay_relay(f, &without);
	else
		lay_all(f, &without, NULL);
	if (f->ident != NULL && !relay) {
		draft_init(&with, f);
		lay_all(f, &with, f->ident);
		best = pushed_out(&with, &without) ? &without : &with;
	}
	if (!relay)
		take_over(f, best);
	*l = (struct layout){
		.items = keep(a, best->items, best->count, sizeof(*best->items)),
		.item_count = best->count,
		.omissions = keep(a, best->omissions, best->omission_count,
				  sizeof(*best->omissions)),
		.omission_count = best->omission_count, .more = best->more,
		.over_long = best->over_long,
		.end_frames = best->count > 0 ? item_end(&best->items[best->count - 1]) : 0,
	};
	draft_finish(&with);
	draft_finish(&without);
}
