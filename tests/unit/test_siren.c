/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/siren.h"

#include "base/limits.h"
#include "base/moment.h"
#include "support/air.h"

#include <check.h>
#include <math.h>

/* Loud enough, never too loud, and no click where it begins anew. */
START_TEST(a_cycle_has_no_seam)
{
	int64_t frames;
	const float *x = siren_sound((enum siren)_i, &frames);
	float peak = 0, jump = 0;

	ck_assert_int_gt(frames, FRAMES_PER_S / 2);
	for (int64_t i = 0; i < frames; i++) {
		float step = fabsf(x[(i + 1) % frames] - x[i]);
		peak = fmaxf(peak, fabsf(x[i]));
		jump = fmaxf(jump, step);
	}
	ck_assert(peak > 0.15f && peak < 0.6f);
	ck_assert(jump < 0.2f); /* the slope of its highest tone, no step */
	ck_assert_ptr_eq(siren_sound((enum siren)_i, &frames), x);
}
END_TEST

START_TEST(it_sounds_from_memory_alone)
{
	int64_t frames;
	const float *x = siren_sound(SIREN_ALARM, &frames);
	struct mix_command c = air_play(3, 480, 90000, 0.5f);

	air_open(2);
	c.memory = x; /* nothing was put on the deck */
	c.memory_frames = frames;
	air_send(c);
	air_run(195);
	air_ck_started(0, 480);
	air_ck_ended(0, MIX_END_LENGTH, 480 + 90000, 90000);
	for (int i = 0; i < 90000; i++)
		ck_assert(air.out[1][480 + i] == 0.5f * x[i % frames]);
	ck_assert(air.out[0][480 + 90000] == 0);
	air_close();
}
END_TEST

Suite *suite_siren(void);
Suite *suite_siren(void)
{
	Suite *s = suite_create("siren");
	TCase *t = tcase_create("siren");

	tcase_add_loop_test(t, a_cycle_has_no_seam, 0, SIREN_KINDS);
	tcase_add_test(t, it_sounds_from_memory_alone);
	suite_add_tcase(s, t);
	return s;
}
