/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Timetables over the control socket: read, tried, saved, and what they were. */
#include "base/json.h"
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

static json_t *ask(const char *what, const char *name, const char *text, const char *was)
{
	return deskcase_ask(&c, json_pack("{s:s, s:s*, s:s*, s:s*}", "do", what, "name", name,
					  "text", text, "was", was));
}

static const char *hash_of(const char *name)
{
	static char kept[SHA256_HEX_BYTES];
	json_t *answer = ask("timetable", name, NULL, NULL);

	snprintf(kept, sizeof(kept), "%s", json_get_text(answer, "sha256", ""));
	json_decref(answer);
	return kept;
}

#define TEXT(start)                                                                                \
	"timetable: Thử  # giữ lời này\nslots:\n  - {name: Sáng, start: \"" start "\", "        \
	"length: 10m, ident: false, play: {bulletins: {}}}\n"

START_TEST(all_are_listed)
{
	deskcase_write(&c, "schedules/Lễ.yaml", "timetable: [");
	deskcase_write(&c, "schedules/.an.yaml", "timetable: [");
	json_t *answer = ask("timetables", NULL, NULL, NULL);
	const json_t *list = json_object_get(answer, "timetables");
	ck_assert_int_eq((int)json_array_size(list), 2);
	ck_assert(json_is_null(json_object_get(json_array_get(list, 0), "name")));
	ck_assert(!json_get_bool(json_array_get(list, 0), "in_force", true));
	ck_assert_str_eq(json_get_text(json_array_get(list, 1), "name", ""), "thu");
	ck_assert(json_get_bool(json_array_get(list, 1), "in_force", false));
	json_decref(answer);
}
END_TEST

START_TEST(one_is_told_with_its_slots_and_faults)
{
	json_t *answer = ask("timetable", "thu", NULL, NULL);
	const json_t *slot = json_array_get(json_object_get(answer, "slots"), 0);
	ck_assert_str_eq(json_get_text(slot, "name", ""), "Sáng");
	ck_assert_str_eq(json_get_text(answer, "title", ""), "Thử");
	ck_assert(strncmp(json_get_text(answer, "text", ""), "timetable: Thử", 14) == 0);
	json_decref(answer);
	deskcase_write(&c, "schedules/sai.yaml", "timetable: A\nslots:\n  - {name: x}\n");
	answer = ask("timetable", "sai", NULL, NULL);
	ck_assert_int_eq((int)json_array_size(json_object_get(answer, "faults")), 3);
	json_decref(answer);
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "timetable", "name", "khong"),
			 "not_found", "khong");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "timetable", "name", "../station"),
			 "usage", "../station");
}
END_TEST

START_TEST(a_preview_saves_nothing)
{
	char before[SHA256_HEX_BYTES];

	snprintf(before, sizeof(before), "%s", hash_of("thu"));
	json_t *answer = ask("timetable.preview", "thu", TEXT("05:45"), NULL);
	const json_t *changes = json_object_get(json_object_get(answer, "effect"), "changes");
	const json_t *last = json_array_get(changes, json_array_size(changes) - 1);
	ck_assert_str_eq(json_get_text(last, "code", ""), "effect-moves");
	ck_assert(!json_get_bool(answer, "saved", true));
	ck_assert_str_eq(hash_of("thu"), before);
	json_decref(answer);
}
END_TEST

START_TEST(what_is_saved_is_in_force_and_names_who)
{
	json_t *answer = ask("timetable.put", "thu", TEXT("05:45"), hash_of("thu"));
	ck_assert(json_get_bool(answer, "saved", false));
	ck_assert(json_get_bool(answer, "in_force", false));
	ck_assert_str_eq(json_get_text(answer, "sha256", ""), hash_of("thu"));
	ck_assert_int_eq(c.desk.world.files->schedule.slots[0].start_s, 5 * 3600 + 45 * 60);
	json_decref(answer);
	answer = ask("timetable.history", "thu", NULL, NULL);
	const json_t *versions = json_object_get(answer, "versions");
	ck_assert_int_eq((int)json_array_size(versions), 1);
	ck_assert_str_eq(json_get_text(json_array_get(versions, 0), "who", ""), "uid:7");
	json_decref(answer);
}
END_TEST

START_TEST(what_was_can_be_read_and_put_back)
{
	char before[SHA256_HEX_BYTES];
	struct err e = {0};

	ck_assert(desk_note_timetables(&c.desk, "", &e)); /* as the station does at its start */
	snprintf(before, sizeof(before), "%s", hash_of("thu"));
	json_decref(ask("timetable.put", "thu", TEXT("05:45"), before));
	json_t *answer = ask("timetable.history", "thu", NULL, NULL);
	const json_t *old = json_array_get(json_object_get(answer, "versions"), 1);
	ck_assert_str_eq(json_get_text(old, "sha256", ""), before);
	ck_assert(json_get_bool(old, "kept", false));
	json_decref(answer);
	answer = deskcase_ask(&c, json_pack("{s:s, s:s, s:s}", "do", "timetable", "name", "thu",
					    "version", before));
	json_t *back = ask("timetable.put", "thu", json_get_text(answer, "text", ""), NULL);
	ck_assert_str_eq(hash_of("thu"), before);
	json_decref(back);
	json_decref(answer);
}
END_TEST

START_TEST(nobody_undoes_what_they_have_not_seen)
{
	json_t *put = json_pack("{s:s, s:s, s:s, s:s}", "do", "timetable.put", "name", "thu",
				"text", TEXT("05:45"), "was", "");

	deskcase_refused(&c, json_incref(put), "differs", "đã có");
	json_object_set_new(put, "was", json_string("0123"));
	deskcase_refused(&c, put, "differs", "người khác sửa");
	ck_assert_int_eq(c.desk.world.files->schedule.slots[0].start_s, 19800);
}
END_TEST

START_TEST(a_faulty_one_is_not_saved)
{
	char before[SHA256_HEX_BYTES];

	snprintf(before, sizeof(before), "%s", hash_of("thu"));
	json_t *answer = ask("timetable.put", "thu", TEXT("25:45"), before);
	const json_t *fault = json_array_get(json_object_get(answer, "faults"), 0);
	ck_assert(!json_get_bool(answer, "saved", true));
	ck_assert(json_is_null(json_object_get(answer, "effect")));
	ck_assert_str_eq(json_get_text(fault, "file", ""), "schedules/thu.yaml");
	ck_assert_int_eq(json_get_integer(fault, "line", 0), 3);
	ck_assert_str_eq(hash_of("thu"), before);
	json_decref(answer);
}
END_TEST

/* Another file's fault is no reason to lose this one's change; it waits for its mending. */
START_TEST(another_faulty_file_keeps_it_out_of_force)
{
	deskcase_write(&c, "schedules/sai.yaml", "timetable: [");
	json_t *answer = ask("timetable.put", "thu", TEXT("05:45"), hash_of("thu"));
	ck_assert(json_get_bool(answer, "saved", false));
	ck_assert(!json_get_bool(answer, "in_force", true));
	ck_assert_int_eq(c.desk.world.files->schedule.slots[0].start_s, 19800);
	json_decref(answer);
}
END_TEST

START_TEST(a_new_one_is_made)
{
	json_t *answer = ask("timetable.put", "moi", "timetable: Mới\nslots: []\n", "");
	ck_assert(json_get_bool(answer, "in_force", false));
	ck_assert_int_eq(c.desk.world.files->schedule.table_count, 2);
	json_decref(answer);
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "timetable.put", "name", "x"), "usage",
			 "text");
}
END_TEST

Suite *suite_commands_timetables(void)
{
	Suite *s = suite_create("commands_timetables");
	TCase *t = tcase_create("commands_timetables");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, all_are_listed);
	tcase_add_test(t, one_is_told_with_its_slots_and_faults);
	tcase_add_test(t, a_preview_saves_nothing);
	tcase_add_test(t, what_is_saved_is_in_force_and_names_who);
	tcase_add_test(t, what_was_can_be_read_and_put_back);
	tcase_add_test(t, nobody_undoes_what_they_have_not_seen);
	tcase_add_test(t, a_faulty_one_is_not_saved);
	tcase_add_test(t, another_faulty_file_keeps_it_out_of_force);
	tcase_add_test(t, a_new_one_is_made);
	suite_add_tcase(s, t);
	return s;
}
