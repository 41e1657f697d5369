/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Trung Lộc mistake under a name that stood there already: each way into the station. */
#include "station/confirmed.h"

#include "base/json.h"
#include "base/saying.h"
#include "station/reload.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define TABLE(start)                                                                               \
	"timetable: Hai\nslots:\n"                                                                 \
	"  - {name: Giao thừa, start: \"" start "\", length: 20m, play: {bulletins: {}}, "         \
	"confirm: {by: Chủ tịch, reason: giao thừa}}\n"

static struct deskcase c;
static struct reload r;
static struct loop *loop;

static void decided(void *arg)
{
	(void)arg;
}

static void setup(void)
{
	deskcase_open(&c);
	loop = loop_create();
	reload_init(&r, &c.desk, loop, decided, NULL);
}

static void teardown(void)
{
	reload_finish(&r);
	loop_destroy(loop);
	deskcase_close(&c);
}

static void settle(void)
{
	reload_poll(&r);
	while (r.work.running)
		loop_once(loop, 1000);
}

static int32_t start_in_force(void)
{
	const struct schedule *s = &c.desk.world.files->schedule;

	for (int i = 0; i < s->slot_count; i++)
		if (strcmp(s->slots[i].name, "Giao thừa") == 0)
			return s->slots[i].start_s;
	return -1;
}

static void in_force_at_half_past_nine(void)
{
	struct err e = {0};

	deskcase_settings(&c, "quiet: {from: \"21:00\", to: \"05:00\"}\n");
	deskcase_write(&c, "schedules/hai.yaml", TABLE("21:30"));
	settle();
	ck_assert_int_eq(start_in_force(), 21 * 3600 + 1800);
	ck_assert(desk_note_timetables(&c.desk, "", &e));
}

static void refused_in_both_languages(void)
{
	char words[1024];

	ck_assert_ptr_nonnull(r.refused);
	saying_words(r.refused, true, words, sizeof(words));
	ck_assert_msg(strstr(words, "confirm anew") != NULL, "%s", words);
	saying_words(r.refused, false, words, sizeof(words));
	ck_assert_msg(strstr(words, "cho phép lại") != NULL, "%s", words);
}

START_TEST(a_file_edited_by_hand_is_not_taken_over)
{
	in_force_at_half_past_nine();
	deskcase_write(&c, "schedules/hai.yaml", TABLE("03:15"));
	settle();
	ck_assert_int_eq(start_in_force(), 21 * 3600 + 1800);
	refused_in_both_languages();
}
END_TEST

START_TEST(nor_at_the_next_start)
{
	struct err e = {0};

	in_force_at_half_past_nine();
	desk_close(&c.desk);
	deskcase_write(&c, "schedules/hai.yaml", TABLE("03:15"));
	ck_assert_msg(desk_open(&c.desk, c.dir, &c.clock.clock, &e), "%s", e.text);
	reload_first(&r);
	ck_assert_int_eq(start_in_force(), 21 * 3600 + 1800);
	refused_in_both_languages();
}
END_TEST

START_TEST(nor_saved_over_the_api)
{
	in_force_at_half_past_nine();
	json_t *put = deskcase_told(&c, json_pack("{s:s, s:s, s:s}", "do", "timetable.put", "name",
						  "hai", "text", TABLE("03:15")));
	ck_assert(!json_get_bool(put, "saved", true));
	const json_t *fault = json_array_get(json_object_get(put, "faults"), 0);
	ck_assert_str_eq(json_get_text(fault, "field", ""), "confirm");
	ck_assert_int_eq(start_in_force(), 21 * 3600 + 1800);
	json_decref(put);
}
END_TEST

START_TEST(check_knows_what_was_in_force)
{
	struct err e = {0};

	in_force_at_half_past_nine();
	desk_close(&c.desk);
	deskcase_write(&c, "schedules/hai.yaml", TABLE("03:15"));
	struct world_files *files = world_files_load(c.dir, NULL, &e);
	ck_assert_ptr_nonnull(files);
	ck_assert_int_eq(files->faults.errors, 0);
	confirmed_check_kept(files, c.dir);
	ck_assert_int_eq(files->faults.errors, 1);
	world_files_free(files);
	ck_assert_msg(desk_open(&c.desk, c.dir, &c.clock.clock, &e), "%s", e.text);
}
END_TEST

Suite *suite_confirmed(void)
{
	Suite *s = suite_create("confirmed");
	TCase *t = tcase_create("confirmed");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_file_edited_by_hand_is_not_taken_over);
	tcase_add_test(t, nor_at_the_next_start);
	tcase_add_test(t, nor_saved_over_the_api);
	tcase_add_test(t, check_knows_what_was_in_force);
	suite_add_tcase(s, t);
	return s;
}
