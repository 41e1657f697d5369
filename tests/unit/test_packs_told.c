/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/packs_told.h"

#include "base/json.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;
static json_t *taken, *left;
static struct buf told;

static void begin(struct table_writer *w)
{
	(void)w;
}

static void row(struct table_writer *w, const struct table_cell *cells)
{
	(void)w, (void)cells;
}

static void note(struct table_writer *w, const char *text)
{
	buf_print(w->state, "%s\n", text);
}

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	left = json_array();
	taken = json_pack("{s:{s:s, s:s, s:s, s:s, s:I}}", "v/xa-1", "label", "xa-1", "path",
			  "a.zip", "root", "GOC", "vkey", "KHOA", "size", (json_int_t)7);
}

static void teardown(void)
{
	json_decref(taken);
	json_decref(left);
	buf_finish(&told);
	reportcase_close(c);
	free(c);
}

static void set_day(const char *key, struct date day)
{
	json_object_set_new(json_object_get(taken, "v/xa-1"), key,
			    json_integer(tz_wall(c->report.tz, day, 0).ns / NS_PER_MS));
}

static bool says(const char *words)
{
	static const struct table_format format = {begin, row, row, note, begin, NULL};
	struct table_writer w = {.format = &format, .state = &told};
	struct err e;

	buf_reset(&told);
	ck_assert(packs_told(&c->report, taken, left, &w, &e));
	table_finish(&w);
	return strstr(buf_str(&told), words) != NULL;
}

START_TEST(each_pack_and_each_left_out_is_named)
{
	json_array_append_new(left, json_string("b.zip: hỏng"));
	ck_assert(says("gói a.zip") && says("7 mục đã ký") && says("GOC") && says("KHOA"));
	ck_assert(says("BỊ LOẠI") && says("b.zip: hỏng"));
}
END_TEST

/* The report is of November. */
START_TEST(what_a_log_does_not_know_is_told)
{
	set_day("first_ms", (struct date){2026, 11, 1});
	set_day("last_ms", (struct date){2026, 12, 1});
	ck_assert(!says("LƯU Ý"));
	set_day("first_ms", (struct date){2026, 11, 2});
	ck_assert(says("bắt đầu lúc 2026-11-02"));
	set_day("first_ms", (struct date){2026, 10, 2});
	set_day("last_ms", (struct date){2026, 11, 30});
	ck_assert(says("chỉ kể đến 2026-11-30") && !says("bắt đầu lúc"));
}
END_TEST

Suite *suite_packs_told(void);
Suite *suite_packs_told(void)
{
	Suite *s = suite_create("packs_told");
	TCase *t = tcase_create("packs_told");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, each_pack_and_each_left_out_is_named);
	tcase_add_test(t, what_a_log_does_not_know_is_told);
	suite_add_tcase(s, t);
	return s;
}
