/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/quiet.h"

#include <check.h>

#define H 3600

static const struct settings night = {.has_quiet = true, .quiet_from_s = 21 * H,
				      .quiet_to_s = 5 * H};
static const struct settings noon = {.has_quiet = true, .quiet_from_s = 12 * H,
				     .quiet_to_s = 13 * H};

START_TEST(touches_at_the_second)
{
	ck_assert(!quiet_touches(&night, 5 * H, 16 * H));
	ck_assert(quiet_touches(&night, 5 * H, 16 * H + 1));
	ck_assert(quiet_touches(&night, 5 * H - 1, 1));
	ck_assert(quiet_touches(&night, 21 * H, 1));
	ck_assert(quiet_touches(&night, 3 * H, 60));
	ck_assert(quiet_touches(&night, 6 * H, 24 * H));
	ck_assert(!quiet_touches(&noon, 13 * H, 23 * H));
	ck_assert(quiet_touches(&noon, 13 * H, 23 * H + 1)); /* tomorrow's noon */
	ck_assert(quiet_touches(&noon, 11 * H, 3 * H));
	ck_assert(!quiet_touches(&(struct settings){0}, 0, 24 * H));
}
END_TEST

START_TEST(looks_at_every_repeat)
{
	struct slot slot = {.start_s = 19 * H, .length_s = 900, .repeat_every_s = H,
			    .repeat_until_s = 20 * H};

	ck_assert_int_eq(slot_start_count(&slot), 2);
	ck_assert_int_eq(quiet_start(&night, &slot), -1);
	slot.repeat_until_s = 21 * H;
	ck_assert_int_eq(slot_start_count(&slot), 3);
	ck_assert_int_eq(quiet_start(&night, &slot), 21 * H);
	slot.repeat_until_s = 2 * H; /* through the night */
	ck_assert_int_eq(slot_start_count(&slot), 8);
	ck_assert_int_eq(slot_start_s(&slot, 7), 26 * H);
	slot.repeat_every_s = 0;
	ck_assert_int_eq(slot_start_count(&slot), 1);
}
END_TEST

START_TEST(counts_to_the_next_quiet)
{
	ck_assert_int_eq(quiet_after_s(&night, 20 * H), H);
	ck_assert_int_eq(quiet_after_s(&noon, 13 * H), 23 * H);
	ck_assert_int_eq(quiet_after_s(&(struct settings){0}, 0), INT32_MAX);
}
END_TEST

Suite *suite_quiet(void);
Suite *suite_quiet(void)
{
	Suite *s = suite_create("quiet");
	TCase *t = tcase_create("all");

	tcase_add_test(t, touches_at_the_second);
	tcase_add_test(t, looks_at_every_repeat);
	tcase_add_test(t, counts_to_the_next_quiet);
	suite_add_tcase(s, t);
	return s;
}
