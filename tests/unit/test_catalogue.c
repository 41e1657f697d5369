/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/catalogue.h"

#include "base/json.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"
#include "sys/disk.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static char dir[64];
static struct disk_real real;
static struct warnings w;
static struct err e;

static void setup(void)
{
	char seeds[80];

	tmpdir_make(dir);
	snprintf(seeds, sizeof(seeds), "%s/seeds", dir);
	ck_assert_int_eq(mkdir(seeds, 0755), 0);
	ck_assert_msg(disk_real_open(&real, dir, &e), "%s", e.text);
	w = (struct warnings){""};
}

static void teardown(void)
{
	disk_real_close(&real);
	tmpdir_remove(dir);
}

static void list(const char *text)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/seeds/tieng.yaml", dir);
	file_save(path, text, strlen(text));
}

static bool has(const char *code)
{
	e = (struct err){0};
	return catalogue_has(CODES_LANGUAGES, &real.disk, code, &w, &e);
}

START_TEST(only_codes_of_the_list)
{
	list("tieng:\n  - {ma: vi, ten: Tiếng Việt}\n  - {ma: stieng}\n");
	ck_assert(has("vi") && has("stieng"));
	ck_assert(!has("klingon"));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(e.text, "klingon"));
	ck_assert_ptr_nonnull(strstr(e.text, "seeds/tieng.yaml: vi, stieng;"));
	ck_assert(!has("v"));
	ck_assert_str_eq(w.text, "");
	/* A line added to the file holds at once. */
	list("tieng: [{ma: vi}, {ma: klingon}]\n");
	ck_assert(has("klingon"));
}
END_TEST

START_TEST(a_station_without_a_list_takes_every_code)
{
	ck_assert(has("vi") && has("klingon"));
	ck_assert_str_eq(w.text, "");
}
END_TEST

static const char *const broken[] = {"tieng: [", "tieng: vi\n", "- {ma: vi}\n", "", "\xff"};

START_TEST(a_broken_list_refuses_nothing_but_is_told)
{
	list(broken[_i]);
	ck_assert(has("klingon"));
	ck_assert_ptr_nonnull(strstr(w.text, "seeds/tieng.yaml"));
}
END_TEST

START_TEST(a_long_list_is_not_read_out)
{
	char text[4000] = "tieng:\n";

	for (int i = 0; i < 100; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "  - {ma: t%d}\n", i);
	list(text);
	ck_assert(has("t99"));
	ck_assert(!has("t100"));
	ck_assert_ptr_null(strstr(e.text, "t98"));
}
END_TEST

START_TEST(the_list_itself_with_names_and_days)
{
	list("tieng:\n  - {ma: vi, ten: Tiếng Việt}\n  - {ten: x}\n  - {ma: cu, to: 2025-12-31}\n");
	json_t *all = catalogue_list(CODES_LANGUAGES, &real.disk);
	ck_assert_uint_eq(json_array_size(all), 2);
	ck_assert_str_eq(json_get_text(json_array_get(all, 0), "name", ""), "Tiếng Việt");
	ck_assert_str_eq(json_get_text(json_array_get(all, 1), "to", ""), "2025-12-31");
	json_decref(all);
	all = catalogue_list(CODES_PROGRAMMES, &real.disk);
	ck_assert_uint_eq(json_array_size(all), 0);
	json_decref(all);
	list("[1");
	all = catalogue_list(CODES_LANGUAGES, &real.disk);
	ck_assert_uint_eq(json_array_size(all), 0);
	json_decref(all);
}
END_TEST

Suite *suite_catalogue(void);
Suite *suite_catalogue(void)
{
	Suite *s = suite_create("catalogue");
	TCase *t = tcase_create("catalogue");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, only_codes_of_the_list);
	tcase_add_test(t, a_station_without_a_list_takes_every_code);
	tcase_add_loop_test(t, a_broken_list_refuses_nothing_but_is_told, 0, 5);
	tcase_add_test(t, a_long_list_is_not_read_out);
	tcase_add_test(t, the_list_itself_with_names_and_days);
	suite_add_tcase(s, t);
	return s;
}
