/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/mp3.h"
#include "support/sound.h"
#include "support/tmpdir.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define FRAMES 48000

static uint8_t out[1 << 20];

static size_t encode(const struct mp3_config *config, const float *samples, int *frame_bytes)
{
	struct mp3 *m;
	struct err e = {0};
	size_t n = 0;

	ck_assert_msg(mp3_create(&m, config, &e), "%s", e.text);
	*frame_bytes = mp3_frame_bytes(m);
	for (int at = 0; at < FRAMES; at += BLOCK_FRAMES)
		n += mp3_encode(m, samples + at, samples + at, BLOCK_FRAMES, out + n,
				sizeof(out) - n);
	n += mp3_flush(m, out + n, sizeof(out) - n);
	mp3_destroy(m);
	return n;
}

static struct sound_file decode(size_t from, size_t bytes)
{
	char dir[64], path[128];

	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/a.mp3", dir);
	FILE *f = fopen(path, "wb");
	ck_assert_uint_eq(fwrite(out + from, 1, bytes, f), bytes);
	fclose(f);
	struct sound_file s = sound_read(path);
	tmpdir_remove(dir);
	return s;
}

START_TEST(frames_are_whole_and_of_one_size)
{
	static float samples[FRAMES];
	struct mp3_config config = {.channels = 1, .bitrate_kbps = 64, .cuttable = true};
	int frame_bytes;

	sound_sine(samples, 0, FRAMES, 440, 0.5);
	size_t n = encode(&config, samples, &frame_bytes);
	ck_assert_int_eq(frame_bytes, 192);
	ck_assert_uint_eq(n % 192, 0);
	ck_assert_uint_ge(n / 192 * MP3_FRAMES, FRAMES + MP3_DELAY_FRAMES - 529);
	for (size_t at = 0; at < n; at += 192) {
		ck_assert_uint_eq(out[at], 0xff);
		ck_assert_uint_eq(out[at + 1] & 0xfe, 0xfa); /* MPEG-1 layer III */
		/* main_data_begin, the first 9 bits of the side information: nothing borrowed */
		int side = (out[at + 1] & 1) ? 4 : 6;
		ck_assert_int_eq(out[at + side] << 1 | out[at + side + 1] >> 7, 0);
	}
}
END_TEST

START_TEST(any_run_of_frames_decodes_by_itself)
{
	static float samples[FRAMES];
	struct mp3_config config = {.channels = 1, .bitrate_kbps = 64, .cuttable = true};
	int frame_bytes;

	sound_sine(samples, 0, FRAMES, 1000, 0.5);
	encode(&config, samples, &frame_bytes);
	struct sound_file s = decode(7 * 192, 20 * 192);
	ck_assert_int_eq(s.rate, 48000);
	ck_assert_int_eq(s.channels, 1);
	ck_assert_int_eq(s.frames, 20 * MP3_FRAMES);
	/* Past the first frame, which lacks its neighbour's overlap, it is the input, shifted. */
	int64_t input = 7 * MP3_FRAMES - MP3_DELAY_FRAMES;
	for (int i = 2 * MP3_FRAMES; i < 19 * MP3_FRAMES; i++)
		ck_assert_float_eq_tol(s.data[i], samples[input + i], 0.02f);
	free(s.data);
}
END_TEST

START_TEST(stereo_has_both_channels)
{
	static float samples[FRAMES];
	struct mp3_config config = {.channels = 2, .bitrate_kbps = 128};
	int frame_bytes;

	sound_sine(samples, 0, FRAMES, 500, 0.4);
	size_t n = encode(&config, samples, &frame_bytes);
	ck_assert_int_eq(frame_bytes, 384);
	struct sound_file s = decode(0, n);
	ck_assert_int_eq(s.channels, 2);
	ck_assert_float_eq_tol(s.data[2 * 20000], samples[20000 - MP3_DELAY_FRAMES], 0.02f);
	ck_assert_float_eq_tol(s.data[2 * 20000 + 1], s.data[2 * 20000], 0.001f);
	free(s.data);
}
END_TEST

START_TEST(a_rate_that_mp3_lacks_is_refused)
{
	static const int bad[] = {0, -1, 65, 100, 1000};
	struct mp3 *m;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct mp3_config config = {.channels = 1, .bitrate_kbps = bad[i]};
		struct err e = {0};
		ck_assert_msg(!mp3_create(&m, &config, &e), "%d", bad[i]);
		ck_assert_int_eq(e.kind, ERR_USAGE);
	}
	mp3_destroy(NULL);
}
END_TEST

Suite *suite_mp3(void)
{
	Suite *s = suite_create("mp3");
	TCase *t = tcase_create("mp3");

	tcase_add_test(t, frames_are_whole_and_of_one_size);
	tcase_add_test(t, any_run_of_frames_decodes_by_itself);
	tcase_add_test(t, stereo_has_both_channels);
	tcase_add_test(t, a_rate_that_mp3_lacks_is_refused);
	suite_add_tcase(s, t);
	return s;
}
