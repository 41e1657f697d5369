/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/rrule_tell.h"

#include "base/text.h"
#include "plan/rrule.h"

#include <check.h>

static void ck_told(const char *rule, enum text_reader reader, const char *wanted)
{
	struct buf out = {0};
	struct err e = {0};
	bool needs_start;

	ck_assert_msg(rrule_check(rule, &needs_start, &e), "%s: %s", rule, e.text);
	text_speak(reader);
	rrule_tell(rule, (struct date){2026, 11, 23}, &out);
	text_speak(TEXT_OWN);
	ck_assert_str_eq(buf_str(&out), wanted);
	buf_finish(&out);
}

static const struct {
	const char *rule, *vi, *en;
} told[] = {
	{"FREQ=DAILY", "hằng ngày", "every day"},
	{"FREQ=DAILY;INTERVAL=3", "3 ngày một lần", "every 3 days"},
	{"FREQ=WEEKLY;BYDAY=MO,TH", "thứ Hai và thứ Năm hằng tuần",
	 "every week on Monday and Thursday"},
	{"FREQ=WEEKLY", "thứ Hai hằng tuần", "every week on Monday"}, /* where counting began */
	{"FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "Chủ nhật, 2 tuần một lần", "every 2 weeks on Sunday"},
	{"FREQ=WEEKLY;BYDAY=SA;BYMONTH=9,10,11", "thứ Bảy hằng tuần, chỉ trong tháng 9, 10 và 11",
	 "every week on Saturday, only in September, October and November"},
	{"FREQ=MONTHLY;BYMONTHDAY=1,15", "ngày 1 và ngày 15 hằng tháng",
	 "on day 1 and day 15 of every month"},
	{"FREQ=MONTHLY;BYMONTHDAY=-1", "ngày cuối tháng hằng tháng",
	 "on the last day of every month"},
	{"FREQ=MONTHLY", "ngày 23 hằng tháng", "on day 23 of every month"},
	{"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5", "ngày 5, 3 tháng một lần",
	 "on day 5 of every 3 months"},
	{"FREQ=MONTHLY;BYDAY=1SU", "Chủ nhật đầu tiên hằng tháng",
	 "on the first Sunday of every month"},
	{"FREQ=MONTHLY;BYDAY=2MO,-1FR",
	 "thứ Hai lần thứ hai và thứ Sáu cuối cùng hằng tháng",
	 "on the second Monday and the last Friday of every month"},
	{"FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2", "ngày 2/9 hằng năm", "on 2 September every year"},
	{"FREQ=YEARLY", "ngày 23/11 hằng năm", "on 23 November every year"},
	{"FREQ=WEEKLY;BYDAY=MO;COUNT=4", "thứ Hai hằng tuần, 4 lần rồi thôi",
	 "every week on Monday, 4 times and no more"},
	{"FREQ=DAILY;UNTIL=20261231", "hằng ngày, đến hết 31/12/2026",
	 "every day, until 31/12/2026"},
	/* What no short sentence says. */
	{"FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "theo quy tắc FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
	 "by the rule FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"},
	{"FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
	 "theo quy tắc FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
	 "by the rule FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1"},
	{"FREQ=MONTHLY;BYMONTHDAY=-3", "theo quy tắc FREQ=MONTHLY;BYMONTHDAY=-3",
	 "by the rule FREQ=MONTHLY;BYMONTHDAY=-3"},
	{"FREQ=MONTHLY;BYDAY=MO", "theo quy tắc FREQ=MONTHLY;BYDAY=MO",
	 "by the rule FREQ=MONTHLY;BYDAY=MO"},
	{"FREQ=YEARLY;BYYEARDAY=100", "theo quy tắc FREQ=YEARLY;BYYEARDAY=100",
	 "by the rule FREQ=YEARLY;BYYEARDAY=100"},
};

START_TEST(a_rule_is_a_sentence)
{
	ck_told(told[_i].rule, TEXT_VI, told[_i].vi);
	ck_told(told[_i].rule, TEXT_EN, told[_i].en);
}
END_TEST

Suite *suite_rrule_tell(void)
{
	Suite *s = suite_create("rrule_tell");
	TCase *t = tcase_create("rrule_tell");

	tcase_add_loop_test(t, a_rule_is_a_sentence, 0, sizeof(told) / sizeof(told[0]));
	suite_add_tcase(s, t);
	return s;
}
