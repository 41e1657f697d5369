/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked for, and in which words; what then sounds: test_emergency.c, test_orders.sh. */
#include "base/json.h"
#include "station/emergency.h"
#include "station/station.h"
#include "support/deskcase.h"
#include "support/playing.h"

#include <check.h>
#include <string.h>

static struct deskcase c;
static struct playing g;
static struct station st;

/* A desk for people and words, and an air beside it. */
static void setup(void)
{
	deskcase_open(&c);
	playing_open(&g, "2026-11-23T05:29:50");
	ck_assert(case_slots(g.c, ""));
	playing_begin(&g);
	playing_run(&g, 1);
	c.station = &st;
	c.who = "uid:1000";
	st.desk = c.desk;
	st.playout = g.p;
}

static void teardown(void)
{
	g.p = st.playout;
	playing_close(&g);
	deskcase_close(&c);
}

START_TEST(raised_told_and_ended)
{
	json_t *answer =
		deskcase_ask(&c, json_pack("{s:s, s:s, s:s, s:s, s:s, s:b}", "do", "emergency",
					   "by", "Chủ tịch xã", "reason", "Lũ", "repeat", "10m",
					   "until", "05:00", "drill", 1));
	const json_t *m = json_object_get(answer, "emergency");
	char id[ID_BYTES];

	ck_assert_str_eq(json_get_text(m, "by", ""), "Chủ tịch xã");
	ck_assert_str_eq(json_get_text(m, "until", ""), "2026-11-24T05:00:00.000+07:00");
	ck_assert_int_eq(json_get_integer(m, "every_s", 0), 600);
	ck_assert(json_get_bool(m, "drill", false));
	ck_assert_uint_eq(json_array_size(json_object_get(m, "zones")), 2);
	snprintf(id, sizeof(id), "%s", json_get_text(m, "id", ""));
	ck_assert_int_eq(id[0], 'K');
	json_decref(answer);
	deskcase_fails(&c, json_pack("{s:s, s:s}", "do", "emergency.end", "emergency", "K99999"),
		       "không có");
	deskcase_fails(&c,
		       json_pack("{s:s, s:s, s:s}", "do", "emergency.message", "emergency", id,
				 "bulletin", "B99999"),
		       "B99999");
	json_decref(
		deskcase_ask(&c, json_pack("{s:s, s:s}", "do", "emergency.end", "emergency", id)));
	ck_assert_ptr_null(st.playout.emergencies);
}
END_TEST

static void ck_by(const char *by, const char *told)
{
	json_t *answer = deskcase_ask(
		&c, json_pack("{s:s, s:s, s:s*}", "do", "emergency", "reason", "Lũ", "by", by));

	ck_assert_pstr_eq(json_get_text(json_object_get(answer, "emergency"), "by", ""), told);
	json_decref(answer);
	json_decref(deskcase_ask(&c, json_pack("{s:s}", "do", "emergency.end")));
}

/* No person's name gets into the log: who has an account is meant by it, however they are named. */
START_TEST(who_answers_for_it)
{
	struct user user = {.name = "hoa", .person = "Lê Thị Hoa", .role = ROLE_APPROVER,
			    .hash = "h"};
	char id[ID_BYTES];
	struct err e = {0};

	ck_by(NULL, "uid:1000");
	ck_by("Chủ tịch xã", "Chủ tịch xã");
	ck_assert(users_add(c.desk.users, &user, clock_wall(&c.clock.clock), &e));
	snprintf(id, sizeof(id), "user:%lld", (long long)user.id);
	ck_by("hoa", id);
	ck_by("Lê Thị Hoa", id);
	ck_by("Chủ tịch xã", "Chủ tịch xã");
}
END_TEST

START_TEST(what_is_not_understood_is_said)
{
	deskcase_fails(&c, json_pack("{s:s, s:s}", "do", "emergency", "by", "Chủ tịch"), "lý do");
	deskcase_fails(&c,
		       json_pack("{s:s, s:s, s:s, s:s}", "do", "emergency", "by", "x", "reason",
				 "y", "repeat", "mãi"),
		       "repeat");
	deskcase_fails(&c,
		       json_pack("{s:s, s:s, s:s, s:s}", "do", "emergency", "by", "x", "reason",
				 "y", "until", "mai"),
		       "until");
	deskcase_fails(&c,
		       json_pack("{s:s, s:s, s:s, s:s}", "do", "emergency", "by", "x", "reason",
				 "y", "zone", "khong-co"),
		       "khong-co");
	ck_assert_ptr_null(st.playout.emergencies);
}
END_TEST

START_TEST(a_text_is_one_line_of_what_was_typed)
{
	json_t *answer =
		deskcase_ask(&c, json_pack("{s:s, s:s, s:s, s:s}", "do", "emergency", "by", "x",
					   "reason", "Lũ", "text", "Nước lên.\nDi dời\tngay"));
	const json_t *m = json_object_get(answer, "emergency");

	ck_assert_str_eq(json_get_text(m, "text", ""), "Nước lên. Di dời ngay");
	ck_assert(!json_get_bool(m, "unread", true));
	json_decref(answer);
	emergency_end(&st.playout, st.playout.emergencies, "ended", "", "");
}
END_TEST

START_TEST(a_text_that_cannot_be_read_is_refused)
{
	char text[EMERGENCY_TEXT_BYTES + 1] = "";

	memset(text, 'a', EMERGENCY_TEXT_BYTES);
	deskcase_fails(&c,
		       json_pack("{s:s, s:s, s:s, s:s}", "do", "emergency", "by", "x", "reason",
				 "y", "text", text),
		       "byte");
	deskcase_fails(&c,
		       json_pack("{s:s, s:s, s:s, s:s}", "do", "emergency", "by", "x", "reason",
				 "y", "text", "a\x1b[2J"),
		       "không hiển thị");
	deskcase_fails(&c,
		       json_pack("{s:s, s:s, s:s, s:s, s:b}", "do", "emergency", "by", "x",
				 "reason", "y", "text", "a", "waits", 1),
		       "chọn một");
	deskcase_fails(&c,
		       json_pack("{s:s, s:s, s:s, s:i}", "do", "emergency", "by", "x", "reason",
				 "y", "text", 7),
		       "phải là chữ");
	ck_assert_ptr_null(st.playout.emergencies);
}
END_TEST

Suite *suite_commands_emergency(void);
Suite *suite_commands_emergency(void)
{
	Suite *s = suite_create("commands_emergency");
	TCase *t = tcase_create("commands_emergency");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, raised_told_and_ended);
	tcase_add_test(t, who_answers_for_it);
	tcase_add_test(t, what_is_not_understood_is_said);
	tcase_add_test(t, a_text_is_one_line_of_what_was_typed);
	tcase_add_test(t, a_text_that_cannot_be_read_is_refused);
	suite_add_tcase(s, t);
	return s;
}
