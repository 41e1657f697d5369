/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jansson is the measure: what json_plain gives is what json_loadb gives, bit for bit. */
#include "base/json_plain.h"

#include "base/json.h"

#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char entry[] =
	"{\"airing\":\"A12\",\"at\":\"2026-11-23T05:30:00.000+07:00\",\"by_zone\":{},\"clock\":"
	"{\"max_error_ms\":1.5,\"source\":\"ntp\",\"synced\":true},\"complete\":1.0,\"demo\":false,"
	"\"loudness_lufs\":-16.1,\"n\":13,\"peak_dbtp\":-0.0,\"programmes\":[\"NTM.TT\",[],[1,-2]],"
	"\"said\":null,\"title\":\"Lịch tiêm chủng ở thôn 2\",\"z\":[{\"a\":0},{\"a\":0.25}]}";

static json_t *by_jansson(const char *text, size_t len)
{
	return json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
}

static char *bits(const json_t *o)
{
	return json_dumps(o, JSON_SORT_KEYS | JSON_COMPACT | JSON_REAL_PRECISION(17));
}

/* Whether json_plain takes it; if it does, jansson does and gives the same. */
static bool taken(const char *text, size_t len)
{
	json_t *plain = json_plain(text, len);

	if (plain == NULL)
		return false;
	json_t *want = by_jansson(text, len);
	ck_assert_msg(want != NULL, "%.*s", (int)len, text);
	char *a = bits(plain), *b = bits(want);
	ck_assert_str_eq(a, b);
	ck_assert_int_eq(json_equal(plain, want), 1);
	free(a);
	free(b);
	json_decref(plain);
	json_decref(want);
	return true;
}

START_TEST(an_entry_is_read_as_jansson_reads_it)
{
	ck_assert(taken(entry, strlen(entry)));
	ck_assert(taken("{}", 2));
	ck_assert(taken("{\"a\":{},\"b\":[]}", 15));
}
END_TEST

START_TEST(what_is_another_form_is_left)
{
	static const char *const others[] = {
		"", "[]", "1", "{", "{} ", " {}", "{\"a\": 1}", "{\"b\":1,\"a\":2}",
		"{\"a\":1,\"a\":2}", "{\"\":1}", "{\"a\":\"\\u0041\"}", "{\"a\\u0041\":1}",
		"{\"a\":01}", "{\"a\":-0}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":+1}", "{\"a\":-}",
		"{\"a\":1e3}", "{\"a\":1.5e3}", "{\"a\":1234567890123456789}",
		"{\"a\":0.1234567890123456}", "{\"a\":1234567890123456.5}", "{\"a\":1x}",
		"{\"a\":tru}", "{\"a\":truex}", "{\"a\":1,}", "{\"a\":[1,]}", "{\"a\":[1}",
		"{\"a\"}", "{\"a\":}", "{\"a\":\"", "{\"a\":\"\xff\"}", "{\"a\":\"\xed\xa0\x80\"}",
		"{\"a\":\"\xc0\x80\"}", "{\"a\":\"\n\"}", "{\"ă\":1}", "{\"a\":1}}", "{\"a\":1"};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		ck_assert_msg(json_plain(others[i], strlen(others[i])) == NULL, "%s", others[i]);
	ck_assert_ptr_null(json_plain("{\"a\":\"\0\"}", 9));
	char deep[200];
	memset(deep, '[', 100);
	memcpy(deep, "{\"a\":", 5);
	memset(deep + 100, ']', 95);
	deep[195] = '}';
	ck_assert_ptr_null(json_plain(deep, 196));
}
END_TEST

static uint64_t random_next(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *state >> 33;
}

START_TEST(any_damage_is_read_alike_or_left)
{
	static const char bytes[] = "\"{}[],:.-+0123456789eEtfn\\ \xc3\xa1\xe1\xff\x01";
	char text[sizeof(entry)];
	uint64_t state = 7;
	int kept = 0;

	for (int i = 0; i < 60000; i++) {
		memcpy(text, entry, sizeof(entry));
		size_t len = strlen(entry);
		for (int k = (int)(random_next(&state) % 3); k >= 0; k--)
			text[random_next(&state) % len] =
				bytes[random_next(&state) % (sizeof(bytes) - 1)];
		kept += taken(text, len);
	}
	ck_assert_int_gt(kept, 1000);
}
END_TEST

/* Digits before and behind the point: fifteen at most. */
START_TEST(decimals_are_the_nearest_doubles)
{
	char text[64] = "{\"a\":-";
	uint64_t state = 11;

	for (int i = 0; i < 60000; i++) {
		size_t len = strlen("{\"a\":") + i % 2;
		int count = 2 + (int)(random_next(&state) % 14);
		int whole = 1 + (int)(random_next(&state) % (uint64_t)(count - 1));

		text[len - 1] = i % 2 == 0 ? ':' : '-';
		for (int k = 0; k < count; k++) {
			text[len++] = (char)((k == 0 && whole > 1 ? '1' : '0') +
					     (int)(random_next(&state) % 9));
			if (k == whole - 1)
				text[len++] = '.';
		}
		text[len++] = '}';
		ck_assert_msg(taken(text, len), "%.*s", (int)len, text);
	}
}
END_TEST

Suite *suite_json_plain(void);
Suite *suite_json_plain(void)
{
	Suite *s = suite_create("json_plain");
	TCase *t = tcase_create("json_plain");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, an_entry_is_read_as_jansson_reads_it);
	tcase_add_test(t, what_is_another_form_is_left);
	tcase_add_test(t, any_damage_is_read_alike_or_left);
	tcase_add_test(t, decimals_are_the_nearest_doubles);
	suite_add_tcase(s, t);
	return s;
}
