/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/tushead.h"

#include "base/json.h"
#include "base/text.h"

#include <check.h>
#include <string.h>

static struct err e;

START_TEST(numbers_are_digits_only)
{
	static const char *const bad[] = {"", "-1", "+1", " 1", "1 ", "0x1", "1e3",
					  "9999999999999999999"};
	int64_t n = 7;

	ck_assert(tushead_number("0", &n) && n == 0);
	ck_assert(tushead_number("4294967296", &n) && n == INT64_C(4294967296));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert(!tushead_number(bad[i], &n));
}
END_TEST

START_TEST(metadata_become_words)
{
	char key[TUSHEAD_KEY_BYTES];
	json_t *words = json_object();

	/* "Tin lũ", "a.mp3", "vi", "1719.10.1.2,1719.10.1.3" */
	ck_assert(tushead_metadata("title VGluIGzFqQ==,filename YS5tcDM=,language dmk=, private,"
				   "programme MTcxOS4xMC4xLjIsMTcxOS4xMC4xLjM=,unknown YQ==",
				   words, key, &e));
	ck_assert_str_eq(json_get_text(words, "title", ""), "Tin lũ");
	ck_assert_str_eq(json_get_text(words, "name", ""), "a.mp3");
	ck_assert_uint_eq(json_array_size(json_object_get(words, "programmes")), 2);
	ck_assert_ptr_null(json_object_get(words, "unknown"));
	json_decref(words);
}
END_TEST

static const struct {
	const char *text, *key;
} bad[] = {
	{"title VGlu,title VGlu", "title"},	/* twice */
	{"title !!!!", "title"},		/* no base64 */
	{"title VGlu=", "title"},		/* wrong padding */
	{"title YQBi", "title"},		/* a NUL inside */
	{"title /w==", "title"},		/* no UTF-8 */
	{"from bWFp", "from"},			/* no date */
	{"sha256 YWJj", "sha256"},		/* too short */
	{",title VGlu", ""},			/* an empty pair */
	{"a-key-that-is-longer-than-any-of-ours-is VGlu", ""},
};

START_TEST(bad_metadata_name_the_key)
{
	char key[TUSHEAD_KEY_BYTES];
	json_t *words = json_object();

	ck_assert(!tushead_metadata(bad[_i].text, words, key, &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_str_eq(key, bad[_i].key);
	json_decref(words);
}
END_TEST

static const char *refusal(const char *key, const char *value, size_t len)
{
	char base64[8192], text[8300], got[TUSHEAD_KEY_BYTES];
	json_t *words = json_object();

	sodium_bin2base64(base64, sizeof(base64), (const unsigned char *)value, len,
			  sodium_base64_VARIANT_ORIGINAL);
	snprintf(text, sizeof(text), "%s %s", key, base64);
	bool taken = tushead_metadata(text, words, got, &e);
	ck_assert_str_eq(got, key);
	json_decref(words);
	return taken ? "" : e.text;
}

/* Each says what is wrong with it, not that the request is malformed. */
START_TEST(a_strange_name_is_told_in_words)
{
	char longest[4000];

	text_own_english = true;
	memset(longest, 'x', sizeof(longest));
	ck_assert_ptr_nonnull(strstr(refusal("title", longest, 4000), "too long"));
	ck_assert_ptr_nonnull(strstr(refusal("filename", longest, 4000), "too long"));
	ck_assert_ptr_nonnull(strstr(refusal("title", "a\0b", 3), "do not show"));
	ck_assert_ptr_nonnull(strstr(refusal("title", "a\xe2\x80\xae" "b", 5), "do not show"));
	ck_assert_str_eq(refusal("filename", "../../etc/passwd", 16), ""); /* only ever shown */
}
END_TEST

START_TEST(checksums_of_both_kinds)
{
	struct tushead_checksum c;

	/* of "hello world" */
	ck_assert(tushead_checksum("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", &c, &e));
	tushead_add(&c, "hello ", 6);
	tushead_add(&c, "world", 5);
	ck_assert(tushead_matches(&c));
	ck_assert(tushead_checksum("sha256 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=", &c, &e));
	tushead_add(&c, "hello worlD", 11);
	ck_assert(!tushead_matches(&c));
	ck_assert(tushead_checksum(NULL, &c, &e) && tushead_matches(&c));
	ck_assert(!tushead_checksum("md5 AAAA", &c, &e));
	ck_assert(!tushead_checksum("sha1", &c, &e));
	ck_assert(!tushead_checksum("sha1 ", &c, &e));
	ck_assert(!tushead_checksum("sha1 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=", &c, &e));
}
END_TEST

START_TEST(dates_are_those_of_http)
{
	char text[32];

	/* The example of RFC 9110, 5.6.7 */
	tushead_date((struct wall){INT64_C(784111777) * NS_PER_S}, text);
	ck_assert_str_eq(text, "Sun, 06 Nov 1994 08:49:37 GMT");
}
END_TEST

Suite *suite_tushead(void);
Suite *suite_tushead(void)
{
	Suite *s = suite_create("tushead");
	TCase *t = tcase_create("headers");

	tcase_add_test(t, numbers_are_digits_only);
	tcase_add_test(t, metadata_become_words);
	tcase_add_loop_test(t, bad_metadata_name_the_key, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(t, a_strange_name_is_told_in_words);
	tcase_add_test(t, checksums_of_both_kinds);
	tcase_add_test(t, dates_are_those_of_http);
	suite_add_tcase(s, t);
	return s;
}
