/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/newer.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "support/deskcase.h"
#include "support/log_sample.h"
#include "support/soundfile.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_08 "aircheck/2026/11/23/08-mot.mp3"

static struct deskcase c;
static struct err e;

/* The log ends at 05:00 of the 23rd, and it is noon. */
static void setup(void)
{
	int64_t n;

	deskcase_open(&c);
	ck_assert(ledger_append(c.desk.ledger, log_sample_note("x", NULL, "user:1"), &n, &e));
	clock_sim_advance(&c.clock, 7 * 3600 * NS_PER_S);
}

static void teardown(void)
{
	deskcase_close(&c);
}

/* Written last so many hours after 05:00. */
static void record(const char *file, double hours)
{
	char path[PATH_BYTES];
	int64_t ns = c.clock.now_wall.ns - (int64_t)((7 - hours) * 3600 * NS_PER_S);
	struct timespec times[2];

	times[0] = times[1] = (struct timespec){.tv_sec = ns / NS_PER_S};
	snprintf(path, sizeof(path), "%s", file);
	*strrchr(path, '/') = '\0';
	ck_assert(disk_make_dir(c.desk.disk, path, &e));
	snprintf(path, sizeof(path), "%s/%s", c.dir, file);
	file_save(path, "mp3", 3);
	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

static bool strange(void)
{
	int64_t before = ledger_next(c.desk.ledger);
	json_t *said = newer_look(&c.desk);
	bool found = said != NULL;

	ck_assert_int_eq(ledger_next(c.desk.ledger), before);
	newer_tell(&c.desk, said);
	ck_assert_int_eq(ledger_next(c.desk.ledger), before + found);
	ck_assert(!found || strcmp(json_get_text(said, "file", ""), FILE_08) == 0);
	json_decref(said);
	return found;
}

START_TEST(a_recording_of_hours_that_the_log_does_not_know_is_told)
{
	ck_assert(!strange()); /* nothing recorded at all */
	record("aircheck/2026/11/22/23-mot.mp3", 1);
	ck_assert(!strange());
	record("aircheck/2026/11/23/05-mot.mp3", 1); /* the hour in which the power went */
	ck_assert(!strange());
	record(FILE_08, 4);
	ck_assert(strange());
}
END_TEST

/* The log names its recordings before they are made: minutes are enough then. */
static void name(const char *file)
{
	struct wall t = c.clock.now_wall;
	int64_t n;

	clock_sim_set_wall(&c.clock, wall_add_ns(t, -7 * 3600 * NS_PER_S));
	json_t *files = json_pack("[o]", entry_begun_file(file, "mot", t, &c.desk.tz));
	ck_assert(ledger_append(c.desk.ledger, entry_recording_begun(files), &n, &e));
	clock_sim_set_wall(&c.clock, t);
}

static bool found(const char *file)
{
	json_t *said = newer_look(&c.desk);
	bool is = said != NULL && strcmp(json_get_text(said, "file", ""), file) == 0;

	ck_assert(said == NULL || is);
	json_decref(said);
	return is;
}

START_TEST(the_next_name_after_those_that_the_log_began_is_told)
{
	name("aircheck/2026/11/23/05-mot.mp3");
	name("aircheck/2026/11/23/05-mot.2.mp3");
	record("aircheck/2026/11/23/05-mot.mp3", 0.5); /* killed: it grew behind the last entry */
	ck_assert(!found(""));
	record("aircheck/2026/11/23/05-mot.9.mp3", 0.7); /* laid there: nobody comes to that name */
	ck_assert(!found(""));
	record("aircheck/2026/11/23/05-mot.3.mp3", -0.1); /* older than the log's end */
	ck_assert(!found(""));
	record("aircheck/2026/11/23/05-mot.3.mp3", 0.1);
	ck_assert(found("aircheck/2026/11/23/05-mot.3.mp3"));
}
END_TEST

START_TEST(nor_is_one_that_was_told_to_be_unknown_before)
{
	int64_t n;

	name("aircheck/2026/11/23/04-mot.mp3");
	record(FILE_08, 3.2);
	ck_assert(found(FILE_08));
	struct wall t = c.clock.now_wall;
	clock_sim_set_wall(&c.clock, wall_add_ns(t, -6 * 3600 * NS_PER_S));
	ck_assert(ledger_append(c.desk.ledger, entry_recording_unknown(FILE_08, 3, t, &c.desk.tz),
				&n, &e));
	clock_sim_set_wall(&c.clock, t);
	ck_assert(!found(""));
}
END_TEST

START_TEST(it_ends_the_log)
{
	record(FILE_08, 4);
	newer_end(&c.desk, NULL);
	ck_assert_int_eq(ledger_state(c.desk.ledger)->log, 1);
	json_t *said = newer_look(&c.desk);
	ck_assert_ptr_nonnull(said);
	newer_end(&c.desk, said);
	newer_tell(&c.desk, said);
	json_decref(said);
	ck_assert_int_eq(ledger_state(c.desk.ledger)->log, 2);
	ck_assert_str_eq(ledger_state(c.desk.ledger)->why, "recording-newer");
	ck_assert_int_eq(ledger_state(c.desk.ledger)->size, 2); /* log.continued, and the note */
}
END_TEST

START_TEST(one_that_the_log_names_is_none)
{
	struct wall t = c.clock.now_wall;
	int64_t n;

	record(FILE_08, 4);
	clock_sim_set_wall(&c.clock, wall_add_ns(t, -7 * 3600 * NS_PER_S));
	ck_assert(ledger_append(c.desk.ledger,
				entry_recording_closed(FILE_08, "00", "mot", t, t, 3, &c.desk.tz),
				&n, &e));
	clock_sim_set_wall(&c.clock, t);
	ck_assert(!strange());
}
END_TEST

START_TEST(nor_is_one_of_a_clock_that_cannot_be_believed)
{
	record(FILE_08, 4);
	clock_sim_unsync(&c.clock);
	clock_sim_set_wall(&c.clock, (struct wall){0});
	ck_assert(!strange());
}
END_TEST

START_TEST(nor_a_name_of_the_future_nor_one_that_is_none)
{
	record("aircheck/2026/11/23/13-mot.mp3", 7);
	ck_assert(!strange());
	record("aircheck/2026/11/24/9", 7);
	ck_assert(!strange());
	record(FILE_08, 4); /* which they do not hide */
	ck_assert(strange());
}
END_TEST

Suite *suite_newer(void);
Suite *suite_newer(void)
{
	Suite *s = suite_create("newer");
	TCase *t = tcase_create("newer");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_recording_of_hours_that_the_log_does_not_know_is_told);
	tcase_add_test(t, the_next_name_after_those_that_the_log_began_is_told);
	tcase_add_test(t, nor_is_one_that_was_told_to_be_unknown_before);
	tcase_add_test(t, it_ends_the_log);
	tcase_add_test(t, one_that_the_log_names_is_none);
	tcase_add_test(t, nor_is_one_of_a_clock_that_cannot_be_believed);
	tcase_add_test(t, nor_a_name_of_the_future_nor_one_that_is_none);
	suite_add_tcase(s, t);
	return s;
}
