/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/yamlread.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct yamltree tree;
static struct faults faults;
static struct yamlread r = {.file = "a.yaml", .faults = &faults};

static const struct yamlnode *value(const char *text)
{
	char line[256];

	yamltree_finish(&tree);
	snprintf(line, sizeof(line), "v: %s\n", text);
	ck_assert(yamltree_parse(&tree, "a.yaml", line, strlen(line), &faults));
	return tree.root;
}

static void finish(void)
{
	yamltree_finish(&tree);
	faults_finish(&faults);
	r.where[0] = '\0';
}

START_TEST(reads_each_kind)
{
	char text[8];
	double number;
	int whole;
	bool flag;
	int32_t s;
	struct date d;

	ck_assert(yamlread_text(&r, value("xã Bù"), "v", text, sizeof(text)));
	ck_assert_str_eq(text, "xã Bù");
	ck_assert(yamlread_number(&r, value("-6.5"), "v", -60, 12, "dB", &number));
	ck_assert_double_eq(number, -6.5);
	ck_assert(yamlread_int(&r, value("8"), "v", 1, 8, &whole));
	ck_assert_int_eq(whole, 8);
	ck_assert(yamlread_bool(&r, value("có"), "v", &flag) && flag);
	ck_assert(yamlread_bool(&r, value("No"), "v", &flag) && !flag);
	ck_assert(yamlread_time(&r, value("23:59:59"), "v", &s));
	ck_assert_int_eq(s, 86399);
	ck_assert(yamlread_duration(&r, value("1h30m"), "v", 1, 86400, &s));
	ck_assert_int_eq(s, 5400);
	ck_assert(yamlread_date(&r, value("2028-02-29"), "v", &d));
	ck_assert_int_eq(d.day, 29);
	ck_assert_int_eq(faults.count, 0);
}
END_TEST

START_TEST(refuses_each_kind)
{
	char text[8];
	double number;
	int whole;
	bool flag;
	int32_t s;
	struct date d;

	ck_assert(!yamlread_text(&r, value("tám byte trở lên"), "v", text, sizeof(text)));
	ck_assert(!yamlread_text(&r, value("[a]"), "v", text, sizeof(text)));
	ck_assert(!yamlread_text(&r, value("\"a\\nb\""), "v", text, sizeof(text)));
	ck_assert(!yamlread_text(&r, value(""), "v", text, sizeof(text)));
	ck_assert(!yamlread_number(&r, value("12.5"), "v", -60, 12, "dB", &number));
	ck_assert(!yamlread_number(&r, value("nan"), "v", -60, 12, "dB", &number));
	ck_assert(!yamlread_number(&r, value("0x4"), "v", -60, 12, "dB", &number));
	ck_assert(!yamlread_int(&r, value("1.5"), "v", 1, 8, &whole));
	ck_assert(!yamlread_bool(&r, value("maybe"), "v", &flag));
	ck_assert(!yamlread_time(&r, value("25:00"), "v", &s));
	ck_assert(!yamlread_time(&r, value("5:30"), "v", &s));
	ck_assert(!yamlread_duration(&r, value("0"), "v", 1, 86400, &s));
	ck_assert(!yamlread_duration(&r, value("25h"), "v", 1, 86400, &s));
	ck_assert(!yamlread_date(&r, value("2026-02-30"), "v", &d));
	ck_assert(!yamlread_date(&r, value("0001-01-01"), "v", &d));
	ck_assert_int_eq(faults.errors, 15);
	ck_assert_ptr_nonnull(case_fault(&faults, 1, "25:00"));
}
END_TEST

START_TEST(a_key_that_is_not_there_is_told_only_where_it_is_needed)
{
	int32_t s = 7;
	struct date d = {.year = 9};

	ck_assert(!yamlread_time(&r, value("05:30"), "w", &s) && s == 7);
	ck_assert(!yamlread_date(&r, value("2026-01-01"), "w", &d) && d.year == 9);
	ck_assert_int_eq(faults.count, 0);
	ck_assert(yamlread_need(&r, value("1"), "v", "thiếu v"));
	ck_assert(!yamlread_need(&r, value("1"), "start", "thiếu start"));
	ck_assert_int_eq(faults.count, 1);
	ck_assert_ptr_nonnull(case_fault(&faults, 1, "thiếu start"));
	ck_assert(!yamlread_need(&r, yamlnode_get(value("{strat: 1}"), "v"), "start", "thiếu"));
	ck_assert_int_eq(faults.count, 1); /* yamlread_keys tells it */
}
END_TEST

START_TEST(names_the_nearest_key)
{
	static const char *const known[] = {"length", "start", "days", NULL};

	snprintf(r.where, sizeof(r.where), "khung giờ \"Sáng\"");
	const struct yamlnode *root = value("{lenght: 1, start: 2, màu: 3}");

	ck_assert(yamlread_keys(&r, yamlnode_get(root, "v"), known));
	ck_assert_int_eq(faults.count, 2);
	ck_assert_ptr_nonnull(case_fault(&faults, 1, "khung giờ \"Sáng\": không có khóa "
						     "\"lenght\"; ý bạn là \"length\"?"));
	ck_assert_ptr_nonnull(case_fault(&faults, 1, "length, start, days"));
	ck_assert(!yamlread_keys(&r, yamlnode_get(value("chữ"), "v"), known));
	ck_assert_int_eq(faults.count, 3);
}
END_TEST

static bool join(struct yamlread *reader, int line, const char *word, void *arg)
{
	ck_assert_ptr_eq(reader, &r);
	ck_assert_int_eq(line, 1);
	size_t len = strlen(arg);
	snprintf((char *)arg + len, 64 - len, "<%s", word);
	return strcmp(word, "sai") != 0;
}

START_TEST(splits_words)
{
	char all[64] = "";

	ck_assert(yamlread_words(&r, value("level, language ,oldest"), "v", join, all));
	ck_assert_str_eq(all, "<level<language<oldest");
	all[0] = '\0';
	ck_assert(yamlread_words(&r, value("[a b, c]"), "v", join, all));
	ck_assert_str_eq(all, "<a b<c");
	all[0] = '\0';
	ck_assert(yamlread_words(&r, value(""), "v", join, all));
	ck_assert_str_eq(all, "");
	ck_assert(!yamlread_words(&r, value("a,,b"), "v", join, all));
	ck_assert_str_eq(all, "<a<b");
	all[0] = '\0';
	ck_assert(!yamlread_words(&r, value("[a, [b], c]"), "v", join, all));
	ck_assert_str_eq(all, "<a<c");
	ck_assert(!yamlread_words(&r, value("{a: b}"), "v", join, all));
	all[0] = '\0';
	ck_assert(!yamlread_words(&r, value("sai, đúng"), "v", join, all));
	ck_assert_str_eq(all, "<sai<đúng");
}
END_TEST

Suite *suite_yamlread(void);
Suite *suite_yamlread(void)
{
	Suite *s = suite_create("yamlread");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, NULL, finish);
	tcase_add_test(t, reads_each_kind);
	tcase_add_test(t, refuses_each_kind);
	tcase_add_test(t, names_the_nearest_key);
	tcase_add_test(t, a_key_that_is_not_there_is_told_only_where_it_is_needed);
	tcase_add_test(t, splits_words);
	suite_add_tcase(s, t);
	return s;
}
