/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/listen.h"

#include "base/json.h"
#include "base/must.h"
#include "base/path.h"
#include "library/measure.h"
#include "mix/feeder.h"
#include "proof/entry.h"
#include "station/replay.h"
#include "sys/log.h"

#include <math.h>
#include <string.h>

#define EARLY_HOPS 50 /* a recording lies where its entry says, or a part of a second off */
#define CRYSTALS_PPM 600 /* two cheap cards, and a clock that is being slewed */
#define HEARD_SHARE_MIN 0.98 /* of a microphone's time: a hole is no silence */

static const char *const codes[LISTEN_CODES] = {
	"found",    "different", "too-short", "flat",	  "no-master", "none",
	"gone",	    "damaged",	 "zone-cut",  "no-sound", "too-long",  "not-listened",
	"unsent",
};

const char *listen_code(enum listen_code code)
{
	must(code < LISTEN_CODES);
	return codes[code];
}

/* Of the master what aired. */
struct taking {
	struct envelope_maker *maker;
	int64_t skip, left;
};

static void take(void *arg, const float *samples, size_t frames)
{
	struct taking *t = arg;
	size_t gone = (int64_t)frames < t->skip ? frames : (size_t)t->skip, n = frames - gone;

	t->skip -= (int64_t)gone;
	n = (int64_t)n < t->left ? n : (size_t)t->left;
	envelope_add(t->maker, samples + gone, n);
	t->left -= (int64_t)n;
}

static bool read_master(struct listen *l, struct envelope *sound)
{
	struct taking t = {envelope_begin(envelope_keep, sound), l->from_frames, l->frames};
	char path[PATH_MASTER_BYTES];
	struct err e = {0};

	path_master(path, l->dir, l->sha256, ".flac");
	bool ok = source_read_master(path, l->sha256, take, &t, &e);
	envelope_end(t.maker);
	if (!ok)
		log_warn("%s: %s", l->airing, e.text);
	return ok;
}

static enum listen_code judged(const struct heard *h, const struct envelope *sound)
{
	if (sound->count < HEARD_LEAST_HOPS)
		return LISTEN_SHORT;
	if (h->judged > 0 && !h->fits)
		return LISTEN_DIFFERENT;
	return h->found ? LISTEN_FOUND : LISTEN_FLAT;
}

/* A recording on its way: as an envelope, and of what aired how loud it is. */
struct playing {
	struct envelope_maker *maker;
	struct loudness *loudness;
	int64_t skip, left; /* as of struct taking */
};

static void take_played(void *arg, const float *samples, size_t frames)
{
	struct playing *p = arg;
	size_t gone = (int64_t)frames < p->skip ? frames : (size_t)p->skip, n = frames - gone;

	envelope_add(p->maker, samples, frames);
	p->skip -= (int64_t)gone;
	n = (int64_t)n < p->left ? n : (size_t)p->left;
	loudness_add(p->loudness, samples + gone, n);
	p->left -= (int64_t)n;
}

/* From the sample on that begins a hop of both. False: a file is not there. */
static bool play(const struct listen *l, struct listen_place *p, struct envelope *air,
		 bool *damaged)
{
	int64_t off = p->recording.into_frames % ENVELOPE_HOP_FRAMES;
	struct playing to = {envelope_begin(envelope_keep, air), loudness_create(1),
			     p->recording.into_frames - off, l->frames};
	bool there = replay_samples(l->dir, &p->recording, off, take_played, &to, damaged);

	envelope_end(to.maker);
	/* By the time of day it is of a stretch that may lie a second beside it. */
	p->loudness_lufs = p->recording.exact && !*damaged ? loudness_lufs(to.loudness) : NAN;
	loudness_destroy(to.loudness);
	return there;
}

static void search_place(const struct listen *l, struct listen_place *p,
			 const struct envelope *sound)
{
	struct envelope air = {0};
	int64_t before = p->recording.into_frames / ENVELOPE_HOP_FRAMES;
	/* Without the sample in the log its place comes from the time of day. */
	int32_t off = p->recording.exact ? EARLY_HOPS : 2 * EARLY_HOPS;
	struct heard_where where = {.expected = before, .early_hops = off, .late_hops = off};
	bool damaged = false;

	if (!play(l, p, &air, &damaged)) {
		p->code = LISTEN_GONE;
	} else {
		heard_search(sound, &air, &where, &heard_recording, &p->heard);
		p->code = judged(&p->heard, sound);
		if (p->code == LISTEN_DIFFERENT && damaged)
			p->code = LISTEN_DAMAGED;
	}
	envelope_free(&air);
}

static void search_ear(struct listen_ear *ear, const struct envelope *sound)
{
	static const struct heard_where where = {
		.expected = EAR_EARLY_S * ENVELOPE_HOPS_PER_S,
		.early_hops = EAR_EARLY_S * ENVELOPE_HOPS_PER_S / 2,
		.late_hops = EAR_LATE_S * ENVELOPE_HOPS_PER_S,
		.drift_ppm = CRYSTALS_PPM,
	};

	if (ear->share < HEARD_SHARE_MIN) {
		ear->code = LISTEN_NO_SOUND;
		return;
	}
	heard_search(sound, &ear->air, &where, &heard_microphone, &ear->heard);
	ear->code = judged(&ear->heard, sound);
}

static void no_master(struct listen *l)
{
	for (int i = 0; i < l->place_count; i++)
		if (l->places[i].code == LISTEN_FOUND)
			l->places[i].code = LISTEN_NO_MASTER;
	for (int i = 0; i < l->ear_count; i++)
		if (l->ears[i].code == LISTEN_FOUND)
			l->ears[i].code = LISTEN_NO_MASTER;
}

void listen_run(struct listen *l)
{
	struct envelope sound = {0};

	if (!read_master(l, &sound)) {
		no_master(l);
		envelope_free(&sound);
		return;
	}
	for (int i = 0; i < l->place_count; i++)
		if (l->places[i].code == LISTEN_FOUND)
			search_place(l, &l->places[i], &sound);
	for (int i = 0; i < l->ear_count; i++)
		if (l->ears[i].code == LISTEN_FOUND)
			search_ear(&l->ears[i], &sound);
	envelope_free(&sound);
}

/* What contradicts says more than what could not be searched, and that more than what was found. */
static int weight(const struct listen_place *p)
{
	return p->code == LISTEN_DIFFERENT ? 3 : p->code == LISTEN_UNSENT ? 0 :
	       p->code == LISTEN_FOUND	   ? 1 : 2;
}

const struct listen_place *listen_worst(const struct listen *l)
{
	const struct listen_place *worst = &l->places[0];

	for (int i = 1; i < l->place_count; i++)
		if (weight(&l->places[i]) > weight(worst))
			worst = &l->places[i];
	return worst;
}

static const char *level(enum listen_code code, bool heard)
{
	if (code == LISTEN_UNSENT)
		return NULL;
	if (heard && code != LISTEN_DIFFERENT)
		return "C";
	return code == LISTEN_FOUND ? "B" : "A";
}

/* By the microphones of this zone, NULL: by all that there are. */
static bool heard_at(const struct listen *l, const char *zone)
{
	int ears = 0, found = 0;

	for (int i = 0; i < l->ear_count; i++) {
		if (zone != NULL && strcmp(l->ears[i].zone, zone) != 0)
			continue;
		ears++;
		found += l->ears[i].code == LISTEN_FOUND;
	}
	return ears > 0 && found == ears;
}

const char *listen_zone_proof(const struct listen *l, const struct listen_place *p)
{
	return level(p->code, heard_at(l, p->zone));
}

/* Where the log tells of all zones as of one there is one recording, and all microphones count. */
const char *listen_proof(const struct listen *l)
{
	const char *lowest = "C";

	if (l->place_count == 1)
		return level(l->places[0].code, heard_at(l, NULL));
	for (int i = 0; i < l->place_count; i++) {
		const char *its = listen_zone_proof(l, &l->places[i]);
		if (its == NULL)
			return NULL;
		lowest = strcmp(its, lowest) < 0 ? its : lowest;
	}
	return lowest;
}

static struct check_facts facts_of(enum listen_code code, const struct heard *h)
{
	return (struct check_facts){.code = listen_code(code),
				    .searched = h->judged > 0,
				    .score = h->score,
				    .share = h->share,
				    /* Of what is not there they are chance. */
				    .offset_ms = h->found ? h->offset_ms : NAN,
				    .drift_ppm = h->found ? h->drift_ppm : NAN,
				    .parts = h->judged,
				    .parts_all = h->parts};
}

static const char *file_of(const struct listen_place *p)
{
	return p->recording.count > 0 ? p->recording.parts[0].file : NULL;
}

static json_t *by_zone(const struct listen *l)
{
	json_t *all = json_object();

	for (int i = 0; i < l->place_count; i++) {
		const struct listen_place *p = &l->places[i];
		struct check_facts facts = facts_of(p->code, &p->heard);

		json_object_set_new(all, p->zone,
				    entry_checked_zone(&facts, file_of(p), listen_zone_proof(l, p),
						       p->code == LISTEN_FOUND ? p->loudness_lufs :
										 NAN));
	}
	return all;
}

json_t *listen_entry(const struct listen *l)
{
	const struct listen_place *worst = listen_worst(l);
	struct check_facts recording = facts_of(worst->code, &worst->heard), ears[ZONES_MAX];

	for (int i = 0; i < l->ear_count; i++) {
		ears[i] = facts_of(l->ears[i].code, &l->ears[i].heard);
		ears[i].zone = l->ears[i].zone;
		ears[i].microphone = l->ears[i].microphone;
	}
	json_t *o = entry_airing_checked(l->airing, l->sha256, listen_proof(l), HEARD_METHOD,
					 file_of(worst), &recording, ears, l->ear_count);
	if (l->place_count > 1)
		json_object_set_new(o, "by_zone", by_zone(l));
	return o;
}

void listen_finish(struct listen *l)
{
	for (int i = 0; i < l->ear_count; i++)
		envelope_free(&l->ears[i].air);
	l->ear_count = 0;
}
