/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/feeder.h"

#include "support/aired.h"
#include "support/fake.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FRAMES 30011

static char dir[64], path[128], sha256[SHA256_HEX_BYTES];

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
	aired_hash(path, sha256);
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
	struct source *s = source_open_master(path, sha256, &e);
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
	struct source *s = source_open_master(path, sha256, &e);
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

	ck_assert_ptr_null(source_open_master(path, sha256, &e));
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
	aired_hash(path, sha256);
	ck_refused("master.flac");
	ck_assert_int_eq(truncate(path, 0), 0);
	aired_hash(path, sha256);
	ck_refused("master.flac");
}
END_TEST

START_TEST(test_a_missing_master_is_not_found)
{
	struct err e = {0};

	ck_assert_ptr_null(source_open_master(path, sha256, &e));
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

	ck_assert(!source_read_master(path, sha256, add_up, &at, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	write_master(48000, 1);
	ck_assert_msg(source_read_master(path, sha256, add_up, &at, &e), "%s", e.text);
	ck_assert_int_eq(at, FRAMES);
	ck_assert_int_eq(truncate(path, 6000), 0);
	at = 0;
	ck_assert(!source_read_master(path, sha256, add_up, &at, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	ck_assert_int_eq(at, 0);
	aired_hash(path, sha256);
	ck_assert(!source_read_master(path, sha256, add_up, &at, &e));
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
	aired_hash(path, sha256);
	struct source *s = source_open_master(path, sha256, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	int64_t broke = -1 - read_all(s, x, 4096);
	ck_assert_int_gt(broke, FRAMES / 4);
	ck_assert_int_lt(broke, FRAMES);
	for (int i = 0; i < FRAMES / 4; i++)
		ck_assert(x[i] == fake_noise_at(1, i));
	s->ops->close(s);
}
END_TEST

/* A master like any other, but not the approved one. */
START_TEST(test_another_master_under_its_name_is_refused)
{
	struct err e = {0};
	char approved[SHA256_HEX_BYTES];

	write_master(48000, 1);
	memcpy(approved, sha256, sizeof(approved));
	write_master(48000, 2);
	ck_assert_ptr_null(source_open_master(path, approved, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	ck_assert_ptr_nonnull(strstr(e.text, path));
}
END_TEST

/* As cp does: into the very file that is open. */
START_TEST(test_not_one_sample_of_what_is_put_in_its_place)
{
	static float x[FRAMES + 1];
	struct err e = {0};
	size_t len;

	write_master(48000, 1);
	struct source *s = source_open_master(path, sha256, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	uint8_t *bytes = file_load(path, &len);
	ck_assert_uint_gt(len, 65536 + 200);
	bytes[len - 100] ^= 1; /* not in what was read on opening */
	file_save(path, bytes, len);
	int64_t at = 0, got;
	while ((got = s->ops->read(s, x + at, 4096)) > 0)
		at += got;
	ck_assert_int_eq(got, SOURCE_CHANGED);
	ck_assert_int_lt(at, FRAMES);
	for (int i = 0; i < at; i++)
		ck_assert(x[i] == fake_noise_at(1, i));
	bytes[len - 100] ^= 1; /* put back: looked at again, it is what it was */
	file_save(path, bytes, len);
	ck_assert(s->ops->rewind(s));
	ck_assert_int_eq(read_all(s, x, 4096), FRAMES);
	s->ops->close(s);
	free(bytes);
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
	tcase_add_test(t, test_another_master_under_its_name_is_refused);
	tcase_add_test(t, test_not_one_sample_of_what_is_put_in_its_place);
	suite_add_tcase(s, t);
	return s;
}
