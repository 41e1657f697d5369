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
	return yamlnode_get(tree.root, "v");
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

	ck_assert(yamlread_text(&r, "v", value("xã Bù"), text, sizeof(text)));
	ck_assert_str_eq(text, "xã Bù");
	ck_assert(yamlread_number(&r, "v", value("-6.5"), -60, 12, "dB", &number));
	ck_assert_double_eq(number, -6.5);
	ck_assert(yamlread_int(&r, "v", value("8"), 1, 8, &whole));
	ck_assert_int_eq(whole, 8);
	ck_assert(yamlread_bool(&r, "v", value("có"), &flag) && flag);
	ck_assert(yamlread_bool(&r, "v", value("No"), &flag) && !flag);
	ck_assert(yamlread_time(&r, "v", value("23:59:59"), &s));
	ck_assert_int_eq(s, 86399);
	ck_assert(yamlread_duration(&r, "v", value("1h30m"), 1, 86400, &s));
	ck_assert_int_eq(s, 5400);
	ck_assert(yamlread_date(&r, "v", value("2028-02-29"), &d));
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

	ck_assert(!yamlread_text(&r, "v", value("tám byte trở lên"), text, sizeof(text)));
	ck_assert(!yamlread_text(&r, "v", value("[a]"), text, sizeof(text)));
	ck_assert(!yamlread_text(&r, "v", value("\"a\\nb\""), text, sizeof(text)));
	ck_assert(!yamlread_text(&r, "v", value(""), text, sizeof(text)));
	ck_assert(!yamlread_number(&r, "v", value("12.5"), -60, 12, "dB", &number));
	ck_assert(!yamlread_number(&r, "v", value("nan"), -60, 12, "dB", &number));
	ck_assert(!yamlread_number(&r, "v", value("0x4"), -60, 12, "dB", &number));
	ck_assert(!yamlread_int(&r, "v", value("1.5"), 1, 8, &whole));
	ck_assert(!yamlread_bool(&r, "v", value("maybe"), &flag));
	ck_assert(!yamlread_time(&r, "v", value("25:00"), &s));
	ck_assert(!yamlread_time(&r, "v", value("5:30"), &s));
	ck_assert(!yamlread_duration(&r, "v", value("0"), 1, 86400, &s));
	ck_assert(!yamlread_duration(&r, "v", value("25h"), 1, 86400, &s));
	ck_assert(!yamlread_date(&r, "v", value("2026-02-30"), &d));
	ck_assert(!yamlread_date(&r, "v", value("0001-01-01"), &d));
	ck_assert_int_eq(faults.errors, 15);
	ck_assert_ptr_nonnull(case_fault(&faults, 1, "25:00"));
}
END_TEST

START_TEST(names_the_nearest_key)
{
	static const char *const known[] = {"length", "start", "days", NULL};

	snprintf(r.where, sizeof(r.where), "khung giờ \"Sáng\"");
	ck_assert(yamlread_keys(&r, value("{lenght: 1, start: 2, màu: 3}"), known));
	ck_assert_int_eq(faults.count, 2);
	ck_assert_ptr_nonnull(case_fault(&faults, 1, "khung giờ \"Sáng\": không có khóa "
						     "\"lenght\"; ý bạn là \"length\"?"));
	ck_assert_ptr_nonnull(case_fault(&faults, 1, "length, start, days"));
	ck_assert(!yamlread_keys(&r, value("chữ"), known));
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

	ck_assert(yamlread_words(&r, "v", value("level, language ,oldest"), join, all));
	ck_assert_str_eq(all, "<level<language<oldest");
	all[0] = '\0';
	ck_assert(yamlread_words(&r, "v", value("[a b, c]"), join, all));
	ck_assert_str_eq(all, "<a b<c");
	all[0] = '\0';
	ck_assert(yamlread_words(&r, "v", value(""), join, all));
	ck_assert_str_eq(all, "");
	ck_assert(!yamlread_words(&r, "v", value("a,,b"), join, all));
	ck_assert_str_eq(all, "<a<b");
	all[0] = '\0';
	ck_assert(!yamlread_words(&r, "v", value("[a, [b], c]"), join, all));
	ck_assert_str_eq(all, "<a<c");
	ck_assert(!yamlread_words(&r, "v", value("{a: b}"), join, all));
	all[0] = '\0';
	ck_assert(!yamlread_words(&r, "v", value("sai, đúng"), join, all));
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
	tcase_add_test(t, splits_words);
	suite_add_tcase(s, t);
	return s;
}
