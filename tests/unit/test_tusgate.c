/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/tusgate.h"

#include <check.h>
#include <stdio.h>

static struct tusgate g;

START_TEST(one_address_so_many_a_minute)
{
	for (int i = 0; i < TUS_ADDRESS_PER_MINUTE; i++)
		ck_assert(tusgate_pass(&g, "a", 1000));
	ck_assert(!tusgate_pass(&g, "a", 60999));
	ck_assert(tusgate_pass(&g, "b", 60999));
	ck_assert(tusgate_pass(&g, "a", 61000));
}
END_TEST

START_TEST(all_together_so_many)
{
	char who[16];

	for (int i = 0; i < TUS_BEGIN_PER_MINUTE; i++) {
		snprintf(who, sizeof(who), "a%d", i);
		ck_assert(tusgate_pass(&g, who, 1));
	}
	ck_assert(!tusgate_pass(&g, "b", 2));
	ck_assert(tusgate_pass(&g, "b", 60001));
}
END_TEST

Suite *suite_tusgate(void);
Suite *suite_tusgate(void)
{
	Suite *s = suite_create("tusgate");
	TCase *t = tcase_create("rate");

	tcase_add_test(t, one_address_so_many_a_minute);
	tcase_add_test(t, all_together_so_many);
	suite_add_tcase(s, t);
	return s;
}
