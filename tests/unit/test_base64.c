/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/base64.h"

#include <check.h>
#include <sodium.h>
#include <string.h>

/* Of every letter each other byte in its place: none gives the same bytes. */
START_TEST(each_text_stands_for_its_own_bytes)
{
	uint8_t bytes[48], got[64];
	char text[sodium_base64_ENCODED_LEN(sizeof(bytes), sodium_base64_VARIANT_ORIGINAL)];
	size_t len;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(0x00 + i * 37 + (i % 3 == 0 ? 0xF8 : 0));
	sodium_bin2base64(text, sizeof(text), bytes, sizeof(bytes),
			  sodium_base64_VARIANT_ORIGINAL);
	memcpy(text, "/+/+", 4);
	size_t text_len = strlen(text);
	ck_assert(base64_read(text, text_len, bytes, sizeof(bytes), &len));
	for (size_t i = 0; i < text_len; i++) {
		char was = text[i];
		for (int other = 0; other < 256; other++) {
			text[i] = (char)other;
			bool read = base64_read(text, text_len, got, sizeof(got), &len);
			ck_assert_msg(text[i] == was || !read || len != sizeof(bytes) ||
					      memcmp(got, bytes, len) != 0,
				      "%d at %zu", other, i);
		}
		text[i] = was;
	}
}
END_TEST

START_TEST(what_is_not_whole_is_refused)
{
	uint8_t out[8];
	size_t len;

	ck_assert(base64_read("QQ==", 4, out, sizeof(out), &len) && len == 1);
	ck_assert(!base64_read("QQ", 2, out, sizeof(out), &len));
	ck_assert(!base64_read("QR==", 4, out, sizeof(out), &len));
	ck_assert(!base64_read("QQ==\n", 5, out, sizeof(out), &len));
	ck_assert(!base64_read("Q Q==", 5, out, sizeof(out), &len));
	ck_assert(!base64_read("AAAAAAAAAAAAAAAA", 16, out, sizeof(out), &len));
}
END_TEST

Suite *suite_base64(void);
Suite *suite_base64(void)
{
	Suite *s = suite_create("base64");
	TCase *t = tcase_create("base64");

	tcase_add_test(t, each_text_stands_for_its_own_bytes);
	tcase_add_test(t, what_is_not_whole_is_refused);
	suite_add_tcase(s, t);
	return s;
}
