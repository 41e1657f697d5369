/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/plan_text.h"
#include "plan/special.h"
#include "support/plan_case.h"

#include <check.h>
#include <string.h>

START_TEST(reads_like_a_table)
{
	struct plan_case *c = case_create("");
	struct buf b = {0};
	struct plan p;

	case_bulletin(c, "B1", 3723);
	case_bulletin(c, "B2", 90);
	ck_assert(case_slots(c,
		"  - {name: Sáng, start: \"05:30\", length: 10m, days: mon, play: {bulletins: "
		"{}}}\n"
		"  - {name: Xen, start: \"05:35\", length: 1m, days: mon, play: {bulletins: {}}}\n"
		"  - {name: Tối, start: \"19:00\", length: 2m, days: tue, demo: true,"
		" play: {relay: vov1}, zones: thon-2}\n"));
	case_plan(c, "2026-11-23", "2026-11-25", &p);
	plan_text(&b, &p, &c->in);
	ck_assert_str_eq(buf_str(&b),
		"Thứ Hai 2026-11-23  âm lịch 15/10\n"
		"  05:30:00  Sáng  5:00  [trung-tam, thon-2]  (quá dài)\n"
		"    05:30:00.000  1:30  B2  Bản tin B2 (vi, thong-thuong)\n"
		"    – bỏ B1 Bản tin B1 (1:02:03): khung giờ không còn đủ thời gian\n"
		"    ! từ 05:35:00 khung giờ \"Xen\" (lich-1.yaml:4) chiếm sóng\n"
		"  05:35:00  Xen  1:00  [trung-tam, thon-2]  (quá dài)\n"
		"    05:35:00.000  1:00  B1  Bản tin B1 (vi, thong-thuong)  [bị ngắt sớm]\n"
		"    – bỏ B2 Bản tin B2 (1:30): khung giờ không còn đủ thời gian\n"
		"\nThứ Ba 2026-11-24  âm lịch 16/10\n"
		"  19:00:00  Tối  2:00  [thon-2]  (trình diễn)\n"
		"    19:00:00.000  2:00  tiếp âm  vov1\n");
	plan_finish(&p);
	buf_reset(&b);
	case_plan(c, "2026-11-25", "2026-11-26", &p);
	plan_text(&b, &p, &c->in);
	ck_assert_str_eq(buf_str(&b), "không có lượt phát nào trong khoảng này\n");
	plan_finish(&p);
	buf_finish(&b);
	case_destroy(c);
}
END_TEST

START_TEST(an_order_is_told_or_that_there_is_none)
{
	struct plan_case *c = case_create("");
	struct buf b = {0};
	struct plan p;

	case_bulletin(c, "B1", 60)->level = LEVEL_PRIORITY;
	case_bulletin(c, "B2", 60)->level = LEVEL_PRIORITY;
	ck_assert(case_slots(c, "  - {name: Sáng, start: \"05:30\", length: 10m, days: mon, "
				"play: {bulletins: {}}}\n"));
	case_plan(c, "2026-11-23", "2026-11-24", &p);
	plan_text(&b, &p, &c->in);
	ck_assert_ptr_nonnull(strstr(buf_str(&b), "? chưa ai chọn thứ tự, phát theo thứ tự của "
						  "khung giờ: B1 B2\n"));
	plan_finish(&p);
	buf_reset(&b);
	for (int i = 0; i < 2; i++) {
		c->bulletins[i].order_n = 5;
		c->bulletins[i].order_place = 1 - i;
	}
	case_plan(c, "2026-11-23", "2026-11-24", &p);
	plan_text(&b, &p, &c->in);
	ck_assert_ptr_nonnull(strstr(buf_str(&b), "= thứ tự đã được chọn: B2 B1\n"));
	plan_finish(&p);
	buf_finish(&b);
	case_destroy(c);
}
END_TEST

START_TEST(what_was_put_aside_is_said_to_be)
{
	struct plan_case *k = case_create("");
	struct buf out = {0};
	struct plan plan;

	case_bulletin(k, "B1", 30)->aside_n = 7;
	case_bulletin(k, "B2", 30);
	ck_assert(case_slots(k, "  - {name: Sáng, start: \"05:30\", length: 5m, "
				"play: {bulletins: {}}}\n"));
	case_plan(k, "2026-11-23", "2026-11-24", &plan);
	plan_text(&out, &plan, &k->in);
	const char *said = strstr(buf_str(&out), "– bỏ B1 Bản tin B1 (0:30): bị cách ly");
	ck_assert_msg(said != NULL, "%s", buf_str(&out));
	ck_assert_ptr_eq(strstr(said + 1, "– bỏ"), NULL);
	buf_finish(&out);
	plan_finish(&plan);
	case_destroy(k);
}
END_TEST

#define MOURNING                                                                                   \
	"timetable: Quốc tang\nreplaces: true\nbasis: 12/TB\n"                                     \
	"valid: {from: 2026-11-24, to: 2026-11-25}\nslots: []\n"

/* The days on which nothing airs because somebody has decided so stand among the others. */
START_TEST(days_that_are_silent_on_purpose_are_told)
{
	struct plan_case *k = case_create("");
	struct buf out = {0};
	struct date from = {2026, 11, 22}, to = {2026, 11, 27};

	ck_assert(case_slots(k, "  - {name: Sáng, start: \"05:30\", length: 5m, "
				"play: {bulletins: {}}}\n"));
	ck_assert(schedule_parse(&k->schedule, &k->settings, "schedules/tang.yaml", MOURNING,
				 strlen(MOURNING), &k->faults));
	special_settle(&k->schedule);
	ck_assert_int_eq(plan_text_silent(&out, &k->in, from, to, true), 2);
	const char *said = buf_str(&out);
	ck_assert_msg(strncmp(said, "Thứ Ba 2026-11-24", 17) == 0, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, "thay lịch thường: Quốc tang"));
	ck_assert_ptr_nonnull(strstr(said, "căn cứ: 12/TB\n  im lặng có chủ ý"));
	ck_assert_ptr_nonnull(strstr(said, "\n\nThứ Tư 2026-11-25"));
	ck_assert_int_eq(plan_text_silent(&out, &k->in, from, from, true), 0);
	buf_finish(&out);
	case_destroy(k);
}
END_TEST

Suite *suite_plan_text(void);
Suite *suite_plan_text(void)
{
	Suite *s = suite_create("plan_text");
	TCase *t = tcase_create("all");

	tcase_add_test(t, days_that_are_silent_on_purpose_are_told);
	tcase_add_test(t, reads_like_a_table);
	tcase_add_test(t, what_was_put_aside_is_said_to_be);
	tcase_add_test(t, an_order_is_told_or_that_there_is_none);
	suite_add_tcase(s, t);
	return s;
}
