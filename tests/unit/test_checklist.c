/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table F. Its figures over random logs: tests/e2e/tables.py. */
#include "base/json.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
}

/* "yes", "no" or "" of the item that has these words. */
static const char *result(const json_t *table, const char *words)
{
	const json_t *o;
	size_t i;

	json_array_foreach(json_object_get(table, "rows"), i, o)
		if (strstr(json_get_text(o, "item", ""), words) != NULL)
			return json_get_text(o, "result", "");
	ck_abort_msg("no item \"%s\"", words);
}

START_TEST(a_lost_part_of_the_diary_is_no_diary_without_gaps)
{
	struct wall to = wall_add_ns(LOG_SAMPLE_START, NS_PER_S);

	reportcase_fill(c, 3);
	json_t *table = reportcase_json(c, "F");
	ck_assert_str_eq(result(table, "không có khoảng bị mất"), "đạt");
	ck_assert_str_eq(result(table, "có người duyệt trước"), "chưa đạt");
	json_decref(table);
	log_sample_add(&c->sample,
		       entry_past_lost(LOG_SAMPLE_START, to, "log-gone", &c->sample.tz));
	table = reportcase_json(c, "F");
	ck_assert_str_eq(result(table, "không có khoảng bị mất"), "chưa đạt");
	json_decref(table);
}
END_TEST

/* Nothing is claimed of a period in which nothing was to air, and nothing of what the log cannot
 * know. */
/* That it was lost is known though nothing aired; that it was not, only where it was needed. */
START_TEST(a_device_is_judged_by_what_aired)
{
	log_sample_add(&c->sample, entry_device_lost("hw:1", NULL));
	json_t *table = reportcase_json(c, "F");
	ck_assert_str_eq(result(table, "không mất lúc nào"), "chưa đạt");
	json_decref(table);
}
END_TEST

START_TEST(what_nobody_knows_is_left_empty)
{
	json_t *table = reportcase_json(c, "F");

	ck_assert_str_eq(result(table, "không có khoảng bị mất"), "");
	ck_assert_str_eq(result(table, "theo lịch đã phát"), "");
	ck_assert_str_eq(result(table, "kêu rõ"), "");
	ck_assert_str_eq(result(table, "không mất lúc nào"), "");
	json_decref(table);
}
END_TEST

Suite *suite_checklist(void);
Suite *suite_checklist(void)
{
	Suite *s = suite_create("checklist");
	TCase *t = tcase_create("checklist");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_lost_part_of_the_diary_is_no_diary_without_gaps);
	tcase_add_test(t, a_device_is_judged_by_what_aired);
	tcase_add_test(t, what_nobody_knows_is_left_empty);
	suite_add_tcase(s, t);
	return s;
}
