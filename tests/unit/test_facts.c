/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/facts.h"

#include "base/json.h"
#include "support/log_sample.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>

static struct tz tz;

static void setup(void)
{
	tz_fixed(&tz, "UTC+7", 7 * 3600);
}

START_TEST(a_bulletin_tells_everything_that_the_page_shows)
{
	struct bulletin b = log_sample_bulletin("Tin \"một\"");

	snprintf(b.id, sizeof(b.id), "B17");
	b.state = BULLETIN_APPROVED;
	b.received = LOG_SAMPLE_START;
	json_t *o = facts_bulletin(&b, &tz);
	ck_assert_ptr_nonnull(o);
	ck_assert_str_eq(json_get_text(o, "id", ""), "B17");
	ck_assert_str_eq(json_get_text(o, "title", ""), "Tin \"một\"");
	ck_assert_str_eq(json_get_text(o, "state", ""), "approved");
	ck_assert_str_eq(json_get_text(o, "level", ""), "uu-tien");
	ck_assert(json_get_number(o, "length_s", 0) == 90);
	ck_assert(json_get_number(o, "peak_dbtp", 0) == -1.25);
	ck_assert_str_eq(json_get_text(o, "received", ""), "2026-11-23T05:30:00.000+07:00");
	const json_t *programmes = json_object_get(o, "programmes");
	ck_assert_int_eq((int)json_array_size(programmes), 2);
	ck_assert_str_eq(json_string_value(json_array_get(programmes, 1)), "1719.10.2");
	ck_assert_int_eq((int)json_array_size(json_object_get(o, "slots")), 1);
	ck_assert_ptr_null(json_object_get(o, "from")); /* it has none */
	ck_assert_str_eq(json_get_text(o, "to", ""), "2026-12-31");
	json_decref(o);
}
END_TEST

START_TEST(an_empty_bulletin_is_an_object_all_the_same)
{
	struct bulletin b = {0};
	json_t *o = facts_bulletin(&b, &tz);

	ck_assert_ptr_nonnull(o);
	ck_assert_str_eq(json_get_text(o, "state", ""), "received");
	ck_assert_int_eq((int)json_array_size(json_object_get(o, "programmes")), 0);
	json_decref(o);
}
END_TEST

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

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, a_bulletin_tells_everything_that_the_page_shows);
	tcase_add_test(t, an_empty_bulletin_is_an_object_all_the_same);
	tcase_add_test(t, zones_are_named_in_the_order_of_the_settings);
	suite_add_tcase(s, t);
	return s;
}
