/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/bundle.h"

#include <check.h>
#include <string.h>

static size_t count(const char *data, size_t len, size_t *at)
{
	const char *text;
	size_t text_len, n = 0;

	*at = 0;
	while (bundle_next(data, len, at, &text, &text_len))
		n++;
	return n;
}

START_TEST(finds_whole_entries_only)
{
	static const char data[] = "\0\003{}\n\0\011{\"n\":10}\n";
	const size_t len = sizeof(data) - 1;
	const char *text;
	size_t at = 0, text_len;

	ck_assert(bundle_next(data, len, &at, &text, &text_len));
	ck_assert(text_len == 2 && memcmp(text, "{}", 2) == 0);
	ck_assert(bundle_next(data, len, &at, &text, &text_len));
	ck_assert(text_len == 8 && at == len);
	ck_assert(!bundle_next(data, len, &at, &text, &text_len));
	for (size_t cut = 0; cut < len; cut++)
		ck_assert_uint_eq(count(data, cut, &at), cut >= 5);
}
END_TEST

START_TEST(what_a_torn_write_leaves_is_no_entry)
{
	size_t at;

	ck_assert_uint_eq(count("\0\0", 2, &at), 0);		  /* zeros */
	ck_assert_uint_eq(count("\0\005{\0\0}\n", 7, &at), 0);	  /* zeros inside */
	ck_assert_uint_eq(count("\0\005{aa}\0", 7, &at), 0);	  /* no newline */
	ck_assert_uint_eq(count("\0\005{a\n}\n", 7, &at), 0);	  /* two lines */
	ck_assert_uint_eq(count("\0\005{\xff""a}\n", 7, &at), 0); /* not UTF-8 */
	ck_assert_uint_eq(count("\377\377{}\n", 5, &at), 0);	  /* longer than there is */
	ck_assert_uint_eq(count("\0\002{}", 4, &at), 0);
}
END_TEST

START_TEST(a_torn_write_is_known_from_other_bytes)
{
	static const struct {
		const char *data;
		size_t len;
		bool torn;
	} cases[] = {
		{"\0", 1, true},		     /* of the length one byte */
		{"\x41", 1, false},	     /* of none that may be */
		{"\0\x40", 2, true},
		{"\0\x40{\"at\":", 8, true},
		{"\0\x40{\"at\":\0\0\0\0", 12, true}, /* a file grows before its bytes are there */
		{"\0\0\0\0\0\0", 6, true},
		{"\0\x40x", 3, false},
		{"\0\x40{\"a\nt\":", 9, false},
		{"\0\x40{\"a\0t\":", 9, false},
		{"\xff\xff{\"at\":", 8, false},	/* longer than any entry */
		{"\0\4{aa}", 6, false},		/* all there, and no entry */
		{"\0\4{aa}junk", 10, false},
		{"junk", 4, false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ck_assert_msg(bundle_torn(cases[i].data, cases[i].len) == cases[i].torn, "%zu", i);
}
END_TEST

Suite *suite_bundle(void);
Suite *suite_bundle(void)
{
	Suite *s = suite_create("bundle");
	TCase *t = tcase_create("bundle");

	tcase_add_test(t, finds_whole_entries_only);
	tcase_add_test(t, what_a_torn_write_leaves_is_no_entry);
	tcase_add_test(t, a_torn_write_is_known_from_other_bytes);
	suite_add_tcase(s, t);
	return s;
}
