/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/parcel.h"

#include "support/parcelcase.h"
#include "support/zipfile.h"

#include <check.h>
#include <string.h>

static struct parcelcase p;
static struct buf got;

static void setup(void)
{
	parcelcase_open(&p);
	ck_assert_msg(parcelcase_make(&p), "%s", p.e.text);
}

static void teardown(void)
{
	buf_finish(&got);
	parcelcase_close(&p);
}

static bool has(const char *member, const char *text)
{
	buf_reset(&got);
	ck_assert_msg(zipfile_member(p.path, member, &got), "%s", member);
	return strstr(buf_str(&got), text) != NULL;
}

START_TEST(airings_and_what_they_played)
{
	ck_assert_msg(has("tables/airings.csv", "2026-11-23T05:30:00.000+07:00,"), "%s",
		      buf_str(&got));
	ck_assert(strstr(buf_str(&got), ",missed,") != NULL);
	ck_assert(has("tables/masters.csv", "\n2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f"
					    "98a5e886266e7ae,"));
}
END_TEST

START_TEST(events_are_the_entries)
{
	ck_assert_msg(has("tables/events.csv", ",bulletin.received,\"{\"\"at\"\":"), "%s",
		      buf_str(&got));
	ck_assert(strstr(buf_str(&got), "airing.missed") == NULL);
}
END_TEST

START_TEST(recordings_are_there_or_told_to_be_gone)
{
	ck_assert(has(PARCELCASE_RECORDING, "tiếng"));
	ck_assert_msg(has("tables/recordings.csv", PARCELCASE_RECORDING ",mot,"), "%s",
		      buf_str(&got));
	ck_assert(strstr(buf_str(&got), PARCELCASE_GONE) != NULL);
	ck_assert(strstr(buf_str(&got), ",gone\r\n") != NULL);
	ck_assert(strstr(buf_str(&got), PARCELCASE_LATE) == NULL);
}
END_TEST

START_TEST(a_period_has_its_last_day_whole)
{
	p.parcel.first = p.parcel.last = (struct date){2026, 11, 24};
	ck_assert(parcelcase_make(&p));
	ck_assert(!has("tables/recordings.csv", PARCELCASE_RECORDING));
	p.parcel.first = (struct date){2026, 11, 22};
	ck_assert(parcelcase_make(&p) && has("tables/recordings.csv", PARCELCASE_RECORDING));
}
END_TEST

Suite *suite_parcel_tables(void);
Suite *suite_parcel_tables(void)
{
	Suite *s = suite_create("parcel_tables");
	TCase *t = tcase_create("parcel_tables");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, airings_and_what_they_played);
	tcase_add_test(t, events_are_the_entries);
	tcase_add_test(t, recordings_are_there_or_told_to_be_gone);
	tcase_add_test(t, a_period_has_its_last_day_whole);
	suite_add_tcase(s, t);
	return s;
}
