/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/cap_parse.h"

#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct settings s;

static bool parse(const char *zone, const char *more)
{
	struct faults faults = {0};
	char text[600];

	snprintf(text, sizeof(text), "station: X\nid: x\nzones:\n  - {name: a%s}\n%s", zone, more);
	bool ok = settings_parse(&s, "station.yaml", text, strlen(text), case_tz, &faults);
	faults_finish(&faults);
	return ok;
}

START_TEST(places_and_thresholds_are_read)
{
	ck_assert(parse(", at: \"12.05,107.08\", geocodes: [\"25471\", \"745\"]",
			"cap: {severity: moderate, urgency: immediate, repeat: 5m}\n"));
	ck_assert(s.zones[0].has_place);
	ck_assert_double_eq(s.zones[0].lat, 12.05);
	ck_assert_int_eq(s.zones[0].geocode_count, 2);
	ck_assert_int_eq(s.cap_severity, 2);
	ck_assert_int_eq(s.cap_urgency, 4);
	ck_assert_int_eq(s.cap_repeat_s, 300);
	ck_assert(parse("", ""));
	ck_assert(!s.zones[0].has_place);
	ck_assert_int_eq(s.cap_severity, 3);
	ck_assert_int_eq(s.cap_repeat_s, 600);
}
END_TEST

START_TEST(faults_are_told)
{
	ck_assert(!parse(", at: \"12.05\"", ""));
	ck_assert(!parse(", geocodes: [\"1234567890123456789012345678901234567890\"]", ""));
	ck_assert(!parse("", "cap: {severity: bad}\n"));
	ck_assert(!parse("", "cap: {repeat: 1s}\n"));
	ck_assert(!parse("", "cap: {khac: 1}\n"));
}
END_TEST

Suite *suite_cap_parse(void);
Suite *suite_cap_parse(void)
{
	Suite *suite = suite_create("cap_parse");
	TCase *t = tcase_create("cap_parse");

	tcase_add_test(t, places_and_thresholds_are_read);
	tcase_add_test(t, faults_are_told);
	suite_add_tcase(suite, t);
	return suite;
}
