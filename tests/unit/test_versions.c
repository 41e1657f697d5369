/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/versions.h"

#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

START_TEST(what_stands_there_is_kept_under_its_hash)
{
	char sha256[SHA256_HEX_BYTES], other[SHA256_HEX_BYTES];
	struct buf text = {0}, kept = {0};
	struct err e = {0};

	ck_assert(disk_read(c.desk.disk, "schedules/thu.yaml", 1 << 20, &text, &e));
	versions_hash(buf_str(&text), text.len, sha256);
	ck_assert(!versions_has(c.desk.disk, sha256));
	for (int i = 0; i < 2; i++)
		ck_assert(versions_keep(c.desk.disk, "schedules/thu.yaml", sha256, &e));
	ck_assert(versions_has(c.desk.disk, sha256));
	ck_assert(versions_read(c.desk.disk, sha256, &kept, &e));
	ck_assert_str_eq(buf_str(&kept), buf_str(&text));
	versions_hash("x", 1, other); /* something else stands there by now */
	ck_assert(versions_keep(c.desk.disk, "schedules/thu.yaml", other, &e));
	ck_assert(!versions_has(c.desk.disk, other));
	buf_finish(&text);
	buf_finish(&kept);
}
END_TEST

START_TEST(only_hashes_are_asked_for)
{
	static const char *const names[] = {"", "../station", "ABC"};
	struct buf text = {0};

	char almost[SHA256_HEX_BYTES];
	versions_hash("x", 1, almost);
	almost[5] = 'g';
	ck_assert(!versions_has(c.desk.disk, almost));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct err e = {0};
		ck_assert(!versions_read(c.desk.disk, names[i], &text, &e));
		ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	}
	buf_finish(&text);
}
END_TEST

START_TEST(a_file_is_replaced_as_a_whole)
{
	struct buf text = {0};
	struct err e = {0};
	char path[128];

	ck_assert(versions_replace(c.desk.disk, "schedules/thu.yaml", "mới", 4, &e));
	ck_assert(disk_read(c.desk.disk, "schedules/thu.yaml", 100, &text, &e));
	ck_assert_uint_eq(text.len, 4);
	buf_finish(&text);
	snprintf(path, sizeof(path), "%s/schedules/.thu.yaml.new", c.dir);
	ck_assert_int_ne(access(path, F_OK), 0);
	ck_assert(versions_replace(c.desk.disk, "khac/a.yaml", "x", 1, &e)); /* a new folder */
}
END_TEST

Suite *suite_versions(void)
{
	Suite *s = suite_create("versions");
	TCase *t = tcase_create("versions");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_stands_there_is_kept_under_its_hash);
	tcase_add_test(t, only_hashes_are_asked_for);
	tcase_add_test(t, a_file_is_replaced_as_a_whole);
	suite_add_tcase(s, t);
	return s;
}
