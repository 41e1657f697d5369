/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "proof/bundle.h"
#include "proof/entry.h"
#include "proof/heads.h"
#include "proof/merkle.h"
#include "proof/notary.h"
#include "support/log_sample.h"
#include "support/notary_case.h"
#include "support/verify_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define SIGNED 20 /* entries; behind them HELD that were written while the witness was asked */
#define HELD 6
#define SEEN 45 /* by the witness */

static struct verdict v;
static struct buf bytes;

static void begin(void)
{
	case_setup();
	verdict_init(&v);
	text_speak(TEXT_EN);
}

static void end(void)
{
	text_speak(TEXT_OWN);
	buf_finish(&bytes);
	verdict_finish(&v);
	case_teardown();
}

static void append_many(int count)
{
	for (int i = 0; i < count; i++)
		case_append(log_sample_note("x", NULL, "user:1"));
}

static void verify(void)
{
	verdict_finish(&v);
	ck_assert(verify_case(case_disk(), NULL, false, &v));
}

static void close_log(void)
{
	notary_close(case_notary);
	case_notary = NULL;
}

/* The log ends for what somebody outside has said, with entries that no head covers. */
static void end_held(const char *why, int64_t theirs)
{
	append_many(SIGNED);
	close_log();
	case_how.held = true;
	case_begin();
	append_many(HELD);
	ck_assert_int_eq(case_now().head, SIGNED);
	ck_assert(heads_doubt(case_disk(), 1, theirs, why, &case_err));
	close_log();
	case_how.held = false;
	case_begin();
	ck_assert(case_now().begun);
}

static void go_on(bool vouching)
{
	struct notary_state s = case_now();
	struct entry_log_end e = {s.why, s.base, SIGNED + HELD - 1, s.previous_vkey,
				  s.previous_size, s.previous_root, vouching ? s.kept_size : 0,
				  s.kept_root};

	case_append(entry_log_continued(&e));
	append_many(2);
	close_log();
}

static const struct verdict_note *note(const char *code)
{
	for (int i = 0; i < v.note_count; i++)
		if (strcmp(v.notes[i].code, code) == 0)
			return &v.notes[i];
	ck_abort_msg("no note %s", code);
}

static void path_of(int level, char path[static TILE_PATH_BYTES])
{
	tile_path("log", level, 0, SIGNED + HELD, path);
}

/* Entry `index` says something else, and its hash is the one of that. */
static void forge(int index, bool hash_too)
{
	char path[TILE_PATH_BYTES];
	struct hash leaf;
	const char *text;
	size_t at = 0, len;

	path_of(TILE_ENTRIES, path);
	verify_case_read(case_disk(), path, &bytes);
	for (int i = 0; i <= index; i++)
		ck_assert(bundle_next(bytes.data, bytes.len, &at, &text, &len));
	char *changed = strstr((char *)text, "\"x\"");
	ck_assert_ptr_nonnull(changed);
	changed[1] = 'y';
	merkle_leaf(text, len + 1, &leaf);
	verify_case_put(case_disk(), path, bytes.data, bytes.len);
	if (!hash_too)
		return;
	path_of(0, path);
	verify_case_read(case_disk(), path, &bytes);
	memcpy(bytes.data + index * HASH_BYTES, leaf.bytes, HASH_BYTES);
	verify_case_put(case_disk(), path, bytes.data, bytes.len);
}

START_TEST(what_was_written_while_the_witness_was_asked_is_vouched_for)
{
	end_held("witness-larger", SEEN);
	ck_assert_int_eq(case_now().kept_size, SIGNED + HELD);
	go_on(true);
	verify();
	ck_assert_msg(verdict_first(&v) == NULL, "%s", verdict_first(&v)->text);
	ck_assert_int_eq(note("vouched")->count, HELD);
	ck_assert_int_eq(note("lost-elsewhere")->count, SEEN - SIGNED);
	ck_assert_ptr_nonnull(strstr(note("lost-elsewhere")->text, "entries 20 to 44"));
	ck_assert_int_eq(note("same-numbers")->count, HELD);
	ck_assert_ptr_nonnull(strstr(note("same-numbers")->text, "entries 20 to 25"));
	ck_assert(note("forked")->grave);
}
END_TEST

/* Nobody needs a key for that: no head reaches so far. */
START_TEST(such_an_entry_cannot_be_written_anew)
{
	end_held("witness-larger", SEEN);
	go_on(true);
	forge(SIGNED + 2, true);
	verify();
	ck_assert_str_eq(verify_case_first(&v)->code, "previous-root");
	ck_assert_str_eq(verify_case_first(&v)->log, "log-2");
}
END_TEST

START_TEST(the_entry_that_was_changed_is_named)
{
	end_held("witness-larger", SEEN);
	go_on(true);
	forge(SIGNED + 3, false);
	verify();
	ck_assert_str_eq(verify_case_first(&v)->code, "entry-changed");
	ck_assert_int_eq(verify_case_first(&v)->n, SIGNED + 3);
}
END_TEST

START_TEST(its_hash_alone_is_the_tiles_fault)
{
	char path[TILE_PATH_BYTES];

	end_held("witness-larger", SEEN);
	go_on(true);
	path_of(0, path);
	verify_case_read(case_disk(), path, &bytes);
	bytes.data[(SIGNED + 1) * HASH_BYTES] ^= 1;
	verify_case_put(case_disk(), path, bytes.data, bytes.len);
	verify();
	ck_assert_str_eq(verify_case_first(&v)->code, "tile-differs");
	ck_assert_int_eq(verify_case_first(&v)->n, SIGNED + 1);
}
END_TEST

START_TEST(one_more_entry_is_nobodys_word)
{
	char path[TILE_PATH_BYTES];
	struct buf more = {0};
	size_t at = 0, len;
	const char *text;

	end_held("witness-larger", SEEN);
	go_on(true);
	path_of(TILE_ENTRIES, path);
	verify_case_read(case_disk(), path, &more);
	ck_assert(bundle_next(more.data, more.len, &at, &text, &len));
	buf_reset(&bytes);
	buf_add(&bytes, more.data, at);
	buf_add(&more, bytes.data, bytes.len);
	verify_case_put(case_disk(), path, more.data, more.len);
	verify();
	bool found = false;
	for (int i = 0; i < v.finding_count; i++)
		found = found || (strcmp(v.findings[i].code, "entry-added") == 0 &&
				  v.findings[i].n == SIGNED + HELD);
	ck_assert(found);
	buf_finish(&more);
}
END_TEST

/* Logs from before the first entry vouched for anything. */
START_TEST(a_tail_that_nobody_vouches_for_is_told_as_such)
{
	end_held("witness-larger", SEEN);
	go_on(false);
	verify();
	ck_assert(verdict_first(&v) == NULL);
	ck_assert_int_eq(note("unsigned")->count, HELD);
	ck_assert_ptr_nonnull(strstr(note("unsigned")->text, "never"));
}
END_TEST

START_TEST(two_logs_under_one_name_are_a_warning)
{
	end_held("witness-forked", SIGNED);
	go_on(true);
	verify();
	ck_assert(verdict_first(&v) == NULL);
	ck_assert(note("forked")->grave);
	ck_assert(verdict_warns(&v));
}
END_TEST

Suite *suite_verify_next(void)
{
	Suite *s = suite_create("verify_next");
	TCase *t = tcase_create("tail");

	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, what_was_written_while_the_witness_was_asked_is_vouched_for);
	tcase_add_test(t, such_an_entry_cannot_be_written_anew);
	tcase_add_test(t, the_entry_that_was_changed_is_named);
	tcase_add_test(t, its_hash_alone_is_the_tiles_fault);
	tcase_add_test(t, one_more_entry_is_nobodys_word);
	tcase_add_test(t, a_tail_that_nobody_vouches_for_is_told_as_such);
	tcase_add_test(t, two_logs_under_one_name_are_a_warning);
	suite_add_tcase(s, t);
	return s;
}
