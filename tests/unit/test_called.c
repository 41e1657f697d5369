/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/called.h"

#include <check.h>
#include <string.h>

static struct places places;
static struct called called;

static const char list[] =
	"dia_ban:\n"
	"  - {ma: bp, ten: Tỉnh B, cap: tinh, to: 2025-06-30, nhap_vao: dn}\n"
	"  - {ma: dn, ten: Tỉnh Đ, cap: tinh}\n"
	"  - {ma: qn, ten: Tỉnh Q, cap: tinh}\n"
	"  - {ma: huyen, ten: Huyện H, cap: huyen, thuoc: bp, to: 2025-06-30}\n"
	"  - {ma: xa-a, ten: Xã A, cap: xa, thuoc: huyen, to: 2025-06-30, nhap_vao: xa-c}\n"
	"  - {ma: xa-b, ten: Xã B, cap: xa, thuoc: huyen, to: 2025-06-30, nhap_vao: xa-c}\n"
	"  - {ma: xa-c, ten: Xã C, cap: xa, thuoc: dn, from: 2025-07-01}\n"
	"  - {ma: xa-gone, ten: Xã Mất, cap: xa, thuoc: huyen, to: 2025-06-30}\n"
	"  - {ma: tan-1, ten: Xã Tân, cap: xa, thuoc: dn}\n"
	"  - {ma: tan-2, ten: Xã Tấn, cap: xa, thuoc: qn}\n"
	"  - {ma: hai-1, ten: Xã Hai, cap: xa, thuoc: dn}\n"
	"  - {ma: hai-2, ten: Xã Hai, cap: xa, thuoc: qn}\n"
	"  - {ma: le, ten: Xã Lẻ, cap: xa}\n";

static void setup(void)
{
	struct faults faults = {0};

	ck_assert(places_parse(&places, list, strlen(list), &faults));
	ck_assert_int_eq(faults.count, 0);
	faults_finish(&faults);
	called.places = &places;
}

static void teardown(void)
{
	called_finish(&called);
	places_finish(&places);
}

static void is(const char *name, struct date day, const char *code)
{
	const struct place *p = called_find(&called, name, day);

	ck_assert_str_eq(p != NULL ? p->code : "", code);
}

START_TEST(what_merged_is_what_it_became)
{
	const struct date before = {2025, 6, 30}, after = {2025, 7, 1};

	is("Xã A", before, "xa-a");
	is("Xã A", after, "xa-c");
	is(" xa  b ", after, "xa-c");
	is("xã c", after, "xa-c");
	is("xa-c", after, "xa-c");
	is("Xã C", before, "");
	is("Xã Mất", before, "xa-gone");
	is("Xã Mất", after, "");
	is("Xã Không Có", after, "");
}
END_TEST

START_TEST(of_several_names_that_look_alike_the_marks_tell)
{
	const struct date day = {2026, 1, 1};

	is("Xã Tân", day, "tan-1");
	is("Xã Tấn", day, "tan-2");
	is("xa tan", day, "");
	is("Xã Hai", day, "");
	is("hai-2", day, "hai-2");
}
END_TEST

static bool counts(const char *code, const char *area, struct date day)
{
	struct target t = {.place_count = area != NULL, .from = {2026, 1, 1}, .to = {2026, 12, 31}};

	if (area != NULL)
		memcpy(t.places[0], area, strlen(area) + 1);
	return called_counts(&places, places_at(&places, code, day), &t, day);
}

START_TEST(a_place_of_another_province_counts_not)
{
	const struct date day = {2026, 6, 1}, early = {2025, 12, 1};

	ck_assert(counts("xa-c", "dn", day) && counts("tan-1", "dn", day));
	ck_assert(!counts("tan-2", "dn", day) && counts("tan-2", "qn", day));
	ck_assert(!counts("tan-2", "dn", early) && counts("xa-c", "dn", early));
	ck_assert(counts("tan-2", NULL, day));
	ck_assert(counts("le", "dn", day));
}
END_TEST

Suite *suite_called(void);
Suite *suite_called(void)
{
	Suite *s = suite_create("called");
	TCase *t = tcase_create("called");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_merged_is_what_it_became);
	tcase_add_test(t, of_several_names_that_look_alike_the_marks_tell);
	tcase_add_test(t, a_place_of_another_province_counts_not);
	suite_add_tcase(s, t);
	return s;
}
