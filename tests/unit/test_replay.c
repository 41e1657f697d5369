/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/replay.h"

#include "base/envelope.h"
#include "base/must.h"
#include "mix/coder.h"
#include "support/aired.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_05 "aircheck/05-mot.mp3"

static char dir[64];
static struct recording r;
static struct envelope got;
static bool damaged;

/* All but the first 99 MP3 frames of a recording of 20 s. */
static void setup(void)
{
	tmpdir_make(dir);
	aired_recording(dir, FILE_05, 3, 12 * 48000);
	r = (struct recording){.count = 1};
	snprintf(r.parts[0].file, sizeof(r.parts[0].file), FILE_05);
	r.parts[0].first = 99 * coder_frame_bytes();
	r.parts[0].bytes = 600 * coder_frame_bytes();
	damaged = false;
}

static void teardown(void)
{
	envelope_free(&got);
	tmpdir_remove(dir);
}

static void add_envelope(void *maker, const float *samples, size_t frames)
{
	envelope_add(maker, samples, frames);
}

static bool read_it(int64_t skip_frames)
{
	struct envelope_maker *maker = envelope_begin(envelope_keep, &got);
	bool there = replay_samples(dir, &r, skip_frames, add_envelope, maker, &damaged);

	envelope_end(maker);
	return there;
}

static void ck_like_the_sound(int64_t hops_before)
{
	struct envelope sound = {0};
	struct envelope_maker *m = envelope_begin(envelope_keep, &sound);
	float *x = calloc(12 * 48000, sizeof(*x));
	int near = 0;

	must(x != NULL);
	aired_sound(3, x, 12 * 48000);
	envelope_add(m, x, 12 * 48000);
	envelope_end(m);
	for (int64_t i = 0; i < 590; i++)
		near += abs(sound.hops[i].band[2] - got.hops[i + hops_before].band[2]) <= 4;
	ck_assert_int_ge(near, 520); /* MP3 is not exact in what is soft */
	envelope_free(&sound);
	free(x);
}

START_TEST(samples_lie_where_the_log_says)
{
	int64_t into = AIRED_INTO - 99 * MP3_FRAMES;

	ck_assert(read_it(into % ENVELOPE_HOP_FRAMES));
	ck_assert(!damaged);
	ck_like_the_sound(into / ENVELOPE_HOP_FRAMES);
}
END_TEST

START_TEST(parts_follow_one_another)
{
	int64_t into = AIRED_INTO - 99 * MP3_FRAMES;

	r.count = 2;
	r.parts[1] = r.parts[0];
	r.parts[0].bytes = 301 * coder_frame_bytes();
	r.parts[1].first += 301 * coder_frame_bytes();
	r.parts[1].bytes = 299 * coder_frame_bytes();
	ck_assert(read_it(into % ENVELOPE_HOP_FRAMES));
	ck_assert(!damaged);
	ck_like_the_sound(into / ENVELOPE_HOP_FRAMES);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_told)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/" FILE_05, dir);
	unlink(path);
	ck_assert(!read_it(0));
}
END_TEST

/* Rubbish is silence of its length: what comes after it would lie elsewhere else. */
START_TEST(what_does_not_decode_is_silence)
{
	char path[128];
	size_t len;

	snprintf(path, sizeof(path), "%s/" FILE_05, dir);
	uint8_t *bytes = file_load(path, &len);
	memset(bytes, 0x55, len);
	file_save(path, bytes, len);
	ck_assert(read_it(0));
	ck_assert(damaged);
	ck_assert_int_ge(got.count, 600 * MP3_FRAMES / ENVELOPE_HOP_FRAMES - 2);
	ck_assert_int_eq(got.hops[100].band[0], 1);
	file_save(path, bytes, 0);
	envelope_free(&got);
	ck_assert(read_it(0)); /* cut to nothing */
	ck_assert(damaged);
	free(bytes);
}
END_TEST

Suite *suite_replay(void);
Suite *suite_replay(void)
{
	Suite *s = suite_create("replay");
	TCase *c = tcase_create("replay");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, samples_lie_where_the_log_says);
	tcase_add_test(c, parts_follow_one_another);
	tcase_add_test(c, a_file_that_is_not_there_is_told);
	tcase_add_test(c, what_does_not_decode_is_silence);
	suite_add_tcase(s, c);
	return s;
}
