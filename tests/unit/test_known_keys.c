/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/known_keys.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct known_keys known;
static struct err e;
static char a[NOTE_KEY_BYTES], b[NOTE_KEY_BYTES], path[] = "/tmp/known_keys.XXXXXX";

static void setup(void)
{
	const uint8_t seed[NOTE_SEED_BYTES] = {1};
	struct note_signer s;

	note_signer_make(&s, "dai", NOTE_ED25519, seed);
	note_verifier_print(&s.verifier, a);
	note_signer_make(&s, "chung", NOTE_COSIGNATURE, seed);
	note_verifier_print(&s.verifier, b);
	memcpy(path + sizeof(path) - 7, "XXXXXX", 6);
	close(mkstemp(path));
}

static void teardown(void)
{
	unlink(path);
}

static bool read_words(const char *x, const char *y)
{
	struct arg_list words = {{x, y}, (x != NULL) + (y != NULL)};

	return known_keys_read(&known, &words, &e);
}

static void put(const char *text)
{
	FILE *f = fopen(path, "we");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

START_TEST(a_key_of_a_witness_is_no_key_of_a_log)
{
	ck_assert(read_words(b, NULL) && !known_keys_any_log(&known));
	ck_assert(read_words(b, a) && known_keys_any_log(&known));
}
END_TEST

START_TEST(keys_are_words_or_lines_of_a_file)
{
	char text[2 * NOTE_KEY_BYTES + 8];

	ck_assert(read_words(NULL, NULL) && known.count == 0);
	ck_assert_msg(read_words(a, b), "%s", e.text);
	ck_assert_int_eq(known.count, 2);
	snprintf(text, sizeof(text), "%s\r\n\n%s", a, b);
	put(text);
	ck_assert_msg(read_words(path, NULL), "%s", e.text);
	ck_assert_int_eq(known.count, 2);
	ck_assert_str_eq(known.keys[0].name, "dai");
	ck_assert_str_eq(known.keys[1].name, "chung");
}
END_TEST

START_TEST(what_is_neither_is_refused_by_its_name)
{
	ck_assert(!read_words("khong-co", NULL));
	ck_assert_ptr_nonnull(strstr(e.text, "khong-co"));
	put("");
	ck_assert(!read_words(path, NULL));
	put("PRIVATE+KEY\n");
	ck_assert(!read_words(a, path));
	ck_assert_ptr_nonnull(strstr(e.text, path));
	ck_assert(!read_words("/", NULL));
	ck_assert(!read_words("", NULL));
}
END_TEST

START_TEST(a_file_cannot_have_more_than_are_looked_for)
{
	FILE *f = fopen(path, "we");

	ck_assert_ptr_nonnull(f);
	for (int i = 0; i <= NOTE_KNOWN_MAX; i++)
		fprintf(f, "%s\n", a);
	fclose(f);
	ck_assert(!read_words(path, NULL));
	ck_assert_int_eq(e.kind, ERR_USAGE);
}
END_TEST

Suite *suite_known_keys(void);
Suite *suite_known_keys(void)
{
	Suite *s = suite_create("known_keys");
	TCase *t = tcase_create("known_keys");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_key_of_a_witness_is_no_key_of_a_log);
	tcase_add_test(t, keys_are_words_or_lines_of_a_file);
	tcase_add_test(t, what_is_neither_is_refused_by_its_name);
	tcase_add_test(t, a_file_cannot_have_more_than_are_looked_for);
	suite_add_tcase(s, t);
	return s;
}
