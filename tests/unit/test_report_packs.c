/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of packs, and of none. Figures and bad packs: tests/e2e/test_merge.sh. */
#include "cli/report_packs.h"

#include "base/json.h"
#include "support/parcelcase.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct parcelcase p;
static struct arg_list paths, keys;
static struct report_packs asked;
static struct err e;
static char *text;
static int left;

static void setup(void)
{
	struct date day = {2026, 11, 23};

	parcelcase_open(&p);
	ck_assert(parcelcase_make(&p));
	ck_assert_int_eq(setenv("TMPDIR", p.c.dir, 1), 0);
	paths = keys = (struct arg_list){.count = 0};
	asked = (struct report_packs){.paths = &paths, .keys = &keys, .table = "A",
				      .data = p.c.dir, .filter = {.only = -1}};
	ck_assert(period_range(day, day, &asked.period, &e));
	text = NULL;
}

static void teardown(void)
{
	free(text);
	parcelcase_close(&p);
}

static bool write(const char *first, const char *second)
{
	size_t len;
	FILE *out = open_memstream(&text, &len);
	struct table_writer w = {.out = out, .format = &table_csv};

	paths = (struct arg_list){.items = {first, second}, .count = second != NULL ? 2 : 1};
	bool ok = report_packs_write(&asked, &w, &left, &e);
	table_finish(&w);
	fclose(out);
	return ok;
}

START_TEST(one_that_is_none_is_named_and_left_out)
{
	ck_assert_msg(write("/khong/co.zip", p.path), "%s", e.text);
	ck_assert_int_eq(left, 1);
	ck_assert_ptr_nonnull(strstr(text, "/khong/co.zip"));
	ck_assert_ptr_nonnull(strstr(text, p.path));
	ck_assert_ptr_nonnull(strstr(text, "1 trên 2"));
}
END_TEST

START_TEST(of_no_pack_there_is_no_table)
{
	ck_assert(!write("/khong/co.zip", NULL));
	ck_assert_int_eq(left, 1);
	ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(an_unknown_table_is_said_before_any_pack_is_looked_at)
{
	asked.table = "Z";
	ck_assert(!write(p.path, NULL));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_int_eq(left, 0);
}
END_TEST

START_TEST(targets_stand_there_once)
{
	asked.table = "D";
	ck_assert_msg(write(p.path, p.path), "%s", e.text);
	ck_assert_int_eq(left, 1); /* given twice */
}
END_TEST

/* A zone is one of its station, a programme of all. */
START_TEST(what_is_divided_has_a_row_for_all_stations)
{
	asked.table = "B";
	asked.by = REPORT_BY_PROGRAMME;
	ck_assert_msg(write(p.path, NULL), "%s", e.text);
	ck_assert_ptr_null(strstr(text, "Đài,"));
	free(text);
	asked.by = REPORT_BY_PLACE;
	ck_assert_msg(write(p.path, NULL), "%s", e.text);
	ck_assert_ptr_nonnull(strstr(text, "Cụm loa"));
	ck_assert_ptr_nonnull(strstr(text, "Đài"));
}
END_TEST

static void write_model(void)
{
	char file[PATH_BYTES];

	snprintf(file, sizeof(file), "%s/seeds", p.c.dir);
	ck_assert_int_eq(mkdir(file, 0700), 0);
	snprintf(file, sizeof(file), "%s/seeds/mau-bao-cao.yaml", p.c.dir);
	FILE *f = fopen(file, "we");
	ck_assert_ptr_nonnull(f);
	fputs("mau_bao_cao:\n  - {ma: ngay, ten: Ngày, ky: ngay, trich_yeu: Kết quả, phan: "
	      "[{de_muc: Một, gom: [tong-so]}]}\n", f);
	ck_assert_int_eq(fclose(f), 0);
}

/* The packs are named in the document itself, and one that is left out. */
START_TEST(the_report_in_words_names_its_packs)
{
	size_t len;
	FILE *out = open_memstream(&text, &len);

	paths = (struct arg_list){.items = {"/khong/co.zip", p.path}, .count = 2};
	asked.table = "tom-tat";
	write_model();
	ck_assert_msg(report_packs_tell(&asked, document_json, out, &left, &e), "%s", e.text);
	fclose(out);
	ck_assert_int_eq(left, 1);
	ck_assert_ptr_nonnull(strstr(text, "BỊ LOẠI"));
	ck_assert_ptr_nonnull(strstr(text, p.path));
	ck_assert_ptr_nonnull(strstr(text, "Kết quả chung"));
}
END_TEST

Suite *suite_report_packs(void);
Suite *suite_report_packs(void)
{
	Suite *s = suite_create("report_packs");
	TCase *t = tcase_create("report_packs");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, one_that_is_none_is_named_and_left_out);
	tcase_add_test(t, of_no_pack_there_is_no_table);
	tcase_add_test(t, an_unknown_table_is_said_before_any_pack_is_looked_at);
	tcase_add_test(t, targets_stand_there_once);
	tcase_add_test(t, the_report_in_words_names_its_packs);
	tcase_add_test(t, what_is_divided_has_a_row_for_all_stations);
	suite_add_tcase(s, t);
	return s;
}
