/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simstation.h"
#include "promise.h"
#include "simalarm.h"
#include "simbreak.h"
#include "simdisk.h"
#include "simheard.h"
#include "simworld.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "proof/signer.h"
#include "station/emergency.h"
#include "station/record.h"
#include "support/fake.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEP_BLOCKS 10

static const char station_yaml[] = "station: Đài thử\n"
				   "id: dai-thu\n"
				   "timezone: Asia/Ho_Chi_Minh\n"
				   "zones:\n"
				   "  - {name: mot, device: none, channel: 1}\n"
				   "  - {name: hai, device: none, channel: 2}\n"
				   "relays: {vov1: {url: \"http://127.0.0.1/\"}}\n"
				   "crossfade_ms: 0\n";

static bool fixed_tz(struct tz *tz, const char *name, struct err *e)
{
	(void)e;
	tz_fixed(tz, name, 7 * 3600);
	return true;
}

static int64_t noise_frames(uint32_t seed)
{
	return seed % 100 * FRAMES_PER_S / 2 + (int64_t)seed;
}

/* The masters: noise whose seed is the number in the name, exact in float and far below the
 * limiter. */
static struct source *open_noise(struct air *a, const char *sha256, struct err *e)
{
	uint32_t seed = (uint32_t)strtoul(sha256 + 32, NULL, 10);

	(void)a;
	if (seed == 0) {
		err_set(e, ERR_NOT_FOUND, "no such master");
		return NULL;
	}
	return fake_noise(seed, noise_frames(seed), 1.0f, FAKE_ENDS);
}

static void make_bulletin(struct simstation *s, int i)
{
	struct err e = {0};
	int64_t n;
	struct bulletin *b = &s->bulletins[i];
	uint32_t seed = (uint32_t)(10 + chance_below(&s->chance, 60)) + 100 * (uint32_t)(i + 1);

	*b = (struct bulletin){.state = BULLETIN_APPROVED,
			       .frames = noise_frames(seed),
			       .loudness_lufs = -16,
			       .peak_dbtp = -12,
			       .level = (enum level)chance_below(&s->chance, 2)};
	snprintf(b->title, sizeof(b->title), "Bản tin %d", i);
	snprintf(b->sha256, sizeof(b->sha256), "%032d%032u", 0, seed);
	snprintf(b->language, sizeof(b->language), "%s", i % 3 == 0 ? "stieng" : "vi");
	snprintf(b->kind, sizeof(b->kind), "ban-tin");
	b->received = s->clock.now_wall;
	must(ledger_append(s->ledger, entry_bulletin_received(b, "", json_array(), "uid:1"), &n,
			   &e));
	entry_id('B', n, b->id);
	must(ledger_append(s->ledger, entry_bulletin_approved(b->id, b->sha256, "", NULL, "uid:1"),
			   &n, &e));
	clock_sim_advance(&s->clock, NS_PER_S);
}

static void make_world(struct simstation *s, const char *settings, const char *timetable)
{
	struct faults *f = &s->files.faults;
	char text[1024];

	must(snprintf(text, sizeof(text), "%s%s", station_yaml, settings) < (int)sizeof(text));
	settings_parse(&s->files.settings, "station.yaml", text, strlen(text), fixed_tz, f);
	simworld_text(&s->files, 0, text);
	memcpy(s->files.settings_sha256, s->files.texts[0].sha256, SHA256_HEX_BYTES);
	simworld_timetable(s, timetable);
	s->input = (struct plan_input){.settings = &s->files.settings,
				       .schedule = &s->files.schedule,
				       .bulletins = s->bulletins,
				       .bulletin_count = SIM_BULLETINS,
				       .assets = &s->standin,
				       .asset_count = 1};
	s->standin = (struct asset){.path = "audio/nhac.wav", .frames = noise_frames(5040),
				    .loudness_lufs = -16, .peak_dbtp = -12};
	snprintf(s->standin.sha256, sizeof(s->standin.sha256), "%032d%032u", 0, 5040);
}

/* The real notary, with a key that is the same in every run of the seed. */
static struct signer *sign_here(struct simstation *s)
{
	struct notary_setup how = {.name = "vangxa/sim", .seed = {1}};

	snprintf(how.boot, sizeof(how.boot), "%s", s->boot.id);
	return stalling_signer(signer_here(disk_sim_disk(s->disk), &how), &s->stall);
}

void simstation_open_log(struct simstation *s)
{
	struct err e = {0};

	if (!ledger_open(&s->ledger, disk_sim_disk(s->disk), sign_here(s), ":memory:",
			 &s->clock.clock, &s->files.settings.tz, &e))
		ck_abort_msg("seed %llu: %s", (unsigned long long)s->seed, e.text);
	expect(ledger_boot(s->ledger, s->boot.id, &e), "%s", e.text);
}

void simstation_close_log(struct simstation *s)
{
	s->acknowledged = ledger_next(s->ledger);
	ledger_close(s->ledger);
	s->ledger = NULL;
}

void simstation_set_clock(struct simstation *s, struct wall to)
{
	s->clock_set = s->clock.now_mono;
	s->clock_set_by_ns = to.ns - s->clock.now_wall.ns;
	s->woke.ns += s->clock_set_by_ns; /* by the clock of all that is stamped now */
	clock_sim_set_wall(&s->clock, to);
}

void simstation_sync_clock(struct simstation *s)
{
	if (s->clock.now_wall.ns != s->clock.now_true.ns)
		simstation_set_clock(s, s->clock.now_true);
	clock_sim_sync(&s->clock, 5, "chronyd");
}

void simstation_init(struct simstation *s, uint64_t seed, const char *timetable)
{
	simstation_init_with(s, seed, "", timetable);
}

void simstation_init_with(struct simstation *s, uint64_t seed, const char *settings,
			  const char *timetable)
{
	*s = (struct simstation){.seed = seed, .chance = {seed}, .alarms = {~seed},
				 .orders = {seed ^ 0x0bde5}, .hangs = {seed ^ 0x5eed},
				 .believed = true, .relay_there = true};
	make_world(s, settings, timetable);
	struct wall start = tz_wall(&s->files.settings.tz, (struct date){2026, 11, 23}, 4 * 3600);
	clock_sim_init(&s->clock, start);
	s->disk = disk_sim_create();
	simstation_power_on(s, 0);
	simstation_open_log(s);
	for (int i = 0; i < SIM_BULLETINS; i++)
		make_bulletin(s, i);
	simstation_close_log(s);
	for (int z = 0; z < 2; z++) {
		s->ring[z] = calloc((size_t)RING_FRAMES, sizeof(float));
		must(s->ring[z] != NULL);
	}
}

static void switch_off(struct simstation *s)
{
	playout_finish(&s->playout);
	air_sim_finish(&s->sim);
	promise_off(s);
	ledger_close(s->ledger);
	s->ledger = NULL;
	s->stall = (struct stall){0};
	s->on = false;
}

void simstation_finish(struct simstation *s)
{
	if (s->on)
		switch_off(s);
	promise_finish(s);
	simbreak_finish(s);
	disk_sim_destroy(s->disk);
	schedule_finish(&s->files.schedule);
	faults_finish(&s->files.faults);
	for (int i = 0; i < s->files.text_count; i++)
		buf_finish(&s->files.texts[i].text);
	free(s->files.texts);
	free(s->typed);
	free(s->ring[0]);
	free(s->ring[1]);
}

void simstation_boot(struct simstation *s)
{
	static struct air_ops ops;
	struct err e = {0};

	must(!s->on);
	s->boot.since = mono_add_ns(s->clock.now_mono, s->up_at_ns - clock_up_ns(&s->clock.clock));
	simstation_open_log(s);
	const struct notary_state *log = ledger_state(s->ledger);
	expect(log->log == 1, "seed %llu: an honest disk, and the log was ended: %s",
	       (unsigned long long)s->seed, log->why);
	expect(ledger_next(s->ledger) >= s->acknowledged,
	       "seed %llu: %lld entries acknowledged, %lld after the power cut",
	       (unsigned long long)s->seed, (long long)s->acknowledged,
	       (long long)ledger_next(s->ledger));
	s->desk = (struct desk){.boot = s->boot, .clock = &s->clock.clock, .ledger = s->ledger,
				.disk = disk_sim_disk(s->disk),
				.world = {.files = &s->files, .input = s->input}};
	simworld_read(s);
	if (!recover(&s->desk, &s->recovery, &e) || !desk_note_timetables(&s->desk, "", &e))
		ck_abort_msg("seed %llu: %s", (unsigned long long)s->seed, e.text);
	simworld_asides(s); /* as the recovery left them */
	air_sim_init(&s->sim, &s->clock, s->files.settings.zone_count, -1.0, "", false);
	ops = *s->sim.air.ops;
	ops.open_master = open_noise;
	s->sim.air.ops = &ops;
	playout_init(&s->playout, &s->sim.air, s->ledger, &s->clock.clock);
	playout_set_world(&s->playout, &s->input);
	playout_hold(&s->playout, &s->recovery.holds);
	playout_gaps(&s->playout, &s->recovery.gaps);
	s->playout.quarantine = s->recovery.quarantine;
	s->playout.cutoffs = s->recovery.cutoffs;
	playout_begin(&s->playout, s->recovery.accounted_to, s->recovery.floor,
		      s->recovery.gap_reason, s->boot.since);
	simalarm_begin(s);
	expect(emergency_recover(&s->playout, &s->desk, &e), "%s", e.text);
	s->on = true;
	s->landed = 0;
	s->accounted = false;
}

void simstation_power_cut(struct simstation *s)
{
	must(s->on);
	disk_sim_power_cut(s->disk, chance_next(&s->chance));
	switch_off(s);
	s->ended_by = REASON_POWER_OFF;
}

void simstation_kill(struct simstation *s)
{
	must(s->on);
	disk_sim_power_off_after(s->disk, -1); /* one mishap at a time */
	switch_off(s);
	s->ended_by = REASON_PROGRAM_ENDED;
}

void simstation_power_on(struct simstation *s, int64_t after_ns)
{
	must(!s->on);
	clock_sim_advance(&s->clock, after_ns);
	s->up_at_ns = clock_up_ns(&s->clock.clock);
	snprintf(s->boot.id, sizeof(s->boot.id), "boot-%llu",
		 (unsigned long long)chance_next(&s->chance));
}

void simstation_sleep(struct simstation *s, int64_t ns)
{
	clock_sim_sleep(&s->clock, ns);
	s->woke = s->clock.now_wall;
	s->slept_ns = ns;
}

/* Whoever may air at this moment was approved. */
static void check_approved(struct simstation *s, const json_t *entry)
{
	const char *id = json_get_text(entry, "bulletin", "");

	if (json_object_get(entry, "emergency") != NULL)
		return; /* somebody answers for it */
	for (int i = 0; i < SIM_BULLETINS; i++)
		expect(strcmp(s->bulletins[i].id, id) != 0 ||
			       s->bulletins[i].state == BULLETIN_APPROVED,
		       "seed %llu: %s airs and is not approved", (unsigned long long)s->seed, id);
}

/* No row blames the power for what the program did, or the other way round. */
static void check_blame(struct simstation *s, const json_t *entry, const char *result)
{
	const char *reason = json_get_text(entry, "reason", "");
	int64_t up_ns = s->clock.now_wall.ns - (clock_up_ns(&s->clock.clock) - s->up_at_ns);
	bool off = strcmp(reason, "power-off") == 0, ended = strcmp(reason, "program-ended") == 0;
	struct wall planned;

	if (strcmp(result, "interrupted") == 0)
		expect(reason_parse(reason) == s->ended_by, "seed %llu: %s ended by %s: %s",
		       (unsigned long long)s->seed, json_get_text(entry, "airing", ""),
		       reason_code(s->ended_by), reason);
	if (strcmp(json_get_text(entry, "kind", ""), "airing.missed") != 0 || (!off && !ended))
		return;
	must(json_get_time(entry, "planned", &planned));
	/* up_ns cut to the milliseconds of an entry. */
	expect(off == (planned.ns < up_ns - up_ns % NS_PER_MS),
	       "seed %llu: planned %lld ms after the machine came up, and missed by %s",
	       (unsigned long long)s->seed, (long long)((planned.ns - up_ns) / NS_PER_MS), reason);
	s->off += off;
	s->ended += ended;
}

/* FNV-1a. */
static void digest(struct simstation *s, const void *bytes, size_t count)
{
	const uint8_t *b = bytes;

	for (size_t i = 0; i < count; i++)
		s->digest = (s->digest ^ b[i]) * UINT64_C(1099511628211);
}

static bool look_at_entry(int64_t n, const char *text, size_t len, void *arg)
{
	struct simstation *s = arg;
	struct err e = {0};
	json_t *entry = json_read(text, len, &e);
	const char *kind = json_get_text(entry, "kind", ""), *result;

	(void)n;
	must(entry != NULL);
	digest(s, text, len);
	result = json_get_text(entry, "result", "");
	if ((strcmp(kind, "airing.intended") == 0 || strcmp(kind, "airing.missed") == 0) &&
	    json_get_text(entry, "slot", "")[0] != '\0')
		promise_row(s, entry);
	if (strcmp(kind, "airing.intended") == 0)
		check_approved(s, entry);
	check_blame(s, entry, result);
	s->withdrawn += strcmp(json_get_text(entry, "reason", ""), "withdrawn") == 0;
	s->airings += strcmp(kind, "airing.intended") == 0;
	s->missed += strcmp(kind, "airing.missed") == 0;
	s->full += strcmp(result, "full") == 0;
	s->cut += strcmp(result, "cut") == 0;
	s->interrupted += strcmp(result, "interrupted") == 0;
	simbreak_take(s, entry);
	if (strcmp(kind, "airing.ended") == 0)
		simheard_night(s, entry);
	bool rest = strcmp(json_get_text(entry, "reason", ""), "resumed") == 0;
	if ((strcmp(result, "full") == 0 || rest) && s->on && !s->only_rows &&
	    json_get_text(entry, "bulletin", "")[0] != '\0' &&
	    json_object_get(entry, "night_db") == NULL)
		simheard_compare(s, entry);
	json_decref(entry);
	return true;
}

static void check_entries(struct simstation *s)
{
	struct err e = {0};
	int64_t count = ledger_next(s->ledger);

	s->acknowledged = count;
	if (count > s->read_to)
		expect(ledger_read(s->ledger, s->read_to, count, look_at_entry, s, &e), "%s",
		       e.text);
	s->read_to = count;
}

void simstation_tell_runs(const struct simstation *s)
{
	for (const struct run *r = s->playout.runs; r != NULL; r = r->next)
		for (int i = 0; i < r->item_count; i++) {
			const struct airing *a = &r->items[i];
			fprintf(stderr,
				"%s%s claim %llu start %lld anchor %lld: %s %s state %d zones %x"
				" at %lld for %lld\n",
				r->slot.name, run_planned(r) ? "" : "(play)",
				(unsigned long long)r->claim,
				(long long)(r->start.ns / NS_PER_MS), (long long)r->anchor.n,
				a->id, a->bulletin.id, a->state, (unsigned)a->zones,
				(long long)a->at.n, (long long)a->item.length_frames);
		}
	fprintf(stderr, "now frame %lld wall %lld held %x\n",
		(long long)mixer_now(s->sim.air.mixer).n,
		(long long)(s->clock.now_wall.ns / NS_PER_MS), (unsigned)s->playout.arbiter.cut);
}

/* One holder of each zone; whatever sounds has its intent in the log. */
static void check_holders(const struct simstation *s)
{
	int holders[2] = {0, 0};

	for (const struct run *r = s->playout.runs; r != NULL; r = r->next)
		for (int i = 0; i < r->item_count; i++) {
			const struct airing *a = &r->items[i];
			if (a->state != AIRING_ON)
				continue;
			/* A siren is not kept waiting by a disk. */
			bool late = run_alarms(r) && a->id[0] == '\0';
			int64_t intent = strtoll(a->id + (a->id[0] == 'A'), NULL, 10);
			expect(late || (a->id[0] == 'A' && intent < s->acknowledged),
			       "seed %llu: on air without an intent", (unsigned long long)s->seed);
			for (int z = 0; z < 2; z++)
				holders[z] += (a->zones & ~a->cut_zones) >> z & 1 && !a->blamed;
		}
	if (holders[0] > 1 || holders[1] > 1)
		simstation_tell_runs(s);
	for (int z = 0; z < 2; z++)
		expect(holders[z] <= 1, "seed %llu: %d airings at once in zone %d",
		       (unsigned long long)s->seed, holders[z], z);
}

/* Keeps the newest block, if anything will ask for it; silence, which is most of a day, is looked
 * at and not carried out of the processor's caches. */
static bool keep_block(struct simstation *s)
{
	static const float silent[BLOCK_FRAMES];
	int64_t at = (int64_t)s->sim.blocks % SIM_RING_BLOCKS;
	bool any = false;

	air_sim_block(&s->sim, &s->playout);
	for (int z = 0; z < 2; z++) {
		bool sounds = memcmp(s->sim.out[z], silent, sizeof(silent)) != 0;

		s->sounds[z][at] = sounds;
		if (sounds && !s->only_rows)
			memcpy(s->ring[z] + at * BLOCK_FRAMES, s->sim.out[z], sizeof(silent));
		any = any || sounds;
	}
	return any;
}

void simstation_step(struct simstation *s)
{
	bool busy = playout_busy(&s->playout), sounds = false;

	simdisk_look(s);
	simalarm_relay(s);
	playout_step(&s->playout);
	promise_look(s);
	check_entries(s);
	for (int b = 0; b < STEP_BLOCKS; b++)
		sounds |= keep_block(s);
	if (s->sim.blocks % 100 < STEP_BLOCKS)
		digest(s, s->sim.out[0], BLOCK_FRAMES * sizeof(float));
	check_holders(s);
	simalarm_check(s, STEP_BLOCKS * BLOCK_FRAMES);
	/* Nothing sounds that no airing accounts for. */
	expect(!sounds || busy || playout_busy(&s->playout),
	       "seed %llu: a sound that nobody played", (unsigned long long)s->seed);
	if (!s->accounted && playout_accounted(&s->playout)) {
		recover_done(&s->desk, &s->recovery);
		s->accounted = true;
	}
}

void simstation_run_to(struct simstation *s, struct wall t)
{
	while (s->clock.now_wall.ns < t.ns)
		simstation_step(s);
}

int simstation_check_all_told(struct simstation *s, struct wall from, struct wall to)
{
	struct plan plan;
	struct err e = {0};
	int count = 0;

	ck_assert(plan_make(&plan, &s->input, from, to, &e));
	for (int i = 0; i < plan.count; i++) {
		const struct occurrence *o = &plan.list[i];
		for (int k = 0; k < o->item_count; k++, count++)
			expect(record_known(&s->playout, o->slot, o->start,
						   o->items[k].bulletin, NULL, false),
				      "seed %llu: nothing in the log about %s of %s at %lld",
				      (unsigned long long)s->seed, o->items[k].bulletin->id,
				      o->slot->name, (long long)(o->start.ns / NS_PER_S));
	}
	plan_finish(&plan);
	return count;
}
