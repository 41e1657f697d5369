/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"

#include <check.h>
#include <signal.h>
#include <string.h>

static struct buf b;

static void teardown(void)
{
	buf_finish(&b);
}

START_TEST(test_empty)
{
	ck_assert_str_eq(buf_str(&b), "");
	buf_add(&b, NULL, 0);
	ck_assert_uint_eq(b.len, 0);
	ck_assert_str_eq(buf_str(&b), "");
	buf_drop(&b, 0);
	buf_reset(&b);
}
END_TEST

START_TEST(test_grows)
{
	for (int i = 0; i < 5000; i++) {
		buf_text(&b, "abc");
		ck_assert_int_eq(b.data[b.len], '\0');
	}
	ck_assert_uint_eq(b.len, 15000);
	ck_assert_uint_gt(b.capacity, b.len);
	for (size_t i = 0; i < b.len; i += 3)
		ck_assert(memcmp(b.data + i, "abc", 3) == 0);
}
END_TEST

START_TEST(test_exact_fit)
{
	char block[127];

	memset(block, 'x', sizeof(block));
	buf_add(&b, block, 127);
	ck_assert_uint_eq(b.capacity, 128);
	buf_add(&b, "y", 1);
	ck_assert_uint_eq(b.capacity, 256);
	ck_assert_int_eq(b.data[127], 'y');
}
END_TEST

START_TEST(test_written_in_its_room)
{
	for (size_t len = 0; len < 300; len++) {
		size_t before = b.len;
		char *room = buf_room(&b, len);

		ck_assert_ptr_eq(room, b.data + before);
		memset(room, 'r', len);
		ck_assert_uint_eq(b.len, before);
		buf_fill(&b, len / 2); /* less than was asked for */
		ck_assert_uint_eq(b.len, before + len / 2);
		ck_assert_int_eq(b.data[b.len], '\0');
	}
	ck_assert_uint_eq(strlen(b.data), b.len);
}
END_TEST

/* Around the room that is there when printing begins. */
START_TEST(test_print_at_the_edge)
{
	char text[200];

	for (size_t len = 60; len < sizeof(text); len++) {
		memset(text, 'q', len);
		text[len] = '\0';
		buf_finish(&b);
		buf_print(&b, "%s", text);
		ck_assert_uint_eq(b.len, len);
		ck_assert_str_eq(buf_str(&b), text);
		buf_print(&b, "%s", text);
		ck_assert_uint_eq(b.len, 2 * len);
		ck_assert_uint_eq(strlen(buf_str(&b)), 2 * len);
	}
}
END_TEST

START_TEST(test_print)
{
	char long_text[1000];

	memset(long_text, 'z', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	buf_print(&b, "%d-%s", 42, "đài");
	buf_print(&b, "%s", "");
	buf_print(&b, "%s|", long_text);
	ck_assert_uint_eq(b.len, 3 + strlen("đài") + 999 + 1);
	ck_assert(memcmp(b.data, "42-đài", 8) == 0);
	ck_assert_int_eq(b.data[b.len - 1], '|');
}
END_TEST

START_TEST(test_bytes_with_nul)
{
	buf_add(&b, "a\0b", 3);
	ck_assert_uint_eq(b.len, 3);
	ck_assert_mem_eq(b.data, "a\0b", 4);
}
END_TEST

START_TEST(test_drop)
{
	buf_text(&b, "abcdef");
	buf_drop(&b, 2);
	ck_assert_str_eq(buf_str(&b), "cdef");
	buf_drop(&b, 4);
	ck_assert_str_eq(buf_str(&b), "");
	ck_assert_uint_eq(b.len, 0);
}
END_TEST

START_TEST(test_drop_too_much_is_our_mistake)
{
	buf_text(&b, "abc");
	buf_drop(&b, 4);
}
END_TEST

START_TEST(test_reset_keeps_memory)
{
	buf_text(&b, "abc");
	size_t capacity = b.capacity;
	buf_reset(&b);
	ck_assert_str_eq(buf_str(&b), "");
	ck_assert_uint_eq(b.capacity, capacity);
	buf_finish(&b);
	ck_assert_ptr_null(b.data);
	buf_finish(&b);
}
END_TEST

Suite *suite_buf(void);
Suite *suite_buf(void)
{
	Suite *s = suite_create("buf");
	TCase *c = tcase_create("buf");

	tcase_add_checked_fixture(c, NULL, teardown);
	tcase_add_test(c, test_empty);
	tcase_add_test(c, test_grows);
	tcase_add_test(c, test_exact_fit);
	tcase_add_test(c, test_written_in_its_room);
	tcase_add_test(c, test_print);
	tcase_add_test(c, test_print_at_the_edge);
	tcase_add_test(c, test_bytes_with_nul);
	tcase_add_test(c, test_drop);
	tcase_add_test_raise_signal(c, test_drop_too_much_is_our_mistake, SIGABRT);
	tcase_add_test(c, test_reset_keeps_memory);
	suite_add_tcase(s, c);
	return s;
}
