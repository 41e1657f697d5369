/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/ingesting.h"
#include "support/soundfile.h"
#include "library/decode.h"
#include "sys/chance.h"

#include <check.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Sanitizers watch the same code, and each file is a process of theirs. */
#if defined(VX_ASAN) || defined(VX_TSAN)
#define MUTANTS 12
#else
#define MUTANTS 60
#endif

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
		clip_save(&c, ingest_path, mutated[_i]);
	else
		clip_save_mp3(&c, ingest_path, (struct mp3_form){.kbps = 128});
	uint8_t *good = file_load(ingest_path, &len), *bad = malloc(len);
	for (int n = 0; n < MUTANTS; n++) {
		size_t bad_len = len;
		struct ingest_result r;
		struct err e;
		int before = ingest_files("masters");
		memcpy(bad, good, len);
		mutate(bad, &bad_len, &chance);
		file_save(ingest_path, bad, bad_len);
		if (ingest_upload(&r, &e)) {
			ck_assert_int_gt(r.frames, 0);
			ck_assert(isfinite(r.loudness_lufs) && isfinite(r.peak_dbtp));
			ck_assert_int_le(ingest_files("masters"), before + 1);
		} else {
			ck_assert_str_ne(e.text, "");
			ck_assert_int_eq(ingest_files("masters"), before);
		}
	}
	free(good);
	free(bad);
	clip_free(&c);
}
END_TEST

START_TEST(a_kind_is_what_it_holds_not_what_it_is_called)
{
	static const char flac[] = "ID3\4\0\0\0\0\0\2xxfLaC";
	static const char aac[] = "ID3\4\0\0\0\0\0\0\xff\xf1";
	struct input in;

	file_save(ingest_path, flac, sizeof(flac) - 1);
	int fd = open(ingest_path, O_RDWR);
	ck_assert(input_init(&in, fd));
	ck_assert_int_eq(decode_kind(&in), SNIFF_FLAC);
	ck_assert_int_eq((int)decode_mpeg_start(&in), -1);
	ck_assert_int_eq((int)pwrite(fd, aac, sizeof(aac) - 1, 0), (int)sizeof(aac) - 1);
	ck_assert_int_eq(decode_kind(&in), SNIFF_AAC);
	close(fd);
}
END_TEST

Suite *suite_decode(void)
{
	Suite *s = suite_create("decode");
	TCase *t = tcase_create("decode");

	tcase_add_checked_fixture(t, ingest_setup, ingest_teardown);
	tcase_set_timeout(t, 300);
	tcase_add_loop_test(t, mutated_files_do_no_harm, 0, 7);
	tcase_add_test(t, a_kind_is_what_it_holds_not_what_it_is_called);
	suite_add_tcase(s, t);
	return s;
}
