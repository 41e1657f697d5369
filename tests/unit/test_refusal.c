/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/refusal.h"

#include "base/utf8.h"
#include "library/sniff.h"

#include <check.h>
#include <string.h>

/* The detail comes from a process that is not believed: any number gives a sentence. */
START_TEST(every_status_has_a_sentence)
{
	static const int64_t details[] = {0, 1, -1, SNIFF_TEXT, SNIFF_TEXT + 1, INT64_MAX,
					  INT64_MIN};

	for (int status = PCM_DONE + 1; status < PCM_STATUS_COUNT; status++)
		for (size_t i = 0; i < sizeof(details) / sizeof(details[0]); i++) {
			struct err e = {0};

			ck_assert(!refusal_set(&e, (enum pcm_status)status, details[i]));
			ck_assert_int_ne(e.kind, ERR_NONE);
			ck_assert_uint_gt(strlen(e.text), 10);
			ck_assert(utf8_printable(e.text, strlen(e.text)));
		}
}
END_TEST

START_TEST(only_clearly_missing_sound_is_warned_of)
{
	char out[REASON_BYTES];

	refusal_warning(out, 600 * 48000, 200 * 48000);
	ck_assert_ptr_nonnull(strstr(out, "10:00"));
	ck_assert_ptr_nonnull(strstr(out, "3:20"));
	refusal_warning(out, 7200LL * 48000, 48000);
	ck_assert_ptr_nonnull(strstr(out, "2:00:00"));
	refusal_warning(out, 48000 + 47999, 48000); /* within a second */
	ck_assert_str_eq(out, "");
	refusal_warning(out, 1000LL * 48000, 991LL * 48000); /* within 1 % */
	ck_assert_str_eq(out, "");
	refusal_warning(out, -1, 48000);
	ck_assert_str_eq(out, "");
	refusal_warning(out, 48000, 96000); /* more than promised is no fault */
	ck_assert_str_eq(out, "");
}
END_TEST

Suite *suite_refusal(void)
{
	Suite *s = suite_create("refusal");
	TCase *t = tcase_create("refusal");

	tcase_add_test(t, every_status_has_a_sentence);
	tcase_add_test(t, only_clearly_missing_sound_is_warned_of);
	suite_add_tcase(s, t);
	return s;
}
