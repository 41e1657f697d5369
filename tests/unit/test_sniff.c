/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/sniff.h"

#include "sys/chance.h"

#include <check.h>
#include <string.h>

static enum sniff sniff_text(const char *text)
{
	return sniff_head((const uint8_t *)text, strlen(text));
}

START_TEST(text_is_told_from_bytes)
{
	static const uint8_t binary[] = {'a', 'b', 0, 'c'};
	static const uint8_t broken[] = {'a', 0xff, 0xfe, 'a', 'a', 'a', 'a'};
	char viet[SNIFF_HEAD_BYTES];

	ck_assert_int_eq(sniff_text("xã Bù Gia Mập\r\n"), SNIFF_TEXT);
	ck_assert_int_eq(sniff_text("\n <HTML lang=vi>"), SNIFF_HTML);
	ck_assert_int_eq(sniff_head(binary, sizeof(binary)), SNIFF_UNKNOWN);
	ck_assert_int_eq(sniff_head(broken, sizeof(broken)), SNIFF_UNKNOWN);
	ck_assert_int_eq(sniff_head(broken, 0), SNIFF_UNKNOWN);
	/* A head that ends within a character (ậ has three bytes) is still text. */
	for (size_t i = 0; i < sizeof(viet); i++)
		viet[i] = "\xe1\xba\xad"[i % 3];
	ck_assert_int_eq(sniff_head((const uint8_t *)viet, sizeof(viet)), SNIFF_TEXT);
}
END_TEST

START_TEST(every_kind_has_words)
{
	ck_assert_ptr_null(sniff_words(SNIFF_UNKNOWN));
	for (int k = SNIFF_UNKNOWN + 1; k <= SNIFF_TEXT; k++)
		ck_assert_ptr_nonnull(sniff_words((enum sniff)k));
}
END_TEST

/* 128 kbit/s at 44.1 kHz, MPEG-1 layer III: 417 bytes, 144 × 128000 / 44100. */
START_TEST(phones_have_a_worker_of_their_own)
{
	static const char m4a[] = "\0\0\0\x20" "ftypM4A ";
	static const char amr[] = "#!AMR\n", wav[] = "RIFF0000WAVE";

	ck_assert(sniff_is_phone(sniff_head((const uint8_t *)m4a, sizeof(m4a) - 1)));
	ck_assert(sniff_is_phone(sniff_head((const uint8_t *)amr, sizeof(amr) - 1)));
	ck_assert(!sniff_is_phone(sniff_head((const uint8_t *)wav, sizeof(wav) - 1)));
	ck_assert(!sniff_is_phone(SNIFF_MP3));
	ck_assert(!sniff_is_phone(SNIFF_UNKNOWN));
	ck_assert(!sniff_is_phone(SNIFF_AVI));
}
END_TEST

START_TEST(frames_are_followed_by_their_length)
{
	static uint8_t data[10 + 3 * 417 + 4];

	memset(data, 0, sizeof(data));
	for (int i = 0; i < 3; i++)
		memcpy(data + 10 + 417 * i, "\xff\xfb\x90\x00", 4);
	ck_assert_int_eq((int)mpeg_find(data, sizeof(data)), 10);
	ck_assert_int_eq((int)mpeg_find(data, 10 + 2 * 417), 10); /* ends with its frame */
	ck_assert_int_eq((int)mpeg_find(data, 10 + 2 * 417 - 1), -1);
	data[10 + 417 + 2] = 0x94; /* the second speaks of another rate */
	ck_assert_int_eq((int)mpeg_find(data, sizeof(data)), -1);
	ck_assert_int_eq((int)mpeg_find(data, 0), -1);
}
END_TEST

START_TEST(noise_holds_no_mpeg_audio)
{
	static uint8_t data[1 << 18];
	struct chance chance = {99};

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)chance_next(&chance);
	ck_assert_int_eq((int)mpeg_find(data, sizeof(data)), -1);
}
END_TEST

START_TEST(the_length_of_a_tag_has_seven_bits_a_byte)
{
	ck_assert_int_eq((int)id3_bytes((const uint8_t *)"ID3\4\0\0\0\0\2\1", 10), 10 + 257);
	ck_assert_int_eq((int)id3_bytes((const uint8_t *)"ID3\4\0\x10\0\0\0\1", 10), 21);
	ck_assert_int_eq((int)id3_bytes((const uint8_t *)"ID3\4\0\0\0\0\x80\1", 10), 0);
	ck_assert_int_eq((int)id3_bytes((const uint8_t *)"ID3\4\0\0\0\0\1\1", 9), 0);
	ck_assert_int_eq((int)id3_bytes((const uint8_t *)"TAG\4\0\0\0\0\1\1", 10), 0);
}
END_TEST

Suite *suite_sniff(void)
{
	Suite *s = suite_create("sniff");
	TCase *t = tcase_create("sniff");

	tcase_add_test(t, text_is_told_from_bytes);
	tcase_add_test(t, every_kind_has_words);
	tcase_add_test(t, phones_have_a_worker_of_their_own);
	tcase_add_test(t, frames_are_followed_by_their_length);
	tcase_add_test(t, noise_holds_no_mpeg_audio);
	tcase_add_test(t, the_length_of_a_tag_has_seven_bits_a_byte);
	suite_add_tcase(s, t);
	return s;
}
