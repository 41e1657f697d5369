/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/facts.h"

#include "base/json.h"
#include "support/plan_case.h"

#include <check.h>

START_TEST(zones_are_named_in_the_order_of_the_settings)
{
	struct plan_case *c = case_create("");
	json_t *both = facts_zones(&c->settings, 3), *second = facts_zones(&c->settings, 2);
	json_t *strange = facts_zones(&c->settings, 4);

	ck_assert_int_eq((int)json_array_size(both), 2);
	ck_assert_str_eq(json_string_value(json_array_get(both, 0)), "trung-tam");
	ck_assert_int_eq((int)json_array_size(second), 1);
	ck_assert_str_eq(json_string_value(json_array_get(second, 0)), "thon-2");
	ck_assert_int_eq((int)json_array_size(strange), 0);
	json_decref(both);
	json_decref(second);
	json_decref(strange);
	case_destroy(c);
}
END_TEST

Suite *suite_facts(void)
{
	Suite *s = suite_create("facts");
	TCase *t = tcase_create("facts");

	tcase_add_test(t, zones_are_named_in_the_order_of_the_settings);
	suite_add_tcase(s, t);
	return s;
}
