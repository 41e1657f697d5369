/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/ingesting.h"
#include "support/soundfile.h"
#include "sys/chance.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Twice the length of one, wherever the headers put it. */
START_TEST(joined_mp3s_are_read_to_the_end)
{
	struct clip c = clip_mixed(44100, 20, 3), low = clip_tone(22050, 1, 5, 440, 0.3);
	size_t len, low_len;

	clip_save_mp3(&c, ingest_path, (struct mp3_form){.kbps = _i == 0 ? 128 : 0});
	ck_assert_int_le(llabs(ingest_taken().frames - 20 * 48000), 10);
	uint8_t *one = file_load(ingest_path, &len), *both = malloc(3 * len);
	clip_save_mp3(&low, ingest_path, (struct mp3_form){.kbps = 48});
	uint8_t *other = file_load(ingest_path, &low_len);
	memcpy(both, one, len);
	memcpy(both + len, other, low_len); /* another rate and another number of channels */
	memcpy(both + len + low_len, one, len);
	file_save(ingest_path, both, len + low_len + len);
	struct ingest_result r = ingest_taken();
	ck_assert_int_ge(r.frames, 45 * 48000 - 4800);
	ck_assert_int_le(r.frames, 45 * 48000 + 3 * 4800);
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
	clip_save_mp3(&c, ingest_path, (struct mp3_form){.no_xing = true});
	struct ingest_result r = ingest_taken();
	ck_assert_int_ge(r.frames, 20 * 48000);
	ck_assert_int_le(r.frames, 20 * 48000 + 4800);
	ck_assert_str_eq(r.format, "mp3");
	ck_assert_ptr_null(strstr(r.warnings.text, "came_s")); /* nothing is missing */
	clip_free(&c);
}
END_TEST

START_TEST(an_mp3_behind_tags_and_rubbish_is_found)
{
	struct clip c = clip_tone(44100, 1, 5, 440, 0.3);
	struct chance chance = {5};
	size_t len;

	clip_save_mp3(&c, ingest_path, (struct mp3_form){.kbps = 64});
	struct ingest_result plain = ingest_taken();
	uint8_t *mp3 = file_load(ingest_path, &len), *all = malloc(len + 70000);
	memcpy(all, "ID3\x03\0\0\0\x02\x10\0", 10); /* its length: 0x8800 */
	for (int i = 10; i < 10 + 0x8800; i++)
		all[i] = (uint8_t)chance_next(&chance); /* a "picture" full of false frames */
	memcpy(all + 10 + 0x8800, mp3, len);
	file_save(ingest_path, all, 10 + 0x8800 + len);
	ck_assert_int_eq(ingest_taken().frames, plain.frames);
	for (int i = 0; i < 3000; i++)
		all[i] = (uint8_t)(chance_next(&chance) | 1); /* no tag, only rubbish */
	memcpy(all + 3000, mp3, len);
	file_save(ingest_path, all, 3000 + len);
	struct ingest_result r = ingest_taken();
	ck_assert_str_eq(r.format, "mp3");
	ck_assert_int_le(llabs(r.frames - plain.frames), 4800);
	free(mp3);
	free(all);
	clip_free(&c);
}
END_TEST

Suite *suite_decode_mp3(void)
{
	Suite *s = suite_create("decode_mp3");
	TCase *t = tcase_create("decode_mp3");

	tcase_add_checked_fixture(t, ingest_setup, ingest_teardown);
	tcase_set_timeout(t, 300);
	tcase_add_loop_test(t, joined_mp3s_are_read_to_the_end, 0, 2);
	tcase_add_test(t, vbr_without_a_length_is_read_to_the_end);
	tcase_add_test(t, an_mp3_behind_tags_and_rubbish_is_found);
	suite_add_tcase(s, t);
	return s;
}
