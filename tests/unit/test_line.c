/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/line.h"

#include "base/json.h"
#include "proof/row.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct tz tz;
static const struct wall now = {INT64_C(1795386600) * NS_PER_S};

static struct airing_row row(const char *result, const char *proof, const char *detail)
{
	struct airing_row r = {.id = "A7", .slot = "Sáng", .planned_ms = now.ns / NS_PER_MS,
			       .planned_length_ms = 90000, .loudness_lufs = NAN, .peak_dbtp = NAN,
			       .frames = 48000,
			       .start_error_ms = NAN, .recording_frames = -1, .ended_n = -1};

	tz_fixed(&tz, "UTC", 0);
	snprintf(r.result, sizeof(r.result), "%s", result);
	snprintf(r.proof, sizeof(r.proof), "%s", proof);
	snprintf(r.detail, sizeof(r.detail), "%s", detail);
	return r;
}

static const struct {
	const char *result, *proof, *detail, *fate;
} fates[] = {
	{"full", "A", "", "full"},
	{"full", "", "{\"code\":\"no-device\"}", "unsent"},
	{"full", "", "{\"code\":\"device-gaps\"}", "unsure"},
	{"full", "", "{\"code\":\"device-in-part\"}", "unsure"},
	{"full", "", "", "unsure"},
	{"full", "", "words of an older program", "unsure"},
	{"partial", "", "{\"code\":\"no-device\"}", "unsent"},
	{"cut", "", "{\"code\":\"no-device\"}", "unsent"},
	{"cut", "", "{\"code\":\"device-gaps\"}", "cut"},
	{"cut", "A", "", "cut"},
	{"interrupted", "", "{\"code\":\"last-alive\"}", "interrupted"},
	{"interrupted", "", "{\"code\":\"never-began\"}", "missed"},
	{"on-air", "", "", "on-air"},
};

START_TEST(a_word_claims_what_the_device_took)
{
	struct airing_row r = row(fates[_i].result, fates[_i].proof, fates[_i].detail);
	json_t *line = line_row(&r, now, &tz);

	ck_assert_str_eq(json_get_text(line, "fate", ""), fates[_i].fate);
	ck_assert_str_eq(json_get_text(line, "title", ""), "Sáng");
	ck_assert_str_eq(json_get_text(line, "kind", ""), "slot");
	json_decref(line);
}
END_TEST

START_TEST(what_took_the_air_is_called_by_its_name)
{
	struct airing_row r = row("full", "A", "");

	r.slot[0] = '\0';
	snprintf(r.file, sizeof(r.file), "siren");
	snprintf(r.emergency, sizeof(r.emergency), "K3");
	json_t *line = line_row(&r, now, &tz);
	ck_assert_str_eq(json_get_text(line, "title", ""), "Còi báo động");
	ck_assert_str_eq(json_get_text(line, "emergency", ""), "K3");
	ck_assert(json_is_false(json_object_get(line, "manual")));
	ck_assert_str_eq(row_place(&r), "khẩn cấp");
	r.drill = true;
	ck_assert_str_eq(row_place(&r), "diễn tập");
	r.emergency[0] = '\0';
	r.drill = false;
	ck_assert_str_eq(row_place(&r), "phát tay");
	json_decref(line);
}
END_TEST

START_TEST(a_voice_says_whose_and_from_where)
{
	static const char *const from[][2] = {
		{"live:browser", "Nói trực tiếp qua trình duyệt"},
		{"live:microphone", "Nói trực tiếp qua micrô của đài"},
		{"live:later", "Nói trực tiếp"}};
	struct airing_row r = row("full", "A", "");

	r.slot[0] = '\0';
	snprintf(r.speaker, sizeof(r.speaker), "user:7");
	ck_assert_str_eq(row_place(&r), "phát tay");
	for (size_t i = 0; i < sizeof(from) / sizeof(from[0]); i++) {
		snprintf(r.file, sizeof(r.file), "%s", from[i][0]);
		json_t *line = line_row(&r, now, &tz);
		ck_assert_str_eq(json_get_text(line, "title", ""), from[i][1]);
		ck_assert_str_eq(json_get_text(line, "kind", ""), "live");
		ck_assert_str_eq(json_get_text(line, "speaker", ""), "user:7");
		ck_assert_str_eq(row_place(&r), "giọng trực tiếp");
		json_decref(line);
	}
}
END_TEST

START_TEST(what_is_promised_waits)
{
	struct airing_row r = row("on-air", "", "");

	r.planned_ms++;
	json_t *line = line_row(&r, now, &tz);
	ck_assert_str_eq(json_get_text(line, "fate", ""), "waiting");
	json_decref(line);
}
END_TEST

START_TEST(a_brief_line_has_nothing_empty)
{
	struct airing_row r = row("full", "A", "");
	json_t *line = line_row(&r, now, &tz);
	const char *key;
	json_t *value;

	ck_assert(json_is_null(json_object_get(line, "bulletin")));
	line = line_brief(line);
	json_object_foreach(line, key, value)
		ck_assert_msg(!json_is_null(value) && !json_is_false(value), "%s", key);
	ck_assert_str_eq(json_get_text(line, "airing", ""), "A7");
	ck_assert(json_get_number(line, "length_s", 0) == 90.0);
	ck_assert_ptr_null(json_object_get(line, "frames"));
	ck_assert_ptr_null(json_object_get(line, "demo"));
	json_decref(line);
}
END_TEST

/* A busy day has hundreds of lines, and most zones have what the airing has. */
START_TEST(a_brief_line_tells_of_zones_that_differ)
{
	struct airing_row r = row("full", "", "");

	snprintf(r.by_zone, sizeof(r.by_zone), "%s",
		 "{\"hai\":{\"proof\":null},\"mot\":{\"proof\":\"A\"}}");
	json_t *line = line_brief(line_row(&r, now, &tz));
	const json_t *levels = json_object_get(line, "proof_by_zone");
	ck_assert_str_eq(json_get_text(levels, "mot", ""), "A");
	ck_assert(json_is_null(json_object_get(levels, "hai")));
	json_decref(line);
	snprintf(r.by_zone, sizeof(r.by_zone), "%s",
		 "{\"hai\":{\"proof\":null},\"mot\":{\"proof\":null}}");
	line = line_brief(line_row(&r, now, &tz));
	ck_assert_ptr_null(json_object_get(line, "proof_by_zone"));
	json_decref(line);
}
END_TEST

Suite *suite_line(void);
Suite *suite_line(void)
{
	Suite *s = suite_create("line");
	TCase *t = tcase_create("line");

	tcase_add_loop_test(t, a_word_claims_what_the_device_took, 0,
			    (int)(sizeof(fates) / sizeof(fates[0])));
	tcase_add_test(t, what_took_the_air_is_called_by_its_name);
	tcase_add_test(t, a_voice_says_whose_and_from_where);
	tcase_add_test(t, what_is_promised_waits);
	tcase_add_test(t, a_brief_line_has_nothing_empty);
	tcase_add_test(t, a_brief_line_tells_of_zones_that_differ);
	suite_add_tcase(s, t);
	return s;
}
