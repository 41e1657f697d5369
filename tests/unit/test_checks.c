/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/checks.h"

#include "base/json.h"
#include "base/must.h"
#include "mix/coder.h"
#include "proof/entry.h"
#include "proof/row.h"
#include "support/aired.h"
#include "support/deskcase.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FILE_04 "aircheck/04-mot.mp3"
#define FILE_HAI "aircheck/04-hai.mp3"
#define FRAMES (12 * FRAMES_PER_S)

static struct deskcase c;
static struct loop *loop;
static struct checks checks;
static struct airing_row row;
static struct err e;
static int told;
static char sha256[SHA256_HEX_BYTES];

static void count(void *arg)
{
	(*(int *)arg)++;
}

static void setup(void)
{
	deskcase_open(&c);
	loop = loop_create();
	told = 0;
	aired_master(c.dir, 3, FRAMES, sha256);
	aired_recording(c.dir, FILE_04, 3, FRAMES);
}

static void teardown(void)
{
	checks_stop(&checks);
	loop_destroy(loop);
	deskcase_close(&c);
}

static int64_t append(json_t *entry)
{
	int64_t n;

	ck_assert_msg(ledger_append(c.desk.ledger, entry, &n, &e), "%s", e.text);
	return n;
}

static json_t *zones_had; /* "by_zone" of the next outcome */

/* An airing that ended so many seconds ago; its id stays valid until the next. */
static const char *aired(double ago_s, const char *recording, const char *proof)
{
	static char id[ID_BYTES];
	struct wall now = clock_wall(c.desk.clock);
	struct airing_facts f = {.slot = "Sáng", .sha256 = sha256, .file = "audio/tin.flac",
				 .zones = {"mot"}, .zone_count = 1, .planned_frames = FRAMES,
				 .device = "ALSA: loa", .result = "full", .frames = FRAMES,
				 .complete = 1, .proof = proof, .recording = recording,
				 .recording_frames = AIRED_INTO, .has_start = true,
				 .has_end = true, .loudness_lufs = NAN, .peak_dbtp = NAN,
				 .start_error_ms = 0};

	f.end = wall_add_ns(now, -(int64_t)(ago_s * NS_PER_S));
	f.start = f.planned = f.occurrence = wall_add_ns(f.end, -12 * NS_PER_S);
	entry_id('A', append(entry_airing_intended(&f, &c.desk.tz)), id);
	f.airing = id;
	json_t *entry = entry_airing_ended(&f, &c.desk.tz);
	if (zones_had != NULL)
		json_object_set_new(entry, "by_zone", zones_had);
	zones_had = NULL;
	append(entry);
	return id;
}

static void begin(void)
{
	checks_init(&checks, &c.desk, loop, NULL, count, &told);
	checks_look(&checks);
}

/* Looks until nothing is under way. */
static void look(void)
{
	checks_look(&checks);
	while (checks.work.running)
		loop_once(loop, 1000);
}

static const char *code_of(const char *id)
{
	static char code[CODE_BYTES];

	ck_assert(reader_airing(ledger_view(c.desk.ledger), id, &row, &e));
	json_t *o = row_airing_json(&row, &c.desk.tz), *checked = json_object_get(o, "checked");
	snprintf(code, sizeof(code), "%s",
		 json_get_text(json_object_get(checked, "recording"), "code", ""));
	ck_assert_int_eq(json_is_null(checked), row.checked_n < 0);
	json_decref(o);
	return code;
}

START_TEST(what_has_ended_is_listened_to)
{
	begin();
	const char *id = aired(10, FILE_04, "A");

	look();
	ck_assert_str_eq(code_of(id), "found");
	ck_assert_str_eq(row.proof, "B");
	ck_assert_int_eq(told, 1);
	look(); /* once */
	ck_assert_int_eq(told, 1);
	ck_assert(!checks_wait(&checks));
}
END_TEST

/* By their proof, "" none: what "by_zone" says of each. */
static json_t *two_zones(const char *mot, const char *hai)
{
	double into_s = (double)AIRED_INTO / FRAMES_PER_S;

	return json_pack("{s:{s:s, s:f, s:o}, s:{s:s, s:f, s:o}}", "mot", "recording", FILE_04,
			 "recording_s", into_s, "proof", json_text(mot), "hai", "recording",
			 FILE_HAI, "recording_s", into_s, "proof", json_text(hai));
}

static const char *level_of(const char *zone)
{
	static char level[CODE_BYTES];
	json_t *o = row_airing_json(&row, &c.desk.tz);

	snprintf(level, sizeof(level), "%s",
		 json_get_text(json_object_get(o, "proof_by_zone"), zone, ""));
	json_decref(o);
	return level;
}

/* "hai" had no device, so the airing proves nothing as a whole, and "mot" all the same. */
START_TEST(a_zone_that_got_it_is_listened_to_though_another_did_not)
{
	begin();
	aired_recording(c.dir, FILE_HAI, 3, FRAMES);
	zones_had = two_zones("A", NULL);
	const char *id = aired(10, FILE_04, NULL);
	look();
	ck_assert_str_eq(code_of(id), "found");
	ck_assert_str_eq(row.proof, "");
	ck_assert_str_eq(level_of("mot"), "B");
	ck_assert_str_eq(level_of("hai"), "");
	ck_assert_int_eq(told, 1);
	zones_had = two_zones(NULL, NULL);
	id = aired(10, FILE_04, NULL);
	look();
	ck_assert_str_eq(code_of(id), ""); /* nobody got it */
	ck_assert_int_eq(told, 1);
}
END_TEST

/* Long ago one zone's recording went, and the other's is there. */
START_TEST(one_recording_that_is_left_is_caught_up_with)
{
	char id[ID_BYTES];

	zones_had = two_zones("A", "A");
	snprintf(id, sizeof(id), "%s", aired(500, FILE_04, "A"));
	begin();
	look();
	ck_assert_str_eq(code_of(id), "gone");
	ck_assert_str_eq(row.proof, "A");
	ck_assert_str_eq(level_of("mot"), "B");
	ck_assert_str_eq(level_of("hai"), "A");
}
END_TEST

/* That of "hai" is not there: what "mot" recorded is no proof for it. */
START_TEST(each_zone_is_listened_to_in_its_own_recording)
{
	json_t *checked;

	begin();
	zones_had = two_zones("A", "A");
	const char *id = aired(10, FILE_04, "A");
	look();
	ck_assert_str_eq(code_of(id), "gone");
	ck_assert_str_eq(row.proof, "A");
	json_t *o = row_airing_json(&row, &c.desk.tz);
	checked = json_object_get(json_object_get(o, "checked"), "by_zone");
	ck_assert_str_eq(json_get_text(json_object_get(checked, "mot"), "code", ""), "found");
	ck_assert_str_eq(json_get_text(json_object_get(checked, "hai"), "code", ""), "gone");
	json_decref(o);
	aired_recording(c.dir, FILE_HAI, 3, FRAMES);
	zones_had = two_zones("A", "A");
	id = aired(10, FILE_04, "A");
	look();
	ck_assert_str_eq(code_of(id), "found");
	ck_assert_str_eq(row.proof, "B");
}
END_TEST

START_TEST(no_recording_is_said_once_and_a_stays)
{
	begin();
	const char *id = aired(10, NULL, "A");

	look();
	ck_assert_str_eq(code_of(id), "none");
	ck_assert_str_eq(row.proof, "A");
}
END_TEST

/* A higher level includes the lower ones: without A nothing is claimed, whatever an entry says. */
START_TEST(without_level_a_there_is_none)
{
	begin();
	const char *id = aired(10, FILE_04, NULL);
	struct check_facts found = {.code = "found"};

	look();
	ck_assert_str_eq(code_of(id), "");
	ck_assert_str_eq(row.proof, "");
	append(entry_airing_checked(id, "", "C", "envelope-2", NULL, &found, NULL, 0));
	ck_assert_str_eq(code_of(id), "found");
	ck_assert_str_eq(row.proof, "");
}
END_TEST

/* The recorder holds a second back, and a busy disk more. */
START_TEST(the_end_of_the_recording_is_waited_for)
{
	char path[160];

	begin();
	const char *id = aired(1, FILE_04, "A");
	look();
	ck_assert_str_eq(code_of(id), ""); /* too soon */
	ck_assert(checks_wait(&checks));
	snprintf(path, sizeof(path), "%s/" FILE_04, c.dir);
	must(truncate(path, 400 * coder_frame_bytes()) == 0);
	clock_sim_advance(&c.clock, 5 * NS_PER_S);
	look();
	ck_assert_str_eq(code_of(id), "");
	aired_recording(c.dir, FILE_04, 3, FRAMES);
	look();
	ck_assert_str_eq(code_of(id), "found");
}
END_TEST

START_TEST(what_never_came_is_not_found)
{
	char path[160];

	begin();
	const char *id = aired(1, FILE_04, "A");
	snprintf(path, sizeof(path), "%s/" FILE_04, c.dir);
	must(truncate(path, 400 * coder_frame_bytes()) == 0);
	clock_sim_advance(&c.clock, (CHECK_WAIT_S + 1) * NS_PER_S);
	look();
	ck_assert_str_eq(code_of(id), "damaged");
	ck_assert_str_eq(row.proof, "A");
}
END_TEST

START_TEST(after_a_restart_what_is_left_is_caught_up_with)
{
	char first[ID_BYTES], gone[ID_BYTES];

	snprintf(first, sizeof(first), "%s", aired(500, FILE_04, "A"));
	snprintf(gone, sizeof(gone), "%s", aired(400, "aircheck/03-mot.mp3", "A"));
	begin();
	look();
	look();
	ck_assert_str_eq(code_of(first), "found");
	ck_assert_str_eq(row.proof, "B");
	ck_assert_str_eq(code_of(gone), ""); /* long ago: not written down one by one */
	ck_assert_int_eq(told, 1);
}
END_TEST

/* Of a zone that was taken off half-way the recording says nothing about the others. */
START_TEST(another_zones_recording_is_not_taken)
{
	aired_recording(c.dir, "aircheck/04-hai.mp3", 3, FRAMES);
	begin();
	const char *id = aired(10, "aircheck/04-hai.mp3", "A");

	look();
	ck_assert_str_eq(code_of(id), "zone-cut");
	ck_assert_str_eq(row.proof, "A");
}
END_TEST

Suite *suite_checks(void);
Suite *suite_checks(void)
{
	Suite *s = suite_create("checks");
	TCase *t = tcase_create("checks");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, what_has_ended_is_listened_to);
	tcase_add_test(t, each_zone_is_listened_to_in_its_own_recording);
	tcase_add_test(t, a_zone_that_got_it_is_listened_to_though_another_did_not);
	tcase_add_test(t, one_recording_that_is_left_is_caught_up_with);
	tcase_add_test(t, no_recording_is_said_once_and_a_stays);
	tcase_add_test(t, without_level_a_there_is_none);
	tcase_add_test(t, the_end_of_the_recording_is_waited_for);
	tcase_add_test(t, what_never_came_is_not_found);
	tcase_add_test(t, after_a_restart_what_is_left_is_caught_up_with);
	tcase_add_test(t, another_zones_recording_is_not_taken);
	suite_add_tcase(s, t);
	return s;
}
