/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/chime.h"

#include <check.h>
#include <math.h>

START_TEST(rings_and_ends_in_silence)
{
	static float x[CHIME_FRAMES + 100];
	struct source *s = chime_source();
	float most = 0;

	ck_assert_int_eq(s->ops->read(s, x, CHIME_FRAMES + 100), CHIME_FRAMES);
	ck_assert_int_eq(s->ops->read(s, x, 1), 0);
	ck_assert(s->ops->rewind(s));
	ck_assert_int_eq(s->ops->read(s, x, CHIME_FRAMES), CHIME_FRAMES);
	for (int64_t i = 0; i < CHIME_FRAMES; i++) {
		ck_assert(i == 0 || fabsf(x[i] - x[i - 1]) < 0.06f); /* no click */
		most = fmaxf(most, fabsf(x[i]));
	}
	ck_assert_float_gt(most, 0.1f);
	ck_assert_float_lt(most, 0.4f);
	ck_assert_float_lt(fabsf(x[CHIME_FRAMES - 1]), 1e-4f);
	s->ops->close(s);
}
END_TEST

Suite *suite_chime(void);
Suite *suite_chime(void)
{
	Suite *s = suite_create("chime");
	TCase *c = tcase_create("sound");

	tcase_add_test(c, rings_and_ends_in_silence);
	suite_add_tcase(s, c);
	return s;
}
