/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/listen.h"

#include "base/json.h"
#include "base/must.h"
#include "base/path.h"
#include "mix/feeder.h"
#include "proof/entry.h"
#include "station/replay.h"
#include "sys/log.h"

#include <math.h>

#define EARLY_HOPS 50 /* a recording lies where its entry says, or a part of a second off */
#define CRYSTALS_PPM 600 /* two cheap cards, and a clock that is being slewed */
#define HEARD_SHARE_MIN 0.98 /* of a microphone's time: a hole is no silence */

static const char *const codes[LISTEN_CODES] = {
	"found",    "different", "too-short", "flat",	  "no-master", "none",
	"gone",	    "damaged",	 "zone-cut",  "no-sound", "too-long",  "not-listened",
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

static void search_place(const char *dir, struct listen_place *p, const struct envelope *sound)
{
	struct envelope air = {0};
	int64_t before = p->recording.into_frames / ENVELOPE_HOP_FRAMES;
	/* Without the sample in the log its place comes from the time of day. */
	int32_t off = p->recording.exact ? EARLY_HOPS : 2 * EARLY_HOPS;
	struct heard_where where = {.expected = before, .early_hops = off, .late_hops = off};
	bool damaged = false;

	/* So that hops of both begin on the same sample. */
	if (!replay_read(dir, &p->recording, p->recording.into_frames % ENVELOPE_HOP_FRAMES, &air,
			 &damaged)) {
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
			search_place(l->dir, &l->places[i], &sound);
	for (int i = 0; i < l->ear_count; i++)
		if (l->ears[i].code == LISTEN_FOUND)
			search_ear(&l->ears[i], &sound);
	envelope_free(&sound);
}

/* What contradicts says more than what could not be searched, and that more than what was found. */
const struct listen_place *listen_worst(const struct listen *l)
{
	const struct listen_place *worst = &l->places[0];

	for (int i = 1; i < l->place_count; i++) {
		const struct listen_place *p = &l->places[i];
		if (worst->code != LISTEN_DIFFERENT &&
		    (p->code == LISTEN_DIFFERENT || worst->code == LISTEN_FOUND))
			worst = p;
	}
	return worst;
}

const char *listen_proof(const struct listen *l)
{
	enum listen_code code = listen_worst(l)->code;
	bool heard = l->ear_count > 0;

	for (int i = 0; i < l->ear_count; i++)
		heard = heard && l->ears[i].code == LISTEN_FOUND;
	if (heard && code != LISTEN_DIFFERENT)
		return "C";
	return code == LISTEN_FOUND ? "B" : "A";
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

/* Each zone's recording by itself, where there are several. */
static json_t *by_zone(const struct listen *l)
{
	json_t *all = json_object();

	for (int i = 0; i < l->place_count; i++) {
		const struct listen_place *p = &l->places[i];
		json_t *o = json_pack("{s:s, s:o}", "code", listen_code(p->code), "file",
				      json_text(file_of(p)));

		if (p->heard.judged > 0)
			json_object_set_new(o, "score", json_rounded(p->heard.score, 3));
		json_object_set_new(all, p->zone, o);
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
