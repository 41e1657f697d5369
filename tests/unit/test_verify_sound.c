/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/prefix.h"
#include "proof/verify_story.h"
#include "support/log_sample.h"
#include "support/tmpdir.h"
#include "support/verify_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64];
static struct log_sample sample;
static struct verdict v;

static void put(const char *name, const char *text)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	ck_assert(f != NULL && fputs(text, f) >= 0);
	fclose(f);
}

static void hash_of(const char *text, char sha256[static SHA256_HEX_BYTES])
{
	view_hash(text, strlen(text), sha256);
}

static void close_recording(const char *text)
{
	char sha256[SHA256_HEX_BYTES];

	hash_of(text, sha256);
	log_sample_add(&sample, entry_recording_closed("rec.mp3", sha256, "z", LOG_SAMPLE_START,
						       LOG_SAMPLE_START, 5, &sample.tz));
}

static void setup(void)
{
	struct bulletin b = log_sample_bulletin("Lịch tiêm chủng");
	char path[200], name[100], original[SHA256_HEX_BYTES];

	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/masters", dir);
	ck_assert_int_eq(mkdir(path, 0750), 0);
	log_sample_open(&sample, ":memory:");
	hash_of("master", b.sha256);
	snprintf(name, sizeof(name), "masters/%s.flac", b.sha256);
	put(name, "master");
	snprintf(path, sizeof(path), "%s/originals", dir);
	ck_assert_int_eq(mkdir(path, 0750), 0);
	hash_of("original", original);
	snprintf(name, sizeof(name), "originals/%s", original);
	put(name, "original");
	put("rec.mp3", "recording");
	log_sample_add(&sample, entry_bulletin_received(&b, original, json_array(), "user:3"));
	log_sample_add(&sample, entry_bulletin_received(&b, original, json_array(), "user:3"));
	close_recording("recording");
	verdict_init(&v);
}

static void teardown(void)
{
	verdict_finish(&v);
	log_sample_close(&sample);
	tmpdir_remove(dir);
}

static const char *code(void)
{
	return verify_case_code(verify_sound, ledger_view(sample.ledger), dir, &v);
}

START_TEST(files_as_the_log_names_them_are_right)
{
	ck_assert_str_eq(code(), "");
	ck_assert_int_eq(v.checks[CHECK_MASTERS].count, 1); /* of two bulletins */
	ck_assert_int_eq(v.checks[CHECK_RECORDINGS].count, 1);
}
END_TEST

START_TEST(a_changed_or_missing_master_is_named)
{
	char name[100], path[200], sha256[SHA256_HEX_BYTES];

	hash_of("master", sha256);
	snprintf(name, sizeof(name), "masters/%s.flac", sha256);
	put(name, "mASTER");
	ck_assert_str_eq(code(), "master-differs");
	ck_assert_str_eq(v.findings[0].file, name);
	ck_assert_int_eq(v.findings[0].n, 0);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	unlink(path);
	ck_assert_str_eq(code(), "master-missing");
}
END_TEST

START_TEST(a_changed_or_missing_original_is_named)
{
	char name[100], path[200], sha256[SHA256_HEX_BYTES];

	ck_assert_str_eq(code(), "");
	ck_assert_int_eq(v.checks[CHECK_ORIGINALS].count, 1);
	hash_of("original", sha256);
	snprintf(name, sizeof(name), "originals/%s", sha256);
	put(name, "another");
	ck_assert_str_eq(code(), "original-differs");
	ck_assert_str_eq(v.findings[0].file, name);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	unlink(path);
	ck_assert_str_eq(code(), "original-missing");
	ck_assert_int_eq(v.findings[0].n, 0);
}
END_TEST

START_TEST(a_changed_or_missing_recording_is_named)
{
	char path[200];

	put("rec.mp3", "recordinG");
	ck_assert_str_eq(code(), "recording-differs");
	ck_assert_int_eq(v.findings[0].n, 2);
	snprintf(path, sizeof(path), "%s/rec.mp3", dir);
	unlink(path);
	ck_assert_str_eq(code(), "recording-missing");
	ck_assert_str_eq(v.findings[0].file, "rec.mp3");
}
END_TEST

static void vouch(const char *file, const char *beginning)
{
	struct vouched p = {.bytes = (int64_t)strlen(beginning)};

	snprintf(p.file, sizeof(p.file), "%s", file);
	hash_of(beginning, p.sha256);
	log_sample_add(&sample, json_pack("{s:s, s:s, s:[o]}", "kind", "airing.checked", "airing",
					  "A1", "prefixes", prefix_json(&p)));
}

/* Closed by whoever trusted the file that lay there. */
START_TEST(a_recording_that_was_exchanged_before_it_was_closed_is_named)
{
	vouch("rec.mp3", "reco");
	ck_assert_str_eq(code(), "");
	vouch("rec.mp3", "recalled");
	ck_assert_str_eq(code(), "recording-not-vouched");
	ck_assert_int_eq(v.findings[0].n, 4);
}
END_TEST

START_TEST(one_that_nothing_has_closed_is_held_to_what_was_vouched_for)
{
	vouch("open.mp3", "ope");
	ck_assert_str_eq(code(), ""); /* where it went is not looked for here */
	put("open.mp3", "open still");
	ck_assert_str_eq(code(), "");
	put("open.mp3", "another");
	ck_assert_str_eq(code(), "recording-not-vouched");
	ck_assert_str_eq(v.findings[0].file, "open.mp3");
	ck_assert_int_eq(v.checks[CHECK_RECORDINGS].differ, 1);
}
END_TEST

START_TEST(the_newest_word_on_a_file_counts)
{
	put("rec.mp3", "longer");
	close_recording("longer");
	ck_assert_str_eq(code(), "");
}
END_TEST

START_TEST(what_was_taken_away_on_purpose_is_not_missed)
{
	char path[200];
	json_t *o = json_pack("{s:s, s:s, s:i}", "kind", "recording.removed", "file", "rec.mp3",
			      "recording", 2);

	log_sample_add(&sample, o);
	snprintf(path, sizeof(path), "%s/rec.mp3", dir);
	unlink(path);
	ck_assert_str_eq(code(), "");
	ck_assert_int_eq(v.checks[CHECK_RECORDINGS].count, 0);
}
END_TEST

START_TEST(a_removal_that_names_no_recording_removes_none)
{
	char path[200];
	json_t *o = json_pack("{s:s, s:s, s:i}", "kind", "recording.removed", "file", "rec.mp3",
			      "recording", 1);

	log_sample_add(&sample, o);
	snprintf(path, sizeof(path), "%s/rec.mp3", dir);
	unlink(path);
	ck_assert_str_eq(code(), "recording-missing");
}
END_TEST

Suite *suite_verify_sound(void)
{
	Suite *s = suite_create("verify_sound");
	TCase *t = tcase_create("files");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, files_as_the_log_names_them_are_right);
	tcase_add_test(t, a_changed_or_missing_master_is_named);
	tcase_add_test(t, a_changed_or_missing_original_is_named);
	tcase_add_test(t, a_removal_that_names_no_recording_removes_none);
	tcase_add_test(t, a_changed_or_missing_recording_is_named);
	tcase_add_test(t, a_recording_that_was_exchanged_before_it_was_closed_is_named);
	tcase_add_test(t, one_that_nothing_has_closed_is_held_to_what_was_vouched_for);
	tcase_add_test(t, the_newest_word_on_a_file_counts);
	tcase_add_test(t, what_was_taken_away_on_purpose_is_not_missed);
	suite_add_tcase(s, t);
	return s;
}
