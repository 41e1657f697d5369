/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_seen.h"

#include "base/text.h"
#include "proof/bundle.h"
#include "support/verify_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define ENTRIES 700
#define NAME "vangxa/dai"

static struct disk_sim *sim;
static struct disk *disk;
static struct verdict v;
static struct err e;

static void setup(void)
{
	sim = verify_case_make(ENTRIES);
	disk = disk_sim_disk(sim);
	text_speak(TEXT_EN);
}

static void teardown(void)
{
	text_speak(TEXT_OWN);
	verdict_finish(&v);
	disk_sim_destroy(sim);
}

/* As somebody would have it on paper, computed here from the entries' texts. */
static struct seen_head head_of(int64_t size)
{
	struct seen_head h = {.size = size};
	struct merkle m = {0};

	for (int64_t n = 0; n < size; n++) {
		char text[301];
		struct hash leaf;
		int len = verify_case_text(n, text);
		text[len] = '\n';
		merkle_leaf(text, (size_t)len + 1, &leaf);
		merkle_add(&m, 0, &leaf);
	}
	merkle_root(&m, &h.root);
	return h;
}

static const char *code_of(const struct seen_head *heads, int count)
{
	struct verify_setup how = {.threads = 1};
	struct verify all;

	verdict_finish(&v);
	verdict_init(&v);
	ck_assert_msg(verify_open(&all, disk, &how, &v, &e), "%s", e.text);
	verify_logs(&all, &how, &v);
	verify_seen(&all, heads, count, &v);
	verify_close(&all);
	const struct finding *f = verdict_first(&v);
	return f != NULL ? f->code : "";
}

START_TEST(heads_of_its_past_are_continued)
{
	static const int64_t sizes[] = {1, 2, 255, 256, 257, 512, 699, ENTRIES};
	struct seen_head heads[8];

	for (int i = 0; i < 8; i++)
		heads[i] = head_of(sizes[i]);
	snprintf(heads[3].origin, sizeof(heads[3].origin), NAME);
	snprintf(heads[4].origin, sizeof(heads[4].origin), "mục"); /* a word of the paper */
	ck_assert_str_eq(code_of(heads, 8), "");
	ck_assert_int_eq(v.note_count, 1);
	ck_assert_str_eq(v.notes[0].code, "seen-continued");
	ck_assert_int_eq(v.notes[0].count, 8);
}
END_TEST

/* A folder that was put back, and gone on with otherwise: right by itself. */
START_TEST(another_history_is_told)
{
	struct seen_head heads[2] = {head_of(300), head_of(400)};

	heads[1].root.bytes[5] ^= 1;
	ck_assert_str_eq(code_of(heads, 2), "seen-differs");
	ck_assert_int_eq(v.differ, 1);
	ck_assert_ptr_nonnull(strstr(v.findings[0].text, "first 400 entries"));
	heads[1].size = ENTRIES + 1;
	ck_assert_str_eq(code_of(heads, 2), "seen-longer");
	ck_assert_ptr_nonnull(strstr(v.findings[0].text, "does not continue"));
	heads[0].size = 301; /* the right root, of another size */
	ck_assert_str_eq(code_of(heads, 1), "seen-differs");
}
END_TEST

START_TEST(nothing_is_said_where_nothing_was_seen)
{
	ck_assert_str_eq(code_of(NULL, 0), "");
	ck_assert_int_eq(v.note_count, 0);
}
END_TEST

Suite *suite_verify_seen(void)
{
	Suite *s = suite_create("verify_seen");
	TCase *t = tcase_create("heads");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, heads_of_its_past_are_continued);
	tcase_add_test(t, another_history_is_told);
	tcase_add_test(t, nothing_is_said_where_nothing_was_seen);
	suite_add_tcase(s, t);
	return s;
}
