/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places by what a made-up catalogue says; a real one: test_made.c. */
#include "report/covered.h"

#include "proof/registers.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;
static struct covered covered;
static int numbers;
static const struct date day = {2026, 11, 30};

/* Xã A and Xã B became Xã C. */
static const char *place_of(void *arg, const char *name, struct date on)
{
	(void)arg;
	(void)on;
	return strstr("Xã A, Xã B, Xã C", name) != NULL ? "xa-c"
	       : strcmp(name, "Xã Q") == 0		? "xa-q"
							: NULL;
}

static bool lies_in(void *arg, const struct report_target *t, const char *place, struct date on)
{
	(void)arg;
	(void)on;
	return !t->placed || strcmp(place, "xa-c") == 0;
}

static void setup(void)
{
	struct err e;

	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	ck_assert(period_parse("2026", PERIOD_CALENDAR, &c->report.period, &e));
	c->report.place_of = place_of;
	c->report.lies_in = lies_in;
	numbers = 0;
}

static void teardown(void)
{
	covered_finish(&covered);
	reportcase_close(c);
	free(c);
}

static void station(const char *place, const char *since)
{
	char id[ID_BYTES];

	snprintf(id, sizeof(id), "DT%d", ++numbers);
	json_t *fields = json_pack("{s:s, s:s, s:b, s:s}", "name", "Đài", "place", place,
				   "in_scope", 1, "since", since);
	log_sample_add(&c->sample, registers_entry("stations", json_pack("{s:o}", id, fields),
						   "user:1", "", NULL, NULL));
}

static void counts(bool placed, int count, int begun)
{
	const struct report_target t = {.placed = placed};
	int64_t new;

	ck_assert_int_eq((int)covered_count(&covered, &c->report, &t, day, &new), count);
	ck_assert_int_eq((int)new, begun);
}

START_TEST(a_place_is_covered_once_whatever_it_is_called)
{
	struct err e;

	station("Xã A", "2020-01-01");
	station("Xã B", "2026-02-01");
	station("Xã C", "2020-01-01");
	station("Xã Q", "2020-01-01");
	station("Xã Lạ", "2026-03-01");
	station("xa la", "2020-01-01");
	station("Xã Sau", "2026-12-01");
	ck_assert(covered_read(&covered, &c->report, day, &e));
	counts(true, 2, 2);
	counts(false, 3, 2);
	ck_assert_int_eq((int)covered_unknown(&covered), 1);
}
END_TEST

/* Of two stations each has its register. */
START_TEST(joined_they_count_a_place_once_and_one_without_as_one)
{
	struct covered other = {0};
	struct err e;

	station("Xã A", "2020-01-01");
	ck_assert(covered_read(&covered, &c->report, day, &e) &&
		  covered_read(&other, &c->report, day, &e));
	covered_alone(&other, "vangxa/kia");
	covered_join(&covered, &other);
	covered_finish(&other);
	counts(true, 2, 0);
	ck_assert_int_eq((int)covered_unknown(&covered), 0);
}
END_TEST

Suite *suite_covered(void);
Suite *suite_covered(void)
{
	Suite *s = suite_create("covered");
	TCase *t = tcase_create("covered");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_place_is_covered_once_whatever_it_is_called);
	tcase_add_test(t, joined_they_count_a_place_once_and_one_without_as_one);
	suite_add_tcase(s, t);
	return s;
}
