/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/zones_edit.h"

#include "base/json.h"

#include <check.h>
#include <string.h>

#define FILE_TEXT                                                                                  \
	"station: Đài # tên\n"                                                                     \
	"zones:\n"                                                                                 \
	"  # trước chợ\n"                                                                          \
	"  - {name: mot, device: default, channel: 1}\n"                                           \
	"  - {name: hai, device: none} # trường học\n"                                             \
	"stream: hai\n"

static bool edit(struct yamledit *ed, const char *before, const char *json, struct err *e)
{
	struct err ignored;
	json_t *rows = json_read(json, strlen(json), &ignored);

	ck_assert_ptr_nonnull(rows);
	bool ok = yamledit_open(ed, "station.yaml", "by hand", before, strlen(before), e) &&
		  zones_edit(ed, rows, e);
	json_decref(rows);
	return ok;
}

static void becomes(const char *before, const char *json, const char *after)
{
	struct yamledit ed;
	struct err e = {0};

	ck_assert_msg(edit(&ed, before, json, &e), "%s", e.text);
	ck_assert_str_eq(buf_str(&ed.text), after);
	yamledit_finish(&ed);
}

static void refused(const char *json)
{
	struct yamledit ed;
	struct err e = {0};

	ck_assert_msg(!edit(&ed, FILE_TEXT, json, &e), "%s", json);
	ck_assert_int_eq(e.kind, ERR_USAGE);
	yamledit_finish(&ed);
}

#define MOT "{\"was\":\"mot\",\"name\":\"mot\",\"device\":\"default\",\"channel\":\"1\"}"
#define HAI "{\"was\":\"hai\",\"name\":\"hai\",\"device\":\"none\",\"channel\":\"1\"}"

START_TEST(what_stands_stays_as_it_is)
{
	becomes(FILE_TEXT, "[" MOT "," HAI "]", FILE_TEXT);
	becomes(FILE_TEXT, "[" HAI "," MOT "]", FILE_TEXT);
}
END_TEST

START_TEST(a_new_name_takes_the_stream_along)
{
	becomes(FILE_TEXT,
		"[" MOT ",{\"was\":\"hai\",\"name\":\"truong\",\"device\":\"USB\","
		"\"channel\":\"2\"}]",
		"station: Đài # tên\nzones:\n  # trước chợ\n"
		"  - {name: mot, device: default, channel: 1}\n"
		"  - {name: truong, device: USB, channel: 2} # trường học\nstream: truong\n");
}
END_TEST

START_TEST(two_may_change_their_names)
{
	becomes("zones: [{name: a}, {name: b}]\n",
		"[{\"was\":\"a\",\"name\":\"b\",\"device\":\"default\",\"channel\":\"1\"},"
		"{\"was\":\"b\",\"name\":\"a\",\"device\":\"default\",\"channel\":\"1\"}]",
		"zones: [{name: b}, {name: a}]\n");
}
END_TEST

START_TEST(one_goes_and_one_comes)
{
	becomes("zones:\n  - {name: a, device: none}\n  - {name: b, device: none}\n",
		"[{\"was\":\"b\",\"name\":\"b\",\"device\":\"none\",\"channel\":\"1\"},"
		"{\"was\":\"\",\"name\":\"c\",\"device\":\"USB: 2\",\"channel\":\"2\"}]",
		"zones:\n  - {name: b, device: none}\n"
		"  - {name: c, device: \"USB: 2\", channel: 2}\n");
}
END_TEST

START_TEST(a_microphone_is_set_changed_taken_out_and_left_alone)
{
	static const char with[] = "zones: [{name: a, device: none, microphone: \"USB Mic: 1\"}]\n";

	becomes("zones: [{name: a, device: none}]\n",
		"[{\"was\":\"a\",\"name\":\"a\",\"device\":\"none\",\"channel\":\"1\","
		"\"microphone\":\"USB Mic: 1\"}]", with);
	becomes(with, "[{\"was\":\"a\",\"name\":\"b\",\"device\":\"none\",\"channel\":\"1\"}]",
		"zones: [{name: b, device: none, microphone: \"USB Mic: 1\"}]\n");
	becomes(with,
		"[{\"was\":\"a\",\"name\":\"a\",\"device\":\"none\",\"channel\":\"1\","
		"\"microphone\":\"\"},{\"was\":\"\",\"name\":\"b\",\"device\":\"none\","
		"\"channel\":\"1\",\"microphone\":\"default\"}]",
		"zones: [{name: a, device: none}, "
		"{name: b, device: none, channel: 1, microphone: default}]\n");
}
END_TEST

/* What a zone may be is for settings_parse to say; a channel that is no number is words. */
START_TEST(a_list_that_is_none_is_refused)
{
	refused("{}");
	refused("[1]");
	refused("[{}]");
	refused("[{\"was\":\"\",\"name\":\"x\",\"device\":\"none\",\"channel\":1}]");
	refused("[{\"was\":\"\",\"name\":\"x\",\"device\":\"none\",\"channel\":\"1\",\"y\":\"\"}]");
	refused("[{\"was\":\"\",\"name\":\"x\",\"device\":\"none\",\"channel\":\"1\","
		"\"microphone\":1}]");
	becomes("zones: [{name: a}]\n",
		"[{\"was\":\"a\",\"name\":\"a\",\"device\":\"default\",\"channel\":\"hai\"}]",
		"zones: [{name: a, channel: hai}]\n");
}
END_TEST

START_TEST(slots_that_name_a_zone_are_told)
{
	struct slot slots[] = {
		{.name = "Sáng", .zones = 3, .zones_named = true},
		{.name = "Mọi cụm", .zones = 3},
		{.name = "Chiều", .zones = 1, .zones_named = true},
		{.name = "Sáng", .zones = 2, .zones_named = true},
	};
	struct schedule schedule = {.slots = slots, .slot_count = 4};
	json_t *second = zones_named_by(&schedule, 1), *first = zones_named_by(&schedule, 0);

	ck_assert_uint_eq(json_array_size(second), 1);
	ck_assert_str_eq(json_string_value(json_array_get(second, 0)), "Sáng");
	ck_assert_uint_eq(json_array_size(first), 2);
	json_decref(first);
	json_decref(second);
}
END_TEST

Suite *suite_zones_edit(void);
Suite *suite_zones_edit(void)
{
	Suite *s = suite_create("zones_edit");
	TCase *t = tcase_create("zones");

	tcase_add_test(t, what_stands_stays_as_it_is);
	tcase_add_test(t, a_new_name_takes_the_stream_along);
	tcase_add_test(t, two_may_change_their_names);
	tcase_add_test(t, one_goes_and_one_comes);
	tcase_add_test(t, a_microphone_is_set_changed_taken_out_and_left_alone);
	tcase_add_test(t, a_list_that_is_none_is_refused);
	tcase_add_test(t, slots_that_name_a_zone_are_told);
	suite_add_tcase(s, t);
	return s;
}
