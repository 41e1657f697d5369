/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/packs.h"

#include "base/json.h"
#include "proof/unparcel.h"
#include "support/parcelcase.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct parcelcase p;
static struct pack_wanted wanted;

static void setup(void)
{
	struct date day = {2026, 11, 23};
	struct err e;

	parcelcase_open(&p);
	ck_assert(parcelcase_make(&p));
	ck_assert_int_eq(setenv("TMPDIR", p.c.dir, 1), 0);
	wanted = (struct pack_wanted){.key_count = 0};
	ck_assert(period_range(day, day, &wanted.period, &e));
}

static void teardown(void)
{
	parcelcase_close(&p);
}

static int folders_left(void)
{
	DIR *d = opendir(p.c.dir);
	const struct dirent *one;
	int count = 0;

	while ((one = readdir(d)) != NULL)
		count += strncmp(one->d_name, "vangxa-verify-", 14) == 0;
	closedir(d);
	return count;
}

static void forget(json_t *told)
{
	struct unparcel u = {0};

	snprintf(u.dir, sizeof(u.dir), "%s", json_get_text(told, "dir", ""));
	unparcel_close(&u);
	json_decref(told);
}

/* Whichever is done first; what nobody asks for any more leaves nothing behind. */
START_TEST(many_come_in_their_order)
{
	struct arg_list paths = {.items = {"/khong/co.zip", p.path, p.path, p.path}, .count = 4};
	const char *path;
	struct err e;
	struct packs *packs = packs_start(&paths, &wanted, &e);

	ck_assert_msg(packs != NULL, "%s", e.text);
	json_t *told = packs_next(packs, &path);
	ck_assert_str_eq(path, "/khong/co.zip");
	ck_assert(!json_get_bool(told, "ok", true));
	forget(told);
	told = packs_next(packs, &path);
	ck_assert_str_eq(path, p.path);
	ck_assert_msg(json_get_bool(told, "ok", false), "%s", json_get_text(told, "why", ""));
	ck_assert_int_ge(folders_left(), 1);
	forget(told);
	packs_stop(packs);
	ck_assert_int_eq(folders_left(), 0);
}
END_TEST

START_TEST(none_come_behind_the_last)
{
	struct arg_list paths = {.items = {"/khong/co.zip"}, .count = 1};
	const char *path;
	struct err e;
	struct packs *packs = packs_start(&paths, &wanted, &e);

	forget(packs_next(packs, &path));
	ck_assert_ptr_null(packs_next(packs, &path));
	packs_stop(packs);
}
END_TEST

Suite *suite_packs(void);
Suite *suite_packs(void)
{
	Suite *s = suite_create("packs");
	TCase *t = tcase_create("packs");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, many_come_in_their_order);
	tcase_add_test(t, none_come_behind_the_last);
	suite_add_tcase(s, t);
	return s;
}
