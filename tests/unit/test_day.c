/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day's lines: what the log says of the past, what the plan says of the rest, nothing twice. */
#include "station/day.h"

#include "base/json.h"
#include "proof/entry.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c;
static const struct date monday = {2026, 11, 23};
static char id[ID_BYTES];

/* An approved bulletin for 05:30; it is five o'clock. */
static void setup(void)
{
	deskcase_open(&c);
	snprintf(id, sizeof(id), "%s", deskcase_add(&c, "Tin một"));
	json_decref(deskcase_ask(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.approve",
					       "bulletin", id, "document", "")));
}

static void teardown(void)
{
	deskcase_close(&c);
}

static struct wall at(const char *local)
{
	struct wall t;

	ck_assert(wall_parse(local, &c.desk.world.files->settings.tz, &t));
	return t;
}

static json_t *day_of(struct date d, size_t lines)
{
	struct err e = {0};
	json_t *day = day_lines(&c.desk, NULL, d, NULL, &e);

	ck_assert_msg(day != NULL, "%s", e.text);
	ck_assert_uint_eq(json_array_size(json_object_get(day, "lines")), lines);
	return day;
}

/* Line n must be of this bulletin (NULL: none) and have this fate. */
static void ck_line(const json_t *day, size_t n, const char *bulletin, const char *fate)
{
	const json_t *line = json_array_get(json_object_get(day, "lines"), n);

	ck_assert_str_eq(json_get_text(line, "bulletin", ""), bulletin ? bulletin : "");
	ck_assert_str_eq(json_get_text(line, "fate", ""), fate);
}

static struct airing_facts facts(void)
{
	const struct bulletin *b = world_bulletin(&c.desk.world, id);
	struct wall planned = at("2026-11-23T05:30");

	return (struct airing_facts){.bulletin = id, .sha256 = b->sha256, .slot = "Sáng",
				     .occurrence = planned, .planned = planned,
				     .zones = {"mot", "hai"}, .zone_count = 2,
				     .planned_frames = b->frames};
}

static void append(json_t *entry)
{
	struct err e = {0};
	int64_t n;

	ck_assert_msg(desk_append(&c.desk, entry, &n, &e), "%s", e.text);
}

START_TEST(what_lies_ahead_waits)
{
	json_t *day = day_of(monday, 1);
	const json_t *line = json_array_get(json_object_get(day, "lines"), 0);

	ck_assert_str_eq(json_get_text(day, "date", ""), "2026-11-23");
	ck_line(day, 0, id, "waiting");
	ck_assert_str_eq(json_get_text(line, "title", ""), "Tin một");
	ck_assert_str_eq(json_get_text(line, "planned", ""), "2026-11-23T05:30:00.000+07:00");
	ck_assert(json_get_number(line, "length_s", 0) == 2);
	ck_assert_int_eq((int)json_array_size(json_object_get(line, "zones")), 2);
	json_decref(day);
}
END_TEST

START_TEST(an_intent_waits_until_its_time_and_is_one_line)
{
	const struct airing_facts f = facts();

	append(entry_airing_intended(&f, &c.desk.tz));
	json_t *day = day_of(monday, 1);
	ck_line(day, 0, id, "waiting");
	json_decref(day);
	clock_sim_set_wall(&c.clock, at("2026-11-23T05:30:01"));
	day = day_of(monday, 1);
	ck_line(day, 0, id, "on-air");
	json_decref(day);
}
END_TEST

START_TEST(the_outcome_takes_its_place)
{
	struct airing_facts f = facts();
	char airing[ID_BYTES];

	entry_id('A', ledger_next(c.desk.ledger), airing);
	append(entry_airing_intended(&f, &c.desk.tz));
	f.airing = airing;
	f.result = "partial";
	f.reason = "overrun";
	f.complete = 0.5;
	f.frames = 5 * FRAMES_PER_S;
	append(entry_airing_ended(&f, &c.desk.tz));
	clock_sim_set_wall(&c.clock, at("2026-11-23T05:35"));
	json_t *day = day_of(monday, 1);
	const json_t *line = json_array_get(json_object_get(day, "lines"), 0);
	ck_line(day, 0, id, "partial");
	ck_assert_str_eq(json_get_text(line, "airing", ""), airing);
	ck_assert_str_eq(json_get_text(line, "reason", ""), "overrun");
	ck_assert(json_is_object(json_object_get(line, "reason_texts")));
	ck_assert_ptr_null(json_object_get(line, "loudness_lufs")); /* a list does not show it */
	json_decref(day);
}
END_TEST

START_TEST(what_does_not_fit_is_omitted_with_the_reason)
{
	struct faults faults = {0};
	struct err e = {0};

	deskcase_write(&c, "schedules/thu.yaml",
		       "timetable: Thử\nslots:\n"
		       "  - {name: Mất, start: \"06:00\", length: 10m, play: {file: mat.wav}}\n"
		       "  - {name: Sáng, start: \"05:30\", length: 10m, ident: false, "
		       "play: {bulletins: {}}}\n");
	struct world_files *files = world_files_load(c.dir, &faults, &e);
	ck_assert_ptr_nonnull(files);
	desk_adopt(&c.desk, files, "");
	json_t *day = day_of(monday, 2);
	const json_t *line = json_array_get(json_object_get(day, "lines"), 1);
	ck_line(day, 0, id, "waiting"); /* by time, not by place in the file */
	ck_line(day, 1, NULL, "omitted");
	ck_assert_str_eq(json_get_text(line, "reason", ""), "missing-file");
	ck_assert_str_eq(json_get_text(line, "title", ""), "Mất");
	json_decref(day);
}
END_TEST

START_TEST(the_past_is_what_the_log_says_and_no_more)
{
	clock_sim_set_wall(&c.clock, at("2026-11-24T00:00"));
	json_decref(day_of(monday, 0));
	json_t *next = day_of((struct date){2026, 11, 24}, 1);
	ck_line(next, 0, id, "waiting");
	json_decref(next);
}
END_TEST

START_TEST(airings_are_those_planned_in_the_stretch)
{
	struct airing_facts f = facts();
	struct err e = {0};

	f.reason = "power-off";
	append(entry_airing_missed(&f, &c.desk.tz));
	json_t *in = day_airings(&c.desk, f.planned, wall_add_ns(f.planned, 1 * NS_PER_S), NULL,
				 &e);
	json_t *before = day_airings(&c.desk, at("2026-11-23T00:00"), f.planned, NULL, &e);
	const json_t *rows = json_object_get(in, "airings");
	ck_assert_int_eq((int)json_array_size(rows), 1);
	ck_assert_str_eq(json_get_text(json_array_get(rows, 0), "fate", ""), "missed");
	ck_assert_str_eq(json_get_text(json_array_get(rows, 0), "reason", ""), "power-off");
	ck_assert_int_eq((int)json_array_size(json_object_get(before, "airings")), 0);
	json_decref(in);
	json_decref(before);
}
END_TEST

Suite *suite_day(void)
{
	Suite *s = suite_create("day");
	TCase *t = tcase_create("day");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, what_lies_ahead_waits);
	tcase_add_test(t, an_intent_waits_until_its_time_and_is_one_line);
	tcase_add_test(t, the_outcome_takes_its_place);
	tcase_add_test(t, what_does_not_fit_is_omitted_with_the_reason);
	tcase_add_test(t, the_past_is_what_the_log_says_and_no_more);
	tcase_add_test(t, airings_are_those_planned_in_the_stretch);
	suite_add_tcase(s, t);
	return s;
}
