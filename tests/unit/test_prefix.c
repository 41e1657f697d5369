/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/prefix.h"

#include "base/json.h"
#include "support/log_sample.h"
#include "support/tmpdir.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define REC "aircheck/2026/11/23/05-z.mp3"

static char dir[64], path[100];
static struct log_sample sample;
static struct prefix_found found;
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/rec.mp3", dir);
	log_sample_open(&sample, ":memory:");
}

static void teardown(void)
{
	log_sample_close(&sample);
	tmpdir_remove(dir);
}

/* An entry that vouches for this as the beginning of the file. */
static void vouch(const char *file, const char *beginning)
{
	struct vouched p = {.bytes = (int64_t)strlen(beginning)};
	json_t *entry = json_pack("{s:s, s:s}", "kind", "airing.checked", "airing", "A1");

	snprintf(p.file, sizeof(p.file), "%s", file);
	view_hash(beginning, strlen(beginning), p.sha256);
	json_object_set_new(entry, "prefixes", json_pack("[o]", prefix_json(&p)));
	log_sample_add(&sample, entry);
}

static void find(const char *text)
{
	char whole[SHA256_HEX_BYTES];
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	fclose(f);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ck_assert_msg(prefix_find(ledger_view(sample.ledger), REC, fd, &found, &e), "%s", e.text);
	close(fd);
	view_hash(text, strlen(text), whole);
	ck_assert_str_eq(found.sha256, whole);
}

START_TEST(what_went_on_from_what_was_vouched_for_is_it)
{
	vouch(REC, "one ");
	vouch(REC, "one two ");
	vouch("aircheck/another.mp3", "another");
	find("one two three");
	ck_assert_int_eq(found.n, -1);
	ck_assert_int_eq(found.count, 2);
	ck_assert_int_eq(found.held, 8);
	ck_assert_ptr_null(prefix_differs(&found));
	find("one two "); /* and not a byte more */
	ck_assert_int_eq(found.n, -1);
}
END_TEST

START_TEST(the_first_that_is_not_there_is_named)
{
	vouch(REC, "one ");
	vouch(REC, "one two ");
	vouch(REC, "one two three ");
	find("one TWO three and four");
	ck_assert_int_eq(found.n, 1);
	ck_assert_int_eq(found.bytes, 8);
	ck_assert_int_eq(found.held, 4);
	json_t *said = prefix_differs(&found);
	ck_assert_str_eq(json_get_text(said, "code", ""), "recording.not-vouched");
	ck_assert_int_eq(json_get_integer(said, "kept_bytes", -1), 4);
	json_decref(said);
}
END_TEST

START_TEST(a_shorter_one_is_not_it)
{
	vouch(REC, "one two ");
	find("one two");
	ck_assert_int_eq(found.n, 0);
	ck_assert_int_eq(found.held, 0);
}
END_TEST

START_TEST(without_a_word_nothing_differs)
{
	find("anything");
	ck_assert_int_eq(found.n, -1);
	ck_assert_int_eq(found.count, 0);
}
END_TEST

Suite *suite_prefix(void)
{
	Suite *s = suite_create("prefix");
	TCase *t = tcase_create("prefix");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_went_on_from_what_was_vouched_for_is_it);
	tcase_add_test(t, the_first_that_is_not_there_is_named);
	tcase_add_test(t, a_shorter_one_is_not_it);
	tcase_add_test(t, without_a_word_nothing_differs);
	suite_add_tcase(s, t);
	return s;
}
