/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/yamledit.h"

#include <check.h>
#include <string.h>

static void becomes(const char *before, const char *map, const char *key, const char *value,
		    bool plain, const char *after)
{
	struct buf text = {0};
	struct err e = {0};

	buf_text(&text, before);
	ck_assert_msg(yamledit_set(&text, map, key, value, plain, &e), "%s", e.text);
	ck_assert_str_eq(buf_str(&text), after);
	buf_finish(&text);
}

static void refused(const char *before, const char *map, const char *key, const char *value)
{
	struct buf text = {0};
	struct err e = {0};

	buf_text(&text, before);
	ck_assert_msg(!yamledit_set(&text, map, key, value, false, &e), "%s", buf_str(&text));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
	ck_assert_str_eq(buf_str(&text), before);
	buf_finish(&text);
}

START_TEST(a_value_changes_and_nothing_else_does)
{
	becomes("# đầu tệp\nstation: Đài cũ   # tên\nid: a\n", NULL, "station", "Đài xã Mới", false,
		"# đầu tệp\nstation: Đài xã Mới   # tên\nid: a\n");
	becomes("id: a\nbed_db: -12 # nhạc nền\n", NULL, "bed_db", "-9.5", true,
		"id: a\nbed_db: -9.5 # nhạc nền\n");
	becomes("station: \"Đài: thử\"\nid: a\n", NULL, "station", "Đài #2: \"x\" \\", false,
		"station: \"Đài #2: \\\"x\\\" \\\\\"\nid: a\n");
	becomes("ident: 'audio/a.flac'\n", NULL, "ident", "audio/b.flac", false,
		"ident: audio/b.flac\n");
}
END_TEST

START_TEST(a_value_within_a_map)
{
	becomes("quiet: {from: \"21:00\", to: \"05:00\"} # đêm\nid: a\n", "quiet", "to", "05:30",
		false, "quiet: {from: \"21:00\", to: \"05:30\"} # đêm\nid: a\n");
	becomes("loudness:\n  target_lufs: -16\n  peak_dbtp: -1\n", "loudness", "peak_dbtp", "-2",
		true, "loudness:\n  target_lufs: -16\n  peak_dbtp: -2\n");
	becomes("loudness: {target_lufs: -16}\nid: a\n", "loudness", "peak_dbtp", "-2", true,
		"loudness: {target_lufs: -16, peak_dbtp: -2}\nid: a\n");
	becomes("loudness: {}\n", "loudness", "peak_dbtp", "-2", true,
		"loudness: {peak_dbtp: -2}\n");
	becomes("loudness:\n  peak_dbtp: -1\nid: a\n", "loudness", "target_lufs", "-18", true,
		"loudness:\n  target_lufs: -18\n  peak_dbtp: -1\nid: a\n");
}
END_TEST

START_TEST(what_is_not_there_is_added_at_the_end)
{
	becomes("id: a", NULL, "bed", "audio/n.flac", false, "id: a\nbed: audio/n.flac\n");
	becomes("id: a\n", "quiet", "from", "21:00", false, "id: a\nquiet: {from: \"21:00\"}\n");
}
END_TEST

START_TEST(a_key_is_taken_out)
{
	becomes("id: a\nbed: x.flac # nền\nrecord: true\n", NULL, "bed", "", false,
		"id: a\nrecord: true\n");
	becomes("id: a\nquiet:\n  from: \"21:00\"\n  to: \"05:00\"\nrecord: true\n", NULL,
		"quiet", "", false, "id: a\nrecord: true\n");
	becomes("id: a\nquiet: {from: \"21:00\",\n  to: \"05:00\"}\nrecord: true\n", NULL, "quiet",
		"", false, "id: a\nrecord: true\n");
	becomes("id: a\n", NULL, "bed", "", false, "id: a\n");
}
END_TEST

START_TEST(words_that_yaml_takes_for_something_else_are_quoted)
{
	becomes("station: x\n", NULL, "station", "no", false, "station: \"no\"\n");
	becomes("station: x\n", NULL, "station", "12:30", false, "station: \"12:30\"\n");
	becomes("station: x\n", NULL, "station", "- a", false, "station: \"- a\"\n");
	becomes("station: x\n", NULL, "station", "a # b", false, "station: \"a # b\"\n");
}
END_TEST

START_TEST(another_form_is_left_alone)
{
	refused("{station: x, id: a}\n", NULL, "station", "y");
	refused("station: &n x\nid: *n\n", NULL, "station", "y");
	refused("station: |\n  x\n", NULL, "station", "y");
	refused("station: a\n  b\n", NULL, "station", "y");
	refused("station: [a]\n", NULL, "station", "y");
	refused("- a\n", NULL, "station", "y");
	refused("station: {\n", NULL, "station", "y");
	refused("quiet: x\n", "quiet", "from", "21:00");
	refused("", NULL, "station", "y");
}
END_TEST

Suite *suite_yamledit(void);
Suite *suite_yamledit(void)
{
	Suite *s = suite_create("yamledit");
	TCase *t = tcase_create("yamledit");

	tcase_add_test(t, a_value_changes_and_nothing_else_does);
	tcase_add_test(t, a_value_within_a_map);
	tcase_add_test(t, what_is_not_there_is_added_at_the_end);
	tcase_add_test(t, a_key_is_taken_out);
	tcase_add_test(t, words_that_yaml_takes_for_something_else_are_quoted);
	tcase_add_test(t, another_form_is_left_alone);
	suite_add_tcase(s, t);
	return s;
}
