/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper.h"

#include <check.h>
#include <string.h>

static const struct paper_style plain = {.size = 10};
static struct buf bytes;
static struct paper *p;
static struct err e;

static void setup(void)
{
	bytes = (struct buf){0};
	p = paper_open(&bytes, "Bảng", (struct wall){0});
	paper_page(p);
}

static void teardown(void)
{
	buf_finish(&bytes);
}

/* A number is put together from letters; it is as wide as where it is laid out as one text. */
START_TEST(a_number_is_as_wide_either_way)
{
	double whole = paper_line_width(p, "1.234:50", &plain);

	ck_assert_double_gt(whole, 20);
	ck_assert_double_lt(paper_measure(p, "1.234:50", &plain, whole + 0.1, 0),
			    1.5 * plain.size);
	/* Too wide for its place it is broken as a text is. */
	ck_assert_double_gt(paper_measure(p, "1.234:50", &plain, whole - 4, 0), 2 * plain.size);
	ck_assert(paper_close(p, &e));
}
END_TEST

START_TEST(lines_are_broken_and_cut_off)
{
	const char *words = "Lịch tiêm chủng mở rộng tháng này của trạm y tế xã";
	double one = paper_measure(p, words, &plain, 1000, 0);
	double many = paper_measure(p, words, &plain, 60, 0);

	ck_assert_double_gt(many, 3.5 * one);
	ck_assert_double_eq_tol(paper_measure(p, words, &plain, 60, 2), 2 * one, 0.2 * one);
	ck_assert_double_eq_tol(paper_text(p, 0, 0, words, &plain, 60, 2), 2 * one, 0.2 * one);
	/* A word that is wider than its place, too. */
	ck_assert_double_gt(paper_measure(p, "a1b2c3d4e5f6a1b2c3d4e5f6", &plain, 40, 0),
			    1.5 * one);
	ck_assert(paper_close(p, &e));
}
END_TEST

START_TEST(pages_are_written_as_they_are_full)
{
	size_t before = bytes.len;

	for (int i = 0; i < 40; i++) {
		paper_text(p, 10, 10, "Đài truyền thanh", &plain, 200, 0);
		paper_code(p, 50, 50, 60, "44000:nXAHgPy6rZsPEG9Rv9I/qrDyNtRxkXnTBcFtd4KssA8=");
		paper_page(p);
	}
	ck_assert_int_eq(p->pages, 41);
	ck_assert_uint_gt(bytes.len, before + 20000);
	ck_assert(paper_close(p, &e));
	ck_assert_int_eq(strncmp(bytes.data, "%PDF-1.", 7), 0);
	ck_assert_ptr_nonnull(strstr(bytes.data + bytes.len - 8, "%%EOF"));
}
END_TEST

/* Each in a font of its own, and a letter that no font has: a box with its number. */
START_TEST(other_scripts_and_no_letter_at_all)
{
	struct paper_style s = plain;

	for (int i = 0; i < 200; i++) {
		s.size = 6 + i * 0.05;
		paper_text(p, 10, 10, "Tiếng ខ្មែរ ລາວ 中文 \xF3\xB0\x80\x81", &s, 200, 0);
	}
	ck_assert(paper_close(p, &e));
}
END_TEST

START_TEST(what_is_given_up_is_freed)
{
	paper_text(p, 10, 10, "x", &plain, 200, 0);
	ck_assert(paper_close(p, NULL));
}
END_TEST

Suite *suite_paper(void);
Suite *suite_paper(void)
{
	Suite *s = suite_create("paper");
	TCase *t = tcase_create("paper");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_number_is_as_wide_either_way);
	tcase_add_test(t, lines_are_broken_and_cut_off);
	tcase_add_test(t, pages_are_written_as_they_are_full);
	tcase_add_test(t, other_scripts_and_no_letter_at_all);
	tcase_add_test(t, what_is_given_up_is_freed);
	suite_add_tcase(s, t);
	return s;
}
