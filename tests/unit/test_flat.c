/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/flat.h"

#include "base/json.h"
#include "base/utf8.h"
#include "sys/chance.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define SAMPLE                                                                                     \
	"{\"a\":\"Bản tin\",\"b\":{\"x\":[1,-2.50,{}],\"y\":null},\"c\":[],\"d\":-16.1,"           \
	"\"e\":true,\"f\":false,\"g\":0,\"gg\":123456789012345678}"

static struct flat f;

static bool reads(const char *text)
{
	return flat_read(text, strlen(text), &f);
}

static const char *const taken[] = {
	"{}", SAMPLE, "{\"\":1}", "{\"a\":[[[[[[[1]]]]]]]}",
};

static const char *const left[] = {
	"", "{", "{}x", "[]", "{\"a\":1,}", "{\"a\" :1}", "{\"a\":1 }", "{\"b\":1,\"a\":2}",
	"{\"a\":1,\"a\":2}", "{\"a\":{\"y\":1,\"x\":2}}", "{\"a\":\"\\n\"}", "{\"a\":01}",
	"{\"a\":-}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1e5}", "{\"a\":+1}", "{\"a\":nul}",
	"{\"a\":1234567890123456789}", "{\"a\":\"x}", "{\"a\":[1,]}", "{\"a\":[1 2]}", "{a:1}",
	"{\"a\":[[[[[[[[1]]]]]]]]}", "{\"a\"}", "{\"a\":}", "{\"a\":1.0000000000000000001}",
};

START_TEST(one_that_is_written_as_ours)
{
	ck_assert_msg(reads(taken[_i]), "%s", taken[_i]);
}
END_TEST

START_TEST(others_are_left)
{
	ck_assert_msg(!reads(left[_i]), "%s", left[_i]);
}
END_TEST

START_TEST(members_and_their_values)
{
	struct flat_value one;
	size_t at = 0;

	ck_assert(reads(SAMPLE));
	ck_assert_int_eq(f.count, 8);
	ck_assert(flat_is(&f, "a", "Bản tin") && !flat_is(&f, "a", "Bản") && !flat_is(&f, "z", ""));
	ck_assert(f.members[3].value.type == FLAT_REAL);
	ck_assert_double_eq(flat_number(&f.members[3].value), -16.1);
	ck_assert_int_eq(flat_integer(&f.members[7].value), INT64_C(123456789012345678));
	ck_assert(reads("{\"a\":[\"x\",7,[1],\"\"]}"));
	for (int i = 0; i < 4; i++)
		ck_assert(flat_next(&f.members[0].value, &at, &one));
	ck_assert(one.type == FLAT_TEXT && one.len == 0);
	ck_assert(!flat_next(&f.members[0].value, &at, &one));
}
END_TEST

START_TEST(more_members_than_there_is_room_for)
{
	char text[FLAT_MEMBERS_MAX * 8 + 16];
	size_t len = 0;

	for (int i = 0; i <= FLAT_MEMBERS_MAX; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%c\"%02d\":1",
					i == 0 ? '{' : ',', i);
	snprintf(text + len, sizeof(text) - len, "}");
	ck_assert(!reads(text));
}
END_TEST

static bool same(const struct flat_value *v, const json_t *o)
{
	switch (v->type) {
	case FLAT_NULL:
		return json_is_null(o);
	case FLAT_FALSE:
		return json_is_false(o);
	case FLAT_TRUE:
		return json_is_true(o);
	case FLAT_INTEGER:
		return json_is_integer(o) && json_integer_value(o) == flat_integer(v);
	case FLAT_REAL:
		return json_is_real(o) && memcmp(&(double){json_real_value(o)},
						 &(double){flat_number(v)}, sizeof(double)) == 0;
	case FLAT_TEXT:
		return json_is_string(o) && json_string_length(o) == v->len &&
		       memcmp(json_string_value(o), v->text, v->len) == 0;
	case FLAT_ARRAY:
		return json_is_array(o);
	case FLAT_OBJECT:
		return json_is_object(o);
	}
	return false;
}

/* Whatever a hand or a disk has made of a line: what is read of it is what json_read reads. */
START_TEST(as_json_read_whatever_stands_there)
{
	static const char bytes[] = "{}[]\",:\\-.0123456789eEtfnul a";
	struct chance chance = {11};
	int read = 0;

	for (int i = 0; i < 60000; i++) {
		char text[] = SAMPLE, key[sizeof(text)];
		size_t len = sizeof(text) - 1;
		struct err ignored;

		for (int k = (int)chance_below(&chance, 4); k > 0; k--)
			text[chance_below(&chance, len)] =
				bytes[chance_below(&chance, sizeof(bytes) - 1)];
		if (!utf8_line(text, len) || !flat_read(text, len, &f))
			continue;
		json_t *o = json_read(text, len, &ignored);
		ck_assert_msg(json_is_object(o) && json_object_size(o) == (size_t)f.count, "%s",
			      text);
		for (int m = 0; m < f.count; m++) {
			snprintf(key, sizeof(key), "%.*s", (int)f.members[m].key_len,
				 f.members[m].key);
			ck_assert_msg(same(&f.members[m].value, json_object_get(o, key)), "%s",
				      text);
		}
		json_decref(o);
		read++;
	}
	ck_assert_int_gt(read, 10000);
}
END_TEST

Suite *suite_flat(void);
Suite *suite_flat(void)
{
	Suite *s = suite_create("flat");
	TCase *t = tcase_create("flat");

	tcase_add_loop_test(t, one_that_is_written_as_ours, 0, sizeof(taken) / sizeof(taken[0]));
	tcase_add_loop_test(t, others_are_left, 0, sizeof(left) / sizeof(left[0]));
	tcase_add_test(t, members_and_their_values);
	tcase_add_test(t, more_members_than_there_is_room_for);
	tcase_add_test(t, as_json_read_whatever_stands_there);
	suite_add_tcase(s, t);
	return s;
}
