/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/trust.h"

#include <check.h>
#include <string.h>

#define DAY_NS (86400 * NS_PER_S)

static const struct wall built = {TRUST_BUILT_S * NS_PER_S};

START_TEST(the_floor_is_the_later)
{
	struct wall entry = wall_add_ns(built, DAY_NS);

	ck_assert_int_eq(trust_floor(false, entry).ns, built.ns);
	ck_assert_int_eq(trust_floor(true, entry).ns, entry.ns);
	ck_assert_int_eq(trust_floor(true, (struct wall){0}).ns, built.ns);
}
END_TEST

START_TEST(judges)
{
	ck_assert_int_eq(trust_judge(wall_add_ns(built, DAY_NS), built, true), TRUST_SYNCED);
	ck_assert_int_eq(trust_judge(wall_add_ns(built, DAY_NS), built, false), TRUST_LIKELY);
	ck_assert_int_eq(trust_judge((struct wall){0}, built, false), TRUST_BEFORE);
	ck_assert_int_eq(trust_judge((struct wall){0}, built, true), TRUST_BEFORE);
	ck_assert_int_eq(trust_judge(wall_add_ns(built, -300 * NS_PER_S), built, false),
			 TRUST_LIKELY);
	ck_assert_int_eq(trust_judge(wall_add_ns(built, -301 * NS_PER_S), built, true),
			 TRUST_BEFORE);
	ck_assert_int_eq(trust_judge(wall_add_ns(built, TRUST_AHEAD_NS), built, false),
			 TRUST_LIKELY);
	ck_assert_int_eq(trust_judge(wall_add_ns(built, TRUST_AHEAD_NS + 1), built, false),
			 TRUST_TOO_FAR);
	ck_assert_int_eq(trust_judge(wall_add_ns(built, TRUST_AHEAD_NS + 1), built, true),
			 TRUST_SYNCED);
}
END_TEST

START_TEST(says_why)
{
	ck_assert(trust_enough(TRUST_SYNCED) && trust_enough(TRUST_LIKELY));
	ck_assert(!trust_enough(TRUST_BEFORE) && !trust_enough(TRUST_TOO_FAR));
	ck_assert_int_eq(trust_saying(TRUST_BEFORE), SAYING_CLOCK_BEFORE);
	for (int i = TRUST_SYNCED; i < TRUST_TOO_FAR; i++)
		ck_assert_int_ne(trust_saying((enum trust)i), trust_saying(TRUST_TOO_FAR));
}
END_TEST

Suite *suite_trust(void);
Suite *suite_trust(void)
{
	Suite *s = suite_create("trust");
	TCase *t = tcase_create("all");

	tcase_add_test(t, the_floor_is_the_later);
	tcase_add_test(t, judges);
	tcase_add_test(t, says_why);
	suite_add_tcase(s, t);
	return s;
}
