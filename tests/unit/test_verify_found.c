/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Honest figures of two zones' recordings and of a microphone; then one of them is another. */
#include "proof/verify_found.h"

#include "base/err.h"
#include "base/json.h"

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define FOUND "\"code\":\"found\",\"score\":0.93,\"share\":1,\"offset_ms\":1.5,\"parts\":7," \
	      "\"parts_all\":8"

static const char honest[] =
	"{\"recording\":{" FOUND ",\"file\":\"f.mp3\"},\"microphones\":[{\"zone\":\"mot\"," FOUND
	",\"drift_ppm\":2}],\"by_zone\":{\"mot\":{" FOUND "},\"hai\":{" FOUND "}}}";

static json_t *checked;
static struct verify_aired aired;

static void setup(void)
{
	struct err e;

	checked = json_read(honest, strlen(honest), &e);
	ck_assert_msg(checked != NULL, "%s", e.text);
	aired = (struct verify_aired){.frames = 30 * INT64_C(48000), .zones = 2};
}

static void teardown(void)
{
	json_decref(checked);
}

/* path: "recording.score", "microphones.0.code"; value: JSON, "" leaves the member out. */
static void set(const char *path, const char *value)
{
	json_t *o = checked;
	char name[32];

	for (const char *dot; (dot = strchr(path, '.')) != NULL; path = dot + 1) {
		snprintf(name, sizeof(name), "%.*s", (int)(dot - path), path);
		o = json_is_array(o) ? json_array_get(o, (size_t)(name[0] - '0')) :
				       json_object_get(o, name);
		ck_assert_ptr_nonnull(o);
	}
	if (value[0] == '\0')
		json_object_del(o, path);
	else
		json_object_set_new(o, path, json_loads(value, JSON_DECODE_ANY, NULL));
}

struct other {
	const char *path, *value;
	bool founded;
};

static void ck(const struct other *x, const char *why)
{
	ck_assert_msg((why == NULL) == x->founded, "%s = %s: %s", x->path, x->value,
		      why != NULL ? why : "founded");
}

START_TEST(honest_figures_are_right)
{
	ck_assert_ptr_null(verify_not_recorded(&aired, "envelope-3", checked));
	ck_assert_ptr_null(verify_not_heard(&aired, "envelope-3", checked));
}
END_TEST

static const struct other recorded[] = {
	{"recording.code", "\"different\"", false},
	{"recording.code", "", false},
	{"recording.score", "0.69", false},
	{"recording.score", "0.7", true},
	{"recording.score", "", false},
	{"recording.share", "0.94", false},
	{"recording.offset_ms", "2031", false},
	{"recording.offset_ms", "-2031", false},
	{"recording.offset_ms", "null", false},
	{"recording.parts", "6", false}, /* of 8 */
	{"recording.parts", "9", false},
	{"recording.parts_all", "", false},
	{"recording.parts_all", "100", false},
	{"recording.file", "null", false},
	{"by_zone", "", false},
	{"by_zone.hai", "", false},
	{"by_zone.hai.code", "\"different\"", false},
	{"by_zone.hai.score", "0.1", false},
	{"microphones", "null", true},
};

START_TEST(level_b_rests_on_the_recordings_of_all_zones)
{
	set(recorded[_i].path, recorded[_i].value);
	ck(&recorded[_i], verify_not_recorded(&aired, "envelope-3", checked));
}
END_TEST

static const struct other heard[] = {
	{"microphones", "null", false},
	{"microphones", "[]", false},
	{"microphones.0.code", "\"different\"", false},
	{"microphones.0.score", "0.59", false},
	{"microphones.0.score", "0.6", true},
	{"microphones.0.share", "0.79", false},
	{"microphones.0.offset_ms", "2900", true},
	{"microphones.0.offset_ms", "3100", false},
	{"microphones.0.offset_ms", "-540", false},
	{"microphones.0.parts", "3", false},
	{"recording.code", "\"different\"", false},
	{"recording.code", "\"gone\"", true},
};

START_TEST(level_c_rests_on_all_microphones)
{
	set(heard[_i].path, heard[_i].value);
	ck(&heard[_i], verify_not_heard(&aired, "envelope-3", checked));
}
END_TEST

/* Before envelope-3 one part was enough, and nothing told of all of them. */
START_TEST(older_methods_are_judged_by_their_own_rules)
{
	set("recording.parts_all", "");
	set("recording.parts", "1");
	set("by_zone", "{\"mot\":{\"code\":\"found\",\"score\":0.9},"
		       "\"hai\":{\"code\":\"found\",\"score\":0.8}}");
	ck_assert_ptr_null(verify_not_recorded(&aired, "envelope-2", checked));
	ck_assert_ptr_null(verify_not_recorded(&aired, "envelope-1", checked));
	ck_assert_ptr_nonnull(verify_not_recorded(&aired, "envelope-3", checked));
	set("by_zone.hai.score", "0.6");
	ck_assert_ptr_nonnull(verify_not_recorded(&aired, "envelope-2", checked));
	set("by_zone.hai.score", "0.8");
	set("recording.parts", "0");
	ck_assert_ptr_nonnull(verify_not_recorded(&aired, "envelope-2", checked));
}
END_TEST

START_TEST(two_seconds_are_not_found_again)
{
	aired = (struct verify_aired){.frames = 96000};
	set("recording.parts", "1");
	set("recording.parts_all", "1");
	ck_assert_ptr_nonnull(verify_not_recorded(&aired, "envelope-3", checked));
}
END_TEST

Suite *suite_verify_found(void);
Suite *suite_verify_found(void)
{
	Suite *s = suite_create("verify_found");
	TCase *c = tcase_create("figures");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, honest_figures_are_right);
	tcase_add_loop_test(c, level_b_rests_on_the_recordings_of_all_zones, 0,
			    (int)(sizeof(recorded) / sizeof(recorded[0])));
	tcase_add_loop_test(c, level_c_rests_on_all_microphones, 0,
			    (int)(sizeof(heard) / sizeof(heard[0])));
	tcase_add_test(c, older_methods_are_judged_by_their_own_rules);
	tcase_add_test(c, two_seconds_are_not_found_again);
	suite_add_tcase(s, c);
	return s;
}
