/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/streamkind.h"

#include <check.h>
#include <string.h>

static uint8_t data[STREAM_HEAD_BYTES];

static void noise(void)
{
	uint32_t x = 12345;

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)((x = x * 1664525 + 1013904223) >> 24);
}

static void put(size_t at, size_t step, const char *head, size_t len)
{
	for (; at + step <= sizeof(data); at += step)
		memcpy(data + at, head, len);
}

START_TEST(test_frames_are_found_wherever_one_comes_in)
{
	/* Length 300 = 0x12c: 13 bits over bytes 3 to 5. */
	noise();
	put(77, 300, "\xff\xf1\x50\x80\x25\x9f", 6);
	ck_assert_int_eq(stream_kind(data, sizeof(data)), STREAM_AAC);
	noise();
	put(100, 192, "\xff\xfb\x54\xc4", 4); /* 64 kbit/s at 48 kHz */
	ck_assert_int_eq(stream_kind(data, sizeof(data)), STREAM_MP3);
	noise();
	put(13, 188, "\x47", 1);
	ck_assert_int_eq(stream_kind(data, sizeof(data)), STREAM_TS);
}
END_TEST

START_TEST(test_heads_by_their_magic)
{
	static const struct {
		const char *bytes;
		enum stream_kind kind;
	} heads[] = {
		{"OggS", STREAM_OGG}, {"fLaC", STREAM_FLAC}, {"....ftypiso5", STREAM_MP4},
		{"<!DOCTYPE html><html>", STREAM_NOT_SOUND}, {"%PDF-1.7", STREAM_NOT_SOUND},
		{"\x89PNG", STREAM_NOT_SOUND}, {"RIFF....WAVEfmt ", STREAM_WAV},
		{"FORM....AIFF", STREAM_OTHER},
	};

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		noise();
		memcpy(data, heads[i].bytes, strlen(heads[i].bytes));
		ck_assert_msg(stream_kind(data, 2000) == heads[i].kind, "%s", heads[i].bytes);
	}
	memset(data, 'a', 200);
	ck_assert_int_eq(stream_kind(data, 200), STREAM_NOT_SOUND); /* text */
}
END_TEST

/* An HLS segment of AAC begins with a tag that tells its time. */
START_TEST(test_a_tag_is_passed_over)
{
	noise();
	memcpy(data, "ID3\x04\0\0\0\0\0\x3f", 10);
	put(73, 300, "\xff\xf1\x50\x80\x25\x9f", 6);
	ck_assert_int_eq(stream_kind(data, 4000), STREAM_AAC);
	memcpy(data, "ID3\x04\0\0\0\x7f\x7f\x7f", 10); /* 2 MB of pictures */
	ck_assert_int_eq(stream_kind(data, 4000), STREAM_UNSURE);
	ck_assert_int_eq(stream_kind(data, sizeof(data)), STREAM_MP3);
}
END_TEST

START_TEST(test_nothing_is_guessed)
{
	noise();
	ck_assert_int_eq(stream_kind(data, 50), STREAM_UNSURE);
	ck_assert_int_eq(stream_kind(data, 4000), STREAM_UNSURE);
	ck_assert_int_eq(stream_kind(data, sizeof(data)), STREAM_NOT_SOUND);
	memset(data, 0, sizeof(data));
	ck_assert_int_eq(stream_kind(data, sizeof(data)), STREAM_NOT_SOUND);
	memset(data, 0xff, sizeof(data));
	ck_assert_int_eq(stream_kind(data, sizeof(data)), STREAM_NOT_SOUND);
}
END_TEST

START_TEST(test_the_form_of_a_wav)
{
	static const uint8_t head[] = "RIFF\xff\xff\xff\xffWAVEJUNK\x03\0\0\0....fmt \x10\0\0\0"
				      "\x01\0\x08\0\0\xee\x02\0";
	unsigned channels;
	uint32_t rate_hz;

	stream_wav_form(head, sizeof(head) - 1, &rate_hz, &channels);
	ck_assert_uint_eq(rate_hz, 192000);
	ck_assert_uint_eq(channels, 8);
	for (size_t len = 0; len < sizeof(head) - 1; len++) {
		stream_wav_form(head, len, &rate_hz, &channels);
		ck_assert_uint_eq(rate_hz + channels, 0);
	}
}
END_TEST

START_TEST(test_what_it_has_become)
{
	size_t len = sizeof(data);

	noise();
	ck_assert_int_eq(stream_becomes(STREAM_MP3, data, len, true), STREAM_MP3);
	memcpy(data + 5000, "OggS\0\2", 6);
	ck_assert_int_eq(stream_becomes(STREAM_MP3, data, len, false), STREAM_OGG);
	ck_assert_int_eq(stream_becomes(STREAM_OGG, data, len, true), STREAM_OGG);
	noise();
	put(100, 192, "\xff\xfb\x54\xc4", 4);
	ck_assert_int_eq(stream_becomes(STREAM_AAC, data, len, true), STREAM_MP3);
	ck_assert_int_eq(stream_becomes(STREAM_AAC, data, len, false), STREAM_AAC);
	ck_assert_int_eq(stream_becomes(STREAM_MP3, data, len, true), STREAM_MP3);
}
END_TEST

Suite *suite_streamkind(void);
Suite *suite_streamkind(void)
{
	Suite *s = suite_create("streamkind");
	TCase *t = tcase_create("all");

	tcase_add_test(t, test_frames_are_found_wherever_one_comes_in);
	tcase_add_test(t, test_heads_by_their_magic);
	tcase_add_test(t, test_a_tag_is_passed_over);
	tcase_add_test(t, test_nothing_is_guessed);
	tcase_add_test(t, test_the_form_of_a_wav);
	tcase_add_test(t, test_what_it_has_become);
	suite_add_tcase(s, t);
	return s;
}
