/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table E. Its figures over random logs: tests/e2e/tables.py. */
#include "base/json.h"
#include "proof/reason.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	c->report.made = wall_add_ns(LOG_SAMPLE_START, 86400 * NS_PER_S);
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
}

static void missed(enum reason why, int hour)
{
	struct airing_facts f = log_sample_airing(
		NULL, wall_add_ns(LOG_SAMPLE_START, hour * 3600 * NS_PER_S));

	f.reason = reason_code(why);
	log_sample_add(&c->sample, entry_airing_missed(&f, &c->sample.tz));
}

static const json_t *row(const json_t *table, size_t i)
{
	return json_array_get(json_object_get(table, "rows"), i);
}

START_TEST(what_the_log_tells_is_proposed_by_cause)
{
	missed(REASON_POWER_OFF, 0);
	missed(REASON_POWER_OFF, 30);
	missed(REASON_SKIPPED, 1); /* somebody wanted it so */
	log_sample_add(&c->sample, entry_device_lost("hw:1", NULL));
	clock_sim_advance(&c->sample.clock, 599 * NS_PER_S);
	log_sample_add(&c->sample, entry_device_back("hw:1", 600));
	json_t *table = reportcase_json(c, "E");
	const json_t *power = row(table, 0), *device = row(table, 1);

	ck_assert_uint_eq(json_array_size(json_object_get(table, "rows")), 2);
	ck_assert_int_eq(json_get_integer(power, "count", -1), 2);
	ck_assert_str_eq(json_get_text(power, "since", ""), "2026-11-23");
	ck_assert_str_eq(json_get_text(power, "last", ""), "2026-11-24");
	ck_assert_str_eq(json_get_text(power, "source", ""), "do chương trình đề xuất");
	ck_assert_ptr_nonnull(strstr(json_get_text(device, "what", ""), "hw:1"));
	ck_assert_double_eq(json_get_number(device, "longest_s", -1), 600);
	ck_assert(json_is_null(json_object_get(device, "state")));
	json_decref(table);
}
END_TEST

START_TEST(a_period_without_any_says_so)
{
	json_t *table = reportcase_json(c, "E");
	const json_t *notes = json_object_get(table, "notes");

	ck_assert_uint_eq(json_array_size(json_object_get(table, "rows")), 0);
	ck_assert_ptr_nonnull(strstr(json_string_value(json_array_get(notes, 0)), "không ai nêu"));
	json_decref(table);
}
END_TEST

Suite *suite_difficulties(void);
Suite *suite_difficulties(void)
{
	Suite *s = suite_create("difficulties");
	TCase *t = tcase_create("difficulties");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_the_log_tells_is_proposed_by_cause);
	tcase_add_test(t, a_period_without_any_says_so);
	suite_add_tcase(s, t);
	return s;
}
