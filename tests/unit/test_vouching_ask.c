/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/vouching_ask.h"

#include "base/json.h"
#include "support/vouchcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static bool says(const struct vouching_one *one, enum saying s)
{
	json_t *said = saying_read(one->fault);
	bool same = one->result == VOUCHING_FAULT &&
		    strcmp(json_get_text(said, "code", ""), saying_code(s)) == 0;

	json_decref(said);
	return same;
}

START_TEST(a_witness_sees_the_head)
{
	struct vouching_one *one = vc_ask(0);

	ck_assert_msg(one->result == VOUCHING_SEEN, "%s", one->fault);
	ck_assert_int_eq(one->time_s, 1795386000);
	ck_assert(one->trusted);
	ck_assert(one->time_believed);
	ck_assert_int_eq(strncmp(outside_body(&vc_outside), "old 0\n\nvangxa/dai\n20\n", 21), 0);
}
END_TEST

START_TEST(what_it_has_seen_is_proven_to_be_the_beginning)
{
	struct vouching_one *one = vc_ask(7);

	ck_assert_int_eq(one->result, VOUCHING_SEEN);
	ck_assert_int_eq(strncmp(outside_body(&vc_outside), "old 7\n", 6), 0);
	ck_assert_ptr_nonnull(strstr(outside_body(&vc_outside), "=\n\nvangxa/dai\n20\n"));
}
END_TEST

START_TEST(another_size_is_asked_for_once)
{
	outside_says(&vc_outside, 409, "5\n");
	struct vouching_one *one = vc_ask(7);
	ck_assert_int_eq(strncmp(outside_body(&vc_outside), "old 5\n", 6), 0);
	ck_assert(says(one, SAYING_WITNESS_STATUS)); /* what it says twice is no answer */
}
END_TEST

START_TEST(a_larger_log_than_ours_is_a_doubt)
{
	outside_says(&vc_outside, 409, "21\n");
	struct vouching_one *one = vc_ask(0);
	ck_assert_int_eq(one->result, VOUCHING_DOUBTED);
	ck_assert_str_eq(one->code, "witness-larger");
	ck_assert_int_eq(one->theirs, 21);
	ck_assert(one->sure); /* this machine */
	outside_says(&vc_outside, 422, NULL);
	one = vc_ask(3);
	ck_assert_str_eq(one->code, "witness-forked");
}
END_TEST

START_TEST(a_head_older_than_what_was_shown_is_not_shown)
{
	struct vouching_one *one = vc_ask(21);

	ck_assert_int_eq(one->result, VOUCHING_NOT_ASKED);
	ck_assert_int_eq(outside_asked(&vc_outside), 0);
}
END_TEST

START_TEST(times_that_cannot_be_are_not_believed)
{
	outside_time(&vc_outside, 1000);
	ck_assert(!vc_ask(0)->time_believed);
	outside_time(&vc_outside, 1795386600 + 2 * 3600);
	ck_assert(!vc_ask(0)->time_believed);
	ck_assert_int_eq(vc_job.witnesses[0].result, VOUCHING_SEEN);
}
END_TEST

START_TEST(strangers_wrong_keys_and_silence_are_told_apart)
{
	outside_says(&vc_outside, 404, NULL);
	ck_assert(says(vc_ask(0), SAYING_WITNESS_STRANGER));
	outside_says(&vc_outside, 500, NULL);
	ck_assert(says(vc_ask(0), SAYING_WITNESS_STATUS));
	outside_says(&vc_outside, 200, NULL);
	outside_signs_as(&vc_outside, "w.example/a", 77);
	ck_assert(says(vc_ask(0), SAYING_WITNESS_WRONG));
	vc_outside.vkey[0] = (char)0;
	ck_assert(says(vc_ask(0), SAYING_WITNESS_KEY));
	note_verifier_print(&vc_outside.signer.verifier, vc_outside.vkey);
	snprintf(vc_outside.url, sizeof(vc_outside.url), "http://127.0.0.1:1");
	ck_assert(says(vc_ask(0), SAYING_WITNESS_UNREACHED));
}
END_TEST

START_TEST(a_page_in_front_of_the_authority_is_no_token)
{
	vc_job = (struct vouching){.disk = &vc_disk.disk, .log = 1};
	struct vouching_one *tsa = &vc_job.tsa;
	tsa->asked = true;
	snprintf(tsa->url, sizeof(tsa->url), "%s", vc_outside.url);
	buf_text(&vc_job.note, "note");
	/* A hotel's network: 200 for everything. */
	outside_says(&vc_outside, 200, "<html>đăng nhập</html>");
	vouching_ask_tsa(&vc_job);
	ck_assert(says(tsa, SAYING_TOKEN_DAMAGED));
	outside_says(&vc_outside, 302, NULL);
	vouching_ask_tsa(&vc_job);
	ck_assert(says(tsa, SAYING_WITNESS_STATUS));
	snprintf(tsa->ca, sizeof(tsa->ca), "none.pem");
	vouching_ask_tsa(&vc_job);
	ck_assert(says(tsa, SAYING_CA_UNREADABLE));
}
END_TEST

Suite *suite_vouching_ask(void)
{
	Suite *s = suite_create("vouching_ask");
	TCase *c = tcase_create("vouching_ask");

	tcase_add_checked_fixture(c, vc_setup, vc_teardown);
	tcase_add_test(c, a_witness_sees_the_head);
	tcase_add_test(c, what_it_has_seen_is_proven_to_be_the_beginning);
	tcase_add_test(c, another_size_is_asked_for_once);
	tcase_add_test(c, a_larger_log_than_ours_is_a_doubt);
	tcase_add_test(c, a_head_older_than_what_was_shown_is_not_shown);
	tcase_add_test(c, times_that_cannot_be_are_not_believed);
	tcase_add_test(c, strangers_wrong_keys_and_silence_are_told_apart);
	tcase_add_test(c, a_page_in_front_of_the_authority_is_no_token);
	suite_add_tcase(s, c);
	return s;
}
