/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/measure.h"
#include "support/soundfile.h"

#include <check.h>
#include <math.h>

static double lufs_of(const struct clip *c)
{
	struct loudness *l = loudness_create((unsigned)c->channels);

	loudness_add(l, c->data, (size_t)c->frames);
	double lufs = loudness_lufs(l);
	loudness_destroy(l);
	return lufs;
}

/* Steps of a 1 kHz stereo sine: how EBU Tech 3341 (2016) table 1 describes its cases. */
static struct clip steps(const double (*step)[2], int count)
{
	double total_s = 0;

	for (int i = 0; i < count; i++)
		total_s += step[i][1];
	struct clip c = clip_tone(48000, 2, total_s, 1000, 1);
	int64_t at = 0;
	for (int i = 0; i < count; i++) {
		int64_t end = at + llround(step[i][1] * 48000);
		for (; at < end; at++)
			for (int k = 0; k < 2; k++)
				c.data[2 * at + k] *= (float)pow(10, step[i][0] / 20);
	}
	return c;
}

START_TEST(ebu_3341_cases_1_to_5)
{
	static const double one[][2] = {{-23, 20}}, two[][2] = {{-33, 20}},
			    three[][2] = {{-36, 10}, {-23, 60}, {-36, 10}},
			    four[][2] = {{-72, 10}, {-36, 10}, {-23, 60}, {-36, 10}, {-72, 10}},
			    five[][2] = {{-26, 20}, {-20, 20.1}, {-26, 20}};
	static const struct {
		const double (*step)[2];
		int count;
		double lufs;
	} cases[] = {{one, 1, -23}, {two, 1, -33}, {three, 3, -23}, {four, 5, -23}, {five, 3, -23}};

	for (int i = 0; i < 5; i++) {
		struct clip c = steps(cases[i].step, cases[i].count);
		ck_assert_double_eq_tol(lufs_of(&c), cases[i].lufs, 0.1);
		clip_free(&c);
	}
}
END_TEST

START_TEST(one_channel_counts_once)
{
	struct clip mono = clip_tone(48000, 1, 5, 1000, 0.1);
	struct clip stereo = clip_tone(48000, 2, 5, 1000, 0.1);

	ck_assert_double_eq_tol(lufs_of(&stereo), lufs_of(&mono) + 3.0103, 0.001);
	clip_free(&mono);
	clip_free(&stereo);
}
END_TEST

START_TEST(silence_and_nothing_are_minus_70)
{
	struct clip c = clip_tone(48000, 1, 2, 1000, 0);

	ck_assert_double_eq(lufs_of(&c), -70);
	c.frames = 0;
	ck_assert_double_eq(lufs_of(&c), -70);
	clip_free(&c);
}
END_TEST

Suite *suite_measure(void)
{
	Suite *s = suite_create("measure");
	TCase *t = tcase_create("measure");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, ebu_3341_cases_1_to_5);
	tcase_add_test(t, one_channel_counts_once);
	tcase_add_test(t, silence_and_nothing_are_minus_70);
	suite_add_tcase(s, t);
	return s;
}
