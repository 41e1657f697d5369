/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/saying.h"
#include "proof/parcel_inside.h"
#include "proof/reason.h"

#include <check.h>
#include <string.h>

static bool has(const struct buf *b, const char *what)
{
	return strstr(b->data, what) != NULL;
}

/* In whatever language the tables of the pack are. */
START_TEST(the_hash_is_of_both_languages)
{
	char vi[SHA256_HEX_BYTES], en[SHA256_HEX_BYTES];

	parcel_form_hash(vi);
	text_speak(TEXT_EN);
	parcel_form_hash(en);
	ck_assert_int_eq(text_speaks(), TEXT_EN);
	text_speak(TEXT_OWN);
	ck_assert_str_eq(vi, en);
	ck_assert_uint_eq(strlen(vi), SHA256_HEX_BYTES - 1);
}
END_TEST

START_TEST(it_is_of_every_column_and_word)
{
	struct buf b = {0};

	parcel_heads(&b);
	ck_assert(has(&b, "id,planned,slot,") && has(&b, ",corrected_planned,corrected_end\r\n"));
	ck_assert(has(&b, "entry,at,kind,text\r\n") && has(&b, "sha256,title\r\n"));
	ck_assert(has(&b, "file,zone,from,to,bytes,sha256,entry,here\r\n"));
	buf_reset(&b);
	reason_list(&b);
	ck_assert(has(&b, "power-off\nmất điện hoặc máy tắt\nthe power failed"));
	ck_assert(has(&b, "unsure\nchưa chắc đủ\n") && has(&b, "device\nthiết bị âm thanh\n"));
	buf_reset(&b);
	saying_list(&b);
	ck_assert(has(&b, "no-device\nkhông đưa ra thiết bị nào\nnot sent to a device\n"));
	buf_finish(&b);
}
END_TEST

Suite *suite_parcel_form(void);
Suite *suite_parcel_form(void)
{
	Suite *s = suite_create("parcel_form");
	TCase *t = tcase_create("parcel_form");

	tcase_add_test(t, the_hash_is_of_both_languages);
	tcase_add_test(t, it_is_of_every_column_and_word);
	suite_add_tcase(s, t);
	return s;
}
