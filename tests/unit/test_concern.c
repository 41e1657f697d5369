/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/concern.h"

#include "support/seedtext.h"

#include <check.h>
#include <stdio.h>

static struct places places;
static struct targets targets;
static struct faults faults;

static const char country[] =
	"dia_ban:\n"
	"  - {ma: qn, ten: Tỉnh Q, cap: tinh, to: 2025-06-30, nhap_vao: dn}\n"
	"  - {ma: dn, ten: Thành phố Đ, cap: tinh}\n"
	"  - {ma: bp, ten: Tỉnh B, cap: tinh}\n"
	"  - {ma: h, ten: Huyện H, cap: huyen, thuoc: qn, to: 2025-06-30}\n"
	"  - {ma: x, ten: Xã X, cap: xa, thuoc: h, to: 2025-06-30, nhap_vao: y}\n"
	"  - {ma: z, ten: Xã Z, cap: xa, thuoc: h, to: 2025-06-30, nhap_vao: y}\n"
	"  - {ma: y, ten: Xã Y, cap: xa, thuoc: dn, from: 2025-07-01}\n";

static const char asked[] =
	"chi_tieu:\n"
	"  - {ma: all, viec: V, muc: ke-hoach, do: phut, so: 1, nguon: n}\n"
	"  - {ma: q, viec: V, muc: ke-hoach, do: phut, so: 1, nguon: n, dia_ban: [qn]}\n"
	"  - {ma: d, viec: V, muc: ke-hoach, do: phut, so: 1, nguon: n, dia_ban: [dn]}\n"
	"  - {ma: b, viec: V, muc: ke-hoach, do: phut, so: 1, nguon: n, dia_ban: [bp]}\n"
	"  - {ma: x, viec: V, muc: ke-hoach, do: phut, so: 1, nguon: n, dia_ban: [x]}\n"
	"  - {ma: bq, viec: V, muc: ke-hoach, do: phut, so: 1, nguon: n, dia_ban: [bp, qn],"
	" from: 2023-01-01, to: 2023-12-31}\n";

static void setup(void)
{
	ck_assert(places_parse(&places, country, strlen(country), &faults));
	ck_assert(targets_parse(&targets, asked, strlen(asked), &faults));
	ck_assert_int_eq(faults.count, 0);
}

static void teardown(void)
{
	places_finish(&places);
	targets_finish(&targets);
	faults_finish(&faults);
}

/* The targets of a station there, in that year. */
static void of(const char *place, int year, const char *want)
{
	struct concern c;
	char told[100] = "";
	size_t len = 0;

	concern_begin(&c, &places, place);
	for (int i = 0; i < targets.count; i++)
		if (concern_has(&c, &targets.list[i], (struct date){year, 1, 1},
				(struct date){year, 12, 31}))
			len += (size_t)snprintf(told + len, sizeof(told) - len, "%s ",
						targets.list[i].code);
	ck_assert_str_eq(told, want);
}

START_TEST(of_the_place_it_lies_in)
{
	of("bp", 2023, "all b bq ");
	of("x", 2023, "all q x bq ");
	of("z", 2023, "all q bq ");
}
END_TEST

/* Xã Y is what X and Z became; in 2025 it was both, and in both provinces. */
START_TEST(as_places_were_in_those_days)
{
	of("y", 2023, "all q x bq ");
	of("y", 2025, "all q d x ");
	of("y", 2026, "all d ");
	of("x", 2026, "all ");
}
END_TEST

/* Whoever reports for a province has the targets of its communes, and of what merged into it. */
START_TEST(of_what_lies_in_it)
{
	of("qn", 2023, "all q x bq ");
	of("dn", 2023, "all q d x bq ");
	of("dn", 2026, "all d ");
}
END_TEST

START_TEST(of_nowhere_only_what_names_no_place)
{
	of("", 2023, "all ");
	of("nowhere", 2023, "all ");
}
END_TEST

Suite *suite_concern(void);
Suite *suite_concern(void)
{
	Suite *s = suite_create("concern");
	TCase *t = tcase_create("concern");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, of_the_place_it_lies_in);
	tcase_add_test(t, as_places_were_in_those_days);
	tcase_add_test(t, of_what_lies_in_it);
	tcase_add_test(t, of_nowhere_only_what_names_no_place);
	suite_add_tcase(s, t);
	return s;
}
