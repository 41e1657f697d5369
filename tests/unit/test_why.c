/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Why did it not play?": of what has happened, lies ahead, or was never planned. */
#include "station/why.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/reason.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c; /* it is five o'clock; a slot "Sáng" begins at half past */
static const struct date monday = {2026, 11, 23}, sunday = {2026, 11, 22};
static char id[ID_BYTES];

static void setup(void)
{
	deskcase_open(&c);
	snprintf(id, sizeof(id), "%s", deskcase_add(&c, "Tin một"));
}

static void teardown(void)
{
	deskcase_close(&c);
}

static void order(const char *what, const char *key, const char *value)
{
	json_decref(deskcase_ask(&c, json_pack("{s:s, s:s, s:s}", "do", what, "bulletin", id, key,
					       value)));
}

static json_t *why(const char *what, struct date date, size_t lines)
{
	struct err e = {0};
	json_t *told = why_make(&c.desk, NULL, what, date, NULL, &e);

	ck_assert_msg(told != NULL, "%s", e.text);
	ck_assert_uint_eq(json_array_size(json_object_get(told, "lines")), lines);
	ck_assert_int_eq(lines == 0, json_is_object(json_object_get(told, "texts")));
	return told;
}

/* There is no line, and the answer holds this word. */
static void ck_answer(const char *what, struct date date, const char *word)
{
	json_t *told = why(what, date, 0);
	const char *en = json_get_text(json_object_get(told, "texts"), "en", "");

	ck_assert_msg(strstr(en, word) != NULL, "%s", en);
	ck_assert_str_ne(json_get_text(json_object_get(told, "texts"), "vi", ""), en);
	json_decref(told);
}

/* Whose order it was: by name. */
START_TEST(who_gave_the_order_is_told)
{
	struct err e;
	int64_t n;
	char other[ID_BYTES];

	deskcase_people(&c);
	snprintf(other, sizeof(other), "%s", deskcase_add(&c, "Tin hai"));
	const char *const both[] = {id, other};
	for (int i = 0; i < 2; i++) {
		json_decref(deskcase_told(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.edit",
							"bulletin", both[i], "level", "uu-tien")));
		json_decref(deskcase_told(&c, json_pack("{s:s, s:s}", "do", "bulletin.approve",
							"bulletin", both[i])));
	}
	json_t *told = why(id, monday, 1);
	ck_assert(json_is_null(json_object_get(told, "order")));
	json_decref(told);
	json_t *entry = json_pack("{s:s, s:[s, s], s:s}", "kind", KIND_ORDER_SET, "bulletins",
				  other, id, "who", "user:1");
	ck_assert(desk_append(&c.desk, entry, &n, &e));
	told = why(id, monday, 1);
	const json_t *order = json_object_get(told, "order");
	ck_assert_int_eq(json_get_integer(order, "entry", -1), n);
	ck_assert_str_eq(json_get_text(order, "who", ""), "user:1");
	ck_assert_str_ne(json_get_text(json_object_get(told, "people"), "user:1", ""), "");
	json_decref(told);
}
END_TEST

START_TEST(a_bulletin_that_nobody_has_decided_on)
{
	ck_answer(id, monday, "approved it yet");
	order("bulletin.refuse", "reason", "sai giờ");
	ck_answer(id, monday, "sai giờ");
}
END_TEST

START_TEST(approved_and_later_withdrawn)
{
	order("bulletin.approve", "document", "");
	json_decref(why(id, monday, 1));
	order("bulletin.withdraw", "reason", "hết mưa");
	ck_answer(id, monday, "hết mưa");
}
END_TEST

/* It was received on Monday; what was decided on it on Tuesday is no cause of a day before. */
START_TEST(a_cause_is_one_that_was_there_that_day)
{
	static const struct date tuesday = {2026, 11, 24};

	ck_answer(id, sunday, "received only on");
	clock_sim_advance(&c.clock, 86400 * NS_PER_S);
	order("bulletin.approve", "document", "");
	ck_answer(id, monday, "approved only at");
	order("bulletin.withdraw", "reason", "hết mưa");
	ck_answer(id, sunday, "received only on");
	ck_answer(id, monday, "nobody has approved it yet");
	ck_answer(id, tuesday, "hết mưa");
}
END_TEST

/* By its name as anybody types it; ahead of its time from the plan. */
START_TEST(a_slot_that_has_nothing_to_play)
{
	json_t *told = why("sang", monday, 1);
	const json_t *line = json_array_get(json_object_get(told, "lines"), 0);

	ck_assert_str_eq(json_get_text(line, "fate", ""), "omitted");
	ck_assert_str_eq(json_get_text(line, "reason", ""), "nothing-to-play");
	ck_assert_str_eq(json_get_text(line, "cause", ""), "timetable");
	json_decref(told);
}
END_TEST

START_TEST(what_the_log_says_has_its_cause)
{
	struct wall planned;
	struct err e = {0};
	int64_t n;

	order("bulletin.approve", "document", "");
	ck_assert(wall_parse("2026-11-23T05:30", &c.desk.tz, &planned));
	const struct bulletin *b = world_bulletin(&c.desk.world, id);
	struct airing_facts f = {.bulletin = id, .sha256 = b->sha256, .slot = "Sáng",
				 .occurrence = planned, .planned = planned,
				 .planned_frames = b->frames,
				 .reason = reason_code(REASON_POWER_OFF)};
	ck_assert(desk_append(&c.desk, entry_airing_missed(&f, &c.desk.tz), &n, &e));
	clock_sim_advance(&c.clock, 3600 * NS_PER_S);
	json_t *told = why(id, monday, 1);
	const json_t *line = json_array_get(json_object_get(told, "lines"), 0);
	ck_assert_str_eq(json_get_text(line, "fate", ""), "missed");
	ck_assert_str_eq(json_get_text(line, "cause", ""), "power");
	ck_assert_str_eq(json_get_text(json_object_get(line, "cause_texts"), "vi", ""), "điện");
	json_decref(told);
}
END_TEST

/* It has no slot: it is asked for by what it is called. */
START_TEST(a_voice_is_found_by_what_it_is)
{
	struct wall planned;
	struct err e = {0};
	char airing[ID_BYTES];
	int64_t n;

	ck_assert(wall_parse("2026-11-23T05:10", &c.desk.tz, &planned));
	struct airing_facts f = {.live = "browser", .by = "user:7", .slot = "",
				 .occurrence = planned, .planned = planned,
				 .planned_frames = 10 * FRAMES_PER_S};
	ck_assert(desk_append(&c.desk, entry_airing_intended(&f, &c.desk.tz), &n, &e));
	entry_id('A', n, airing);
	f.airing = airing;
	f.result = "cut";
	f.reason = reason_code(REASON_CUT_BY_OPERATOR);
	ck_assert(desk_append(&c.desk, entry_airing_ended(&f, &c.desk.tz), &n, &e));
	clock_sim_advance(&c.clock, 3600 * NS_PER_S);
	json_t *told = why("noi truc tiep", monday, 1);
	const json_t *line = json_array_get(json_object_get(told, "lines"), 0);
	ck_assert_str_eq(json_get_text(line, "title", ""), "Nói trực tiếp qua trình duyệt");
	ck_assert_str_eq(json_get_text(line, "fate", ""), "cut");
	ck_assert_str_eq(json_get_text(line, "cause", ""), "person");
	json_decref(told);
}
END_TEST

/* The mourning keeps it silent, by a decision that has a number. */
START_TEST(a_slot_that_a_special_period_replaces_names_it)
{
	static const struct date wednesday = {2026, 11, 25};
	struct err e = {0};

	deskcase_write(&c, "schedules/tang.yaml",
		       "timetable: Quốc tang\nreplaces: true\nbasis: 12/TB\n"
		       "valid: {from: 2026-11-25, to: 2026-11-26}\nslots: []\n");
	desk_adopt(&c.desk, world_files_load(c.dir, NULL, &e), "");
	ck_answer("sáng", wednesday, "Quốc tang");
	ck_answer("sáng", wednesday, "12/TB");
	json_decref(why("sáng", (struct date){2026, 11, 27}, 1));
}
END_TEST

/* Somebody adds a slot when its time is over: the timetable of now has it, that of then did not. */
START_TEST(a_slot_that_came_too_late)
{
	struct faults faults = {0};
	struct err e = {0};

	ck_assert(desk_note_timetables(&c.desk, "", &e));
	clock_sim_advance(&c.clock, 3600 * NS_PER_S);
	deskcase_write(&c, "schedules/moi.yaml",
		       "timetable: Mới\nslots:\n  - {name: Sớm, start: \"05:45\", length: 5m, "
		       "play: {bulletins: {}}}\n");
	struct world_files *files = world_files_load(c.dir, &faults, &e);
	ck_assert_msg(files != NULL, "%s", e.text);
	desk_adopt(&c.desk, files, "");
	faults_finish(&faults);
	ck_answer("sớm", monday, "only since");
	ck_answer("sớm", monday, "06:00");
	ck_answer("sớm", sunday, "only since");
	ck_answer("sáng", sunday, "only since"); /* there was no timetable at all */
}
END_TEST

START_TEST(what_is_neither)
{
	struct err e = {0};

	ck_assert_ptr_null(why_make(&c.desk, NULL, "Khung lạ", monday, NULL, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	/* Somebody else's is as if it were not there. */
	ck_assert_ptr_null(why_make(&c.desk, NULL, id, monday, "user:99", &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	deskcase_refused(&c, json_pack("{s:s}", "do", "why"), "usage", "what");
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "why", "what", id, "date", "x"),
			 "usage", "2026");
}
END_TEST

Suite *suite_why(void);
Suite *suite_why(void)
{
	Suite *s = suite_create("why");
	TCase *t = tcase_create("why");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_slot_that_a_special_period_replaces_names_it);
	tcase_add_test(t, a_bulletin_that_nobody_has_decided_on);
	tcase_add_test(t, approved_and_later_withdrawn);
	tcase_add_test(t, a_cause_is_one_that_was_there_that_day);
	tcase_add_test(t, a_slot_that_has_nothing_to_play);
	tcase_add_test(t, what_the_log_says_has_its_cause);
	tcase_add_test(t, a_voice_is_found_by_what_it_is);
	tcase_add_test(t, who_gave_the_order_is_told);
	tcase_add_test(t, a_slot_that_came_too_late);
	tcase_add_test(t, what_is_neither);
	suite_add_tcase(s, t);
	return s;
}
