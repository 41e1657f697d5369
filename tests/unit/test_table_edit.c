/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/table_edit.h"

#include "base/json.h"

#include <check.h>
#include <string.h>

static struct err e;

#define TEXT                                                                                       \
	"# của xã\ntimetable: Quốc tang\nbasis: 12/QĐ-UBND  # số cũ\n"                         \
	"valid: {from: 2026-11-24, to: 2026-11-26}\nreplaces: true\nslots: []\n"

static json_t *object(const char *text)
{
	json_t *json = json_loads(text, 0, NULL);

	ck_assert_msg(json != NULL, "%s", text);
	return json;
}

static bool edit(const char *set, struct buf *out)
{
	json_t *json = object(set);
	struct yamledit ed;

	bool ok = yamledit_open(&ed, "schedules/t.yaml", "", TEXT, strlen(TEXT), &e) &&
		  table_edit(&ed, json, &e);
	if (ok)
		buf_text(out, buf_str(&ed.text));
	yamledit_finish(&ed);
	json_decref(json);
	return ok;
}

START_TEST(only_what_is_asked_for_changes)
{
	struct buf out = {0};

	ck_assert(edit("{\"basis\":\"13/QĐ-UBND\",\"music\":false,"
		       "\"valid\":{\"from\":\"2026-11-24\",\"to\":\"2026-11-25\"}}", &out));
	ck_assert_str_eq(buf_str(&out),
			 "# của xã\ntimetable: Quốc tang\nbasis: 13/QĐ-UBND  # số cũ\n"
			 "valid: {from: 2026-11-24, to: 2026-11-25}\nreplaces: true\nslots: []\n"
			 "music: false\n");
	buf_finish(&out);
}
END_TEST

START_TEST(other_keys_are_refused)
{
	struct buf out = {0};

	ck_assert(!edit("{\"slots\":[]}", &out));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(e.text, "slots"));
	ck_assert(!edit("[]", &out));
}
END_TEST

START_TEST(a_new_one_has_copies_of_slots)
{
	static const char other[] =
		"timetable: Hằng ngày\nslots:\n"
		"  - name: Sáng   # mỗi ngày\n    start: \"05:30\"\n    length: 20m\n"
		"    valid: {from: 2026-01-01}\n"
		"    except: [2026-09-02, {on: 2026-11-24, by: \"user:7\"}]\n"
		"    play: {bulletins: {}}\n    ident: false\n"
		"  - {name: Tối, start: \"19:00\", length: 5m, except: {on: 2026-11-24, by: x},\n"
		"     play: {relay: vov1}}\n";
	json_t *slots = json_array(), *set = object(
		"{\"timetable\":\"Quốc tang\",\"basis\":\"số: 12\",\"replaces\":true,\"valid\":"
		"{\"from\":\"2026-11-24\",\"to\":\"2026-11-26\"},\"music\":false}");
	struct buf out = {0};

	json_array_append_new(slots, table_edit_slot("schedules/a.yaml", other, strlen(other),
						     "Sáng", &e));
	json_array_append_new(slots, table_edit_slot("schedules/a.yaml", other, strlen(other),
						     "Tối", &e));
	ck_assert(table_edit_new("schedules/t.yaml", set, slots, &out, &e));
	const char *text = buf_str(&out);
	ck_assert_msg(strstr(text, "timetable: Quốc tang\n") == text, "%s", text);
	ck_assert_ptr_nonnull(strstr(text, "name: Sáng"));
	ck_assert_ptr_nonnull(strstr(text, "2026-09-02"));
	ck_assert_ptr_null(strstr(text, "user:7"));
	ck_assert_ptr_null(strstr(text, "by: x"));
	ck_assert_ptr_null(strstr(text, "2026-01-01"));
	buf_finish(&out);
	json_decref(slots);
	json_decref(set);
	ck_assert_ptr_null(table_edit_slot("schedules/a.yaml", other, strlen(other), "Trưa", &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert_ptr_null(table_edit_slot("schedules/a.yaml", "a: [", 4, "Trưa", &e));
}
END_TEST

START_TEST(a_new_one_may_be_silent)
{
	json_t *set = object("{\"timetable\":\"Im\",\"replaces\":[\"Hằng ngày\"]}");
	struct buf out = {0};

	ck_assert(table_edit_new("schedules/t.yaml", set, NULL, &out, &e));
	ck_assert_str_eq(buf_str(&out), "timetable: Im\nreplaces: [Hằng ngày]\nslots: []\n");
	buf_finish(&out);
	json_decref(set);
}
END_TEST

Suite *suite_table_edit(void)
{
	Suite *s = suite_create("table_edit");
	TCase *t = tcase_create("table_edit");

	tcase_add_test(t, only_what_is_asked_for_changes);
	tcase_add_test(t, other_keys_are_refused);
	tcase_add_test(t, a_new_one_has_copies_of_slots);
	tcase_add_test(t, a_new_one_may_be_silent);
	suite_add_tcase(s, t);
	return s;
}
