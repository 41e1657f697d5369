/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/seedlist.h"

#include "support/seedtext.h"

#include <check.h>
#include <stdlib.h>

static struct faults faults;
static struct item {
	char code[CODE_BYTES];
	struct date from, to;
} *items;
static int count, chosen;

static void teardown(void)
{
	faults_finish(&faults);
	free(items);
	items = NULL;
	count = 0;
}

static void each(struct yamlread *r, const struct yamlnode *n, void *arg)
{
	static const char *const words[] = {"mot", "hai"};
	char code[CODE_BYTES];

	(void)arg;
	if (!seedlist_code(r, n, code))
		return;
	struct item *grown = seedlist_add(r, n, items, &count, sizeof(*items), 3);
	if (grown == NULL)
		return;
	items = grown;
	memcpy(items[count - 1].code, code, sizeof(code));
	seedlist_choice(r, n, "loai", true, words, 2, &chosen);
	seedlist_days(r, n, &items[count - 1].from, &items[count - 1].to);
}

static bool read(const char *text)
{
	struct yamlread r = {.file = "seeds/x.yaml", .faults = &faults};
	struct yamltree tree = {0};
	bool there = seedlist_read(&r, &tree, "x", text, strlen(text), each, NULL);

	yamltree_finish(&tree);
	return there;
}

START_TEST(entries_choices_and_days)
{
	ck_assert(read("x:\n  - {ma: a, loai: hai}\n  - {ma: b, loai: mot, from: 2026-01-02,"
		       " to: 2026-01-02}\n"));
	ck_assert_int_eq(faults.count, 0);
	ck_assert_int_eq(count, 2);
	ck_assert_int_eq(chosen, 0);
	ck_assert_int_eq(items[0].from.year, 1);
	ck_assert_int_eq(items[0].to.year, 9999);
	ck_assert_int_eq(items[1].from.day, 2);
}
END_TEST

START_TEST(what_is_wrong_is_told_at_its_line)
{
	ck_assert(!read("y: []\n"));
	ck_assert(seedtext_told(&faults, "\"x\"", 1));
	ck_assert(read("x:\n  - {loai: mot}\n  - {ma: b, loai: ba}\n  - {ma: c}\n"
		       "  - {ma: d, loai: mot, from: 2026-01-02, to: 2026-01-01}\n"
		       "  - {ma: e, loai: mot}\n"));
	ck_assert(seedtext_told(&faults, "thiếu mã", 2));
	ck_assert(seedtext_told(&faults, "b: \"loai: ba\" không đúng; cần một trong: mot, hai", 3));
	ck_assert(seedtext_told(&faults, "c: thiếu", 4));
	ck_assert(seedtext_told(&faults, "trước ngày bắt đầu", 5));
	ck_assert(seedtext_told(&faults, "nhiều hơn 3", 6));
	ck_assert_int_eq(count, 3);
}
END_TEST

START_TEST(days_touch)
{
	const struct date a = {2025, 12, 31}, b = {2026, 1, 1}, c = {2026, 1, 2};

	ck_assert(seedlist_touch(a, b, b, c));
	ck_assert(!seedlist_touch(a, a, b, c));
	ck_assert(!seedlist_touch(b, c, a, a));
}
END_TEST

START_TEST(what_is_cited_stands_in_a_list_or_there_is_none)
{
	struct codes list = {0};

	seedlist_cited(&list, CODES_KINDS, "video", "loai", "seeds/x.yaml", 4, "a", &faults);
	ck_assert_int_eq(faults.count, 0);
	memcpy(codes_add(&list)->code, "video", 6);
	seedlist_cited(&list, CODES_KINDS, "video", "loai", "seeds/x.yaml", 4, "a", &faults);
	seedlist_cited(&list, CODES_KINDS, "", "loai", "seeds/x.yaml", 4, "a", &faults);
	ck_assert_int_eq(faults.count, 0);
	seedlist_cited(&list, CODES_KINDS, "vidéo", "loai", "seeds/x.yaml", 4, "a", &faults);
	ck_assert(seedtext_told(&faults, "a: \"loai: vidéo\" không có trong seeds/loai.yaml", 4));
	codes_finish(&list);
}
END_TEST

Suite *suite_seedlist(void);
Suite *suite_seedlist(void)
{
	Suite *s = suite_create("seedlist");
	TCase *t = tcase_create("seedlist");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, entries_choices_and_days);
	tcase_add_test(t, what_is_wrong_is_told_at_its_line);
	tcase_add_test(t, days_touch);
	tcase_add_test(t, what_is_cited_stands_in_a_list_or_there_is_none);
	suite_add_tcase(s, t);
	return s;
}
