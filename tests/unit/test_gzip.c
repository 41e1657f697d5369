/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gzip.h"

#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LEN 100000

static char data[LEN];
static struct buf packed, plain;

static void setup(void)
{
	for (size_t i = 0; i < LEN; i++)
		data[i] = (char)((i * i * 2654435761U) >> 13);
	gzip_pack(&packed, data, LEN);
}

static void teardown(void)
{
	buf_finish(&packed);
	buf_finish(&plain);
}

START_TEST(what_is_packed_comes_out_again)
{
	ck_assert_int_eq((unsigned char)packed.data[0], 0x1f);
	ck_assert_int_eq((unsigned char)packed.data[1], 0x8b);
	ck_assert(gzip_unpack(&plain, packed.data, packed.len, LEN));
	ck_assert(plain.len == LEN && memcmp(plain.data, data, LEN) == 0);
	buf_reset(&packed);
	gzip_pack(&packed, "", 0);
	ck_assert(gzip_unpack(&plain, packed.data, packed.len, 0));
	ck_assert_uint_eq(plain.len, LEN);
}
END_TEST

/* By gzip itself: printf 'loa' | gzip -n9 */
START_TEST(others_write_the_same_format)
{
	static const unsigned char by_gzip[] = {
		0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0xcb, 0xc9,
		0x4f, 4, 0, 0xf0, 0xcd, 0x5c, 0x66, 3, 0, 0, 0,
	};

	ck_assert(gzip_unpack(&plain, by_gzip, sizeof(by_gzip), 100));
	ck_assert_str_eq(plain.data, "loa");
	ck_assert(!gzip_is_ours(by_gzip, sizeof(by_gzip)));
}
END_TEST

START_TEST(each_byte_of_the_head_is_known)
{
	ck_assert(gzip_is_ours(packed.data, packed.len));
	for (size_t at = 0; at < 10; at++) {
		packed.data[at] ^= 1;
		ck_assert(!gzip_is_ours(packed.data, packed.len));
		packed.data[at] ^= 1;
	}
	ck_assert(!gzip_is_ours(packed.data, 9));
	buf_reset(&packed);
	gzip_pack(&packed, "", 0);
	ck_assert(gzip_is_ours(packed.data, packed.len));
}
END_TEST

START_TEST(more_than_was_allowed_is_never_made)
{
	static char zeros[1 << 20];

	ck_assert(!gzip_unpack(&plain, packed.data, packed.len, LEN - 1));
	buf_reset(&packed);
	gzip_pack(&packed, zeros, sizeof(zeros));
	ck_assert_uint_lt(packed.len, 2000);
	ck_assert(!gzip_unpack(&plain, packed.data, packed.len, 1000));
	/* One that lies about its size. */
	memset(packed.data + packed.len - 4, 0, 4);
	ck_assert(!gzip_unpack(&plain, packed.data, packed.len, 1000));
	ck_assert_uint_eq(plain.len, 0);
}
END_TEST

START_TEST(no_damage_passes)
{
	for (size_t len = 0; len < packed.len; len += 997)
		ck_assert(!gzip_unpack(&plain, packed.data, len, LEN));
	for (size_t at = 10; at < packed.len; at += 499) {
		packed.data[at] ^= 4;
		ck_assert(!gzip_unpack(&plain, packed.data, packed.len, LEN));
		packed.data[at] ^= 4;
	}
	buf_add(&packed, "x", 1);
	ck_assert(!gzip_unpack(&plain, packed.data, packed.len, LEN));
}
END_TEST

Suite *suite_gzip(void);
Suite *suite_gzip(void)
{
	Suite *s = suite_create("gzip");
	TCase *t = tcase_create("gzip");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_is_packed_comes_out_again);
	tcase_add_test(t, others_write_the_same_format);
	tcase_add_test(t, each_byte_of_the_head_is_known);
	tcase_add_test(t, more_than_was_allowed_is_never_made);
	tcase_add_test(t, no_damage_passes);
	suite_add_tcase(s, t);
	return s;
}
