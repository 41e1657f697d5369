/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/ingest.h"

#include "base/moment.h"
#include "support/ingesting.h"
#include "support/soundfile.h"
#include "sys/chance.h"

#include <check.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int rates[] = {4000, 8000, 11025, 22050, 44100, 96000, 192000};

/* Fewer than one frame of length lost or won, and the tone still where it was. */
START_TEST(every_rate_becomes_48_khz)
{
	struct clip c = clip_tone(rates[_i], 1, 2, 440, 0.5);

	clip_save(&c, ingest_path, SF_FORMAT_WAV | SF_FORMAT_PCM_24);
	struct ingest_result r = ingest_taken();
	struct sound_file m = ingest_master(&r);
	ck_assert_int_le(llabs(r.frames - 96000), 1);
	for (int64_t i = 4800; i < 91200; i++)
		ck_assert_double_eq_tol(m.data[i], 0.5 * sin(2 * M_PI * 440 * (double)i / 48000),
					1e-4);
	ck_assert_double_eq_tol(r.peak_dbtp, -6.02, 0.15);
	free(m.data);
	clip_free(&c);
}
END_TEST

START_TEST(a_truncated_file_is_taken_with_a_warning)
{
	static const int kinds[] = {SF_FORMAT_WAV | SF_FORMAT_PCM_16,
				    SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 0};
	struct clip c = clip_mixed(48000, 10, 4);
	size_t len;

	if (kinds[_i] != 0)
		clip_save(&c, ingest_path, kinds[_i]);
	else
		clip_save_mp3(&c, ingest_path, (struct mp3_form){.kbps = 128});
	uint8_t *bytes = file_load(ingest_path, &len);
	file_save(ingest_path, bytes, len / 2);
	struct ingest_result r = ingest_taken();
	ck_assert_int_ge(r.frames, 4 * 48000);
	ck_assert_int_le(r.frames, 6 * 48000);
	ck_assert_msg(strstr(r.warnings.text, "\"said_s\":10.0") != NULL, "%s", r.warnings.text);
	free(bytes);
	clip_free(&c);
}
END_TEST

START_TEST(what_is_no_sound_is_named)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *word;
	} cases[] = {
		{"", 0, "0 byte"},
		{"MZ\x90\0\3\0\0\0", 8, ".exe"},
		{"%PDF-1.7\n", 9, "PDF"},
		{"\xff\xd8\xff\xe0\0\x10JFIF", 10, "JPEG"},
		{"PK\3\4\x14\0\6\0", 8, "Word"},
		{"<!DOCTYPE html><html>", 21, "HTML"},
		{"\0\0\0\x18" "ftypM4A ", 12, "M4A"},
		{"#!AMR\n\x3c", 7, "0 giây"},
		{"\x30\x26\xb2\x75\x8e\x66\xcf\x11", 8, "WMA"},
		{"\x1a\x45\xdf\xa3", 4, "WebM"},
		{"Kính thưa bà con", 18, "văn bản"},
		{"RIFF\x24\0\0\0WAVEfmt ", 16, "hỏng"},
		{"fLaC\0\0\0\x22", 8, "hỏng"},
		{"OggS\0\2", 6, "hỏng"},
		{"\1\2\3\4\5", 5, "MP3 hoặc WAV"},
	};

	file_save(ingest_path, cases[_i].bytes, cases[_i].len);
	ingest_refused(cases[_i].word);
}
END_TEST

START_TEST(random_bytes_are_no_sound)
{
	static uint8_t noise[300000];
	struct chance chance = {11};

	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (uint8_t)chance_next(&chance);
	file_save(ingest_path, noise, sizeof(noise));
	ingest_refused("không phải");
}
END_TEST

START_TEST(a_header_without_sound_is_zero_seconds)
{
	struct clip c = clip_tone(48000, 1, 0, 440, 0.5);
	size_t len;

	clip_save(&c, ingest_path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	free(file_load(ingest_path, &len));
	ck_assert_uint_eq(len, 44);
	ingest_refused("0 giây");
	clip_free(&c);
}
END_TEST

START_TEST(odd_forms_are_refused)
{
	struct clip c = clip_tone(3000, 1, 1, 440, 0.5), many = clip_tone(48000, 9, 0.1, 440, 0.5);

	clip_save(&c, ingest_path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	ingest_refused("3000 Hz");
	clip_save(&many, ingest_path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	ingest_refused("9 kênh");
	clip_free(&c);
	clip_free(&many);
}
END_TEST

START_TEST(what_is_too_long_is_refused)
{
	struct clip c = clip_tone(8000, 1, 10, 440, 0.5);
	struct ingest_result r;
	struct err e = {0};

	clip_save(&c, ingest_path, SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
	int fd = open(ingest_path, O_RDONLY);
	struct ingest_job job = {.fd = fd, .dir = ingest_dir, .longest_frames = 10 * 48000 - 1};
	ck_assert(!ingest_run(&job, &r, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "dài hơn"));
	ck_assert_int_eq(ingest_files("masters"), 0);
	job.longest_frames++;
	ck_assert(ingest_run(&job, &r, &e));
	close(fd);
	clip_free(&c);
}
END_TEST

START_TEST(two_channels_become_their_mean)
{
	struct clip c = clip_tone(44100, 2, 2, 440, 0.5);

	for (int64_t i = 0; i < c.frames; i++)
		c.data[2 * i] = 0;
	clip_save(&c, ingest_path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	struct ingest_result r = ingest_taken();
	struct sound_file m = ingest_master(&r);
	ck_assert_int_eq(m.channels, 1);
	ck_assert_int_eq(m.frames, 96000);
	ck_assert_double_eq_tol(m.data[10000], 0.25 * sin(2 * M_PI * 440 * 10000 / 48000), 1e-4);
	ck_assert_double_eq_tol(r.peak_dbtp, -12.04, 0.1);
	free(m.data);
	clip_free(&c);
}
END_TEST

START_TEST(the_same_file_gives_the_same_master)
{
	struct clip c = clip_mixed(44100, 3, 8);

	clip_save_mp3(&c, ingest_path, (struct mp3_form){.kbps = 128});
	struct ingest_result a = ingest_taken(), b = ingest_taken();
	ck_assert_mem_eq(&a, &b, sizeof(a));
	ck_assert_int_eq(ingest_files("masters"), 1);
	clip_free(&c);
}
END_TEST

START_TEST(the_original_is_kept_byte_for_byte)
{
	struct clip c = clip_tone(48000, 1, 1, 440, 0.5);
	struct ingest_result r;
	struct err e = {0};
	char copy[256];
	size_t len, copy_len;

	clip_save(&c, ingest_path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	int fd = open(ingest_path, O_RDONLY);
	ck_assert(ingest_run(&(struct ingest_job){.fd = fd,
						   .dir = ingest_dir,
						   .keep_original = true}, &r,
			     &e));
	close(fd);
	snprintf(copy, sizeof(copy), "%s/originals/%s", ingest_dir, r.original_sha256);
	uint8_t *a = file_load(ingest_path, &len), *b = file_load(copy, &copy_len);
	ck_assert_uint_eq(len, copy_len);
	ck_assert_mem_eq(a, b, len);
	free(a);
	free(b);
	ck_assert_str_eq(ingest_taken().original_sha256, r.original_sha256);
	clip_free(&c);
}
END_TEST

static bool stop_at_once(double done, void *arg)
{
	(*(int *)arg)++;
	(void)done;
	return false;
}

START_TEST(a_cancelled_job_leaves_nothing)
{
	struct clip c = clip_tone(48000, 1, 30, 440, 0.5);
	struct ingest_result r;
	struct err e = {0};
	int calls = 0;

	clip_save(&c, ingest_path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	int fd = open(ingest_path, O_RDONLY);
	ck_assert(!ingest_run(&(struct ingest_job){.fd = fd,
						   .dir = ingest_dir,
						   .progress = stop_at_once,
						   .arg = &calls}, &r, &e));
	close(fd);
	ck_assert_int_eq(calls, 1);
	ck_assert_int_eq(ingest_files("masters"), 0);
	clip_free(&c);
}
END_TEST

START_TEST(a_folder_that_cannot_be_written_is_told)
{
	struct ingest_result r;
	struct err e = {0};
	struct clip c = clip_tone(48000, 1, 1, 440, 0.5);

	clip_save(&c, ingest_path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	int fd = open(ingest_path, O_RDONLY);
	ck_assert(!ingest_run(&(struct ingest_job){.fd = fd, .dir = "/proc/khong-co"}, &r, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "/proc/khong-co"));
	close(fd);
	clip_free(&c);
}
END_TEST

START_TEST(speech_is_measured_as_speech)
{
	speech_save("Kính thưa bà con, đây là bản tin sáng của đài truyền thanh xã.", ingest_path);
	struct ingest_result r = ingest_taken();
	ck_assert_int_ge(r.frames, 2 * 48000);
	ck_assert_double_ge(r.loudness_lufs, -30);
	ck_assert_double_le(r.loudness_lufs, -10);
	ck_assert_double_ge(r.peak_dbtp, -12);
}
END_TEST

START_TEST(a_swept_folder_keeps_masters_only)
{
	struct clip c = clip_tone(48000, 1, 1, 440, 0.5);
	char left[128];

	clip_save(&c, ingest_path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	ingest_taken();
	snprintf(left, sizeof(left), "%s/masters/.tmp-0123", ingest_dir);
	file_save(left, "x", 1);
	ingest_sweep(ingest_dir);
	ck_assert_int_eq(ingest_files("masters"), 1);
	clip_free(&c);
}
END_TEST

Suite *suite_ingest(void)
{
	Suite *s = suite_create("ingest");
	TCase *t = tcase_create("ingest");

	tcase_add_checked_fixture(t, ingest_setup, ingest_teardown);
	tcase_set_timeout(t, 300);
	tcase_add_loop_test(t, every_rate_becomes_48_khz, 0, 7);
	tcase_add_loop_test(t, a_truncated_file_is_taken_with_a_warning, 0, 3);
	tcase_add_loop_test(t, what_is_no_sound_is_named, 0, 15);
	tcase_add_test(t, random_bytes_are_no_sound);
	tcase_add_test(t, a_header_without_sound_is_zero_seconds);
	tcase_add_test(t, odd_forms_are_refused);
	tcase_add_test(t, what_is_too_long_is_refused);
	tcase_add_test(t, two_channels_become_their_mean);
	tcase_add_test(t, the_same_file_gives_the_same_master);
	tcase_add_test(t, the_original_is_kept_byte_for_byte);
	tcase_add_test(t, a_cancelled_job_leaves_nothing);
	tcase_add_test(t, a_folder_that_cannot_be_written_is_told);
	tcase_add_test(t, speech_is_measured_as_speech);
	tcase_add_test(t, a_swept_folder_keeps_masters_only);
	suite_add_tcase(s, t);
	return s;
}
