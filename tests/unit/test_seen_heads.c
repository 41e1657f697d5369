/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/seen_heads.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define A "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
#define B "Lh9zL3CcR4Jnc5fK5cfoEXpUzzxMlt5mDODY2f4tWGk="

static struct seen_heads seen;
static struct err e;
static char path[] = "/tmp/seen_heads.XXXXXX";

static void setup(void)
{
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

	return seen_heads_read(&seen, &words, &e);
}

static void put(const char *text)
{
	FILE *f = fopen(path, "we");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

static void ck_head(int i, const char *origin, int64_t size, const char *root)
{
	char is[HASH_TEXT_BYTES];

	ck_assert_int_gt(seen.count, i);
	hash_print(&seen.heads[i].root, is);
	ck_assert_str_eq(is, root);
	ck_assert_int_eq(seen.heads[i].size, size);
	ck_assert_str_eq(seen.heads[i].origin, origin);
}

START_TEST(heads_are_words)
{
	ck_assert(read_words(NULL, NULL) && seen.count == 0);
	ck_assert_msg(read_words("1234:" A, "7:" B), "%s", e.text);
	ck_assert_int_eq(seen.count, 2);
	ck_head(0, "", 1234, A);
	ck_head(1, "", 7, B);
	ck_assert(read_words("7:" B, "7:" B) && seen.count == 1);
}
END_TEST

START_TEST(a_checkpoint_is_one)
{
	put("vangxa/dai\n1234\n" A "\n\n\xe2\x80\x94 vangxa/dai "
	    "M1tCwQoXkJjfEcYx7sYc8oZ6Jm0QH4L6b2o3kqQ8t6V1m2m3m4m5m6m7m8m9mAmBmCmDmEmF"
	    "mGmHmImJmKmLmM==\n");
	ck_assert_msg(read_words(path, NULL), "%s", e.text);
	ck_assert_int_eq(seen.count, 1);
	ck_head(0, "vangxa/dai", 1234, A);
}
END_TEST

START_TEST(lists_sheets_and_sentences_are_read)
{
	put("id,planned,log,log_size,log_root\r\n"
	    "A1,2026-11-23T05:30:00+07:00,vangxa/dai,1234," A "\r\n"
	    "A2,2026-11-23T05:40:00+07:00,vangxa/dai,1234," A "\r\n"
	    "Sổ nhật ký vangxa/dai/2: 99 mục đã ký, mã gốc " B ".\n");
	ck_assert_msg(read_words(path, NULL), "%s", e.text);
	ck_assert_int_eq(seen.count, 2);
	ck_head(0, "vangxa/dai", 1234, A);
	ck_head(1, "vangxa/dai/2", 99, B);
	put("1234 " A "\n5678\t" B "\n");
	ck_assert(read_words(path, NULL) && seen.count == 2);
	ck_head(1, "", 5678, B);
}
END_TEST

START_TEST(what_is_neither_is_refused_by_its_name)
{
	ck_assert(!read_words("khong-co", NULL));
	ck_assert_ptr_nonnull(strstr(e.text, "khong-co"));
	ck_assert(!read_words("0:" A, NULL));
	ck_assert(!read_words("12:" A "x", NULL)); /* a letter too many */
	put("nothing here, 12\n");
	ck_assert(!read_words(path, NULL));
	ck_assert_ptr_nonnull(strstr(e.text, path));
	ck_assert(!read_words("/", NULL));
}
END_TEST

Suite *suite_seen_heads(void)
{
	Suite *s = suite_create("seen_heads");
	TCase *t = tcase_create("seen_heads");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, heads_are_words);
	tcase_add_test(t, a_checkpoint_is_one);
	tcase_add_test(t, lists_sheets_and_sentences_are_read);
	tcase_add_test(t, what_is_neither_is_refused_by_its_name);
	suite_add_tcase(s, t);
	return s;
}
