/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "proof/entry.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdlib.h>

static void dumps(json_t *entry, const char *want)
{
	char *text = json_dumps(entry, JSON_LINE);

	ck_assert_str_eq(text, want);
	free(text);
	json_decref(entry);
}

START_TEST(each_kind_says_from_when_to_when)
{
	struct tz tz;
	struct wall from = LOG_SAMPLE_START, to = wall_add_ns(from, 90500 * NS_PER_MS);

	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	dumps(entry_clock_stepped(-1500.25, LOG_SAMPLE_START, LOG_SAMPLE_START, &tz),
	      "{\"after\":\"2026-11-23T05:30:00.000+07:00\",\"before\":"
	      "\"2026-11-23T05:30:00.000+07:00\",\"by_ms\":-1500.25,\"kind\":\"clock.stepped\"}");
	dumps(entry_clock_corrected(3, 7, -1500, "0b2c", 500),
	      "{\"boot\":\"0b2c\",\"drift_ppm\":500,\"from_n\":3,\"kind\":\"clock.corrected\","
	      "\"offset_ms\":-1500,\"to_n\":7}");
	dumps(entry_machine_slept(from, to, &tz),
	      "{\"from\":\"2026-11-23T05:30:00.000+07:00\",\"kind\":\"machine.slept\","
	      "\"slept_s\":90.5,\"to\":\"2026-11-23T05:31:30.500+07:00\"}");
	dumps(entry_past_owed(from, &to, "machine-slept", &tz),
	      "{\"from\":\"2026-11-23T05:30:00.000+07:00\",\"kind\":\"past.owed\","
	      "\"reason\":\"machine-slept\",\"to\":\"2026-11-23T05:31:30.500+07:00\"}");
	dumps(entry_past_owed(from, NULL, "clock-untrusted", &tz),
	      "{\"from\":\"2026-11-23T05:30:00.000+07:00\",\"kind\":\"past.owed\","
	      "\"reason\":\"clock-untrusted\",\"to\":null}");
	dumps(entry_past_accounted(), "{\"kind\":\"past.accounted\"}");
}
END_TEST

Suite *suite_entry_clock(void);
Suite *suite_entry_clock(void)
{
	Suite *s = suite_create("entry_clock");
	TCase *c = tcase_create("entry_clock");

	tcase_add_test(c, each_kind_says_from_when_to_when);
	suite_add_tcase(s, c);
	return s;
}
