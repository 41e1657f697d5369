/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is blamed, beyond what the thousands of single damages of test_verify.c show. */
#include "base/json.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "proof/stretch.h"
#include "support/log_sample.h"
#include "support/notary_case.h"
#include "support/verify_case.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct verdict v;
static bool vouching; /* the next log names what lies in the one before, as now */

static void begin(void)
{
	case_setup();
	verdict_init(&v);
	vouching = true;
}

static void end(void)
{
	verdict_finish(&v);
	case_teardown();
}

static void append_many(int count)
{
	for (int i = 0; i < count; i++)
		case_append(log_sample_note("x", NULL, "user:1"));
}

static void verify(bool running)
{
	verdict_finish(&v);
	ck_assert(verify_case(case_disk(), NULL, running, &v));
}

/* The newest `count` entries and their hashes vanish, as from a restored disk. */
static void lose_newest(int width)
{
	char path[TILE_PATH_BYTES];

	tile_path("log", TILE_ENTRIES, 0, width, path);
	verify_case_put(case_disk(), path, NULL, 0);
	tile_path("log", 0, 0, width, path);
	verify_case_put(case_disk(), path, NULL, 0);
}

/* An older copy of the folder log/ in its place; head: with the head of then. */
static void restore_older(int was, int now, bool head)
{
	struct buf entries = {0}, hashes = {0}, signed_then = {0};
	char path[TILE_PATH_BYTES];

	tile_path("log", TILE_ENTRIES, 0, was, path);
	verify_case_read(case_disk(), path, &entries);
	tile_path("log", 0, 0, was, path);
	verify_case_read(case_disk(), path, &hashes);
	verify_case_read(case_disk(), "log/checkpoint", &signed_then);
	append_many(now - was);
	notary_close(case_notary);
	case_notary = NULL;
	lose_newest(now);
	tile_path("log", TILE_ENTRIES, 0, was, path);
	verify_case_put(case_disk(), path, entries.data, entries.len);
	tile_path("log", 0, 0, was, path);
	verify_case_put(case_disk(), path, hashes.data, hashes.len);
	if (head)
		verify_case_put(case_disk(), "log/checkpoint", signed_then.data, signed_then.len);
	buf_finish(&entries);
	buf_finish(&hashes);
	buf_finish(&signed_then);
}

/* last: the number of the last entry that is there, as the ledger says; INT64_MIN: as logs were
 * before that was told. */
static void continue_log(int64_t last)
{
	struct notary_state s;

	case_begin();
	s = case_now();
	ck_assert(s.begun);
	bool kept = vouching && last != INT64_MIN;
	struct entry_log_end end = {s.why, s.base, last, s.previous_vkey, s.previous_size,
				    s.previous_root, kept ? s.kept_size : 0, s.kept_root};
	json_t *o = entry_log_continued(&end);
	if (last == INT64_MIN)
		json_object_del(o, "last");
	case_append(o);
}

START_TEST(a_log_cut_short_misses_its_next_entry)
{
	append_many(20);
	restore_older(20, 30, _i == 1);
	verify(false);
	const struct finding *f = verify_case_first(&v);
	ck_assert_str_eq(f->code, "entries-missing");
	ck_assert_int_eq(f->n, 20);
}
END_TEST

/* A log of 20 entries that had 30, and the next, which says so; head: with its head of then. */
static void verify_what_lost_ten(bool head)
{
	append_many(20);
	restore_older(20, 30, head);
	continue_log(19);
	append_many(5);
	verify(false);
}

/* Nobody can look at all that the head there is over, and no word of the station helps. */
START_TEST(what_the_head_is_over_and_is_lost_is_a_difference)
{
	verify_what_lost_ten(false);
	const struct finding *f = verify_case_first(&v);
	ck_assert_str_eq(f->code, "entries-missing");
	ck_assert_int_eq(f->n, 20);
}
END_TEST

START_TEST(what_the_station_said_is_lost_is_told_and_no_difference)
{
	verify_what_lost_ten(true);
	const struct finding *f = verdict_first(&v);
	ck_assert_msg(f == NULL, "%s", f->text);
	ck_assert_int_eq(v.note_count, 1);
	ck_assert_str_eq(v.notes[0].code, "lost");
	ck_assert_int_eq(v.notes[0].count, 10);
	ck_assert_int_eq(v.checks[CHECK_ENTRIES].count, 26);
	ck_assert_int_eq(v.checks[CHECK_CHAIN].count, 1);
}
END_TEST

/* Nothing here has a hash of them; that they were is what the next log says. */
START_TEST(entries_that_only_a_witness_has_seen_are_told_of)
{
	append_many(20);
	ck_assert(heads_doubt(case_disk(), 1, 45, "witness-larger", &case_err));
	notary_close(case_notary);
	case_notary = NULL;
	continue_log(19);
	append_many(2);
	verify(false);
	const struct finding *f = verdict_first(&v);
	ck_assert_msg(f == NULL, "%s", f->text);
	ck_assert_int_eq(v.note_count, 2);
	ck_assert_str_eq(v.notes[0].code, "forked");
	ck_assert_str_eq(v.notes[1].code, "lost-elsewhere");
	ck_assert_int_eq(v.notes[1].count, 25);
	ck_assert_ptr_nonnull(strstr(v.notes[1].text, "20"));
	ck_assert_ptr_nonnull(strstr(v.notes[1].text, "44"));
}
END_TEST

/* Before the next log vouched for what lay there, entries that no head covers were in no pack. */
START_TEST(an_older_pack_owes_nothing_behind_the_signed_head)
{
	vouching = false;
	append_many(20);
	ck_assert(heads_doubt(case_disk(), 1, 45, "witness-larger", &case_err));
	notary_close(case_notary);
	case_notary = NULL;
	continue_log(22);
	verify(false);
	ck_assert_str_eq(verify_case_first(&v)->code, "entries-missing");
	verdict_finish(&v);
	verify_case_pack(case_disk(), &v);
	ck_assert(verdict_first(&v) == NULL);
}
END_TEST

START_TEST(a_log_that_recordings_outlived_is_told_of)
{
	append_many(20);
	ck_assert(heads_doubt(case_disk(), 1, 20, "recording-newer", &case_err));
	notary_close(case_notary);
	case_notary = NULL;
	continue_log(19);
	verify(false);
	ck_assert(verdict_first(&v) == NULL);
	ck_assert_int_eq(v.note_count, 1);
	ck_assert_str_eq(v.notes[0].code, "lost-unknown");
}
END_TEST

/* Whoever takes away more cannot call that lost, too. */
START_TEST(what_was_there_when_the_next_log_began_must_still_be)
{
	append_many(20);
	restore_older(20, 30, true);
	continue_log(25);
	verify(false);
	const struct finding *f = verify_case_first(&v);
	ck_assert_str_eq(f->code, "entries-missing");
	ck_assert_int_eq(f->n, 20);
}
END_TEST

/* As a log from before the last entry was told says it. */
START_TEST(a_log_that_ended_for_its_key_had_all_its_entries)
{
	append_many(20);
	notary_close(case_notary);
	case_notary = NULL;
	verify_case_put(case_disk(), "key", NULL, 0);
	continue_log(INT64_MIN);
	lose_newest(20);
	verify(false);
	const struct finding *f = verify_case_first(&v);
	ck_assert_str_eq(f->code, "entries-missing");
	ck_assert_int_eq(f->n, 0);
}
END_TEST

START_TEST(a_log_that_vanished_is_missed)
{
	append_many(20);
	restore_older(20, 30, false);
	continue_log(19);
	notary_close(case_notary);
	case_notary = NULL;
	verify_case_put(case_disk(), "log-2/tile/entries/000.p/1", NULL, 0);
	verify(false);
	/* Nobody says any more that the end of the first is lost. */
	ck_assert_int_eq(v.finding_count, 2);
	ck_assert_str_eq(v.findings[0].log, "log");
	ck_assert_int_eq(v.findings[0].n, 20);
	ck_assert_str_eq(v.findings[1].log, "log-2");
	ck_assert_int_eq(v.findings[1].n, 30);
}
END_TEST

/* LOG/recent is gone with it: nobody writes, and no cut explains anything. */
static void orderly_end(void)
{
	notary_close(case_notary);
	case_notary = NULL;
}

START_TEST(entries_without_a_signature_are_counted)
{
	struct buf b = {0};

	append_many(10);
	verify_case_read(case_disk(), "log/checkpoint", &b);
	append_many(3);
	verify_case_put(case_disk(), "log/checkpoint", b.data, b.len);
	verify(true);
	ck_assert(verdict_first(&v) == NULL);
	ck_assert_str_eq(v.notes[0].code, "unsigned");
	ck_assert_int_eq(v.notes[0].count, 3);
	orderly_end();
	verify_case_put(case_disk(), "log/checkpoint", b.data, b.len);
	verify(false); /* nobody writes: the station remembers the newer head */
	ck_assert_str_eq(verify_case_first(&v)->code, "checkpoint-old");
	buf_finish(&b);
}
END_TEST

START_TEST(a_log_written_anew_with_all_its_hashes_does_not_pass)
{
	struct disk_sim *other;
	static const char *const stolen[] = {"log/tile/entries/000.p/40", "log/tile/0/000.p/40"};
	struct buf b = {0};

	append_many(40);
	other = verify_case_make(40);
	for (int i = 0; i < 2; i++) {
		verify_case_read(disk_sim_disk(other), stolen[i], &b);
		verify_case_put(case_disk(), stolen[i], b.data, b.len);
	}
	verify(false);
	ck_assert_str_eq(verify_case_first(&v)->code, "root-differs");
	ck_assert_int_eq(verify_case_first(&v)->n, -1);
	buf_finish(&b);
	disk_sim_destroy(other);
}
END_TEST

START_TEST(a_log_signed_anew_differs_from_what_is_remembered)
{
	struct disk_sim *other;
	static const char *const stolen[] = {"log/tile/entries/000.p/40", "log/tile/0/000.p/40",
					     "log/checkpoint", "log/vkey"};
	struct buf b = {0};

	append_many(40);
	other = verify_case_make(40);
	for (int i = 0; i < 4; i++) {
		verify_case_read(disk_sim_disk(other), stolen[i], &b);
		verify_case_put(case_disk(), stolen[i], b.data, b.len);
	}
	verify(false);
	ck_assert_str_eq(verify_case_first(&v)->code, "heads-differ");
	buf_finish(&b);
	disk_sim_destroy(other);
}
END_TEST

static void sign_witnessed(int64_t size, const struct hash *root)
{
	struct checkpoint c = {.size = size, .root = *root};
	struct note_signer s;
	struct buf note = {0};

	snprintf(c.origin, sizeof(c.origin), "%s", case_how.name);
	note_signer_make(&s, case_how.name, NOTE_ED25519, case_how.seed);
	checkpoint_sign(&c, &s, &note);
	verify_case_put(case_disk(), "log/witnessed", note.data, note.len);
	buf_finish(&note);
}

START_TEST(a_head_that_witnesses_saw_is_held_against_the_log)
{
	struct checkpoint head;
	struct hash other = {{1}};

	append_many(40);
	ck_assert(case_head(case_disk(), "log", &head));
	sign_witnessed(40, &head.root);
	verify(false);
	ck_assert_ptr_null(verdict_first(&v));
	sign_witnessed(20, &other);
	verify(false);
	ck_assert_str_eq(verify_case_first(&v)->code, "witnessed-differs");
	sign_witnessed(41, &other);
	verify(false);
	ck_assert_str_eq(verify_case_first(&v)->code, "entries-missing");
	verify_case_put(case_disk(), "log/witnessed", "x\n", 2);
	verify(false);
	ck_assert_str_eq(verify_case_first(&v)->code, "witnessed");
}
END_TEST

START_TEST(who_knows_the_key_is_asked)
{
	struct buf b = {0};
	char key[NOTE_KEY_BYTES];

	append_many(3);
	verify_case_read(case_disk(), "log/vkey", &b);
	snprintf(key, sizeof(key), "%.*s", (int)b.len - 1, b.data);
	verdict_finish(&v);
	ck_assert(verify_case(case_disk(), key, false, &v));
	ck_assert(verdict_first(&v) == NULL);
	verdict_finish(&v);
	ck_assert(!verify_case(case_disk(), "not a key", false, &v));
	struct note_signer stranger;
	const uint8_t seed[NOTE_SEED_BYTES] = {99};
	note_signer_make(&stranger, "vangxa/dai", NOTE_ED25519, seed);
	note_verifier_print(&stranger.verifier, key);
	verdict_finish(&v);
	ck_assert(verify_case(case_disk(), key, false, &v));
	ck_assert_str_eq(verify_case_first(&v)->code, "other-key");
	note_signer_make(&stranger, "somebody", NOTE_ED25519, seed);
	note_verifier_print(&stranger.verifier, key);
	verdict_finish(&v);
	ck_assert(verify_case(case_disk(), key, false, &v));
	ck_assert_str_eq(verify_case_first(&v)->code, "other-key");
	buf_finish(&b);
}
END_TEST

/* What an inspector finds who copies the folder after a power cut. */
START_TEST(what_a_power_cut_left_is_told_and_accuses_nobody)
{
	struct buf b = {0};

	append_many(10);
	orderly_end();
	verify_case_read(case_disk(), "log/tile/entries/000.p/10", &b);
	buf_add(&b, "\0\x40{\"at\":", 8);
	verify_case_put(case_disk(), "log/tile/entries/000.p/10", b.data, b.len);
	verify(false);
	ck_assert(verdict_first(&v) == NULL);
	ck_assert_str_eq(v.notes[0].code, "torn-tail");
	ck_assert_int_eq(v.notes[0].count, 8);
	ck_assert_ptr_nonnull(strstr(v.notes[0].text, "log/tile/entries/000.p/10"));
	buf_add(&b, "\n", 1);
	verify_case_put(case_disk(), "log/tile/entries/000.p/10", b.data, b.len);
	verify(false);
	ck_assert_str_eq(verify_case_first(&v)->code, "foreign-tail");
	ck_assert_int_eq(verify_case_first(&v)->n, 10);
	verify(true);
	ck_assert_str_eq(verify_case_first(&v)->code, "foreign-tail");
	buf_finish(&b);
}
END_TEST

START_TEST(a_key_is_one_line_and_nothing_else)
{
	struct buf b = {0};

	append_many(3);
	verify_case_read(case_disk(), "log/vkey", &b);
	b.data[b.len - 1] = '\0';
	verify_case_put(case_disk(), "log/vkey", b.data, b.len);
	verify(false);
	ck_assert_str_eq(verify_case_first(&v)->code, "vkey");
	buf_finish(&b);
}
END_TEST

/* Its own number stays that of its place, or all entries behind it would be named wrongly. */
START_TEST(a_changed_first_entry_of_a_later_log_is_named_by_its_place)
{
	struct buf b = {0};

	append_many(20);
	restore_older(20, 30, true);
	continue_log(19);
	append_many(5);
	notary_close(case_notary);
	case_notary = NULL;
	verify_case_read(case_disk(), "log-2/tile/entries/000.p/6", &b);
	char *base = memmem(b.data, b.len, "\"base\":30", 9);
	ck_assert_ptr_nonnull(base);
	base[7] = '4';
	verify_case_put(case_disk(), "log-2/tile/entries/000.p/6", b.data, b.len);
	verify(false);
	ck_assert_str_eq(verify_case_first(&v)->code, "entry-changed");
	ck_assert_int_eq(verify_case_first(&v)->n, 30);
	buf_finish(&b);
}
END_TEST

START_TEST(an_append_under_way_is_no_difference)
{
	struct buf b = {0};

	append_many(10);
	orderly_end();
	verify_case_read(case_disk(), "log/tile/entries/000.p/10", &b);
	buf_add(&b, "\0\x40{\"at\":", 8);
	verify_case_put(case_disk(), "log/tile/entries/000.p/10", b.data, b.len);
	verify(true);
	ck_assert(verdict_first(&v) == NULL);
	ck_assert_int_eq(v.note_count, 0);
	buf_finish(&b);
}
END_TEST

Suite *suite_verify_judge(void)
{
	Suite *s = suite_create("verify_judge");
	TCase *t = tcase_create("blame");

	tcase_add_checked_fixture(t, begin, end);
	tcase_add_loop_test(t, a_log_cut_short_misses_its_next_entry, 0, 2);
	tcase_add_test(t, what_the_head_is_over_and_is_lost_is_a_difference);
	tcase_add_test(t, what_the_station_said_is_lost_is_told_and_no_difference);
	tcase_add_test(t, entries_that_only_a_witness_has_seen_are_told_of);
	tcase_add_test(t, an_older_pack_owes_nothing_behind_the_signed_head);
	tcase_add_test(t, a_log_that_recordings_outlived_is_told_of);
	tcase_add_test(t, what_was_there_when_the_next_log_began_must_still_be);
	tcase_add_test(t, a_log_that_ended_for_its_key_had_all_its_entries);
	tcase_add_test(t, a_log_that_vanished_is_missed);
	tcase_add_test(t, what_a_power_cut_left_is_told_and_accuses_nobody);
	tcase_add_test(t, entries_without_a_signature_are_counted);
	tcase_add_test(t, a_log_written_anew_with_all_its_hashes_does_not_pass);
	tcase_add_test(t, a_log_signed_anew_differs_from_what_is_remembered);
	tcase_add_test(t, a_head_that_witnesses_saw_is_held_against_the_log);
	tcase_add_test(t, who_knows_the_key_is_asked);
	tcase_add_test(t, a_key_is_one_line_and_nothing_else);
	tcase_add_test(t, a_changed_first_entry_of_a_later_log_is_named_by_its_place);
	tcase_add_test(t, an_append_under_way_is_no_difference);
	suite_add_tcase(s, t);
	return s;
}
