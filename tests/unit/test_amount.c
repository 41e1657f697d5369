/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/amount.h"

#include "base/moment.h"
#include "base/text.h"

#include <check.h>

static void is(void (*tell)(struct buf *out, int64_t number), int64_t number, const char *words)
{
	struct buf b = {0};

	tell(&b, number);
	ck_assert_str_eq(buf_str(&b), words);
	buf_finish(&b);
}

START_TEST(durations_in_words)
{
	const int64_t s = FRAMES_PER_S;

	is(amount_time, 0, "0 giây");
	is(amount_time, 29 * s, "29 giây");
	is(amount_time, 30 * s, "1 phút");
	is(amount_time, 89 * s, "1 phút");
	is(amount_time, 3600 * s, "1 giờ");
	is(amount_time, 3599 * s, "1 giờ");
	is(amount_time, (12 * 3600 + 30 * 60) * s, "12 giờ 30 phút");
	is(amount_time, (1234 * 3600 + 5 * 60) * s, "1.234 giờ 5 phút");
}
END_TEST

/* The document is Vietnamese whoever reads it. */
START_TEST(numbers_in_vietnamese)
{
	text_speak(TEXT_EN);
	is(amount_count, 1234567, "1.234.567");
	is(amount_percent, 985, "98,5\xc2\xa0%");
	is(amount_day, 0, "01/01/1970");
	ck_assert(text_english());
	text_speak(TEXT_OWN);
}
END_TEST

Suite *suite_amount(void);
Suite *suite_amount(void)
{
	Suite *s = suite_create("amount");
	TCase *t = tcase_create("amount");

	tcase_add_test(t, durations_in_words);
	tcase_add_test(t, numbers_in_vietnamese);
	suite_add_tcase(s, t);
	return s;
}
