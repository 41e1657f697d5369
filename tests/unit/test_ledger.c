/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/ledger.h"
#include "proof/view_schema.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/journal.h"
#include "proof/signer.h"
#include "proof/tile.h"
#include "proof/view.h"
#include "support/log_sample.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char root[64], view_path[96];
static struct disk_real disk;
static struct clock_sim now;
static struct tz tz;
static struct ledger *l;
static const struct notary_setup how = {.name = "vangxa/dai", .boot = "boot", .seed = {1}};
static struct err e;

static void open_ledger(void)
{
	ck_assert_msg(ledger_open(&l, &disk.disk, signer_here(&disk.disk, &how), view_path,
				  &now.clock, &tz, &e), "%s", e.text);
}

static void reopen(void)
{
	ledger_close(l);
	open_ledger();
}

static void setup(void)
{
	tmpdir_make(root);
	snprintf(view_path, sizeof(view_path), "%s/view.sqlite", root);
	ck_assert(disk_real_open(&disk, root, &e));
	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	/* 2026-11-23T05:30:00+07:00 */
	clock_sim_init(&now, (struct wall){INT64_C(1795386600) * NS_PER_S});
	open_ledger();
}

static void teardown(void)
{
	ledger_close(l);
	disk_real_close(&disk);
	tmpdir_remove(root);
}

static int64_t note(const char *text)
{
	int64_t n;

	ck_assert_msg(ledger_append(l, log_sample_note(text, NULL, "user:7"), &n, &e), "%s",
		      e.text);
	return n;
}

static bool keep_text(int64_t n, const char *text, size_t len, void *arg)
{
	(void)n;
	snprintf(arg, 1000, "%.*s", (int)len, text);
	return false;
}

START_TEST(entry_is_stamped_and_canonical)
{
	char text[1000];
	struct journal *j;
	struct wall last;

	now.now_state = (struct clock_state){true, 16.1, "kernel"};
	ck_assert(!ledger_last_time(l, &last));
	ck_assert_int_eq(note("xin chào"), 0);
	ck_assert_int_eq(ledger_next(l), 1);
	ck_assert(ledger_last_time(l, &last));
	ck_assert_int_eq(last.ns, now.now_wall.ns);
	ledger_close(l);
	ck_assert(journal_open(&j, &disk.disk, LOG_DIR, &e));
	ck_assert(journal_read(j, 0, 1, keep_text, text, &e));
	journal_close(j);
	open_ledger();
	ck_assert_str_eq(text, "{\"airing\":null,\"at\":\"2026-11-23T05:30:00.000+07:00\","
			       "\"clock\":{\"max_error_ms\":16.1,\"source\":\"kernel\","
			       "\"synced\":true},"
			       "\"kind\":\"note.added\",\"n\":0,\"text\":\"xin chào\","
			       "\"who\":\"user:7\"}");
	ck_assert(ledger_last_time(l, &last));
	ck_assert_int_eq(last.ns, now.now_wall.ns);
}
END_TEST

static int64_t in_view(const char *sql)
{
	sqlite3_stmt *s;

	ck_assert_int_eq(sqlite3_prepare_v2(ledger_view(l)->db, sql, -1, &s, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	int64_t value = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return value;
}

static void overwrite(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	ck_assert(f != NULL && fputs(text, f) >= 0 && fclose(f) == 0);
}

START_TEST(view_is_made_anew_when_missing_or_damaged)
{
	for (int i = 0; i < 300; i++)
		note("một");
	ledger_close(l);
	view_remove(view_path);
	open_ledger();
	ck_assert_int_eq(in_view("SELECT count(*) FROM events"), 300);
	ledger_close(l);
	view_remove(view_path);
	overwrite(view_path, "this is not a database, and long enough to be looked at as one");
	open_ledger();
	ck_assert_int_eq(in_view("SELECT count(*) FROM events"), 300);
	ck_assert_int_eq(sqlite3_exec(ledger_view(l)->db, "PRAGMA user_version=99", 0, 0, 0), 0);
	reopen();
	ck_assert_int_eq(in_view("PRAGMA user_version"), VIEW_VERSION);
}
END_TEST

START_TEST(view_of_another_log_or_ahead_is_thrown_away)
{
	char log[96], away[96];

	snprintf(log, sizeof(log), "%s/log", root);
	snprintf(away, sizeof(away), "%s/log.away", root);
	note("cũ 0");
	note("cũ 1");
	ledger_close(l);
	ck_assert_int_eq(rename(log, away), 0);
	open_ledger(); /* ahead: two entries in the view, none in the log */
	ck_assert_int_eq(in_view("SELECT count(*) FROM events"), 0);
	/* The log that was signed is not there: another has begun, and says so first. */
	ck_assert_int_eq(note("mới 0"), 3);
	note("mới 1");
	note("mới 2");
	ck_assert_int_eq(in_view("SELECT n FROM events WHERE kind = 'log.continued'"), 2);
	ledger_close(l);
	char other[96];
	snprintf(other, sizeof(other), "%s/log.other", root);
	ck_assert_int_eq(rename(log, other), 0);
	ck_assert_int_eq(rename(away, log), 0);
	open_ledger(); /* the old one is there again: the view lacks it, and is made anew */
	ck_assert_int_eq(note("mới 3"), 6);
	ck_assert_int_eq(in_view("SELECT count(*) FROM events WHERE text LIKE '%cũ%'"), 2);
	ck_assert_int_eq(in_view("SELECT count(*) FROM events"), 7);
}
END_TEST

START_TEST(a_log_that_must_not_go_on_is_followed_by_the_next)
{
	note("một");
	note("hai");
	ck_assert(heads_doubt(&disk.disk, 1, 5, "witness-larger", &e));
	ck_assert_msg(ledger_reopen(l, &e), "%s", e.text);
	ck_assert_int_eq(ledger_state(l)->log, 2);
	ck_assert_int_eq(note("ba"), 6); /* behind log.continued, which has number 5 */
	ck_assert_int_eq(in_view("SELECT n FROM events WHERE kind = 'log.continued'"), 5);
	ck_assert_int_eq(in_view("SELECT count(*) FROM events"), 4);
}
END_TEST

/* No room for the copy is no reason to be silent. */
START_TEST(a_view_that_cannot_be_made_is_kept_in_memory)
{
	char kept[sizeof(view_path)];

	note("một");
	ledger_close(l);
	snprintf(kept, sizeof(kept), "%s", view_path);
	snprintf(view_path, sizeof(view_path), "/khong/co/view.sqlite");
	open_ledger();
	ck_assert(!ledger_view_stale(l) && ledger_view_in_memory(l));
	note("hai");
	ck_assert_int_eq(in_view("SELECT count(*) FROM events"), 2);
	ledger_close(l);
	snprintf(view_path, sizeof(view_path), "%s", kept);
	open_ledger();
	ck_assert(!ledger_view_in_memory(l));
	ck_assert_int_eq(in_view("SELECT count(*) FROM events"), 2);
}
END_TEST

START_TEST(locked_view_never_fails_an_append)
{
	sqlite3 *other;

	note("trước");
	ck_assert_int_eq(sqlite3_open(view_path, &other), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(other, "BEGIN IMMEDIATE", 0, 0, 0), SQLITE_OK);
	sqlite3_busy_timeout(ledger_view(l)->db, 1);
	ck_assert_int_eq(note("trong khi khóa"), 1);
	ck_assert(ledger_view_stale(l));
	sqlite3_exec(other, "ROLLBACK", 0, 0, 0);
	sqlite3_close(other);
	ck_assert_int_eq(note("sau"), 2);
	ck_assert(!ledger_view_stale(l));
	ck_assert_int_eq(in_view("SELECT count(*) FROM events"), 3);
}
END_TEST

START_TEST(too_long_an_entry_is_refused)
{
	char text[ENTRY_BYTES_MAX + 1];
	int64_t n;

	memset(text, 'a', sizeof(text));
	text[ENTRY_BYTES_MAX] = '\0';
	ck_assert(!ledger_append(l, log_sample_note(text, NULL, NULL), &n, &e));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
	ck_assert_int_eq(ledger_next(l), 0);
	ck_assert_int_eq(note("ngắn"), 0);
}
END_TEST

START_TEST(rebuild_counts)
{
	int64_t entries;

	note("a");
	note("b");
	ledger_close(l);
	ck_assert(ledger_rebuild(&disk.disk, view_path, &entries, &e));
	ck_assert_int_eq(entries, 2);
	open_ledger();
	ck_assert_int_eq(in_view("SELECT applied FROM progress"), 2);
}
END_TEST

Suite *suite_ledger(void);
Suite *suite_ledger(void)
{
	Suite *s = suite_create("ledger");
	TCase *t = tcase_create("ledger");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, entry_is_stamped_and_canonical);
	tcase_add_test(t, view_is_made_anew_when_missing_or_damaged);
	tcase_add_test(t, view_of_another_log_or_ahead_is_thrown_away);
	tcase_add_test(t, a_log_that_must_not_go_on_is_followed_by_the_next);
	tcase_add_test(t, a_view_that_cannot_be_made_is_kept_in_memory);
	tcase_add_test(t, locked_view_never_fails_an_append);
	tcase_add_test(t, too_long_an_entry_is_refused);
	tcase_add_test(t, rebuild_counts);
	suite_add_tcase(s, t);
	return s;
}
