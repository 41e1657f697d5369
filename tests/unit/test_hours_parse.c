/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/hours_parse.h"

#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct settings s;
static struct faults faults;

static void parse(const char *hours)
{
	char text[1000];

	faults_finish(&faults);
	faults = (struct faults){0};
	snprintf(text, sizeof(text), "station: Đài\nid: dai\n%s", hours);
	settings_parse(&s, "station.yaml", text, strlen(text), case_tz, &faults);
}

static void teardown(void)
{
	faults_finish(&faults);
}

/* One fault, at that field, that says this. */
static void refused(const char *hours, const char *field, const char *words)
{
	parse(hours);
	ck_assert_msg(faults.count == 1, "%d faults: %s", faults.count, hours);
	ck_assert_str_eq(faults.list[0].field, field);
	const char *told = fault_text(&faults.list[0]);
	ck_assert_msg(strstr(told, words) != NULL, "%s", told);
}

START_TEST(neither_unless_set)
{
	parse("");
	ck_assert(!s.has_quiet && !s.has_night);
}
END_TEST

START_TEST(both)
{
	parse("quiet: {from: \"21:00\", to: \"05:00\"}\n"
	      "night: {from: \"20:30\", to: \"06:00\", volume_db: -9.5}\n");
	ck_assert_int_eq(faults.count, 0);
	ck_assert(s.has_quiet && s.has_night);
	ck_assert_int_eq(s.quiet_from_s, 21 * 3600);
	ck_assert_int_eq(s.quiet_to_s, 5 * 3600);
	ck_assert_int_eq(s.night_from_s, 20 * 3600 + 1800);
	ck_assert_int_eq(s.night_to_s, 6 * 3600);
	ck_assert_double_eq(s.night_db, -9.5);
}
END_TEST

START_TEST(what_they_may_not_be)
{
	refused("quiet: {from: \"21:00\"}\n", "quiet_to", "cần cả hai");
	refused("quiet: {from: \"21:00\", to: \"21:00\"}\n", "quiet_to", "cùng lúc");
	refused("night: {to: \"06:00\", volume_db: -10}\n", "night_from", "cần cả ba");
	refused("night: {from: \"21:00\", to: \"06:00\"}\n", "night_db", "cần cả ba");
	refused("night: {from: \"21:00\", to: \"21:00\", volume_db: -3}\n", "night_to",
		"cùng lúc");
	refused("night: {from: \"25:00\", to: \"06:00\", volume_db: -3}\n", "night_from",
		"25:00");
	refused("night: {from: \"21:00\", to: \"06:00\", volume_db: 3}\n", "night_db", "3");
	ck_assert(!s.has_night);
}
END_TEST

Suite *suite_hours_parse(void);
Suite *suite_hours_parse(void)
{
	Suite *su = suite_create("hours_parse");
	TCase *t = tcase_create("hours_parse");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, neither_unless_set);
	tcase_add_test(t, both);
	tcase_add_test(t, what_they_may_not_be);
	suite_add_tcase(su, t);
	return su;
}
