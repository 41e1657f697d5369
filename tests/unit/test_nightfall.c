/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sounds when the night begins and ends, and what begins in it. */
#include "station/nightfall.h"

#include "base/json.h"
#include "proof/entry.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <math.h>

static struct playing g;

static void open_at(const char *now, const char *slot)
{
	playing_open(&g, now);
	g.c->settings.has_quiet = false;
	g.c->settings.has_night = true;
	g.c->settings.night_from_s = 21 * 3600;
	g.c->settings.night_to_s = 6 * 3600;
	g.c->settings.night_db = -20;
	playing_bulletin(&g, "B1", 11, 20);
	ck_assert(case_slots(g.c, slot));
	playing_begin(&g);
}

static void close_it(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

/* What the newest sample of zone 1 is of that of the master. */
static double gain(int64_t first)
{
	int64_t now = (int64_t)g.sim.blocks * BLOCK_FRAMES - 1;

	while (fabsf(fake_noise_at(11, now - first)) < 0.01f)
		now--;
	return (double)g.mix[1][now] / (double)fake_noise_at(11, now - first);
}

START_TEST(what_sounds_into_the_night_goes_down)
{
	open_at("2026-11-23T20:59:40",
		"  - {name: Tối, start: \"20:59:50\", length: 30s, ident: false,"
		" play: {bulletins: {}}}\n");
	playing_run(&g, 19.5);
	int64_t first = playing_find(&g, 1, 11);
	ck_assert_int_ge(first, 0);
	ck_assert_double_eq_tol(gain(first), 1, 1e-6);
	playing_run(&g, 2); /* on its way: neither a step nor silence */
	ck_assert_double_lt(gain(first), 0.99);
	ck_assert_double_gt(gain(first), 0.11);
	playing_run(&g, 3);
	ck_assert_double_eq_tol(gain(first), 0.1, 1e-6);
	playing_run(&g, 20);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	json_t *ended = playing_entry(&g, KIND_ENDED, 0);
	ck_assert_double_eq(json_get_number(ended, "night_db", 0), -20);
	json_decref(ended);
	close_it();
}
END_TEST

START_TEST(what_sounds_into_the_day_comes_up)
{
	open_at("2026-11-23T05:59:40",
		"  - {name: Sáng, start: \"05:59:50\", length: 30s, ident: false,"
		" play: {bulletins: {}}}\n");
	playing_run(&g, 10.5);
	int64_t now = (int64_t)g.sim.blocks * BLOCK_FRAMES - 1;
	int64_t first = playing_frame(&g, "2026-11-23T05:59:50");
	ck_assert_int_lt(first, now);
	ck_assert_double_eq_tol(gain(first), 0.1, 1e-6); /* from its first sample on */
	playing_run(&g, 14);
	ck_assert_double_eq_tol(gain(first), 1, 1e-6);
	playing_run(&g, 15);
	json_t *ended = playing_entry(&g, KIND_ENDED, 0);
	ck_assert_double_eq(json_get_number(ended, "night_db", 0), -20);
	json_decref(ended);
	close_it();
}
END_TEST

START_TEST(an_alarm_is_never_lower)
{
	open_at("2026-11-23T22:00:00",
		"  - {name: Sáng, start: \"05:59:50\", length: 30s, ident: false,"
		" play: {bulletins: {}}}\n");
	playing_run(&g, 1);
	struct frame now = mixer_now(g.p.air->mixer);
	const struct run *alarm = run_alarm(&g.p, AIR_EMERGENCY, 1, FRAMES_PER_S, "user:7");
	const struct run *tone = run_tone(&g.p, FRAMES_PER_S, 1, "", "user:7");
	ck_assert_double_eq(nightfall_db(&g.p, tone, now), -20);
	ck_assert_double_eq(nightfall_db(&g.p, alarm, now), 0);
	g.p.trusted = false; /* nobody knows whether it is night */
	ck_assert_double_eq(nightfall_db(&g.p, tone, now), 0);
	close_it();
}
END_TEST

Suite *suite_nightfall(void);
Suite *suite_nightfall(void)
{
	Suite *s = suite_create("nightfall");
	TCase *t = tcase_create("nightfall");

	tcase_add_test(t, what_sounds_into_the_night_goes_down);
	tcase_add_test(t, what_sounds_into_the_day_comes_up);
	tcase_add_test(t, an_alarm_is_never_lower);
	suite_add_tcase(s, t);
	return s;
}
