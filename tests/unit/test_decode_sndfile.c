/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/ingesting.h"
#include "support/soundfile.h"

#include <check.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>

static const struct {
	const char *name;
	int format;
	double tolerance; /* of the sound against what was put in */
} formats[] = {
	{"wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 1e-4},
	{"wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 1e-6},
	{"wav", SF_FORMAT_WAVEX | SF_FORMAT_PCM_24, 1e-6},
	{"wav", SF_FORMAT_WAV | SF_FORMAT_ULAW, 0.05},
	{"wav", SF_FORMAT_W64 | SF_FORMAT_PCM_16, 1e-4},
	{"wav", SF_FORMAT_RF64 | SF_FORMAT_PCM_16, 1e-4},
	{"flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 1e-4},
	{"flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 1e-6},
	{"ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 0.2},
	{"opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, 0.3},
	{"aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_16, 1e-4},
	{"caf", SF_FORMAT_CAF | SF_FORMAT_PCM_16, 1e-4},
	{"au", SF_FORMAT_AU | SF_FORMAT_PCM_16, 1e-4},
};

START_TEST(every_format_comes_out_as_it_went_in)
{
	struct clip c = clip_mixed(48000, 1.5, 7);

	clip_save(&c, ingest_path, formats[_i].format);
	struct ingest_result r = ingest_taken();
	struct sound_file m = ingest_master(&r);
	ck_assert_str_eq(r.format, formats[_i].name);
	ck_assert_int_eq(r.frames, c.frames);
	ck_assert_int_eq(m.frames, c.frames);
	ck_assert_int_eq(m.channels, 1);
	ck_assert_int_eq(m.rate, 48000);
	ck_assert_str_eq(r.warnings.text, "");
	for (int64_t i = 0; i < c.frames; i++) {
		float want = 0.5f * (c.data[2 * i] + c.data[2 * i + 1]);
		ck_assert_msg(fabsf(m.data[i] - want) <= formats[_i].tolerance,
			      "sample %lld: %f for %f", (long long)i, m.data[i], want);
	}
	free(m.data);
	clip_free(&c);
}
END_TEST

static const uint32_t wrong_sizes[] = {0, 0xffffffff, 0x7fffffff, 1000};

START_TEST(a_wav_with_a_wrong_size_is_read_to_the_end)
{
	struct clip c = clip_mixed(48000, 2, 9);
	size_t len;

	clip_save(&c, ingest_path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	uint8_t *bytes = file_load(ingest_path, &len);
	ck_assert_mem_eq(bytes + 36, "data", 4);
	for (int k = 0; k < 4; k++)
		bytes[40 + k] = (uint8_t)(wrong_sizes[_i] >> 8 * k);
	file_save(ingest_path, bytes, len);
	struct ingest_result r = ingest_taken();
	ck_assert_int_eq(r.frames, 96000);
	ck_assert_str_eq(r.warnings.text, "");
	free(bytes);
	clip_free(&c);
}
END_TEST

/* 5.1: each loudspeaker alone, by the matrix of downmix.h. */
START_TEST(six_channels_become_one)
{
	static const double gain[] = {0.5, 0.5, M_SQRT1_2, 0, M_SQRT1_2 / 2, M_SQRT1_2 / 2};
	struct clip c = clip_tone(48000, 6, 0.5, 440, 0.5);

	for (int64_t i = 0; i < c.frames; i++)
		for (int k = 0; k < 6; k++)
			c.data[6 * i + k] = k == _i ? 0.5f : 0;
	clip_save(&c, ingest_path, SF_FORMAT_WAV | SF_FORMAT_FLOAT);
	struct ingest_result r = ingest_taken();
	struct sound_file m = ingest_master(&r);
	for (int64_t i = 0; i < m.frames; i++)
		ck_assert_double_eq_tol(m.data[i], 0.5 * gain[_i] / (1 + M_SQRT2), 1e-6);
	free(m.data);
	clip_free(&c);
}
END_TEST

Suite *suite_decode_sndfile(void)
{
	Suite *s = suite_create("decode_sndfile");
	TCase *t = tcase_create("decode_sndfile");

	tcase_add_checked_fixture(t, ingest_setup, ingest_teardown);
	tcase_set_timeout(t, 300);
	tcase_add_loop_test(t, every_format_comes_out_as_it_went_in, 0, 13);
	tcase_add_loop_test(t, a_wav_with_a_wrong_size_is_read_to_the_end, 0, 4);
	tcase_add_loop_test(t, six_channels_become_one, 0, 6);
	suite_add_tcase(s, t);
	return s;
}
