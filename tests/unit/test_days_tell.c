/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/days_tell.h"

#include "base/json.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define HOLIDAYS "ngay_le:\n  - {ten: Quốc khánh, ngay: \"2/9\", can_cu: Bộ luật Lao động}\n"

static const struct {
	const char *days, *vi, *en;
} told[] = {
	{"", "hằng ngày", "every day"},
	{"days: mon-fri", "thứ Hai đến thứ Sáu hằng tuần", "every week on Monday to Friday"},
	{"days: mon-sat", "thứ Hai đến thứ Bảy hằng tuần", "every week on Monday to Saturday"},
	{"days: [mon, thu], except: [2026-09-02]", "thứ Hai và thứ Năm hằng tuần, trừ 2/9/2026",
	 "every week on Monday and Thursday, except 2/9/2026"},
	{"dates: [2026-12-22, 2026-12-24]", "ngày 22/12/2026 và 24/12/2026",
	 "on 22/12/2026 and 24/12/2026"},
	{"dates: [2026-12-01, 2026-12-02, 2026-12-03, 2026-12-04, 2026-12-05, 2026-12-06, "
	 "2026-12-07, 2026-12-08]",
	 "ngày 1/12/2026, 2/12/2026, 3/12/2026, 4/12/2026, 5/12/2026, 6/12/2026 và 2 ngày nữa",
	 "on 1/12/2026, 2/12/2026, 3/12/2026, 4/12/2026, 5/12/2026, 6/12/2026 and 2 more days"},
	{"lunar: [1/*, 15/*]", "mồng 1 và rằm hằng tháng âm lịch",
	 "lunar day 1 and day 15 of every month"},
	{"lunar: [15/1, 10/3, 23/12, 30/12, 15/6n]",
	 "rằm tháng Giêng, mồng 10 tháng 3, ngày 23, ngày cuối tháng Chạp và rằm tháng 6 nhuận âm "
	 "lịch",
	 "lunar day 15 of month 1, day 10 of month 3, day 23, the last day of month 12 and day 15 "
	 "of month 6 (leap)"},
	{"rrule: \"FREQ=MONTHLY;BYDAY=1SU\", except: [{lunar: [1/1]}]",
	 "Chủ nhật đầu tiên hằng tháng, trừ mồng 1 tháng Giêng âm lịch",
	 "on the first Sunday of every month, except lunar day 1 of month 1"},
	{"valid: {from: 2026-10-01, to: 2026-11-30}",
	 "hằng ngày, từ 1/10/2026, đến hết 30/11/2026", "every day, from 1/10/2026, until "
							"30/11/2026"},
	{"holidays: skip", "hằng ngày, nghỉ ngày lễ", "every day, not on holidays"},
	{"holidays: only", "hằng ngày, chỉ khi là ngày lễ", "every day, only on holidays"},
	/* Somebody has taken it off: it occurs all the same. */
	{"except: [{on: 2026-12-22, by: x}]", "hằng ngày", "every day"},
};

START_TEST(the_days_of_a_slot_are_a_sentence)
{
	struct plan_case *c = case_create("");
	static struct holidays holidays;
	char text[600];

	ck_assert(holidays_parse(&holidays, HOLIDAYS_FILE, HOLIDAYS, strlen(HOLIDAYS),
				 &c->faults));
	c->schedule.holidays = &holidays;
	snprintf(text, sizeof(text),
		 "  - {name: a, start: \"06:00\", length: 5m, play: {bulletins: {}}%s%s}\n",
		 told[_i].days[0] != '\0' ? ", " : "", told[_i].days);
	ck_assert_msg(case_slots(c, text), "%s", text);
	json_t *texts = days_tell_texts(&c->schedule.slots[0]);
	ck_assert_str_eq(json_get_text(texts, "vi", ""), told[_i].vi);
	ck_assert_str_eq(json_get_text(texts, "en", ""), told[_i].en);
	json_decref(texts);
	case_destroy(c);
}
END_TEST

Suite *suite_days_tell(void)
{
	Suite *s = suite_create("days_tell");
	TCase *t = tcase_create("days_tell");

	tcase_add_loop_test(t, the_days_of_a_slot_are_a_sentence, 0,
			    sizeof(told) / sizeof(told[0]));
	suite_add_tcase(s, t);
	return s;
}
