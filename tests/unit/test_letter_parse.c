/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/letter_parse.h"

#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct settings s;
static struct faults faults;

static void parse(const char *report)
{
	char text[1000];

	faults_finish(&faults);
	faults = (struct faults){0};
	snprintf(text, sizeof(text), "station: Đài\nid: dai\n%s", report);
	settings_parse(&s, "station.yaml", text, strlen(text), case_tz, &faults);
}

static void teardown(void)
{
	faults_finish(&faults);
}

START_TEST(nothing_is_known_unless_set)
{
	parse("");
	ck_assert_int_eq(faults.count, 0);
	ck_assert_str_eq(s.letter.issuer, "");
	ck_assert_str_eq(s.letter.signer_name, "");
}
END_TEST

START_TEST(all_of_it)
{
	parse("report: {superior: A, issuer: UBND xã B, place: C, symbol: BC-UBND,\n"
	      "  signer_for: TM. UBND, signer_title: Chủ tịch, signer_name: Lê Thị Hoa}\n");
	ck_assert_int_eq(faults.count, 0);
	ck_assert_str_eq(s.letter.superior, "A");
	ck_assert_str_eq(s.letter.issuer, "UBND xã B");
	ck_assert_str_eq(s.letter.place, "C");
	ck_assert_str_eq(s.letter.symbol, "BC-UBND");
	ck_assert_str_eq(s.letter.signer_for, "TM. UBND");
	ck_assert_str_eq(s.letter.signer_title, "Chủ tịch");
	ck_assert_str_eq(s.letter.signer_name, "Lê Thị Hoa");
}
END_TEST

START_TEST(a_fault_names_its_field)
{
	char text[400];

	snprintf(text, sizeof(text), "report: {issuer: x%0*d}\n", LETTER_BYTES, 7);
	parse(text);
	ck_assert_int_eq(faults.errors, 1);
	ck_assert_str_eq(faults.list[0].field, "report_issuer");
	parse("report: {isuer: A}\n");
	ck_assert_int_eq(faults.errors, 1);
	ck_assert_msg(strstr(faults.list[0].words[0], "issuer") != NULL, "%s",
		      faults.list[0].words[0]);
	parse("report: words\n");
	ck_assert_int_eq(faults.errors, 1);
}
END_TEST

Suite *suite_letter_parse(void);
Suite *suite_letter_parse(void)
{
	Suite *suite = suite_create("letter_parse");
	TCase *t = tcase_create("letter_parse");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, nothing_is_known_unless_set);
	tcase_add_test(t, all_of_it);
	tcase_add_test(t, a_fault_names_its_field);
	suite_add_tcase(suite, t);
	return suite;
}
