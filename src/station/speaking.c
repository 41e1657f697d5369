/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/speaking.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "station/awake.h"
#include "station/facts.h"
#include "station/taking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOST_FRAMES (FRAMES_PER_S * BREAK_IN_MS / 1000)
#define DRAIN_NS (4 * NS_PER_S) /* more than can wait of a voice */

static struct airing *voice_of(const struct speaking *s)
{
	return s->run != NULL ? &s->run->items[s->run->item_count - 1] : NULL;
}

static bool in_order(const struct playout *p, const struct speaking_order *o, struct err *e)
{
	const struct live_settings *l = &p->world->settings->live;

	if (!l->allowed)
		return err_set(e, ERR_REFUSED,
			       T("đài này không cho nói trực tiếp (cài đặt “live”)",
				 "nobody may speak live here (the setting \"live\")"));
	if (o->minutes < 0 || o->minutes > l->minutes)
		return err_set(e, ERR_USAGE,
			       T("nói trực tiếp nhiều nhất %d phút một lần",
				 "one may speak for %d minutes at most"), l->minutes);
	if (p->speaking == NULL)
		return true;
	return err_set(e, ERR_CONFLICT, T("%s đang nói trực tiếp; đợi xong rồi hãy nói",
					  "%s is speaking live; wait until that is over"),
		       p->speaking->by);
}

static int64_t length_s(const struct playout *p, const struct speaking_order *o)
{
	return 60 * (o->minutes > 0 ? o->minutes : p->world->settings->live.minutes);
}

static uint32_t free_zones(struct playout *p, uint32_t zones, struct err *e)
{
	const char *why;
	uint32_t free = taking_would(p, AIR_VOICE, zones, &why);

	if (free == 0)
		err_set(e, ERR_CONFLICT, T("không nói được lúc này: %s",
					   "nobody can speak there now: %s"),
			reason_text(why));
	return free;
}

bool speaking_may(struct playout *p, const struct speaking_order *o, struct err *e)
{
	return in_order(p, o, e) &&
	       awake(p, playout_now(p), length_s(p, o), o->why, T("muốn nói", "to speak"), e) &&
	       free_zones(p, o->zones, e) != 0;
}

bool speaking_begin(struct playout *p, const struct speaking_order *o, struct err *e)
{
	const struct live_settings *l = &p->world->settings->live;
	uint32_t zones;

	if (!speaking_may(p, o, e))
		return false;
	struct speaking *s = calloc(1, sizeof(*s));
	must(s != NULL);
	s->browser = o->browser;
	s->length_ns = length_s(p, o) * NS_PER_S;
	snprintf(s->id, sizeof(s->id), "%s", o->id);
	snprintf(s->by, sizeof(s->by), "%s", o->by);
	snprintf(s->who, sizeof(s->who), "%s", o->who);
	s->run = run_voice(p, frames_of_ns(s->length_ns), l->chime, free_zones(p, o->zones, e),
			   o->browser ? "browser" : "microphone", o->who);
	snprintf(s->run->by, sizeof(s->run->by), "%s", o->by);
	snprintf(s->run->why, sizeof(s->run->why), "%s", o->why);
	taking_ask(p, s->run, o->who, &zones);
	s->zones = zones;
	p->speaking = s;
	p->changes++;
	return true;
}

static void break_off(struct playout *p, struct speaking *s, enum reason why, int64_t fade_frames)
{
	struct airing_stop stop = {.zones = UINT32_MAX, .at = mixer_now(p->air->mixer),
				   .fade_frames = fade_frames, .reason = why, .who = s->who};

	s->ending = true;
	s->give_up.ns = INT64_MAX;
	p->air->ops->voice_end(p->air);
	run_stop(p, s->run, &stop);
	run_forget(s->run);
}

void speaking_end(struct playout *p)
{
	struct speaking *s = p->speaking;
	struct airing *a = s != NULL ? voice_of(s) : NULL;

	if (a == NULL || s->ending)
		return;
	p->changes++;
	if (a->state < AIRING_CUED) {
		break_off(p, s, REASON_VOICE_ENDED, LOST_FRAMES);
		return;
	}
	s->ending = true;
	s->give_up = mono_add_ns(clock_mono(p->clock), DRAIN_NS);
	p->air->ops->voice_end(p->air);
}

/* However it came to its end: the microphone is given back. */
static void over(struct playout *p)
{
	if (!p->speaking->ending)
		p->air->ops->voice_end(p->air);
	speaking_forget(p);
	p->changes++;
}

void speaking_step(struct playout *p)
{
	struct speaking *s = p->speaking;

	if (s == NULL)
		return;
	if (s->run == NULL || run_silent(s->run)) {
		over(p);
		return;
	}
	if (!s->ending && !p->air->ops->voice_lives(p->air))
		break_off(p, s, s->browser ? REASON_VOICE_LOST : REASON_MICROPHONE_LOST,
			  LOST_FRAMES);
	else if (s->ending && clock_mono(p->clock).ns >= s->give_up.ns)
		break_off(p, s, REASON_INTERNAL, LOST_FRAMES);
}

void speaking_forget_run(struct playout *p, const struct run *r)
{
	if (p->speaking != NULL && p->speaking->run == r)
		p->speaking->run = NULL;
}

void speaking_forget(struct playout *p)
{
	free(p->speaking);
	p->speaking = NULL;
}

json_t *speaking_json(struct playout *p)
{
	const struct speaking *s = p->speaking;
	const struct settings *set = p->world->settings;
	const struct airing *a = s != NULL ? voice_of(s) : NULL;

	if (a == NULL)
		return json_null();
	struct wall start = a->state == AIRING_PLANNED ? a->planned :
			    playout_wall_of(p, p->air->ops->mono_at(p->air, a->at));
	struct wall ends = wall_add_ns(start, s->length_ns);
	json_t *o = json_pack(
		"{s:s, s:s, s:s, s:o, s:b, s:b, s:o, s:o, s:f}", "by", s->by, "who", s->who,
		"source", s->browser ? "browser" : "microphone", "zones",
		facts_zones(set, s->zones), "heard", a->state == AIRING_ON, "ending", s->ending,
		"start", json_time(start, &set->tz), "ends", json_time(ends, &set->tz), "left_s",
		(double)(ends.ns - playout_now(p).ns) / (double)NS_PER_S);
	must(o != NULL);
	return o;
}
