/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/airing.h"

#include "base/must.h"
#include "base/text.h"
#include "base/units.h"
#include "mix/siren.h"
#include "station/bed.h"
#include "station/comeback.h"
#include "station/nightfall.h"
#include "station/parting.h"
#include "station/playout.h"
#include "station/record.h"
#include "station/relaying.h"
#include "station/relaylevel.h"
#include "station/taking.h"
#include "sys/log.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Enough sound in the deck to start: the feeder fills faster than real time from here on. */
#define READY_FRAMES (FRAMES_PER_S / 4)

/* How long an outcome waits for its measure before it is written without. */
#define MEASURE_WAIT_NS (5 * NS_PER_S)

/* What an operator or a take-over may not wait for when the deck is slow:
 * start with what is there. */
#define CUE_MARGIN_FRAMES (BLOCK_FRAMES * 2)

/* A voice is let into its deck so long before its first sample: three turns of the feeder. */
#define VOICE_FILL_FRAMES (FRAMES_PER_S * 6 / 100)

const char *airing_sha256(const struct airing *a)
{
	return a->item.kind == ITEM_BULLETIN ? a->bulletin.sha256 : a->asset.sha256;
}

const char *airing_title(const struct airing *a, const struct run *r)
{
	if (a->item.kind == ITEM_TONE)
		return T("Phát thử loa", "Loudspeaker test");
	if (a->item.kind == ITEM_CHIME || a->item.kind == ITEM_VOICE)
		return T("Nói trực tiếp", "Live voice");
	if (a->item.kind == ITEM_SIREN)
		return r->kind == AIR_DRILL ? T("Diễn tập: tín hiệu báo động", "Drill: the signal")
					    : T("Còi báo động", "The siren");
	return a->item.kind == ITEM_BULLETIN ? a->bulletin.title : r->slot.name;
}

int64_t airing_full_frames(const struct airing *a)
{
	if (a->item.kind == ITEM_TONE || a->item.kind == ITEM_RELAY ||
	    a->item.kind == ITEM_CHIME || a->item.kind == ITEM_VOICE)
		return a->item.length_frames;
	return a->item.kind == ITEM_BULLETIN ? a->bulletin.frames : a->asset.frames;
}

void airing_drop_source(struct airing *a)
{
	if (a->source != NULL)
		a->source->ops->close(a->source);
	a->source = NULL;
	free(a->levels);
	a->levels = NULL;
}

void airing_forget_intent(struct airing *a)
{
	json_decref(a->intent);
	a->intent = NULL;
}

bool airing_intent_is_out(const struct playout *p, const struct airing *a)
{
	return a->intent != NULL && ledger_fate(p->ledger, a->intent) != LEDGER_NOT;
}

static void give_back(struct playout *p, struct airing *a)
{
	if (a->deck >= 0)
		playout_free_deck(p, a->deck);
	a->deck = -1;
	airing_drop_source(a);
}

static void done(struct playout *p, struct run *r, struct airing *a)
{
	give_back(p, a);
	airing_forget_intent(a);
	a->state = AIRING_DONE;
	p->changes++;
	if (run_silent(r))
		taking_leave(p, r);
}

static void park(struct playout *p, struct run *r, struct airing *a, enum reason reason)
{
	give_back(p, a);
	a->parked = a->blamed = true;
	a->end_reason = reason;
	a->end = MIX_END_FADED;
	a->first = a->last = mixer_now(p->air->mixer);
	a->settle_by = clock_mono(p->clock);
	a->state = AIRING_ENDED;
	p->changes++;
	if (run_silent(r))
		taking_leave(p, r);
}

void airing_miss(struct playout *p, struct run *r, struct airing *a, enum reason reason)
{
	if (airing_intent_is_out(p, a)) {
		park(p, r, a, reason);
		return;
	}
	if (a->resumes[0] != '\0')
		comeback_dropped(p, a->resumes, reason);
	else if ((a->logged || a->item.kind == ITEM_TONE) &&
		 !(a->item.kind == ITEM_RELAY && (relaying_misses(p, r, a, reason) ||
						    record_relay_missed(p, r, a->item.asset))))
		record_item_missed(p, r, a, reason);
	done(p, r, a);
}

double airing_gain_db(const struct playout *p, const struct run *r, const struct airing *a)
{
	bool bulletin = a->item.kind == ITEM_BULLETIN;

	if (a->item.kind == ITEM_VOICE) /* nobody has measured it: the limiter guards the ears */
		return a->night_db + p->world->settings->live.gain_db;
	if (a->item.kind == ITEM_TONE || a->item.kind == ITEM_SIREN || a->item.kind == ITEM_CHIME)
		return a->night_db; /* made at their level */
	return a->night_db + r->slot.volume_db +
	       plan_gain_db(p->world->settings,
			    bulletin ? a->bulletin.loudness_lufs : a->asset.loudness_lufs,
			    bulletin ? a->bulletin.peak_dbtp : a->asset.peak_dbtp);
}

void airing_night(struct airing *a, double db)
{
	a->night_db = db;
	a->lowest_db = fmin(a->lowest_db, db);
}

/* In the zones that it has, lower where somebody speaks. */
static void set_gains(const struct playout *p, const struct run *r, const struct airing *a,
		      struct mix_command *c)
{
	double db = airing_gain_db(p, r, a), low_db = db + p->world->settings->duck_db;

	for (int z = 0; z < ZONES_MAX; z++)
		c->gain[z] = (a->zones & ~a->cut_zones) >> z & 1 ?
			     gain_of_db(r->ducked >> z & 1 ? low_db : db) : 0.0f;
}

void airing_look_at_devices(struct playout *p, struct airing *a)
{
	for (uint32_t z = a->zones; z != 0; z &= z - 1)
		p->air->ops->device(p->air, __builtin_ctz(z), &a->before[__builtin_ctz(z)]);
}

static void send_play(struct playout *p, struct run *r, struct airing *a)
{
	struct mix_command c = {
		.order = MIX_PLAY,
		.deck = (uint8_t)a->deck,
		.tag = a->tag,
		.at = a->at,
		.length_frames = a->item.length_frames,
		.fade_in_frames = a->item.fade_in_frames,
		.fade_frames = a->item.fade_out_frames,
		.live = a->item.kind == ITEM_RELAY || a->item.kind == ITEM_VOICE,
	};

	c.breaks_in = a->item.kind == ITEM_SIREN;
	if (a->item.kind == ITEM_SIREN)
		c.memory = siren_sound(r->kind == AIR_DRILL ? SIREN_DRILL : SIREN_ALARM,
				       &c.memory_frames);
	airing_night(a, nightfall_db(p, r, a->at));
	set_gains(p, r, a, &c);
	must(mixer_send(p->air->mixer, &c));
	a->state = AIRING_CUED;
	if (a->logged)
		p->air->ops->measure_begin(p->air, a->tag, a->zones, a->at);
	airing_look_at_devices(p, a);
}

void airing_alarm(struct playout *p, struct run *r, struct airing *a, uint32_t zones)
{
	must(a->state == AIRING_PLANNED);
	a->zones = zones;
	a->deck = playout_take_deck(p, true);
	if (a->deck < 0) {
		airing_miss(p, r, a, REASON_INTERNAL);
		return;
	}
	a->tag = ++p->next_tag;
	send_play(p, r, a);
}

void airing_fade(struct playout *p, struct airing *a, struct frame at, int64_t fade_frames)
{
	struct mix_command c = {.order = MIX_FADE, .deck = (uint8_t)a->deck, .at = at,
				.fade_frames = fade_frames};

	must(a->state == AIRING_CUED || a->state == AIRING_ON);
	must(mixer_send(p->air->mixer, &c));
}

void airing_cue(struct playout *p, struct run *r, struct airing *a)
{
	int64_t soonest = mixer_now(p->air->mixer).n + mixer_lead_frames(p->air->mixer);

	must(a->state == AIRING_LOADING);
	/* What was said before belongs to nobody. */
	if (a->item.kind == ITEM_VOICE && a->at.n - soonest <= VOICE_FILL_FRAMES)
		p->air->ops->voice_now(p->air);
	bool ready = feeder_ready(p->air->feeder, a->deck, READY_FRAMES);
	if (!ready && a->at.n - soonest > CUE_MARGIN_FRAMES)
		return;
	if (a->at.n < soonest) {
		a->at.n = soonest + CUE_MARGIN_FRAMES;
		run_push(r, a);
	}
	if (a->item.bed_under)
		bed_start(p, r, a->at, true);
	else
		bed_end(p, r, a->at, BED_OUT_FRAMES);
	taking_over(p, r, a->at);
	send_play(p, r, a);
}

static void started(struct playout *p, struct run *r, struct airing *a,
		    const struct mix_event *ev)
{
	a->first = ev->frame;
	a->first_slept_ns = p->slept_ns;
	a->state = AIRING_ON;
	p->starts++;
	if (a->item.kind != ITEM_SIREN)
		return;
	/* It was ordered for at once, whichever frame that is; its message keeps its distance. */
	for (struct airing *next = a + 1; next < r->items + r->item_count; next++)
		if (next->state == AIRING_PLANNED)
			next->at.n += ev->frame.n - a->at.n;
	a->at = ev->frame;
}

static void ended(struct playout *p, struct run *r, struct airing *a, const struct mix_event *ev)
{
	if (a->state == AIRING_CUED) { /* stopped before its first frame */
		a->first = ev->frame;
		a->first_slept_ns = p->slept_ns;
	}
	a->last = ev->frame;
	a->last_slept_ns = p->slept_ns;
	a->frames = ev->frames;
	a->end = ev->end;
	a->state = AIRING_ENDED;
	a->settle_by = mono_add_ns(p->air->ops->mono_at(p->air, a->last), MEASURE_WAIT_NS);
	if (a->logged)
		p->air->ops->measure_end(p->air, a->tag, a->last);
	bool changed = feeder_changed(p->air->feeder, a->deck);
	feeder_unload(p->air->feeder, a->deck);
	if (run_silent(r))
		taking_leave(p, r);
	/* A source that broke leaves a hole until the next item: the bed fills it. */
	if (a->end == MIX_END_BROKEN && !a->blamed) {
		a->blamed = true;
		a->end_reason = changed ? REASON_MASTER_CHANGED : REASON_DAMAGED_FILE;
		bed_start(p, r, a->last, false);
	}
}

void airing_event(struct playout *p, struct run *r, struct airing *a, const struct mix_event *ev)
{
	p->changes++;
	if (ev->kind == MIX_STARTED) {
		started(p, r, a, ev);
	} else if (ev->kind == MIX_ENDED) {
		ended(p, r, a, ev);
	} else {
		a->starved_frames += ev->frames;
		a->starved_to.n = ev->frame.n + ev->frames;
	}
}

/* Older runs stand behind younger ones. */
static bool older_waits(const struct run *r)
{
	for (r = r->next; r != NULL; r = r->next)
		for (int i = 0; i < r->item_count && run_alarms(r); i++) {
			const struct airing *a = &r->items[i];
			if (a->logged && a->id[0] == '\0' && a->state == AIRING_ENDED)
				return true;
		}
	return false;
}

/* An alarm sounded though its intent could not be written: tried again once a second. */
static bool promise_late(struct playout *p, struct run *r, struct airing *a, struct mono now)
{
	struct err e;

	if (now.ns < a->settle_by.ns || r->raised != NULL || older_waits(r))
		return false;
	if (record_intent(p, r, a, &e))
		return true;
	if (e.kind != ERR_STALLED)
		a->settle_by = mono_add_ns(now, NS_PER_S);
	return false;
}

/* Its intent is in the log after all, or it was missed. */
static bool unpark(struct playout *p, struct run *r, struct airing *a)
{
	struct err ignored;

	if (ledger_fate(p->ledger, a->intent) == LEDGER_IN)
		return record_intent(p, r, a, &ignored);
	if (!airing_intent_is_out(p, a))
		airing_miss(p, r, a, a->end_reason);
	return false;
}

void airing_settle(struct playout *p, struct run *r, struct airing *a)
{
	struct mono now = clock_mono(p->clock);

	must(a->state == AIRING_ENDED);
	if (now.ns < p->air->ops->mono_at(p->air, a->last).ns)
		return;
	if (a->logged && !a->measured && now.ns < a->settle_by.ns)
		return;
	give_back(p, a); /* the disk may stay full for hours: the next alarm needs its deck */
	if (a->logged && a->id[0] == '\0' &&
	    !(a->parked ? unpark(p, r, a) : promise_late(p, r, a, now)))
		return;
	if (a->logged)
		record_outcome(p, r, a);
	parting_ended(p, a);
	done(p, r, a);
	if (a->broken && a->logged)
		comeback_settled(p, r, a);
}

static void blame(struct airing *a, const struct airing_stop *stop)
{
	if (a->blamed)
		return;
	a->blamed = true;
	a->broken = stop->comes_back;
	a->end_reason = stop->reason;
	snprintf(a->who, sizeof(a->who), "%s", stop->who);
}

/* The intent stands, but the mixer never heard of it. Its outcome is written at the next look: a
 * siren that takes its place does not wait for the disk. */
static void stop_loading(struct playout *p, struct run *r, struct airing *a)
{
	feeder_unload(p->air->feeder, a->deck);
	a->first = a->last = mixer_now(p->air->mixer);
	a->end = MIX_END_FADED;
	if (a->logged && a->id[0] == '\0') {
		airing_miss(p, r, a, a->end_reason);
		return;
	}
	a->state = AIRING_ENDED;
	a->settle_by = clock_mono(p->clock);
}

/* Some zones keep it: the others go silent under it. */
static void leave_zones(struct playout *p, struct run *r, struct airing *a,
			const struct airing_stop *stop)
{
	struct mix_command c = {.order = MIX_LEVEL,
				.deck = (uint8_t)a->deck,
				.at = stop->at,
				.breaks_in = stop->breaks_in,
				.fade_frames = stop->fade_frames};

	if (stop->parts)
		parting_take(a, stop);
	else
		parting_leave(a, stop);
	/* A deck that does not play yet has no level to move: it begins without those zones. */
	if (c.at.n < a->at.n) {
		c.at = a->at;
		c.breaks_in = false;
		c.fade_frames = 0;
	}
	for (int z = 0; z < ZONES_MAX; z++) {
		if ((a->zones & ~a->cut_zones & stop->zones) >> z & 1) {
			a->silent[z].cut = stop->reason == REASON_CUT_BY_OPERATOR;
			a->silent[z].by.at = playout_now(p);
			snprintf(a->silent[z].by.who, sizeof(a->silent[z].by.who), "%s", stop->who);
		}
	}
	a->cut_zones |= a->zones & stop->zones;
	a->silent_zones |= a->cut_zones & ~a->parted;
	if (!stop->parts) /* it did not end for anybody */
		snprintf(a->who, sizeof(a->who), "%s", stop->who);
	if (a->state == AIRING_LOADING)
		return; /* it will be cued without them */
	set_gains(p, r, a, &c);
	must(mixer_send(p->air->mixer, &c));
}

void airing_level(struct playout *p, struct run *r, struct airing *a, int64_t fade_frames)
{
	struct mix_command c = {.order = MIX_LEVEL,
				.deck = (uint8_t)a->deck,
				.at = mixer_now(p->air->mixer),
				.fade_frames = fade_frames};

	if (a->state != AIRING_CUED && a->state != AIRING_ON)
		return;
	if (c.at.n < a->at.n) { /* as in leave_zones */
		c.at = a->at;
		c.fade_frames = 0;
	}
	set_gains(p, r, a, &c);
	must(mixer_send(p->air->mixer, &c));
}

void airing_stop(struct playout *p, struct run *r, struct airing *a, const struct airing_stop *stop)
{
	struct mix_command c = {.order = MIX_FADE,
				.deck = (uint8_t)a->deck,
				.at = stop->at,
				.breaks_in = stop->breaks_in,
				.fade_frames = stop->fade_frames};
	uint32_t left = a->zones & ~a->cut_zones & ~stop->zones;

	if (a->state < AIRING_LOADING || a->state > AIRING_ON)
		return;
	parting_stays_away(p, a, stop);
	if ((a->zones & stop->zones) == 0)
		return;
	p->changes++;
	if (left != 0) {
		leave_zones(p, r, a, stop);
		return;
	}
	blame(a, stop);
	if (a->state == AIRING_LOADING)
		stop_loading(p, r, a);
	else
		must(mixer_send(p->air->mixer, &c));
}
