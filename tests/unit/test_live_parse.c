/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/live_parse.h"

#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct settings s;
static struct faults faults;

static void parse(const char *live)
{
	char text[1000];

	faults_finish(&faults);
	faults = (struct faults){0};
	snprintf(text, sizeof(text), "station: Đài\nid: dai\n%s", live);
	settings_parse(&s, "station.yaml", text, strlen(text), case_tz, &faults);
}

static void teardown(void)
{
	faults_finish(&faults);
}

START_TEST(allowed_for_ten_minutes_unless_set)
{
	parse("");
	ck_assert(s.live.allowed && s.live.chime);
	ck_assert_str_eq(s.live.device, "default");
	ck_assert_int_eq(s.live.minutes, 10);
}
END_TEST

START_TEST(all_of_it)
{
	parse("live: {allowed: false, device: \"USB Mic\", channel: 2, minutes: 45, chime: false, "
	      "gain_db: 6}\n");
	ck_assert_int_eq(faults.count, 0);
	ck_assert(!s.live.allowed && !s.live.chime);
	ck_assert_str_eq(s.live.device, "USB Mic");
	ck_assert_int_eq(s.live.channel, 2);
	ck_assert_int_eq(s.live.minutes, 45);
	ck_assert_double_eq(s.live.gain_db, 6);
}
END_TEST

START_TEST(what_it_may_not_be)
{
	static const char *const bad[] = {"live: 5\n", "live: {minutes: 0}\n",
					  "live: {minutes: 999}\n", "live: {channel: 0}\n",
					  "live: {gain_db: 80}\n", "live: {allowed: maybe}\n",
					  "live: {volume: 3}\n"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		parse(bad[i]);
		ck_assert_msg(faults.count == 1, "%s", bad[i]);
	}
	parse("live: {minutes: 0}\n");
	ck_assert_str_eq(faults.list[0].field, "live_minutes");
}
END_TEST

Suite *suite_live_parse(void);
Suite *suite_live_parse(void)
{
	Suite *suite = suite_create("live_parse");
	TCase *c = tcase_create("settings");

	tcase_add_checked_fixture(c, NULL, teardown);
	tcase_add_test(c, allowed_for_ten_minutes_unless_set);
	tcase_add_test(c, all_of_it);
	tcase_add_test(c, what_it_may_not_be);
	suite_add_tcase(suite, c);
	return suite;
}
