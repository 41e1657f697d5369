/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/ingesting.h"
#include "support/soundfile.h"

#include <check.h>
#include <string.h>
#include <stdlib.h>

/* Frames that were not sent count as time, too: FFmpeg's decoder loses them. */
START_TEST(every_frame_counts)
{
	struct clip c = clip_tone(8000, 1, 3, 440, 0.5);

	clip_save_amr(&c, ingest_path, 2 * _i);
	struct ingest_result r = ingest_taken();
	ck_assert_str_eq(r.format, "amr");
	ck_assert_int_eq(r.frames, 3 * 48000);
	ck_assert_ptr_null(strstr(r.warnings.text, "came_s")); /* nothing is missing */
	ck_assert_double_gt(r.loudness_lufs, -45); /* decoded, not only counted */
	clip_free(&c);
}
END_TEST

START_TEST(a_torn_one_is_told)
{
	struct clip c = clip_tone(8000, 1, 3, 440, 0.5);
	size_t len;

	clip_save_amr(&c, ingest_path, 0);
	uint8_t *bytes = file_load(ingest_path, &len);
	file_save(ingest_path, bytes, len - 5);
	struct ingest_result r = ingest_taken();
	ck_assert_int_eq(r.frames, 3 * 48000 - 960);
	ck_assert_str_ne(r.warnings.text, "");
	free(bytes);
	clip_free(&c);
}
END_TEST

START_TEST(magic_alone_is_no_sound)
{
	file_save(ingest_path, "#!AMR\n", 6);
	ingest_refused("0 giây");
}
END_TEST

/* A reserved frame type: nothing behind it can be trusted. */
START_TEST(nonsense_behind_the_magic_is_no_sound)
{
	file_save(ingest_path, "#!AMR\n\x4c\x4c\x4c\x4c\x4c\x4c\x4c\x4c", 14);
	ingest_refused("0 giây");
}
END_TEST

Suite *suite_decode_amr(void)
{
	Suite *s = suite_create("decode_amr");
	TCase *t = tcase_create("decode_amr");

	tcase_add_checked_fixture(t, ingest_setup, ingest_teardown);
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, every_frame_counts, 0, 4);
	tcase_add_test(t, a_torn_one_is_told);
	tcase_add_test(t, magic_alone_is_no_sound);
	tcase_add_test(t, nonsense_behind_the_magic_is_no_sound);
	suite_add_tcase(s, t);
	return s;
}
