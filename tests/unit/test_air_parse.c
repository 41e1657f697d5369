/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/air_parse.h"

#include "support/plan_case.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static bool parse(struct settings *s, struct faults *f, const char *more)
{
	char text[400];

	snprintf(text, sizeof(text), "station: Đài\nid: dai\n%s", more);
	return settings_parse(s, "station.yaml", text, strlen(text), case_tz, f);
}

START_TEST(dead_air_is_a_length_or_off)
{
	static const struct {
		const char *text;
		int32_t after_s; /* −1: refused */
	} cases[] = {
		{"", 20},
		{"dead_air: {after: 45s}\n", 45},
		{"dead_air: {after: 2m}\n", 120},
		{"dead_air: {after: off}\n", 0},
		{"dead_air: {after: 0s}\n", -1},
		{"dead_air: {after: 4s}\n", -1},
		{"dead_air: {after: 11m}\n", -1},
		{"dead_air: {after: [off]}\n", -1},
		{"dead_air: {afterwards: 20s}\n", -1},
		{"dead_air: 20s\n", -1},
	};
	struct settings *s = malloc(sizeof(*s));

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct faults f = {0};
		bool ok = parse(s, &f, cases[i].text);
		ck_assert_msg(ok == (cases[i].after_s >= 0), "%s", cases[i].text);
		if (ok)
			ck_assert_int_eq(s->dead_air_s, cases[i].after_s);
		else
			ck_assert_int_eq(f.list[0].line, 3);
		faults_finish(&f);
	}
	free(s);
}
END_TEST

Suite *suite_air_parse(void)
{
	Suite *s = suite_create("air_parse");
	TCase *t = tcase_create("air_parse");

	tcase_add_test(t, dead_air_is_a_length_or_off);
	suite_add_tcase(s, t);
	return s;
}
