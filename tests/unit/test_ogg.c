/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/ogg.h"

#include "support/ingesting.h"
#include "support/soundfile.h"

#include <check.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct ogg ogg;
static uint8_t *first, *second;
static size_t first_len, second_len;

/* Two Ogg files: 2 s at 48 kHz of one tone, 3 s at 44.1 kHz of another. */
static void make(int codec)
{
	struct clip a = clip_tone(48000, 1, 2, 440, 0.5);
	struct clip b = clip_tone(codec == SF_FORMAT_OPUS ? 48000 : 44100, 2, 3, 880, 0.25);

	clip_save(&a, ingest_path, SF_FORMAT_OGG | codec);
	first = file_load(ingest_path, &first_len);
	clip_save(&b, ingest_path, SF_FORMAT_OGG | codec);
	second = file_load(ingest_path, &second_len);
	clip_free(&a);
	clip_free(&b);
}

static void setup(void)
{
	ingest_setup();
	make(SF_FORMAT_VORBIS);
}

static void teardown(void)
{
	free(first);
	free(second);
	ingest_teardown();
}

/* The upload becomes first[…] + middle + second[…]. */
static void join(size_t first_part, const char *middle, size_t second_part)
{
	size_t len = strlen(middle);
	uint8_t *all = malloc(first_part + len + second_part);

	memcpy(all, first, first_part);
	memcpy(all + first_part, middle, len);
	memcpy(all + first_part + len, second, second_part);
	file_save(ingest_path, all, first_part + len + second_part);
	free(all);
}

static void find(void)
{
	struct input in;
	int fd = open(ingest_path, O_RDONLY);

	ck_assert(input_init(&in, fd));
	ogg_find(&ogg, &in);
	close(fd);
}

START_TEST(links_are_found_where_they_are)
{
	join(first_len, "", second_len);
	find();
	ck_assert_int_eq(ogg.count, 2);
	ck_assert(!ogg.torn);
	ck_assert_int_eq((int)ogg.links[0].size_bytes, (int)first_len);
	ck_assert_int_eq((int)ogg.links[1].start_bytes, (int)first_len);
	ck_assert_int_eq((int)ogg.links[1].size_bytes, (int)second_len);
}
END_TEST

START_TEST(a_missing_end_is_seen)
{
	join(first_len - 1, "", 0);
	find();
	ck_assert_int_eq(ogg.count, 1);
	ck_assert(ogg.torn);
	join(first_len / 2, "", second_len); /* a joined half */
	find();
	ck_assert_int_eq(ogg.count, 2);
	ck_assert(ogg.torn);
	join(first_len, "", 10); /* the head of a page that does not come */
	find();
	ck_assert_int_eq(ogg.count, 1);
}
END_TEST

START_TEST(what_stands_behind_the_end_is_no_fault)
{
	join(first_len, "TAGa title of the year 1998", 0);
	find();
	ck_assert_int_eq(ogg.count, 1);
	ck_assert(!ogg.torn);
	ck_assert_int_eq((int)ogg.links[0].size_bytes, (int)first_len);
}
END_TEST

START_TEST(a_hole_is_passed_over)
{
	join(first_len, "OggS? no page at all", second_len);
	find();
	ck_assert_int_eq(ogg.count, 2);
	ck_assert(ogg.torn);
}
END_TEST

START_TEST(no_ogg_no_links)
{
	file_save(ingest_path, "RIFF....WAVE", 12);
	find();
	ck_assert_int_eq(ogg.count, 0);
	file_save(ingest_path, "OggS", 4);
	find();
	ck_assert_int_eq(ogg.count, 0);
}
END_TEST

START_TEST(more_links_than_are_counted)
{
	uint8_t *all = malloc((size_t)(OGG_LINKS_MAX + 2) * first_len);

	for (int i = 0; i < OGG_LINKS_MAX + 2; i++)
		memcpy(all + (size_t)i * first_len, first, first_len);
	file_save(ingest_path, all, (size_t)(OGG_LINKS_MAX + 2) * first_len);
	free(all);
	find();
	ck_assert_int_eq(ogg.count, OGG_LINKS_MAX);
	ck_assert(ogg.torn);
}
END_TEST

static const int codecs[] = {SF_FORMAT_VORBIS, SF_FORMAT_OPUS};

/* All of both is in the master, each at its own rate and channels. */
START_TEST(a_chain_is_read_to_its_end)
{
	free(first);
	free(second);
	make(codecs[_i]);
	join(first_len, "", second_len);
	struct ingest_result r = ingest_taken();
	struct sound_file m = ingest_master(&r);
	ck_assert_str_eq(r.warnings.text, "");
	ck_assert_int_le(llabs(r.frames - 5 * 48000), 2);
	double a = 0, b = 0;
	for (int64_t i = 24000; i < 72000; i++)
		a += m.data[i] * m.data[i];
	for (int64_t i = 120000; i < 216000; i++)
		b += m.data[i] * m.data[i];
	ck_assert_double_eq_tol(sqrt(a / 48000), 0.5 * M_SQRT1_2, 0.03);
	ck_assert_double_eq_tol(sqrt(b / 96000), 0.25 * M_SQRT1_2, 0.03);
	free(m.data);
}
END_TEST

START_TEST(a_truncated_file_is_taken_with_a_warning)
{
	struct clip c = clip_mixed(48000, 10, 3);

	clip_save(&c, ingest_path, SF_FORMAT_OGG | codecs[_i]);
	clip_free(&c);
	free(second);
	second = file_load(ingest_path, &second_len);
	join(first_len, "", second_len / 2);
	struct ingest_result r = ingest_taken();
	ck_assert_int_gt(r.frames, 2 * 48000);
	ck_assert_ptr_nonnull(strstr(r.warnings.text, "torn"));
}
END_TEST

Suite *suite_ogg(void);
Suite *suite_ogg(void)
{
	Suite *s = suite_create("ogg");
	TCase *t = tcase_create("ogg");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, links_are_found_where_they_are);
	tcase_add_test(t, a_missing_end_is_seen);
	tcase_add_test(t, what_stands_behind_the_end_is_no_fault);
	tcase_add_test(t, a_hole_is_passed_over);
	tcase_add_test(t, no_ogg_no_links);
	tcase_add_test(t, more_links_than_are_counted);
	tcase_add_loop_test(t, a_chain_is_read_to_its_end, 0, 2);
	tcase_add_loop_test(t, a_truncated_file_is_taken_with_a_warning, 0, 2);
	suite_add_tcase(s, t);
	return s;
}
