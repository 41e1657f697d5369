/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs, held against a search through all of them, from seeds. */
#include "report/pairs.h"

#include "base/moment.h"
#include "sys/chance.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ITEMS 60
#define ALIKE 8
#define SEEDS 300
#define MANY 100000

static struct pairs found;

static void teardown(void)
{
	pairs_finish(&found);
}

static struct pair_item item(const char *title, const char *language, const char *fund, int family)
{
	return (struct pair_item){.title = title, .number = "", .producer = "",
				  .language = language, .fund = fund, .sha256 = {"", ""},
				  .frames = 90 * FRAMES_PER_S, .family = family};
}

static void is(int i, int first, int second, const char *how, const char *kind)
{
	ck_assert_int_lt(i, found.count);
	ck_assert_int_eq(found.list[i].first, first);
	ck_assert_int_eq(found.list[i].second, second);
	ck_assert_str_eq(pair_how_code(found.list[i].how), how);
	ck_assert_str_eq(pair_kind_code(found.list[i].kind), kind);
}

static void plain(const char *text, const char *want)
{
	char out[200];

	pairs_plain(text, out, sizeof(out));
	ck_assert_str_eq(out, want);
}

START_TEST(marks_signs_and_spaces_make_no_other_title)
{
	plain("Tiêm chủng,  đợt 2", "tiemchungdot2");
	plain("TIEM CHUNG - dot 2!", "tiemchungdot2");
	plain("Tie\xCC\x82m chu\xCC\x89ng\xC2\xA0\xE2\x80\x9C\xC4\x91\xE1\xBB\xA3t 2\xE2\x80\x9D",
	      "tiemchungdot2");
	plain("ກ ຂ \xE2\x80\xA6", "ກຂ");
	plain(" … !", "");
}
END_TEST

START_TEST(the_same_title_and_length)
{
	struct pair_item a[] = {item("x", "vi", "", 0), item("x", "vi", "", 1),
				item("x", "vi", "", 2), item("y", "vi", "", 3)};

	a[1].frames += FRAMES_PER_S;
	a[2].frames += 3 * FRAMES_PER_S;
	pairs_find(a, 4, NULL, 0, &found);
	ck_assert_int_eq(found.count, 1);
	is(0, 0, 1, "same-title", "same");
}
END_TEST

/* The second fund is told though an earlier one of the same fund, or of none, is nearer. */
START_TEST(two_funds_are_red_wherever_they_stand)
{
	struct pair_item a[] = {item("x", "vi", "", 0), item("x", "vi", "A", 1),
				item("x", "vi", "A", 2), item("x", "", "B", 3)};

	pairs_find(a, 4, NULL, 0, &found);
	ck_assert_int_eq(found.count, 4);
	is(0, 0, 1, "same-title", "same");
	is(1, 0, 2, "same-title", "same");
	is(2, 0, 3, "same-title", "same");
	is(3, 1, 3, "same-title", "two-funds");
	ck_assert_str_eq(pair_severity(found.list[3].kind), "red");
}
END_TEST

START_TEST(the_provinces_is_the_first_however_late_it_came)
{
	struct pair_item a[] = {item("x", "vi", "A", 0), item("x", "vi", "A", 1),
				item("y", "vi", "A", 2), item("y", "vi", "A", 3)};

	a[1].rank = 3;
	a[2].reused = true;
	pairs_find(a, 4, NULL, 0, &found);
	ck_assert_int_eq(found.count, 2);
	is(0, 1, 0, "same-title", "reuse");
	is(1, 3, 2, "same-title", "reuse");
}
END_TEST

START_TEST(another_language_is_a_version_and_not_suspected)
{
	struct pair_item a[] = {item("x", "vi", "A", 0), item("x", "stieng", "B", 1),
				item("z", "vi", "A", 2), item("w", "stieng", "A", 3)};

	a[2].number = a[3].number = "5";
	a[2].producer = a[3].producer = "p";
	pairs_find(a, 4, NULL, 0, &found);
	ck_assert_int_eq(found.count, 2);
	is(0, 0, 1, "translated", "other-language");
	is(1, 2, 3, "translated", "other-language");
	ck_assert_str_eq(pair_severity(found.list[0].kind), "note");
}
END_TEST

/* What was heard stands before what is written; versions of one bulletin are alike on purpose. */
START_TEST(bytes_and_sound_go_before_titles_and_versions_are_none)
{
	struct pair_item a[] = {item("x", "vi", "", 0), item("y", "vi", "", 1),
				item("x", "vi", "", 0), item("x", "stieng", "", 2)};
	const struct pair_alike heard[] = {{3, 1, false, 97}};

	a[0].sha256[0] = a[3].sha256[1] = "aa";
	pairs_find(a, 3, NULL, 0, &found);
	ck_assert_int_eq(found.count, 0);
	pairs_find(a, 4, heard, 1, &found);
	ck_assert_int_eq(found.count, 2);
	is(0, 0, 3, "same-file", "same");
	is(1, 2, 3, "translated", "other-language");
	pairs_finish(&found);
	a[3].sha256[1] = "";
	pairs_find(a, 4, heard, 1, &found);
	is(0, 1, 3, "same-sound", "same");
	ck_assert_int_eq(found.list[0].percent, 97);
}
END_TEST

/* The same once more, by looking at each two. */
static bool same(const char *a, const char *b)
{
	return a[0] != '\0' && strcmp(a, b) == 0;
}

static bool differ(const char *a, const char *b)
{
	return a[0] != '\0' && b[0] != '\0' && strcmp(a, b) != 0;
}

static enum pair_how how_of(const struct pair_item *x, int i, int j, const struct pair_alike *heard)
{
	const struct pair_item *a = &x[i], *b = &x[j];
	bool sound = false;

	if (a->family == b->family)
		return PAIR_HOWS;
	for (int k = 0; k < 2; k++)
		for (int l = 0; l < 2; l++)
			if (same(a->sha256[k], b->sha256[l]))
				return PAIR_SAME_FILE;
	for (int k = 0; k < ALIKE; k++) {
		if (heard[k].later != i || heard[k].earlier != j)
			continue;
		if (heard[k].file)
			return PAIR_SAME_FILE;
		sound = true;
	}
	if (sound)
		return PAIR_SAME_SOUND;
	if (!same(a->title, b->title) || differ(a->language, b->language))
		return PAIR_HOWS;
	if (llabs(a->frames - b->frames) <= FRAMES_PER_S)
		return PAIR_SAME_TITLE;
	return same(a->number, b->number) ? PAIR_SAME_NUMBER : PAIR_HOWS;
}

static int surest(const struct pair_item *x, int i, const struct pair_alike *heard, bool funds)
{
	enum pair_how best = PAIR_HOWS;
	int at = -1;

	for (int j = 0; j < i; j++) {
		enum pair_how how = how_of(x, i, j, heard);
		if ((!funds || differ(x[i].fund, x[j].fund)) && how < best) {
			best = how;
			at = j;
		}
	}
	return at;
}

static int version(const struct pair_item *x, int i)
{
	int at = -1;

	for (int key = 0; key < 2; key++)
		for (int j = i - 1; j >= 0; j--) {
			bool by = key == 0 ? same(x[i].title, x[j].title)
					   : same(x[i].number, x[j].number) &&
						     same(x[i].producer, x[j].producer);
			if (!by || !differ(x[i].language, x[j].language))
				continue;
			if (j > at && x[i].family != x[j].family &&
			    how_of(x, i, j, (struct pair_alike[ALIKE]){{0}}) != PAIR_SAME_FILE)
				at = j;
			break;
		}
	return at;
}

static void check(const struct pair *p, int i, int j)
{
	ck_assert_int_eq(p->first < p->second ? p->first : p->second, j);
	ck_assert_int_eq(p->first < p->second ? p->second : p->first, i);
}

static void check_all(const struct pair_item *x, const struct pair_alike *heard)
{
	int at = 0;

	for (int i = 0; i < ITEMS; i++) {
		int first = surest(x, i, heard, false), red = surest(x, i, heard, true);
		int other = version(x, i);
		if (first >= 0) {
			ck_assert_int_eq((int)found.list[at].how, (int)how_of(x, i, first, heard));
			check(&found.list[at++], i, first);
		}
		if (red >= 0 && red != first) {
			ck_assert_int_eq((int)found.list[at].kind, PAIR_TWO_FUNDS);
			check(&found.list[at++], i, red);
		}
		if (other >= 0 && other != first && other != red) {
			ck_assert_int_eq((int)found.list[at].kind, PAIR_OTHER_LANGUAGE);
			check(&found.list[at++], i, other);
		}
	}
	ck_assert_int_eq(at, found.count);
}

static const char *any(struct chance *c, const char *const words[4])
{
	return words[chance_below(c, 4)];
}

START_TEST(the_same_as_by_looking_at_each_two)
{
	static const char *const titles[] = {"", "x", "y", "x"}, *const codes[] = {"", "A", "B",
										   "A"};
	static const char *const hashes[] = {"", "", "", "h"};
	struct chance c = {(uint64_t)_i};
	struct pair_item x[ITEMS];
	struct pair_alike heard[ALIKE];

	for (int i = 0; i < ITEMS; i++) {
		x[i] = item(any(&c, titles), any(&c, codes), any(&c, codes),
			    (int)chance_below(&c, ITEMS));
		x[i].number = any(&c, titles);
		x[i].producer = any(&c, titles);
		x[i].sha256[0] = chance_below(&c, 5) == 0 ? any(&c, hashes) : "";
		x[i].sha256[1] = any(&c, hashes);
		x[i].sha256[1] = chance_below(&c, 5) == 0 ? "k" : x[i].sha256[0];
		x[i].frames = (int64_t)chance_below(&c, 9) * FRAMES_PER_S / 2;
		x[i].rank = (int)chance_below(&c, 5);
	}
	for (int i = 0; i < ALIKE; i++) {
		int later = 1 + (int)chance_below(&c, ITEMS - 1);
		heard[i] = (struct pair_alike){later, (int)chance_below(&c, (uint64_t)later),
					       chance_below(&c, 4) == 0, 95};
	}
	pairs_find(x, ITEMS, heard, ALIKE, &found);
	check_all(x, heard);
}
END_TEST

/* So many of one title would be five thousand million comparisons; Check's own limit ends that. */
START_TEST(a_hundred_thousand_of_one_title)
{
	struct pair_item *x = calloc(MANY, sizeof(*x));

	ck_assert_ptr_nonnull(x);
	for (int i = 0; i < MANY; i++)
		x[i] = item("x", "vi", i % 3 == 0 ? "A" : "B", i);
	pairs_find(x, MANY, NULL, 0, &found);
	ck_assert_int_ge(found.count, MANY - 1);
	free(x);
}
END_TEST

Suite *suite_pairs(void);
Suite *suite_pairs(void)
{
	Suite *s = suite_create("pairs");
	TCase *t = tcase_create("pairs");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, marks_signs_and_spaces_make_no_other_title);
	tcase_add_test(t, the_same_title_and_length);
	tcase_add_test(t, two_funds_are_red_wherever_they_stand);
	tcase_add_test(t, the_provinces_is_the_first_however_late_it_came);
	tcase_add_test(t, another_language_is_a_version_and_not_suspected);
	tcase_add_test(t, bytes_and_sound_go_before_titles_and_versions_are_none);
	tcase_add_loop_test(t, the_same_as_by_looking_at_each_two, 0, SEEDS);
	tcase_add_test(t, a_hundred_thousand_of_one_title);
	suite_add_tcase(s, t);
	return s;
}
