/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_all.h"

#include "support/reportcase.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct reportcase *c;
static char dir[64];
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
	tmpdir_remove(dir);
}

static bool is_there(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/forms/%s", dir, name);
	return access(path, F_OK) == 0;
}

static void make(void)
{
	char path[80];

	snprintf(path, sizeof(path), "%s/forms", dir);
	ck_assert_msg(report_all(&c->report, path, &e), "%s", e.text);
}

START_TEST(an_empty_month_has_its_checklist_alone)
{
	make();
	ck_assert(is_there("F.csv") && is_there("F.pdf") && is_there("F.xlsx"));
	ck_assert(!is_there("A.csv") && !is_there("A.pdf") && !is_there("C.csv"));
}
END_TEST

START_TEST(what_says_something_is_there_in_each_format)
{
	reportcase_fill(c, 1);
	make();
	ck_assert(is_there("A.csv") && is_there("A.pdf") && is_there("A.xlsx"));
	ck_assert(is_there("B.pdf") && !is_there("D.csv"));
	make(); /* once more, over the same files */
}
END_TEST

START_TEST(it_needs_the_days_of_every_table)
{
	struct report_target t = {.measure = REPORT_AIRINGS, .programme = "", .kind = "",
				  .from = {2026, 3, 1}, .to = {2026, 12, 31}};

	ck_assert_int_eq(date_compare(report_all_first(&c->report), c->report.period.first), 0);
	c->report.targets = &t;
	c->report.target_count = 1;
	ck_assert_int_eq(date_compare(report_all_first(&c->report), t.from), 0);
}
END_TEST

Suite *suite_report_all(void);
Suite *suite_report_all(void)
{
	Suite *s = suite_create("report_all");
	TCase *t = tcase_create("report_all");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, an_empty_month_has_its_checklist_alone);
	tcase_add_test(t, what_says_something_is_there_in_each_format);
	tcase_add_test(t, it_needs_the_days_of_every_table);
	suite_add_tcase(s, t);
	return s;
}
