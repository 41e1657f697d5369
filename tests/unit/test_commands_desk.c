/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "proof/entry.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static json_t *about(const char *what, const char *id, const char *field, const char *text)
{
	return json_pack("{s:s, s:s, s:s}", "do", what, "bulletin", id, field, text);
}

static void state_becomes(json_t *request, const char *state)
{
	json_t *answer = deskcase_ask(&c, request);

	ck_assert_str_eq(json_get_text(json_object_get(answer, "bulletin"), "state", ""), state);
	json_decref(answer);
}

START_TEST(only_the_approved_is_planned)
{
	const char *id = deskcase_add(&c, "Tin một");
	json_t *before = deskcase_ask(&c, json_pack("{s:s}", "do", "day"));
	const json_t *line = json_array_get(json_object_get(before, "lines"), 0);

	ck_assert_str_eq(json_get_text(line, "reason", ""), "nothing-to-play");
	json_decref(before);
	state_becomes(about("bulletin.approve", id, "document", ""), "approved");
	json_t *after = deskcase_ask(&c, json_pack("{s:s}", "do", "day"));
	line = json_array_get(json_object_get(after, "lines"), 0);
	ck_assert_str_eq(json_get_text(line, "title", ""), "Tin một");
	ck_assert_str_eq(json_get_text(line, "planned", ""), "2026-11-23T05:30:00.000+07:00");
	ck_assert_str_eq(json_get_text(line, "fate", ""), "waiting");
	ck_assert(json_get_number(line, "length_s", 0) == 2.0);
	json_decref(after);
}
END_TEST

static const char *name_in_line(const char *as)
{
	static char name[64];

	c.as = as;
	json_t *answer = deskcase_ask(&c, json_pack("{s:s}", "do", "day"));
	const json_t *line = json_array_get(json_object_get(answer, "lines"), 0);
	ck_assert_str_eq(json_get_text(line, "who", ""), "user:1");
	snprintf(name, sizeof(name), "%s", json_get_text(line, "name", "nobody"));
	json_decref(answer);
	return name;
}

/* The log has ids. */
START_TEST(who_ordered_it_has_a_name)
{
	struct wall at = clock_wall(&c.clock.clock);
	struct airing_facts f = {.slot = "Sáng", .occurrence = at, .planned = at, .fund = "",
				 .level = "thong-thuong", .language = "vi", .who = "user:1",
				 .zones = {"mot"}, .zone_count = 1, .reason = "skipped-once"};
	struct err e;
	int64_t n;

	deskcase_people(&c);
	ck_assert(ledger_append(c.desk.ledger, entry_airing_missed(&f, &c.desk.tz), &n, &e));
	ck_assert_str_eq(name_in_line("user:4"), "Người thứ 1");
	c.as = NULL;
}
END_TEST

START_TEST(times_are_checked)
{
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "plan", "from", "mai"), "usage", "mai");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "day", "date", "2026-02-30"), "usage",
			 "2026-02-30");
	deskcase_refused(&c,
			 json_pack("{s:s, s:s, s:s}", "do", "log", "from",
				   "2026-11-23T05:00:00+07:00", "to", "2026-11-23T05:00:00+07:00"),
			 "usage", "to");
	/* As the command line takes it: that day. */
	json_decref(deskcase_told(&c, json_pack("{s:s, s:s, s:s}", "do", "log", "from",
						"2026-11-23", "to", "2026-11-23")));
	json_t *log = deskcase_ask(&c, json_pack("{s:s}", "do", "log"));
	ck_assert_int_eq((int)json_array_size(json_object_get(log, "airings")), 0);
	json_decref(log);
}
END_TEST

START_TEST(free_slots_are_told)
{
	json_t *answer = deskcase_ask(&c, json_pack("{s:s, s:s}", "do", "plan.free", "length_s",
						    "300"));
	const json_t *free = json_object_get(answer, "free");
	ck_assert_int_eq((int)json_array_size(free), 6);
	ck_assert_str_eq(json_get_text(json_array_get(free, 0), "start", ""),
			 "2026-11-23T05:30:00.000+07:00");
	json_decref(answer);
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "plan.free", "length_s", "nan"),
			 "usage", "nan");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "plan.free", "length_s", "0"), "usage",
			 "length_s");
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "plan.free", "length_s", "60",
				       "level", "x"), "usage", "mức");
}
END_TEST

Suite *suite_commands_desk(void)
{
	Suite *s = suite_create("commands_desk");
	TCase *t = tcase_create("commands_desk");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, free_slots_are_told);
	tcase_add_test(t, only_the_approved_is_planned);
	tcase_add_test(t, who_ordered_it_has_a_name);
	tcase_add_test(t, times_are_checked);
	suite_add_tcase(s, t);
	return s;
}
