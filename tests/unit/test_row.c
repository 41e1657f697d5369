/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/row.h"

#include "base/json.h"
#include "support/log_sample.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct tz tz;
static const char reason_en[] = "the power failed or the computer was off";

static void setup(void)
{
	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
}

START_TEST(airing_reads_like_its_row)
{
	struct airing_row r = {.id = "M3", .slot = "Bản tin sáng", .result = "missed",
			       .reason = "power-off", .zones = "trung-tam,thon-2",
			       .planned_ms = LOG_SAMPLE_START.ns / NS_PER_MS,
			       .planned_length_ms = 90500, .loudness_lufs = NAN,
			       .peak_dbtp = -1.25, .start_error_ms = NAN};
	json_t *o = row_airing_json(&r, &tz);

	ck_assert_str_eq(json_get_text(o, "planned", ""), "2026-11-23T05:30:00.000+07:00");
	ck_assert(json_get_number(o, "planned_length_s", 0) == 90.5);
	ck_assert(json_is_null(json_object_get(o, "start")));
	ck_assert(json_is_null(json_object_get(o, "loudness_lufs")));
	ck_assert(json_get_number(o, "peak_dbtp", 0) == -1.25);
	ck_assert_str_eq(json_get_text(o, "reason_text", ""), "mất điện hoặc máy tắt");
	const json_t *texts = json_object_get(o, "reason_texts");
	ck_assert_str_eq(json_get_text(texts, "en", ""), reason_en);
	ck_assert(json_is_false(json_object_get(o, "manual")));
	ck_assert_uint_eq(json_array_size(json_object_get(o, "zones")), 2);
	ck_assert_uint_eq(json_array_size(json_object_get(o, "programmes")), 0);
	ck_assert(json_is_null(json_object_get(o, "bulletin")));
	json_decref(o);
}
END_TEST

/* A level that rests on a recording is not told without what became of it. */
START_TEST(a_level_says_when_its_recording_is_gone)
{
	struct airing_row r = {.result = "full", .proof = "B", .recorded = RECORDED_AGED};
	json_t *o = row_airing_json(&r, &tz);

	ck_assert_str_eq(json_get_text(o, "recorded", ""), "recorded.aged");
	const json_t *texts = json_object_get(o, "recorded_texts");
	ck_assert_ptr_nonnull(strstr(json_get_text(texts, "vi", ""), "đã xóa theo hạn"));
	json_decref(o);
	r.recorded = RECORDED_DIFFERS;
	json_t *said = row_recorded(&r);
	ck_assert_str_eq(json_get_text(said, "code", ""), "recorded.differs");
	json_decref(said);
	snprintf(r.proof, sizeof(r.proof), "A"); /* which rests on the device alone */
	ck_assert_ptr_null(row_recorded(&r));
	snprintf(r.proof, sizeof(r.proof), "C");
	r.recorded = RECORDED_THERE;
	o = row_airing_json(&r, &tz);
	ck_assert(json_is_null(json_object_get(o, "recorded")));
	ck_assert(json_is_null(json_object_get(o, "recorded_texts")));
	json_decref(o);
}
END_TEST

/* One zone had no device: the airing proves nothing as a whole, and the other's level stands. */
START_TEST(each_zone_has_its_own_level)
{
	struct airing_row r = {
		.result = "full", .recorded = RECORDED_AGED, .checked_n = 9,
		.by_zone = "{\"hai\":{\"proof\":null},\"mot\":{\"proof\":\"A\"}}",
		.checked = "{\"by_zone\":{\"mot\":{\"code\":\"found\",\"proof\":\"B\"}}}"};
	json_t *o = row_airing_json(&r, &tz), *levels = json_object_get(o, "proof_by_zone");

	ck_assert(json_is_null(json_object_get(o, "proof")));
	ck_assert_str_eq(json_get_text(levels, "mot", ""), "B");
	ck_assert(json_is_null(json_object_get(levels, "hai")));
	ck_assert_str_eq(json_get_text(o, "recorded", ""), "recorded.aged");
	/* What the entry itself says stays as it is. */
	const json_t *mot = json_object_get(json_object_get(o, "by_zone"), "mot");
	ck_assert_str_eq(json_get_text(mot, "proof", ""), "A");
	json_decref(o);
	r.by_zone[0] = '\0';
	o = row_airing_json(&r, &tz);
	ck_assert(json_is_null(json_object_get(o, "proof_by_zone")));
	json_decref(o);
}
END_TEST

/* A coded detail in both languages; one of an older log as it was written. */
START_TEST(a_detail_is_put_into_words_when_it_is_read)
{
	struct airing_row r = {.result = "full", .detail = "{\"code\":\"no-device\"}"};
	json_t *o = row_airing_json(&r, &tz);

	ck_assert_str_eq(json_get_text(json_object_get(o, "detail"), "code", ""), "no-device");
	ck_assert_str_eq(json_get_text(o, "detail_text", ""), "không đưa ra thiết bị nào");
	ck_assert_str_eq(json_get_text(json_object_get(o, "detail_texts"), "en", ""),
			 "not sent to a device");
	ck_assert(json_is_true(json_object_get(o, "manual")));
	json_decref(o);
	snprintf(r.detail, sizeof(r.detail), "last sign of life at 5");
	o = row_airing_json(&r, &tz);
	ck_assert_str_eq(json_get_text(o, "detail", ""), "last sign of life at 5");
	ck_assert_str_eq(json_get_text(o, "detail_text", ""), "last sign of life at 5");
	json_decref(o);
}
END_TEST

/* Nothing counts as aired of which no frame was heard. */
START_TEST(only_what_was_heard_counts_as_aired)
{
	static const struct {
		const char *result, *proof, *detail;
		int64_t frames;
		enum row_sum sum;
	} cases[] = {{"full", "A", "", 48000, ROW_AIRED},
		     {"partial", "A", "", 48000, ROW_IN_PART},
		     {"cut", "B", "", 48000, ROW_IN_PART},
		     {"cut", "", "{\"code\":\"no-device\"}", 48000, ROW_UNSENT},
		     {"partial", "", "{\"code\":\"no-device\"}", 48000, ROW_UNSENT},
		     {"partial", "", "{\"code\":\"no-device\"}", 0, ROW_NOT_AIRED},
		     {"interrupted", "", "{\"code\":\"no-device\"}", 10, ROW_UNSENT},
		     {"cut", "", "{\"code\":\"device-gaps\"}", 48000, ROW_UNSURE},
		     {"full", "", "", 48000, ROW_UNSURE},
		     {"full", "", "{\"code\":\"no-device\"}", 48000, ROW_UNSENT},
		     {"partial", "", "", 1, ROW_UNSURE},
		     {"partial", "", "", 0, ROW_NOT_AIRED},
		     {"cut", "", "", 48000, ROW_UNSURE},
		     {"cut", "", "", 0, ROW_NOT_AIRED},
		     {"interrupted", "", "", 0, ROW_UNKNOWN},
		     {"interrupted", "", "{\"code\":\"never-began\"}", 0, ROW_NOT_AIRED},
		     {"interrupted", "", "", 10, ROW_UNSURE},
		     {"missed", "", "", 0, ROW_NOT_AIRED},
		     {"on-air", "", "", 0, ROW_ON_AIR}};
	struct airing_row r = {0};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(r.result, sizeof(r.result), "%s", cases[i].result);
		snprintf(r.proof, sizeof(r.proof), "%s", cases[i].proof);
		snprintf(r.detail, sizeof(r.detail), "%s", cases[i].detail);
		r.frames = cases[i].frames;
		ck_assert_int_eq(row_sum(&r), cases[i].sum);
		/* The word beside it says no more. */
		if (cases[i].sum == ROW_NOT_AIRED && strcmp(r.result, "cut") != 0)
			ck_assert_str_eq(row_fate_of(&r), "missed");
		if (cases[i].sum == ROW_UNSENT)
			ck_assert_str_eq(row_fate_of(&r), "unsent");
	}
}
END_TEST

/* One zone that got it is enough to have been heard, and not to have aired whole. */
START_TEST(what_one_zone_heard_aired_in_part)
{
	static const struct {
		const char *proof, *by_zone;
		bool heard;
	} cases[] = {
		{"", "", false},
		{"A", "", true},
		{"", "{\"hai\":{\"proof\":null},\"mot\":{\"proof\":\"A\"}}", true},
		{"", "{\"hai\": {\"proof\": null}, \"mot\": {\"proof\": \"A\"}}", true},
		{"", "{\"hai\":{\"proof\":null},\"mot\":{\"proof\":null}}", false},
		{"", "{\"hai\":{\"proof\":\"\"}}", false},
		{"A", "{\"hai\":{\"proof\":null}}", false}, /* no station writes so */
		{"", "{\"\\\"proof\\\":\\\"A\\\"\":{\"proof\":null}}", false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ck_assert_msg(row_heard(cases[i].proof, cases[i].by_zone) == cases[i].heard, "%zu",
			      i);
	struct airing_row r = {.result = "full", .frames = 48000};
	snprintf(r.by_zone, sizeof(r.by_zone), "%s", cases[2].by_zone);
	ck_assert_int_eq(row_sum(&r), ROW_IN_PART);
	ck_assert_str_eq(row_fate_of(&r), "unsure"); /* whole, of one zone alone */
}
END_TEST

START_TEST(damaged_text_breaks_nothing)
{
	struct airing_row r = {.zones = "a,\xff,b", .title = "\xff"};
	json_t *o = row_airing_json(&r, &tz);

	ck_assert_uint_eq(json_array_size(json_object_get(o, "zones")), 2);
	ck_assert(json_is_null(json_object_get(o, "title")));
	json_decref(o);
}
END_TEST

START_TEST(bulletin_reads_like_its_row)
{
	struct bulletin b = log_sample_bulletin("Tin mưa lũ");
	json_t *findings = json_pack("[{s:s}, s]", "code", "silent", "damaged");
	json_t *o = row_bulletin_json(&b, findings, &tz);
	const json_t *told = json_object_get(o, "findings");

	ck_assert_uint_eq(json_array_size(told), 1);
	told = json_object_get(json_array_get(told, 0), "texts");
	ck_assert_ptr_nonnull(strstr(json_get_text(told, "en", ""), "the file is silent"));
	ck_assert_ptr_null(json_object_get(json_array_get(findings, 0), "texts"));
	json_decref(findings);

	ck_assert_str_eq(json_get_text(o, "title", ""), "Tin mưa lũ");
	ck_assert_str_eq(json_get_text(o, "state", ""), "received");
	ck_assert_str_eq(json_get_text(o, "level", ""), "uu-tien");
	ck_assert_str_eq(json_get_text(o, "to", ""), "2026-12-31");
	ck_assert(json_is_null(json_object_get(o, "from")));
	ck_assert(json_get_number(o, "length_s", 0) == 90.0);
	ck_assert_uint_eq(json_array_size(json_object_get(o, "programmes")), 2);
	json_decref(o);
}
END_TEST

Suite *suite_row(void);
Suite *suite_row(void)
{
	Suite *s = suite_create("row");
	TCase *t = tcase_create("row");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, airing_reads_like_its_row);
	tcase_add_test(t, a_level_says_when_its_recording_is_gone);
	tcase_add_test(t, each_zone_has_its_own_level);
	tcase_add_test(t, a_detail_is_put_into_words_when_it_is_read);
	tcase_add_test(t, only_what_was_heard_counts_as_aired);
	tcase_add_test(t, what_one_zone_heard_aired_in_part);
	tcase_add_test(t, damaged_text_breaks_nothing);
	tcase_add_test(t, bulletin_reads_like_its_row);
	suite_add_tcase(s, t);
	return s;
}
