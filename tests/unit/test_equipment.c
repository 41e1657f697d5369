/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table H. Its figures over random logs: tests/e2e/tables.py. */
#include "base/json.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct report_zone zones[] = {{"trung-tam", "hw:1"}, {"xa", "hw:1"}, {"nha", "none"}};
static struct reportcase *c;

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	c->report.zones = zones;
	c->report.zone_count = 3;
	c->report.made = wall_add_ns(LOG_SAMPLE_START, 7200 * NS_PER_S);
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
}

static const json_t *row(const json_t *table, size_t i, const char *zone)
{
	const json_t *o = json_array_get(json_object_get(table, "rows"), i);

	ck_assert_str_eq(json_get_text(o, "zone", ""), zone);
	return o;
}

/* Until the report is made, not until the month is over. */
START_TEST(a_device_is_lost_for_each_of_its_clusters)
{
	log_sample_add(&c->sample, entry_device_lost("hw:1", NULL));
	json_t *table = reportcase_json(c, "H");

	for (size_t i = 0; i < 2; i++) {
		const json_t *o = row(table, i, zones[i].name);
		ck_assert_str_eq(json_get_text(o, "state", ""), "đang mất");
		ck_assert_str_eq(json_get_text(o, "since", ""), "05:30:00");
		ck_assert_double_eq(json_get_number(o, "out_s", -1), 7200);
		ck_assert_int_eq(json_get_integer(o, "losses", -1), 1);
	}
	ck_assert_str_eq(json_get_text(row(table, 2, "nha"), "state", ""), "không nối thiết bị");
	json_decref(table);
}
END_TEST

/* Of the airings' zones "thon-2" is not in the settings. */
START_TEST(a_cluster_that_was_taken_out_of_the_settings)
{
	reportcase_fill(c, 5);
	json_t *table = reportcase_json(c, "H");
	const json_t *first = row(table, 0, "trung-tam"), *gone = row(table, 3, "thon-2");
	int meant = 0;

	ck_assert_str_eq(json_get_text(first, "state", ""), "không báo mất");
	ck_assert(json_is_null(json_object_get(first, "since")));
	ck_assert_str_eq(json_get_text(gone, "state", ""), "không còn trong cài đặt");
	for (int i = 0; i < c->count; i++)
		meant += c->airings[i].both_zones && !c->airings[i].rest &&
			 c->airings[i].day < REPORTCASE_DAYS;
	ck_assert_int_eq(json_get_integer(gone, "meant", -1), meant);
	json_decref(table);
}
END_TEST

/* One of several stations comes without its settings: nothing lost is not what the table says. */
START_TEST(without_settings_nobody_can_tell_and_the_table_says_so)
{
	static struct report_across across;

	reportcase_fill(c, 5);
	log_sample_add(&c->sample, entry_device_lost("hw:1", NULL));
	c->report.zone_count = 0;
	for (int i = 0; i < 2; i++) {
		c->report.across = i == 0 ? &across : NULL;
		json_t *table = reportcase_json(c, "H");
		char *notes = json_dumps(json_object_get(table, "notes"), 0);
		const json_t *first = row(table, 0, "trung-tam");

		ck_assert_int_eq(strstr(notes, "không có nghĩa là không mất") != NULL, i == 0);
		ck_assert_int_eq(json_is_null(json_object_get(first, "losses")), i == 0);
		free(notes);
		json_decref(table);
	}
}
END_TEST

Suite *suite_equipment(void);
Suite *suite_equipment(void)
{
	Suite *s = suite_create("equipment");
	TCase *t = tcase_create("equipment");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_device_is_lost_for_each_of_its_clusters);
	tcase_add_test(t, a_cluster_that_was_taken_out_of_the_settings);
	tcase_add_test(t, without_settings_nobody_can_tell_and_the_table_says_so);
	suite_add_tcase(s, t);
	return s;
}
