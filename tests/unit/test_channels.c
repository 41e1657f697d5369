/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/channels.h"

#include <check.h>
#include <math.h>

START_TEST(each_channel_has_its_level)
{
	struct channels c = {0};
	float stereo[200];

	for (int i = 0; i < 100; i++) {
		stereo[2 * i] = i % 2 ? 0.5f : -0.5f;
		stereo[2 * i + 1] = 0;
	}
	stereo[1] = NAN;
	stereo[3] = 1e30f;
	channels_add(&c, stereo, 60, 2);
	channels_add(&c, stereo + 120, 40, 2);
	struct pcm_levels l = channels_levels(&c);
	ck_assert_uint_eq(l.channels, 2);
	ck_assert_uint_eq(l.clipped, 0);
	ck_assert_float_eq_tol(l.mean_square[0], 0.25f, 1e-5f);
	ck_assert_float_eq(l.mean_square[1], 0);
}
END_TEST

START_TEST(flat_tops_are_counted_across_calls)
{
	struct channels c = {0};
	float top[] = {0.2f, 1, 1, 1, 1, 1, 0.1f, 1, 1, 0.1f, -1, -1, -0.9995f, 0};

	channels_add(&c, top, 2, 1);
	channels_add(&c, top + 2, 12, 1);
	ck_assert_uint_eq(channels_levels(&c).clipped, 2); /* two in a row are just loud */
	struct channels two = {0};
	float right[] = {0, 1, 0, 1, 0, 1, 0, 1};
	channels_add(&two, right, 4, 2);
	ck_assert_uint_eq(channels_levels(&two).clipped, 1);
}
END_TEST

START_TEST(a_change_of_channels_leaves_no_comparison)
{
	struct channels c = {0};
	float some[12] = {1};

	ck_assert_uint_eq(channels_levels(&c).channels, 0);
	channels_add(&c, some, 6, 2);
	ck_assert_uint_eq(channels_levels(&c).channels, 2);
	channels_add(&c, some, 2, 6);
	ck_assert_uint_eq(channels_levels(&c).channels, 0);
}
END_TEST

Suite *suite_channels(void);
Suite *suite_channels(void)
{
	Suite *s = suite_create("channels");
	TCase *t = tcase_create("channels");

	tcase_add_test(t, each_channel_has_its_level);
	tcase_add_test(t, flat_tops_are_counted_across_calls);
	tcase_add_test(t, a_change_of_channels_leaves_no_comparison);
	suite_add_tcase(s, t);
	return s;
}
