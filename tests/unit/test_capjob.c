/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/capjob.h"

#include "base/json.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64];

static void setup(void)
{
	char path[100];

	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/cap", dir);
	ck_assert_int_eq(mkdir(path, 0700), 0);
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

START_TEST(what_came_is_kept_by_its_hash)
{
	struct capjob j = {.dir = dir};
	char path[256];

	buf_text(&j.xml, "<html/>");
	ck_assert(capjob_work(&j));
	ck_assert_str_eq(json_get_text(j.read, "error", ""), "not-cap");
	snprintf(path, sizeof(path), "%s/cap/kept/%s.xml", dir, j.sha256);
	ck_assert_int_eq(access(path, R_OK), 0);
	capjob_finish(&j);
}
END_TEST

START_TEST(what_is_too_long_or_gone_is_not_read)
{
	struct capjob j = {.dir = dir};

	for (int i = 0; i <= CAP_BYTES_MAX / 8; i++)
		buf_text(&j.xml, "<a></a> ");
	ck_assert(capjob_work(&j));
	ck_assert_str_eq(json_get_text(j.read, "error", ""), "not-xml");
	capjob_finish(&j);
	snprintf(j.path, sizeof(j.path), "%s/khong-co", dir);
	ck_assert(capjob_work(&j));
	ck_assert_str_eq(json_get_text(j.read, "error", ""), "not-xml");
	capjob_finish(&j);
}
END_TEST

Suite *suite_capjob(void);
Suite *suite_capjob(void)
{
	Suite *s = suite_create("capjob");
	TCase *t = tcase_create("capjob");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_came_is_kept_by_its_hash);
	tcase_add_test(t, what_is_too_long_or_gone_is_not_read);
	suite_add_tcase(s, t);
	return s;
}
