/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/guipage.h"

#include "base/text.h"
#include "web/tuslife.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* libmicrohttpd gives no response's body back, so each is only made, and its headers looked at.
 * test_gui.c reads them over HTTP. */
static void is_page(struct MHD_Response *response)
{
	ck_assert_str_eq(MHD_get_response_header(response, "Content-Type"),
			 "text/html; charset=utf-8");
	ck_assert_ptr_nonnull(MHD_get_response_header(response, "Content-Security-Policy"));
	ck_assert_str_eq(MHD_get_response_header(response, "Cache-Control"), "no-store");
	MHD_destroy_response(response);
}

START_TEST(each_state_has_a_page)
{
	static const char *const ends[] = {
		("{\"bulletin\":{\"id\":\"B7\",\"title\":\"Tin\",\"length_s\":65.5,"
		 "\"loudness_lufs\":-18.3,\"findings\":[{\"code\":\"silent\"}]}}"),
		"{\"bulletin\":{}}", "{\"error\":{\"text\":\"x\"}}", "{\"expired\":true}",
		"{\"taken\":true}", "{}"};
	struct tuslife u = {.file = {.length = 3}};

	is_page(guipage_form());
	is_page(guipage_outcome(&u)); /* half of it */
	u.file.offset = 3;
	is_page(guipage_outcome(&u));
	u.adding = true;
	u.progress = 0.5;
	is_page(guipage_outcome(&u));
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		u.file.end = json_loads(ends[i], 0, NULL);
		ck_assert_ptr_nonnull(u.file.end);
		is_page(guipage_outcome(&u));
		json_decref(u.file.end);
	}
}
END_TEST

START_TEST(elsewhere_is_a_header)
{
	struct err e = {.kind = ERR_LOGIN, .text = "x"};
	struct MHD_Response *response = guipage_go("/gui/1");

	ck_assert_str_eq(MHD_get_response_header(response, "Location"), "/gui/1");
	MHD_destroy_response(response);
	is_page(guipage_refusal(&e));
}
END_TEST

Suite *suite_guipage(void);
Suite *suite_guipage(void)
{
	Suite *s = suite_create("guipage");
	TCase *t = tcase_create("pages");

	tcase_add_test(t, each_state_has_a_page);
	tcase_add_test(t, elsewhere_is_a_header);
	suite_add_tcase(s, t);
	return s;
}
