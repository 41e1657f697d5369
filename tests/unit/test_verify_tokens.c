/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Heads and files; what a token itself says is judged by another process (test_token.c, and
 * tests/e2e/test_witness.sh through both). */
#include "proof/verify_tokens.h"

#include "proof/tokens.h"
#include "support/verify_case.h"

#include <check.h>
#include <string.h>

static struct disk_sim *sim;
static struct disk *d;
static struct verdict v;
static struct err e;

static void setup(void)
{
	sim = verify_case_make(300);
	d = disk_sim_disk(sim);
	verdict_init(&v);
}

static void teardown(void)
{
	verdict_finish(&v);
	disk_sim_destroy(sim);
}

static void put(int64_t size, enum tokens_part part, const char *text, size_t len)
{
	char path[TOKENS_PATH_BYTES];

	ck_assert(disk_make_dir(d, "log/tsa", &e));
	tokens_path("log", size, part, path);
	verify_case_put(d, path, text, len);
}

static const char *first_code(void)
{
	struct verify_setup how = {.threads = 1};
	struct verify f;

	ck_assert_msg(verify_open(&f, d, &how, &v, &e), "%s", e.text);
	verify_logs(&f, &how, &v);
	verify_tokens(&f, &v);
	verify_close(&f);
	return verdict_first(&v) == NULL ? "" : verdict_first(&v)->code;
}

START_TEST(no_token_says_nothing)
{
	ck_assert_str_eq(first_code(), "");
	ck_assert_int_eq(v.note_count, 0);
}
END_TEST

START_TEST(a_token_without_its_head_or_question)
{
	put(300, TOKENS_REPLY, "x", 1);
	ck_assert_str_eq(first_code(), "stamp-incomplete");
	ck_assert_str_eq(verdict_first(&v)->file, "log/tsa/300.tsr");
}
END_TEST

START_TEST(a_head_that_is_not_this_logs)
{
	struct buf head = {0};

	verify_case_read(d, "log/checkpoint", &head);
	put(299, TOKENS_CHECKPOINT, head.data, head.len);
	put(299, TOKENS_QUERY, "x", 1);
	put(299, TOKENS_REPLY, "x", 1);
	ck_assert_str_eq(first_code(), "stamp-head");
	buf_finish(&head);
}
END_TEST

/* The tile is accused, and not the stamp that is held against it. */
START_TEST(a_stamp_of_a_damaged_log_is_not_judged)
{
	struct buf tile = {0};

	put(256, TOKENS_CHECKPOINT, "x", 1);
	put(256, TOKENS_QUERY, "x", 1);
	put(256, TOKENS_REPLY, "x", 1);
	verify_case_read(d, "log/tile/0/000", &tile);
	tile.data[40] ^= 1;
	verify_case_put(d, "log/tile/0/000", tile.data, tile.len);
	ck_assert_str_eq(first_code(), "tile-differs");
	ck_assert_int_eq(v.differ, 1);
	ck_assert_int_eq(v.note_count, 1);
	ck_assert_str_eq(v.notes[0].code, "stamps-unjudged");
	ck_assert_int_eq(v.notes[0].count, 1);
	buf_finish(&tile);
}
END_TEST

START_TEST(nonsense_for_a_token)
{
	struct buf head = {0};

	verify_case_read(d, "log/checkpoint", &head);
	put(300, TOKENS_CHECKPOINT, head.data, head.len);
	put(300, TOKENS_QUERY, "x", 1);
	put(300, TOKENS_REPLY, "x", 1);
	ck_assert_str_eq(first_code(), "stamp-damaged");
	ck_assert_int_eq(v.note_count, 0);
	buf_finish(&head);
}
END_TEST

Suite *suite_verify_tokens(void);
Suite *suite_verify_tokens(void)
{
	Suite *s = suite_create("verify_tokens");
	TCase *t = tcase_create("verify_tokens");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, no_token_says_nothing);
	tcase_add_test(t, a_token_without_its_head_or_question);
	tcase_add_test(t, a_head_that_is_not_this_logs);
	tcase_add_test(t, a_stamp_of_a_damaged_log_is_not_judged);
	tcase_add_test(t, nonsense_for_a_token);
	suite_add_tcase(s, t);
	return s;
}
