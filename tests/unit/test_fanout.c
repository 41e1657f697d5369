/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/fanout.h"

#include "sys/chance.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct fanout fanout;
static struct buf out;

static void teardown(void)
{
	fanout_finish(&fanout);
	buf_finish(&out);
}

static void push(const char *text)
{
	fanout_push(&fanout, text, strlen(text));
}

START_TEST(each_reader_gets_everything_once)
{
	struct fanout_reader a, b;

	fanout_init(&fanout, 64, 8);
	fanout_join(&fanout, &a, 0);
	push("one.");
	fanout_join(&fanout, &b, 0);
	push("two.");
	ck_assert_uint_eq(fanout_take(&fanout, &a, &out, 100), 0);
	ck_assert_str_eq(buf_str(&out), "one.two.");
	buf_reset(&out);
	ck_assert_uint_eq(fanout_take(&fanout, &b, &out, 100), 0);
	ck_assert_str_eq(buf_str(&out), "two.");
	ck_assert(fanout_empty(&fanout, &a) && fanout_empty(&fanout, &b));
}
END_TEST

START_TEST(a_slow_reader_loses_and_goes_on_at_the_newest)
{
	struct fanout_reader slow;

	fanout_init(&fanout, 10, 8);
	fanout_join(&fanout, &slow, 0);
	push("aaaa");
	push("bbbb");
	push("cccc"); /* throws aaaa out */
	ck_assert_uint_eq(fanout_take(&fanout, &slow, &out, 100), 2);
	ck_assert_str_eq(buf_str(&out), "cccc");
}
END_TEST

START_TEST(only_whole_records_within_max)
{
	struct fanout_reader r;

	fanout_init(&fanout, 64, 8);
	fanout_join(&fanout, &r, 0);
	push("aaaa");
	push("bbbb");
	fanout_take(&fanout, &r, &out, 7);
	ck_assert_str_eq(buf_str(&out), "aaaa");
	buf_reset(&out);
	fanout_take(&fanout, &r, &out, 1); /* one, even if larger than max */
	ck_assert_str_eq(buf_str(&out), "bbbb");
}
END_TEST

START_TEST(joining_back_takes_what_is_held)
{
	struct fanout_reader r;

	fanout_init(&fanout, 64, 2);
	push("a");
	push("b");
	push("c");
	fanout_join(&fanout, &r, 50);
	ck_assert_uint_eq(fanout_take(&fanout, &r, &out, 100), 0);
	ck_assert_str_eq(buf_str(&out), "bc");
}
END_TEST

/* Random lengths round the ring many times: what a reader gets is always a run of whole records. */
START_TEST(wrapping_never_mixes_records)
{
	struct chance chance = {.state = 7};
	struct fanout_reader r;
	uint64_t lost = 0, seen = 0;
	char record[40];

	fanout_init(&fanout, 97, 5);
	fanout_join(&fanout, &r, 0);
	for (int i = 0; i < 5000; i++) {
		int len = 1 + (int)chance_below(&chance, 30);
		memset(record, 'a' + i % 26, (size_t)len);
		record[len - 1] = '.';
		fanout_push(&fanout, record, (size_t)len);
		if (chance_below(&chance, 4) > 0)
			continue;
		buf_reset(&out);
		lost += fanout_take(&fanout, &r, &out, 200);
		for (const char *p = buf_str(&out); *p != '\0'; p = strchr(p, '.') + 1) {
			size_t run = strspn(p, (char[]){*p, '\0'});
			ck_assert(*p == '.' || p[run] == '.');
			seen++;
		}
	}
	lost += fanout.next - r.want;
	ck_assert_uint_eq(lost + seen, 5000);
}
END_TEST

Suite *suite_fanout(void);
Suite *suite_fanout(void)
{
	Suite *s = suite_create("fanout");
	TCase *t = tcase_create("ring");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, each_reader_gets_everything_once);
	tcase_add_test(t, a_slow_reader_loses_and_goes_on_at_the_newest);
	tcase_add_test(t, only_whole_records_within_max);
	tcase_add_test(t, joining_back_takes_what_is_held);
	tcase_add_test(t, wrapping_never_mixes_records);
	suite_add_tcase(s, t);
	return s;
}
