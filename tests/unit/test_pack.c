/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/pack.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

START_TEST(headers_are_understood)
{
	ck_assert(pack_taken("gzip, deflate, br"));
	ck_assert(pack_taken("br;q=1.0, gzip;q=0.5"));
	ck_assert(!pack_taken("gzip;q=0"));
	ck_assert(!pack_taken("gzip; q=0.0, br"));
	ck_assert(!pack_taken("identity"));
	ck_assert(!pack_taken(NULL));
}
END_TEST

/* By zlib's own reader; longer than one piece, and hardly to be packed. */
START_TEST(what_is_packed_comes_out_again)
{
	size_t len = 100000;
	unsigned char *data = malloc(len), *again = malloc(len);
	struct buf packed = {0};
	z_stream z = {0};

	for (size_t i = 0; i < len; i++)
		data[i] = (unsigned char)((i * i * 2654435761U) >> 13);
	pack_gzip(&packed, data, len);
	ck_assert_int_eq(inflateInit2(&z, MAX_WBITS + 16), Z_OK);
	z.next_in = (unsigned char *)packed.data;
	z.avail_in = (uInt)packed.len;
	z.next_out = again;
	z.avail_out = (uInt)len;
	ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
	ck_assert_uint_eq(z.total_out, len);
	ck_assert_uint_eq(z.avail_in, 0);
	ck_assert_int_eq(memcmp(data, again, len), 0);
	inflateEnd(&z);
	buf_finish(&packed);
	free(data);
	free(again);
}
END_TEST

Suite *suite_pack(void);
Suite *suite_pack(void)
{
	Suite *s = suite_create("pack");
	TCase *t = tcase_create("pack");

	tcase_add_test(t, headers_are_understood);
	tcase_add_test(t, what_is_packed_comes_out_again);
	suite_add_tcase(s, t);
	return s;
}
