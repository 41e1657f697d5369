/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/coded.h"

#include "proof/registers.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define FILE_NAME "seeds/chuong-trinh.yaml"

static struct reportcase *c;
static struct lists before, after;
static struct faults faults;
static int rows;

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	rows = 0;
}

static void teardown(void)
{
	reportcase_close(c);
	lists_finish(&before);
	lists_finish(&after);
	faults_finish(&faults);
	free(c);
}

static void code(struct lists *l, const char *text)
{
	struct code *one = codes_add(&l->codes[CODES_PROGRAMMES]);

	snprintf(one->code, sizeof(one->code), "%s", text);
}

static void row(const char *name, const char *prefix, json_t *fields)
{
	char id[ID_BYTES];

	snprintf(id, sizeof(id), "%s%d", prefix, ++rows);
	log_sample_add(&c->sample, registers_entry(name, json_pack("{s:o}", id, fields), "user:1",
						   "", NULL, NULL));
}

static void kept(const char *file, int want)
{
	struct err e;

	ck_assert(coded_kept(c->report.view, file, &before, &after, &faults, &e));
	ck_assert_int_eq(faults.count, want);
}

/* Of every register, each row once; what ends stays in the list; a list of another file is another
 * matter. */
START_TEST(rows_of_every_register_are_counted)
{
	code(&before, "P1");
	code(&before, "P1"); /* renamed from a day on */
	code(&before, "P2");
	code(&before, "P3");
	code(&after, "P2");
	row("products", "SP", json_pack("{s:s, s:[s, s]}", "title", "a", "programmes", "P2", "P1"));
	row("products", "SP", json_pack("{s:s, s:[s]}", "title", "b", "programmes", "P1"));
	row("activities", "HD", json_pack("{s:s, s:[s]}", "title", "c", "programmes", "P1"));
	row("activities", "HD", json_pack("{s:s, s:s}", "title", "P3", "note", "P3"));
	kept("seeds/tieng.yaml", 0);
	kept(FILE_NAME, 1);
	ck_assert_str_eq(faults.list[0].file, FILE_NAME);
	ck_assert_int_eq(faults.errors, 1);
	ck_assert_ptr_nonnull(strstr(fault_text(&faults.list[0]),
				     "P1: sổ theo dõi đã dùng mã này (Sản phẩm 2 dòng, "));
	ck_assert_ptr_nonnull(strstr(fault_text(&faults.list[0]), " 1 dòng) nên không bỏ được"));
}
END_TEST

START_TEST(what_nobody_uses_may_go)
{
	code(&before, "P1");
	kept(FILE_NAME, 0);
}
END_TEST

Suite *suite_coded(void);
Suite *suite_coded(void)
{
	Suite *s = suite_create("coded");
	TCase *t = tcase_create("coded");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, rows_of_every_register_are_counted);
	tcase_add_test(t, what_nobody_uses_may_go);
	suite_add_tcase(s, t);
	return s;
}
