/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Against an authority that is not ours (openssl ts). */
#include "proof/token.h"

#include "support/tmpdir.h"
#include "support/tsa.h"

#include <check.h>
#include <string.h>
#include <time.h>

static const char data[] = "vangxa/dai\n7\nroot\n";
static char dir[64];
static struct buf ca, other, query, reply;
static struct token_parts parts;
static struct token_word word;
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
	tsa_make(dir, &ca, &other);
	ck_assert_msg(token_query(data, sizeof(data) - 1, &query, &e), "%s", e.text);
	tsa_reply(dir, &query, &reply);
	parts = (struct token_parts){data, query.data, reply.data, ca.data, sizeof(data) - 1,
				     query.len, reply.len, ca.len};
}

static void teardown(void)
{
	tmpdir_remove(dir);
	buf_finish(&ca);
	buf_finish(&other);
	buf_finish(&query);
	buf_finish(&reply);
}

START_TEST(a_token_tells_when)
{
	ck_assert_msg(token_check(&parts, &word, &e), "%s", e.text);
	ck_assert(word.trusted);
	ck_assert_int_gt(word.time_s, time(NULL) - 600);
	ck_assert_int_le(word.time_s, time(NULL));
}
END_TEST

START_TEST(without_a_certificate_it_is_not_trusted)
{
	parts.ca_len = 0;
	ck_assert_msg(token_check(&parts, &word, &e), "%s", e.text);
	ck_assert(!word.trusted);
	ck_assert_int_gt(word.time_s, 0);
}
END_TEST

START_TEST(another_certificate_is_a_difference)
{
	parts.ca = other.data;
	parts.ca_len = other.len;
	ck_assert(!token_check(&parts, &word, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	parts.ca = "no certificate";
	parts.ca_len = strlen(parts.ca);
	ck_assert(!token_check(&parts, &word, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
}
END_TEST

START_TEST(a_token_for_other_data_is_none)
{
	parts.data = "vangxa/dai\n8\nroot\n";
	ck_assert(!token_check(&parts, &word, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(two_questions_have_two_nonces)
{
	struct buf again = {0};

	ck_assert(token_query(data, sizeof(data) - 1, &again, &e));
	ck_assert_uint_eq(again.len, query.len);
	ck_assert(memcmp(again.data, query.data, query.len) != 0);
	parts.query = again.data; /* the same imprint: only the nonce differs */
	ck_assert(!token_check(&parts, &word, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	buf_finish(&again);
}
END_TEST

START_TEST(a_refusal_is_told)
{
	/* PKIStatusInfo {rejection (2)}, no token. */
	static const char refused[] = {0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02};

	parts.reply = refused;
	parts.reply_len = sizeof(refused);
	ck_assert(!token_check(&parts, &word, &e));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
}
END_TEST

START_TEST(a_grant_without_a_token_is_none)
{
	static const char empty[] = {0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x00};

	parts.reply = empty;
	parts.reply_len = sizeof(empty);
	ck_assert(!token_check(&parts, &word, &e));
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
}
END_TEST

START_TEST(no_piece_of_an_answer_is_one)
{
	for (size_t len = 0; len < reply.len; len++) {
		parts.reply_len = len;
		ck_assert_msg(!token_check(&parts, &word, &e), "%zu bytes", len);
	}
	buf_add(&reply, "x", 1);
	parts.reply = reply.data;
	parts.reply_len = reply.len;
	ck_assert(!token_check(&parts, &word, &e));
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
}
END_TEST

/* Some bits lie in what nobody signed (a status text, unused fields): what they may not do is make
 * another time of it, or end the process. */
START_TEST(a_changed_bit_never_changes_the_time)
{
	int64_t time_s;

	ck_assert(token_check(&parts, &word, &e));
	time_s = word.time_s;
	for (size_t i = 0; i < reply.len; i++) {
		reply.data[i] ^= (char)(1 << i % 8);
		if (token_check(&parts, &word, &e))
			ck_assert_int_eq(word.time_s, time_s);
		reply.data[i] ^= (char)(1 << i % 8);
	}
}
END_TEST

START_TEST(a_question_that_is_none_is_damaged)
{
	parts.query = "?";
	parts.query_len = 1;
	ck_assert(!token_check(&parts, &word, &e));
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
}
END_TEST

Suite *suite_token(void)
{
	Suite *s = suite_create("token");
	TCase *c = tcase_create("token");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, a_token_tells_when);
	tcase_add_test(c, without_a_certificate_it_is_not_trusted);
	tcase_add_test(c, another_certificate_is_a_difference);
	tcase_add_test(c, a_token_for_other_data_is_none);
	tcase_add_test(c, two_questions_have_two_nonces);
	tcase_add_test(c, a_refusal_is_told);
	tcase_add_test(c, a_grant_without_a_token_is_none);
	tcase_add_test(c, no_piece_of_an_answer_is_one);
	tcase_add_test(c, a_changed_bit_never_changes_the_time);
	tcase_add_test(c, a_question_that_is_none_is_damaged);
	suite_add_tcase(s, c);
	return s;
}
