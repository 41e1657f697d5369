/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/content.h"

#include "base/must.h"
#include "base/version.h"
#include "plan/select.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REMEMBERED 16 /* layouts of one choice: cut short by this or that neighbour */

struct memory {
	int64_t from_frames, cut_frames, finish_frames;
	const struct layout *layout;
};

/* What a menu offers on the days [first_day, last_day]. */
struct choice {
	int64_t first_day, last_day;
	struct piece *pieces;
	int piece_count;
	bool priority; /* one of them is of that level */
	struct plan_omission *noted;
	int noted_count;
	struct memory memories[REMEMBERED];
	int memory_count;
};

/* What slots play that are filled by the same rules: a station has many slots and few rules, and
 * what follows from them need be found only once. */
struct menu {
	struct menu *next;
	const struct slot *slot; /* the first that has it; stands for all */
	bool wished;		 /* bulletins name this very slot: it shares with no other */
	struct candidates play, fallback;
	struct choice *choice; /* the latest */
};

struct content {
	const struct plan_input *in;
	const struct asset *ident, *ident_out;
	struct asset *relays; /* one for each of the settings; in keep: items point at them */
	struct arena *keep;
	struct arena work;
	struct candidates approved;
	int aside_count; /* of these are put aside */
	const struct bulletin **today; /* scratch: room for all approved */
	struct menu **of_slot; /* by number in the schedule; NULL: not asked for yet */
	struct menu *menus;    /* all, newest first */
};

const struct asset *plan_asset(const struct plan_input *in, const char *path)
{
	for (int i = 0; path[0] != '\0' && i < in->asset_count; i++)
		if (strcmp(in->assets[i].path, path) == 0)
			return &in->assets[i];
	return NULL;
}

/* It will not air, and takes no room: what waited for want of it comes in. */
static bool is_aside(const struct content *c, const struct bulletin *b)
{
	return b->aside_n > 0 && (c->in->rules == 0 || c->in->rules >= PLAN_RULES_ASIDE);
}

struct content *content_create(const struct plan_input *in, int64_t from_day, int64_t to_day,
			       struct arena *keep)
{
	struct content *c = calloc(1, sizeof(*c));

	must(c != NULL);
	c->in = in;
	c->keep = keep;
	c->relays = arena_take(keep, (size_t)in->settings->relay_count, sizeof(*c->relays));
	for (int i = 0; i < in->settings->relay_count; i++) {
		c->relays[i] = (struct asset){.loudness_lufs = -INFINITY, .peak_dbtp = -INFINITY};
		snprintf(c->relays[i].path, sizeof(c->relays[i].path), "%s%s", RELAY_PATH,
			 in->settings->relays[i].name);
	}
	c->ident = plan_asset(in, in->settings->ident);
	c->ident_out = plan_asset(in, in->settings->ident_out);
	c->of_slot = calloc((size_t)in->schedule->slot_count + 1, sizeof(struct menu *));
	must(c->of_slot != NULL);
	select_approved(&c->approved, in, from_day, to_day, &c->work);
	for (int i = 0; i < c->approved.count; i++)
		c->aside_count += is_aside(c, c->approved.list[i].bulletin);
	c->today = arena_take(&c->work, (size_t)c->approved.count, sizeof(struct bulletin *));
	return c;
}

void content_destroy(struct content *c)
{
	arena_finish(&c->work);
	free(c->of_slot);
	free(c);
}

/* Each bulletin that is aside, and a reason of what the slot plays and of its fallback. */
static struct plan_omission *room_for_notes(struct content *c)
{
	return arena_take(&c->work, (size_t)c->aside_count + 2, sizeof(struct plan_omission));
}

static void note(struct choice *s, enum omission why, const struct bulletin *b)
{
	for (int i = 0; i < s->noted_count; i++)
		if (s->noted[i].why == why && s->noted[i].bulletin == b)
			return;
	s->noted[s->noted_count++] = (struct plan_omission){why, b};
}


static void find_bulletins(struct content *c, struct choice *s, const struct candidates *candidates,
			   int64_t day)
{
	int count = select_day(candidates, day, c->today, &s->first_day, &s->last_day);

	s->pieces = arena_take(&c->work, (size_t)count, sizeof(*s->pieces));
	s->piece_count = 0;
	for (int i = 0; i < count; i++) {
		if (is_aside(c, c->today[i])) {
			note(s, OMIT_QUARANTINED, c->today[i]);
			continue;
		}
		s->pieces[s->piece_count++].bulletin = c->today[i];
		s->priority |= c->today[i]->level == LEVEL_PRIORITY;
	}
	if (count == 0)
		note(s, OMIT_NOTHING, NULL);
}

static void find_file(struct content *c, struct choice *s, const struct play *play)
{
	const struct asset *asset = plan_asset(c->in, play->file);

	if (asset == NULL || asset->frames <= 0) {
		note(s, OMIT_MISSING_FILE, NULL);
		return;
	}
	s->pieces = arena_take(&c->work, 1, sizeof(*s->pieces));
	s->pieces[0].asset = asset;
	s->piece_count = 1;
}

static void find_relay(struct content *c, struct choice *s, const struct play *play)
{
	int i = settings_relay(c->in->settings, play->relay);

	if (i < 0) {
		note(s, OMIT_RELAY, NULL);
		return;
	}
	s->pieces = arena_take(&c->work, 1, sizeof(*s->pieces));
	s->pieces[0] = (struct piece){.asset = &c->relays[i], .relay = true};
	s->piece_count = 1;
}

/* One way of filling the slot; leaves no piece and a note when it has nothing. */
static void find(struct content *c, struct choice *s, const struct play *play,
		 const struct candidates *candidates, int64_t day)
{
	switch (play->kind) {
	case PLAY_BULLETINS:
		find_bulletins(c, s, candidates, day);
		return;
	case PLAY_FILE:
		find_file(c, s, play);
		return;
	case PLAY_RELAY:
		find_relay(c, s, play);
		return;
	}
}

static bool same_codes(const char (*a)[CODE_BYTES], int a_count, const char (*b)[CODE_BYTES],
		       int b_count)
{
	bool same = a_count == b_count;

	for (int i = 0; same && i < a_count; i++)
		same = strcmp(a[i], b[i]) == 0;
	return same;
}

static bool same_play(const struct play *a, const struct play *b)
{
	return a->kind == b->kind && strcmp(a->file, b->file) == 0 &&
	       strcmp(a->relay, b->relay) == 0 &&
	       same_codes(a->programmes, a->programme_count, b->programmes, b->programme_count) &&
	       same_codes(a->languages, a->language_count, b->languages, b->language_count);
}

/* Everything of a slot that select.c, fill.c and this file look at, but its name. */
static bool same_rules(const struct slot *a, const struct slot *b)
{
	return a->length_s == b->length_s && a->overrun == b->overrun && a->demo == b->demo &&
	       a->ident == b->ident && a->bed == b->bed && a->no_music == b->no_music &&
	       a->order_count == b->order_count &&
	       memcmp(a->order, b->order, (size_t)a->order_count * sizeof(a->order[0])) == 0 &&
	       same_play(&a->play, &b->play) && a->has_fallback == b->has_fallback &&
	       (!a->has_fallback || same_play(&a->fallback, &b->fallback));
}

static bool is_wished(const struct candidates *approved, const struct slot *slot)
{
	for (int i = 0; i < approved->count; i++) {
		const struct bulletin *b = approved->list[i].bulletin;
		for (int k = 0; k < b->slot_count; k++)
			if (strcmp(b->slots[k], slot->name) == 0)
				return true;
	}
	return false;
}

static struct menu *find_menu(const struct content *c, const struct slot *slot)
{
	for (struct menu *m = c->menus; m != NULL; m = m->next)
		if (!m->wished && same_rules(m->slot, slot))
			return m;
	return NULL;
}

static struct menu *menu_of(struct content *c, const struct slot *slot)
{
	struct menu **known = &c->of_slot[slot - c->in->schedule->slots];

	if (*known != NULL)
		return *known;
	bool wished = is_wished(&c->approved, slot);
	struct menu *m = *known = wished ? NULL : find_menu(c, slot);
	if (m != NULL)
		return m;
	m = *known = arena_take(&c->work, 1, sizeof(*m));
	*m = (struct menu){.next = c->menus, .slot = slot, .wished = wished};
	c->menus = m;
	if (slot->play.kind == PLAY_BULLETINS)
		select_slot(&m->play, &c->approved, slot, &slot->play, &c->work);
	if (slot->has_fallback && slot->fallback.kind == PLAY_BULLETINS)
		select_slot(&m->fallback, &c->approved, slot, &slot->fallback, &c->work);
	return m;
}

void content_choose(struct content *c, struct occur *o)
{
	struct menu *m = menu_of(c, o->slot);
	struct choice *choice = m->choice;

	if (choice == NULL || o->day < choice->first_day || o->day > choice->last_day) {
		choice = m->choice = arena_take(&c->work, 1, sizeof(*choice));
		choice->first_day = INT64_MIN;
		choice->last_day = INT64_MAX;
		choice->noted = room_for_notes(c);
		find(c, choice, &o->slot->play, &m->play, o->day);
		if (choice->piece_count == 0 && o->slot->has_fallback)
			find(c, choice, &o->slot->fallback, &m->fallback, o->day);
	}
	o->choice = choice;
	o->playable = choice->piece_count > 0;
}

bool content_priority(const struct occur *o)
{
	return o->choice != NULL && o->choice->priority;
}

void *content_take(struct content *c, size_t bytes)
{
	return arena_take(c->keep, 1, bytes);
}

/* A layout of this choice that was made for the same room, NULL if there is none. */
static const struct layout *remember(const struct choice *s, const struct occur *o)
{
	for (int i = 0; i < s->memory_count && i < REMEMBERED; i++)
		if (s->memories[i].from_frames == o->from_frames &&
		    s->memories[i].cut_frames == o->length_frames &&
		    s->memories[i].finish_frames == o->finish_frames)
			return s->memories[i].layout;
	return NULL;
}

const struct layout *content_layout(struct content *c, const struct occur *o)
{
	struct choice *s = o->choice;
	const struct layout *known = remember(s, o);

	if (known != NULL)
		return known;
	struct fill f = {
		.settings = c->in->settings, .slot = o->slot, .pieces = s->pieces,
		.piece_count = s->piece_count, .noted = s->noted, .noted_count = s->noted_count,
		.from_frames = o->from_frames, .cut_frames = o->length_frames,
		.finish_frames = o->finish_frames,
	};
	if (o->slot->ident) {
		f.ident = c->ident;
		f.ident_out = c->ident_out;
	}
	struct layout *layout = arena_take(c->keep, 1, sizeof(*layout));
	fill_lay(&f, layout, c->keep);
	s->memories[s->memory_count++ % REMEMBERED] =
		(struct memory){o->from_frames, o->length_frames, o->finish_frames, layout};
	return layout;
}

int content_fallback(const struct plan_input *in, const struct slot *slot, struct wall start,
		     struct piece **pieces, struct arena *a)
{
	const struct play *play = &slot->fallback;
	int64_t day = date_to_days(tz_date(&in->settings->tz, start, NULL));
	struct arena keep = {0};
	int count = 0;

	*pieces = NULL;
	if (!slot->has_fallback)
		return 0;
	struct content *c = content_create(in, day, day, &keep);
	struct choice s = {.first_day = INT64_MIN, .last_day = INT64_MAX,
			   .noted = room_for_notes(c)};
	struct candidates candidates = {0};
	if (play->kind == PLAY_BULLETINS)
		select_slot(&candidates, &c->approved, slot, play, &c->work);
	find(c, &s, play, &candidates, day);
	count = s.piece_count;
	*pieces = arena_take(a, (size_t)count, sizeof(**pieces));
	if (count > 0)
		memcpy(*pieces, s.pieces, (size_t)count * sizeof(**pieces));
	content_destroy(c);
	arena_finish(&keep);
	return count;
}
