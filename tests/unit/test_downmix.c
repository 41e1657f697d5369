/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/downmix.h"

#include <check.h>
#include <math.h>

START_TEST(nothing_can_clip)
{
	float in[DOWNMIX_CHANNELS_MAX], out[2];
	struct downmix d;

	for (unsigned i = 0; i < DOWNMIX_CHANNELS_MAX; i++)
		in[i] = 1;
	downmix_init(&d, (unsigned)_i, NULL);
	ck_assert_uint_eq(d.to, _i > 2 ? 2 : (unsigned)_i);
	downmix_run(&d, in, out, 1);
	for (unsigned i = 0; i < d.to; i++) {
		ck_assert_float_le(out[i], 1 + 1e-6f);
		ck_assert_float_ge(out[i], 0.9f); /* and no level is given away */
	}
}
END_TEST

START_TEST(the_file_says_where_its_channels_stand)
{
	static const enum speaker vorbis[] = {SPEAKER_LEFT, SPEAKER_CENTRE, SPEAKER_RIGHT};
	float in[] = {0, 0, 1}, out[2];
	struct downmix d;

	downmix_init(&d, 3, vorbis);
	downmix_run(&d, in, out, 1);
	ck_assert_float_eq(out[0], 0);
	ck_assert_float_gt(out[1], 0.5f);
}
END_TEST

START_TEST(damage_becomes_silence)
{
	float in[] = {NAN, INFINITY, -INFINITY, 1e30f, -2, 0.5f}, out[6];
	struct downmix d;

	downmix_init(&d, 2, NULL);
	downmix_run(&d, in, out, 3);
	for (int i = 0; i < 4; i++)
		ck_assert_float_eq(out[i], 0);
	ck_assert_float_eq(out[4], -2);
	ck_assert_float_eq(out[5], 0.5f);
	downmix_init(&d, 6, NULL);
	downmix_run(&d, in, out, 1);
	ck_assert(isfinite(out[0]) && isfinite(out[1]));
}
END_TEST

Suite *suite_downmix(void)
{
	Suite *s = suite_create("downmix");
	TCase *t = tcase_create("downmix");

	tcase_add_loop_test(t, nothing_can_clip, 1, DOWNMIX_CHANNELS_MAX + 1);
	tcase_add_test(t, the_file_says_where_its_channels_stand);
	tcase_add_test(t, damage_becomes_silence);
	suite_add_tcase(s, t);
	return s;
}
