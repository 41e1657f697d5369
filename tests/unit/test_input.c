/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/input.h"

#include <check.h>
#include <sys/mman.h>
#include <unistd.h>

static int fd;

static void setup(void)
{
	fd = memfd_create("input", MFD_CLOEXEC);
}

static void teardown(void)
{
	close(fd);
}

/* A WAV file whose data chunk says `size` and is followed by the body. */
static struct input wav(uint32_t size, const void *body, size_t len)
{
	struct input in;
	uint8_t head[44] = "RIFF\x24\0\0\0WAVEfmt "
			   "\x10\0\0\0\1\0\1\0\x80\xbb\0\0\0\x77\1\0\2\0\x10\0data";

	for (int k = 0; k < 4; k++)
		head[40 + k] = (uint8_t)(size >> 8 * k);
	ck_assert_int_eq((int)pwrite(fd, head, 44, 0), 44);
	ck_assert_int_eq((int)pwrite(fd, body, len, 44), (int)len);
	ck_assert(input_init(&in, fd));
	return in;
}

static uint32_t seen_size(struct input *in)
{
	uint8_t b[4];

	ck_assert_uint_eq(input_peek(in, 40, b, 4), 4);
	return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

START_TEST(a_right_size_stays)
{
	struct input in = wav(4, "abcd", 4);

	ck_assert_int_eq((int)input_mend_wav(&in), 0);
	ck_assert_int_eq(in.patch_count, 0);
	in = wav(4, "abcdLIST\2\0\0\0xy", 14); /* chunks behind the sound are none of it */
	ck_assert_int_eq((int)input_mend_wav(&in), 0);
	ck_assert_uint_eq(seen_size(&in), 4);
	in = wav(3, "abcLIST\2\0\0\0xy", 13); /* without the pad byte */
	ck_assert_int_eq((int)input_mend_wav(&in), 0);
	ck_assert_uint_eq(seen_size(&in), 3);
}
END_TEST

START_TEST(a_wrong_size_is_mended)
{
	static const uint32_t sizes[] = {0, 0xffffffff, 0x7ffff000, 2};
	struct input in = wav(sizes[_i], "abcdefghijklmnop\1\2\3\4", 20);

	ck_assert_int_eq((int)input_mend_wav(&in), 0);
	ck_assert_uint_eq(seen_size(&in), 20);
}
END_TEST

START_TEST(a_missing_rest_is_counted)
{
	struct input in = wav(1000, "abcd", 4);

	ck_assert_int_eq((int)input_mend_wav(&in), 996);
	ck_assert_uint_eq(seen_size(&in), 4);
}
END_TEST

START_TEST(patches_are_seen_however_it_is_read)
{
	struct input in = wav(0, "abcdefgh", 8);
	uint8_t byte, whole[52];

	input_mend_wav(&in);
	ck_assert_int_eq((int)input_read(&in, whole, 52), 52);
	ck_assert_int_eq(whole[40], 8);
	for (int i = 0; i < 52; i++) {
		ck_assert_int_eq((int)input_seek(&in, i, SEEK_SET), i);
		ck_assert_int_eq((int)input_read(&in, &byte, 1), 1);
		ck_assert_int_eq(byte, whole[i]);
	}
	ck_assert_int_eq((int)input_read(&in, &byte, 1), 0);
	ck_assert_int_eq((int)in.reached_bytes, 52);
}
END_TEST

START_TEST(seeking_stays_in_bounds)
{
	struct input in = wav(0, "abcdefgh", 8);

	ck_assert_int_eq((int)input_seek(&in, -2, SEEK_END), 50);
	ck_assert_int_eq((int)input_seek(&in, -51, SEEK_CUR), -1);
	ck_assert_int_eq((int)input_seek(&in, INT64_MAX, SEEK_CUR), -1);
	ck_assert_int_eq((int)input_seek(&in, INT64_MIN, SEEK_SET), -1);
	ck_assert_int_eq((int)in.at_bytes, 50);
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
	struct input in;
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert(!input_init(&in, ends[0]));
	ck_assert(!input_init(&in, -1));
	/* Headers that promise chunk after chunk, or stop anywhere, end. */
	ck_assert_int_eq(ftruncate(fd, 0), 0);
	for (int len = 0; len < 60; len++) {
		in = wav(0, "abcdefghijklmnop", 16);
		ck_assert_int_eq(ftruncate(fd, len), 0);
		ck_assert(input_init(&in, fd));
		ck_assert_int_ge((int)input_mend_wav(&in), 0);
	}
}
END_TEST

Suite *suite_input(void)
{
	Suite *s = suite_create("input");
	TCase *t = tcase_create("input");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_right_size_stays);
	tcase_add_loop_test(t, a_wrong_size_is_mended, 0, 4);
	tcase_add_test(t, a_missing_rest_is_counted);
	tcase_add_test(t, patches_are_seen_however_it_is_read);
	tcase_add_test(t, seeking_stays_in_bounds);
	tcase_add_test(t, what_is_no_file_is_refused);
	suite_add_tcase(s, t);
	return s;
}
