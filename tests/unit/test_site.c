/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/site.h"

#include "support/web_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct web_case c;

static void setup(void)
{
	web_case_start(&c);
}

static void teardown(void)
{
	web_case_end(&c);
}

static const char *const nowhere[] = {
	"/../secret", "/..", "/.",	  "//index.html", "/app-AAAAAAA7.js.gz", "index.html",
	"",	      "/www", "/index.html/", "/%2e%2e/secret", "/INDEX.HTML",
};

START_TEST(only_listed_names_lead_anywhere)
{
	struct site *s = site_create(c.www, false);

	ck_assert_ptr_null(site_find(s, nowhere[_i]));
	ck_assert_ptr_nonnull(site_find(s, "/index.html"));
	ck_assert_ptr_eq(site_find(s, "/"), site_find(s, "/index.html"));
	ck_assert_ptr_nonnull(site_find(s, "/app-AAAAAAA7.js")->gzip);
	site_destroy(s);
}
END_TEST

START_TEST(a_link_out_of_the_folder_is_not_followed)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/way.txt", c.www);
	ck_assert_int_eq(symlink("../secret", path), 0);
	struct site *s = site_create(c.www, false);
	ck_assert_ptr_null(site_find(s, "/way.txt"));
	site_destroy(s);
}
END_TEST

START_TEST(a_missing_folder_has_no_files)
{
	struct site *s = site_create("/nonexistent", false);

	ck_assert_ptr_null(site_find(s, "/"));
	site_destroy(s);
}
END_TEST

START_TEST(headers_are_understood)
{
	ck_assert(site_unchanged("\"a\", \"b\"", "\"b\""));
	ck_assert(site_unchanged("*", "\"b\""));
	ck_assert(!site_unchanged("\"a\"", "\"b\""));
	ck_assert(!site_unchanged(NULL, "\"b\""));
}
END_TEST

START_TEST(it_serves_twins_and_ages)
{
	struct buf got = web_case_ask(
		&c, "GET /app-AAAAAAA7.js HTTP/1.1\r\nAccept-Encoding: gzip", NULL);

	ck_assert_ptr_nonnull(strstr(got.data, "immutable"));
	ck_assert_ptr_nonnull(strstr(got.data, "\r\n\r\nzipped"));
	buf_finish(&got);
	got = web_case_ask(&c, "GET / HTTP/1.1", NULL);
	ck_assert_ptr_nonnull(strstr(got.data, "Cache-Control: no-cache"));
	ck_assert_ptr_nonnull(strstr(got.data, "<title>"));
	buf_finish(&got);
}
END_TEST

START_TEST(a_rebuilt_page_is_read_again)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/index.html", c.www);
	ck_assert_int_eq(unlink(path), 0);
	struct buf got = web_case_ask(&c, "GET / HTTP/1.1", NULL);
	ck_assert_ptr_nonnull(strstr(got.data, "503"));
	ck_assert_ptr_nonnull(strstr(got.data, "make page"));
	buf_finish(&got);
	FILE *f = fopen(path, "w");
	fputs("again", f);
	fclose(f);
	got = web_case_ask(&c, "GET / HTTP/1.1", NULL);
	ck_assert_ptr_nonnull(strstr(got.data, "\r\n\r\nagain"));
	buf_finish(&got);
}
END_TEST

Suite *suite_site(void);
Suite *suite_site(void)
{
	Suite *s = suite_create("site");
	TCase *t = tcase_create("files");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, only_listed_names_lead_anywhere, 0,
			    sizeof(nowhere) / sizeof(nowhere[0]));
	tcase_add_test(t, a_link_out_of_the_folder_is_not_followed);
	tcase_add_test(t, a_missing_folder_has_no_files);
	tcase_add_test(t, headers_are_understood);
	tcase_add_test(t, it_serves_twins_and_ages);
	tcase_add_test(t, a_rebuilt_page_is_read_again);
	suite_add_tcase(s, t);
	return s;
}
