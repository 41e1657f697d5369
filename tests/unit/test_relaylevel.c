/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slot of two minutes relays a station that is as loud as a test says. */
#include "station/relaylevel.h"

#include "base/json.h"
#include "proof/entry.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <math.h>

static struct playing g;

static struct source *open_live(void *arg)
{
	(void)arg;
	return fake_flat(0.1f, INT64_C(1) << 40);
}

static void go(double seconds)
{
	for (int i = 0; i < (int)(seconds * 10); i++) {
		g.sim.relay_now.sounded = clock_mono(&g.clock.clock);
		playing_run(&g, 0.1);
	}
}

static void begin(double lufs)
{
	playing_open(&g, "2026-11-23T05:29:50");
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 120s, "
				  "play: {relay: vov1}}\n"));
	playing_begin(&g);
	g.sim.open_relay = open_live;
	g.sim.relay_now.coming = g.sim.relay_now.ready = true;
	g.sim.relay_now.lufs = lufs;
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

/* What zone 0 hears so many seconds after 05:30, in dB over the source. */
static double gain_db(double at_s)
{
	int64_t frame = playing_frame(&g, "2026-11-23T05:30:00") + (int64_t)(at_s * 48000);

	return 20 * log10((double)g.mix[0][frame] / (double)0.1f);
}

START_TEST(it_begins_at_the_stations_loudness)
{
	begin(-22);
	go(20);
	ck_assert_double_eq_tol(gain_db(5), g.c->settings.target_lufs + 22, 0.01);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LEVEL), 0);
}
END_TEST

/* Louder by 5 LU from one moment on: a decibel at a time, and no faster. */
START_TEST(it_is_followed_slowly)
{
	begin(-16);
	go(15);
	g.sim.relay_now.lufs = -11;
	go(75);
	double least = gain_db(4);
	ck_assert_double_eq_tol(least, g.c->settings.target_lufs + 16, 0.01);
	for (double at = 4; at < 75; at += 0.5) {
		ck_assert_double_le(gain_db(at + 0.5), gain_db(at) + 1e-6);
		ck_assert_double_ge(gain_db(at + 0.5), gain_db(at) - 0.4);
	}
	ck_assert_double_le(gain_db(75), g.c->settings.target_lufs + 16 - 3.9);
	ck_assert_double_ge(gain_db(75), g.c->settings.target_lufs + 16 - 5.1);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LEVEL), 0);
}
END_TEST

START_TEST(what_is_beyond_correction_is_told_once)
{
	begin(_i == 0 ? -45 : 2);
	go(30);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LEVEL), 0); /* a quiet beginning is none */
	go(60);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LEVEL), 1);
	json_t *o = playing_entry(&g, KIND_RELAY_LEVEL, 0);
	const json_t *said = json_object_get(o, "detail");
	ck_assert_str_eq(json_get_text(said, "code", ""), _i == 0 ? "relay-faint" : "relay-loud");
	ck_assert_double_eq(json_get_number(said, "lufs", 0), _i == 0 ? -45 : 2);
	json_decref(o);
	ck_assert_double_eq_tol(fabs(gain_db(20)), RELAY_FOREIGN_LU, 0.01);
}
END_TEST

START_TEST(what_nobody_knows_yet_is_left_as_it_is)
{
	begin(-INFINITY);
	go(40);
	ck_assert_double_eq_tol(gain_db(20), 0, 0.01);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LEVEL), 0);
}
END_TEST

Suite *suite_relaylevel(void);
Suite *suite_relaylevel(void)
{
	Suite *s = suite_create("relaylevel");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, it_begins_at_the_stations_loudness);
	tcase_add_test(t, it_is_followed_slowly);
	tcase_add_loop_test(t, what_is_beyond_correction_is_told_once, 0, 2);
	tcase_add_test(t, what_nobody_knows_yet_is_left_as_it_is);
	suite_add_tcase(s, t);
	return s;
}
