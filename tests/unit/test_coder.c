/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/coder.h"
#include "support/sound.h"
#include "support/tmpdir.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVENTS 4

static char dir[64];
static struct disk_real real;
static struct tz tz;
static struct recorder recorder;
static struct coder c;
static struct encoder_event events[EVENTS];
static int event_count;
/* 2026-11-23, some minutes past an hour, at frame 0. */
static const struct recorder_time time_point = {true, {0}, {INT64_C(1795400000) * NS_PER_S}};

static void on_closed(void *arg, const struct encoder_event *ev)
{
	(void)arg;
	ck_assert_int_lt(event_count, EVENTS);
	events[event_count++] = *ev;
}

static void setup(void)
{
	struct err e = {0};

	tmpdir_make(dir);
	ck_assert_msg(disk_real_open(&real, dir, &e), "%s", e.text);
	tz_fixed(&tz, "UTC", 0);
	event_count = 0;
	recorder_init(&recorder, &real.disk, &tz, "a", 192, on_closed, NULL);
	coder_init(&c, &recorder, NULL);
}

static void teardown(void)
{
	disk_real_close(&real);
	tmpdir_remove(dir);
}

/* Silence but for a short tone burst whose middle is at `click`. */
static void feed(int64_t from, int64_t to, int64_t click)
{
	float samples[BLOCK_FRAMES];

	for (int64_t at = from; at < to; at += BLOCK_FRAMES) {
		for (int i = 0; i < BLOCK_FRAMES; i++) {
			double x = (double)(at + i - click) / 24.0;
			samples[i] = (float)(0.8 * exp(-x * x));
		}
		coder_block(&c, at, samples, &time_point);
	}
}

static struct sound_file recorded(const struct encoder_event *ev)
{
	char path[PATH_BYTES + 64];

	snprintf(path, sizeof(path), "%s/%s", dir, ev->path);
	return sound_read(path);
}

static int64_t loudest(const struct sound_file *f)
{
	int64_t at = 0;

	for (int64_t i = 0; i < f->frames; i++)
		if (fabsf(f->data[i]) > fabsf(f->data[at]))
			at = i;
	return at;
}

START_TEST(a_sample_of_the_file_is_its_frame_of_the_timeline)
{
	feed(48000, 148800, 100000);
	coder_finish(&c, &time_point);
	ck_assert_int_eq(event_count, 1);
	struct sound_file f = recorded(&events[0]);
	ck_assert_int_eq(f.frames, events[0].frames);
	ck_assert_int_eq(events[0].first.n, 48000 - MP3_DELAY_FRAMES);
	ck_assert_int_eq(events[0].first.n + loudest(&f), 100000);
	/* Nothing of the end is missing. */
	ck_assert_int_ge(events[0].first.n + events[0].frames, 148800);
	free(f.data);
}
END_TEST

START_TEST(a_gap_becomes_silence)
{
	feed(0, 48000, -10000);
	feed(96000, 192000, 150000);
	coder_finish(&c, &time_point);
	ck_assert_int_eq(event_count, 1);
	ck_assert_int_eq(events[0].lost_frames, 48000);
	struct sound_file f = recorded(&events[0]);
	ck_assert_int_eq(events[0].first.n + loudest(&f), 150000);
	free(f.data);
}
END_TEST

START_TEST(a_long_gap_begins_another_file)
{
	int64_t later = (ENCODER_GAP_S + 1) * 48000 + 48000;

	feed(0, 48000, 20000);
	feed(later, later + 48000, later + 30000);
	coder_finish(&c, &time_point);
	ck_assert_int_eq(event_count, 2);
	struct sound_file f = recorded(&events[1]);
	ck_assert_int_eq(events[1].first.n, later - MP3_DELAY_FRAMES);
	ck_assert_int_eq(events[1].first.n + loudest(&f), later + 30000);
	free(f.data);
}
END_TEST

START_TEST(a_jump_back_begins_another_file)
{
	feed(480000, 528000, 500000);
	feed(0, 48000, 20000);
	coder_finish(&c, &time_point);
	ck_assert_int_eq(event_count, 2);
	ck_assert_int_eq(events[1].first.n, -MP3_DELAY_FRAMES);
}
END_TEST

START_TEST(nothing_in_nothing_out)
{
	coder_finish(&c, &time_point);
	ck_assert_int_eq(event_count, 0);
}
END_TEST

Suite *suite_coder(void)
{
	Suite *s = suite_create("coder");
	TCase *t = tcase_create("coder");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_sample_of_the_file_is_its_frame_of_the_timeline);
	tcase_add_test(t, a_gap_becomes_silence);
	tcase_add_test(t, a_long_gap_begins_another_file);
	tcase_add_test(t, a_jump_back_begins_another_file);
	tcase_add_test(t, nothing_in_nothing_out);
	suite_add_tcase(s, t);
	return s;
}
