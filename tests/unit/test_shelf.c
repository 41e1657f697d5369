/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/shelf.h"

#include "proof/merkle.h"
#include "support/notary_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct buf got;

static void teardown(void)
{
	buf_finish(&got);
	case_teardown();
}

static bool ask(const char *path)
{
	struct tile_name t;

	buf_reset(&got);
	ck_assert_msg(shelf_kind(path, &t) == SHELF_TILE, "%s", path);
	return shelf_read(case_disk(), &t, &got, &case_err);
}

START_TEST(any_width_comes_from_the_one_that_is_there)
{
	struct buf whole = {0};

	case_add(300);
	ck_assert(!case_there("log/tile/0/001.p/7") && case_there("log/tile/0/001.p/44"));
	ck_assert(ask("log/tile/0/001.p/44"));
	buf_add(&whole, got.data, got.len);
	for (size_t w = 1; w <= 44; w++) {
		char path[64];

		snprintf(path, sizeof(path), "log/tile/0/001.p/%d", (int)w);
		ck_assert_msg(ask(path), "%s", path);
		ck_assert_uint_eq(got.len, w * HASH_BYTES);
		ck_assert_mem_eq(got.data, whole.data, got.len);
	}
	ck_assert(ask("log/tile/0/000") && got.len == 256 * HASH_BYTES);
	ck_assert(ask("log/tile/0/000.p/255") && got.len == 255 * HASH_BYTES);
	ck_assert(ask("log/tile/1/000.p/1") && got.len == HASH_BYTES);
	buf_finish(&whole);
}
END_TEST

START_TEST(bundles_are_cut_behind_an_entry)
{
	struct buf two = {0};

	case_add(260);
	ck_assert(ask("log/tile/entries/001.p/2"));
	buf_add(&two, got.data, got.len);
	ck_assert(got.data[got.len - 1] == '\n');
	ck_assert(ask("log/tile/entries/001.p/3") && got.len > two.len);
	ck_assert_mem_eq(got.data, two.data, two.len);
	ck_assert(ask("log/tile/entries/000.p/2") && ask("log/tile/entries/000"));
	buf_finish(&two);
}
END_TEST

START_TEST(more_than_is_there_is_not_found)
{
	static const char *const paths[] = {
		"log/tile/0/001.p/5", "log/tile/0/001",	  "log/tile/1/000.p/2",
		"log/tile/2/000.p/1", "log/tile/0/x001/000", "log/tile/entries/001.p/5",
		"log/tile/entries/002.p/1", "log-2/tile/0/000"};

	case_add(260);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		ck_assert_msg(!ask(paths[i]), "%s", paths[i]);
		ck_assert_int_eq(case_err.kind, ERR_NOT_FOUND);
		ck_assert_msg(strstr(case_err.text, paths[i]) != NULL, "%s", case_err.text);
		ck_assert_uint_eq(got.len, 0);
	}
	case_overwrite("log/tile/entries/000", "\0\5{}\n", 5);
	ck_assert(!ask("log/tile/entries/000.p/1"));
}
END_TEST

START_TEST(nothing_else_has_a_name)
{
	static const char *const heads[] = {"log/checkpoint", "log/vkey", "log-2/checkpoint",
					    "log-31/vkey", "log/witnessed"};
	static const char *const none[] = {
		"", "log", "log/", "log/key", "key", "log/reserve", "log/../key",
		"log//checkpoint", "/log/checkpoint", "log/checkpoint/", "log/checkpoint.new",
		"log-1/vkey", "log-0/vkey", "logs/vkey", "heads/1",
		"log/tile/entries/../../../key", "view.sqlite",
		"a-very-long-folder-of-nobody-at-all/vkey"};
	struct tile_name t;

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		ck_assert_msg(shelf_kind(heads[i], &t) == SHELF_HEAD, "%s", heads[i]);
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		ck_assert_msg(shelf_kind(none[i], &t) == SHELF_NONE, "%s", none[i]);
}
END_TEST

Suite *suite_shelf(void);
Suite *suite_shelf(void)
{
	Suite *s = suite_create("shelf");
	TCase *t = tcase_create("shelf");

	tcase_add_checked_fixture(t, case_setup, teardown);
	tcase_add_test(t, any_width_comes_from_the_one_that_is_there);
	tcase_add_test(t, bundles_are_cut_behind_an_entry);
	tcase_add_test(t, more_than_is_there_is_not_found);
	tcase_add_test(t, nothing_else_has_a_name);
	suite_add_tcase(s, t);
	return s;
}
