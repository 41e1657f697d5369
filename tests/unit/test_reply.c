/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/reply.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

START_TEST(an_error_names_code_text_and_field)
{
	struct err e = {.kind = ERR_CONFLICT, .text = "đang \"bận\""};
	json_t *body = reply_error_body(&e, "zone");
	json_t *error = json_object_get(body, "error");

	ck_assert_str_eq(json_string_value(json_object_get(error, "code")), "conflict");
	ck_assert_str_eq(json_string_value(json_object_get(error, "text")), "đang \"bận\"");
	ck_assert_str_eq(json_string_value(json_object_get(error, "field")), "zone");
	json_decref(body);
	body = reply_error_body(&e, NULL);
	ck_assert_ptr_null(json_object_get(json_object_get(body, "error"), "field"));
	json_decref(body);
}
END_TEST

START_TEST(every_response_is_guarded)
{
	struct MHD_Response *r = reply_json(json_object());
	const char *policy = MHD_get_response_header(r, "Content-Security-Policy");

	ck_assert_ptr_nonnull(strstr(policy, "default-src 'none'"));
	ck_assert_ptr_null(strstr(policy, "unsafe"));
	ck_assert_str_eq(MHD_get_response_header(r, "X-Content-Type-Options"), "nosniff");
	ck_assert_str_eq(MHD_get_response_header(r, "Cache-Control"), "no-store");
	MHD_destroy_response(r);
}
END_TEST

START_TEST(long_answers_are_packed_for_those_who_take_it)
{
	char text[3000];
	char tag[64];
	struct MHD_Response *r;

	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	r = reply_long_json(json_pack("{s:s}", "text", text), "gzip, br");
	ck_assert_str_eq(MHD_get_response_header(r, "Content-Encoding"), "gzip");
	ck_assert_str_eq(MHD_get_response_header(r, "Vary"), "Accept-Encoding");
	snprintf(tag, sizeof(tag), "%s", MHD_get_response_header(r, "ETag"));
	MHD_destroy_response(r);
	r = reply_long_json(json_pack("{s:s}", "text", text), NULL);
	ck_assert_ptr_null(MHD_get_response_header(r, "Content-Encoding"));
	ck_assert_str_eq(MHD_get_response_header(r, "ETag"), tag); /* the same answer */
	MHD_destroy_response(r);
	text[0] = 'b';
	r = reply_long_json(json_pack("{s:s}", "text", text), NULL);
	ck_assert_str_ne(MHD_get_response_header(r, "ETag"), tag);
	MHD_destroy_response(r);
	r = reply_unchanged(tag);
	ck_assert_str_eq(MHD_get_response_header(r, "ETag"), tag);
	MHD_destroy_response(r);
	r = reply_long_json(json_pack("{s:s}", "token", "secret"), "gzip");
	ck_assert_ptr_null(MHD_get_response_header(r, "Content-Encoding"));
	MHD_destroy_response(r);
}
END_TEST

START_TEST(kinds_have_statuses)
{
	ck_assert_uint_eq(reply_status(ERR_USAGE), 400);
	ck_assert_uint_eq(reply_status(ERR_REFUSED), 403);
	ck_assert_uint_eq(reply_status(ERR_UNSUPPORTED), 415);
	ck_assert_uint_eq(reply_status(ERR_DAMAGED), 422);
	ck_assert_uint_eq(reply_status(ERR_NOT_FOUND), 404);
	ck_assert_uint_eq(reply_status(ERR_CONFLICT), 409);
	ck_assert_uint_eq(reply_status(ERR_FAILED), 500);
	ck_assert_uint_eq(reply_status(ERR_NO_SPACE), 507);
}
END_TEST

Suite *suite_reply(void);
Suite *suite_reply(void)
{
	Suite *s = suite_create("reply");
	TCase *t = tcase_create("responses");

	tcase_add_test(t, an_error_names_code_text_and_field);
	tcase_add_test(t, every_response_is_guarded);
	tcase_add_test(t, long_answers_are_packed_for_those_who_take_it);
	tcase_add_test(t, kinds_have_statuses);
	suite_add_tcase(s, t);
	return s;
}
