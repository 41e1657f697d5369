/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "proof/canonical.h"
#include "sys/chance.h"
#include "support/verify_case.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reads(const char *text)
{
	struct canonical c;

	return canonical_read(text, strlen(text), &c);
}

/* What jansson itself thinks of it. */
static bool is_canonical(const char *text, size_t len)
{
	struct err e;
	json_t *o = json_read(text, len, &e);
	char *again = json_is_object(o) ? json_dumps(o, JSON_LINE) : NULL;
	bool same = again != NULL && strlen(again) == len && memcmp(again, text, len) == 0;

	free(again);
	json_decref(o);
	return same;
}

START_TEST(an_entry_says_its_place_time_and_kind)
{
	const char *text = "{\"at\":\"2026-11-23T05:30:00.000+07:00\",\"clock\":{\"n\":7},"
			   "\"kind\":\"note.added\",\"n\":42}";
	struct canonical c;

	ck_assert(canonical_read(text, strlen(text), &c));
	ck_assert_int_eq(c.n, 42);
	ck_assert(c.at_len == 29 && memcmp(c.at, "2026", 4) == 0);
	ck_assert(c.kind_len == 10 && memcmp(c.kind, "note.added", 10) == 0);
	ck_assert(canonical_read("{\"a\":1}", 7, &c));
	ck_assert(c.n == -1 && c.at_len == 0 && c.kind_len == 0);
	ck_assert(canonical_read("{\"n\":\"3\"}", 9, &c) && c.n == -1);
	ck_assert(canonical_read("{\"n\":1.5}", 9, &c) && c.n == -1);
}
END_TEST

START_TEST(only_the_one_form_is_taken)
{
	static const char *const good[] = {
		"{}", "{\"a\":[]}", "{\"a\":[1,[2,{}],null],\"b\":true}", "{\"a\":-1,\"b\":0}",
		"{\"a\":1.0,\"b\":-16.1,\"c\":0.0001}", "{\"a\":\"\\\"\\\\\"}",
		"{\"a\":\"\\n\"}", "{\"a\":1e-5}", "{\"a\":1.5e20}",
		"{\"\":1,\"A\":2,\"a\":3,\"ab\":4}", "{\"a\":9223372036854775807}",
		"{\"a\":\"đài / xã\"}", "{\"a\":\"\\u0001\"}", "{\"\\\"\":1,\"a\":2}",
		"{\"a\":123456789012345.0}"};
	static const char *const bad[] = {
		"", "{", "}", "[]", "1", "{} ", " {}", "{ }", "{\"a\": 1}", "{\"a\":1,}",
		"{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":2}", "{\"ab\":1,\"a\":2}", "{\"a\":01}",
		"{\"a\":-0}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1.50}", "{\"a\":1.00}",
		"{\"a\":1e5}", "{\"a\":1E-5}", "{\"a\":1e-05}", "{\"a\":0.00001}",
		"{\"a\":\"\\u0041\"}", "{\"a\":\"\\/\"}", "{\"a\":tru}", "{\"a\":+1}",
		"{\"a\":\"x}", "{\"a\":\"\\\"}", "{\"a\":[1,]}", "{\"a\":[1 ,2]}", "{a:1}",
		"{\"a\"}", "{\"a\":1234567890123456.5}", "{\"a\":0.1234567890123456}",
		"{\"a\":1}{}", "{\"\\u0061\":1}", "{\"a\":nul}", "{\"a\":--1}", "{\"a\":1e}"};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		ck_assert_msg(is_canonical(good[i], strlen(good[i])), "%s", good[i]);
		ck_assert_msg(reads(good[i]), "%s", good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!reads(bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(no_depth_breaks_it)
{
	char text[5000] = "{\"a\":";

	memset(text + 5, '[', 4000);
	ck_assert(!reads(text));
}
END_TEST

/* Whatever is changed in an entry: the quick reader and jansson agree. */
START_TEST(it_judges_as_jansson_does)
{
	static const char signs[] = "\"\\{}[]:,0123456789.eE+-tfnu/ aA";
	struct chance c = {11};
	int taken = 0;

	for (int i = 0; i < 200000; i++) {
		char text[300];
		struct canonical read;
		int len = verify_case_text(i % 97, text);

		for (int k = 1 + (int)chance_below(&c, 2); k > 0; k--)
			text[chance_below(&c, (uint64_t)len)] =
				signs[chance_below(&c, sizeof(signs) - 1)];
		bool yes = canonical_read(text, (size_t)len, &read);
		ck_assert_msg(yes == is_canonical(text, (size_t)len), "%s", text);
		taken += yes;
	}
	ck_assert_int_gt(taken, 1000);
}
END_TEST

Suite *suite_canonical(void)
{
	Suite *s = suite_create("canonical");
	TCase *t = tcase_create("entries");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, an_entry_says_its_place_time_and_kind);
	tcase_add_test(t, only_the_one_form_is_taken);
	tcase_add_test(t, no_depth_breaks_it);
	tcase_add_test(t, it_judges_as_jansson_does);
	suite_add_tcase(s, t);
	return s;
}
