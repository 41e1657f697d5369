/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/charset.h"

#include <check.h>
#include <iconv.h>
#include <string.h>

#define TEXT "Tên,Loại\r\nĐiểm hỗ trợ đồng bào dân tộc thiểu số ở Bù Gia Mập,video\r\n"

static struct err e;

static size_t written(const char *set, char *out, size_t room)
{
	char text[] = TEXT, *in = text, *to = out;
	size_t len = strlen(text), left = room;
	iconv_t cd = iconv_open(set, "UTF-8");

	ck_assert(cd != (iconv_t)-1); /* NOLINT(performance-no-int-to-ptr) */
	ck_assert(iconv(cd, &in, &len, &to, &left) != (size_t)-1);
	ck_assert(iconv(cd, NULL, NULL, &to, &left) != (size_t)-1);
	iconv_close(cd);
	return room - left;
}

/* Guessed and turned in pieces of so many bytes. */
static enum charset read_in(const char *data, size_t len, size_t piece, struct buf *out)
{
	struct charset_look look = {0};
	struct charset_turn *t;

	for (size_t at = 0; at < len; at += piece)
		charset_look(&look, data + at, len - at < piece ? len - at : piece);
	enum charset set = charset_guess(&look);
	ck_assert_msg(charset_open(&t, set, &e), "%s", e.text);
	for (size_t at = 0; at < len; at += piece)
		ck_assert_msg(charset_add(t, data + at, len - at < piece ? len - at : piece,
					  at + piece >= len, out, &e), "%s", e.text);
	charset_close(t);
	return set;
}

static void ck_read(const char *set, enum charset want)
{
	static const size_t pieces[] = {8, 9, 13, 4096};
	char data[400];
	size_t len = written(set, data, sizeof(data));

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct buf out = {0};
		ck_assert_int_eq(read_in(data, len, pieces[i], &out), want);
		ck_assert_str_eq(buf_str(&out), TEXT);
		buf_finish(&out);
	}
}

START_TEST(each_set_is_known_and_read_in_pieces)
{
	ck_read("UTF-8", CHARSET_UTF8);
	ck_read("UTF-16", CHARSET_UTF16LE); /* with its mark */
	ck_read("UTF-16LE", CHARSET_UTF16LE);
	ck_read("UTF-16BE", CHARSET_UTF16BE);
	ck_read("TCVN5712-1", CHARSET_TCVN);
}
END_TEST

START_TEST(a_mark_of_utf8_is_no_text)
{
	static const char marked[] = "\xEF\xBB\xBF" "Tên";
	struct buf out = {0};

	ck_assert_int_eq(read_in(marked, strlen(marked), 100, &out), CHARSET_UTF8);
	ck_assert_str_eq(buf_str(&out), "Tên");
	buf_finish(&out);
}
END_TEST

START_TEST(half_a_character_at_the_end_is_no_text)
{
	struct charset_turn *t;
	struct buf out = {0};

	ck_assert(charset_open(&t, CHARSET_UTF8, &e));
	ck_assert(!charset_add(t, "a\xE1\xBB", 3, true, &out, &e));
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
	charset_close(t);
	ck_assert(charset_open(&t, CHARSET_UTF16LE, &e));
	ck_assert(!charset_add(t, "\x00\xD8x\x00", 4, true, &out, &e));
	charset_close(t);
	buf_finish(&out);
}
END_TEST

Suite *suite_charset(void);
Suite *suite_charset(void)
{
	Suite *s = suite_create("charset");
	TCase *t = tcase_create("sets");

	tcase_add_test(t, each_set_is_known_and_read_in_pieces);
	tcase_add_test(t, a_mark_of_utf8_is_no_text);
	tcase_add_test(t, half_a_character_at_the_end_is_no_text);
	suite_add_tcase(s, t);
	return s;
}
