/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/note.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct err e;
static struct buf note;

static void teardown(void)
{
	buf_finish(&note);
	note = (struct buf){0};
}

/* The example of the documentation of Go's sumdb/note: keys, text and signature are not ours. */
static const char go_public[] =
	"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
static const char go_private[] =
	"PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
static const char go_text[] = "If you think cryptography is the answer to your problem,\n"
			      "then you don't know what your problem is.\n";
static const char go_line[] =
	"— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotp"
	"RZb6KE6RyyBwJnAM=\n";

START_TEST(keys_and_signatures_are_those_of_go)
{
	struct note_verifier v;
	struct note_signer s;
	struct note_opened o;
	char text[NOTE_KEY_BYTES];

	ck_assert_msg(note_verifier_parse(&v, go_public, &e), "%s", e.text);
	ck_assert_msg(note_signer_parse(&s, go_private, &e), "%s", e.text);
	note_verifier_print(&s.verifier, text);
	ck_assert_str_eq(text, go_public);
	note_signer_print(&s, text);
	ck_assert_str_eq(text, go_private);
	buf_text(&note, go_text);
	buf_text(&note, "\n");
	size_t begin = note.len;
	note_sign(&s, go_text, strlen(go_text), 0, &note);
	ck_assert_str_eq(buf_str(&note) + begin, go_line);
	ck_assert_msg(note_open(note.data, note.len, &v, 1, &o, &e), "%s", e.text);
	ck_assert_uint_eq(o.text_len, strlen(go_text));
	ck_assert_uint_eq(o.signed_by, 1);
}
END_TEST

static struct note_signer signer(const char *name, enum note_type type, int number)
{
	uint8_t seed[NOTE_SEED_BYTES] = {(uint8_t)number};
	struct note_signer s;

	note_signer_make(&s, name, type, seed);
	return s;
}

START_TEST(witnesses_sign_with_their_time_and_strangers_are_skipped)
{
	struct note_signer log = signer("vangxa/dai", NOTE_ED25519, 1);
	struct note_signer witness = signer("w.example/a", NOTE_COSIGNATURE, 2);
	struct note_signer stranger = signer("vangxa/dai", NOTE_ED25519, 3);
	struct note_verifier known[] = {log.verifier, witness.verifier};
	static const char text[] = "vangxa/dai\n7\n\nempty lines belong to the text\n";
	struct note_opened o;

	buf_text(&note, text);
	buf_text(&note, "\n");
	note_sign(&stranger, text, strlen(text), 0, &note);
	note_sign(&log, text, strlen(text), 0, &note);
	note_sign(&witness, text, strlen(text), 1679315147, &note);
	buf_text(&note, "— unknown/kind AAAAAbhh\n");
	ck_assert_msg(note_open(note.data, note.len, known, 2, &o, &e), "%s", e.text);
	ck_assert_uint_eq(o.signed_by, 3);
	ck_assert_uint_eq(o.text_len, strlen(text));
	ck_assert_int_eq(o.time_s[1], 1679315147);
	struct note_signer nobody = signer("nobody", NOTE_ED25519, 4);
	ck_assert(!note_open(note.data, note.len, &nobody.verifier, 1, &o, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
}
END_TEST

START_TEST(a_changed_byte_is_seen_wherever_it_is)
{
	struct note_signer log = signer("vangxa/dai", NOTE_ED25519, 1);
	static const char text[] = "vangxa/dai\n7\nxyz\n";
	struct note_opened o;

	buf_text(&note, text);
	buf_text(&note, "\n");
	note_sign(&log, text, strlen(text), 0, &note);
	for (size_t i = 0; i < note.len; i++)
		for (int bit = 0; bit < 8; bit++) {
			note.data[i] = (char)(note.data[i] ^ 1 << bit);
			ck_assert_msg(!note_open(note.data, note.len, &log.verifier, 1, &o, &e),
				      "byte %d bit %d", (int)i, bit);
			note.data[i] = (char)(note.data[i] ^ 1 << bit);
		}
	for (size_t len = 0; len < note.len; len++)
		ck_assert(!note_open(note.data, len, &log.verifier, 1, &o, &e));
	ck_assert(note_open(note.data, note.len, &log.verifier, 1, &o, &e));
}
END_TEST

START_TEST(what_is_no_note_is_refused)
{
	static const char *const wrong[] = {
		"", "\n", "\n\n", "a\n", "a\n\n", "a\n\nb\n", "a\n\n— b\n", "a\n\n— b !\n",
		"a\n\n— b AAAA\n", "a\n\n— b AAAAAA==\n", "a\n\n- b AAAAAbhh\n",
		"a\r\n\n— b AAAAAbhh\n",
		"a\n\n— b+c AAAAAbhh\n", "a\n\n—  AAAAAbhh\n", "a\n\n— b AAAAAbhh",
		"\xff\n\n— b AAAAAbhh\n",
	};
	struct note_verifier v;
	struct note_opened o;

	ck_assert(note_verifier_parse(&v, go_public, &e));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ck_assert_msg(!note_open(wrong[i], strlen(wrong[i]), &v, 1, &o, &e), "%s",
			      wrong[i]);
		ck_assert_msg(e.kind == ERR_DAMAGED, "%s: %s", wrong[i], e.text);
	}
}
END_TEST

START_TEST(wrong_keys_are_refused)
{
	static const char *const wrong[] = {
		"", "a", "a+b", "a+b+c", "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
		"PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
		"PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
		"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
		"PeterNeumanm+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
		"Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
		"PeterNeumann+c74f20a3+AhpcBQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
	};
	struct note_verifier v;
	struct note_signer s;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(!note_verifier_parse(&v, wrong[i], &e), "%s", wrong[i]);
	ck_assert(!note_signer_parse(&s, go_public, &e));
	ck_assert(!note_signer_parse(&s, "PRIVATE+KEY+", &e));
}
END_TEST

START_TEST(one_secret_may_sign_under_two_names)
{
	const uint8_t seed[NOTE_SEED_BYTES] = {1}, other[NOTE_SEED_BYTES] = {2};
	struct note_signer a, b, c, d;

	note_signer_make(&a, "dai", NOTE_ED25519, seed);
	note_signer_make(&b, "dai/2", NOTE_ED25519, seed);
	note_signer_make(&c, "dai", NOTE_ED25519, other);
	note_signer_make(&d, "dai", NOTE_COSIGNATURE, seed);
	ck_assert(note_verifier_same(&a.verifier, &a.verifier));
	ck_assert(note_verifier_same_secret(&a.verifier, &b.verifier));
	ck_assert(!note_verifier_same(&a.verifier, &b.verifier));
	ck_assert(!note_verifier_same_secret(&a.verifier, &c.verifier));
	ck_assert(!note_verifier_same_secret(&a.verifier, &d.verifier));
}
END_TEST

START_TEST(names_have_no_space_and_no_plus)
{
	static const char *const wrong[] = {"", " ", "a b", "a+b", "a\tb", "a\xc2\xa0" "b",
					    "a\xe3\x80\x80" "b", "a\xe2\x80\x89", "a\x7f", "\xff"};

	ck_assert(note_name_valid("vangxa/bp-bugiamap"));
	ck_assert(note_name_valid("đài/xã"));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(!note_name_valid(wrong[i]), "%d", (int)i);
}
END_TEST

Suite *suite_note(void);
Suite *suite_note(void)
{
	Suite *s = suite_create("note");
	TCase *t = tcase_create("note");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, keys_and_signatures_are_those_of_go);
	tcase_add_test(t, witnesses_sign_with_their_time_and_strangers_are_skipped);
	tcase_add_test(t, a_changed_byte_is_seen_wherever_it_is);
	tcase_add_test(t, what_is_no_note_is_refused);
	tcase_add_test(t, wrong_keys_are_refused);
	tcase_add_test(t, one_secret_may_sign_under_two_names);
	tcase_add_test(t, names_have_no_space_and_no_plus);
	suite_add_tcase(s, t);
	return s;
}
