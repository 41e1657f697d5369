/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/vouching.h"

#include "support/vouchcase.h"

#include <check.h>
#include <string.h>

static void witnessed(struct buf *b)
{
	buf_reset(b);
	ck_assert_msg(disk_read(&vc_disk.disk, "log/witnessed", NOTE_BYTES_MAX, b, &vc_err), "%s",
		      vc_err.text);
}

static int lines_of(const struct buf *b, const char *name)
{
	int count = 0;

	for (const char *at = b->data; (at = strstr(at, name)) != NULL; at++)
		count++;
	return count;
}

START_TEST(what_is_remembered_is_recalled)
{
	struct vouching_memory m = {"vangxa/dai+01234567+AA==", 7, 1, 2, 3}, again;

	ck_assert_msg(vouching_keep(&vc_disk.disk, "mot", &m, &vc_err), "%s", vc_err.text);
	vouching_recall(&vc_disk.disk, "mot", &again);
	ck_assert_str_eq(again.vkey, m.vkey);
	ck_assert_int_eq(again.size, 7);
	ck_assert_int_eq(again.time_s, 1);
	ck_assert_int_eq(again.at_s, 2);
	ck_assert_int_eq(again.told_s, 3);
	vouching_recall(&vc_disk.disk, "hai", &again);
	ck_assert_int_eq(again.size, 0);
	ck_assert(disk_put(&vc_disk.disk, "witness/mot", "{torn", 5, &vc_err));
	vouching_recall(&vc_disk.disk, "mot", &again);
	ck_assert_int_eq(again.size, 0);
	ck_assert_str_eq(again.vkey, "");
}
END_TEST

START_TEST(the_newest_witnessed_head_is_kept_with_all_its_lines)
{
	struct buf b = {0};

	ck_assert_int_eq(vc_ask(0)->result, VOUCHING_SEEN);
	witnessed(&b);
	ck_assert_int_eq(strncmp(b.data, "vangxa/dai\n20\n", 14), 0);
	ck_assert_int_eq(lines_of(&b, "— vangxa/dai "), 1);
	ck_assert_int_eq(lines_of(&b, "— w.example/a "), 1);
	/* Another witness of the same head, and the same one once more. */
	ck_assert_int_eq(vc_ask(0)->result, VOUCHING_SEEN);
	outside_signs_as(&vc_outside, "w.example/b", 5);
	note_verifier_print(&vc_outside.signer.verifier, vc_outside.vkey);
	ck_assert_int_eq(vc_ask(0)->result, VOUCHING_SEEN);
	witnessed(&b);
	ck_assert_int_eq(lines_of(&b, "— w.example/a "), 1);
	ck_assert_int_eq(lines_of(&b, "— w.example/b "), 1);
	/* A newer head has its own. */
	vc_add(3);
	ck_assert_int_eq(vc_ask(20)->result, VOUCHING_SEEN);
	witnessed(&b);
	ck_assert_int_eq(strncmp(b.data, "vangxa/dai\n23\n", 14), 0);
	ck_assert_int_eq(lines_of(&b, "— w.example/a "), 0);
	/* Nobody signs: the old one stays. */
	vc_add(3);
	outside_says(&vc_outside, 500, NULL);
	ck_assert_int_eq(vc_ask(23)->result, VOUCHING_FAULT);
	witnessed(&b);
	ck_assert_int_eq(strncmp(b.data, "vangxa/dai\n23\n", 14), 0);
	buf_finish(&b);
}
END_TEST

START_TEST(a_head_that_is_not_of_the_entries_is_shown_to_nobody)
{
	struct buf b = {0};

	ck_assert(disk_read(&vc_disk.disk, "log/checkpoint", NOTE_BYTES_MAX, &b, &vc_err));
	vc_add(2);
	struct buf now = {0};
	ck_assert(disk_read(&vc_disk.disk, "log/tile/0/000.p/22", 1 << 20, &now, &vc_err));
	now.data[40] ^= 1;
	ck_assert(disk_put(&vc_disk.disk, "log/tile/0/000.p/22", now.data, now.len, &vc_err));
	ck_assert_int_eq(vc_ask(0)->result, VOUCHING_FAULT);
	ck_assert_int_eq(outside_asked(&vc_outside), 0);
	ck_assert(disk_put(&vc_disk.disk, "log/checkpoint", "torn", 4, &vc_err));
	ck_assert_int_eq(vc_ask(0)->result, VOUCHING_FAULT);
	ck_assert_int_eq(outside_asked(&vc_outside), 0);
	buf_finish(&b);
	buf_finish(&now);
}
END_TEST

START_TEST(nobody_who_is_not_due_is_asked)
{
	vc_ask(0);
	int asked = outside_asked(&vc_outside);
	vc_job.witnesses[0].asked = false;
	ck_assert(vouching_run(&vc_job, &vc_err));
	ck_assert_int_eq(outside_asked(&vc_outside), asked);
}
END_TEST

Suite *suite_vouching(void)
{
	Suite *s = suite_create("vouching");
	TCase *c = tcase_create("vouching");

	tcase_add_checked_fixture(c, vc_setup, vc_teardown);
	tcase_add_test(c, what_is_remembered_is_recalled);
	tcase_add_test(c, the_newest_witnessed_head_is_kept_with_all_its_lines);
	tcase_add_test(c, a_head_that_is_not_of_the_entries_is_shown_to_nobody);
	tcase_add_test(c, nobody_who_is_not_due_is_asked);
	suite_add_tcase(s, c);
	return s;
}
