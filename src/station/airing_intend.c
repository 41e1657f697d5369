/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the decision to the deck: what an airing needs before anything of it may sound. */
#include "station/airing.h"

#include "base/must.h"
#include "base/text.h"
#include "mix/chime.h"
#include "mix/sine.h"
#include "station/bed.h"
#include "station/parting.h"
#include "station/playout.h"
#include "station/record.h"
#include "station/relaylevel.h"
#include "station/taking.h"
#include "sys/log.h"

#include <stdlib.h>
#include <string.h>

/* So long after its time something may still begin whose intent the disk keeps waiting. */
#define STALLED_FRAMES frames_of_ns(LATE_GRACE_NS)

static enum reason why_no_sound(const struct err *e)
{
	switch (e->kind) {
	case ERR_NOT_FOUND: return REASON_MISSING_FILE;
	case ERR_DIFFERS: return REASON_MASTER_CHANGED;
	case ERR_STALLED: return REASON_DISK_STALLED;
	default: return REASON_DAMAGED_FILE;
	}
}

/* No sound: nothing is promised, and the bed fills the hole. A manual play has none to fill. */
static void miss_for_want_of_sound(struct playout *p, struct run *r, struct airing *a,
				   const struct err *e)
{
	if (a->item.kind == ITEM_RELAY) { /* relaying.c has something in its place */
		a->blamed = true;
		a->end_reason = REASON_RELAY_LOST;
		airing_miss(p, r, a, a->end_reason);
		return;
	}
	airing_miss(p, r, a, a->item.kind == ITEM_VOICE ? REASON_VOICE_LOST : why_no_sound(e));
	if (run_planned(r))
		bed_start(p, r, a->at, false);
}

static struct source *open_sound(struct playout *p, struct airing *a, struct err *e)
{
	switch (a->item.kind) {
	case ITEM_TONE: return sine_source(a->item.length_frames);
	case ITEM_RELAY:
		err_set(e, ERR_NOT_FOUND, T("tiếp âm “%s” chưa có tiếng",
					    "relay \"%s\" has no sound yet"),
			a->asset.path + strlen(RELAY_PATH));
		relaylevel_begin(p, a, a->asset.path + strlen(RELAY_PATH));
		return p->air->ops->open_relay(p->air, a->asset.path + strlen(RELAY_PATH), a->at);
	case ITEM_CHIME: return chime_source();
	case ITEM_VOICE:
		err_set(e, ERR_NOT_FOUND, T("micrô không còn mở", "the microphone is not open"));
		return p->air->ops->open_voice(p->air);
	default: return p->air->ops->open_master(p->air, airing_sha256(a), e);
	}
}

/* So that a silence of its own can be told from one that is none (station/deadair.h). */
static void learn_levels(struct playout *p, struct airing *a)
{
	if (a->levels != NULL || (a->item.kind != ITEM_BULLETIN && a->item.kind != ITEM_FILE))
		return;
	a->levels = malloc(sizeof(*a->levels));
	must(a->levels != NULL);
	if (p->air->ops->levels(p->air, airing_sha256(a), a->levels))
		return;
	free(a->levels);
	a->levels = NULL;
}

static enum reason why_unwritten(const struct err *e)
{
	switch (e->kind) {
	case ERR_NO_SPACE: return REASON_DISK_FULL;
	case ERR_STALLED: return REASON_DISK_STALLED;
	default: return REASON_LOG_UNWRITABLE;
	}
}

/* The disk keeps it waiting, and may still give what is wanted in time. */
static bool may_wait(const struct playout *p, const struct airing *a, const struct err *e)
{
	return e->kind == ERR_STALLED &&
	       mixer_now(p->air->mixer).n < a->at.n + STALLED_FRAMES;
}

/* A day that is rendered has no relay to ask: none is lost there, and nobody is to be warned. */
static bool relays_nothing(struct playout *p, const struct airing *a)
{
	struct relay_state ignored;
	enum relay_fault why;

	return a->item.kind == ITEM_RELAY &&
	       !p->air->ops->relay(p->air, a->asset.path + strlen(RELAY_PATH), &ignored, &why);
}

static bool get_sound(struct playout *p, struct run *r, struct airing *a, struct err *e)
{
	/* Whomever this thread is answering: what is wrong is told to the operator alone. */
	enum text_reader before = text_speak(TEXT_OWN);

	a->source = open_sound(p, a, e);
	text_speak(before);
	if (a->source != NULL) {
		learn_levels(p, a);
		return true;
	}
	if (may_wait(p, a, e))
		return false;
	if (!relays_nothing(p, a))
		log_warn("%s", e->text);
	miss_for_want_of_sound(p, r, a, e);
	return false;
}

/* The master is opened before the intent is written: an intent is a promise that can be kept. That
 * of an alarm waits for the entry which it must name. */
static bool promise(struct playout *p, struct run *r, struct airing *a, struct err *e)
{
	if (a->source == NULL && !get_sound(p, r, a, e))
		return false;
	if (!a->logged || r->raised != NULL || record_intent(p, r, a, e))
		return true;
	if (run_alarms(r)) { /* people must be warned: its intent is written with its outcome */
		log_warn("%s", e->text);
		return true;
	}
	if (may_wait(p, a, e))
		return false;
	log_warn("%s", e->text);
	airing_miss(p, r, a, why_unwritten(e));
	return false;
}

void airing_note_silent(struct playout *p, struct run *r, struct airing *a)
{
	struct wall now = playout_now(p);

	a->silent_zones = r->zones & ~a->zones;
	for (int z = 0; z < ZONES_MAX; z++) {
		bool cut = p->arbiter.cut >> z & 1;
		a->silent[z] = (struct silence){cut, {.at = now}};
		if (cut)
			a->silent[z].by = p->cut_by[z];
	}
}

void airing_intend(struct playout *p, struct run *r, struct airing *a)
{
	struct err e = {0};

	uint32_t zones;

	must(a->state == AIRING_PLANNED);
	enum reason why = taking_ask(p, r, "", &zones);
	/* With none left, the outcome of an intent that is out tells of those it has promised. */
	if (zones != 0 || !airing_intent_is_out(p, a))
		a->zones = zones;
	airing_note_silent(p, r, a);
	parting_expect(p, r, a);
	if (zones == 0) {
		airing_miss(p, r, a, why);
		return;
	}
	if (a->deck < 0) /* else it waits for the disk */
		a->deck = playout_take_deck(p, run_alarms(r));
	if (a->deck < 0) {
		airing_miss(p, r, a, REASON_INTERNAL);
		return;
	}
	if (!promise(p, r, a, &e))
		return;
	a->tag = ++p->next_tag;
	p->changes++;
	feeder_load_from(p->air->feeder, a->deck, a->source, a->from_frames);
	a->source = NULL;
	learn_levels(p, a);
	a->state = AIRING_LOADING;
}
