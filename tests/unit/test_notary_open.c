/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/journal.h"
#include "proof/notary.h"
#include "proof/tile.h"
#include "sys/disk_sim.h"
#include "support/notary_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

START_TEST(a_log_from_before_there_were_heads_gets_one)
{
	struct journal *j;
	int64_t index;

	notary_close(case_notary);
	case_notary = NULL;
	disk_sim_destroy(case_sim);
	case_sim = disk_sim_create();
	ck_assert(journal_open(&j, case_disk(), "log", &case_err));
	for (int i = 0; i < 300; i++) {
		char text[64];
		int len = case_text(i, 0, text);

		ck_assert(journal_append(j, text, (size_t)len, &index, &case_err));
	}
	journal_close(j);
	case_begin();
	case_check("log", 300);
	ck_assert_int_eq(case_now().log, 1);
}
END_TEST

START_TEST(a_torn_or_missing_head_is_signed_again)
{
	case_add(30);
	case_overwrite("log/checkpoint", "vangxa/dai\n30\n", 14);
	case_again();
	case_check("log", 30);
	ck_assert(disk_remove(case_disk(), "log/checkpoint", &case_err));
	case_again();
	case_check("log", 30);
	ck_assert_int_eq(case_now().log, 1);
}
END_TEST

START_TEST(wrong_tiles_are_made_again_from_the_entries)
{
	char zeros[8192] = {0};

	case_add(600);
	case_overwrite("log/tile/0/000", zeros, sizeof(zeros));
	case_again();
	ck_assert_int_eq(case_now().log, 1);
	case_check("log", 600);
}
END_TEST

START_TEST(a_shortened_log_is_never_signed_for_again)
{
	struct buf old = {0};

	case_add(20);
	ck_assert(disk_read(case_disk(), "log/tile/entries/000.p/20", 1 << 20, &old, &case_err));
	case_add(9);
	/* The folder of the log as from a backup; the key and the heads are today's. */
	ck_assert(disk_remove(case_disk(), "log/tile/entries/000.p/29", &case_err));
	ck_assert(disk_remove(case_disk(), "log/checkpoint", &case_err));
	case_overwrite("log/tile/entries/000.p/20", old.data, old.len);
	buf_finish(&old);
	case_again();
	ck_assert_int_eq(case_now().log, 2);
	ck_assert(case_now().begun);
	ck_assert_str_eq(case_now().why, "shortened");
	ck_assert_int_eq(case_now().previous_size, 29);
	ck_assert_int_eq(case_now().base, 29);
	ck_assert(strncmp(case_now().previous_vkey, "vangxa/dai+", 11) == 0);
	case_again(); /* it stays with that, and with what it has to say */
	ck_assert(case_now().begun);
	case_add(3);
	case_check("log-2", 3);
	ck_assert(!case_there("log/checkpoint"));
	case_again();
	ck_assert_int_eq(case_now().log, 2);
	ck_assert_int_eq(case_now().base, 29);
	ck_assert(!case_now().begun);
}
END_TEST

START_TEST(a_log_that_a_witness_has_seen_longer_is_never_signed_for_again)
{
	case_add(5);
	ck_assert(heads_doubt(case_disk(), 1, 9, "witness-larger", &case_err));
	case_again();
	ck_assert_int_eq(case_now().log, 2);
	ck_assert(case_now().begun);
	ck_assert_str_eq(case_now().why, "witness-larger");
	ck_assert_int_eq(case_now().previous_size, 5);
	ck_assert_int_eq(case_now().base, 9); /* no number comes twice */
	case_add(3);
	case_check("log-2", 3);
	case_check("log", 5);
	case_again();
	ck_assert_int_eq(case_now().log, 2);
}
END_TEST

START_TEST(an_older_log_folder_with_its_own_head_is_recognised)
{
	struct disk_sim *before;

	case_add(20);
	before = disk_sim_survivor(case_sim, 1);
	case_add(5);
	/* An image of the whole log folder: older entries, tiles and checkpoint fit together. */
	static const char *const files[] = {"log/tile/entries/000.p/20", "log/checkpoint"};
	ck_assert(disk_remove(case_disk(), "log/tile/entries/000.p/25", &case_err));
	for (size_t i = 0; i < 2; i++) {
		struct buf b = {0};

		ck_assert_msg(disk_read(disk_sim_disk(before), files[i], 1 << 20, &b, &case_err),
			      "%s", case_err.text);
		case_overwrite(files[i], b.data, b.len);
		buf_finish(&b);
	}
	disk_sim_destroy(before);
	case_again();
	ck_assert_str_eq(case_now().why, "shortened");
	ck_assert_int_eq(case_now().previous_size, 25);
	case_check("log", 20);
}
END_TEST

START_TEST(changed_entries_end_the_log)
{
	struct buf b = {0};

	case_add(20);
	ck_assert(disk_read(case_disk(), "log/tile/entries/000.p/20", 1 << 20, &b, &case_err));
	char *where = strstr(b.data + 40, "salt\":0");
	ck_assert_ptr_nonnull(where);
	where[6] = '1';
	case_overwrite("log/tile/entries/000.p/20", b.data, b.len);
	buf_finish(&b);
	case_again();
	ck_assert_int_eq(case_now().log, 2);
	ck_assert_str_eq(case_now().why, "changed");
}
END_TEST

/* Whoever edits one is found by the tiles, which nobody may make anew from what he wrote. */
START_TEST(a_log_that_ended_stays_as_it_is)
{
	static const char *const files[] = {"log/tile/0/000.p/100", "log/recent", "log/checkpoint"};
	struct buf b = {0}, was[3] = {{0}};
	struct notary *dead = case_notary; /* killed: LOG/recent is there */

	case_add(100); /* more than LOG/recent gives back */
	case_notary = NULL;
	ck_assert(disk_read(case_disk(), "log/tile/entries/000.p/100", 1 << 20, &b, &case_err));
	char *where = strstr(b.data + 40, "salt\":0");
	ck_assert_ptr_nonnull(where);
	where[6] = '1';
	case_overwrite("log/tile/entries/000.p/100", b.data, b.len);
	for (int i = 0; i < 3; i++)
		ck_assert(disk_read(case_disk(), files[i], 1 << 20, &was[i], &case_err));
	case_begin();
	ck_assert_str_eq(case_now().why, "changed");
	for (int i = 0; i < 3; i++) {
		buf_reset(&b);
		ck_assert_msg(disk_read(case_disk(), files[i], 1 << 20, &b, &case_err), "%s",
			      case_err.text);
		ck_assert(b.len == was[i].len && memcmp(b.data, was[i].data, b.len) == 0);
		buf_finish(&was[i]);
	}
	buf_finish(&b);
	notary_close(dead);
}
END_TEST

START_TEST(a_held_log_takes_entries_and_signs_nothing_before_it_may)
{
	case_add(5);
	case_how.held = true;
	case_again();
	ck_assert(case_now().held);
	case_add(3);
	ck_assert_int_eq(case_now().size, 8);
	case_check("log", 5);
	case_again(); /* the signer died: it is held as before */
	case_check("log", 5);
	ck_assert_msg(notary_speak(case_notary, &case_err), "%s", case_err.text);
	ck_assert(!case_now().held);
	case_check("log", 8);
	case_add(1);
	case_check("log", 9);
}
END_TEST

START_TEST(a_held_log_that_a_witness_ends_was_never_signed_again)
{
	case_add(5);
	case_how.held = true;
	case_again();
	case_add(3);
	ck_assert(heads_doubt(case_disk(), 1, 9, "witness-larger", &case_err));
	case_again();
	ck_assert_int_eq(case_now().log, 2);
	ck_assert_int_eq(case_now().previous_size, 5);
	ck_assert_int_eq(case_now().base, 9);
	case_check("log", 5);
	case_add(2);
	ck_assert_int_eq(case_now().head, 0);
	ck_assert(notary_speak(case_notary, &case_err));
	case_check("log-2", 2);
}
END_TEST

START_TEST(a_log_that_is_gone_with_its_heads_is_not_begun_again)
{
	struct buf key = {0};

	ck_assert(disk_read(case_disk(), "key", 1000, &key, &case_err));
	notary_close(case_notary);
	case_notary = NULL;
	disk_sim_destroy(case_sim);
	case_sim = disk_sim_create();
	case_overwrite("key", key.data, key.len);
	buf_finish(&key);
	ck_assert(heads_doubt(case_disk(), 1, 47, "view-newer", &case_err));
	case_begin();
	ck_assert_int_eq(case_now().log, 2);
	ck_assert_str_eq(case_now().why, "view-newer");
	ck_assert_int_eq(case_now().base, 47);
	ck_assert(strncmp(case_now().vkey, "vangxa/dai/2+", 13) == 0);
	case_add(1);
	case_again();
	ck_assert_int_eq(case_now().log, 2);
}
END_TEST

START_TEST(without_its_key_the_log_ends)
{
	case_add(20);
	ck_assert(disk_remove(case_disk(), "key", &case_err));
	memset(case_how.seed, 9, sizeof(case_how.seed));
	case_again();
	ck_assert_int_eq(case_now().log, 2);
	ck_assert_str_eq(case_now().why, "key-lost");
	ck_assert_int_eq(case_now().base, 20);
	case_add(2);
	case_check("log-2", 2);
	case_check("log", 20);
	case_overwrite("key", "nonsense\n", 9);
	case_again();
	ck_assert_int_eq(case_now().log, 3);
	ck_assert_int_eq(case_now().base, 22);
}
END_TEST

START_TEST(a_missing_bundle_ends_the_log)
{
	case_add(600);
	ck_assert(disk_remove(case_disk(), "log/tile/entries/001", &case_err));
	case_again();
	ck_assert_int_eq(case_now().log, 2);
	ck_assert_str_eq(case_now().why, "damaged");
	ck_assert_int_eq(case_now().base, 600);
}
END_TEST

START_TEST(without_the_copies_a_later_log_tells_its_base)
{
	case_add(20);
	ck_assert(disk_remove(case_disk(), "key", &case_err));
	case_again();
	static const char first[] = "{\"base\":20,\"n\":0}";
	ck_assert(notary_append(case_notary, first, strlen(first), &case_err));
	notary_close(case_notary);
	case_notary = NULL;
	ck_assert(disk_remove(case_disk(), "heads/2", &case_err));
	case_begin();
	ck_assert_int_eq(case_now().log, 2);
	ck_assert_int_eq(case_now().base, 20);
	case_add(1);
	case_check("log-2", 2);
}
END_TEST

START_TEST(after_kill_the_log_speaks_at_once)
{
	case_add(20);
	/* The process is gone without a word; the machine and its memory of the disk are not. */
	struct notary *dead = case_notary;
	case_notary = NULL;
	case_begin();
	ck_assert_int_eq(case_now().silent_to, 0);
	case_add(1);
	ck_assert_int_eq(case_now().head, 21);
	notary_close(dead);
}
END_TEST

Suite *suite_notary_open(void);
Suite *suite_notary_open(void)
{
	Suite *s = suite_create("notary_open");
	TCase *t = tcase_create("notary_open");

	tcase_add_checked_fixture(t, case_setup, case_teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, a_log_from_before_there_were_heads_gets_one);
	tcase_add_test(t, a_torn_or_missing_head_is_signed_again);
	tcase_add_test(t, wrong_tiles_are_made_again_from_the_entries);
	tcase_add_test(t, a_shortened_log_is_never_signed_for_again);
	tcase_add_test(t, a_log_that_a_witness_has_seen_longer_is_never_signed_for_again);
	tcase_add_test(t, an_older_log_folder_with_its_own_head_is_recognised);
	tcase_add_test(t, changed_entries_end_the_log);
	tcase_add_test(t, a_log_that_ended_stays_as_it_is);
	tcase_add_test(t, a_held_log_takes_entries_and_signs_nothing_before_it_may);
	tcase_add_test(t, a_held_log_that_a_witness_ends_was_never_signed_again);
	tcase_add_test(t, a_log_that_is_gone_with_its_heads_is_not_begun_again);
	tcase_add_test(t, without_its_key_the_log_ends);
	tcase_add_test(t, a_missing_bundle_ends_the_log);
	tcase_add_test(t, without_the_copies_a_later_log_tells_its_base);
	tcase_add_test(t, after_kill_the_log_speaks_at_once);
	suite_add_tcase(s, t);
	return s;
}
