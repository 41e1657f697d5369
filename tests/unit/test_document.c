/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/document.h"

#include "base/json.h"
#include "base/text.h"
#include "report/report.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;
static struct document d;
static struct buf out;
static struct err e;

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	d = (struct document){.table = "tom-tat", .kind = "Báo cáo", .figures = json_object()};
	buf_text(&d.subject, "Việc <A>");
	document_say(&d, DOCUMENT_BASIS, "Căn cứ 1;");
	document_say(&d, DOCUMENT_PART, "Một");
	struct buf b = {0};
	buf_text(&b, "- 5 < 6 & 7");
	document_add(&d, DOCUMENT_ITEM, "B", &b);
	ck_assert_uint_eq(b.len, 0);
	buf_finish(&b);
	document_say(&d, DOCUMENT_PART, "Hai");
	document_say(&d, DOCUMENT_DOTS, "");
}

static void teardown(void)
{
	document_finish(&d);
	buf_finish(&out);
	reportcase_close(c);
	free(c);
}

START_TEST(as_json_with_its_tables)
{
	ck_assert(document_json(&d, &c->report, &out, &e));
	json_t *o = json_read(out.data, out.len, &e);
	const json_t *lines = json_object_get(o, "lines"), *item = json_array_get(lines, 2);

	ck_assert_uint_eq(json_array_size(lines), 5);
	ck_assert_str_eq(json_get_text(item, "look", ""), "item");
	ck_assert_str_eq(json_get_text(item, "table", ""), "B");
	ck_assert_str_eq(json_get_text(item, "text", ""), "- 5 < 6 & 7");
	ck_assert_ptr_null(json_object_get(json_array_get(lines, 0), "table"));
	ck_assert_str_eq(json_get_text(json_object_get(o, "period"), "from", ""), "2026-11-01");
	ck_assert_str_eq(json_get_text(o, "subject", ""), "Việc <A>");
	ck_assert_str_eq(json_get_text(o, "mark", ""), "5:R+ot=");
	json_decref(o);
}
END_TEST

/* Parts have their numbers, text stays text, and what nobody said is dots. */
START_TEST(as_a_page_to_print)
{
	ck_assert(document_html(&d, &c->report, &out, &e));
	const char *page = buf_str(&out);

	ck_assert_ptr_nonnull(strstr(page, "<h2>I. Một</h2>"));
	ck_assert_ptr_nonnull(strstr(page, "<h2>II. Hai</h2>"));
	ck_assert_ptr_nonnull(strstr(page, "- 5 &lt; 6 &amp; 7"));
	ck_assert_ptr_nonnull(strstr(page, "Đài &lt;thử&gt;"));
	ck_assert_ptr_nonnull(strstr(page, "ngày …… tháng …… năm"));
	ck_assert_ptr_nonnull(strstr(page, "Nơi nhận"));
	ck_assert_ptr_null(strstr(page, "<A>"));
}
END_TEST

START_TEST(roman_numbers)
{
	ck_assert_str_eq(document_roman(1), "I");
	ck_assert_str_eq(document_roman(9), "IX");
	ck_assert_str_eq(document_roman(MODEL_PARTS_MAX), "XII");
}
END_TEST

Suite *suite_document(void);
Suite *suite_document(void)
{
	Suite *s = suite_create("document");
	TCase *t = tcase_create("document");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, as_json_with_its_tables);
	tcase_add_test(t, as_a_page_to_print);
	tcase_add_test(t, roman_numbers);
	suite_add_tcase(s, t);
	return s;
}
