/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/feeder.h"

#include "support/fake.h"
#include "support/tmpdir.h"

#include <check.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FRAMES 30011

static char dir[64], path[128];

static void setup(void)
{
	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/master.flac", dir);
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

/* Channel c of frame i is noise of seed c + 1, which 24 bits hold exactly. */
static void write_master(int rate, int channels)
{
	SF_INFO info = {.samplerate = rate, .channels = channels,
			.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_24};
	SNDFILE *file = sf_open(path, SFM_WRITE, &info);
	static float x[3 * FRAMES];

	ck_assert_ptr_nonnull(file);
	for (int i = 0; i < FRAMES * channels; i++)
		x[i] = fake_noise_at(1 + (uint32_t)(i % channels), i / channels);
	ck_assert_int_eq(sf_writef_float(file, x, FRAMES), FRAMES);
	sf_close(file);
}

/* Reads to the end in portions of n; returns frames, or −1 − frames if it broke. */
static int64_t read_all(struct source *s, float *out, int64_t n)
{
	int64_t at = 0, got;

	while ((got = s->ops->read(s, out + at, n < FRAMES + 1 - at ? n : FRAMES + 1 - at)) > 0)
		at += got;
	return got == 0 ? at : -1 - at;
}

START_TEST(test_mono_is_read_bit_for_bit_and_again)
{
	static float x[FRAMES + 1];
	struct err e = {0};

	write_master(48000, 1);
	struct source *s = source_open_master(path, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	for (int lap = 0; lap < 3; lap++) {
		ck_assert_int_eq(read_all(s, x, 1000 + 1777 * lap), FRAMES);
		for (int i = 0; i < FRAMES; i++)
			ck_assert(x[i] == fake_noise_at(1, i));
		ck_assert_int_eq(s->ops->read(s, x, 10), 0);
		ck_assert(s->ops->rewind(s));
	}
	s->ops->close(s);
}
END_TEST

START_TEST(test_two_channels_become_their_mean)
{
	static float x[FRAMES + 1];
	struct err e = {0};

	write_master(48000, 2);
	struct source *s = source_open_master(path, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	ck_assert_int_eq(read_all(s, x, 4096), FRAMES);
	for (int i = 0; i < FRAMES; i++)
		ck_assert_float_eq(x[i], (fake_noise_at(1, i) + fake_noise_at(2, i)) / 2);
	s->ops->close(s);
}
END_TEST

static void ck_refused(const char *word)
{
	struct err e = {0};

	ck_assert_ptr_null(source_open_master(path, &e));
	ck_assert_ptr_nonnull(strstr(e.text, word));
	ck_assert_ptr_nonnull(strstr(e.text, path));
}

START_TEST(test_what_is_no_master_is_refused_in_words)
{
	ck_refused("master.flac");
	write_master(44100, 1);
	ck_refused("44100");
	write_master(48000, 3);
	ck_refused("3");
	FILE *f = fopen(path, "w");
	fputs("not a sound", f);
	fclose(f);
	ck_refused("master.flac");
	ck_assert_int_eq(truncate(path, 0), 0);
	ck_refused("master.flac");
}
END_TEST

START_TEST(test_a_missing_master_is_not_found)
{
	struct err e = {0};

	ck_assert_ptr_null(source_open_master(path, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
}
END_TEST

static void add_up(void *arg, const float *samples, size_t frames)
{
	int64_t *at = arg;

	for (size_t i = 0; i < frames; i++)
		ck_assert(samples[i] == fake_noise_at(1, *at + (int64_t)i));
	*at += (int64_t)frames;
}

START_TEST(test_a_master_from_first_to_last)
{
	struct err e = {0};
	int64_t at = 0;

	ck_assert(!source_read_master(path, add_up, &at, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	write_master(48000, 1);
	ck_assert_msg(source_read_master(path, add_up, &at, &e), "%s", e.text);
	ck_assert_int_eq(at, FRAMES);
	ck_assert_int_eq(truncate(path, 6000), 0);
	at = 0;
	ck_assert(!source_read_master(path, add_up, &at, &e));
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
}
END_TEST

START_TEST(test_a_cut_off_master_breaks_where_it_was_cut)
{
	static float x[FRAMES + 1];
	struct err e = {0};
	FILE *f;

	write_master(48000, 1);
	f = fopen(path, "r");
	fseek(f, 0, SEEK_END);
	ck_assert_int_eq(truncate(path, ftell(f) / 2), 0);
	fclose(f);
	struct source *s = source_open_master(path, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	int64_t broke = -1 - read_all(s, x, 4096);
	ck_assert_int_gt(broke, FRAMES / 4);
	ck_assert_int_lt(broke, FRAMES);
	for (int i = 0; i < FRAMES / 4; i++)
		ck_assert(x[i] == fake_noise_at(1, i));
	s->ops->close(s);
}
END_TEST

Suite *suite_source(void)
{
	Suite *s = suite_create("source");
	TCase *t = tcase_create("source");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, test_mono_is_read_bit_for_bit_and_again);
	tcase_add_test(t, test_two_channels_become_their_mean);
	tcase_add_test(t, test_what_is_no_master_is_refused_in_words);
	tcase_add_test(t, test_a_missing_master_is_not_found);
	tcase_add_test(t, test_a_master_from_first_to_last);
	tcase_add_test(t, test_a_cut_off_master_breaks_where_it_was_cut);
	suite_add_tcase(s, t);
	return s;
}
