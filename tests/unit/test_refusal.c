/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/refusal.h"

#include "base/utf8.h"
#include "library/ingest.h"
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

static struct warnings said(int64_t promised, bool torn, struct ingest_result r)
{
	struct warnings w = {""};

	refusal_warnings(&w, &r, promised, torn);
	return w;
}

static struct ingest_result loud(int64_t frames)
{
	return (struct ingest_result){.frames = frames, .loudness_lufs = -20, .peak_dbtp = -3};
}

START_TEST(only_clearly_missing_sound_is_warned_of)
{
	struct warnings w = said(600 * 48000, false, loud(200 * 48000));

	ck_assert_ptr_nonnull(strstr(w.text, "\"said_s\":600.0"));
	ck_assert_ptr_nonnull(strstr(w.text, "\"came_s\":200.0"));
	w = said(7200LL * 48000, true, loud(48000));
	ck_assert_ptr_nonnull(strstr(w.text, "\"said_s\":7200.0"));
	ck_assert_ptr_null(strchr(w.text, '\n')); /* told once */
	ck_assert_str_eq(said(48000 + 47999, false, loud(48000)).text, ""); /* within a second */
	ck_assert_str_eq(said(1000LL * 48000, false, loud(991LL * 48000)).text, ""); /* 1 % */
	ck_assert_str_eq(said(-1, false, loud(48000)).text, "");
	/* More than promised is no fault. */
	ck_assert_str_eq(said(48000, false, loud(96000)).text, "");
}
END_TEST

START_TEST(a_missing_end_is_told_with_what_was_read)
{
	ck_assert_ptr_nonnull(strstr(said(-1, true, loud(75 * 48000)).text,
				     "\"came_s\":75.0,\"code\":\"torn\""));
}
END_TEST

START_TEST(silence_and_a_blink_are_told)
{
	struct ingest_result r = loud(480000);

	r.loudness_lufs = -70;
	r.peak_dbtp = -144;
	ck_assert_ptr_nonnull(strstr(said(-1, false, r).text, "\"silent\""));
	r.peak_dbtp = -65; /* hiss below the gate */
	ck_assert_ptr_nonnull(strstr(said(-1, false, r).text, "\"silent\""));
	r = loud(47999);
	ck_assert_ptr_nonnull(strstr(said(-1, false, r).text, "\"length_s\":1.0"));
	r.frames = 4800;
	r.loudness_lufs = -70; /* too short to be measured, not silent */
	ck_assert_ptr_nonnull(strstr(said(-1, false, r).text, "\"length_s\":0.1"));
	ck_assert_ptr_null(strstr(said(-1, false, r).text, "\"silent\""));
}
END_TEST

Suite *suite_refusal(void)
{
	Suite *s = suite_create("refusal");
	TCase *t = tcase_create("refusal");

	tcase_add_test(t, every_status_has_a_sentence);
	tcase_add_test(t, only_clearly_missing_sound_is_warned_of);
	tcase_add_test(t, a_missing_end_is_told_with_what_was_read);
	tcase_add_test(t, silence_and_a_blink_are_told);
	suite_add_tcase(s, t);
	return s;
}
