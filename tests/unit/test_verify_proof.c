/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verify_proof.h"

#include "base/text.h"
#include "proof/notary.h"
#include "proof/prove.h"
#include "support/notary_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct buf proof;
static char key[NOTE_KEY_BYTES], witness[NOTE_KEY_BYTES], other[NOTE_KEY_BYTES];

/* A proof of entry 1 by a head that a witness signed, too. */
static void setup(void)
{
	const uint8_t seed[NOTE_SEED_BYTES] = {42};
	struct note_signer s;
	struct checkpoint head;
	struct buf note = {0}, text = {0};
	struct chain *c;

	case_setup();
	case_add(5);
	ck_assert(case_head(case_disk(), "log", &head));
	checkpoint_print(&head, &text);
	ck_assert(disk_read(case_disk(), "log/checkpoint", 2000, &note, &case_err));
	note_signer_make(&s, "witness.example/w1", NOTE_COSIGNATURE, seed);
	note_sign(&s, text.data, text.len, 1795386600, &note);
	note_verifier_print(&s.verifier, witness);
	case_overwrite("log/witnessed", note.data, note.len);
	ck_assert(chain_open(&c, case_disk(), 0, &case_err));
	ck_assert_msg(prove_entry(case_disk(), c, 1, true, &proof, &case_err), "%s", case_err.text);
	chain_close(c);
	snprintf(key, sizeof(key), "%s", case_now().vkey);
	note_signer_make(&s, case_how.name, NOTE_ED25519, seed);
	note_verifier_print(&s.verifier, other);
	buf_finish(&note);
	buf_finish(&text);
}

static void teardown(void)
{
	buf_finish(&proof);
	case_teardown();
}

static int status(const char *a, const char *b)
{
	struct arg_list words = {{a, b}, (a != NULL) + (b != NULL)};
	struct known_keys keys;

	ck_assert_msg(known_keys_read(&keys, &words, &case_err), "%s", case_err.text);
	return verify_proof(&proof, &keys, true);
}

START_TEST(a_proof_holds_by_the_keys_that_are_known)
{
	ck_assert(verify_proof_is(proof.data, proof.len));
	ck_assert(!verify_proof_is("PK\3\4", 4));
	ck_assert_int_eq(status(NULL, NULL), 0);
	ck_assert_int_eq(status(key, NULL), 0);
	ck_assert_int_eq(status(key, witness), 0);
	ck_assert_int_eq(status(witness, key), 0);
	ck_assert_int_eq(status(witness, NULL), 0);
}
END_TEST

START_TEST(another_key_is_a_difference)
{
	ck_assert_int_eq(status(other, NULL), 3);
}
END_TEST

/* Of all keys of a station that somebody keeps, its log's is the one that counts. */
START_TEST(the_key_of_its_own_log_is_chosen_by_name)
{
	const uint8_t seed[NOTE_SEED_BYTES] = {43};
	struct note_signer s;
	char later[NOTE_KEY_BYTES];

	note_signer_make(&s, "vangxa/dai/2", NOTE_ED25519, seed);
	note_verifier_print(&s.verifier, later);
	ck_assert_int_eq(status(later, key), 0);
	ck_assert_int_eq(status(key, later), 0);
	ck_assert_int_eq(status(later, NULL), 3);
	ck_assert_int_eq(status(later, other), 3);
}
END_TEST

/* Whoever reads one line only must not read that it is right. */
START_TEST(without_a_key_the_first_line_says_that_nobody_vouches)
{
	struct known_keys none = {.count = 0};
	char line[400] = "";
	int saved = dup(STDOUT_FILENO);
	FILE *out = tmpfile();

	fflush(stdout);
	text_speak(TEXT_EN);
	dup2(fileno(out), STDOUT_FILENO);
	int said = verify_proof(&proof, &none, false);
	fflush(stdout);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	rewind(out);
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), out));
	fclose(out);
	ck_assert_int_eq(said, 0);
	ck_assert_msg(strncmp(line, "NOBODY VOUCHES", 14) == 0, "%s", line);
}
END_TEST

/* Whatever is changed, with the key it does not hold: not one byte. */
START_TEST(no_byte_can_be_changed)
{
	size_t witness_line = (size_t)(strstr(buf_str(&proof), "witness.example") - proof.data);

	for (size_t i = 0; i < witness_line - 4; i++) {
		proof.data[i] ^= 1;
		ck_assert_msg(status(key, NULL) != 0, "byte %zu", i);
		proof.data[i] ^= 1;
	}
	for (size_t i = witness_line - 4; i < proof.len; i++) {
		proof.data[i] ^= 1;
		ck_assert_msg(status(witness, NULL) != 0, "byte %zu", i);
		proof.data[i] ^= 1;
	}
	for (size_t len = 0; len < proof.len; len++) {
		size_t whole = proof.len;
		proof.len = len;
		ck_assert_msg(status(witness, NULL) != 0, "cut at %zu", len);
		proof.len = whole;
	}
}
END_TEST

Suite *suite_verify_proof(void);
Suite *suite_verify_proof(void)
{
	Suite *s = suite_create("verify_proof");
	TCase *t = tcase_create("verify_proof");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_proof_holds_by_the_keys_that_are_known);
	tcase_add_test(t, another_key_is_a_difference);
	tcase_add_test(t, the_key_of_its_own_log_is_chosen_by_name);
	tcase_add_test(t, without_a_key_the_first_line_says_that_nobody_vouches);
	tcase_add_test(t, no_byte_can_be_changed);
	suite_add_tcase(s, t);
	return s;
}
