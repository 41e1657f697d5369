/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_strange.h"

#include "proof/prefix.h"
#include "support/log_sample.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static char dir[64];
static struct log_sample sample;
static struct verdict v;
static struct err e;

static void setup(void)
{
	static const char *const folders[] = {"aircheck", "aircheck/2026", "aircheck/2026/11",
					      "aircheck/2026/11/23"};
	char path[200];

	tmpdir_make(dir);
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, folders[i]);
		ck_assert_int_eq(mkdir(path, 0755), 0);
	}
	log_sample_open(&sample, ":memory:");
	verdict_init(&v);
}

static void teardown(void)
{
	verdict_finish(&v);
	log_sample_close(&sample);
	tmpdir_remove(dir);
}

static void lay(const char *name)
{
	char path[300];

	snprintf(path, sizeof(path), "%s/aircheck/2026/11/23/%s", dir, name);
	file_save(path, "mp3", 3);
}

/* How many are told. */
static int64_t unknown(bool running)
{
	struct wall now = {(int64_t)time(NULL) * NS_PER_S};

	verdict_finish(&v);
	verdict_init(&v);
	ck_assert_msg(verify_unknown(ledger_view(sample.ledger), dir, running, now, &v, &e), "%s",
		      e.text);
	ck_assert_int_eq(v.differ, 0);
	return v.note_count > 0 ? v.notes[0].count : 0;
}

START_TEST(a_file_that_any_entry_names_is_known)
{
	struct wall t = LOG_SAMPLE_START;
	struct vouched p = {.file = "aircheck/2026/11/23/06-a.mp3", .bytes = 3, .sha256 = "00"};
	struct airing_facts f = log_sample_airing("B1", t);
	char id[ID_BYTES];

	ck_assert_int_eq(unknown(false), 0);
	lay("05-a.mp3");
	lay("06-a.mp3");
	lay("07-a.mp3");
	lay("08-a.mp3");
	ck_assert_int_eq(unknown(false), 4);
	log_sample_add(&sample, entry_recording_closed("aircheck/2026/11/23/05-a.mp3", "00", "a", t,
						       t, 3, &sample.tz));
	log_sample_add(&sample, json_pack("{s:s, s:s, s:[o]}", "kind", "airing.checked", "airing",
					  "A0", "prefixes", prefix_json(&p)));
	log_sample_add(&sample, entry_recording_begun(json_pack(
		"[o]", entry_begun_file("aircheck/2026/11/23/07-a.mp3", "a", t, &sample.tz))));
	ck_assert_int_eq(unknown(false), 1);
	ck_assert_ptr_nonnull(strstr(v.notes[0].text, "08-a.mp3"));
	entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), id);
	f.airing = id;
	f.has_start = f.has_end = true;
	f.start = f.end = t;
	f.frames = 90 * FRAMES_PER_S;
	f.result = "full";
	f.recording = "aircheck/2026/11/23/08-a.mp3";
	log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	ck_assert_int_eq(unknown(false), 0);
}
END_TEST

/* Its entry may be younger than what was read. */
START_TEST(beside_a_station_at_work_what_is_new_is_passed_over)
{
	lay("05-a.mp3");
	ck_assert_int_eq(unknown(true), 0);
	ck_assert_int_eq(unknown(false), 1);
}
END_TEST

static const char *noted(struct verify *a)
{
	verdict_finish(&v);
	verdict_init(&v);
	verify_copies(a, &v);
	ck_assert_int_eq(v.differ, 0);
	return v.note_count > 0 ? v.notes[0].code : "";
}

START_TEST(copies_of_heads_that_are_gone_or_older_are_told)
{
	struct verify_log log = {.number = 2, .survey = {.log = "log-2"}};
	struct verify a = {.logs = &log, .count = 1};

	ck_assert_str_eq(noted(&a), ""); /* nothing is signed yet */
	log.has_head = true;
	log.head.size = 40;
	ck_assert_str_eq(noted(&a), "heads-gone");
	a.heads = (struct heads){.log = 1, .ceiling = 99};
	ck_assert_str_eq(noted(&a), "heads-older");
	a.heads = (struct heads){.log = 2, .size = 9, .ceiling = 39};
	ck_assert_str_eq(noted(&a), "heads-older");
	a.heads.ceiling = 40; /* a copy that lags is none */
	ck_assert_str_eq(noted(&a), "");
}
END_TEST

Suite *suite_verify_strange(void);
Suite *suite_verify_strange(void)
{
	Suite *s = suite_create("verify_strange");
	TCase *t = tcase_create("verify_strange");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_file_that_any_entry_names_is_known);
	tcase_add_test(t, beside_a_station_at_work_what_is_new_is_passed_over);
	tcase_add_test(t, copies_of_heads_that_are_gone_or_older_are_told);
	suite_add_tcase(s, t);
	return s;
}
