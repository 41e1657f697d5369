/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/relayform.h"

#include "base/limits.h"

#include <check.h>

START_TEST(what_a_stranger_says_is_looked_at)
{
	struct relay_form good = {.codec = RELAY_CODEC_AAC, .channels = 2, .rate_hz = 44100}, f;

	ck_assert(relay_form_is(&good));
	f = good, f.codec = RELAY_CODEC_COUNT;
	ck_assert(!relay_form_is(&f));
	f = good, f.channels = 0;
	ck_assert(!relay_form_is(&f));
	f = good, f.channels = RELAY_CHANNELS_MAX + 1;
	ck_assert(!relay_form_is(&f));
	f = good, f.rate_hz = 0;
	ck_assert(!relay_form_is(&f));
	f = good, f.rate_hz = RELAY_RATE_MAX_HZ + 1;
	ck_assert(!relay_form_is(&f));
	f = good, f.zero[1] = 1;
	ck_assert(!relay_form_is(&f));
	ck_assert_uint_eq(sizeof(f), 2 * sizeof(float));
}
END_TEST

START_TEST(codecs_have_their_words)
{
	ck_assert_str_eq(relay_codec_word(RELAY_CODEC_OPUS), "Opus");
	ck_assert_str_eq(relay_codec_word(RELAY_CODEC_OTHER), "");
}
END_TEST

Suite *suite_relayform(void);
Suite *suite_relayform(void)
{
	Suite *s = suite_create("relayform");
	TCase *t = tcase_create("all");

	tcase_add_test(t, what_a_stranger_says_is_looked_at);
	tcase_add_test(t, codecs_have_their_words);
	suite_add_tcase(s, t);
	return s;
}
