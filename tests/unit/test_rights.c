/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/rights.h"

#include <check.h>

START_TEST(roles_have_codes_both_ways)
{
	enum role role;

	for (int i = 0; i < ROLES; i++) {
		ck_assert(role_parse(role_code((enum role)i), &role));
		ck_assert_int_eq(role, i);
	}
	ck_assert(!role_parse("root", &role));
	ck_assert(!role_parse("", &role));
	ck_assert(!role_parse("Admin", &role));
}
END_TEST

START_TEST(the_table_says_what_each_role_may)
{
	static const struct {
		const char *command, *may;
	} rows[] = {
		{"status", "opaim"},	       {"watch", "opaim"},  {"log", "opaim"},
		{"bulletin.add", "opam"},      {"cut", "oam"},	    {"resume", "om"},
		{"bulletin.approve", "am"},    {"play", "om"},	    {"bulletin.refuse", "am"},
		{"bulletin.withdraw", "am"},   {"user.add", "m"},   {"user.passwd", "m"},
		{"user.disable", "m"},	       {"user.enable", "m"}, {"user.list", "m"},
		{RIGHT_SEE_ALL, "oaim"},       {"user.role", "m"},  {"user.end", "m"},
		{RIGHT_OWN_PASSWORD, "opaim"}, {"me.sessions", "opaim"}, {"me.end", "opaim"},
		{"me.calendar", "opaim"},	       {"me.calendar.new", "opaim"},
		{"me.calendar.end", "opaim"},   {"reports", "oaim"}, {"report", "oaim"},
	};
	static const char letters[ROLES] = {'o', 'p', 'a', 'i', 'm'};

	for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++)
		for (int i = 0; i < ROLES; i++) {
			bool listed = false;
			for (const char *c = rows[r].may; *c != '\0'; c++)
				listed = listed || *c == letters[i];
			ck_assert_msg(rights_may((enum role)i, rows[r].command) == listed, "%s %c",
				      rows[r].command, letters[i]);
		}
}
END_TEST

START_TEST(what_is_not_in_the_table_is_closed)
{
	for (int i = 0; i < ROLES; i++)
		ck_assert(!rights_may((enum role)i, "bulletin.explode"));
	ck_assert(!rights_public("bulletin.explode"));
	ck_assert(rights_personal("bulletin.explode"));
	ck_assert(!rights_known("bulletin.explode"));
	ck_assert(rights_public("user.login") && rights_public("user.logout"));
	ck_assert(rights_public("calendar") && rights_personal("me.calendar.new"));
	ck_assert(rights_public("user.first") && !rights_public(RIGHT_OWN_PASSWORD));
	ck_assert(!rights_public("status") && !rights_personal("status"));
	ck_assert(rights_personal("bulletin.approve") && !rights_public("bulletin.approve"));
}
END_TEST

Suite *suite_rights(void);
Suite *suite_rights(void)
{
	Suite *s = suite_create("rights");
	TCase *t = tcase_create("rights");

	tcase_add_test(t, roles_have_codes_both_ways);
	tcase_add_test(t, the_table_says_what_each_role_may);
	tcase_add_test(t, what_is_not_in_the_table_is_closed);
	suite_add_tcase(s, t);
	return s;
}
