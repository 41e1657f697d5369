/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/path.h"

#include <check.h>
#include <string.h>

#define HEX62 "23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define SHA256 "01" HEX62

START_TEST(a_master_lies_under_its_name)
{
	char path[PATH_MASTER_BYTES], deep[PATH_BYTES];

	path_master(path, "/var/lib/xa", SHA256, ".flac");
	ck_assert_str_eq(path, "/var/lib/xa/masters/" SHA256 ".flac");
	memset(deep, 'd', sizeof(deep) - 1);
	deep[sizeof(deep) - 1] = '\0';
	path_master(path, deep, SHA256, ".print");
	ck_assert_str_eq(path + strlen(path) - 6, ".print");
}
END_TEST

START_TEST(nothing_else_becomes_part_of_a_path)
{
	ck_assert(path_is_sha256(SHA256));
	ck_assert(!path_is_sha256(""));
	ck_assert(!path_is_sha256(SHA256 "0"));
	ck_assert(!path_is_sha256(SHA256 "/../x"));
	ck_assert(!path_is_sha256("AB" HEX62));
	ck_assert(!path_is_sha256("/." HEX62));
}
END_TEST

Suite *suite_path(void);
Suite *suite_path(void)
{
	Suite *s = suite_create("path");
	TCase *t = tcase_create("path");

	tcase_add_test(t, a_master_lies_under_its_name);
	tcase_add_test(t, nothing_else_becomes_part_of_a_path);
	suite_add_tcase(s, t);
	return s;
}
