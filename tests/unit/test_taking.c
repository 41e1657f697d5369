/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the arbiter rules is done to what sounds. Cuts and plays by hand: test_playout.c. */
#include "station/taking.h"

#include "proof/entry.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>

static struct playing g;

static void open_on_air(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 20);
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 60s, ident: false,"
				  " play: {bulletins: {}}}\n"));
	playing_begin(&g);
	playing_run(&g, 12);
}

static void close_it(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

/* A voice of two seconds in zone 0; the tone stands for it. */
static void speak(void)
{
	uint32_t zones;
	struct run *voice = run_tone(&g.p, 2 * FRAMES_PER_S, 1, "", "user:7");

	voice->kind = AIR_VOICE;
	taking_ask(&g.p, voice, "user:7", &zones);
	ck_assert_uint_eq(zones, 1);
}

static const struct run *slot(void)
{
	const struct run *r = g.p.runs;

	while (r != NULL && !run_planned(r))
		r = r->next;
	return r;
}

START_TEST(a_programme_goes_on_softer_under_a_voice)
{
	const char *why;

	open_on_air();
	g.c->settings.duck_db = -60;
	speak();
	ck_assert_uint_eq(slot()->ducked, 1);
	ck_assert_uint_eq(taking_would(&g.p, AIR_TEST, 3, &why), 0);
	playing_run(&g, 1.5);
	int64_t first = playing_find(&g, 1, 11), now = (int64_t)g.sim.blocks * BLOCK_FRAMES - 1;
	ck_assert(g.mix[1][now] == fake_noise_at(11, now - first)); /* zone 1 hears no voice */
	ck_assert(g.mix[0][now] != fake_noise_at(11, now - first));
	playing_run(&g, 3);
	ck_assert_uint_eq(slot()->ducked, 0);
	now = (int64_t)g.sim.blocks * BLOCK_FRAMES - 1;
	ck_assert(g.mix[0][now] == fake_noise_at(11, now - first)); /* as loud as before */
	playing_run(&g, 30);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	close_it();
}
END_TEST

START_TEST(asking_what_would_be_changes_nothing)
{
	const char *why;

	open_on_air();
	ck_assert_uint_eq(taking_would(&g.p, AIR_HAND, 3, &why), 3);
	ck_assert_uint_eq(taking_would(&g.p, AIR_TEST, 3, &why), 0);
	ck_assert_str_eq(why, "slot-taken");
	taking_cut(&g.p, 2, "user:7");
	ck_assert_uint_eq(taking_would(&g.p, AIR_HAND, 3, &why), 1);
	ck_assert_str_eq(why, "held-by-operator");
	playing_run(&g, 30);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	ck_assert_int_eq(g.p.arbiter.count, 0);
	close_it();
}
END_TEST

Suite *suite_taking(void);
Suite *suite_taking(void)
{
	Suite *s = suite_create("taking");
	TCase *t = tcase_create("taking");

	tcase_add_test(t, a_programme_goes_on_softer_under_a_voice);
	tcase_add_test(t, asking_what_would_be_changes_nothing);
	suite_add_tcase(s, t);
	return s;
}
