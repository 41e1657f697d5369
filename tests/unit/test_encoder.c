/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/encoder.h"
#include "mix/mp3.h"
#include "support/sound.h"
#include "support/tmpdir.h"
#include "sys/sock.h"

#include <check.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64], live_path[128];
static struct disk_real real;
static struct tz tz;
static struct encoder_config config;
static struct encoder *en;

static void setup(void)
{
	struct err e = {0};

	tmpdir_make(dir);
	snprintf(live_path, sizeof(live_path), "%s/live.sock", dir);
	ck_assert_msg(disk_real_open(&real, dir, &e), "%s", e.text);
	tz_fixed(&tz, "UTC", 0);
	config = (struct encoder_config){.disk = &real.disk,
					 .zones = {"a", "b"},
					 .zone_count = 2,
					 .stream_zone = 1,
					 .live_path = live_path,
					 .record = true,
					 .tz = &tz};
	ck_assert_msg(encoder_create(&en, &config, &e), "%s", e.text);
}

static void teardown(void)
{
	encoder_destroy(en);
	disk_real_close(&real);
	tmpdir_remove(dir);
}

/* Blocks [from, to): zone a a tone, zone b the same at half the level. */
static void tap(int from, int to)
{
	float a[BLOCK_FRAMES], b[BLOCK_FRAMES];
	float *const out[] = {a, b};

	for (int i = from; i < to; i++) {
		int64_t first = (int64_t)i * BLOCK_FRAMES;
		sound_sine(a, first, BLOCK_FRAMES, 1000, 0.5);
		sound_sine(b, first, BLOCK_FRAMES, 1000, 0.25);
		encoder_tap(en, (struct frame){first}, out);
	}
}

static void set_time(void)
{
	encoder_set_time(en, (struct frame){0},
			 (struct wall){INT64_C(1795400000) * NS_PER_S});
}

static bool readable(int fd, int timeout_ms)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, timeout_ms) == 1;
}

START_TEST(records_every_zone)
{
	struct encoder_event ev;
	char path[PATH_BYTES + 64];
	int seen = 0;

	set_time();
	for (int i = 0; i < 20; i++) {
		tap(i * 100, i * 100 + 100);
		encoder_turn(en);
	}
	encoder_stop(en);
	ck_assert(readable(encoder_notify_fd(en), 0));
	while (encoder_event(en, &ev)) {
		snprintf(path, sizeof(path), "%s/%s", dir, ev.path);
		struct sound_file f = sound_read(path);
		float level = strcmp(ev.zone, "a") == 0 ? 0.5f : 0.25f, most = 0;
		ck_assert_int_eq(f.frames, ev.frames);
		ck_assert_int_ge(ev.first.n + ev.frames, 20 * 48000);
		ck_assert_int_lt(ev.first.n + ev.frames, 20 * 48000 + 3 * MP3_FRAMES);
		for (int i = 5000; i < 900000; i++)
			most = f.data[i] > most ? f.data[i] : most;
		ck_assert_float_eq_tol(most, level, 0.02f);
		ck_assert_int_eq(ev.lost_frames, 0);
		free(f.data);
		seen++;
	}
	ck_assert_int_eq(seen, 2);
	ck_assert(!readable(encoder_notify_fd(en), 0));
}
END_TEST

START_TEST(measures_exactly)
{
	struct encoder_measure m;

	ck_assert(encoder_measure_begin(en, 70, 1, (struct frame){4801}));
	ck_assert(encoder_measure_begin(en, 71, 2, (struct frame){4801}));
	ck_assert(!encoder_measure_end(en, 99, (struct frame){5}));
	tap(0, 100);
	encoder_turn(en);
	ck_assert(encoder_measure_end(en, 70, (struct frame){200003}));
	ck_assert(encoder_measure_end(en, 71, (struct frame){200003}));
	tap(100, 400);
	encoder_turn(en);
	tap(400, 500);
	encoder_turn(en);
	ck_assert(readable(encoder_notify_fd(en), 0));
	ck_assert(encoder_measured(en, &m));
	ck_assert_uint_eq(m.id, 70);
	ck_assert_int_eq(m.frames, 200003 - 4801);
	/* A 1 kHz sine of amplitude 0.5 has −6.02 dBTP and −9.03 LUFS (BS.1770). */
	ck_assert_double_eq_tol(m.loudness_lufs, -9.03, 0.1);
	ck_assert_double_eq_tol(m.peak_dbtp, -6.02, 0.05);
	ck_assert(encoder_measured(en, &m));
	ck_assert_uint_eq(m.id, 71);
	ck_assert_double_eq_tol(m.loudness_lufs, -15.05, 0.1);
	ck_assert(!encoder_measured(en, &m));
	ck_assert(!readable(encoder_notify_fd(en), 0));
	ck_assert(!encoder_measure_end(en, 70, (struct frame){5}));
}
END_TEST

/* The mixer starts 2 s before the hour: what begins before it lies in one file, what begins after
 * it in the next, although both were announced before. */
START_TEST(a_measure_names_the_recording_it_begins_in)
{
	struct encoder_measure m;
	struct wall before = {INT64_C(1795388398) * NS_PER_S}; /* 2026-11-22T22:59:58Z */

	encoder_set_time(en, (struct frame){0}, before);
	ck_assert(encoder_measure_begin(en, 1, 3, (struct frame){48000}));
	ck_assert(encoder_measure_begin(en, 2, 2, (struct frame){3 * 48000}));
	tap(0, 500);
	encoder_turn(en);
	ck_assert(encoder_measure_end(en, 1, (struct frame){4 * 48000}));
	ck_assert(encoder_measure_end(en, 2, (struct frame){4 * 48000}));
	tap(500, 700);
	encoder_turn(en);
	ck_assert(encoder_measured(en, &m));
	ck_assert_uint_eq(m.id, 1);
	ck_assert(strstr(m.places[0].recording, "aircheck/2026/11/22/22-a.") != NULL);
	ck_assert(strstr(m.places[1].recording, "aircheck/2026/11/22/22-b.") != NULL);
	ck_assert(encoder_measured(en, &m));
	ck_assert_uint_eq(m.id, 2);
	ck_assert(strstr(m.places[1].recording, "aircheck/2026/11/22/23-b.") != NULL);
	ck_assert_str_eq(m.places[0].recording, ""); /* not asked for */
}
END_TEST

/* Who is given a measure can say what the disk has of the file that it ends in. */
START_TEST(a_measure_tells_what_the_disk_has_by_then)
{
	struct encoder_measure m;
	struct stat st;
	char path[PATH_BYTES + 64];

	set_time();
	ck_assert(encoder_measure_begin(en, 1, 2, (struct frame){48000}));
	tap(0, 400);
	encoder_turn(en);
	ck_assert(encoder_measure_end(en, 1, (struct frame){4 * 48000}));
	tap(400, 410);
	encoder_turn(en);
	ck_assert(encoder_measured(en, &m));
	const struct vouched *is = &m.places[1].prefix;
	ck_assert_str_eq(is->file, m.places[1].recording);
	snprintf(path, sizeof(path), "%s/%s", dir, is->file);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_size, is->bytes);
	/* 64 kbit/s: six samples a byte, to the last of the stretch. */
	ck_assert_int_ge(is->bytes * 6, m.places[1].into_frames + 3 * 48000);
	ck_assert_uint_eq(strlen(is->sha256), 64);
	ck_assert_int_eq(m.places[0].prefix.bytes, 0); /* not asked for */
}
END_TEST

/* LAME holds some frames back: told before those are on the disk, its end is not vouched for. */
START_TEST(a_measure_waits_until_its_end_is_recorded)
{
	struct encoder_measure m;
	int last = 400;

	set_time();
	ck_assert(encoder_measure_begin(en, 1, 3, (struct frame){48000}));
	tap(0, last);
	encoder_turn(en);
	ck_assert(encoder_measure_end(en, 1, (struct frame){4 * 48000}));
	encoder_turn(en);
	ck_assert(!encoder_measured(en, &m));
	while (!encoder_measured(en, &m)) {
		ck_assert_int_lt(last, 400 + 10);
		tap(last, last + 1);
		last++;
		encoder_turn(en);
	}
	for (int z = 0; z < 2; z++)
		ck_assert_int_ge(m.places[z].prefix.bytes * 6,
				 m.places[z].into_frames + 3 * 48000);
	ck_assert_int_eq(m.frames, 3 * 48000);
}
END_TEST

/* What begins on the hour to the sample lies in the new hour's file, though the encoder, which lags
 * behind the mixer, still wrote the old one then; and its place in the file is known. */
START_TEST(what_begins_on_the_hour_lies_in_the_new_hours_file)
{
	struct encoder_measure m;
	struct encoder_event ev;
	struct wall before = {INT64_C(1795388398) * NS_PER_S};
	int64_t seen = 0;

	encoder_set_time(en, (struct frame){0}, before);
	ck_assert(encoder_measure_begin(en, 1, 1, (struct frame){2 * 48000}));
	ck_assert(encoder_measure_begin(en, 2, 1, (struct frame){3 * 48000}));
	for (int i = 0; i < 400; i++) { /* block by block: the mark is looked at after each */
		tap(i, i + 1);
		encoder_turn(en);
	}
	ck_assert(encoder_measure_end(en, 1, (struct frame){3 * 48000}));
	ck_assert(encoder_measure_end(en, 2, (struct frame){3 * 48000 + 24000}));
	encoder_stop(en);
	while (encoder_measured(en, &m)) {
		ck_assert(strstr(m.places[0].recording, "22/23-a.mp3") != NULL);
		ck_assert_int_ge(m.places[0].into_frames, 0);
		if (m.id == 2)
			ck_assert_int_eq(m.places[0].into_frames, seen + 48000);
		seen = m.places[0].into_frames;
	}
	ck_assert_int_lt(seen, 48000 + 2 * MP3_FRAMES);
	while (encoder_event(en, &ev))
		if (strstr(ev.path, "22/23-a.mp3") != NULL)
			ck_assert_int_eq(3 * 48000 - ev.first.n, seen);
}
END_TEST

/* An airing may begin while the hour's recording waits for its name: it lies in it all the same. */
START_TEST(who_asks_first_records_only_what_was_answered)
{
	struct encoder_event ev, other;
	struct encoder_measure m;
	struct err e = {0};
	struct encoder *old = en;

	config.ask = true;
	config.live_path = NULL;
	ck_assert(encoder_create(&en, &config, &e));
	encoder_destroy(old);
	set_time();
	ck_assert(encoder_measure_begin(en, 3, 3, (struct frame){4800}));
	tap(0, 50);
	encoder_turn(en);
	ck_assert(encoder_event(en, &ev) && encoder_event(en, &other));
	ck_assert_str_eq(ev.zone, "a");
	ck_assert(ev.wish > 0 && other.wish > 0);
	encoder_record(en, &ev);
	tap(50, 100);
	encoder_turn(en);
	ck_assert(encoder_measure_end(en, 3, (struct frame){28800}));
	tap(100, 150);
	encoder_turn(en);
	ck_assert(encoder_measured(en, &m));
	ck_assert_str_eq(m.places[0].recording, ev.path);
	ck_assert_int_eq(m.places[0].into_frames, 4800 - ev.first.n);
	ck_assert_str_eq(m.places[1].recording, "");
	encoder_stop(en);
	ck_assert(encoder_event(en, &other));
	ck_assert_str_eq(other.path, ev.path);
	ck_assert_int_eq(other.first.n, ev.first.n);
	ck_assert(!encoder_event(en, &other));
}
END_TEST

START_TEST(too_many_measures_are_refused_not_forgotten)
{
	struct encoder_measure m;
	int got = 0;

	for (uint64_t i = 0; i < ENCODER_MEASURES_MAX; i++) {
		ck_assert(encoder_measure_begin(en, i, 1, (struct frame){0}));
		ck_assert(encoder_measure_end(en, i, (struct frame){4800}));
	}
	ck_assert(!encoder_measure_begin(en, 1000, 1, (struct frame){0}));
	tap(0, 20);
	encoder_turn(en);
	while (encoder_measured(en, &m))
		got++;
	ck_assert_int_eq(got, ENCODER_MEASURES_MAX);
	ck_assert(encoder_measure_begin(en, 1000, 1, (struct frame){0}));
}
END_TEST

START_TEST(overflow_is_counted_and_becomes_silence)
{
	struct encoder_event ev;

	set_time();
	tap(0, ENCODER_RING_BLOCKS + 70);
	encoder_turn(en);
	tap(ENCODER_RING_BLOCKS + 70, ENCODER_RING_BLOCKS + 100);
	encoder_stop(en);
	ck_assert(encoder_event(en, &ev));
	ck_assert_int_eq(ev.lost_frames, 70 * BLOCK_FRAMES);
	ck_assert_int_ge(ev.first.n + ev.frames, (ENCODER_RING_BLOCKS + 100) * BLOCK_FRAMES);
}
END_TEST

static void *mixing_thread(void *arg)
{
	(void)arg;
	for (int i = 0; i < 10; i++)
		tap(i * 40, i * 40 + 40);
	return NULL;
}

START_TEST(on_its_own_thread_all_comes_out)
{
	struct encoder_event ev;
	struct encoder_measure m;
	struct err e = {0};
	pthread_t mixing;
	uint8_t head[2];

	ck_assert_msg(encoder_start(en, &e), "%s", e.text);
	set_time();
	ck_assert(encoder_measure_begin(en, 5, 2, (struct frame){480}));
	int fd = sock_connect_now(live_path, &e);
	ck_assert_msg(fd >= 0, "%s", e.text);
	ck_assert_int_eq(pthread_create(&mixing, NULL, mixing_thread, NULL), 0);
	ck_assert(readable(fd, 60000));
	ck_assert_int_eq(read(fd, head, 2), 2);
	ck_assert_int_eq(head[0], 0xff);
	ck_assert_int_eq(head[1] & 0xfe, 0xfa);
	for (int i = 0; i < 6000 && encoder_listeners(en) == 0; i++)
		readable(-1, 10); /* counted at the end of that turn */
	ck_assert_int_eq(encoder_listeners(en), 1);
	ck_assert_int_eq(pthread_join(mixing, NULL), 0);
	ck_assert(encoder_measure_end(en, 5, (struct frame){48480}));
	ck_assert(readable(encoder_notify_fd(en), 60000));
	ck_assert(encoder_measured(en, &m));
	ck_assert_int_ge(m.frames, 48000);
	encoder_stop(en);
	ck_assert_int_eq(encoder_listeners(en), 0);
	ck_assert(encoder_event(en, &ev));
	ck_assert_int_ge(ev.frames, 400 * BLOCK_FRAMES);
	ck_assert(encoder_event(en, &ev));
	ck_assert(!encoder_event(en, &ev));
	close(fd);
}
END_TEST

START_TEST(without_recording_or_stream)
{
	struct encoder_event ev;
	struct err e = {0};
	struct encoder *quiet;

	config.record = false;
	config.live_path = NULL;
	ck_assert(encoder_create(&quiet, &config, &e));
	encoder_turn(quiet);
	encoder_destroy(quiet);
	config.live_path = "/nowhere/live.sock";
	ck_assert(!encoder_create(&quiet, &config, &e));
	ck_assert_int_ne(e.text[0], 0);
	encoder_destroy(NULL);
	encoder_stop(en);
	ck_assert(!encoder_event(en, &ev));
}
END_TEST

Suite *suite_encoder(void)
{
	Suite *s = suite_create("encoder");
	TCase *t = tcase_create("encoder");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, records_every_zone);
	tcase_add_test(t, measures_exactly);
	tcase_add_test(t, who_asks_first_records_only_what_was_answered);
	tcase_add_test(t, a_measure_names_the_recording_it_begins_in);
	tcase_add_test(t, a_measure_tells_what_the_disk_has_by_then);
	tcase_add_test(t, a_measure_waits_until_its_end_is_recorded);
	tcase_add_test(t, what_begins_on_the_hour_lies_in_the_new_hours_file);
	tcase_add_test(t, too_many_measures_are_refused_not_forgotten);
	tcase_add_test(t, overflow_is_counted_and_becomes_silence);
	tcase_add_test(t, on_its_own_thread_all_comes_out);
	tcase_add_test(t, without_recording_or_stream);
	suite_add_tcase(s, t);
	return s;
}
