/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked for, and not a byte more. */
#include "plan/yamledit.h"

#include "base/json.h"

#include <check.h>
#include <string.h>

enum how { SET, ADD };

static bool carried_out(struct yamledit *ed, enum how how, const char *before, const char *place,
			const char *json, struct err *e)
{
	struct err ignored;
	json_t *value = json != NULL ? json_read(json, strlen(json), &ignored) : NULL;

	ck_assert(json == NULL || value != NULL);
	bool ok = yamledit_open(ed, "station.yaml", "by hand", before, strlen(before), e) &&
		  (how == ADD ? yamledit_add(ed, place, value, e)
			      : yamledit_set(ed, place, value, e));
	json_decref(value);
	return ok;
}

static void done(enum how how, const char *before, const char *place, const char *json,
		 const char *after)
{
	struct yamledit ed;
	struct err e = {0};

	ck_assert_msg(carried_out(&ed, how, before, place, json, &e), "%s", e.text);
	ck_assert_str_eq(buf_str(&ed.text), after);
	yamledit_finish(&ed);
}

/* json: the new value; NULL takes it out. */
static void becomes(const char *before, const char *place, const char *json, const char *after)
{
	done(SET, before, place, json, after);
}

static void grows(const char *before, const char *place, const char *json, const char *after)
{
	done(ADD, before, place, json, after);
}

static void refused(const char *before, const char *place, const char *json, enum err_kind kind)
{
	struct yamledit ed;
	struct err e = {0};

	ck_assert_msg(!carried_out(&ed, SET, before, place, json, &e), "%s", buf_str(&ed.text));
	ck_assert_msg(e.kind == kind, "%s: %s", before, e.text);
	yamledit_finish(&ed);
}

START_TEST(a_value_changes_and_nothing_else_does)
{
	becomes("# đầu tệp\nstation: Đài cũ   # tên\nid: a\n", "station", "\"Đài xã Mới\"",
		"# đầu tệp\nstation: Đài xã Mới   # tên\nid: a\n");
	becomes("id: a\nbed_db: -12 # nhạc nền\n", "bed_db", "-9.5",
		"id: a\nbed_db: -9.5 # nhạc nền\n");
	becomes("station: \"Đài: thử\"\nid: a\n", "station", "\"Đài #2: \\\"x\\\" \\\\\"",
		"station: \"Đài #2: \\\"x\\\" \\\\\"\nid: a\n");
	becomes("ident: 'audio/a.flac'\n", "ident", "\"audio/b.flac\"", "ident: audio/b.flac\n");
	becomes("ident: 'audio/a.flac'\n", "ident", "\"audio/a.flac\"", "ident: 'audio/a.flac'\n");
	becomes("station: Đài\n  cũ\nid: a\n", "station", "\"Đài mới\"",
		"station: Đài mới\nid: a\n");
	becomes("{station: x, id: a}\n", "station", "\"z\"", "{station: z, id: a}\n");
}
END_TEST

START_TEST(a_value_within_a_map)
{
	becomes("quiet: {from: \"21:00\", to: \"05:00\"} # đêm\nid: a\n", "quiet.to", "\"05:30\"",
		"quiet: {from: \"21:00\", to: \"05:30\"} # đêm\nid: a\n");
	becomes("loudness:\n  target_lufs: -16\n  peak_dbtp: -1\n", "loudness.peak_dbtp", "-2",
		"loudness:\n  target_lufs: -16\n  peak_dbtp: -2\n");
	becomes("loudness: {target_lufs: -16}\nid: a\n", "loudness.peak_dbtp", "-2",
		"loudness: {target_lufs: -16, peak_dbtp: -2}\nid: a\n");
	becomes("loudness: {}\n", "loudness.peak_dbtp", "-2", "loudness: {peak_dbtp: -2}\n");
	becomes("loudness:  # sau\nid: a\n", "loudness.peak_dbtp", "-2",
		"loudness: {peak_dbtp: -2}  # sau\nid: a\n");
	becomes("loudness:\n  peak_dbtp: -1 # đỉnh\nid: a\n", "loudness.target_lufs", "-18",
		"loudness:\n  peak_dbtp: -1 # đỉnh\n  target_lufs: -18\nid: a\n");
}
END_TEST

START_TEST(a_map_is_set_key_by_key)
{
	becomes("approval:\n  # hai người\n  persons: 2 # xã\n  document: true\nid: a\n",
		"approval", "{\"persons\": 1}",
		"approval:\n  # hai người\n  persons: 1 # xã\nid: a\n");
	becomes("quiet: {from: \"21:00\", to: \"05:00\"}\n", "quiet",
		"{\"to\": \"04:30\", \"from\": \"21:00\"}",
		"quiet: {from: \"21:00\", to: \"04:30\"}\n");
	becomes("id: a\n", "approval", "{\"persons\": 2, \"document\": true}",
		"id: a\napproval: {persons: 2, document: true}\n");
	becomes("relays: {vov1: {url: x}}\n", "relays.vov1.silence_s", "30",
		"relays: {vov1: {url: x, silence_s: 30}}\n");
}
END_TEST

START_TEST(what_is_not_there_is_added_at_the_end)
{
	becomes("id: a", "bed", "\"audio/n.flac\"", "id: a\nbed: audio/n.flac\n");
	becomes("id: a\n", "quiet.from", "\"21:00\"", "id: a\nquiet: {from: \"21:00\"}\n");
	becomes("id: a\r\nbed: x\r\n", "bed_db", "-3", "id: a\r\nbed: x\r\nbed_db: -3\r\n");
}
END_TEST

START_TEST(a_key_is_taken_out)
{
	becomes("id: a\nbed: x.flac # nền\nrecord: true\n", "bed", NULL, "id: a\nrecord: true\n");
	becomes("id: a\nquiet:\n  from: \"21:00\"\n  to: \"05:00\"\nrecord: true\n", "quiet", NULL,
		"id: a\nrecord: true\n");
	becomes("id: a\nquiet: {from: \"21:00\",\n  to: \"05:00\"}\nrecord: true\n", "quiet", NULL,
		"id: a\nrecord: true\n");
	becomes("id: a\n", "bed", NULL, "id: a\n");
	becomes("id: a\n", "quiet.from", NULL, "id: a\n");
}
END_TEST

#define LINES                                                                                      \
	"id: a\nzones:\n  # trung tâm\n  - name: tt\n    device: default # loa to\n"              \
	"  - name: thon-1\n    device: hw:1 # loa thôn\n    channel: 2\nrecord: true\n"
#define MAPS                                                                                       \
	"id: a\nzones:\n  - {name: tt, device: default} # loa to\n"                               \
	"  - {name: thon-1, device: \"hw:1\", channel: 2}\nrecord: true\n"

START_TEST(elements_of_a_list_change)
{
	becomes(LINES, "zones.1.device", "\"none\"",
		"id: a\nzones:\n  # trung tâm\n  - name: tt\n    device: default # loa to\n"
		"  - name: thon-1\n    device: none # loa thôn\n    channel: 2\nrecord: true\n");
	becomes(LINES, "zones.0", "{\"name\":\"tt\",\"device\":\"none\",\"channel\":2}",
		"id: a\nzones:\n  # trung tâm\n  - name: tt\n    device: none # loa to\n"
		"    channel: 2\n"
		"  - name: thon-1\n    device: hw:1 # loa thôn\n    channel: 2\nrecord: true\n");
	becomes(MAPS, "zones.1", "{\"name\":\"thon-2\",\"device\":\"hw:1\"}",
		"id: a\nzones:\n  - {name: tt, device: default} # loa to\n"
		"  - {name: thon-2, device: \"hw:1\"}\nrecord: true\n");
	becomes("zones: [{name: a}, {name: b}] # hai\n", "zones.1.name", "\"c\"",
		"zones: [{name: a}, {name: c}] # hai\n");
}
END_TEST

START_TEST(elements_of_a_list_come)
{
	static const char more[] = "{\"name\":\"cho\",\"channel\":2}";

	grows(LINES, "zones", more,
	      "id: a\nzones:\n  # trung tâm\n  - name: tt\n    device: default # loa to\n"
	      "  - name: thon-1\n    device: hw:1 # loa thôn\n    channel: 2\n"
	      "  - name: cho\n    channel: 2\nrecord: true\n");
	grows(MAPS, "zones", more,
	      "id: a\nzones:\n  - {name: tt, device: default} # loa to\n"
	      "  - {name: thon-1, device: \"hw:1\", channel: 2}\n  - {name: cho, channel: 2}\n"
	      "record: true\n");
	grows("zones: [{name: a}] # một\n", "zones", more,
	      "zones: [{name: a}, {name: cho, channel: 2}] # một\n");
	grows("id: a\n", "zones", more, "id: a\nzones: \n  - name: cho\n    channel: 2\n");
	grows("zones:\nid: a\n", "zones", more, "zones:\n  - name: cho\n    channel: 2\nid: a\n");
	grows("{id: a}", "zones", more, "{id: a, zones: [{name: cho, channel: 2}]}");
}
END_TEST

START_TEST(elements_of_a_list_go)
{
	becomes(LINES, "zones.1", NULL,
		"id: a\nzones:\n  # trung tâm\n  - name: tt\n    device: default # loa to\n"
		"record: true\n");
	becomes(MAPS, "zones.0", NULL,
		"id: a\nzones:\n  - {name: thon-1, device: \"hw:1\", channel: 2}\nrecord: true\n");
	becomes("zones: [{name: a}, {name: b}] # hai\n", "zones.0", NULL,
		"zones: [{name: b}] # hai\n");
	becomes("zones:\n  - name: a\nid: a\n", "zones.0", NULL, "zones: []\nid: a\n");
	becomes("zones: []\n", "zones.3", NULL, "zones: []\n");
}
END_TEST

START_TEST(words_that_yaml_takes_for_something_else_are_quoted)
{
	becomes("station: x\n", "station", "\"no\"", "station: \"no\"\n");
	becomes("station: x\n", "station", "\"12:30\"", "station: \"12:30\"\n");
	becomes("station: x\n", "station", "\"- a\"", "station: \"- a\"\n");
	becomes("station: x\n", "station", "\"a # b\"", "station: \"a # b\"\n");
	becomes("station: x\n", "station", "\"1e5\"", "station: \"1e5\"\n");
	becomes("station: x\n", "station", "\"a \"", "station: \"a \"\n");
}
END_TEST

START_TEST(another_form_is_left_alone)
{
	refused("station: &n x\nid: *n\n", "station", "\"y\"", ERR_REFUSED);
	refused("a: &n {x: 1}\nb: *n\n", "b.x", "2", ERR_REFUSED);
	refused("station: |\n  x\n", "station", "\"y\"", ERR_REFUSED);
	refused("zones:\n  # ghi\n  - a # chú\n  - b\n", "zones", "[]", ERR_REFUSED);
	refused("- a\n", "station", "\"y\"", ERR_REFUSED);
	refused("quiet: x\n", "quiet.from", "\"21:00\"", ERR_REFUSED);
	refused("zones: [a]\n", "zones.4", "\"b\"", ERR_REFUSED);
	refused("a: {\"b.c\": 1}\n", "a", "{\"d\": 1}", ERR_REFUSED);
	refused("a: {b: 1}\n", "a", "{\"\": 1}", ERR_REFUSED);
	refused("station: {\n", "station", "\"y\"", ERR_DAMAGED);
	refused("station: x\nstation: y\n", "station", "\"y\"", ERR_DAMAGED);
	refused("", "station", "\"y\"", ERR_DAMAGED);
}
END_TEST

START_TEST(what_stands_there_is_told)
{
	static const char text[] = LINES;
	struct yamledit ed;
	struct err e = {0};

	ck_assert(yamledit_open(&ed, "f", "by hand", text, strlen(text), &e));
	ck_assert_str_eq(yamledit_get(&ed, "zones.1.name")->text, "thon-1");
	ck_assert_int_eq(yamledit_get(&ed, "")->count, 3);
	ck_assert_ptr_null(yamledit_get(&ed, "zones.2"));
	ck_assert_ptr_null(yamledit_get(&ed, "zones.-1"));
	ck_assert_ptr_null(yamledit_get(&ed, "zones.x"));
	ck_assert_ptr_null(yamledit_get(&ed, "id.x"));
	yamledit_finish(&ed);
}
END_TEST

Suite *suite_yamledit(void);
Suite *suite_yamledit(void)
{
	Suite *s = suite_create("yamledit");
	TCase *t = tcase_create("yamledit");

	tcase_add_test(t, a_value_changes_and_nothing_else_does);
	tcase_add_test(t, a_value_within_a_map);
	tcase_add_test(t, a_map_is_set_key_by_key);
	tcase_add_test(t, what_is_not_there_is_added_at_the_end);
	tcase_add_test(t, a_key_is_taken_out);
	tcase_add_test(t, elements_of_a_list_change);
	tcase_add_test(t, elements_of_a_list_come);
	tcase_add_test(t, elements_of_a_list_go);
	tcase_add_test(t, words_that_yaml_takes_for_something_else_are_quoted);
	tcase_add_test(t, another_form_is_left_alone);
	tcase_add_test(t, what_stands_there_is_told);
	suite_add_tcase(s, t);
	return s;
}
