/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames are made by LAME, an encoder that is not ours. */
#include "web/mpeg.h"

#include <check.h>
#include <lame/lame.h>
#include <math.h>
#include <string.h>

static char mp3[40000];
static size_t mp3_len;

/* Two seconds of a tone; 48 kHz mono CBR without reservoir, as the station streams it. */
static void setup(void)
{
	static short pcm[96000];
	lame_t lame = lame_init();

	for (int i = 0; i < 96000; i++)
		pcm[i] = (short)(9000 * sin(i * 0.05));
	lame_set_num_channels(lame, 1);
	lame_set_mode(lame, MONO);
	lame_set_in_samplerate(lame, 48000);
	lame_set_out_samplerate(lame, 48000);
	lame_set_brate(lame, 64);
	lame_set_disable_reservoir(lame, 1);
	lame_set_bWriteVbrTag(lame, 0);
	ck_assert_int_ge(lame_init_params(lame), 0);
	int n = lame_encode_buffer(lame, pcm, pcm, 96000, (unsigned char *)mp3, sizeof(mp3));
	ck_assert_int_gt(n, 10000);
	mp3_len = (size_t)n;
	lame_close(lame);
}

START_TEST(every_frame_is_found)
{
	size_t at = 0, skip, frame;
	int frames = 0;

	while ((frame = mpeg_next(mp3 + at, mp3_len - at, &skip)) > 0) {
		ck_assert_uint_eq(skip, 0);
		ck_assert_uint_eq(frame, 192); /* 144 × 64000 / 48000 */
		at += frame;
		frames++;
	}
	ck_assert_int_eq(frames, (int)(mp3_len / 192));
}
END_TEST

START_TEST(it_finds_the_next_frame_from_anywhere)
{
	for (size_t from = 1; from < 192; from++) {
		size_t skip, frame = mpeg_next(mp3 + 1920 + from, 1000, &skip);
		ck_assert_uint_eq(frame, 192);
		ck_assert_uint_eq((from + skip) % 192, 0);
	}
}
END_TEST

START_TEST(a_part_is_no_frame)
{
	size_t skip;

	for (size_t len = 0; len < 192; len++) {
		ck_assert_uint_eq(mpeg_next(mp3, len, &skip), 0);
		ck_assert_uint_eq(skip, 0);
	}
}
END_TEST

START_TEST(noise_holds_no_frame)
{
	char text[2000];
	size_t skip;

	memset(text, 'x', sizeof(text));
	ck_assert_uint_eq(mpeg_next(text, sizeof(text), &skip), 0);
	ck_assert_uint_eq(skip, sizeof(text) - 3);
	memset(text, 0xff, sizeof(text)); /* sync everywhere, but a bit rate that does not exist */
	ck_assert_uint_eq(mpeg_next(text, sizeof(text), &skip), 0);
}
END_TEST

static const struct {
	unsigned char header[4];
	size_t bytes;
} headers[] = {
	{{0xff, 0xfb, 0x90, 0x00}, 417}, /* MPEG-1, 128 kbit/s, 44.1 kHz */
	{{0xff, 0xfb, 0x92, 0x00}, 418}, /* the same, padded */
	{{0xff, 0xf3, 0x84, 0x00}, 192}, /* MPEG-2, 64 kbit/s, 24 kHz */
	{{0xff, 0xe3, 0x84, 0x00}, 384}, /* MPEG-2.5, 64 kbit/s, 12 kHz */
	{{0xff, 0xfd, 0x90, 0x00}, 0},	 /* Layer II */
	{{0xff, 0xfb, 0xf0, 0x00}, 0},	 /* no such bit rate */
	{{0xff, 0xfb, 0x9c, 0x00}, 0},	 /* no such sample rate */
	{{0xff, 0xeb, 0x90, 0x00}, 0},	 /* reserved version */
	{{0x00, 0xfb, 0x90, 0x00}, 0},
};

START_TEST(headers_by_the_book)
{
	ck_assert_uint_eq(mpeg_frame_bytes(headers[_i].header), headers[_i].bytes);
}
END_TEST

Suite *suite_mpeg(void);
Suite *suite_mpeg(void)
{
	Suite *s = suite_create("mpeg");
	TCase *t = tcase_create("frames");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, every_frame_is_found);
	tcase_add_test(t, it_finds_the_next_frame_from_anywhere);
	tcase_add_test(t, a_part_is_no_frame);
	tcase_add_test(t, noise_holds_no_frame);
	tcase_add_loop_test(t, headers_by_the_book, 0, sizeof(headers) / sizeof(headers[0]));
	suite_add_tcase(s, t);
	return s;
}
