/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table B by one thing at a time, added up from what was put into the log; over random logs by a
 * second program: tests/e2e/tables.py. */
#include "report/by.h"

#include "base/json.h"
#include "support/reportcase.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	reportcase_fill(c, 41);
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
}

static json_t *table_by(const char *word)
{
	ck_assert(by_parse(word, &c->report.by));
	return reportcase_json(c, "B");
}

static int64_t frames(const json_t *row, const char *key)
{
	return llround(json_get_number(row, key, -1) * FRAMES_PER_S);
}

START_TEST(words_and_their_codes)
{
	enum report_by by;

	for (int i = 1; i < REPORT_BYS; i++) {
		ck_assert(by_parse(by_code((enum report_by)i), &by));
		ck_assert_int_eq(by, i);
	}
	ck_assert(!by_parse("", &by) && !by_parse("kind", &by));
}
END_TEST

/* Each airing has one language: rows add up, and nothing is shared. */
START_TEST(languages_add_up_to_the_whole)
{
	json_t *table = table_by("language"), *row;
	const json_t *sum = json_object_get(table, "sum");
	int64_t aired = 0, own = 0, want = 0;
	size_t i;

	for (int k = 0; k < c->count; k++)
		want += c->airings[k].class == REPORT_AIRED &&
					c->airings[k].day < REPORTCASE_DAYS
				? c->airings[k].frames
				: 0;
	json_array_foreach(json_object_get(table, "rows"), i, row) {
		aired += json_get_integer(row, "aired", -1);
		own += frames(row, "own_s");
		ck_assert_int_eq(frames(row, "shared_s"), 0);
		ck_assert_ptr_null(json_object_get(row, "programme"));
	}
	ck_assert_uint_eq(i, 2);
	ck_assert_int_eq(own, want);
	ck_assert_int_eq(frames(sum, "own_s"), want);
	ck_assert_int_eq(aired, json_get_integer(sum, "aired", -1));
	json_decref(table);
}
END_TEST

/* What both heard stands with each of them, and once in the sum. */
START_TEST(places_share_what_both_heard)
{
	json_t *table = table_by("place");
	const json_t *rows = json_object_get(table, "rows"), *sum = json_object_get(table, "sum");
	int64_t both = 0, one = 0;

	for (int k = 0; k < c->count; k++) {
		const struct reportcase_airing *a = &c->airings[k];
		if (a->class == REPORT_AIRED && a->day < REPORTCASE_DAYS)
			*(a->both_zones ? &both : &one) += a->frames;
	}
	ck_assert_uint_eq(json_array_size(rows), 2);
	for (size_t i = 0; i < 2; i++) {
		const json_t *row = json_array_get(rows, i);
		bool centre = strcmp(json_get_text(row, "place", ""), "trung-tam") == 0;
		ck_assert_int_eq(frames(row, "own_s"), centre ? one : 0);
		ck_assert_int_eq(frames(row, "shared_s"), both);
		ck_assert_int_eq(json_get_integer(row, "zones", -1), 1);
		ck_assert(json_is_null(json_object_get(row, "new")));
	}
	ck_assert_int_eq(frames(sum, "own_s"), one);
	ck_assert_int_eq(frames(sum, "shared_s"), both);
	json_decref(table);
}
END_TEST

/* A figure of a row leads to its airings within what was asked for. */
START_TEST(a_row_leads_to_its_airings)
{
	c->report.filter.programme = "P1";
	json_t *table = table_by("place");
	const json_t *row = json_array_get(json_object_get(table, "rows"), 0);
	const json_t *open = json_object_get(json_object_get(row, "open"), "aired");

	ck_assert_str_eq(json_get_text(open, "programme", ""), "P1");
	c->report.filter.place = json_get_text(open, "place", "");
	c->report.filter.only = REPORT_AIRED;
	json_t *airings = reportcase_json(c, "A");
	ck_assert_int_eq(frames(json_object_get(airings, "sum"), "length_s"),
			 frames(row, "own_s") + frames(row, "shared_s"));
	json_decref(airings);
	json_decref(table);
}
END_TEST

/* The device of one zone did not take it: it was heard in the other, and missed there. */
START_TEST(a_place_that_did_not_hear_it_missed_it)
{
	struct diary_row d = {.zones = "a,b", .proof = "", .sum = ROW_IN_PART, .programmes = "",
			      .by_zone = "{\"a\":{\"proof\":\"A\"},\"b\":{\"proof\":null}}"};
	struct report_filter f = {.only = -1, .place = "b"};

	ck_assert_int_eq(report_class(&d), REPORT_AIRED);
	ck_assert_int_eq(report_class_in(&f, &d), REPORT_NOT_AIRED);
	f.place = "a";
	ck_assert_int_eq(report_class_in(&f, &d), REPORT_AIRED);
	ck_assert(!by_shared(REPORT_BY_PLACE, &d));
	f.place = "b"; /* its device played gaps: nobody can say how much */
	d.by_zone = "{\"a\":{\"proof\":\"A\"},\"b\":{\"frames\":null,\"proof\":null}}";
	ck_assert_int_eq(report_class_in(&f, &d), REPORT_UNCLEAR);
	d.by_zone = "{\"a\":{\"proof\":\"A\"},\"b\":{\"frames\":0,\"proof\":null}}";
	ck_assert_int_eq(report_class_in(&f, &d), REPORT_NOT_AIRED);
}
END_TEST

START_TEST(two_that_are_rounded_apart_are_told)
{
	const int64_t half = FRAMES_PER_S / 2;

	ck_assert_ptr_null(by_rounded_words(FRAMES_PER_S, 7 * FRAMES_PER_S));
	ck_assert_ptr_null(by_rounded_words(half, 0));
	ck_assert_ptr_nonnull(by_rounded_words(half, half));	     /* 1 + 1, and 1 */
	ck_assert_ptr_nonnull(by_rounded_words(half - 1, half - 1)); /* 0 + 0, and 1 */
}
END_TEST

Suite *suite_by(void);
Suite *suite_by(void)
{
	Suite *s = suite_create("by");
	TCase *t = tcase_create("by");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, words_and_their_codes);
	tcase_add_test(t, languages_add_up_to_the_whole);
	tcase_add_test(t, places_share_what_both_heard);
	tcase_add_test(t, a_row_leads_to_its_airings);
	tcase_add_test(t, a_place_that_did_not_hear_it_missed_it);
	tcase_add_test(t, two_that_are_rounded_apart_are_told);
	suite_add_tcase(s, t);
	return s;
}
