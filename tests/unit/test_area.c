/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/area.h"

#include <check.h>

static const struct place here = {12.05, 107.08};

START_TEST(a_polygon_holds_what_is_inside)
{
	ck_assert(area_in_polygon("12,107 12,107.2 12.1,107.2 12.1,107 12,107", here));
	ck_assert(area_in_polygon(" 12,107\n12,107.2 12.1,107.2 12.1,107 12,107 ", here));
	ck_assert(!area_in_polygon("13,107 13,107.2 13.1,107.2 13.1,107 13,107", here));
	/* A horseshoe: inside its box, outside of it. */
	ck_assert(!area_in_polygon("12,107 12.1,107 12.1,107.05 12.01,107.05 12.01,107.15 "
				   "12.1,107.15 12.1,107.2 12,107.2 12,107", here));
}
END_TEST

START_TEST(a_polygon_may_cross_the_date_line)
{
	static const struct place fiji = {-17.7, 178.1}, samoa = {-13.8, -171.8};
	static const char from_west[] = "-20,170 -20,-170 10,-170 10,170 -20,170",
			  from_east[] = "-20,-170 10,-170 10,170 -20,170 -20,-170",
			  broad[] = "-20,100 -20,-170 20,-170 20,100 -20,100",
			  world[] = "-90,-180 -90,180 90,180 90,-180 -90,-180";

	ck_assert(area_in_polygon(from_west, fiji) && area_in_polygon(from_west, samoa));
	ck_assert(area_in_polygon(from_east, fiji) && area_in_polygon(from_east, samoa));
	ck_assert(!area_in_polygon(from_west, here) && !area_in_polygon(from_east, here));
	ck_assert(area_in_polygon(broad, here) && area_in_polygon(broad, samoa));
	ck_assert(area_in_polygon(world, here) && area_in_polygon(world, samoa));
}
END_TEST

START_TEST(what_is_no_polygon_holds_nothing)
{
	static const char *const bad[] = {"", "12,107", "12,107 12,107.2 12.1,107.2 12.1,107",
					  "12,107 12,107.2 x 12.1,107 12,107", "nan,nan nan,nan",
					  "12,107 12,1e9 12.1,107.2 12.1,107 12,107"};

	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!area_in_polygon(bad[i], here), "%s", bad[i]);
}
END_TEST

START_TEST(a_circle_holds_what_is_near)
{
	ck_assert(area_in_circle("12.05,107.08 0", here));
	/* A degree of latitude is 111.2 km. */
	ck_assert(area_in_circle("13.05,107.08 111.3", here));
	ck_assert(!area_in_circle("13.05,107.08 111.1", here));
	ck_assert(!area_in_circle("12.05,107.08", here));
	ck_assert(!area_in_circle("12.05,107.08 -1", here));
	ck_assert(!area_in_circle("", here));
}
END_TEST

START_TEST(a_place_is_a_pair)
{
	struct place p;

	ck_assert(area_place("12.05,107.08", &p));
	ck_assert_double_eq(p.lon, 107.08);
	ck_assert(!area_place("12.05", &p));
	ck_assert(!area_place("107.08,12.05", &p));
	ck_assert(!area_place("12.05,107.08 x", &p));
	ck_assert(!area_place("0x10,1", &p));
}
END_TEST

Suite *suite_area(void);
Suite *suite_area(void)
{
	Suite *s = suite_create("area");
	TCase *t = tcase_create("area");

	tcase_add_test(t, a_polygon_holds_what_is_inside);
	tcase_add_test(t, a_polygon_may_cross_the_date_line);
	tcase_add_test(t, what_is_no_polygon_holds_nothing);
	tcase_add_test(t, a_circle_holds_what_is_near);
	tcase_add_test(t, a_place_is_a_pair);
	suite_add_tcase(s, t);
	return s;
}
