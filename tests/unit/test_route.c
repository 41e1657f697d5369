/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/route.h"

#include "people/rights.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

START_TEST(method_and_path_lead_to_one_route)
{
	char id[ROUTE_PARAMETER_BYTES];
	bool other;

	ck_assert_str_eq(route_find("GET", "/api/airings", id, &other)->command, "log");
	ck_assert_str_eq(id, "");
	ck_assert_ptr_eq(route_find("HEAD", "/live.mp3", id, &other),
			 route_find("GET", "/live.mp3", id, &other));
	ck_assert_ptr_ne(route_find("GET", "/api/bulletins", id, &other),
			 route_find("POST", "/api/bulletins", id, &other));
	ck_assert_ptr_null(route_find("DELETE", "/api/bulletins", id, &other));
	ck_assert(other);
	ck_assert_ptr_null(route_find("GET", "/api/bulletins/", id, &other));
	ck_assert(!other);
}
END_TEST

/* A route that forgets its right would be open to all: the public ones are these and no others. */
START_TEST(every_route_but_a_few_needs_a_right)
{
	/* OPTIONS of /files: what is spoken. */
	static const char *const paths[] = {"/files", "/files/{id}", "/api/me", "/api/start",
					    "/live.mp3"};
	const struct route *route;
	size_t open = 0;

	for (size_t i = 0; (route = route_number(i)) != NULL; i++) {
		const char *right = route_right(route);
		ck_assert_msg(right == NULL || rights_known(right), "%s", route->path);
		if (right != NULL)
			continue;
		ck_assert_uint_lt(open, sizeof(paths) / sizeof(paths[0]));
		ck_assert_str_eq(route->path, paths[open++]);
	}
	ck_assert_uint_eq(open, sizeof(paths) / sizeof(paths[0]));
}
END_TEST

START_TEST(one_part_of_a_path_is_a_parameter)
{
	char id[ROUTE_PARAMETER_BYTES];
	bool other;

	ck_assert_str_eq(route_find("GET", "/api/bulletins/B17", id, &other)->field, "bulletin");
	ck_assert_str_eq(id, "B17");
	ck_assert_ptr_null(route_find("POST", "/api/bulletins/B17", id, &other));
	ck_assert(other);
	ck_assert(route_fits("/files/{id}", "/files/a-Z_09", id));
	ck_assert_str_eq(id, "a-Z_09");
	ck_assert(route_fits("/api/bulletins/{id}/approve", "/api/bulletins/B1/approve", id));
	ck_assert_str_eq(id, "B1");
	ck_assert(!route_fits("/api/bulletins/{id}/approve", "/api/bulletins/B1", id));
	ck_assert(!route_fits("/api/bulletins/{id}", "/api/bulletins/B1/approve", id));
	ck_assert_str_eq(id, "");
}
END_TEST

START_TEST(the_rest_of_a_path_holds_a_slash)
{
	char rest[ROUTE_PARAMETER_BYTES];

	ck_assert(route_fits("/log{path*}", "/log/tile/0/x001/067.p/5", rest));
	ck_assert_str_eq(rest, "/tile/0/x001/067.p/5");
	ck_assert(route_fits("/log{path*}", "/log-2/vkey", rest));
	ck_assert_str_eq(rest, "-2/vkey");
	/* Files of the page. */
	ck_assert(!route_fits("/log{path*}", "/log-ab12.js", rest));
	ck_assert(!route_fits("/log{path*}", "/log", rest));
	ck_assert(!route_fits("/log{path*}", "/log/A b", rest));
	ck_assert(!route_fits("/log{path*}", "/lo/g", rest));
}
END_TEST

START_TEST(a_parameter_is_a_short_plain_word)
{
	static const char *const bad[] = {"",	 ".",	"..",	"a.b",	   "a/b",  "a/",
					  "a b", "%41", "\xc3\xa9", "B1\n", "{id}", "B1?x=1"};
	char path[200], id[ROUTE_PARAMETER_BYTES];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(path, sizeof(path), "/files/%s", bad[i]);
		ck_assert_msg(!route_fits("/files/{id}", path, id), "%s", bad[i]);
	}
	snprintf(path, sizeof(path), "/files/%064d", 7);
	ck_assert(route_fits("/files/{id}", path, id));
	ck_assert_uint_eq(strlen(id), 64);
	snprintf(path, sizeof(path), "/files/%065d", 7);
	ck_assert(!route_fits("/files/{id}", path, id));
}
END_TEST

Suite *suite_route(void);
Suite *suite_route(void)
{
	Suite *s = suite_create("route");
	TCase *t = tcase_create("table");

	tcase_add_test(t, method_and_path_lead_to_one_route);
	tcase_add_test(t, every_route_but_a_few_needs_a_right);
	tcase_add_test(t, one_part_of_a_path_is_a_parameter);
	tcase_add_test(t, the_rest_of_a_path_holds_a_slash);
	tcase_add_test(t, a_parameter_is_a_short_plain_word);
	suite_add_tcase(s, t);
	return s;
}
