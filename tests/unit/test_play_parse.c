/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/slot_parse.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct plan_case *c;
static struct play play;

static void setup(void)
{
	c = case_create("");
	play = (struct play){0};
}

static void finish(void)
{
	case_destroy(c);
}

static bool parse(const char *text)
{
	struct yamlread r = {.file = "a.yaml", .faults = &c->faults};
	struct yamltree tree;
	int errors = c->faults.errors;

	ck_assert(yamltree_parse(&tree, "a.yaml", text, strlen(text), &c->faults));
	play_parse(&r, &c->settings, "play", tree.root, &play);
	yamltree_finish(&tree);
	return c->faults.errors == errors;
}

START_TEST(reads_each_kind)
{
	ck_assert(parse("bulletins:"));
	ck_assert_int_eq(play.kind, PLAY_BULLETINS);
	ck_assert(parse("{bulletins: {language: stieng, programme: [KHAC, NTM.TT]}}"));
	ck_assert_int_eq(play.language_count, 1);
	ck_assert_int_eq(play.programme_count, 2);
	ck_assert_str_eq(play.programmes[1], "NTM.TT");
	ck_assert(parse("{file: audio/a b.flac}"));
	ck_assert_int_eq(play.kind, PLAY_FILE);
	ck_assert_str_eq(play.file, "audio/a b.flac");
	ck_assert(parse("{relay: vov1}"));
	ck_assert_int_eq(play.kind, PLAY_RELAY);
}
END_TEST

static const char *const bad[] = {
	"{}", "chữ", "[a]", "{file: a, relay: vov1}", "{relay: vov2}", "{file: }", "{file: [a]}",
	"{bulletins: {programe: [a]}}", "{bulletins: [vi]}", "{bulletin: {}}",
	"{bulletins: {language: [mot-ma-dai-hon-ba-muoi-mot-byte-moi-du]}}",
	"{bulletins: {programme: [a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q]}}",
};

START_TEST(refuses)
{
	ck_assert_msg(!parse(bad[_i]), "%s", bad[_i]);
}
END_TEST

Suite *suite_play_parse(void);
Suite *suite_play_parse(void)
{
	Suite *s = suite_create("play_parse");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, reads_each_kind);
	tcase_add_loop_test(t, refuses, 0, sizeof(bad) / sizeof(bad[0]));
	suite_add_tcase(s, t);
	return s;
}
