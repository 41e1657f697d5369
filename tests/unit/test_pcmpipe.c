/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/pcmpipe.h"

#include <check.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

static int ends[2];
static struct pcm_reader reader;

static void setup(void)
{
	ck_assert_int_eq(pipe(ends), 0);
	reader = (struct pcm_reader){.fd = ends[0]};
}

START_TEST(records_arrive_as_sent)
{
	float samples[6] = {1, 2, 3, 4, 5, 6};
	struct pcm_record begin = {.kind = PCM_BEGIN, .promised_frames = -1, .format = "mp3"};
	struct pcm_record data = {.kind = PCM_DATA, .frames = 6, .channels = 1, .detail = 77};
	struct pcm_record end = {.kind = PCM_END, .status = PCM_TOO_LONG};

	ck_assert(pcm_send(ends[1], &begin, NULL));
	ck_assert(pcm_send(ends[1], &data, samples));
	ck_assert(pcm_send(ends[1], &end, NULL));
	ck_assert_int_eq(pcm_receive(&reader, 1000), PCM_GOT);
	ck_assert_str_eq(reader.record.format, "mp3");
	ck_assert_int_eq(pcm_receive(&reader, 1000), PCM_GOT);
	ck_assert_mem_eq(reader.samples, samples, sizeof(samples));
	ck_assert_int_eq((int)reader.record.detail, 77);
	ck_assert_int_eq(pcm_receive(&reader, 1000), PCM_GOT);
	ck_assert_uint_eq(reader.record.status, PCM_TOO_LONG);
	ck_assert_int_eq(pcm_receive(&reader, 0), PCM_WAIT);
	close(ends[1]);
	ck_assert_int_eq(pcm_receive(&reader, 1000), PCM_BROKEN);
}
END_TEST

START_TEST(a_record_may_come_in_pieces)
{
	struct pcm_record data = {.kind = PCM_DATA, .frames = 1, .channels = 1};
	char bytes[sizeof(data) + sizeof(float)] = {0};
	float sample = 0.25f;

	memcpy(bytes, &data, sizeof(data));
	memcpy(bytes + sizeof(data), &sample, sizeof(sample));
	for (size_t i = 0; i < sizeof(bytes); i++) {
		ck_assert_int_eq(pcm_receive(&reader, 0), PCM_WAIT);
		ck_assert_int_eq((int)write(ends[1], bytes + i, 1), 1);
	}
	ck_assert_int_eq(pcm_receive(&reader, 1000), PCM_GOT);
	ck_assert_float_eq(reader.samples[0], 0.25f);
}
END_TEST

static const struct pcm_record nonsense[] = {
	{.kind = 0},
	{.kind = PCM_END, .levels = {.channels = PCM_LEVELS_MAX + 1}},
	{.kind = PCM_END, .levels = {.channels = 2, .mean_square = {0, -1}}},
	{.kind = PCM_END, .levels = {.channels = 1, .mean_square = {(float)NAN}}},
	{.kind = PCM_DATA, .frames = 0, .channels = 1},
	{.kind = PCM_DATA, .frames = PCM_CHUNK_FRAMES + 1, .channels = 1},
	{.kind = PCM_DATA, .frames = UINT32_MAX, .channels = 2},
	{.kind = PCM_DATA, .frames = 1, .channels = 0},
	{.kind = PCM_DATA, .frames = 1, .channels = 2},
	{.kind = PCM_END, .status = PCM_STATUS_COUNT},
};

START_TEST(nonsense_is_not_believed)
{
	ck_assert_int_eq((int)write(ends[1], &nonsense[_i], sizeof(nonsense[_i])),
			 (int)sizeof(nonsense[_i]));
	ck_assert_int_eq(pcm_receive(&reader, 1000), PCM_BROKEN);
}
END_TEST

START_TEST(a_format_without_end_is_not_believed)
{
	struct pcm_record r = {.kind = PCM_BEGIN};

	memset(r.format, 'x', sizeof(r.format));
	ck_assert_int_eq((int)write(ends[1], &r, sizeof(r)), (int)sizeof(r));
	ck_assert_int_eq(pcm_receive(&reader, 1000), PCM_BROKEN);
}
END_TEST

START_TEST(a_writer_that_dies_within_a_record_is_noticed)
{
	ck_assert_int_eq((int)write(ends[1], "PV", 2), 2);
	close(ends[1]);
	ck_assert_int_eq(pcm_receive(&reader, 1000), PCM_BROKEN);
}
END_TEST

Suite *suite_pcmpipe(void)
{
	Suite *s = suite_create("pcmpipe");
	TCase *t = tcase_create("pcmpipe");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, records_arrive_as_sent);
	tcase_add_test(t, a_record_may_come_in_pieces);
	tcase_add_loop_test(t, nonsense_is_not_believed, 0, 10);
	tcase_add_test(t, a_format_without_end_is_not_believed);
	tcase_add_test(t, a_writer_that_dies_within_a_record_is_noticed);
	suite_add_tcase(s, t);
	return s;
}
