/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/ingest.h"

#include "base/moment.h"
#include "support/sound.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"
#include "sys/chance.h"

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char dir[64], path[128];

static void setup(void)
{
	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/upload", dir);
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

static bool ingest(struct ingest_result *r, struct err *e)
{
	int fd = open(path, O_RDONLY);
	*e = (struct err){.kind = ERR_NONE};

	ck_assert_int_ge(fd, 0);
	bool ok = ingest_run(&(struct ingest_job){.fd = fd, .dir = dir}, r, e);
	ck_assert_int_eq((int)lseek(fd, 0, SEEK_CUR), 0);
	close(fd);
	return ok;
}

static struct ingest_result taken(void)
{
	struct ingest_result r;
	struct err e;

	ck_assert_msg(ingest(&r, &e), "%s", e.text);
	return r;
}

static int files_in(const char *sub)
{
	char folder[128];
	int count = 0;

	snprintf(folder, sizeof(folder), "%s/%s", dir, sub);
	DIR *d = opendir(folder);
	if (d == NULL)
		return 0;
	while (readdir(d) != NULL)
		count++;
	closedir(d);
	return count - 2;
}

/* Refused with a sentence that holds the word, and nothing left behind. */
static void refused(const char *word)
{
	struct ingest_result r;
	struct err e;

	ck_assert_msg(!ingest(&r, &e), "taken, %lld frames", (long long)r.frames);
	ck_assert_int_eq(e.kind, ERR_REFUSED);
	ck_assert_msg(strstr(e.text, word) != NULL, "%s", e.text);
	ck_assert_int_eq(files_in("masters"), 0);
	ck_assert_int_eq(files_in("originals"), 0);
}

static struct sound_file master_of(const struct ingest_result *r)
{
	char master[256];

	snprintf(master, sizeof(master), "%s/masters/%s.flac", dir, r->sha256);
	return sound_read(master);
}

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

	clip_save(&c, path, formats[_i].format);
	struct ingest_result r = taken();
	struct sound_file m = master_of(&r);
	ck_assert_str_eq(r.format, formats[_i].name);
	ck_assert_int_eq(r.frames, c.frames);
	ck_assert_int_eq(m.frames, c.frames);
	ck_assert_int_eq(m.channels, 2);
	ck_assert_int_eq(m.rate, 48000);
	ck_assert_str_eq(r.warning, "");
	for (int64_t i = 0; i < c.frames * 2; i++)
		ck_assert_msg(fabsf(m.data[i] - c.data[i]) <= formats[_i].tolerance,
			      "sample %lld: %f for %f", (long long)i, m.data[i], c.data[i]);
	free(m.data);
	clip_free(&c);
}
END_TEST

static const int rates[] = {4000, 8000, 11025, 22050, 44100, 96000, 192000};

/* Fewer than one frame of length lost or won, and the tone still where it was. */
START_TEST(every_rate_becomes_48_khz)
{
	struct clip c = clip_tone(rates[_i], 1, 2, 440, 0.5);

	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_PCM_24);
	struct ingest_result r = taken();
	struct sound_file m = master_of(&r);
	ck_assert_int_le(llabs(r.frames - 96000), 1);
	for (int64_t i = 4800; i < 91200; i++)
		ck_assert_double_eq_tol(m.data[i], 0.5 * sin(2 * M_PI * 440 * (double)i / 48000),
					1e-4);
	ck_assert_double_eq_tol(r.peak_dbtp, -6.02, 0.15);
	free(m.data);
	clip_free(&c);
}
END_TEST

/* Twice the length of one, wherever the headers put it. */
START_TEST(joined_mp3s_are_read_to_the_end)
{
	struct clip c = clip_mixed(44100, 20, 3), low = clip_tone(22050, 1, 5, 440, 0.3);
	size_t len, low_len;

	clip_save_mp3(&c, path, (struct mp3_form){.kbps = _i == 0 ? 128 : 0});
	ck_assert_int_le(llabs(taken().frames - 20 * 48000), 10);
	uint8_t *one = file_load(path, &len), *both = malloc(3 * len);
	clip_save_mp3(&low, path, (struct mp3_form){.kbps = 48});
	uint8_t *other = file_load(path, &low_len);
	memcpy(both, one, len);
	memcpy(both + len, other, low_len); /* another rate and another number of channels */
	memcpy(both + len + low_len, one, len);
	file_save(path, both, len + low_len + len);
	struct ingest_result r = taken();
	ck_assert_int_ge(r.frames, 45 * 48000 - 4800);
	ck_assert_int_le(r.frames, 45 * 48000 + 3 * 4800);
	ck_assert_int_eq(r.channels, 2);
	free(one);
	free(other);
	free(both);
	clip_free(&c);
	clip_free(&low);
}
END_TEST

START_TEST(vbr_without_a_length_is_read_to_the_end)
{
	struct clip c = clip_mixed(44100, 20, 3);

	/* Silence first: its small frames make every guess from the first frame wrong. */
	memset(c.data, 0, (size_t)c.frames * sizeof(float));
	clip_save_mp3(&c, path, (struct mp3_form){.no_xing = true});
	struct ingest_result r = taken();
	ck_assert_int_ge(r.frames, 20 * 48000);
	ck_assert_int_le(r.frames, 20 * 48000 + 4800);
	ck_assert_str_eq(r.format, "mp3");
	ck_assert_str_eq(r.warning, "");
	clip_free(&c);
}
END_TEST

START_TEST(an_mp3_behind_tags_and_rubbish_is_found)
{
	struct clip c = clip_tone(44100, 1, 5, 440, 0.3);
	struct chance chance = {5};
	size_t len;

	clip_save_mp3(&c, path, (struct mp3_form){.kbps = 64});
	struct ingest_result plain = taken();
	uint8_t *mp3 = file_load(path, &len), *all = malloc(len + 70000);
	memcpy(all, "ID3\x03\0\0\0\x02\x10\0", 10); /* its length: 0x8800 */
	for (int i = 10; i < 10 + 0x8800; i++)
		all[i] = (uint8_t)chance_next(&chance); /* a "picture" full of false frames */
	memcpy(all + 10 + 0x8800, mp3, len);
	file_save(path, all, 10 + 0x8800 + len);
	ck_assert_int_eq(taken().frames, plain.frames);
	for (int i = 0; i < 3000; i++)
		all[i] = (uint8_t)(chance_next(&chance) | 1); /* no tag, only rubbish */
	memcpy(all + 3000, mp3, len);
	file_save(path, all, 3000 + len);
	struct ingest_result r = taken();
	ck_assert_str_eq(r.format, "mp3");
	ck_assert_int_le(llabs(r.frames - plain.frames), 4800);
	free(mp3);
	free(all);
	clip_free(&c);
}
END_TEST

static const uint32_t wrong_sizes[] = {0, 0xffffffff, 0x7fffffff, 1000};

START_TEST(a_wav_with_a_wrong_size_is_read_to_the_end)
{
	struct clip c = clip_mixed(48000, 2, 9);
	size_t len;

	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	uint8_t *bytes = file_load(path, &len);
	ck_assert_mem_eq(bytes + 36, "data", 4);
	for (int k = 0; k < 4; k++)
		bytes[40 + k] = (uint8_t)(wrong_sizes[_i] >> 8 * k);
	file_save(path, bytes, len);
	struct ingest_result r = taken();
	ck_assert_int_eq(r.frames, 96000);
	ck_assert_str_eq(r.warning, "");
	free(bytes);
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
		clip_save(&c, path, kinds[_i]);
	else
		clip_save_mp3(&c, path, (struct mp3_form){.kbps = 128});
	uint8_t *bytes = file_load(path, &len);
	file_save(path, bytes, len / 2);
	struct ingest_result r = taken();
	ck_assert_int_ge(r.frames, 4 * 48000);
	ck_assert_int_le(r.frames, 6 * 48000);
	ck_assert_msg(strstr(r.warning, "0:10") != NULL, "%s", r.warning);
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
		{"#!AMR\n\x3c", 7, "AMR"},
		{"\x30\x26\xb2\x75\x8e\x66\xcf\x11", 8, "WMA"},
		{"\x1a\x45\xdf\xa3", 4, "WebM"},
		{"Kính thưa bà con", 18, "văn bản"},
		{"RIFF\x24\0\0\0WAVEfmt ", 16, "hỏng"},
		{"fLaC\0\0\0\x22", 8, "hỏng"},
		{"OggS\0\2", 6, "hỏng"},
		{"\1\2\3\4\5", 5, "MP3 hoặc WAV"},
	};

	file_save(path, cases[_i].bytes, cases[_i].len);
	refused(cases[_i].word);
}
END_TEST

START_TEST(random_bytes_are_no_sound)
{
	static uint8_t noise[300000];
	struct chance chance = {11};

	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (uint8_t)chance_next(&chance);
	file_save(path, noise, sizeof(noise));
	refused("không phải");
}
END_TEST

START_TEST(a_header_without_sound_is_zero_seconds)
{
	struct clip c = clip_tone(48000, 1, 0, 440, 0.5);
	size_t len;

	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	free(file_load(path, &len));
	ck_assert_uint_eq(len, 44);
	refused("0 giây");
	clip_free(&c);
}
END_TEST

START_TEST(odd_forms_are_refused)
{
	struct clip c = clip_tone(3000, 1, 1, 440, 0.5), many = clip_tone(48000, 9, 0.1, 440, 0.5);

	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	refused("3000 Hz");
	clip_save(&many, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	refused("9 kênh");
	clip_free(&c);
	clip_free(&many);
}
END_TEST

START_TEST(what_is_too_long_is_refused)
{
	struct clip c = clip_tone(8000, 1, 10, 440, 0.5);
	struct ingest_result r;
	struct err e = {0};

	clip_save(&c, path, SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
	int fd = open(path, O_RDONLY);
	struct ingest_job job = {.fd = fd, .dir = dir, .longest_frames = 10 * 48000 - 1};
	ck_assert(!ingest_run(&job, &r, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "dài hơn"));
	ck_assert_int_eq(files_in("masters"), 0);
	job.longest_frames++;
	ck_assert(ingest_run(&job, &r, &e));
	close(fd);
	clip_free(&c);
}
END_TEST

START_TEST(channels_that_never_differ_become_one)
{
	struct clip c = clip_tone(44100, 2, 2, 440, 0.5);

	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	ck_assert_int_eq(taken().channels, 1);
	c.data[2 * 60000] += 0.01f; /* one sample of one side, late */
	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	struct ingest_result r = taken();
	struct sound_file m = master_of(&r);
	ck_assert_int_eq(r.channels, 2);
	ck_assert_int_eq(m.channels, 2);
	ck_assert_int_eq(m.frames, 96000);
	for (int64_t i = 0; i < 60000; i++)
		ck_assert_float_eq(m.data[2 * i], m.data[2 * i + 1]);
	ck_assert_double_eq_tol(m.data[2 * 10000], 0.5 * sin(2 * M_PI * 440 * 10000 / 48000), 1e-4);
	free(m.data);
	clip_free(&c);
}
END_TEST

/* 5.1: each loudspeaker alone, by the matrix of downmix.h. */
START_TEST(six_channels_become_two)
{
	static const double left[] = {1, 0, M_SQRT1_2, 0, M_SQRT1_2, 0};
	static const double right[] = {0, 1, M_SQRT1_2, 0, 0, M_SQRT1_2};
	struct clip c = clip_tone(48000, 6, 0.5, 440, 0.5);

	for (int64_t i = 0; i < c.frames; i++)
		for (int k = 0; k < 6; k++)
			c.data[6 * i + k] = k == _i ? 0.5f : 0;
	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_FLOAT);
	struct ingest_result r = taken();
	struct sound_file m = master_of(&r);
	for (int64_t i = 0; i < m.frames; i++) {
		double scale = 0.5 / (1 + M_SQRT2);
		ck_assert_double_eq_tol(m.data[m.channels * i], scale * left[_i], 1e-6);
		ck_assert_double_eq_tol(m.data[m.channels * i + m.channels - 1], scale * right[_i],
					1e-6);
	}
	free(m.data);
	clip_free(&c);
}
END_TEST

START_TEST(the_same_file_gives_the_same_master)
{
	struct clip c = clip_mixed(44100, 3, 8);

	clip_save_mp3(&c, path, (struct mp3_form){.kbps = 128});
	struct ingest_result a = taken(), b = taken();
	ck_assert_mem_eq(&a, &b, sizeof(a));
	ck_assert_int_eq(files_in("masters"), 1);
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

	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	int fd = open(path, O_RDONLY);
	ck_assert(ingest_run(&(struct ingest_job){.fd = fd, .dir = dir, .keep_original = true}, &r,
			     &e));
	close(fd);
	snprintf(copy, sizeof(copy), "%s/originals/%s", dir, r.original_sha256);
	uint8_t *a = file_load(path, &len), *b = file_load(copy, &copy_len);
	ck_assert_uint_eq(len, copy_len);
	ck_assert_mem_eq(a, b, len);
	free(a);
	free(b);
	ck_assert_str_eq(taken().original_sha256, r.original_sha256);
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

	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	int fd = open(path, O_RDONLY);
	ck_assert(!ingest_run(&(struct ingest_job){.fd = fd, .dir = dir, .progress = stop_at_once,
						   .arg = &calls}, &r, &e));
	close(fd);
	ck_assert_int_eq(calls, 1);
	ck_assert_int_eq(files_in("masters"), 0);
	clip_free(&c);
}
END_TEST

START_TEST(a_folder_that_cannot_be_written_is_told)
{
	struct ingest_result r;
	struct err e = {0};
	struct clip c = clip_tone(48000, 1, 1, 440, 0.5);

	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	int fd = open(path, O_RDONLY);
	ck_assert(!ingest_run(&(struct ingest_job){.fd = fd, .dir = "/proc/khong-co"}, &r, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "/proc/khong-co"));
	close(fd);
	clip_free(&c);
}
END_TEST

START_TEST(speech_is_measured_as_speech)
{
	speech_save("Kính thưa bà con, đây là bản tin sáng của đài truyền thanh xã.", path);
	struct ingest_result r = taken();
	ck_assert_int_eq(r.channels, 1);
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

	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	taken();
	snprintf(left, sizeof(left), "%s/masters/.tmp-0123", dir);
	file_save(left, "x", 1);
	ingest_sweep(dir);
	ck_assert_int_eq(files_in("masters"), 1);
	clip_free(&c);
}
END_TEST

static const int mutated[] = {
	SF_FORMAT_WAV | SF_FORMAT_PCM_16, SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
	SF_FORMAT_OGG | SF_FORMAT_VORBIS, SF_FORMAT_OGG | SF_FORMAT_OPUS,
	SF_FORMAT_AIFF | SF_FORMAT_PCM_16, SF_FORMAT_CAF | SF_FORMAT_PCM_16, 0 /* MP3 */,
};

static void mutate(uint8_t *bytes, size_t *len, struct chance *chance)
{
	int changes = 1 + (int)chance_below(chance, 12);
	/* Half of the changes hit the headers. */
	for (int i = 0; i < changes; i++) {
		size_t room = chance_below(chance, 2) && *len > 200 ? 200 : *len;
		bytes[chance_below(chance, room)] = (uint8_t)chance_next(chance);
	}
	if (chance_below(chance, 3) == 0)
		*len = 1 + (size_t)chance_below(chance, *len);
}

/* Whatever comes: a master, or a sentence and nothing left. Never a crash or a hang of ours. */
START_TEST(mutated_files_do_no_harm)
{
	struct clip c = clip_mixed(48000, 0.4, 2); /* the one rate that Opus takes too */
	struct chance chance = {(uint64_t)_i + 1};
	size_t len;

	if (mutated[_i] != 0)
		clip_save(&c, path, mutated[_i]);
	else
		clip_save_mp3(&c, path, (struct mp3_form){.kbps = 128});
	uint8_t *good = file_load(path, &len), *bad = malloc(len);
	for (int n = 0; n < 60; n++) {
		size_t bad_len = len;
		struct ingest_result r;
		struct err e;
		int before = files_in("masters");
		memcpy(bad, good, len);
		mutate(bad, &bad_len, &chance);
		file_save(path, bad, bad_len);
		if (ingest(&r, &e)) {
			ck_assert_int_gt(r.frames, 0);
			ck_assert(isfinite(r.loudness_lufs) && isfinite(r.peak_dbtp));
			ck_assert_int_le(files_in("masters"), before + 1);
		} else {
			ck_assert_str_ne(e.text, "");
			ck_assert_int_eq(files_in("masters"), before);
		}
	}
	free(good);
	free(bad);
	clip_free(&c);
}
END_TEST

Suite *suite_ingest(void)
{
	Suite *s = suite_create("ingest");
	TCase *t = tcase_create("ingest");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 300);
	tcase_add_loop_test(t, every_format_comes_out_as_it_went_in, 0, 13);
	tcase_add_loop_test(t, every_rate_becomes_48_khz, 0, 7);
	tcase_add_loop_test(t, joined_mp3s_are_read_to_the_end, 0, 2);
	tcase_add_test(t, vbr_without_a_length_is_read_to_the_end);
	tcase_add_test(t, an_mp3_behind_tags_and_rubbish_is_found);
	tcase_add_loop_test(t, a_wav_with_a_wrong_size_is_read_to_the_end, 0, 4);
	tcase_add_loop_test(t, a_truncated_file_is_taken_with_a_warning, 0, 3);
	tcase_add_loop_test(t, what_is_no_sound_is_named, 0, 15);
	tcase_add_test(t, random_bytes_are_no_sound);
	tcase_add_test(t, a_header_without_sound_is_zero_seconds);
	tcase_add_test(t, odd_forms_are_refused);
	tcase_add_test(t, what_is_too_long_is_refused);
	tcase_add_test(t, channels_that_never_differ_become_one);
	tcase_add_loop_test(t, six_channels_become_two, 0, 6);
	tcase_add_test(t, the_same_file_gives_the_same_master);
	tcase_add_test(t, the_original_is_kept_byte_for_byte);
	tcase_add_test(t, a_cancelled_job_leaves_nothing);
	tcase_add_test(t, a_folder_that_cannot_be_written_is_told);
	tcase_add_test(t, speech_is_measured_as_speech);
	tcase_add_test(t, a_swept_folder_keeps_masters_only);
	tcase_add_loop_test(t, mutated_files_do_no_harm, 0, 7);
	suite_add_tcase(s, t);
	return s;
}
