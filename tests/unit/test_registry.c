/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/registry.h"

#include "support/signed_in.h"

#include <check.h>
#include <string.h>

#define POST "POST /api/registers/products HTTP/1.1\r\nContent-Type: application/json"

static struct signed_in s;

static void setup(void)
{
	signed_in_start(&s, "{\"id\":1,\"ok\":true,\"row\":{\"row\":\"SP1\"}}\n");
}

static void teardown(void)
{
	signed_in_end(&s);
}

static void asked(const char *head, const char *body, const char *want)
{
	signed_in_asked(&s, head, body, want);
}

START_TEST(a_row_goes_to_the_station_as_it_is)
{
	asked(POST, "{\"row\":\"SP1\",\"if_n\":7,\"fields\":{\"title\":\"a\",\"number\":null}}",
	      "\"SP1\"");
	ck_assert_ptr_nonnull(strstr(s.told, "\"do\":\"register.write\""));
	ck_assert_ptr_nonnull(strstr(s.told, "\"register\":\"products\""));
	ck_assert_ptr_nonnull(strstr(s.told, "\"number\":null"));
	ck_assert_ptr_nonnull(strstr(s.told, "\"if_n\":7"));
}
END_TEST

/* Else a body could say in whose name it comes. */
START_TEST(no_other_word_of_a_command_comes_in)
{
	asked(POST, "{\"fields\":{},\"user\":\"user:5\"}", "user");
	ck_assert_str_eq(s.told, "");
	asked(POST, "{\"fields\":{},\"do\":\"cut\"}", " 400 ");
	ck_assert_str_eq(s.told, "");
	asked(POST, "[1]", " 400 ");
	asked(POST, "{", " 400 ");
	ck_assert_str_eq(s.told, "");
}
END_TEST

START_TEST(rows_are_asked_for_by_page_and_by_id)
{
	asked("GET /api/registers/works?after=20&limit=10 HTTP/1.1", NULL, " 200 ");
	ck_assert_ptr_nonnull(strstr(s.told, "\"do\":\"register.list\""));
	ck_assert_ptr_nonnull(strstr(s.told, "\"register\":\"works\""));
	ck_assert_ptr_nonnull(strstr(s.told, "\"after\":\"20\""));
	asked("GET /api/registers/works?row=TL3 HTTP/1.1", NULL, " 200 ");
	ck_assert_ptr_nonnull(strstr(s.told, "\"row\":\"TL3\""));
}
END_TEST

Suite *suite_registry(void);
Suite *suite_registry(void)
{
	Suite *suite = suite_create("registry");
	TCase *t = tcase_create("rows");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_row_goes_to_the_station_as_it_is);
	tcase_add_test(t, no_other_word_of_a_command_comes_in);
	tcase_add_test(t, rows_are_asked_for_by_page_and_by_id);
	suite_add_tcase(suite, t);
	return suite;
}
