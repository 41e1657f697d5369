/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/lunar_pick.h"

#include <check.h>
#include <string.h>

static const struct {
	const char *text, *printed; /* NULL: refused */
} words[] = {
	{"1/1", "1/1"},	    {"15/1", "15/1"}, {"30/12", "30/12"}, {"1/*", "1/*"},
	{"01/02", "1/2"},   {"15/6n", "15/6n"}, {"15/6 nhuận", "15/6n"},
	{"", NULL},	    {"0/1", NULL},    {"31/1", NULL},	  {"1/13", NULL},
	{"1/0", NULL},	    {"1", NULL},      {"1/", NULL},	  {"1/1 ", NULL},
	{"1/*n", NULL},	    {"-1/1", NULL},   {"1/1/2027", NULL}, {"001/1", NULL},
	{"1//1", NULL},	    {"rằm", NULL},    {"99999999999999999999/1", NULL},
};

START_TEST(reads_what_people_write)
{
	struct lunar_pick p = {7, 7, true};
	char out[8];

	ck_assert_msg(lunar_pick_parse(words[_i].text, &p) == (words[_i].printed != NULL), "%s",
		      words[_i].text);
	if (words[_i].printed == NULL) {
		ck_assert(p.day == 7 && p.month == 7 && p.leap);
		return;
	}
	lunar_pick_print(&p, out);
	ck_assert_str_eq(out, words[_i].printed);
}
END_TEST

static bool is(const char *pick, struct lunar day)
{
	struct lunar_pick p;

	ck_assert(lunar_pick_parse(pick, &p));
	return lunar_pick_is(&p, day);
}

START_TEST(the_thirtieth_is_the_last)
{
	ck_assert(is("30/12", (struct lunar){2026, 12, 29, false, true}));
	ck_assert(!is("30/12", (struct lunar){2025, 12, 29, false, false}));
	ck_assert(is("30/12", (struct lunar){2025, 12, 30, false, true}));
	ck_assert(is("29/12", (struct lunar){2026, 12, 29, false, true}));
}
END_TEST

START_TEST(a_leap_month_is_another)
{
	struct lunar day = {2025, 6, 15, true, false};

	ck_assert(!is("15/6", day));
	ck_assert(is("15/6n", day));
	ck_assert(is("15/*", day));
	day.leap = false;
	ck_assert(is("15/6", day));
	ck_assert(!is("15/6n", day));
	ck_assert(!is("15/*", (struct lunar){0}));
}
END_TEST

Suite *suite_lunar_pick(void)
{
	Suite *s = suite_create("lunar_pick");
	TCase *t = tcase_create("lunar_pick");

	tcase_add_loop_test(t, reads_what_people_write, 0,
			    (int)(sizeof(words) / sizeof(words[0])));
	tcase_add_test(t, the_thirtieth_is_the_last);
	tcase_add_test(t, a_leap_month_is_another);
	suite_add_tcase(s, t);
	return s;
}
