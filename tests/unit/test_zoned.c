/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zoned.h"

#include "support/seedtext.h"

#include <check.h>
#include <stdlib.h>

static struct settings *s;
static struct places places;
static struct faults faults;
static struct err e;

static const char country[] =
	"dia_ban:\n"
	"  - {ma: h, ten: Huyện H, cap: huyen, to: 2025-06-30}\n"
	"  - {ma: x, ten: Xã Mẫu, cap: xa, thuoc: h}\n"
	"  - {ma: y, ten: Xã Khác, cap: xa, thuoc: h}\n"
	"  - {ma: z, ten: Xã Xa, cap: xa}\n";

static void zone(const char *name, const char *place)
{
	struct zone *z = &s->zones[s->zone_count++];

	snprintf(z->name, sizeof(z->name), "%s", name);
	snprintf(z->place, sizeof(z->place), "%s", place);
}

static void setup(void)
{
	ck_assert(places_parse(&places, country, strlen(country), &faults));
	s = calloc(1, sizeof(*s));
	snprintf(s->place, sizeof(s->place), "x");
	zone("trung-tam", "");
	zone("thon-1", "x");
	zone("thon-2", "y");
}

static void teardown(void)
{
	places_finish(&places);
	faults_finish(&faults);
	free(s);
}

static const char *of(const char *text, int year)
{
	static char out[ZONED_BYTES];

	ck_assert_msg(zoned(s, &places, (struct date){year, 1, 1}, &text, out, &e), "%s", e.text);
	return text;
}

START_TEST(a_place_is_the_zones_in_it)
{
	ck_assert_str_eq(of("x", 2025), "trung-tam,thon-1");
	ck_assert_str_eq(of("xa khac", 2025), "thon-2");
	ck_assert_str_eq(of("Huyện H", 2025), "trung-tam,thon-1,thon-2");
}
END_TEST

START_TEST(a_zone_is_itself)
{
	ck_assert_str_eq(of("thon-1", 2025), "thon-1");
	ck_assert_str_eq(of("loa-cu", 2025), "loa-cu"); /* may have been one */
	ck_assert_str_eq(of("", 2025), "");
	ck_assert_ptr_null(of(NULL, 2025));
}
END_TEST

START_TEST(a_place_without_zones_is_told)
{
	const char *text = "xã xa";
	char out[ZONED_BYTES];

	ck_assert(!zoned(s, &places, (struct date){2025, 1, 1}, &text, out, &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	text = "h"; /* there is no such district any more */
	ck_assert(!zoned(s, &places, (struct date){2026, 1, 1}, &text, out, &e));
}
END_TEST

Suite *suite_zoned(void);
Suite *suite_zoned(void)
{
	Suite *su = suite_create("zoned");
	TCase *t = tcase_create("zoned");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_place_is_the_zones_in_it);
	tcase_add_test(t, a_zone_is_itself);
	tcase_add_test(t, a_place_without_zones_is_told);
	suite_add_tcase(su, t);
	return su;
}
