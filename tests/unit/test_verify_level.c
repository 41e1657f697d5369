/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One honest airing of two zones, found again and heard by a microphone; then one fact of it is
 * another. */
#include "proof/verify_level.h"

#include "base/json.h"
#include "base/text.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

enum { RECEIVED, INTENDED, ENDED, CHECKED, ENTRIES };

#define SOUND "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
#define FOUND "\"code\":\"found\",\"score\":0.93,\"share\":1,\"offset_ms\":1.5,\"parts\":7," \
	      "\"parts_all\":8"
#define ZONE "\"device\":\"d\",\"proof\":\"A\",\"complete\":1,\"frames\":1440000,\"xruns\":0"

/* 30 s. */
static const char *const honest[ENTRIES] = {
	[RECEIVED] = "{\"kind\":\"bulletin.received\",\"frames\":1440000,\"sha256\":\"" SOUND "\"}",
	[INTENDED] = "{\"kind\":\"airing.intended\",\"bulletin\":\"B0\",\"sha256\":\"" SOUND "\"}",
	[ENDED] = "{\"kind\":\"airing.ended\",\"airing\":\"A1\",\"bulletin\":\"B0\",\"sha256\":\""
		  SOUND "\",\"start\":\"2026-11-23T05:30:00.012+07:00\",\"end\":"
		  "\"2026-11-23T05:30:30.012+07:00\",\"frames\":1440000,\"complete\":1,"
		  "\"result\":\"full\",\"device\":\"d\",\"proof\":\"A\",\"by_zone\":{\"mot\":{" ZONE
		  "},\"hai\":{" ZONE "}}}",
	[CHECKED] = "{\"kind\":\"airing.checked\",\"airing\":\"A1\",\"sha256\":\"" SOUND
		    "\",\"method\":\"envelope-3\",\"proof\":\"B\",\"recording\":{" FOUND
		    ",\"file\":\"f.mp3\"},\"microphones\":[{\"zone\":\"mot\"," FOUND
		    ",\"drift_ppm\":2}],\"by_zone\":{\"mot\":{" FOUND "},\"hai\":{" FOUND "}}}",
};

static json_t *entries[ENTRIES];
static struct verdict v;

static void setup(void)
{
	struct err e;

	for (int i = 0; i < ENTRIES; i++) {
		entries[i] = json_read(honest[i], strlen(honest[i]), &e);
		ck_assert_msg(entries[i] != NULL, "%d: %s", i, e.text);
	}
}

static void teardown(void)
{
	for (int i = 0; i < ENTRIES; i++)
		json_decref(entries[i]);
}

/* path: "recording.score", "microphones.0.code"; value: JSON, "" leaves the member out. */
static void set(int entry, const char *path, const char *value)
{
	json_t *o = entries[entry];
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

/* The code of the first difference that is found, "" none. */
static const char *code(void)
{
	static char found[64];
	struct verify_level l;

	verdict_init(&v);
	verify_level_init(&l, &v);
	for (int i = 0; i < ENTRIES; i++)
		verify_level_take(&l, i, entries[i]);
	verify_level_finish(&l);
	snprintf(found, sizeof(found), "%s", v.finding_count > 0 ? v.findings[0].code : "");
	if (v.note_count > 0)
		snprintf(found, sizeof(found), "%s", v.notes[0].code);
	verdict_finish(&v);
	return found;
}

START_TEST(what_says_what_it_rests_on_is_right)
{
	ck_assert_str_eq(code(), "");
	set(CHECKED, "proof", "\"C\"");
	ck_assert_str_eq(code(), "");
	set(CHECKED, "recording.code", "\"none\"");
	ck_assert_str_eq(code(), "");
	set(CHECKED, "proof", "\"A\"");
	ck_assert_str_eq(code(), "");
	set(CHECKED, "sha256", ""); /* as older programs wrote it */
	ck_assert_str_eq(code(), "");
}
END_TEST

static const struct {
	int entry;
	const char *path, *value, *code;
} one_other[] = {
	{ENDED, "frames", "0", "level-unfounded"},
	{ENDED, "frames", "1400000", "level-unfounded"}, /* its zones say otherwise */
	{ENDED, "device", "null", "level-unfounded"},
	{ENDED, "device", "\"\"", "level-unfounded"},
	{ENDED, "start", "null", "level-unfounded"},
	{ENDED, "end", "", "level-unfounded"},
	{ENDED, "complete", "0", "level-unfounded"},
	{ENDED, "proof", "\"B\"", "level-unfounded"},
	{ENDED, "proof", "\"AA\"", "level-unfounded"},
	{ENDED, "result", "\"interrupted\"", "level-unfounded"},
	{ENDED, "detail", "{\"code\":\"device-gaps\"}", "level-unfounded"},
	{ENDED, "detail", "{\"code\":\"zones-silent\",\"device\":{\"code\":\"no-device\"}}",
	 "level-unfounded"},
	{ENDED, "detail", "{\"code\":\"zones-silent\",\"zones\":[]}", ""},
	{ENDED, "by_zone.hai.proof", "null", "level-unfounded"},
	{ENDED, "by_zone.hai.device", "null", "level-unfounded"},
	{ENDED, "by_zone.hai.frames", "null", "level-unfounded"},
	{ENDED, "by_zone.hai.complete", "null", "level-unfounded"},
	{ENDED, "proof", "null", "checked-unsent"},
	{ENDED, "airing", "\"A9\"", "checked-unended"},
	{ENDED, "kind", "\"note.added\"", "checked-unended"},
	{ENDED, "sha256", "\"3c26b46b68ffc68f\"", "ended-other"},
	{CHECKED, "airing", "\"A0\"", "checked-unended"},
	{CHECKED, "airing", "\"M1\"", "checked-unended"},
	{CHECKED, "sha256", "\"3c26b46b68ffc68f\"", "checked-other"},
	{CHECKED, "proof", "\"D\"", "level-unfounded"},
	{CHECKED, "proof", "null", ""},
	{CHECKED, "method", "\"envelope-9\"", "level-unjudged"},
	{CHECKED, "recording.code", "\"different\"", "level-unfounded"},
	{CHECKED, "recording.score", "0.69", "level-unfounded"},
	{CHECKED, "by_zone.hai.code", "\"different\"", "level-unfounded"},
};

START_TEST(what_contradicts_itself_is_named)
{
	set(one_other[_i].entry, one_other[_i].path, one_other[_i].value);
	ck_assert_msg(strcmp(code(), one_other[_i].code) == 0, "%s = %s: %s, not %s",
		      one_other[_i].path, one_other[_i].value, code(), one_other[_i].code);
}
END_TEST

START_TEST(level_c_rests_on_microphones)
{
	set(CHECKED, "proof", "\"C\"");
	set(CHECKED, "recording.code", "\"gone\"");
	ck_assert_str_eq(code(), "");
	set(CHECKED, "microphones.0.score", "0.59");
	ck_assert_str_eq(code(), "level-unfounded");
}
END_TEST

START_TEST(more_than_its_frames_is_not_claimed)
{
	set(ENDED, "by_zone", "");
	set(CHECKED, "kind", "\"note.added\"");
	set(ENDED, "frames", "1439900"); /* rounding */
	ck_assert_str_eq(code(), "");
	set(ENDED, "frames", "1200000");
	ck_assert_str_eq(code(), "complete-unfounded");
	set(ENDED, "complete", "0.833"); /* and still "full" */
	ck_assert_str_eq(code(), "complete-unfounded");
	set(ENDED, "result", "\"cut\"");
	ck_assert_str_eq(code(), "");
}
END_TEST

/* "hai" has no device: nothing is claimed of it, nor of the airing, and B of "mot". */
static void without_hai(void)
{
	set(ENDED, "proof", "null");
	set(ENDED, "detail", "{\"code\":\"zones-silent\"}");
	set(ENDED, "by_zone.hai", "{\"device\":null,\"proof\":null,\"complete\":0,"
				  "\"frames\":0,\"xruns\":0}");
	set(CHECKED, "proof", "null");
	set(CHECKED, "microphones", "null");
	set(CHECKED, "by_zone.mot.proof", "\"B\"");
	set(CHECKED, "by_zone.mot.file", "\"f.mp3\"");
	set(CHECKED, "by_zone.hai", "{\"code\":\"unsent\",\"proof\":null,\"file\":null}");
}

static const struct {
	const char *path, *value, *code;
} one_zones_other[] = {
	{"proof", "null", ""},
	{"proof", "\"A\"", "checked-unsent"},
	{"proof", "\"B\"", "checked-unsent"},
	{"by_zone.hai.proof", "\"A\"", "checked-unsent"},
	{"by_zone.ba", "{\"proof\":\"A\"}", "checked-unsent"}, /* no zone of it */
	{"by_zone.mot.proof", "\"A\"", ""},
	{"by_zone.mot.proof", "null", ""},
	{"by_zone.mot.proof", "\"C\"", "level-unfounded"},
	{"by_zone.mot.proof", "\"D\"", "level-unfounded"},
	{"by_zone.mot.code", "\"different\"", "level-unfounded"},
	{"by_zone.mot.score", "0.69", "level-unfounded"},
	{"by_zone.mot.share", "0.94", "level-unfounded"},
	{"by_zone.mot.file", "null", "level-unfounded"},
	{"by_zone.mot.parts_all", "100", "level-unfounded"},
	{"method", "\"envelope-9\"", "level-unjudged"},
};

START_TEST(each_zones_claim_is_judged_by_itself)
{
	without_hai();
	set(CHECKED, one_zones_other[_i].path, one_zones_other[_i].value);
	ck_assert_msg(strcmp(code(), one_zones_other[_i].code) == 0, "%s = %s: %s, not %s",
		      one_zones_other[_i].path, one_zones_other[_i].value, code(),
		      one_zones_other[_i].code);
}
END_TEST

/* All zones took it: the airing's level is the lowest of theirs. */
START_TEST(the_airing_claims_no_more_than_its_zones)
{
	set(CHECKED, "by_zone.mot.proof", "\"C\"");
	set(CHECKED, "by_zone.mot.code", "\"none\""); /* the microphone is enough */
	set(CHECKED, "by_zone.hai.proof", "\"B\"");
	set(CHECKED, "by_zone.hai.file", "\"g.mp3\"");
	set(CHECKED, "recording.code", "\"none\"");
	ck_assert_str_eq(code(), "");
	set(CHECKED, "proof", "\"C\"");
	ck_assert_str_eq(code(), "level-unfounded");
	set(CHECKED, "proof", "\"B\"");
	set(CHECKED, "by_zone.hai.proof", "\"A\"");
	ck_assert_str_eq(code(), "level-unfounded");
	set(CHECKED, "by_zone.hai", "");
	ck_assert_str_eq(code(), "level-unfounded");
}
END_TEST

/* What the recording says otherwise no microphone makes up for, nor one that did not hear it. */
START_TEST(a_zones_c_rests_on_its_own_microphones)
{
	set(CHECKED, "by_zone.mot.proof", "\"C\"");
	set(CHECKED, "by_zone.hai.proof", "\"A\"");
	set(CHECKED, "proof", "\"A\"");
	ck_assert_str_eq(code(), "");
	set(CHECKED, "microphones.0.zone", "\"hai\"");
	ck_assert_str_eq(code(), "level-unfounded");
	set(CHECKED, "microphones.0.zone", "\"mot\"");
	set(CHECKED, "by_zone.mot.code", "\"different\"");
	ck_assert_str_eq(code(), "level-unfounded");
}
END_TEST

/* More names than there are bits: nothing honest is accused. */
START_TEST(zones_of_many_names_are_not_accused)
{
	struct verify_level l;
	char name[32], old[32] = "mot";

	verdict_init(&v);
	verify_level_init(&l, &v);
	for (int k = 0; k < 40; k++) {
		snprintf(name, sizeof(name), "cụm %d", k);
		for (int i = 0; i < ENTRIES; i++) {
			json_t *zones = json_object_get(entries[i], "by_zone");
			json_t *zone = json_incref(json_object_get(zones, old));
			if (zone != NULL) {
				json_object_del(zones, old);
				json_object_set_new(zones, name, zone);
				if (i == CHECKED)
					json_object_set_new(zone, "proof", json_string("A"));
			}
			verify_level_take(&l, i, entries[i]);
		}
		snprintf(old, sizeof(old), "%s", name);
	}
	verify_level_finish(&l);
	for (int i = 0; i < v.finding_count; i++)
		ck_assert_str_ne(v.findings[i].code, "checked-unsent");
	verdict_finish(&v);
}
END_TEST

Suite *suite_verify_level(void);
Suite *suite_verify_level(void)
{
	Suite *s = suite_create("verify_level");
	TCase *c = tcase_create("entries");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, what_says_what_it_rests_on_is_right);
	tcase_add_loop_test(c, what_contradicts_itself_is_named, 0,
			    (int)(sizeof(one_other) / sizeof(one_other[0])));
	tcase_add_test(c, level_c_rests_on_microphones);
	tcase_add_test(c, more_than_its_frames_is_not_claimed);
	tcase_add_loop_test(c, each_zones_claim_is_judged_by_itself, 0,
			    (int)(sizeof(one_zones_other) / sizeof(one_zones_other[0])));
	tcase_add_test(c, the_airing_claims_no_more_than_its_zones);
	tcase_add_test(c, a_zones_c_rests_on_its_own_microphones);
	tcase_add_test(c, zones_of_many_names_are_not_accused);
	suite_add_tcase(s, c);
	return s;
}
