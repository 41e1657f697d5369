/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/sheet.h"

#include "base/csv.h"
#include "base/saying.h"
#include "support/log_sample.h"

#include <check.h>
#include <math.h>
#include <string.h>

static struct buf out;
static struct tz tz;

static void setup(void)
{
	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
}

static void teardown(void)
{
	buf_finish(&out);
}

static int commas(const char *text)
{
	int count = 0;

	for (; *text != '\0'; text++)
		count += *text == ',';
	return count;
}

START_TEST(a_row_has_a_cell_for_each_column)
{
	struct airing_row r = {.id = "A42", .slot = "sáng", .loudness_lufs = NAN,
			       .peak_dbtp = -1.25, .start_error_ms = NAN};

	struct checkpoint log = {.origin = "vangxa/thu", .size = 50};

	sheet_head(&out, NULL);
	ck_assert(strncmp(buf_str(&out), CSV_BOM "id,planned,", 14) == 0);
	ck_assert_ptr_eq(strchr(buf_str(&out), '\n'), out.data + out.len - 1);
	int columns = commas(buf_str(&out));
	buf_reset(&out);
	sheet_row(&out, &r, &tz, NULL);
	ck_assert_int_eq(commas(buf_str(&out)), columns);
	buf_reset(&out);
	sheet_head(&out, &log);
	ck_assert_ptr_nonnull(strstr(buf_str(&out),
				     ",proof_by_zone,recorded,loudness_by_zone,speaker,"
				     "corrected_planned,corrected_end,log,log_size,log_root\r\n"));
	buf_reset(&out);
	sheet_row(&out, &r, &tz, &log);
	ck_assert_int_eq(commas(buf_str(&out)), columns + 3);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), ",vangxa/thu,50,AAAAAAAAAAAA"));
	log.size = 0; /* nothing is signed */
	buf_reset(&out);
	sheet_row(&out, &r, &tz, &log);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), ",\"\",\"\",0,\"\"\r\n"));
}
END_TEST

static const char *sum_of(const struct airing_row *r)
{
	static char row[400];
	char result[40];

	buf_reset(&out);
	sheet_row(&out, r, &tz, NULL);
	snprintf(result, sizeof(result), ",%s,", r->result);
	const char *at = strstr(buf_str(&out), result);
	ck_assert_ptr_nonnull(at);
	snprintf(row, sizeof(row), "%s", at + strlen(result));
	row[strcspn(row, ",")] = '\0';
	return row;
}

/* A program that counts "full" would count what no loudspeaker got. */
START_TEST(beside_the_result_stands_what_it_counts_as)
{
	struct airing_row r = {.id = "A42", .result = "full", .proof = "A", .frames = 48000};

	ck_assert_str_eq(sum_of(&r), "aired");
	r.proof[0] = '\0';
	ck_assert_str_eq(sum_of(&r), "unsure");
	saying_store(r.detail, sizeof(r.detail), SAYING_NO_DEVICE, NULL, NULL);
	ck_assert_str_eq(sum_of(&r), "unsent");
	r.detail[0] = '\0';
	snprintf(r.result, sizeof(r.result), "partial");
	ck_assert_str_eq(sum_of(&r), "unsure");
	snprintf(r.proof, sizeof(r.proof), "A");
	ck_assert_str_eq(sum_of(&r), "in-part");
	r.proof[0] = '\0';
	snprintf(r.result, sizeof(r.result), "interrupted");
	r.frames = 0;
	ck_assert_str_eq(sum_of(&r), "unknown");
	snprintf(r.result, sizeof(r.result), "missed");
	ck_assert_str_eq(sum_of(&r), "not-aired");
	snprintf(r.result, sizeof(r.result), "on-air");
	ck_assert_str_eq(sum_of(&r), "on-air");
}
END_TEST

START_TEST(an_airing_reads_like_its_row)
{
	struct airing_row r = {.id = "M3", .slot = "=1+1", .title = "Tin \"mới\", hai",
			       .result = "missed", .reason = "power-off",
			       .zones = "trung-tam,thon-2",
			       .planned_ms = LOG_SAMPLE_START.ns / NS_PER_MS,
			       .planned_length_ms = 90500, .loudness_lufs = NAN,
			       .peak_dbtp = -1.25, .start_error_ms = NAN};

	sheet_row(&out, &r, &tz, NULL);
	const char *text = buf_str(&out);
	ck_assert_ptr_nonnull(strstr(text, "M3,2026-11-23T05:30:00.000+07:00,\"'=1+1\",0,"));
	ck_assert_ptr_nonnull(strstr(text, "\"Tin \"\"mới\"\", hai\""));
	ck_assert_ptr_nonnull(strstr(text, "\"trung-tam,thon-2\""));
	ck_assert_ptr_nonnull(strstr(text, "mất điện hoặc máy tắt"));
	ck_assert_ptr_nonnull(strstr(text, ",90.500,0,0.000,\"\",-1.25,\"\",0,"));
}
END_TEST

/* One that was missed has no start and no end, and was planned by a clock that was off. */
START_TEST(what_was_missed_has_its_right_time_too)
{
	struct airing_row r = {.id = "M3", .result = "missed", .loudness_lufs = NAN,
			       .peak_dbtp = NAN, .start_error_ms = NAN, .corrected = true,
			       .offset_ms = 60000,
			       .planned_ms = LOG_SAMPLE_START.ns / NS_PER_MS};

	sheet_row(&out, &r, &tz, NULL);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), ",2026-11-23T05:31:00.000+07:00,\"\"\r\n"));
	buf_reset(&out);
	r.start_ms = r.planned_ms;
	r.end_ms = r.planned_ms + 1000;
	sheet_row(&out, &r, &tz, NULL);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), ",2026-11-23T05:31:00.000+07:00,"
						    "2026-11-23T05:31:01.000+07:00\r\n"));
}
END_TEST

START_TEST(whose_clock_and_which_zones_stand_beside_it)
{
	struct airing_row r = {.id = "A3", .loudness_lufs = NAN, .peak_dbtp = NAN,
			       .start_error_ms = NAN,
			       .not_before_ms = LOG_SAMPLE_START.ns / NS_PER_MS,
			       .by_zone = "{\"mot\":{\"proof\":\"A\"},\"hai\":{\"proof\":null}}"};
	static const char end[] = ",0,2026-11-23T05:30:00.000+07:00,mot: A; hai: -,"
				  "\"\",\"\",\"\",\"\",\"\"\r\n";

	sheet_row(&out, &r, &tz, NULL);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), end));
	r.synced = true;
	r.not_before_ms = 0;
	r.by_zone[0] = '\0';
	buf_reset(&out);
	sheet_row(&out, &r, &tz, NULL);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), ",1,\"\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n"));
	r.recorded = RECORDED_LOST;
	snprintf(r.proof, sizeof(r.proof), "B");
	buf_reset(&out);
	sheet_row(&out, &r, &tz, NULL);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), ",\"\",recorded.lost,\"\",\"\",\"\",\"\"\r\n"));
}
END_TEST

START_TEST(a_voice_says_whose_and_from_where)
{
	struct airing_row r = {.id = "A3", .loudness_lufs = NAN, .peak_dbtp = NAN,
			       .start_error_ms = NAN, .file = "live:browser",
			       .title = "live:browser", .speaker = "Chủ tịch, xã"};

	sheet_row(&out, &r, &tz, NULL);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), ",Nói trực tiếp qua trình duyệt,"));
	ck_assert_ptr_nonnull(strstr(buf_str(&out), ",\"\",\"Chủ tịch, xã\",\"\",\"\"\r\n"));
	ck_assert_ptr_null(strstr(buf_str(&out), "live:"));
}
END_TEST

/* One zone had no device: what the other has is told of it alone, and what became of that. */
START_TEST(each_zone_has_the_level_that_was_found_in_it)
{
	struct airing_row r = {.id = "A3", .loudness_lufs = NAN, .peak_dbtp = NAN,
			       .start_error_ms = NAN, .recorded = RECORDED_AGED,
			       .by_zone = "{\"hai\":{\"proof\":null},\"mot\":{\"proof\":\"A\"}}",
			       .checked = "{\"by_zone\":{\"hai\":{\"code\":\"unsent\","
					  "\"proof\":null},\"mot\":{\"code\":\"found\","
					  "\"loudness_lufs\":-19.25,\"proof\":\"B\"}}}"};

	sheet_row(&out, &r, &tz, NULL);
	ck_assert_ptr_nonnull(strstr(buf_str(&out),
				     ",hai: -; mot: B,recorded.aged,mot: -19.25,"
				     "\"\",\"\",\"\"\r\n"));
}
END_TEST

Suite *suite_sheet(void);
Suite *suite_sheet(void)
{
	Suite *s = suite_create("sheet");
	TCase *t = tcase_create("sheet");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_row_has_a_cell_for_each_column);
	tcase_add_test(t, beside_the_result_stands_what_it_counts_as);
	tcase_add_test(t, an_airing_reads_like_its_row);
	tcase_add_test(t, what_was_missed_has_its_right_time_too);
	tcase_add_test(t, whose_clock_and_which_zones_stand_beside_it);
	tcase_add_test(t, a_voice_says_whose_and_from_where);
	tcase_add_test(t, each_zone_has_the_level_that_was_found_in_it);
	suite_add_tcase(s, t);
	return s;
}
