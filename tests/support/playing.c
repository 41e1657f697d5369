/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/playing.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"
#include "proof/signer.h"
#include "support/fake.h"

#include <check.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEPT_FRAMES ((int64_t)PLAYING_BLOCKS * BLOCK_FRAMES)

static int64_t lengths[1000]; /* of the master with this seed */

/* Seed 0 is a master that is not there, 999 one that breaks in the middle, 998 one that becomes
 * another there, 997 one that is another from the first; 996 gives silence in place of its sound,
 * 995 has a silence of its own in the second quarter, 994 as 996 and nobody knows how it should
 * sound, 993 cannot be read on from the middle. */
static struct source *open_noise(struct air *a, const char *sha256, struct err *e)
{
	uint32_t seed = (uint32_t)strtoul(sha256 + 32, NULL, 10);
	struct air_sim *sim = (struct air_sim *)a;

	((struct playing *)((char *)sim - offsetof(struct playing, sim)))->opened++;
	if (seed == 0 || lengths[seed] == 0) {
		err_set(e, ERR_NOT_FOUND, "no such master");
		return NULL;
	}
	if (seed == 997) {
		err_set(e, ERR_DIFFERS, "another master");
		return NULL;
	}
	if (seed == 998)
		return fake_noise(seed, lengths[seed] / 2, 1.0f, FAKE_CHANGES);
	if (seed == 999)
		return fake_noise(seed, lengths[seed] / 2, 1.0f, FAKE_BREAKS);
	if (seed == 996 || seed == 994)
		return fake_flat(0, lengths[seed]);
	if (seed == 995)
		return fake_paused(seed, lengths[seed], lengths[seed] / 4, lengths[seed] / 2);
	if (seed == 993)
		return fake_noise(seed, lengths[seed] / 2, 1.0f, FAKE_STALLS);
	return fake_noise(seed, lengths[seed], 1.0f, FAKE_ENDS);
}

static bool levels_of(struct air *a, const char *sha256, struct wave_levels *out)
{
	uint32_t seed = (uint32_t)strtoul(sha256 + 32, NULL, 10);

	(void)a;
	*out = (struct wave_levels){.pair_frames = lengths[seed] / 1000, .count = 1000};
	for (int i = 0; i < out->count; i++)
		out->level[i] = seed == 995 && i >= 250 && i < 500 ? 0 : 31;
	return seed != 994 && lengths[seed] > 0;
}

static struct wall local(const struct playing *g, const char *text)
{
	struct wall t;

	must(wall_parse(text, &g->c->settings.tz, &t));
	return t;
}

void playing_open(struct playing *g, const char *now)
{
	struct err e = {0};

	*g = (struct playing){.c = case_create("crossfade_ms: 0\nloudness: {target_lufs: -20}\n")};
	memset(lengths, 0, sizeof(lengths));
	clock_sim_init(&g->clock, local(g, now));
	g->disk = disk_sim_create();
	must(ledger_open(&g->ledger, disk_sim_disk(g->disk),
			 stalling_signer(signer_none(disk_sim_disk(g->disk)), &g->stall),
			 ":memory:", &g->clock.clock, &g->c->settings.tz, &e));
	for (int z = 0; z < 2; z++) {
		g->mix[z] = calloc((size_t)KEPT_FRAMES, sizeof(float));
		must(g->mix[z] != NULL);
	}
}

void playing_close(struct playing *g)
{
	if (g->p.begun) {
		playout_finish(&g->p);
		air_sim_finish(&g->sim);
	}
	ledger_close(g->ledger);
	disk_sim_destroy(g->disk);
	case_destroy(g->c);
	free(g->mix[0]);
	free(g->mix[1]);
}

struct bulletin *playing_bulletin(struct playing *g, const char *id, uint32_t seed, double length_s)
{
	struct bulletin *b = case_bulletin(g->c, id, length_s);

	must(seed < 1000);
	lengths[seed] = b->frames;
	snprintf(b->sha256, sizeof(b->sha256), "%032d%032u", 0, seed);
	return b;
}

static void begin(struct playing *g, struct wall accounted_to, enum reason gap)
{
	static struct air_ops ops;

	air_sim_init(&g->sim, &g->clock, 2, -1.0, "", false);
	ops = *g->sim.air.ops;
	ops.open_master = open_noise;
	ops.levels = levels_of;
	g->sim.air.ops = &ops;
	playout_init(&g->p, &g->sim.air, g->ledger, &g->clock.clock);
	playout_set_world(&g->p, &g->c->in);
	playout_begin(&g->p, accounted_to, accounted_to, gap,
		      mono_add_ns(clock_mono(&g->clock.clock), -g->machine_up_ns));
}

void playing_begin(struct playing *g)
{
	begin(g, clock_wall(&g->clock.clock), REASON_POWER_OFF);
}

void playing_begin_after(struct playing *g, const char *accounted_to, enum reason gap)
{
	begin(g, local(g, accounted_to), gap);
}

void playing_two(struct playing *g, const char *rules)
{
	char slots[400];

	playing_open(g, "2026-11-23T05:29:55");
	playing_bulletin(g, "B1", 11, 60);
	playing_bulletin(g, "B2", 12, 20);
	snprintf(slots, sizeof(slots), "  - {name: Sáng, start: \"05:30\", ident: false,"
		 " play: {bulletins: {}}, %s}\n", rules);
	ck_assert(case_slots(g->c, slots));
}

struct emergency *playing_siren(struct playing *g, uint32_t zones, int every_s, double until_s)
{
	struct emergency_order o = {.zones = zones, .by = "user:3", .reason = "Vỡ đập",
				    .who = "user:7", .every_s = every_s, .has_until = until_s > 0};
	struct emergency *m;
	struct err e;

	o.until = wall_add_ns(playout_now(&g->p), (int64_t)(until_s * NS_PER_S));
	ck_assert_msg(emergency_raise(&g->p, &o, &m, &e), "%s", e.text);
	return m;
}

void playing_run(struct playing *g, double seconds)
{
	for (int64_t left = (int64_t)(seconds * 100); left > 0; left--) {
		if (g->sim.blocks % 10 == 0)
			playout_step(&g->p);
		int64_t at = (int64_t)g->sim.blocks * BLOCK_FRAMES;
		air_sim_block(&g->sim, &g->p);
		for (int z = 0; z < 2 && at < KEPT_FRAMES; z++)
			memcpy(g->mix[z] + at, g->sim.out[z], BLOCK_FRAMES * sizeof(float));
	}
}

int64_t playing_frame(const struct playing *g, const char *text)
{
	int64_t wall_minus_mono = g->clock.now_wall.ns - g->clock.now_mono.ns;

	return frames_of_ns(local(g, text).ns - wall_minus_mono - g->sim.zero.ns);
}

static bool begins(const float *x, uint32_t seed)
{
	for (int i = 0; i < 16; i++)
		if (x[i] != fake_noise_at(seed, i))
			return false;
	return true;
}

int64_t playing_find(const struct playing *g, int zone, uint32_t seed)
{
	for (int64_t f = 0; f + 16 < KEPT_FRAMES; f++)
		if (begins(g->mix[zone] + f, seed))
			return f;
	return -1;
}

int64_t playing_whole(const struct playing *g, int zone, uint32_t seed)
{
	int64_t first = playing_find(g, zone, seed), n = 0;

	while (first >= 0 && first + n < KEPT_FRAMES &&
	       g->mix[zone][first + n] == fake_noise_at(seed, n))
		n++;
	return n;
}

struct search {
	const char *kind;
	int left, count;
	json_t *found;
};

static bool look(int64_t n, const char *text, size_t len, void *arg)
{
	struct search *s = arg;
	struct err e = {0};
	json_t *entry = json_read(text, len, &e);

	(void)n;
	must(entry != NULL);
	if (strcmp(json_get_text(entry, "kind", ""), s->kind) == 0) {
		s->count++;
		if (s->left-- == 0)
			s->found = json_incref(entry);
	}
	json_decref(entry);
	return true;
}

static struct search search(const struct playing *g, const char *kind, int n)
{
	struct search s = {.kind = kind, .left = n};
	struct err e = {0};

	must(ledger_read(g->ledger, 0, ledger_next(g->ledger), look, &s, &e));
	return s;
}

json_t *playing_entry(const struct playing *g, const char *kind, int n)
{
	return search(g, kind, n).found;
}

int playing_count(const struct playing *g, const char *kind)
{
	return search(g, kind, -1).count;
}

void playing_ck(const struct playing *g, const char *kind, int n, const char *bulletin,
		const char *result, const char *reason)
{
	json_t *entry = playing_entry(g, kind, n);

	ck_assert_msg(entry != NULL, "no entry %s number %d", kind, n);
	if (bulletin != NULL)
		ck_assert_str_eq(json_get_text(entry, "bulletin", ""), bulletin);
	if (result != NULL)
		ck_assert_str_eq(json_get_text(entry, "result", ""), result);
	if (reason != NULL)
		ck_assert_str_eq(json_get_text(entry, "reason", ""), reason);
	json_decref(entry);
}
