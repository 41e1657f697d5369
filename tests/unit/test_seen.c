/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/seen.h"

#include "proof/entry.h"
#include "proof/notary.h"
#include "proof/tokens.h"
#include "station/vouching.h"
#include "support/deskcase.h"
#include "support/outside.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define FLIP 30 /* characters before the end of the cosignature's line */

static struct deskcase c;
static struct outside outside;
static struct verdict v;
static struct err e;

static void settings(void)
{
	char lines[512];

	snprintf(lines, sizeof(lines),
		 "evidence: {witnesses: [{name: mot, url: \"%s\", key: \"%s\"}]}\n", outside.url,
		 outside.vkey);
	deskcase_settings(&c, lines);
}

/* A log that a witness has cosigned, and that says so. */
static void setup(void)
{
	static struct vouching job;
	const struct notary_state *log;
	struct witness_facts f = {.witness = "mot", .method = "cosignature"};
	int64_t n;

	deskcase_open(&c);
	outside_open(&outside);
	deskcase_add(&c, "Tin");
	settings();
	log = ledger_state(c.desk.ledger);
	job = (struct vouching){.disk = c.desk.disk, .log = 1, .entries = log->size, .count = 1};
	snprintf(job.vkey, sizeof(job.vkey), "%s", log->vkey);
	struct vouching_one *one = &job.witnesses[0];
	one->asked = true;
	snprintf(one->url, sizeof(one->url), "%s", outside.url);
	snprintf(one->key, sizeof(one->key), "%s", outside.vkey);
	ck_assert(vouching_run(&job, &e) && one->result == VOUCHING_SEEN);
	f.log = job.head.origin;
	f.size = job.head.size;
	f.root = log->root;
	ck_assert(ledger_append(c.desk.ledger, entry_witness_seen(&f, &c.desk.tz), &n, &e));
	f.method = "timestamp";
	ck_assert(ledger_append(c.desk.ledger, entry_witness_seen(&f, &c.desk.tz), &n, &e));
	char path[TOKENS_PATH_BYTES];
	tokens_path("log", f.size, TOKENS_REPLY, path);
	ck_assert(disk_make_dir(c.desk.disk, "log/tsa", &e) &&
		  disk_put(c.desk.disk, path, "x", 1, &e));
	vouching_finish(&job);
	verdict_init(&v);
}

static void teardown(void)
{
	verdict_finish(&v);
	outside_close(&outside);
	deskcase_close(&c);
}

static const char *first_code(bool pack)
{
	struct verify_setup how = {.threads = 1, .running = true};
	struct verify f;

	ck_assert_msg(verify_open(&f, c.desk.disk, &how, &v, &e), "%s", e.text);
	verify_logs(&f, &how, &v);
	seen_verify(&f, pack, &v);
	verify_close(&f);
	return verdict_first(&v) == NULL ? "" : verdict_first(&v)->code;
}

START_TEST(what_is_all_there_says_nothing)
{
	ck_assert_str_eq(first_code(false), "");
	ck_assert_str_eq(first_code(true), "");
}
END_TEST

START_TEST(a_doubt_that_ended_no_log_is_a_warning)
{
	int64_t n;

	ck_assert(ledger_append(c.desk.ledger, entry_witness_doubted("mot", "witness-larger",
								     "vangxa/dai", 5, 9, true),
				&n, &e));
	ck_assert_str_eq(first_code(false), "");
	ck_assert(!verdict_warns(&v)); /* the next log tells */
	ck_assert(ledger_append(c.desk.ledger, entry_witness_doubted("mot", "witness-forked",
								     "vangxa/dai", 5, -1, false),
				&n, &e));
	ck_assert_str_eq(first_code(true), "");
	ck_assert(verdict_warns(&v));
	ck_assert_str_eq(v.notes[v.note_count - 1].code, "forked");
}
END_TEST

START_TEST(witnessed_that_is_gone)
{
	ck_assert(disk_remove(c.desk.disk, "log/witnessed", &e));
	ck_assert_str_eq(first_code(true), "witnessed-missing");
	ck_assert_str_eq(verdict_first(&v)->file, "log/witnessed");
	ck_assert_int_eq(verdict_first(&v)->n, ledger_next(c.desk.ledger) - 2);
}
END_TEST

START_TEST(a_time_stamp_that_is_gone)
{
	char path[TOKENS_PATH_BYTES];

	tokens_path("log", ledger_state(c.desk.ledger)->head - 2, TOKENS_REPLY, path);
	ck_assert(disk_remove(c.desk.disk, path, &e));
	ck_assert_str_eq(first_code(false), "stamp-missing");
	ck_assert_str_eq(verdict_first(&v)->file, path);
	ck_assert_int_eq(verdict_first(&v)->n, ledger_next(c.desk.ledger) - 1);
}
END_TEST

START_TEST(a_cosignature_that_was_changed)
{
	struct buf b = {0};

	ck_assert(disk_read(c.desk.disk, "log/witnessed", NOTE_BYTES_MAX, &b, &e));
	b.data[b.len - FLIP] = b.data[b.len - FLIP] == 'A' ? 'B' : 'A';
	ck_assert(disk_put(c.desk.disk, "log/witnessed", b.data, b.len, &e));
	buf_finish(&b);
	ck_assert_str_eq(first_code(true), ""); /* nobody there knows the key */
	ck_assert_str_eq(first_code(false), "cosignature-wrong");
}
END_TEST

Suite *suite_seen(void);
Suite *suite_seen(void)
{
	Suite *s = suite_create("seen");
	TCase *t = tcase_create("seen");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_is_all_there_says_nothing);
	tcase_add_test(t, a_doubt_that_ended_no_log_is_a_warning);
	tcase_add_test(t, witnessed_that_is_gone);
	tcase_add_test(t, a_time_stamp_that_is_gone);
	tcase_add_test(t, a_cosignature_that_was_changed);
	suite_add_tcase(s, t);
	return s;
}
