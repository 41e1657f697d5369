/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A week of a busy station with everything that goes wrong in it, from seeds. */
#include "simstation.h"

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

static uint64_t number_of(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

/* A day is enough to show what the special builds look for, which are slow; a week without them. */
static int days(void)
{
#if defined(VX_ASAN) || defined(VX_TSAN) || defined(VX_RT_GUARD)
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
	expect_looked(&s);
	simstation_finish(&s);
}
END_TEST

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
		clock_sim_advance(&s->clock, ns / 2 + NS_PER_S);
		simstation_boot(s);
		break;
	case 8: /* the power fails, and the program is started long after the machine */
		simstation_power_cut(s);
		simstation_power_on(s, ns / 2 + NS_PER_S);
		clock_sim_advance(&s->clock, ns / 2 + NS_PER_S);
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
			     (uint32_t)chance_below(&s->chance, 3) + 1, "uid:1", &e);
		break;
	case 5: /* somebody sets the clock, by up to half an hour either way */
		clock_sim_set_wall(&s->clock, wall_add_ns(s->clock.now_wall,
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
		struct bulletin *b = &s.bulletins[chance_below(&s.chance, SIM_BULLETINS)];
		b->state = b->state == BULLETIN_APPROVED ? BULLETIN_WITHDRAWN : BULLETIN_APPROVED;
		playout_set_world(&s.playout, &s.input);
	}
	printf("seed %llu: %lld withdrawn in time\n", (unsigned long long)s.seed,
	       (long long)s.withdrawn);
	ck_assert_int_gt(s.withdrawn, 0);
	ck_assert_int_gt(s.compared, 5);
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
	expect_looked(&s);
	simstation_finish(&s);
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
	return s;
}
