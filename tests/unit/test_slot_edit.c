/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes in texts as people write them: what was asked for, and not a byte more. */
#include "plan/slot_edit.h"

#include "base/json.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct buf out;
static struct err e;

static void teardown(void)
{
	buf_finish(&out);
}

static bool edit(const char *text, const char *json)
{
	struct err ignored;
	json_t *wanted = json_read(json, strlen(json), &ignored);

	ck_assert_msg(wanted != NULL, "%s", json);
	buf_finish(&out);
	e = (struct err){0};
	bool ok = slot_edit("schedules/a.yaml", text, strlen(text), wanted, "user:7", &out, &e);
	json_decref(wanted);
	return ok;
}

static void becomes(const char *text, const char *json, const char *wanted)
{
	ck_assert_msg(edit(text, json), "%s", e.text);
	ck_assert_str_eq(buf_str(&out), wanted);
}

#define HEAD "# Lịch xã – đừng xóa\ntimetable: Lịch\nslots:\n"
#define A                                                                                          \
	"  # buổi sáng\n"                                                                        \
	"  - name: Bản tin sáng   # tên\n"                                                       \
	"    start: \"05:30\"\n"                                                                 \
	"    length: 20m           # hai mươi phút\n"
#define B "\n  # chiều\n  - {name: b, start: \"17:00\", length: 5m, play: {relay: vov1}} # ngắn\n"
#define ON "{on: 2026-11-24, by: \"user:7\", reason: họp xã}"
#define SKIP                                                                                       \
	"{\"op\":\"skip\",\"slot\":\"Bản tin sáng\",\"date\":\"2026-11-24\",\"reason\":\"họp xã\"}"

START_TEST(skipping_once_in_every_form)
{
	becomes(HEAD A B, SKIP, HEAD A "    except: [" ON "]\n" B);
	becomes(HEAD A "    except: [2026-09-02] # lễ\n" B, SKIP,
		HEAD A "    except: [2026-09-02, " ON "] # lễ\n" B);
	becomes(HEAD A "    except: 2026-09-02, 2026-09-03\n" B, SKIP,
		HEAD A "    except: [2026-09-02, 2026-09-03, " ON "]\n" B);
	becomes(HEAD A "    except:\n      - 2026-09-02 # lễ\n" B, SKIP,
		HEAD A "    except:\n      - 2026-09-02 # lễ\n      - " ON "\n" B);
	becomes(HEAD A "    except: []\n" B, SKIP, HEAD A "    except: [" ON "]\n" B);
	becomes(HEAD A "    except:   # chưa có\n" B, SKIP,
		HEAD A "    except: [" ON "]   # chưa có\n" B);
	becomes(HEAD A B,
		"{\"op\":\"skip\",\"slot\":\"b\",\"date\":\"2026-11-24\"}",
		HEAD A "\n  # chiều\n  - {name: b, start: \"17:00\", length: 5m, play: {relay: "
		"vov1}, except: [{on: 2026-11-24, by: \"user:7\"}]} # ngắn\n");
}
END_TEST

START_TEST(lines_end_as_they_did)
{
	becomes("timetable: L\r\nslots:\r\n- name: Bản tin sáng\r\n  start: \"05:30\"", SKIP,
		"timetable: L\r\nslots:\r\n- name: Bản tin sáng\r\n  start: \"05:30\"\r\n  except: "
		"[" ON "]\r\n");
	becomes("\xef\xbb\xbf" HEAD A, SKIP, "\xef\xbb\xbf" HEAD A "    except: [" ON "]\n");
}
END_TEST

START_TEST(pausing_and_coming_back)
{
	static const char pause[] = "{\"op\":\"pause\",\"slot\":\"Bản tin sáng\",\"from\":"
				    "\"2026-12-01\",\"to\":\"2026-12-10\"}";
	static const char back[] = "{\"op\":\"back\",\"slot\":\"Bản tin sáng\",\"from\":"
				   "\"2026-12-01\"}";
	static const char paused[] = HEAD A "    except: [{from: 2026-12-01, to: 2026-12-10, by: "
					    "\"user:7\"}]\n" B;

	becomes(HEAD A B, pause, paused);
	becomes(paused, back, HEAD A B);
	becomes(HEAD A "    except: [2026-09-02, {from: 2026-12-01, by: x}, 2026-09-03]\n", back,
		HEAD A "    except: [2026-09-02, 2026-09-03]\n");
	becomes(HEAD A "    except:\n    - {from: 2026-12-01, by: x}\n    - 2026-09-03 # x\n",
		back, HEAD A "    except:\n    - 2026-09-03 # x\n");
	ck_assert(!edit(HEAD A B, back));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
}
END_TEST

START_TEST(figures_are_set_where_they_stand)
{
	becomes(HEAD A B,
		"{\"op\":\"set\",\"slot\":\"Bản tin sáng\",\"set\":{\"start\":\"05:45\",\"length\":"
		"\"25m\",\"volume_db\":-6,\"days\":[\"mon\",\"fri\"],\"zones\":null}}",
		"# Lịch xã – đừng xóa\ntimetable: Lịch\nslots:\n"
		"  # buổi sáng\n"
		"  - name: Bản tin sáng   # tên\n"
		"    start: \"05:45\"\n"
		"    length: 25m           # hai mươi phút\n"
		"    volume_db: -6\n"
		"    days: [mon, fri]\n" B);
	becomes(HEAD A "    days:\n      - mon\n      - tue\n    bed: true\n",
		"{\"op\":\"set\",\"slot\":\"Bản tin sáng\",\"set\":{\"days\":[\"sun\"]}}",
		HEAD A "    days: [sun]\n    bed: true\n");
	becomes(HEAD "  - bed: true\n    name: x\n",
		"{\"op\":\"set\",\"slot\":\"x\",\"set\":{\"bed\":null}}", HEAD "  - name: x\n");
	becomes(HEAD "  - {name: x, bed: true}\n",
		"{\"op\":\"set\",\"slot\":\"x\",\"set\":{\"bed\":null,\"play\":{\"bulletins\":{"
		"\"programme\":[\"1719.10.1.2\"]}}}}",
		HEAD "  - {name: x, play: {bulletins: {programme: [\"1719.10.1.2\"]}}}\n");
}
END_TEST

#define ADD                                                                                        \
	"{\"op\":\"add\",\"slot\":{\"start\":\"18:00\",\"name\":\"Tối: nay\",\"length\":\"5m\"," \
	"\"play\":{\"bulletins\":{}}}}"

START_TEST(slots_come_and_go)
{
	becomes(HEAD A B, ADD,
		HEAD A B "  - name: \"Tối: nay\"\n    start: \"18:00\"\n    length: 5m\n    play: "
			 "{bulletins: {}}\n");
	becomes("timetable: L\nslots: []\n", ADD,
		"timetable: L\nslots: \n  - name: \"Tối: nay\"\n    start: \"18:00\"\n    length: "
		"5m\n    play: {bulletins: {}}\n");
	becomes("timetable: L\nslots:\n", ADD,
		"timetable: L\nslots:\n  - name: \"Tối: nay\"\n    start: \"18:00\"\n    length: "
		"5m\n    play: {bulletins: {}}\n");
	becomes("{timetable: L, slots: [{name: a}]}", ADD,
		"{timetable: L, slots: [{name: a}, {name: \"Tối: nay\", start: \"18:00\", length: "
		"5m, play: {bulletins: {}}}]}");
	becomes(HEAD A B, "{\"op\":\"delete\",\"slot\":\"b\"}", HEAD A "\n  # chiều\n");
	becomes(HEAD A B, "{\"op\":\"delete\",\"slot\":\"Bản tin sáng\"}",
		HEAD "  # buổi sáng\n" B);
	becomes(HEAD "  - name: a\n", "{\"op\":\"delete\",\"slot\":\"a\"}",
		"# Lịch xã – đừng xóa\ntimetable: Lịch\nslots: []\n");
}
END_TEST

/* Forms in which a button could do harm. */
static const char *const unsure[] = {
	"timetable: L\nslots:\n  - &a {name: Bản tin sáng, except: &x [2026-09-02]}\n"
	"  - {name: b, except: *x}\n",
	"timetable: L\nslots:\n  - name: Bản tin sáng\n    dates: &x [2026-09-02]\n    except: "
	"*x\n",
	"timetable: L\nslots:\n  - name: Bản tin sáng\n    except: {lunar: [x]}\n    play: |\n"
	"      a\n",
	"timetable: L\nslots:\n  - name: Bản tin sáng\n    fallback: >\n      a\n",
};

START_TEST(what_is_not_sure_is_not_done)
{
	ck_assert(!edit(unsure[_i], SKIP));
	ck_assert_msg(e.kind == ERR_REFUSED || e.kind == ERR_DAMAGED, "%s: %s", unsure[_i], e.text);
}
END_TEST

static const struct {
	const char *text, *json;
	enum err_kind kind;
} wrong[] = {
	{HEAD A, "{\"op\":\"burn\",\"slot\":\"Bản tin sáng\"}", ERR_USAGE},
	{HEAD A, "{}", ERR_NOT_FOUND},
	{HEAD A, "{\"op\":\"skip\",\"slot\":\"x\",\"date\":\"2026-11-24\"}", ERR_NOT_FOUND},
	{HEAD A, "{\"op\":\"skip\",\"slot\":\"Bản tin sáng\",\"date\":\"mai\"}", ERR_USAGE},
	{HEAD A, "{\"op\":\"skip\",\"slot\":\"Bản tin sáng\",\"date\":\"2026-11-24\",\"reason\":"
		 "\"a\\nb\"}", ERR_USAGE},
	{HEAD A, "{\"op\":\"set\",\"slot\":\"Bản tin sáng\",\"set\":{\"a: b\":1}}", ERR_USAGE},
	{HEAD A, "{\"op\":\"set\",\"slot\":\"Bản tin sáng\",\"set\":5}", ERR_USAGE},
	{HEAD A, "{\"op\":\"add\",\"slot\":{\"start\":\"05:00\"}}", ERR_USAGE},
	{HEAD A, "{\"op\":\"add\",\"slot\":{\"name\":\"x\",\"a\\nb\":\"\"}}", ERR_USAGE},
	{"timetable: [", SKIP, ERR_DAMAGED},
	{"- a\n", SKIP, ERR_REFUSED},
	{"timetable: L\n", SKIP, ERR_NOT_FOUND},
	{"", SKIP, ERR_DAMAGED},
};

START_TEST(what_cannot_be_is_said)
{
	ck_assert(!edit(wrong[_i].text, wrong[_i].json));
	ck_assert_msg(e.kind == wrong[_i].kind, "%s: %d %s", wrong[_i].json, e.kind, e.text);
	ck_assert_uint_eq(out.len, 0);
}
END_TEST

/* Words that would be YAML of their own stay words. */
START_TEST(values_cannot_break_out)
{
	static const char *const hostile[] = {"a: b", "# x", "\\\"", "{}", "*x", "&x", "- a",
					      "null", "'", "a\\nb: c", "\\u2028", "05:30", "12"};
	char json[256];

	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		snprintf(json, sizeof(json),
			 "{\"op\":\"set\",\"slot\":\"b\",\"set\":{\"name\":\"%s\"}}", hostile[i]);
		ck_assert_msg(edit(HEAD A B, json), "%s: %s", hostile[i], e.text);
	}
}
END_TEST

Suite *suite_slot_edit(void)
{
	Suite *s = suite_create("slot_edit");
	TCase *t = tcase_create("slot_edit");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, skipping_once_in_every_form);
	tcase_add_test(t, lines_end_as_they_did);
	tcase_add_test(t, pausing_and_coming_back);
	tcase_add_test(t, figures_are_set_where_they_stand);
	tcase_add_test(t, slots_come_and_go);
	tcase_add_loop_test(t, what_is_not_sure_is_not_done, 0,
			    sizeof(unsure) / sizeof(unsure[0]));
	tcase_add_loop_test(t, what_cannot_be_is_said, 0, sizeof(wrong) / sizeof(wrong[0]));
	tcase_add_test(t, values_cannot_break_out);
	suite_add_tcase(s, t);
	return s;
}
