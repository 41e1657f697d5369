/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/moment.h"
#include "mix/filesink.h"
#include "support/sound.h"
#include "support/tmpdir.h"

#include <check.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define FRAMES 100000 /* more than one chunk, and not a whole number of blocks */

static char dir[64], path[128];
static float samples[FRAMES];

static void setup(void)
{
	tmpdir_make(dir);
	sound_sine(samples, 0, FRAMES, 997, 0.5);
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

static void name(const char *file)
{
	snprintf(path, sizeof(path), "%s/%s", dir, file);
}

static void check_no_part(void)
{
	char part[160];

	snprintf(part, sizeof(part), "%s.part", path);
	ck_assert_int_ne(access(part, F_OK), 0);
}

static void make(const char *file, struct filesink_config config)
{
	struct filesink *s;
	struct err e = {0};

	name(file);
	ck_assert_msg(filesink_open(&s, path, &config, &e), "%s", e.text);
	ck_assert_int_ne(access(path, F_OK), 0);
	for (int at = 0; at < FRAMES; at += 777)
		ck_assert(filesink_write(s, samples + at, FRAMES - at < 777 ? FRAMES - at : 777,
					 &e));
	ck_assert_msg(filesink_close(s, &e), "%s", e.text);
}

static void check_exact(int channels, double step)
{
	struct sound_file f = sound_read(path);

	ck_assert_int_eq(f.frames, FRAMES);
	ck_assert_int_eq(f.channels, channels);
	ck_assert_int_eq(f.rate, 48000);
	for (int i = 0; i < FRAMES * channels; i++)
		ck_assert_double_le(fabs((double)f.data[i] - (double)samples[i / channels]),
				    step / 2);
	free(f.data);
}

START_TEST(wav_and_flac_hold_the_samples)
{
	make("a.wav", (struct filesink_config){0});
	check_exact(1, 1.0 / 8388608);
	make("a.flac", (struct filesink_config){0});
	check_exact(1, 1.0 / 8388608);
	make("b.WAV", (struct filesink_config){.channels = 2, .bits = 16});
	check_exact(2, 1.0 / 32768);
	make("b.flac", (struct filesink_config){.channels = 2, .bits = 16});
	check_exact(2, 1.0 / 32768);
}
END_TEST

START_TEST(short_wav_is_plain_riff)
{
	char head[12];

	make("a.wav", (struct filesink_config){0});
	FILE *f = fopen(path, "rb");
	ck_assert_uint_eq(fread(head, 1, sizeof(head), f), sizeof(head));
	fclose(f);
	ck_assert_int_eq(memcmp(head, "RIFF", 4), 0);
	ck_assert_int_eq(memcmp(head + 8, "WAVE", 4), 0);
}
END_TEST

START_TEST(samples_of_a_master_come_back_bit_for_bit)
{
	for (int i = 0; i < FRAMES; i++)
		samples[i] = (float)((i * 83) % 16777216 - 8388608) / 8388608.0f;
	make("a.wav", (struct filesink_config){0});
	check_exact(1, 0);
}
END_TEST

START_TEST(too_loud_is_clipped_not_wrapped)
{
	for (int i = 0; i < FRAMES; i++)
		samples[i] = i % 2 ? 1.5f : -1.5f;
	make("a.wav", (struct filesink_config){.bits = 16});
	struct sound_file f = sound_read(path);
	for (int i = 0; i < FRAMES; i++)
		ck_assert_float_eq_tol(f.data[i], (i % 2 ? 1.0f : -1.0f), 2.0f / 32768);
	free(f.data);
}
END_TEST

START_TEST(mp3_is_stereo_and_says_its_length)
{
	make("a.mp3", (struct filesink_config){0});
	struct sound_file f = sound_read(path);
	ck_assert_int_eq(f.channels, 2);
	/* The Xing/LAME tag lets the decoder cut delay and padding off. */
	ck_assert_int_eq(f.frames, FRAMES);
	for (int i = 5000; i < FRAMES - 5000; i++)
		ck_assert_float_eq_tol(f.data[2 * i], samples[i], 0.02f);
	free(f.data);
}
END_TEST

static void read_all(const char *file, char **data, size_t *len)
{
	struct stat st;

	name(file);
	ck_assert_int_eq(stat(path, &st), 0);
	*len = (size_t)st.st_size;
	*data = malloc(*len);
	FILE *f = fopen(path, "rb");
	ck_assert_uint_eq(fread(*data, 1, *len, f), *len);
	fclose(f);
}

START_TEST(same_samples_same_bytes)
{
	static const char *const suffix[] = {"wav", "flac", "mp3"};
	char one[16], two[16], *a, *b;
	size_t len_a, len_b;

	for (int i = 0; i < 3; i++) {
		snprintf(one, sizeof(one), "1.%s", suffix[i]);
		snprintf(two, sizeof(two), "2.%s", suffix[i]);
		make(one, (struct filesink_config){0});
		make(two, (struct filesink_config){0});
		read_all(one, &a, &len_a);
		read_all(two, &b, &len_b);
		ck_assert_uint_eq(len_a, len_b);
		ck_assert_int_eq(memcmp(a, b, len_a), 0);
		free(a);
		free(b);
	}
}
END_TEST

START_TEST(bad_names_and_settings_are_refused)
{
	static const struct {
		const char *file;
		struct filesink_config config;
	} bad[] = {
		{"noext", {0}},
		{"a.ogg", {0}},
		{"a.", {0}},
		{"a.wav", {.bits = 12}},
		{"a.mp3", {.bitrate_kbps = 1}},
	};
	struct filesink *s;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err e = {0};
		name(bad[i].file);
		ck_assert(!filesink_open(&s, path, &bad[i].config, &e));
		ck_assert_int_eq(e.kind, ERR_USAGE);
		check_no_part();
	}
	struct err e = {0};
	name("missing/a.wav");
	ck_assert(!filesink_open(&s, path, &(struct filesink_config){0}, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
}
END_TEST

/* A full disk, as the kernel can be made to play it: writes past the limit give EFBIG. */
static void fail_while_writing(const char *file)
{
	struct filesink *s;
	struct err e = {0};
	bool ok = true;

	name(file);
	ck_assert(filesink_open(&s, path, &(struct filesink_config){0}, &e));
	for (int i = 0; ok && i < 40; i++)
		ok = filesink_write(s, samples, FRAMES, &e);
	if (ok)
		ok = filesink_close(s, &e);
	else
		filesink_abort(s);
	ck_assert(!ok);
	ck_assert_int_ne(e.text[0], 0);
	ck_assert_int_ne(access(path, F_OK), 0);
	check_no_part();
}

START_TEST(a_failed_write_leaves_nothing)
{
	struct rlimit limit = {40000, 40000};

	sigaction(SIGXFSZ, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	fail_while_writing("a.wav");
	fail_while_writing("a.flac");
	fail_while_writing("a.mp3");
}
END_TEST

START_TEST(aborted_leaves_nothing)
{
	struct filesink *s;
	struct err e = {0};

	name("a.wav");
	ck_assert(filesink_open(&s, path, &(struct filesink_config){0}, &e));
	ck_assert(filesink_write(s, samples, FRAMES, &e));
	filesink_abort(s);
	filesink_abort(NULL);
	ck_assert_int_eq(rmdir(dir), 0);
	tmpdir_make(dir);
}
END_TEST

Suite *suite_filesink(void)
{
	Suite *s = suite_create("filesink");
	TCase *t = tcase_create("filesink");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, wav_and_flac_hold_the_samples);
	tcase_add_test(t, short_wav_is_plain_riff);
	tcase_add_test(t, samples_of_a_master_come_back_bit_for_bit);
	tcase_add_test(t, too_loud_is_clipped_not_wrapped);
	tcase_add_test(t, mp3_is_stereo_and_says_its_length);
	tcase_add_test(t, same_samples_same_bytes);
	tcase_add_test(t, bad_names_and_settings_are_refused);
	tcase_add_test(t, a_failed_write_leaves_nothing);
	tcase_add_test(t, aborted_leaves_nothing);
	suite_add_tcase(s, t);
	return s;
}
