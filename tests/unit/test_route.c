/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/route.h"

#include <check.h>

START_TEST(method_and_path_lead_to_one_route)
{
	bool other;

	ck_assert_str_eq(route_find("GET", "/api/airings", &other)->command, "log");
	ck_assert_ptr_eq(route_find("HEAD", "/live.mp3", &other),
			 route_find("GET", "/live.mp3", &other));
	ck_assert_ptr_ne(route_find("GET", "/api/bulletins", &other),
			 route_find("POST", "/api/bulletins", &other));
	ck_assert_ptr_null(route_find("DELETE", "/api/bulletins", &other));
	ck_assert(other);
	ck_assert_ptr_null(route_find("GET", "/api/bulletins/", &other));
	ck_assert(!other);
}
END_TEST

Suite *suite_route(void);
Suite *suite_route(void)
{
	Suite *s = suite_create("route");
	TCase *t = tcase_create("table");

	tcase_add_test(t, method_and_path_lead_to_one_route);
	suite_add_tcase(s, t);
	return s;
}
