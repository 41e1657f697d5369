/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/parcel.h"

#include "proof/entry.h"
#include "support/parcelcase.h"
#include "support/zipfile.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct parcelcase p;
static struct buf got;

static void setup(void)
{
	parcelcase_open(&p);
}

static void teardown(void)
{
	buf_finish(&got);
	parcelcase_close(&p);
}

START_TEST(all_is_there_in_one_order)
{
	int64_t n = ledger_next(p.c.desk.ledger);
	char want[700];

	snprintf(want, sizeof(want),
		 "DOC-TRUOC.txt\nREADME.txt\npack.json\nverify.py\nlog/checkpoint\n"
		 "log/tile/0/000.p/%d\nlog/tile/entries/000.p/%d\nlog/vkey\ntables/airings.csv\n"
		 "tables/events.csv\ntables/masters.csv\n" PARCELCASE_RECORDING
		 "\ntables/recordings.csv\n",
		 (int)n, (int)n);
	ck_assert_msg(parcelcase_make(&p), "%s", p.e.text);
	zipfile_names(p.path, &got);
	ck_assert_str_eq(buf_str(&got), want);
}
END_TEST

START_TEST(the_log_is_as_it_stands)
{
	struct buf mine = {0};

	ck_assert(parcelcase_make(&p));
	ck_assert(zipfile_member(p.path, "log/checkpoint", &got));
	ck_assert(disk_read(p.c.desk.disk, "log/checkpoint", 100000, &mine, &p.e));
	ck_assert_str_eq(buf_str(&got), buf_str(&mine));
	buf_finish(&mine);
}
END_TEST

START_TEST(twice_the_same_bytes)
{
	struct buf again = {0};

	ck_assert(parcelcase_make(&p));
	ck_assert(disk_read(p.c.desk.disk, "goi.zip", 1 << 20, &got, &p.e));
	ck_assert(parcelcase_make(&p));
	ck_assert(disk_read(p.c.desk.disk, "goi.zip", 1 << 20, &again, &p.e));
	ck_assert_uint_eq(got.len, again.len);
	ck_assert_mem_eq(got.data, again.data, got.len);
	buf_finish(&again);
}
END_TEST

START_TEST(an_empty_period_still_has_the_log)
{
	p.parcel.first = p.parcel.last = (struct date){2020, 2, 29};
	ck_assert_msg(parcelcase_make(&p), "%s", p.e.text);
	zipfile_names(p.path, &got);
	ck_assert(strstr(buf_str(&got), "log/tile/entries/") != NULL);
	ck_assert(strstr(buf_str(&got), "aircheck") == NULL);
	buf_reset(&got);
	ck_assert(zipfile_member(p.path, "tables/events.csv", &got));
	ck_assert_ptr_eq(strchr(buf_str(&got), '\n') + 1, buf_str(&got) + got.len);
}
END_TEST

START_TEST(a_head_that_outsiders_signed_goes_along)
{
	struct buf seen = {0};
	int64_t n;

	ck_assert(disk_read(p.c.desk.disk, "log/checkpoint", 1000, &seen, &p.e));
	ck_assert(disk_put(p.c.desk.disk, "log/witnessed", seen.data, seen.len, &p.e));
	ck_assert(ledger_append(p.c.desk.ledger, entry_station_stopped("x", NULL), &n, &p.e));
	ck_assert_msg(parcelcase_make(&p), "%s", p.e.text);
	ck_assert(zipfile_member(p.path, "log/witnessed", &got));
	ck_assert_str_eq(buf_str(&got), buf_str(&seen));
	seen.data[0] ^= 1;
	ck_assert(disk_put(p.c.desk.disk, "log/witnessed", seen.data, seen.len, &p.e));
	ck_assert_msg(parcelcase_make(&p), "%s", p.e.text);
	ck_assert(!zipfile_member(p.path, "log/witnessed", &got));
	buf_finish(&seen);
}
END_TEST

/* As while a witness is asked. The tables tell of what no head covers yet: so it is there. */
START_TEST(what_is_not_signed_yet_goes_along)
{
	int64_t n = ledger_next(p.c.desk.ledger);
	struct buf older = {0};
	char path[64];

	ck_assert(disk_read(p.c.desk.disk, "log/checkpoint", 100000, &older, &p.e));
	deskcase_add(&p.c, "Tin");
	ck_assert(disk_put(p.c.desk.disk, "log/checkpoint", older.data, older.len, &p.e));
	ck_assert_msg(parcelcase_make(&p), "%s", p.e.text);
	ck_assert_int_gt(ledger_next(p.c.desk.ledger), n);
	n = ledger_next(p.c.desk.ledger);
	snprintf(path, sizeof(path), "log/tile/entries/000.p/%d", (int)n);
	ck_assert(zipfile_member(p.path, path, &got));
	buf_finish(&older);
}
END_TEST

START_TEST(what_was_signed_and_is_gone_is_named)
{
	int64_t n = ledger_next(p.c.desk.ledger);
	char path[64];

	snprintf(path, sizeof(path), "log/tile/0/000.p/%d", (int)n);
	ck_assert(disk_remove(p.c.desk.disk, path, &p.e));
	/* As long as a writer is at work a growing tile follows from the entries. */
	ck_assert(parcelcase_make(&p));
	ck_assert(disk_remove(p.c.desk.disk, "log/recent", &p.e));
	ck_assert(!parcelcase_make(&p));
	ck_assert_int_eq(p.e.kind, ERR_DIFFERS);
	ck_assert_msg(strstr(p.e.text, path) != NULL, "%s", p.e.text);
	ck_assert(disk_remove(p.c.desk.disk, "log/checkpoint", &p.e));
	ck_assert(!parcelcase_make(&p) && p.e.kind == ERR_NOT_FOUND);
}
END_TEST

Suite *suite_parcel(void);
Suite *suite_parcel(void)
{
	Suite *s = suite_create("parcel");
	TCase *t = tcase_create("parcel");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, all_is_there_in_one_order);
	tcase_add_test(t, the_log_is_as_it_stands);
	tcase_add_test(t, twice_the_same_bytes);
	tcase_add_test(t, an_empty_period_still_has_the_log);
	tcase_add_test(t, a_head_that_outsiders_signed_goes_along);
	tcase_add_test(t, what_is_not_signed_yet_goes_along);
	tcase_add_test(t, what_was_signed_and_is_gone_is_named);
	suite_add_tcase(s, t);
	return s;
}
