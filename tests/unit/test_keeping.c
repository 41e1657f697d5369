/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/keeping.h"

#include "base/json.h"
#include "library/store.h"
#include "proof/signer.h"
#include "support/deskcase.h"
#include "support/log_sample.h"
#include "support/soundfile.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DAY_NS (86400 * NS_PER_S)

static struct deskcase c;
static struct loop *loop;
static struct keeping k;
static struct err e;
static int told;

/* The real folder, and what statvfs would say of a disk that fills. */
static struct disk_ops ops;
static int64_t free_bytes;

static int64_t tell_free(struct disk *d)
{
	(void)d;
	return free_bytes;
}

static void count(void *arg)
{
	(*(int *)arg)++;
}

static void setup(void)
{
	deskcase_open(&c);
	clock_sim_sync(&c.clock, 5, "ntp");
	ops = *c.desk.disk->ops;
	ops.free_bytes = tell_free;
	c.desk.disk->ops = &ops;
	free_bytes = INT64_C(1) << 40;
	loop = loop_create();
	told = 0;
	keeping_init(&k, &c.desk, loop, count, &told);
}

static void teardown(void)
{
	keeping_stop(&k);
	loop_destroy(loop);
	deskcase_close(&c);
}

static const char *full_path(const char *file)
{
	static char path[PATH_BYTES];

	snprintf(path, sizeof(path), "%s/%s", c.dir, file);
	return path;
}

static bool there(const char *file)
{
	return access(full_path(file), F_OK) == 0;
}

static void write_file(const char *file, const char *text)
{
	char folder[PATH_BYTES];

	snprintf(folder, sizeof(folder), "%s", file);
	*strrchr(folder, '/') = '\0';
	ck_assert(disk_make_dir(c.desk.disk, folder, &e));
	file_save(full_path(file), text, strlen(text));
}

/* So many days old; its text is its name. */
static int64_t record(const char *file, int days)
{
	char hex[SHA256_HEX_BYTES];
	struct wall from = wall_add_ns(clock_wall(c.desk.clock), -days * DAY_NS);
	int64_t n;

	write_file(file, file);
	int fd = open(full_path(file), O_RDONLY);
	ck_assert(store_hash(fd, hex, &e));
	close(fd);
	ck_assert(ledger_append(c.desk.ledger,
				entry_recording_closed(file, hex, "mot", from, from, 100,
						       &c.desk.tz), &n, &e));
	return n;
}

/* Looks until nothing is under way; a minute passes. */
static void look(bool believed)
{
	for (int i = 0; i < 20; i++) {
		keeping_look(&k, believed);
		while (k.work.running)
			loop_once(loop, 1000);
		clock_sim_advance(&c.clock, 3 * NS_PER_S);
	}
}

static const struct recording_row *of(const char *file)
{
	static struct recording_row r;

	ck_assert(history_recording(ledger_view(c.desk.ledger), file, &r, &e));
	return &r;
}

#define OLD "aircheck/2026/01/02/05-mot.mp3"
#define OLD_TOO "aircheck/2026/01/02/06-mot.mp3"
#define NEW "aircheck/2026/11/22/05-mot.mp3"

START_TEST(what_is_older_than_it_is_kept_goes)
{
	record(OLD, 200);
	record(NEW, 1);
	look(true);
	ck_assert(!there(OLD));
	ck_assert(!there("aircheck/2026/01")); /* with the folders that are empty by then */
	ck_assert(there(NEW));
	ck_assert_str_eq(of(OLD)->removed_why, "age");
	ck_assert_int_eq(of(NEW)->removed_n, -1);
	ck_assert_int_eq(told, 1);
	ck_assert_int_eq(k.totals.count, 1);
}
END_TEST

START_TEST(as_long_as_the_station_says)
{
	record(OLD, 200);
	deskcase_settings(&c, "keep: {recordings_days: 201}\n");
	look(true);
	ck_assert(there(OLD));
	deskcase_settings(&c, "keep: {recordings_days: 30}\n");
	clock_sim_advance(&c.clock, 3600 * NS_PER_S);
	look(true);
	ck_assert(!there(OLD));
}
END_TEST

START_TEST(nothing_goes_by_a_clock_that_is_not_believed)
{
	record(OLD, 200);
	look(false);
	ck_assert(there(OLD));
	ck_assert_int_eq(told, 0);
}
END_TEST

START_TEST(nor_by_one_that_nobody_disciplines_and_that_runs_ahead)
{
	record(NEW, 1);
	clock_sim_unsync(&c.clock);
	clock_sim_set_wall(&c.clock, wall_add_ns(clock_wall(c.desk.clock), 300 * DAY_NS));
	look(true);
	ck_assert(there(NEW));
	clock_sim_sync(&c.clock, 5, "ntp");
	clock_sim_advance(&c.clock, 300 * DAY_NS);
	look(true);
	ck_assert(!there(NEW));
}
END_TEST

static void hold_all(void)
{
	struct wall now = clock_wall(c.desk.clock);
	int64_t n;

	ck_assert(ledger_append(c.desk.ledger,
				keep_entry_held(wall_add_ns(now, -400 * DAY_NS), now, "", "x",
						"user:4", &c.desk.tz), &n, &e));
}

START_TEST(what_is_held_stays_even_when_the_disk_fills)
{
	record(OLD, 200);
	hold_all();
	free_bytes = 0;
	look(true);
	ck_assert(there(OLD));
}
END_TEST

START_TEST(a_hold_that_comes_while_the_file_is_read_is_in_time)
{
	record(OLD, 200);
	keeping_look(&k, true);
	keeping_look(&k, true);
	ck_assert(k.work.running);
	hold_all();
	look(true);
	ck_assert(there(OLD));
	ck_assert_int_eq(of(OLD)->removed_n, -1);
}
END_TEST

START_TEST(room_is_made_by_the_oldest_and_no_more_than_needed)
{
	record(OLD, 3);
	record(OLD_TOO, 2);
	record(NEW, 1);
	free_bytes = KEEP_ROOM_BYTES;
	look(false);
	ck_assert(there(OLD));
	free_bytes--;
	keeping_look(&k, false);
	while (k.work.running)
		loop_once(loop, 1000);
	ck_assert(!there(OLD));
	ck_assert(there(OLD_TOO));
	ck_assert_str_eq(of(OLD)->removed_why, "room");
	free_bytes = KEEP_ROOM_UNTIL_BYTES - 1; /* until there is some to spare */
	keeping_look(&k, false);
	while (k.work.running)
		loop_once(loop, 1000);
	ck_assert(!there(OLD_TOO));
	free_bytes = KEEP_ROOM_UNTIL_BYTES;
	look(false);
	ck_assert(there(NEW));
}
END_TEST

/* Whoever removed it by hand: no entry of ours may cover it up. */
START_TEST(a_file_that_is_not_there_is_passed_over)
{
	record(OLD, 200);
	record(OLD_TOO, 200);
	ck_assert_int_eq(unlink(full_path(OLD)), 0);
	look(true);
	ck_assert(!there(OLD_TOO));
	ck_assert_int_eq(of(OLD)->removed_n, -1);
	ck_assert_int_ge(of(OLD_TOO)->removed_n, 0);
	ck_assert_int_eq(told, 1);
}
END_TEST

static bool keep_text(int64_t n, const char *text, size_t len, void *arg)
{
	(void)n;
	*(json_t **)arg = json_read(text, len, &e);
	return true;
}

START_TEST(what_was_tampered_with_is_told_at_its_removal)
{
	json_t *o = NULL;
	int64_t n = record(OLD, 200);

	write_file(OLD, "khác");
	look(true);
	ck_assert(!there(OLD));
	n = of(OLD)->removed_n;
	ck_assert(ledger_read(c.desk.ledger, n, n + 1, keep_text, &o, &e));
	ck_assert_str_ne(json_get_text(o, "found_sha256", ""), "");
	ck_assert_str_ne(json_get_text(o, "found_sha256", ""), json_get_text(o, "sha256", ""));
	json_decref(o);
}
END_TEST

/* The power went between entry and file. */
static void half_removed(const char *file)
{
	int64_t n;

	record(file, 1);
	ck_assert(ledger_append(c.desk.ledger,
				keep_entry_removed(of(file), of(file)->sha256, KEEP_ROOM, 0,
						   &c.desk.tz), &n, &e));
}

START_TEST(what_the_last_run_had_not_finished_is_finished)
{
	half_removed(OLD);
	look(false);
	ck_assert(!there(OLD));
}
END_TEST

START_TEST(but_not_another_file_that_has_taken_its_name)
{
	half_removed(OLD);
	write_file(OLD, "một bản ghi mới");
	look(false);
	ck_assert(there(OLD));
}
END_TEST

START_TEST(a_folder_of_today_stays)
{
	struct date today = {2026, 11, 23};

	write_file("aircheck/2026/11/23/04-mot.mp3", "x");
	ck_assert(keeping_erase(c.desk.disk, "aircheck/2026/11/23/04-mot.mp3", today, &e));
	ck_assert(there("aircheck/2026/11/23"));
	ck_assert(keeping_erase(c.desk.disk, "aircheck/2026/11/23/04-mot.mp3", today, &e));
	write_file("aircheck/2026/11/22/04-mot.mp3", "x");
	ck_assert(keeping_erase(c.desk.disk, "aircheck/2026/11/22/04-mot.mp3", today, &e));
	ck_assert(!there("aircheck/2026/11/22"));
	ck_assert(there("aircheck/2026/11"));
}
END_TEST

START_TEST(days_are_told)
{
	struct keep_totals t = {.count = 100, .bytes = 1000, .recent_bytes = 7 * 1000};
	struct wall now = clock_wall(c.desk.clock);
	json_t *o = keeping_json(&t, KEEP_ROOM_BYTES + 5000, 180, now, &c.desk.tz);

	ck_assert(json_is_null(json_object_get(o, "room_days")));
	ck_assert(json_is_null(json_object_get(o, "oldest")));
	json_decref(o);
	t.oldest_ms = wall_add_ns(now, -14 * DAY_NS).ns / NS_PER_MS;
	o = keeping_json(&t, KEEP_ROOM_BYTES + 5000, 180, now, &c.desk.tz);
	ck_assert_double_eq(json_get_number(o, "days", 0), 14);
	ck_assert_double_eq(json_get_number(o, "room_days", 0), 5);
	json_decref(o);
	o = keeping_json(&t, 5000, 180, now, &c.desk.tz);
	ck_assert_double_eq(json_get_number(o, "room_days", 1), 0);
	json_decref(o);
}
END_TEST

/* One removal on a disk that loses power at operation i: afterwards there is no entry and the file,
 * or the entry, and the file goes for good. */
static void cut_at(int i)
{
	struct log_sample s;
	struct disk_file *f;
	struct recording_row r;
	struct buf b = {0};
	struct date today = {2026, 11, 23};

	log_sample_open(&s, ":memory:");
	struct disk *d = disk_sim_disk(s.disk);
	ck_assert(disk_make_dir(d, "aircheck/2026/01/02", &e) &&
		  disk_open(d, OLD, DISK_CREATE, &f, &e) && disk_write(f, "mp3", 3, &e) &&
		  disk_sync(f, &e));
	disk_close(f);
	for (const char *dir = OLD; (dir = strchr(dir, '/')) != NULL; dir++) {
		char path[PATH_BYTES];
		snprintf(path, sizeof(path), "%.*s", (int)(dir - OLD), OLD);
		ck_assert(disk_sync_dir(d, path, &e));
	}
	ck_assert(disk_sync_dir(d, ".", &e));
	log_sample_add(&s, entry_recording_closed(OLD, "ff", "mot", LOG_SAMPLE_START,
						  LOG_SAMPLE_START, 3, &s.tz));
	ck_assert(keep_oldest(ledger_view(s.ledger), -1, &r, &e));
	disk_sim_power_off_after(s.disk, i);
	int64_t n = -1;
	bool written = ledger_append(s.ledger, keep_entry_removed(&r, "ff", KEEP_AGE, 0, &s.tz),
				     &n, &e);
	bool erased = written && keeping_erase(d, OLD, today, &e);
	ledger_close(s.ledger);
	disk_sim_power_cut(s.disk, (uint64_t)i + 1);
	ck_assert_msg(ledger_open(&s.ledger, d, signer_none(d), ":memory:", &s.clock.clock,
				  &s.tz, &e), "%s", e.text);
	ck_assert(history_recording(ledger_view(s.ledger), OLD, &r, &e));
	bool file = disk_read(d, OLD, 10, &b, &e);
	ck_assert_msg(!written || r.removed_n >= 0, "%d: an entry is lost", i);
	ck_assert_msg(file || r.removed_n >= 0, "%d: gone without an entry", i);
	ck_assert_msg(!file || !erased, "%d: said to be gone", i);
	buf_finish(&b);
	log_sample_close(&s);
}

START_TEST(a_power_cut_anywhere_leaves_no_file_gone_without_an_entry)
{
	for (int i = 0; i < 24; i++)
		cut_at(i);
}
END_TEST

Suite *suite_keeping(void);
Suite *suite_keeping(void)
{
	Suite *s = suite_create("keeping");
	TCase *t = tcase_create("keeping");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_is_older_than_it_is_kept_goes);
	tcase_add_test(t, as_long_as_the_station_says);
	tcase_add_test(t, nothing_goes_by_a_clock_that_is_not_believed);
	tcase_add_test(t, nor_by_one_that_nobody_disciplines_and_that_runs_ahead);
	tcase_add_test(t, what_is_held_stays_even_when_the_disk_fills);
	tcase_add_test(t, a_hold_that_comes_while_the_file_is_read_is_in_time);
	tcase_add_test(t, room_is_made_by_the_oldest_and_no_more_than_needed);
	tcase_add_test(t, a_file_that_is_not_there_is_passed_over);
	tcase_add_test(t, what_was_tampered_with_is_told_at_its_removal);
	tcase_add_test(t, what_the_last_run_had_not_finished_is_finished);
	tcase_add_test(t, but_not_another_file_that_has_taken_its_name);
	tcase_add_test(t, a_folder_of_today_stays);
	tcase_add_test(t, days_are_told);
	tcase_add_test(t, a_power_cut_anywhere_leaves_no_file_gone_without_an_entry);
	suite_add_tcase(s, t);
	return s;
}
