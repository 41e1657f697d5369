/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/registrar.h"

#include "base/json.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct deskcase c;
static struct registrar g;
static struct err e;
static char faults[400];

static void setup(void)
{
	char seeds[96];

	deskcase_open(&c);
	deskcase_people(&c);
	snprintf(seeds, sizeof(seeds), "%s/seeds", c.dir);
	ck_assert_int_eq(mkdir(seeds, 0700), 0);
	deskcase_write(&c, "seeds/loai.yaml", "loai:\n  - {ma: video, ten: Video}\n");
	ck_assert_msg(registrar_open(&g, "products", &c.desk, &e), "%s", e.text);
}

static void teardown(void)
{
	registrar_close(&g);
	deskcase_close(&c);
}

static void note(void *arg, const char *key, const char *why)
{
	size_t used = strlen(faults);

	(void)arg;
	snprintf(faults + used, sizeof(faults) - used, "%s: %s; ", key, why);
}

static json_t *taken_of(json_t *was, json_t *given, int *count)
{
	faults[0] = '\0';
	json_t *row = registrar_take(&g, given, was, note, NULL, count);
	json_decref(given);
	json_decref(was);
	return row;
}

static json_t *taken(json_t *given, int *count)
{
	return taken_of(NULL, given, count);
}

START_TEST(codes_are_those_of_the_stations_lists)
{
	int count;
	json_t *row = taken(json_pack("{s:s, s:s}", "title", "a", "kind", "Video"), &count);

	ck_assert_msg(count == 0, "%s", faults);
	ck_assert_str_eq(json_get_text(row, "kind", ""), "video");
	json_decref(row);
	json_decref(taken(json_pack("{s:s, s:s}", "title", "a", "kind", "phim"), &count));
	ck_assert_int_eq(count, 1);
	ck_assert_ptr_nonnull(strstr(faults, "kind: "));
}
END_TEST

/* Gone from the lists since, and a row struck out: what stands there may stand there still, and
 * nowhere else. */
START_TEST(a_row_keeps_what_it_had)
{
	int count;

	json_decref(taken_of(json_pack("{s:s, s:s, s:s}", "title", "a", "kind", "phim", "bulletin",
				       "B9999"),
			     json_pack("{s:s, s:s, s:s}", "title", "b", "kind", "phim", "bulletin",
				       "B9999"), &count));
	ck_assert_msg(count == 0, "%s", faults);
	json_decref(taken(json_pack("{s:s, s:s}", "title", "b", "kind", "phim"), &count));
	ck_assert_int_eq(count, 1);
	json_decref(taken_of(json_pack("{s:s, s:s}", "title", "a", "kind", "phim"),
			     json_pack("{s:s, s:s}", "title", "a", "kind", "anh"), &count));
	ck_assert_int_eq(count, 1);
}
END_TEST

START_TEST(an_account_is_known_by_its_name_and_its_persons)
{
	int count;
	json_t *row = taken(json_pack("{s:s, s:s, s:s, s:s}", "title", "a", "kind", "video",
				      "author", "Người thứ 2", "reader", "Cộng tác viên"), &count);

	ck_assert_msg(count == 0, "%s", faults);
	ck_assert_str_eq(json_get_text(row, "author", ""), "user:2");
	ck_assert_str_eq(json_get_text(row, "reader", ""), "Cộng tác viên");
	json_decref(row);
}
END_TEST

START_TEST(only_what_is_there_can_be_named)
{
	int count;

	json_decref(taken(json_pack("{s:s}", "bulletin", "B9999"), &count));
	ck_assert_int_eq(count, 1);
	ck_assert_ptr_nonnull(strstr(faults, "B9999"));
	json_decref(taken(json_pack("{s:s}", "bulletin", deskcase_add(&c, "Tin")), &count));
	ck_assert_msg(count == 0, "%s", faults);
}
END_TEST

/* The page says which day that is; what a row had, it may keep. */
START_TEST(what_has_begun_has_begun_by_today)
{
	struct registrar other = {0};
	int count;

	ck_assert(registrar_open(&other, "difficulties", &c.desk, &e));
	json_t *given = json_pack("{s:s, s:s, s:s}", "what", "Loa", "state", "open", "since",
				  "2100-01-01");
	faults[0] = '\0';
	json_decref(registrar_take(&other, given, NULL, note, NULL, &count));
	ck_assert_int_eq(count, 1);
	ck_assert_msg(strstr(faults, "since: ngày 01/01/2100 chưa tới") != NULL, "%s", faults);
	json_decref(registrar_take(&other, given, given, note, NULL, &count));
	ck_assert_int_eq(count, 0);
	json_object_set_new(given, "since", json_string("2026-01-01"));
	json_decref(registrar_take(&other, given, NULL, note, NULL, &count));
	ck_assert_int_eq(count, 0);
	json_object_set_new(given, "since", json_string("2100-01-01"));
	other.today = (struct date){1970, 1, 1};
	json_decref(registrar_take(&other, given, NULL, note, NULL, &count));
	ck_assert_int_eq(count, 0);
	json_decref(given);
	registrar_close(&other);
}
END_TEST

START_TEST(a_register_that_is_none_is_told)
{
	struct registrar other;

	ck_assert(!registrar_open(&other, "áp phích", &c.desk, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
}
END_TEST

Suite *suite_registrar(void);
Suite *suite_registrar(void)
{
	Suite *s = suite_create("registrar");
	TCase *t = tcase_create("rows");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, codes_are_those_of_the_stations_lists);
	tcase_add_test(t, a_row_keeps_what_it_had);
	tcase_add_test(t, an_account_is_known_by_its_name_and_its_persons);
	tcase_add_test(t, only_what_is_there_can_be_named);
	tcase_add_test(t, what_has_begun_has_begun_by_today);
	tcase_add_test(t, a_register_that_is_none_is_told);
	suite_add_tcase(s, t);
	return s;
}
