/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/devlist.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define CARD "{\"name\":\"%s\",\"system\":\"ALSA\",\"channels\":2,\"rate_hz\":44100.0," \
	     "\"latency_ms\":34.8,\"default\":true}"
#define CARD_A "{\"name\":\"USB Audio\",\"system\":\"ALSA\",\"channels\":2,\"rate_hz\":44100.0," \
	       "\"latency_ms\":34.8,\"default\":true}"
#define CARD_B "{\"name\":\"hw:1\",\"system\":\"JACK\",\"channels\":8,\"rate_hz\":48000.0," \
	       "\"latency_ms\":0.0,\"default\":false}"

static struct devlist_device list[4];
static struct err e;
static int count;

START_TEST(test_reads_all)
{
	ck_assert(devlist_parse("[" CARD_A "," CARD_B "]", list, 4, &count, &e));
	ck_assert_int_eq(count, 2);
	ck_assert_str_eq(list[0].name, "USB Audio");
	ck_assert_str_eq(list[0].system, "ALSA");
	ck_assert(list[0].is_default && !list[1].is_default);
	ck_assert_int_eq(list[1].channels, 8);
	ck_assert_double_eq(list[0].rate_hz, 44100.0);
}
END_TEST

START_TEST(test_microphones_are_told)
{
	ck_assert(devlist_parse("[" CARD_A ",{\"name\":\"Mic\",\"system\":\"ALSA\",\"channels\":0,"
				"\"inputs\":1,\"rate_hz\":48000.0,\"latency_ms\":9.0,"
				"\"default\":false}]", list, 4, &count, &e));
	ck_assert_int_eq(list[0].inputs, 0);
	ck_assert_int_eq(list[1].channels, 0);
	ck_assert_int_eq(list[1].inputs, 1);
}
END_TEST

START_TEST(test_none_is_fine)
{
	ck_assert(devlist_parse("[]\n", list, 4, &count, &e));
	ck_assert_int_eq(count, 0);
}
END_TEST

START_TEST(test_more_than_fit)
{
	ck_assert(devlist_parse("[" CARD_A "," CARD_B "," CARD_A "]", list, 2, &count, &e));
	ck_assert_int_eq(count, 2);
}
END_TEST

START_TEST(test_broken)
{
	static const char *const texts[] = {
		"", "{}", "[", "[1]", "[{}]", "[" CARD_A ",{\"name\":3}]",
		"[{\"name\":\"x\",\"name\":\"y\"}]", "ALSA lib pcm.c: no such device\n[]",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		e = (struct err){0};
		ck_assert_msg(!devlist_parse(texts[i], list, 4, &count, &e), "%s", texts[i]);
		ck_assert_int_eq(count, 0);
		ck_assert_int_eq(e.kind, ERR_FAILED);
	}
}
END_TEST

START_TEST(test_long_name)
{
	char json[2000], name[600];

	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	snprintf(json, sizeof(json), "[" CARD "]", name);
	ck_assert(devlist_parse(json, list, 4, &count, &e));
	ck_assert_uint_eq(strlen(list[0].name), NAME_BYTES - 1);
}
END_TEST

Suite *suite_devlist(void)
{
	Suite *s = suite_create("devlist");
	TCase *t = tcase_create("devlist");

	tcase_add_test(t, test_reads_all);
	tcase_add_test(t, test_microphones_are_told);
	tcase_add_test(t, test_none_is_fine);
	tcase_add_test(t, test_more_than_fit);
	tcase_add_test(t, test_broken);
	tcase_add_test(t, test_long_name);
	suite_add_tcase(s, t);
	return s;
}
