/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/witness.h"

#include <check.h>
#include <string.h>

static struct note_signer station, witness, stranger;
static struct buf checkpoint, body;
static struct witness_asked asked;
static struct witness_word word;

static struct note_signer signer(const char *name, enum note_type type, int number)
{
	uint8_t seed[NOTE_SEED_BYTES] = {(uint8_t)number};
	struct note_signer s;

	note_signer_make(&s, name, type, seed);
	return s;
}

static void setup(void)
{
	struct checkpoint c = {.origin = "vangxa/dai", .size = 7};

	station = signer("vangxa/dai", NOTE_ED25519, 1);
	witness = signer("w.example/a", NOTE_COSIGNATURE, 2);
	stranger = signer("w.example/b", NOTE_COSIGNATURE, 3);
	checkpoint_sign(&c, &station, &checkpoint);
	asked = (struct witness_asked){.checkpoint = checkpoint.data, .len = checkpoint.len,
				       .size = 7, .old = 3, .entries = 9,
				       .key = &witness.verifier};
}

static void teardown(void)
{
	buf_finish(&checkpoint);
	buf_finish(&body);
	buf_finish(&word.lines);
}

static enum witness_code judge(int status, const char *text)
{
	buf_finish(&word.lines);
	witness_judge(&asked, status, text, strlen(text), &word);
	return word.code;
}

static size_t text_len(void)
{
	return (size_t)(strstr(checkpoint.data, "\n\n") + 1 - checkpoint.data);
}

START_TEST(a_request_is_the_old_size_the_proof_and_the_checkpoint)
{
	const struct hash path[2] = {{{1}}, {{2}}};

	witness_request(3, path, 2, "note\n", 5, &body);
	ck_assert_str_eq(buf_str(&body), "old 3\n"
					 "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
					 "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
					 "\nnote\n");
	buf_reset(&body);
	witness_request(0, NULL, 0, "note\n", 5, &body);
	ck_assert_str_eq(buf_str(&body), "old 0\n\nnote\n");
}
END_TEST

START_TEST(a_cosignature_by_the_known_key_counts_and_others_are_left_out)
{
	note_sign(&stranger, checkpoint.data, text_len(), 1700000001, &body);
	size_t begin = body.len;
	note_sign(&witness, checkpoint.data, text_len(), 1700000000, &body);
	ck_assert_int_eq(judge(200, buf_str(&body)), WITNESS_SIGNED);
	ck_assert_int_eq(word.time_s, 1700000000);
	ck_assert_str_eq(buf_str(&word.lines), buf_str(&body) + begin);
}
END_TEST

START_TEST(no_cosignature_is_no_answer)
{
	ck_assert_int_eq(judge(200, ""), WITNESS_FAULTY);
	ck_assert_int_eq(judge(200, "\n"), WITNESS_FAULTY);
	ck_assert_int_eq(judge(200, "— w.example/a AAAA\n"), WITNESS_FAULTY);
	ck_assert_int_eq(judge(200, "<html>login</html>\n"), WITNESS_FAULTY);
	note_sign(&stranger, checkpoint.data, text_len(), 5, &body);
	ck_assert_int_eq(judge(200, buf_str(&body)), WITNESS_FAULTY);
	buf_reset(&body);
	note_sign(&witness, "other text\n", 11, 1700000000, &body);
	ck_assert_int_eq(judge(200, buf_str(&body)), WITNESS_FAULTY);
	buf_reset(&body);
	note_sign(&witness, checkpoint.data, text_len(), 0, &body);
	ck_assert_int_eq(judge(200, buf_str(&body)), WITNESS_FAULTY);
	buf_reset(&body);
	note_sign(&witness, checkpoint.data, text_len(), 1700000000, &body);
	for (size_t cut = 0; cut < body.len; cut++) {
		buf_finish(&word.lines);
		witness_judge(&asked, 200, body.data, cut, &word);
		ck_assert_int_eq(word.code, WITNESS_FAULTY);
	}
}
END_TEST

START_TEST(every_single_bit_of_a_cosignature_counts)
{
	note_sign(&witness, checkpoint.data, text_len(), 1700000000, &body);
	for (size_t i = 0; i + 1 < body.len; i++) {
		struct buf b = {0};
		buf_add(&b, body.data, body.len);
		b.data[i] ^= 1;
		buf_finish(&word.lines);
		witness_judge(&asked, 200, b.data, b.len, &word);
		ck_assert_int_ne(word.code, WITNESS_SIGNED);
		buf_finish(&b);
	}
}
END_TEST

START_TEST(what_it_knows_is_held_against_the_log)
{
	ck_assert_int_eq(judge(409, "5\n"), WITNESS_BEHIND);
	ck_assert_int_eq(word.size, 5);
	ck_assert_int_eq(judge(409, "9\n"), WITNESS_BEHIND); /* signed, and not in this head yet */
	ck_assert_int_eq(judge(409, "10\n"), WITNESS_LARGER);
	ck_assert_int_eq(word.size, 10);
	ck_assert_int_eq(judge(409, "3\n"), WITNESS_FAULTY); /* what we said ourselves */
	asked.old = 7;
	ck_assert_int_eq(judge(409, "7\n"), WITNESS_FORKED);
	ck_assert_int_eq(judge(422, ""), WITNESS_FORKED);
}
END_TEST

START_TEST(sizes_that_are_none_are_no_answer)
{
	static const char *const texts[] = {"", "\n", "5", "05\n", "-1\n", "5 \n", " 5\n", "5\n\n",
					    "5x\n", "99999999999999999999\n", "1e9\n"};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		ck_assert_msg(judge(409, texts[i]) == WITNESS_FAULTY, "\"%s\"", texts[i]);
}
END_TEST

START_TEST(other_answers_say_what_they_are)
{
	static char much[WITNESS_REPLY_BYTES_MAX + 2];

	ck_assert_int_eq(judge(404, "?"), WITNESS_STRANGER);
	ck_assert_int_eq(judge(403, "?"), WITNESS_STRANGER);
	ck_assert_int_eq(judge(400, "?"), WITNESS_FAULTY);
	ck_assert_int_eq(judge(301, "?"), WITNESS_FAULTY);
	ck_assert_int_eq(judge(500, "?"), WITNESS_FAULTY);
	memset(much, '5', sizeof(much) - 1);
	ck_assert_int_eq(judge(422, much), WITNESS_FAULTY);
}
END_TEST

START_TEST(lines_are_found_under_a_note)
{
	const char *lines = witness_lines(checkpoint.data, checkpoint.len);

	ck_assert_ptr_nonnull(lines);
	ck_assert_int_eq(strncmp(lines, "— vangxa/dai ", strlen("— vangxa/dai ")), 0);
	ck_assert_ptr_null(witness_lines("a\nb\n", 4));
	ck_assert_ptr_null(witness_lines("", 0));
}
END_TEST

Suite *suite_witness(void)
{
	Suite *s = suite_create("witness");
	TCase *c = tcase_create("witness");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, a_request_is_the_old_size_the_proof_and_the_checkpoint);
	tcase_add_test(c, a_cosignature_by_the_known_key_counts_and_others_are_left_out);
	tcase_add_test(c, no_cosignature_is_no_answer);
	tcase_add_test(c, every_single_bit_of_a_cosignature_counts);
	tcase_add_test(c, what_it_knows_is_held_against_the_log);
	tcase_add_test(c, sizes_that_are_none_are_no_answer);
	tcase_add_test(c, other_answers_say_what_they_are);
	tcase_add_test(c, lines_are_found_under_a_note);
	suite_add_tcase(s, c);
	return s;
}
