/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/downmix.h"

#include <check.h>
#include <math.h>

START_TEST(nothing_can_clip)
{
	float in[DOWNMIX_CHANNELS_MAX], out;
	struct downmix d;

	for (unsigned i = 0; i < DOWNMIX_CHANNELS_MAX; i++)
		in[i] = 1;
	downmix_init(&d, (unsigned)_i, NULL);
	downmix_run(&d, in, &out, 1);
	ck_assert_float_le(out, 1 + 1e-6f);
	ck_assert_float_ge(out, 0.9f); /* and no level is given away */
}
END_TEST

START_TEST(the_file_says_where_its_channels_stand)
{
	static const enum speaker vorbis[] = {SPEAKER_LEFT, SPEAKER_CENTRE, SPEAKER_RIGHT};
	float in[] = {0, 1, 0, 0, 0, 1}, out[2];
	struct downmix d;

	downmix_init(&d, 3, vorbis);
	downmix_run(&d, in, out, 2);
	ck_assert_float_eq_tol(out[0] / out[1], M_SQRT2, 1e-5f); /* the centre is heard twice */
}
END_TEST

START_TEST(of_two_the_mean)
{
	float in[] = {1, 1, 0.5f, 0, -1, 1}, out[3];
	struct downmix d;

	downmix_init(&d, 2, NULL);
	downmix_run(&d, in, out, 3);
	ck_assert_float_eq(out[0], 1);
	ck_assert_float_eq(out[1], 0.25f);
	ck_assert_float_eq(out[2], 0);
}
END_TEST

START_TEST(damage_becomes_silence)
{
	float in[] = {NAN, INFINITY, -INFINITY, 1e30f, -2, 0.5f}, out[3];
	struct downmix d;

	downmix_init(&d, 2, NULL);
	downmix_run(&d, in, out, 3);
	ck_assert_float_eq(out[0], 0);
	ck_assert_float_eq(out[1], 0);
	ck_assert_float_eq(out[2], -0.75f);
	downmix_init(&d, 6, NULL);
	downmix_run(&d, in, out, 1);
	ck_assert(isfinite(out[0]));
}
END_TEST

Suite *suite_downmix(void)
{
	Suite *s = suite_create("downmix");
	TCase *t = tcase_create("downmix");

	tcase_add_loop_test(t, nothing_can_clip, 1, DOWNMIX_CHANNELS_MAX + 1);
	tcase_add_test(t, the_file_says_where_its_channels_stand);
	tcase_add_test(t, of_two_the_mean);
	tcase_add_test(t, damage_becomes_silence);
	suite_add_tcase(s, t);
	return s;
}
