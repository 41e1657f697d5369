/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/checkpoint.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct err e;

/* The example of C2SP tlog-checkpoint. */
static const char example[] = "example.com/behind-the-sofa\n20852163\n"
			      "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

START_TEST(the_text_is_that_of_the_specification)
{
	struct checkpoint c;
	struct buf again = {0};

	ck_assert_msg(checkpoint_parse(example, strlen(example), &c, &e), "%s", e.text);
	ck_assert_str_eq(c.origin, "example.com/behind-the-sofa");
	ck_assert_int_eq(c.size, 20852163);
	checkpoint_print(&c, &again);
	ck_assert_str_eq(buf_str(&again), example);
	buf_text(&again, "more\n");
	ck_assert(checkpoint_parse(again.data, again.len, &c, &e));
	buf_finish(&again);
}
END_TEST

START_TEST(other_texts_are_refused)
{
	static const char root[] = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
	static const char *const sizes[] = {"", "-1", "0", "01", "1.0", "x", " 1", "0x1",
					    "9223372036854775808"};
	struct checkpoint c;
	struct buf b = {0};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		buf_reset(&b);
		buf_print(&b, "o\n%s\n%s\n", sizes[i], root);
		ck_assert_msg(!checkpoint_parse(b.data, b.len, &c, &e), "%s", b.data);
	}
	for (size_t len = 0; len < strlen(example); len++)
		ck_assert(!checkpoint_parse(example, len, &c, &e));
	buf_reset(&b);
	buf_print(&b, "%s\n", example);
	ck_assert(!checkpoint_parse(b.data, b.len, &c, &e));
	buf_finish(&b);
}
END_TEST

START_TEST(only_the_logs_own_key_makes_a_head)
{
	uint8_t one[NOTE_SEED_BYTES] = {1}, two[NOTE_SEED_BYTES] = {2};
	struct note_signer log, other;
	struct checkpoint c = {.origin = "vangxa/dai", .size = 5}, read;
	struct buf b = {0};

	note_signer_make(&log, "vangxa/dai", NOTE_ED25519, one);
	note_signer_make(&other, "vangxa/khac", NOTE_ED25519, two);
	struct note_verifier known[] = {log.verifier, other.verifier};
	checkpoint_sign(&c, &log, &b);
	ck_assert_msg(checkpoint_open(b.data, b.len, known, 2, &read, NULL, &e), "%s", e.text);
	ck_assert_int_eq(read.size, 5);
	buf_reset(&b);
	checkpoint_sign(&c, &other, &b); /* a known key, but not this log's */
	ck_assert(!checkpoint_open(b.data, b.len, known, 2, &read, NULL, &e));
	buf_reset(&b);
	snprintf(c.origin, sizeof(c.origin), "vangxa/khac");
	checkpoint_sign(&c, &log, &b); /* another log by this key */
	ck_assert(!checkpoint_open(b.data, b.len, known, 2, &read, NULL, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	buf_finish(&b);
}
END_TEST

Suite *suite_checkpoint(void);
Suite *suite_checkpoint(void)
{
	Suite *s = suite_create("checkpoint");
	TCase *t = tcase_create("checkpoint");

	tcase_add_test(t, the_text_is_that_of_the_specification);
	tcase_add_test(t, other_texts_are_refused);
	tcase_add_test(t, only_the_logs_own_key_makes_a_head);
	suite_add_tcase(s, t);
	return s;
}
