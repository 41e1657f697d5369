/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/registers.h"
#include "proof/verify_view.h"
#include "support/log_sample.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static char dir[64], path[96];
static struct log_sample sample;
static struct verdict v;
static struct err e;

static void fill(void)
{
	struct bulletin b = log_sample_bulletin("Lịch tiêm chủng");
	struct airing_facts f;
	char airing[ID_BYTES];

	log_sample_add(&sample, entry_bulletin_received(&b, b.sha256, json_array(), "user:3"));
	log_sample_add(&sample, entry_bulletin_approved("B0", b.sha256, "12", NULL, "user:7"));
	for (int i = 0; i < 5; i++) {
		f = log_sample_airing("B0", LOG_SAMPLE_START);
		entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)),
			 airing);
		f.airing = airing;
		log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	}
	log_sample_add(&sample, entry_recording_closed("aircheck/x.mp3", b.sha256, "z",
						       LOG_SAMPLE_START, LOG_SAMPLE_START, 5,
						       &sample.tz));
	log_sample_add(&sample, registers_entry("products", json_pack("{s:{s:s}}", "SP1", "title",
								      "Video"), "user:7", "",
						NULL, NULL));
}

static void setup(void)
{
	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/view.sqlite", dir);
	log_sample_open(&sample, path);
	fill();
	verdict_init(&v);
}

static void teardown(void)
{
	verdict_finish(&v);
	log_sample_close(&sample);
	tmpdir_remove(dir);
}

/* All differences of the view that are found now. */
static int64_t differ(void)
{
	struct verify_setup how = {.threads = 1};
	struct verify all;
	struct view *made;

	verdict_finish(&v);
	verdict_init(&v);
	ck_assert_msg(verify_open(&all, disk_sim_disk(sample.disk), &how, &v, &e), "%s", e.text);
	ck_assert_msg(verify_view(&all, path, &v, &made, &e), "%s", e.text);
	ck_assert_int_eq(made->applied, 14);
	view_close(made);
	verify_close(&all);
	return v.checks[CHECK_VIEW].differ;
}

static void change(const char *sql)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql,
		      sqlite3_errmsg(db));
	sqlite3_close(db);
}

static const struct finding *found(void)
{
	for (int i = 0; i < v.finding_count; i++)
		if (v.findings[i].check == CHECK_VIEW)
			return &v.findings[i];
	return NULL;
}

START_TEST(the_view_that_the_ledger_made_is_right)
{
	ck_assert_int_eq(differ(), 0);
	ck_assert_int_gt(v.checks[CHECK_VIEW].count, 14 + 1 + 5 + 1 + 1 + 1);
}
END_TEST

START_TEST(a_changed_row_is_named_with_its_entry)
{
	static const struct {
		const char *sql, *words;
		int64_t n;
	} changes[] = {
		{"UPDATE airings SET result = 'cut' WHERE n = 4", "result", 4},
		{"UPDATE airings SET complete = 0.99 WHERE n = 2", "complete", 2},
		{"UPDATE airings SET loudness_lufs = NULL WHERE n = 6", "loudness_lufs", 6},
		{"DELETE FROM airings WHERE n = 8", "airings", 8},
		{"UPDATE bulletins SET title = 'x'", "title", 0},
		{"UPDATE events SET text = text || ' ' WHERE n = 1", "text", 1},
		{"INSERT INTO events VALUES(99, 0, 'note.added', '', '')", "events", 99},
		{"UPDATE recordings SET sha256 = 'x'", "sha256", 12},
		{"UPDATE registers SET fields = '{}'", "fields", 13},
		{"UPDATE aired SET times = 4", "aired", -1},
		{"UPDATE progress SET last_sha256 = 'x'", "progress", -1},
		{"CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM aired; END", "schema",
		 -1},
		{"DROP INDEX airings_open", "schema", -1}};

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		teardown();
		setup();
		change(changes[i].sql);
		ck_assert_msg(differ() > 0, "%s", changes[i].sql);
		ck_assert_msg(found()->n == changes[i].n, "%s: %lld", changes[i].sql,
			      (long long)found()->n);
		ck_assert_msg(strstr(found()->text, changes[i].words) != NULL, "%s: %s",
			      changes[i].sql, found()->text);
	}
}
END_TEST

static bool hash_one(int64_t n, const char *text, size_t len, void *arg)
{
	(void)n;
	view_hash(text, len, arg);
	return false;
}

START_TEST(a_view_that_lags_is_told_and_no_difference)
{
	char sql[400], sha256[SHA256_HEX_BYTES];

	ck_assert(ledger_read(sample.ledger, 12, 13, hash_one, sha256, &e));
	snprintf(sql, sizeof(sql), "DELETE FROM registers; DELETE FROM events WHERE n = 13;"
		 " UPDATE progress SET applied = 13, last_sha256 = '%s'", sha256);
	change(sql);
	ck_assert_int_eq(differ(), 0);
	ck_assert_str_eq(v.notes[v.note_count - 1].code, "view-behind");
	ck_assert_int_eq(v.notes[v.note_count - 1].count, 1);
}
END_TEST

START_TEST(a_missing_or_broken_file_is_told)
{
	FILE *f;

	view_remove(path);
	ck_assert_int_eq(differ(), 0);
	ck_assert_str_eq(v.notes[v.note_count - 1].code, "no-view");
	f = fopen(path, "w");
	ck_assert(f != NULL && fputs("no database, and longer than its header would be", f) > 0);
	fclose(f);
	ck_assert_int_eq(differ(), 1);
	ck_assert_str_eq(found()->code, "view-damaged");
}
END_TEST

/* SQLite would wait for a writer. */
START_TEST(a_pipe_for_a_view_is_told_and_not_waited_for)
{
	view_remove(path);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_int_eq(differ(), 1);
	ck_assert_str_eq(found()->code, "view-damaged");
	ck_assert_ptr_nonnull(strstr(found()->text, path));
}
END_TEST

Suite *suite_verify_view(void)
{
	Suite *s = suite_create("verify_view");
	TCase *t = tcase_create("rows");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, the_view_that_the_ledger_made_is_right);
	tcase_add_test(t, a_changed_row_is_named_with_its_entry);
	tcase_add_test(t, a_view_that_lags_is_told_and_no_difference);
	tcase_add_test(t, a_missing_or_broken_file_is_told);
	tcase_add_test(t, a_pipe_for_a_view_is_told_and_not_waited_for);
	suite_add_tcase(s, t);
	return s;
}
