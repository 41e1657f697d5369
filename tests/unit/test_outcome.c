/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/outcome.h"

#include <check.h>
#include <string.h>

static void ck(const struct airing *a, bool whole, const char *result, const char *reason)
{
	const char *why = outcome_reason(a, whole);

	ck_assert_str_eq(outcome_result(a, whole), result);
	ck_assert_str_eq(why != NULL ? why : "", reason);
}

START_TEST(of_a_bulletin)
{
	struct airing a = {.item.kind = ITEM_BULLETIN, .end = MIX_END_SOURCE};

	ck(&a, true, "full", "");
	ck(&a, false, "partial", "overrun");
	a.starved_frames = 1;
	ck(&a, true, "partial", "starved");
	a = (struct airing){.end = MIX_END_FADED, .blamed = true, .end_reason = REASON_EMERGENCY};
	ck(&a, false, "cut", "emergency");
}
END_TEST

/* How long it would be nobody knew: who ends it, and what was missing, decides. */
START_TEST(of_a_voice)
{
	struct airing a = {.item.kind = ITEM_VOICE, .end = MIX_END_SOURCE};

	ck(&a, true, "full", "");
	a.starved_frames = 20000; /* a breath: half a second */
	ck(&a, true, "full", "");
	a.starved_frames = 60000;
	ck(&a, true, "partial", "voice-gaps");
	a = (struct airing){.item.kind = ITEM_VOICE, .end = MIX_END_LENGTH};
	ck(&a, true, "full", "voice-limit");
	a = (struct airing){.item.kind = ITEM_VOICE, .end = MIX_END_FADED, .blamed = true,
			    .end_reason = REASON_VOICE_LOST};
	ck(&a, true, "partial", "voice-lost");
	a.end_reason = REASON_CUT_BY_OPERATOR;
	ck(&a, true, "cut", "cut-by-operator");
}
END_TEST

Suite *suite_outcome(void);
Suite *suite_outcome(void)
{
	Suite *s = suite_create("outcome");
	TCase *c = tcase_create("words");

	tcase_add_test(c, of_a_bulletin);
	tcase_add_test(c, of_a_voice);
	suite_add_tcase(s, c);
	return s;
}
