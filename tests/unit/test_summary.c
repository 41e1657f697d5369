/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/summary.h"

#include "base/text.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;
static struct document d;
static struct err e;

static struct model model = {
	.span = MODEL_MONTH, .subject = "Kết quả {ky}", .opening = "{don_vi} báo cáo {khac}:",
	.basis_count = 1, .bases = {{"1/NĐ", "Căn cứ 1/NĐ;"}}, .part_count = 2,
	.parts = {{.heading = "Một", .blocks = {MODEL_TOTALS, MODEL_COMPARED}, .block_count = 2},
		  {.heading = "Hai", .sentence = "Câu.", .blocks = {MODEL_DOTS}, .block_count = 1}},
	.from = {1, 1, 1}, .to = {9999, 12, 31},
};

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	reportcase_fill(c, 9);
	c->report.models = &model;
	c->report.model_count = 1;
}

static void teardown(void)
{
	document_finish(&d);
	reportcase_close(c);
	free(c);
}

START_TEST(a_model_is_filled_in)
{
	static const struct letter letter = {.issuer = "UBND xã Thử"};

	c->report.letter = &letter;
	text_speak(TEXT_EN);
	ck_assert(summary_make(&c->report, &d, &e));
	ck_assert(text_english());
	text_speak(TEXT_OWN);
	ck_assert_str_eq(buf_str(&d.subject), "Kết quả tháng 11 năm 2026");
	ck_assert_str_eq(d.lines[0].text, "Căn cứ 1/NĐ;");
	ck_assert_str_eq(d.lines[1].text, "UBND xã Thử báo cáo {khac}:");
	ck_assert_int_eq(d.lines[2].look, DOCUMENT_PART);
	ck_assert_str_eq(d.lines[3].text, "1. Kết quả chung");
	ck_assert_ptr_nonnull(strstr(d.lines[5].text, "2. So với kỳ trước"));
	ck_assert_str_eq(d.lines[8].text, "Câu.");
	ck_assert_int_eq(d.lines[d.count - 1].look, DOCUMENT_DOTS);
	ck_assert_ptr_nonnull(json_object_get(d.figures, "this"));
}
END_TEST

/* One that holds no more is none, nor is that of another kind of period. */
START_TEST(a_period_without_a_model_is_told)
{
	struct period was = c->report.period;

	ck_assert(period_parse("2026", PERIOD_CALENDAR, &c->report.period, &e));
	ck_assert(!summary_make(&c->report, &d, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	c->report.period = was;
	model.to = (struct date){2026, 11, 29};
	ck_assert(!summary_make(&c->report, &d, &e));
	model.to.day = 30;
	ck_assert(summary_make(&c->report, &d, &e));
}
END_TEST

START_TEST(it_needs_the_period_before)
{
	ck_assert(summary_named("tom-tat") && summary_named("summary") && !summary_named("A"));
	ck_assert_int_eq(date_compare(summary_first(&c->report), (struct date){2026, 10, 1}), 0);
	ck_assert_int_eq(date_compare(report_first(&c->report, SUMMARY_NAME),
				      (struct date){2026, 10, 1}), 0);
}
END_TEST

Suite *suite_summary(void);
Suite *suite_summary(void)
{
	Suite *s = suite_create("summary");
	TCase *t = tcase_create("summary");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_model_is_filled_in);
	tcase_add_test(t, a_period_without_a_model_is_told);
	tcase_add_test(t, it_needs_the_period_before);
	suite_add_tcase(s, t);
	return s;
}
