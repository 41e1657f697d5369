/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/html.h"

#include <check.h>
#include <string.h>

START_TEST(a_page_has_a_language_a_title_and_a_heading)
{
	struct buf page = {0};

	html_begin(&page, "Tin & ảnh", 3);
	ck_assert_ptr_nonnull(strstr(buf_str(&page), "<html lang=\""));
	ck_assert_ptr_nonnull(strstr(buf_str(&page), "<title>Tin &amp; ảnh</title>"));
	ck_assert_ptr_nonnull(strstr(buf_str(&page), "<h1>Tin &amp; ảnh</h1>"));
	ck_assert_ptr_nonnull(strstr(buf_str(&page), "http-equiv=\"refresh\" content=\"3\""));
	buf_reset(&page);
	html_begin(&page, "a", 0);
	ck_assert_ptr_null(strstr(buf_str(&page), "refresh"));
	struct MHD_Response *response = html_response(&page);
	ck_assert_ptr_null(page.data);
	ck_assert_str_eq(MHD_get_response_header(response, "Referrer-Policy"), "same-origin");
	MHD_destroy_response(response);
}
END_TEST

Suite *suite_html(void);
Suite *suite_html(void)
{
	Suite *s = suite_create("html");
	TCase *t = tcase_create("html");

	tcase_add_test(t, a_page_has_a_language_a_title_and_a_heading);
	suite_add_tcase(s, t);
	return s;
}
