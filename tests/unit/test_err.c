/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/err.h"

#include "base/utf8.h"

#include <check.h>
#include <errno.h>
#include <string.h>

static struct err e;

START_TEST(test_set)
{
	ck_assert(!err_set(&e, ERR_REFUSED, "%s: dòng %d", "lich.yaml", 14));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
	ck_assert_str_eq(e.text, "lich.yaml: dòng 14");
}
END_TEST

START_TEST(test_newlines_become_spaces)
{
	err_set(&e, ERR_FAILED, "a\nb\r\nc");
	ck_assert_str_eq(e.text, "a b  c");
}
END_TEST

/* A text that is too long is cut between characters, wherever the cut falls. */
START_TEST(test_cut_at_a_character)
{
	char long_text[ERR_TEXT_BYTES * 2];

	for (int shift = 0; shift < 3; shift++) {
		memset(long_text, 'x', (size_t)shift);
		for (size_t i = (size_t)shift; i + 3 < sizeof(long_text); i += 3)
			memcpy(long_text + i, "ế", 4);
		err_set(&e, ERR_FAILED, "%s", long_text);
		ck_assert(utf8_valid(e.text, strlen(e.text)));
		ck_assert_uint_ge(strlen(e.text), ERR_TEXT_BYTES - 4);
	}
}
END_TEST

START_TEST(test_errno_kinds)
{
	static const struct {
		int code;
		enum err_kind kind;
	} cases[] = {
		{ENOSPC, ERR_NO_SPACE}, {EDQUOT, ERR_NO_SPACE}, {ENOENT, ERR_NOT_FOUND},
		{EACCES, ERR_FAILED},	{EIO, ERR_FAILED},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		errno = cases[i].code;
		ck_assert(!err_errno(&e, "log/%s", "000"));
		ck_assert_int_eq(e.kind, cases[i].kind);
		ck_assert_int_eq(errno, cases[i].code);
		ck_assert(strncmp(e.text, "log/000: ", 9) == 0);
		ck_assert_uint_gt(strlen(e.text), 12);
	}
}
END_TEST

/* The words of errno are cut too when there is no room for them, never mid-character. */
START_TEST(test_errno_without_room)
{
	char long_text[ERR_TEXT_BYTES];

	memset(long_text, 'x', sizeof(long_text) - 4);
	long_text[sizeof(long_text) - 4] = '\0';
	errno = EIO;
	err_errno(&e, "%s", long_text);
	ck_assert_uint_ge(strlen(e.text), ERR_TEXT_BYTES - 4);
	ck_assert(utf8_printable(e.text, strlen(e.text)));
}
END_TEST

START_TEST(test_wrap_keeps_kind)
{
	err_set(&e, ERR_NO_SPACE, "đĩa đầy");
	ck_assert(!err_wrap(&e, "%s", "log"));
	ck_assert_int_eq(e.kind, ERR_NO_SPACE);
	ck_assert_str_eq(e.text, "log: đĩa đầy");
}
END_TEST

START_TEST(test_wrap_too_long)
{
	char prefix[ERR_TEXT_BYTES * 2];

	memset(prefix, 'p', sizeof(prefix) - 1);
	prefix[sizeof(prefix) - 1] = '\0';
	for (int spare = 0; spare < 8; spare++) {
		err_set(&e, ERR_FAILED, "ếếếế");
		err_wrap(&e, "%s", prefix + sizeof(prefix) - ERR_TEXT_BYTES + spare);
		ck_assert(utf8_valid(e.text, strlen(e.text)));
		ck_assert_uint_lt(strlen(e.text), ERR_TEXT_BYTES);
	}
	err_set(&e, ERR_FAILED, "x");
	err_wrap(&e, "%s", prefix);
	ck_assert_uint_eq(strlen(e.text), ERR_TEXT_BYTES - 1);
}
END_TEST

START_TEST(test_wrap_of_nothing_is_our_mistake)
{
	struct err none = {0};

	err_wrap(&none, "x");
}
END_TEST

START_TEST(test_words_and_status)
{
	static const struct {
		enum err_kind kind;
		const char *code;
		int status;
	} cases[] = {
		{ERR_NONE, "none", 0},	       {ERR_FAILED, "failed", 1},
		{ERR_USAGE, "usage", 2},       {ERR_NOT_FOUND, "not_found", 1},
		{ERR_REFUSED, "refused", 1},   {ERR_CONFLICT, "conflict", 1},
		{ERR_UNSUPPORTED, "unsupported", 1}, {ERR_DAMAGED, "damaged", 1},
		{ERR_NO_SPACE, "no_space", 1}, {ERR_DIFFERS, "differs", 3},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		e.kind = cases[i].kind;
		ck_assert_str_eq(err_code(e.kind), cases[i].code);
		ck_assert_int_eq(err_exit_status(&e), cases[i].status);
	}
}
END_TEST

Suite *suite_err(void);
Suite *suite_err(void)
{
	Suite *s = suite_create("err");
	TCase *c = tcase_create("err");

	tcase_add_test(c, test_set);
	tcase_add_test(c, test_newlines_become_spaces);
	tcase_add_test(c, test_cut_at_a_character);
	tcase_add_test(c, test_errno_kinds);
	tcase_add_test(c, test_errno_without_room);
	tcase_add_test(c, test_wrap_keeps_kind);
	tcase_add_test(c, test_wrap_too_long);
	tcase_add_test_raise_signal(c, test_wrap_of_nothing_is_our_mistake, 6);
	tcase_add_test(c, test_words_and_status);
	suite_add_tcase(s, c);
	return s;
}
