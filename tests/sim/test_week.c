/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A week of a busy station with everything that goes wrong in it, from seeds. */
#include "promise.h"
#include "simalarm.h"
#include "simbreak.h"
#include "simdisk.h"
#include "simstation.h"
#include "simworld.h"

#include "base/must.h"
#include "station/emergency.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define HOUR_NS (3600 * NS_PER_S)
#define DAY_NS (24 * HOUR_NS)

static const char timetable[] =
	"timetable: Lịch thử\n"
	"valid: {from: 2026-01-01}\n"
	"slots:\n"
	"  - {name: Sáng, start: \"05:30\", length: 4m, play: {bulletins: {}}, overrun: fade,\n"
	"     late: {join_within: 3m}, ident: false}\n"
	"  - {name: Trưa, start: \"11:00\", length: 2m, days: mon-sat,\n"
	"     play: {bulletins: {language: [vi]}}, overrun: finish, ident: false, zones: [mot]}\n"
	"  - {name: Tiếng Stiêng, start: \"11:00:30\", length: 90s, ident: false,\n"
	"     play: {bulletins: {language: [stieng]}}, zones: [hai], overrun: cut}\n"
	"  - {name: Hằng giờ, start: \"12:00\", length: 1m,\n"
	"     repeat: {every: 1h, until: \"21:00\"},\n"
	"     play: {bulletins: {}}, overrun: cut, ident: false, order: newest}\n"
	"  - {name: Chen, start: \"17:00:20\", length: 70s, play: {bulletins: {}}, overrun: fade,\n"
	"     ident: false, order: title}\n"
	"  - {name: Qua đêm, start: \"23:58\", length: 5m, play: {bulletins: {}}, overrun: fade,\n"
	"     ident: false, late: {join_within: 1m}}\n";

/* Days of them take seconds; in special builds minutes. */
#if defined(VX_ASAN) || defined(VX_TSAN)
#define STORMS 0
#else
#define STORMS 1
#endif

static uint64_t number_of(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

/* A day is enough to show what the special builds look for, which are slow; a week without them. */
static int days(void)
{
#if defined(VX_ASAN) || defined(VX_TSAN)
	return (int)number_of("VANGXA_DAYS", 1);
#else
	return (int)number_of("VANGXA_DAYS", 7);
#endif
}

/* Like a checklist: the numbers that make the test one that looked at something. */
static void expect_looked(const struct simstation *s)
{
	printf("seed %llu: %lld airings, %lld full, %lld cut, %lld interrupted, %lld missed, "
	       "%lld for want of power, %lld of a program, %lld compared bit by bit\n",
	       (unsigned long long)s->seed, (long long)s->airings, (long long)s->full,
	       (long long)s->cut, (long long)s->interrupted, (long long)s->missed,
	       (long long)s->off, (long long)s->ended, (long long)s->compared);
	ck_assert_int_gt(s->compared, 5 * days());
}

START_TEST(quiet_week)
{
	struct simstation s;
	simstation_init(&s, number_of("VANGXA_SEED", 1), timetable);
	simstation_boot(&s);
	struct wall from = s.clock.now_wall, to = wall_add_ns(from, days() * DAY_NS);

	simstation_run_to(&s, wall_add_ns(to, 600 * NS_PER_S));
	ck_assert_int_gt(simstation_check_all_told(&s, from, to), 30 * days());
	ck_assert_int_eq(s.interrupted + s.cut, 0);
	promise_explained(&s);
	expect_looked(&s);
	simstation_finish(&s);
}
END_TEST

static struct bulletin *any_bulletin(struct simstation *s)
{
	return &s->bulletins[chance_below(&s->chance, SIM_BULLETINS)];
}

static void change(struct simstation *s)
{
	if (chance_below(&s->chance, 2) == 0)
		simstation_new_timetable(s, simworld_any(&s->chance, s->storms));
	else
		simstation_decide(s, any_bulletin(s));
}

/* Nothing runs for so long; where people meddle, they edit the timetable and use the command line
 * meanwhile, and some nights are long. */
static void stay_off(struct simstation *s, int64_t ns)
{
	int parts = s->meddled ? 1 + (int)chance_below(&s->chance, 6) : 0;

	clock_sim_advance(&s->clock, ns);
	for (int i = 0; i < parts; i++) {
		change(s);
		clock_sim_advance(&s->clock,
				  (int64_t)chance_below(&s->chance, 3600) * NS_PER_S + NS_PER_MS);
	}
}

/* One thing goes wrong every hour or so, and about once a minute while something is on air. */
static void mishap(struct simstation *s)
{
	struct err e = {0};
	int64_t ns = (int64_t)chance_below(&s->chance, 3600) * NS_PER_S;

	switch (chance_below(&s->chance, 9)) {
	case 0: /* the power fails, for a second to an hour */
	case 1:
		simstation_power_cut(s);
		simstation_power_on(s, ns + NS_PER_S);
		simstation_boot(s);
		break;
	case 7: /* the program is killed, and started again a while later */
		simstation_kill(s);
		stay_off(s, ns / 2 + NS_PER_S);
		simstation_boot(s);
		break;
	case 8: /* the power fails, and the program is started long after the machine */
		simstation_power_cut(s);
		simstation_power_on(s, ns / 2 + NS_PER_S);
		stay_off(s, ns / 2 + NS_PER_S);
		simstation_boot(s);
		break;
	case 2:
		playout_cut(&s->playout, (uint32_t)chance_below(&s->chance, 3) + 1, "uid:1");
		break;
	case 3:
		playout_resume(&s->playout, 3, "uid:1");
		break;
	case 4:
		playout_play(&s->playout, &s->bulletins[chance_below(&s->chance, SIM_BULLETINS)],
			     (uint32_t)chance_below(&s->chance, 3) + 1, "thử", "uid:1", &e);
		break;
	case 5: /* somebody closes the lid, or sets the clock, by up to half an hour either way */
		if (ns / NS_PER_S % 4 == 0)
			simstation_sleep(s, ns + 2 * NS_PER_S);
		else
			simstation_set_clock(s, wall_add_ns(s->clock.now_wall,
							    ns - 1800 * NS_PER_S));
		break;
	case 6: /* the power fails in the middle of whatever is written next */
		disk_sim_power_off_after(s->disk, (int64_t)chance_below(&s->chance, 20));
		break;
	}
}

static void bad_day(struct simstation *s)
{
	int64_t until = s->clock.now_mono.ns + DAY_NS;
	int64_t next = 0;

	while (s->clock.now_mono.ns < until) {
		bool now = playout_busy(&s->playout) && chance_below(&s->chance, 600) == 0;
		if (now || next < s->clock.now_mono.ns) {
			mishap(s);
			next = s->clock.now_mono.ns +
			       (int64_t)chance_below(&s->chance, 7200) * NS_PER_S;
		}
		simstation_step(s);
		if (disk_sim_power_is_off(s->disk)) {
			simstation_power_cut(s);
			simstation_power_on(s, 3 * NS_PER_S);
			simstation_boot(s);
		}
	}
}

/* A disk that is full for hours: nothing airs that could not be written down before, what sounds
 * goes on, and when there is room again every item has its row. */
START_TEST(full_disk)
{
	struct simstation s;
	simstation_init(&s, number_of("VANGXA_SEED", 300), timetable);
	simstation_boot(&s);
	struct wall from = s.clock.now_wall, to = wall_add_ns(from, 12 * HOUR_NS);

	simstation_run_to(&s, wall_add_ns(from, HOUR_NS));
	disk_sim_capacity(s.disk, 0);
	simstation_run_to(&s, wall_add_ns(from, 6 * HOUR_NS));
	int64_t written = s.acknowledged;
	simstation_run_to(&s, wall_add_ns(from, 8 * HOUR_NS));
	ck_assert_int_eq(s.acknowledged, written);
	disk_sim_capacity(s.disk, -1);
	simstation_run_to(&s, wall_add_ns(to, 600 * NS_PER_S));
	ck_assert_int_gt(simstation_check_all_told(&s, from, to), 20);
	ck_assert_int_gt(s.full, 5);
	ck_assert_int_gt(s.missed, 5);
	promise_explained(&s);
	simstation_finish(&s);
}
END_TEST

/* Bulletins come and go while slots are open: what is withdrawn does not air, and nobody is
 * confused. */
START_TEST(changing_days)
{
	struct simstation s;
	simstation_init(&s, number_of("VANGXA_SEED", 200), timetable);
	simstation_boot(&s);
	struct wall to = wall_add_ns(s.clock.now_wall, (days() + 1) / 2 * DAY_NS);

	while (s.clock.now_wall.ns < to.ns) {
		simstation_step(&s);
		if (!playout_busy(&s.playout) || chance_below(&s.chance, 100) != 0)
			continue;
		simstation_decide(&s, any_bulletin(&s));
	}
	printf("seed %llu: %lld withdrawn in time\n", (unsigned long long)s.seed,
	       (long long)s.withdrawn);
	ck_assert_int_gt(s.withdrawn, 0);
	ck_assert_int_gt(s.compared, 5);
	promise_explained(&s);
	simstation_finish(&s);
}
END_TEST

/* Whatever happens: nothing airs twice, nothing sounds without an intent, nothing acknowledged is
 * lost, what aired in full is its master; and after all that every item has its row. */
START_TEST(bad_week)
{
	struct simstation s;
	simstation_init(&s, number_of("VANGXA_SEED", 100 + (uint64_t)_i), timetable);
	simstation_boot(&s);
	struct wall from = s.clock.now_wall;

	for (int d = 0; d < (_i == 0 ? days() : (days() + 1) / 2); d++)
		bad_day(&s);
	disk_sim_power_off_after(s.disk, -1);
	playout_resume(&s.playout, 3, "uid:1");
	/* Clear of anything that a step of the clock could leave half open. */
	struct wall to = wall_add_ns(s.clock.now_wall, -2 * HOUR_NS);
	simstation_run_to(&s, wall_add_ns(s.clock.now_wall, HOUR_NS));
	simstation_check_all_told(&s, from, to);
	promise_explained(&s);
	expect_looked(&s);
	simstation_finish(&s);
}
END_TEST

/* What people do to the plan while it is on air, the disk, and a clock without discipline. */
static void meddle(struct simstation *s)
{
	struct bulletin *b = any_bulletin(s);
	int64_t ns = (int64_t)chance_below(&s->chance, 3600) * NS_PER_S;

	uint64_t what = chance_below(&s->chance, 7);

	if (chance_below(&s->orders, 4) == 0)
		simworld_order(s);
	/* The power failed while that was written: seed 310053, on its third day. */
	if (disk_sim_power_is_off(s->disk))
		return;

	/* What changes under a clock of 1970 can be held against nothing afterwards: less of it. */
	if (!s->playout.trusted && what < 3 && chance_below(&s->chance, 4) > 0)
		what = 5;
	switch (what) {
	case 0:
		simstation_new_timetable(s, simworld_any(&s->chance, s->storms));
		break;
	case 1:
	case 2:
		simstation_decide(s, b);
		break;
	case 3:
		disk_sim_capacity(s->disk, chance_below(&s->chance, 2) == 0 ? 0 : -1);
		break;
	case 4: /* the battery is dead: a time long ago, until a time server is reached */
		clock_sim_unsync(&s->clock);
		simstation_set_clock(s, (struct wall){ns});
		break;
	case 5:
		simstation_sync_clock(s);
		break;
	default:
		disk_sim_capacity(s->disk, -1); /* a station does not start on a full disk */
		mishap(s);
	}
}

static void any_day(struct simstation *s)
{
	int64_t until = s->clock.now_mono.ns + DAY_NS, next = 0;

	while (s->clock.now_mono.ns < until) {
		bool now = playout_busy(&s->playout) && chance_below(&s->chance, 300) == 0;
		if (now || next < s->clock.now_mono.ns) {
			meddle(s);
			next = s->clock.now_mono.ns +
			       (int64_t)chance_below(&s->chance, 5400) * NS_PER_S;
		}
		simstation_step(s);
		if (disk_sim_power_is_off(s->disk)) {
			simstation_power_cut(s);
			simstation_power_on(s, 3 * NS_PER_S);
			disk_sim_capacity(s->disk, -1);
			simstation_boot(s);
		}
	}
}

/* "Why did it not play?" has one answer for everything that was planned when its time came,
 * whatever became of timetable, bulletins, clock, disk and power that day. */
START_TEST(every_planned_item_has_one_row)
{
	/* A clock that leapt back and a power cut before that time was accounted for; commands and
	 * a new timetable while the station is off. */
	static const uint64_t seeds[] = {414, 425, 2010, 2039};
	struct simstation s;
	uint64_t seed = getenv("VANGXA_SEED") == NULL && _i < 4
				? seeds[_i]
				: number_of("VANGXA_SEED", 400) + (uint64_t)_i;
	struct chance chance = {seed};

	simstation_init(&s, seed, simworld_any(&chance, false));
	s.only_rows = s.meddled = true;
	s.clock.drift_ppb = (int64_t)chance_below(&chance, 200000);
	simstation_boot(&s);
	any_day(&s);
	disk_sim_power_off_after(s.disk, -1);
	disk_sim_capacity(s.disk, -1);
	playout_resume(&s.playout, 3, "uid:1");
	simstation_sync_clock(&s);
	simstation_run_to(&s, wall_add_ns(s.clock.now_wall, 2 * HOUR_NS));
	int told = promise_check(&s);
	promise_explained(&s);
	printf("seed %llu: %d planned, each with one row\n", (unsigned long long)s.seed, told);
	simstation_finish(&s);
}
END_TEST

/* Everything at once: emergencies and drills, repeated, ended, above cuts; relays lost and back;
 * power, clock, disk and people as in "any". */
static void stormy_day(struct simstation *s, bool people)
{
	int64_t until = s->clock.now_mono.ns + DAY_NS, next = 0, alarm = 0;

	while (s->clock.now_mono.ns < until) {
		bool busy = playout_busy(&s->playout);
		if (next < s->clock.now_mono.ns) {
			if (people)
				meddle(s);
			else
				mishap(s);
			next = s->clock.now_mono.ns +
			       (int64_t)chance_below(&s->chance, 5400) * NS_PER_S;
		}
		if (alarm < s->clock.now_mono.ns ||
		    (busy && chance_below(&s->alarms, 600) == 0)) {
			simalarm_order(s);
			alarm = s->clock.now_mono.ns +
				(int64_t)chance_below(&s->alarms, 7200) * NS_PER_S;
		}
		simdisk_hang(s);
		simstation_step(s);
		if (disk_sim_power_is_off(s->disk)) {
			simstation_power_cut(s);
			simstation_power_on(s, 3 * NS_PER_S);
			disk_sim_capacity(s->disk, -1);
			simstation_boot(s);
		}
	}
}

static void clear_up(struct simstation *s)
{
	disk_sim_power_off_after(s->disk, -1);
	disk_sim_capacity(s->disk, -1);
	s->stall.hangs = false;
	s->relay_there = true;
	while (s->playout.emergencies != NULL)
		emergency_end(&s->playout, s->playout.emergencies, "ended", "", "user:7");
	playout_resume(&s->playout, 3, "uid:1");
	simstation_sync_clock(s);
	simstation_run_to(s, wall_add_ns(s->clock.now_wall, 2 * HOUR_NS));
}

#define NIGHT "night: {from: \"17:00\", to: \"08:00\", volume_db: -9}\n"

/* One world of so many days; its digest. */
static uint64_t storm(uint64_t seed, int days_count, bool people)
{
	struct simstation *s = calloc(1, sizeof(*s));
	struct chance chance = {seed};

	must(s != NULL);
	/* Every other pair of worlds has a night; what is lowered is not compared bit by bit. */
	simstation_init_with(s, seed, seed / 2 % 2 == 1 ? NIGHT : "", simworld_any(&chance, true));
	s->storms = true;
	s->only_rows = s->meddled = people;
	simstation_boot(s);
	for (int d = 0; d < days_count; d++)
		stormy_day(s, people);
	clear_up(s);
	int told = promise_check(s);
	promise_explained(s);
	simbreak_check(s);
	printf("storm %llu: %d planned, %lld emergencies, %lld broken off, %lld resumed, "
	       "%lld dropped, %lld interrupted, %lld compared bit by bit, %lld lower at night, "
	       "digest %016llx\n",
	       (unsigned long long)seed, told, (long long)s->raised, (long long)s->broken,
	       (long long)s->resumed, (long long)s->dropped, (long long)s->interrupted,
	       (long long)s->compared, (long long)s->dimmed, (unsigned long long)s->digest);
	uint64_t digest = s->digest;
	simstation_finish(s);
	free(s);
	return digest;
}

START_TEST(storms_break_no_promise)
{
	storm(number_of("VANGXA_SEED", 600) + (uint64_t)_i,
	      (int)number_of("VANGXA_STORM_DAYS", 1), _i % 2 == 1);
}
END_TEST

/* The relay of an hour goes and comes: each time the file stands in, and the log holds it all. */
START_TEST(what_stands_in_does_so_each_time)
{
	struct simstation *s = calloc(1, sizeof(*s));

	must(s != NULL);
	simstation_init(s, number_of("VANGXA_SEED", 800),
			"timetable: Tiếp âm\nslots:\n"
			"  - {name: Tiếp âm, start: \"06:00\", length: 30m, ident: false,"
			" play: {relay: vov1}, fallback: {file: audio/nhac.wav}}\n");
	s->storms = true;
	simstation_boot(s);
	for (int i = 0; i < 9; i++) {
		simstation_run_to(s, tz_wall(&s->files.settings.tz, (struct date){2026, 11, 23},
					     6 * 3600 + 200 * i));
		s->relay_there = i % 2 == 0;
	}
	clear_up(s);
	ck_assert_int_eq(s->stood_in, 4);
	promise_check(s);
	promise_explained(s);
	simstation_finish(s);
	free(s);
}
END_TEST

START_TEST(a_storm_replays_byte_for_byte)
{
	uint64_t seed = number_of("VANGXA_SEED", 700);

	ck_assert_uint_eq(storm(seed, 1, true), storm(seed, 1, true));
}
END_TEST

Suite *suite_week(void);
Suite *suite_week(void)
{
	Suite *s = suite_create("week");
	TCase *t = tcase_create("week");

	tcase_set_timeout(t, 600);
	tcase_add_test(t, quiet_week);
	tcase_add_test(t, full_disk);
	tcase_add_test(t, changing_days);
	tcase_add_loop_test(t, bad_week, 0, 3);
	suite_add_tcase(s, t);
	t = tcase_create("any");
	tcase_set_timeout(t, 600);
	tcase_add_loop_test(t, every_planned_item_has_one_row, 0, (int)number_of("VANGXA_ANY", 4));
	suite_add_tcase(s, t);
	t = tcase_create("storm");
	tcase_set_timeout(t, 36000); /* bench/sim_year.sh runs it for years */
	tcase_add_loop_test(t, storms_break_no_promise, 0, (int)number_of("VANGXA_STORMS", STORMS));
	tcase_add_test(t, what_stands_in_does_so_each_time);
	if (STORMS > 0 && getenv("VANGXA_STORMS") == NULL)
		tcase_add_test(t, a_storm_replays_byte_for_byte);
	suite_add_tcase(s, t);
	return s;
}
