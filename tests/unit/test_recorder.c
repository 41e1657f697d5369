/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/mp3.h"
#include "mix/recorder.h"
#include "support/tmpdir.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ONE 192
#define EVENTS 16

static char dir[64];
static struct disk_real real;
static struct disk_ops ops;
static const struct disk_ops *true_ops;
static struct tz tz;
static struct recorder r;
static struct recorder_time at_five_to_six;
static struct encoder_event events[EVENTS];
static int event_count;
static bool write_fails;
static int64_t free_now;

static void on_closed(void *arg, const struct encoder_event *ev)
{
	ck_assert_ptr_eq(arg, &real);
	ck_assert_int_lt(event_count, EVENTS);
	events[event_count++] = *ev;
}

/* A disk that is full when told: it takes a part first, as real ones do. */
static bool full_write(struct disk_file *f, const void *data, size_t len, struct err *e)
{
	if (!write_fails)
		return true_ops->write(f, data, len, e);
	true_ops->write(f, data, len / 2, e);
	errno = ENOSPC;
	return err_errno(e, "write");
}

static int64_t told_free(struct disk *d)
{
	(void)d;
	return free_now;
}

static void start(const char *zone)
{
	recorder_init(&r, &real.disk, &tz, zone, ONE, on_closed, &real);
}

static void setup(void)
{
	struct err e = {0};
	struct wall t;

	tmpdir_make(dir);
	ck_assert_msg(disk_real_open(&real, dir, &e), "%s", e.text);
	true_ops = real.disk.ops;
	ops = *true_ops;
	ops.write = full_write;
	ops.free_bytes = told_free;
	real.disk.ops = &ops;
	write_fails = false;
	free_now = INT64_C(1) << 40;
	event_count = 0;
	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	ck_assert(wall_parse("2026-11-23T05:59:55+07:00", &tz, &t));
	at_five_to_six = (struct recorder_time){true, {0}, t};
	start("trung-tam");
}

static void teardown(void)
{
	disk_real_close(&real);
	tmpdir_remove(dir);
}

/* Each MP3 frame's bytes tell where it begins. */
static void mp3_at(uint8_t mp3[ONE], int64_t at)
{
	for (int i = 0; i < ONE; i++)
		mp3[i] = (uint8_t)((at >> (i % 8 * 8)) + i);
}

/* Frames number [from, to) of an encoder that began at frame 0 of the timeline. */
static void feed(int64_t from, int64_t to, const struct recorder_time *time)
{
	uint8_t mp3[ONE];

	for (int64_t k = from; k < to; k++) {
		int64_t at = k * MP3_FRAMES - MP3_DELAY_FRAMES;
		mp3_at(mp3, at);
		recorder_frame(&r, mp3, (struct frame){at}, time);
	}
}

/* The file holds exactly the frames that its event tells, under the hash that it tells. */
static void check_file(const struct encoder_event *ev)
{
	struct buf b = {0};
	struct err e = {0};
	uint8_t mp3[ONE], sum[crypto_hash_sha256_BYTES];
	char hex[SHA256_HEX_BYTES];

	ck_assert_msg(disk_read(&real.disk, ev->path, 1 << 24, &b, &e), "%s", e.text);
	ck_assert_int_eq((int64_t)b.len, ev->bytes);
	ck_assert_int_eq(ev->bytes / ONE * MP3_FRAMES, ev->frames);
	for (size_t at = 0; at < b.len; at += ONE) {
		mp3_at(mp3, ev->first.n + (int64_t)(at / ONE) * MP3_FRAMES);
		ck_assert_int_eq(memcmp(b.data + at, mp3, ONE), 0);
	}
	crypto_hash_sha256(sum, (const uint8_t *)b.data, b.len);
	sodium_bin2hex(hex, sizeof(hex), sum, sizeof(sum));
	ck_assert_str_eq(hex, ev->sha256);
	buf_finish(&b);
}

START_TEST(cuts_at_the_hour_on_the_nearest_frame)
{
	char text[32];

	feed(0, 1000, &at_five_to_six);
	recorder_stop(&r);
	ck_assert_int_eq(event_count, 2);
	ck_assert_str_eq(events[0].path, "aircheck/2026/11/23/05-trung-tam.mp3");
	ck_assert_str_eq(events[1].path, "aircheck/2026/11/23/06-trung-tam.mp3");
	ck_assert_str_eq(events[0].zone, "trung-tam");
	/* The hour is at frame 240000: −1105 + 1152 × 209 = 239663 is the nearest start. */
	ck_assert_int_eq(events[0].first.n, -MP3_DELAY_FRAMES);
	ck_assert_int_eq(events[1].first.n, 239663);
	ck_assert_int_eq(events[0].first.n + events[0].frames, events[1].first.n);
	ck_assert_int_eq(events[0].frames + events[1].frames, 1000 * MP3_FRAMES);
	wall_print(events[1].from, &tz, text);
	ck_assert_str_eq(text, "2026-11-23T05:59:59.992+07:00");
	ck_assert_str_eq(events[0].fault, "");
	check_file(&events[0]);
	check_file(&events[1]);
}
END_TEST

static struct encoder_event wished;

static void on_wanted(void *arg, const struct encoder_event *ev)
{
	ck_assert_ptr_eq(arg, &real);
	ck_assert_int_gt(ev->wish, wished.wish);
	wished = *ev;
}

static void start_asking(void)
{
	wished.wish = 0;
	start("trung-tam");
	recorder_wait(&r, on_wanted);
}

static bool there_is(const char *path)
{
	char full[PATH_BYTES + 64];

	snprintf(full, sizeof(full), "%s/%s", dir, path);
	return access(full, F_OK) == 0;
}

START_TEST(no_file_is_made_before_its_name_is_known)
{
	start_asking();
	feed(0, 40, &at_five_to_six);
	ck_assert_int_eq(wished.wish, 1);
	ck_assert_str_eq(wished.path, "aircheck/2026/11/23/05-trung-tam.mp3");
	ck_assert_str_eq(wished.zone, "trung-tam");
	ck_assert(!there_is("aircheck/2026/11/23/05-trung-tam.mp3"));
	recorder_named(&r, 7);
	ck_assert(!there_is("aircheck/2026/11/23/05-trung-tam.mp3"));
	recorder_named(&r, 1);
	recorder_named(&r, 1);
	feed(40, 300, &at_five_to_six); /* into the next hour, which was not answered yet */
	ck_assert_int_eq(wished.wish, 2);
	ck_assert_str_eq(wished.path, "aircheck/2026/11/23/06-trung-tam.mp3");
	recorder_stop(&r);
	ck_assert(!there_is("aircheck/2026/11/23/06-trung-tam.mp3"));
	ck_assert_int_eq(event_count, 1);
	ck_assert_int_eq(events[0].wish, 0);
	ck_assert_int_eq(events[0].first.n, -MP3_DELAY_FRAMES); /* nothing was lost by waiting */
	check_file(&events[0]);
}
END_TEST

START_TEST(what_waits_too_long_is_asked_for_anew)
{
	at_five_to_six.wall.ns -= 600 * NS_PER_S; /* no hour ends under way */
	start_asking();
	feed(0, RECORDER_WAIT_BYTES / ONE + 1, &at_five_to_six);
	ck_assert_int_eq(wished.wish, 2);
	recorder_named(&r, 1);
	ck_assert(!there_is(wished.path));
	recorder_named(&r, 2);
	ck_assert(there_is(wished.path));
	recorder_stop(&r);
	ck_assert_int_eq(events[0].frames, MP3_FRAMES);
	ck_assert_int_eq(events[0].first.n,
			 RECORDER_WAIT_BYTES / ONE * MP3_FRAMES - MP3_DELAY_FRAMES);
}
END_TEST

START_TEST(a_name_that_was_taken_meanwhile_is_left_alone)
{
	char path[PATH_BYTES + 64];

	start_asking();
	feed(0, 10, &at_five_to_six);
	snprintf(path, sizeof(path), "%s/aircheck/2026/11/23/05-trung-tam.mp3", dir);
	FILE *f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs("of somebody else", f);
	fclose(f);
	recorder_named(&r, 1);
	feed(10, 12, &at_five_to_six);
	ck_assert_int_eq(wished.wish, 2);
	ck_assert_str_eq(wished.path, "aircheck/2026/11/23/05-trung-tam.2.mp3");
	recorder_named(&r, 2);
	recorder_stop(&r);
	ck_assert_int_eq(event_count, 1);
	check_file(&events[0]);
}
END_TEST

START_TEST(a_restart_never_overwrites)
{
	static const char *const paths[] = {"aircheck/2026/11/23/05-trung-tam.mp3",
					    "aircheck/2026/11/23/05-trung-tam.2.mp3",
					    "aircheck/2026/11/23/05-trung-tam.3.mp3"};

	for (int i = 0; i < 3; i++) {
		start("trung-tam");
		feed(0, 50 + i, &at_five_to_six);
		recorder_stop(&r);
		ck_assert_str_eq(events[i].path, paths[i]);
	}
	for (int i = 0; i < 3; i++)
		check_file(&events[i]);
}
END_TEST

START_TEST(a_clock_set_back_begins_a_numbered_file)
{
	struct recorder_time back = at_five_to_six;

	feed(0, 300, &at_five_to_six); /* into the sixth hour */
	back.wall.ns -= 3600 * NS_PER_S;
	feed(300, 400, &back); /* 05:00:02 again */
	recorder_stop(&r);
	ck_assert_int_eq(event_count, 3);
	ck_assert_str_eq(events[2].path, "aircheck/2026/11/23/05-trung-tam.2.mp3");
	for (int i = 0; i < 3; i++)
		check_file(&events[i]);
}
END_TEST

START_TEST(a_clock_set_forward_cuts_at_once)
{
	struct recorder_time forward = at_five_to_six;

	feed(0, 100, &at_five_to_six);
	forward.wall.ns += 24 * 3600 * NS_PER_S;
	feed(100, 200, &forward);
	recorder_stop(&r);
	ck_assert_int_eq(event_count, 2);
	ck_assert_str_eq(events[1].path, "aircheck/2026/11/24/05-trung-tam.mp3");
	ck_assert_int_eq(events[1].first.n, 100 * MP3_FRAMES - MP3_DELAY_FRAMES);
}
END_TEST

START_TEST(a_small_correction_after_the_cut_does_not_go_back)
{
	struct recorder_time later = at_five_to_six;

	feed(0, 210, &at_five_to_six);
	later.wall.ns -= 200 * NS_PER_MS;
	feed(210, 300, &later);
	recorder_stop(&r);
	ck_assert_int_eq(event_count, 2);
}
END_TEST

START_TEST(nothing_before_the_time_is_known)
{
	feed(0, 100, &(struct recorder_time){0});
	recorder_stop(&r);
	ck_assert_int_eq(event_count, 0);
	feed(100, 200, &at_five_to_six);
	recorder_stop(&r);
	ck_assert_int_eq(event_count, 1);
	ck_assert_int_eq(events[0].first.n, 100 * MP3_FRAMES - MP3_DELAY_FRAMES);
}
END_TEST

START_TEST(full_disk_keeps_what_is_whole_and_tries_again)
{
	int minute = 60 * 48000 / MP3_FRAMES;

	feed(0, 100, &at_five_to_six);
	write_fails = true;
	feed(100, 100 + 3 * minute, &at_five_to_six);
	/* Told once, although every minute failed. */
	ck_assert_int_eq(event_count, 1);
	ck_assert_int_ne(events[0].fault[0], 0);
	ck_assert_int_gt(events[0].bytes, 0);
	check_file(&events[0]);
	write_fails = false;
	feed(100 + 3 * minute, 100 + 5 * minute, &at_five_to_six);
	recorder_stop(&r);
	ck_assert_int_eq(event_count, 2);
	ck_assert_str_eq(events[1].fault, "");
	ck_assert_str_eq(events[1].path, "aircheck/2026/11/23/06-trung-tam.mp3");
	check_file(&events[1]);
}
END_TEST

START_TEST(the_last_of_the_disk_is_left_to_the_log)
{
	int minute = 60 * 48000 / MP3_FRAMES;
	struct recorder_time six = at_five_to_six;

	six.wall.ns += 10 * NS_PER_S;
	feed(0, 100, &six);
	free_now = LOG_RESERVE_BYTES;
	feed(100, 100 + 3 * minute, &six);
	ck_assert_int_eq(event_count, 1);
	ck_assert_int_ne(events[0].fault[0], 0);
	/* Found out within a sync's time. */
	ck_assert_int_le(events[0].frames, (RECORDER_SYNC_S + 1) * 48000);
	check_file(&events[0]);
	free_now = INT64_C(1) << 40;
	feed(100 + 3 * minute, 100 + 5 * minute, &six);
	recorder_stop(&r);
	ck_assert_int_eq(event_count, 2);
	ck_assert_str_eq(events[1].path, "aircheck/2026/11/23/06-trung-tam.2.mp3");
	check_file(&events[1]);
}
END_TEST

START_TEST(a_folder_that_cannot_be_made_is_told_once)
{
	char path[128];
	int minute = 60 * 48000 / MP3_FRAMES;

	snprintf(path, sizeof(path), "%s/aircheck", dir);
	close(open(path, O_CREAT | O_WRONLY, 0600));
	feed(0, 3 * minute, &at_five_to_six);
	ck_assert_int_eq(event_count, 1);
	ck_assert_int_eq(events[0].frames, 0);
	ck_assert_str_eq(events[0].sha256, "");
	ck_assert_str_eq(events[0].path, "aircheck/2026/11/23/05-trung-tam.mp3");
	ck_assert_int_ne(events[0].fault[0], 0);
	unlink(path);
	feed(3 * minute, 5 * minute, &at_five_to_six);
	recorder_stop(&r);
	ck_assert_int_eq(event_count, 2);
	check_file(&events[1]);
}
END_TEST

START_TEST(any_zone_name_makes_a_file_name)
{
	start("../thôn\t2/a");
	feed(0, 50, &at_five_to_six);
	recorder_stop(&r);
	ck_assert_str_eq(events[0].path, "aircheck/2026/11/23/05-..-thôn-2-a.mp3");
	ck_assert_str_eq(events[0].zone, "../thôn\t2/a");
	check_file(&events[0]);
}
END_TEST

START_TEST(lost_frames_are_told)
{
	feed(0, 50, &at_five_to_six);
	recorder_lost(&r, 4800);
	recorder_lost(&r, 480);
	recorder_stop(&r);
	ck_assert_int_eq(events[0].lost_frames, 5280);
}
END_TEST

static bool had_first(void *arg, const char *path)
{
	(void)arg;
	return strstr(path, ".2.") == NULL;
}

START_TEST(a_name_that_the_log_has_is_not_used_again)
{
	recorder_ask(&r, had_first, NULL);
	feed(0, 5, &at_five_to_six);
	recorder_stop(&r);
	ck_assert_int_eq(event_count, 1);
	ck_assert_str_eq(events[0].path, "aircheck/2026/11/23/05-trung-tam.2.mp3");
	check_file(&events[0]);
}
END_TEST

/* Asked meanwhile, it tells what the disk has, and the file goes on as if nobody had. */
START_TEST(what_is_there_so_far_is_told_when_asked)
{
	char path[PATH_BYTES + 64], hex[SHA256_HEX_BYTES];
	uint8_t sum[crypto_hash_sha256_BYTES], data[8 * ONE];
	struct vouched is;

	recorder_vouch(&r, &is); /* nothing is open */
	ck_assert_int_eq(is.bytes, 0);
	feed(0, 5, &at_five_to_six);
	recorder_vouch(&r, &is);
	ck_assert_int_eq(event_count, 0);
	ck_assert_int_eq(is.bytes, 5 * ONE);
	feed(5, 8, &at_five_to_six);
	recorder_stop(&r);
	ck_assert_int_eq(event_count, 1);
	ck_assert_str_eq(events[0].path, is.file);
	check_file(&events[0]);
	snprintf(path, sizeof(path), "%s/%s", dir, is.file);
	FILE *f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fread(data, 1, sizeof(data), f), sizeof(data));
	fclose(f);
	crypto_hash_sha256(sum, data, (unsigned long long)is.bytes);
	sodium_bin2hex(hex, sizeof(hex), sum, sizeof(sum));
	ck_assert_str_eq(is.sha256, hex);
}
END_TEST

START_TEST(asked_on_a_disk_that_fails_it_ends)
{
	struct vouched is;

	feed(0, 5, &at_five_to_six);
	write_fails = true;
	recorder_vouch(&r, &is);
	ck_assert_int_eq(is.bytes, 0);
	ck_assert_int_eq(event_count, 1);
	ck_assert_str_ne(events[0].fault, "");
}
END_TEST

Suite *suite_recorder(void)
{
	Suite *s = suite_create("recorder");
	TCase *t = tcase_create("recorder");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, what_is_there_so_far_is_told_when_asked);
	tcase_add_test(t, asked_on_a_disk_that_fails_it_ends);
	tcase_add_test(t, a_name_that_the_log_has_is_not_used_again);
	tcase_add_test(t, cuts_at_the_hour_on_the_nearest_frame);
	tcase_add_test(t, no_file_is_made_before_its_name_is_known);
	tcase_add_test(t, what_waits_too_long_is_asked_for_anew);
	tcase_add_test(t, a_name_that_was_taken_meanwhile_is_left_alone);
	tcase_add_test(t, a_restart_never_overwrites);
	tcase_add_test(t, a_clock_set_back_begins_a_numbered_file);
	tcase_add_test(t, a_clock_set_forward_cuts_at_once);
	tcase_add_test(t, a_small_correction_after_the_cut_does_not_go_back);
	tcase_add_test(t, nothing_before_the_time_is_known);
	tcase_add_test(t, full_disk_keeps_what_is_whole_and_tries_again);
	tcase_add_test(t, the_last_of_the_disk_is_left_to_the_log);
	tcase_add_test(t, a_folder_that_cannot_be_made_is_told_once);
	tcase_add_test(t, any_zone_name_makes_a_file_name);
	tcase_add_test(t, lost_frames_are_told);
	suite_add_tcase(s, t);
	return s;
}
