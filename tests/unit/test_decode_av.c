/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/ingesting.h"
#include "support/program.h"
#include "support/soundfile.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define TONE_HZ 1000
#define LEVEL 0.5

/* Frequency by zero crossings and level by the mean square, of the middle: codecs colour the
 * ends. */
static void check_tone(const struct ingest_result *r, double seconds, double level)
{
	struct sound_file m = ingest_master(r);
	int64_t from = m.frames / 4, to = m.frames * 3 / 4;
	double square = 0;
	int crossings = 0;

	ck_assert_int_eq(m.channels, 1);
	ck_assert_msg(fabs((double)m.frames / 48000 - seconds) < 0.1, "%lld frames",
		      (long long)m.frames);
	for (int64_t i = from; i < to; i++) {
		square += m.data[i] * m.data[i];
		crossings += (m.data[i] < 0) != (m.data[i + 1] < 0);
	}
	ck_assert_double_eq_tol(crossings / 2.0 / ((double)(to - from) / 48000), TONE_HZ, 10);
	ck_assert_double_eq_tol(sqrt(2 * square / (double)(to - from)), level, 0.05 * level);
	free(m.data);
}

static const struct {
	const char *name, *args[12];
} forms[] = {
	{"m4a", {"-c:a", "aac", "-b:a", "96k", "-f", "mp4"}},
	{"m4a", {"-c:a", "alac", "-f", "ipod"}},
	{"m4a", {"-c:a", "aac", "-movflags", "frag_keyframe+empty_moov", "-f", "mp4"}},
	{"m4a", {"-c:a", "aac", "-af", "pan=mono|c0=c0", "-f", "mp4"}},
	{"m4a", {"-c:a", "aac", "-f", "3gp"}},
	{"m4a", {"-f", "lavfi", "-i", "testsrc=d=2:s=64x64", "-c:v", "mpeg4", "-f", "mp4"}},
	{"aac", {"-c:a", "aac", "-f", "adts"}},
	{"wma", {"-c:a", "wmav2", "-f", "asf"}},
	{"wma", {"-c:a", "wmav1", "-f", "asf"}},
	{"webm", {"-c:a", "libopus", "-f", "webm"}},
	{"webm", {"-c:a", "libvorbis", "-f", "matroska"}},
	{"ogg", {"-c:a", "flac", "-f", "ogg"}},
};

START_TEST(a_telephones_file_is_taken)
{
	struct clip c = clip_tone(44100, 2, 2, TONE_HZ, LEVEL);

	clip_save_phone(&c, ingest_path, forms[_i].args);
	struct ingest_result r = ingest_taken();
	ck_assert_str_eq(r.format, forms[_i].name);
	ck_assert_str_eq(r.warnings.text, "");
	check_tone(&r, 2, LEVEL);
	clip_free(&c);
}
END_TEST

START_TEST(amr_in_3gp_is_taken)
{
	struct clip c = clip_tone(8000, 1, 2, TONE_HZ, LEVEL);
	char amr[160];

	snprintf(amr, sizeof(amr), "%s.amr", ingest_path);
	clip_save_amr(&c, amr, 2);
	run_program((const char *[]){"ffmpeg", "-nostdin", "-y", "-loglevel", "error", "-i", amr,
				     "-c", "copy", "-f", "3gp", ingest_path, NULL});
	struct ingest_result r = ingest_taken();
	ck_assert_str_eq(r.format, "m4a");
	ck_assert_int_eq(r.frames, 96000);
	clip_free(&c);
}
END_TEST

START_TEST(a_film_without_sound_is_refused)
{
	struct clip c = clip_tone(44100, 1, 1, TONE_HZ, LEVEL);
	static const char *const args[] = {"-f",   "lavfi", "-i",    "testsrc=d=1:s=64x64",
					   "-map", "1:v",   "-c:v",  "mpeg4",
					   "-f",   "mp4",   NULL};

	clip_save_phone(&c, ingest_path, args);
	ingest_refused("0 giây");
	clip_free(&c);
}
END_TEST

START_TEST(a_codec_that_is_not_on_the_list_is_refused)
{
	struct clip c = clip_tone(48000, 2, 1, TONE_HZ, LEVEL);
	static const char *const args[] = {"-c:a", "dca", "-strict", "-2", "-f", "matroska", NULL};

	clip_save_phone(&c, ingest_path, args);
	ingest_refused("MP3");
	clip_free(&c);
}
END_TEST

/* The table of contents of an MP4 stands at its end: without it nothing can be read. A WebM is read
 * as far as it came, and that is told. */
START_TEST(half_a_file_is_told)
{
	struct clip c = clip_mixed(44100, 8, 3);
	size_t len;

	clip_save_phone(&c, ingest_path, (const char *const[]){"-f", "mp4", NULL});
	uint8_t *bytes = file_load(ingest_path, &len);
	file_save(ingest_path, bytes, len / 2);
	free(bytes);
	ingest_refused("hỏng");
	clip_save_phone(&c, ingest_path, (const char *const[]){"-f", "webm", NULL});
	bytes = file_load(ingest_path, &len);
	file_save(ingest_path, bytes, len / 2);
	free(bytes);
	struct ingest_result r = ingest_taken();
	ck_assert_int_lt(r.frames, 6 * 48000);
	ck_assert_str_ne(r.warnings.text, "");
	clip_free(&c);
}
END_TEST

Suite *suite_decode_av(void)
{
	Suite *s = suite_create("decode_av");
	TCase *t = tcase_create("decode_av");

	tcase_add_checked_fixture(t, ingest_setup, ingest_teardown);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, a_telephones_file_is_taken, 0, sizeof(forms) / sizeof(forms[0]));
	tcase_add_test(t, amr_in_3gp_is_taken);
	tcase_add_test(t, a_film_without_sound_is_refused);
	tcase_add_test(t, a_codec_that_is_not_on_the_list_is_refused);
	tcase_add_test(t, half_a_file_is_told);
	suite_add_tcase(s, t);
	return s;
}
