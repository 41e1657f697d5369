/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/tlogproof.h"

#include "base/gzip.h"

#include <check.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEAVES 5

static struct note_signer signer;
static struct tlogproof proof, read;
static struct checkpoint head;
static struct buf text, note;
static struct err e;

/* Leaf 3 of five: its sibling, the pair before, and the fifth. */
static void setup(void)
{
	static const char *const leaves[LEAVES] = {"{\"n\":0}\n", "{\"n\":1}\n", "{\"n\":2}\n",
						   "{\"kind\":\"Đã phát\",\"n\":3}\n",
						   "{\"n\":4}\n"};
	static const uint8_t seed[NOTE_SEED_BYTES] = {3};
	struct merkle all = {0}, pair = {0};
	struct hash h[LEAVES];

	note_signer_make(&signer, "vangxa/thu", NOTE_ED25519, seed);
	for (int i = 0; i < LEAVES; i++) {
		merkle_leaf(leaves[i], strlen(leaves[i]), &h[i]);
		merkle_add(&all, 0, &h[i]);
		if (i < 2)
			merkle_add(&pair, 0, &h[i]);
	}
	head = (struct checkpoint){.origin = "vangxa/thu", .size = LEAVES};
	merkle_root(&all, &head.root);
	checkpoint_sign(&head, &signer, &note);
	memset(&proof, 0, sizeof(proof));
	proof.leaf_len = strlen(leaves[3]);
	memcpy(proof.leaf, leaves[3], proof.leaf_len);
	proof.index = 3;
	proof.count = 3;
	proof.path[0] = h[2];
	merkle_root(&pair, &proof.path[1]);
	proof.path[2] = h[4];
	proof.head = note.data;
	proof.head_len = note.len;
	tlogproof_print(&proof, false, &text);
}

static void teardown(void)
{
	buf_finish(&text);
	buf_finish(&note);
}

static bool holds(const char *data, size_t len)
{
	struct checkpoint c;

	return tlogproof_parse(data, len, &read, &e) &&
	       tlogproof_check(&read, &signer.verifier, &c, &e);
}

START_TEST(the_text_is_that_of_the_standard)
{
	static const char front[] = "c2sp.org/tlog-proof@v1\n"
				    "extra eyJraW5kIjoixJDDoyBwaMOhdCIsIm4iOjN9Cg==\nindex 3\n";

	ck_assert_msg(strncmp(text.data, front, strlen(front)) == 0, "%s", text.data);
	ck_assert(strstr(text.data, "\n\nvangxa/thu\n5\n") != NULL);
	ck_assert(tlogproof_parse(text.data, text.len, &read, &e));
	ck_assert(read.index == 3 && read.count == 3 && read.leaf_len == proof.leaf_len);
	ck_assert_mem_eq(read.leaf, proof.leaf, proof.leaf_len);
	ck_assert_uint_eq(read.head_len, note.len);
	ck_assert_mem_eq(read.head, note.data, note.len);
	ck_assert_msg(holds(text.data, text.len), "%s", e.text);
}
END_TEST

START_TEST(no_changed_byte_holds)
{
	for (size_t i = 0; i < text.len; i++)
		for (int bit = 0; bit < 7; bit++) {
			text.data[i] ^= (char)(1 << bit);
			ck_assert_msg(!holds(text.data, text.len), "byte %d bit %d", (int)i, bit);
			text.data[i] ^= (char)(1 << bit);
		}
}
END_TEST

START_TEST(no_shorter_text_holds)
{
	for (size_t len = 0; len < text.len; len++) {
		char *cut = malloc(len + 1); /* so that reading behind it is noticed */

		memcpy(cut, text.data, len);
		ck_assert_msg(!holds(cut, len), "%d bytes", (int)len);
		free(cut);
	}
}
END_TEST

START_TEST(a_proof_by_another_key_or_without_its_entry)
{
	static const uint8_t seed[NOTE_SEED_BYTES] = {4};
	struct note_signer other;
	struct checkpoint c;

	note_signer_make(&other, "vangxa/thu", NOTE_ED25519, seed);
	ck_assert(!tlogproof_check(&proof, &other.verifier, &c, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	proof.leaf_len = 0;
	buf_reset(&text);
	tlogproof_print(&proof, false, &text);
	ck_assert(strstr(text.data, "extra") == NULL);
	ck_assert(tlogproof_parse(text.data, text.len, &read, &e));
	ck_assert(!tlogproof_check(&read, &signer.verifier, &c, &e));
}
END_TEST

START_TEST(a_neighbour_is_not_this_entry)
{
	struct checkpoint c;

	proof.index = 2;
	ck_assert(!tlogproof_check(&proof, &signer.verifier, &c, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	ck_assert(strstr(e.text, "2") != NULL);
	proof.index = 5;
	ck_assert(!tlogproof_check(&proof, &signer.verifier, &c, &e));
}
END_TEST

START_TEST(witnesses_beside_the_log_are_skipped)
{
	ck_assert(strstr(note.data, "\n\n") != NULL);
	buf_text(&text, "— nhan-chung.example AAAAAAAAAAAAAAAAAAAA\n");
	ck_assert_msg(holds(text.data, text.len), "%s", e.text);
}
END_TEST

static void pack_leaf(void)
{
	struct hash pair[2];
	struct merkle m = {0};
	struct checkpoint c = {.origin = "vangxa/thu", .size = 2};

	proof.leaf_len = (size_t)snprintf(proof.leaf, sizeof(proof.leaf), "{\"text\":\"%0600d\"}\n",
					  7);
	merkle_leaf(proof.leaf, proof.leaf_len, &pair[0]);
	merkle_leaf("{}\n", 3, &pair[1]);
	merkle_add(&m, 0, &pair[0]);
	merkle_add(&m, 0, &pair[1]);
	merkle_root(&m, &c.root);
	buf_reset(&note);
	checkpoint_sign(&c, &signer, &note);
	proof.index = 0;
	proof.count = 1;
	proof.path[0] = pair[1];
	proof.head = note.data;
	proof.head_len = note.len;
	buf_reset(&text);
	tlogproof_print(&proof, true, &text);
}

START_TEST(a_packed_entry_is_the_same_entry)
{
	pack_leaf();
	ck_assert_uint_lt(text.len, 600);
	ck_assert_msg(holds(text.data, text.len), "%s", e.text);
	ck_assert_uint_eq(read.leaf_len, proof.leaf_len);
	ck_assert_mem_eq(read.leaf, proof.leaf, proof.leaf_len);
	/* Behind gzip's head, of which some bytes mean nothing: letters 14 and on of the line. */
	char *line = strstr(text.data, "extra ") + 6;
	for (size_t i = 16; line[i + 2] != '\n'; i++) {
		char was = line[i];

		line[i] = was == 'A' ? 'B' : 'A';
		bool same = holds(text.data, text.len) && read.leaf_len == proof.leaf_len &&
			    memcmp(read.leaf, proof.leaf, proof.leaf_len) == 0;
		ck_assert_msg(!holds(text.data, text.len) || same, "letter %d", (int)i);
		line[i] = was;
	}
}
END_TEST

START_TEST(a_packed_entry_larger_than_any_is_none)
{
	static const char zeros[TLOGPROOF_LEAF_BYTES + 1];
	struct buf packed = {0};
	char text64[4096], line[4200];

	gzip_pack(&packed, zeros, sizeof(zeros));
	sodium_bin2base64(text64, sizeof(text64), (const uint8_t *)packed.data, packed.len,
			  sodium_base64_VARIANT_ORIGINAL);
	int len = snprintf(line, sizeof(line), "c2sp.org/tlog-proof@v1\nextra %s\nindex 1\n\nx",
			   text64);
	ck_assert(!tlogproof_parse(line, (size_t)len, &read, &e));
	buf_finish(&packed);
}
END_TEST

START_TEST(lines_that_are_none)
{
	static const char *const wrong[] = {
		"", "\n", "c2sp.org/tlog-proof@v2\nindex 0\n\nx\n", "c2sp.org/tlog-proof@v1\n",
		"c2sp.org/tlog-proof@v1\nindex 0", "c2sp.org/tlog-proof@v1\nindex -1\n\n",
		"c2sp.org/tlog-proof@v1\nindex 007\n\nx", "c2sp.org/tlog-proof@v1\nindex 1 \n\nx",
		"c2sp.org/tlog-proof@v1\nindex 99999999999999999999\n\nx",
		"c2sp.org/tlog-proof@v1\nextra \nindex 1\n\nx",
		"c2sp.org/tlog-proof@v1\nextra ?\nindex 1\n\nx",
		"c2sp.org/tlog-proof@v1\nextra QQ==\nextra QQ==\nindex 1\n\nx",
		"c2sp.org/tlog-proof@v1\nindex 1\nshort\n\nx",
		"c2sp.org/tlog-proof@v1\nindex 1\nindex 2\n\nx"};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(!tlogproof_parse(wrong[i], strlen(wrong[i]), &read, &e), "%s",
			      wrong[i]);
	struct buf many = {0};
	buf_text(&many, "c2sp.org/tlog-proof@v1\nindex 1\n");
	for (int i = 0; i <= TREE_PATH_MAX; i++)
		buf_text(&many, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
	buf_text(&many, "\nx");
	ck_assert(!tlogproof_parse(many.data, many.len, &read, &e));
	buf_finish(&many);
}
END_TEST

Suite *suite_tlogproof(void);
Suite *suite_tlogproof(void)
{
	Suite *s = suite_create("tlogproof");
	TCase *t = tcase_create("tlogproof");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_text_is_that_of_the_standard);
	tcase_add_test(t, no_changed_byte_holds);
	tcase_add_test(t, no_shorter_text_holds);
	tcase_add_test(t, a_proof_by_another_key_or_without_its_entry);
	tcase_add_test(t, a_neighbour_is_not_this_entry);
	tcase_add_test(t, witnesses_beside_the_log_are_skipped);
	tcase_add_test(t, a_packed_entry_is_the_same_entry);
	tcase_add_test(t, a_packed_entry_larger_than_any_is_none);
	tcase_add_test(t, lines_that_are_none);
	suite_add_tcase(s, t);
	return s;
}
