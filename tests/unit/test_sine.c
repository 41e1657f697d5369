/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/sine.h"

#include "base/units.h"

#include <check.h>
#include <math.h>

START_TEST(one_kilohertz_at_the_alignment_level)
{
	struct source *s = sine_source(4800);
	float got[5000], most = 0;
	int rising = 0;

	/* In pieces of any size, as the feeder asks. */
	ck_assert_int_eq(s->ops->read(s, got, 7), 7);
	ck_assert_int_eq(s->ops->read(s, got + 7, 4990), 4793);
	ck_assert_int_eq(s->ops->read(s, got, 1), 0);
	for (int i = 0; i < 4800; i++) {
		most = got[i] > most ? got[i] : most;
		rising += i > 0 && got[i - 1] < 0 && got[i] >= 0;
	}
	ck_assert_double_eq_tol(db_of_gain(most), -18.0, 0.01);
	ck_assert_int_ge(rising, 98);
	ck_assert_int_le(rising, 100);
	ck_assert(s->ops->rewind(s));
	ck_assert_int_eq(s->ops->read(s, got, 4800), 4800);
	ck_assert(fabsf(got[0]) < 1e-6f);
	s->ops->close(s);
}
END_TEST

Suite *suite_sine(void);
Suite *suite_sine(void)
{
	Suite *s = suite_create("sine");
	TCase *t = tcase_create("sine");

	tcase_add_test(t, one_kilohertz_at_the_alignment_level);
	suite_add_tcase(s, t);
	return s;
}
