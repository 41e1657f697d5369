/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/version.h"
#include "proof/parcel_inside.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct parcel p;
static struct parcel_said said;
static struct err e;

static bool read_text(const char *text)
{
	memset(&p, 0, sizeof(p));
	return parcel_about_read(text, strlen(text), &p, &said, &e);
}

START_TEST(what_is_said_is_understood)
{
	struct parcel made = {.first = {2026, 11, 1}, .last = {2026, 11, 30}, .silent = true};
	struct buf b = {0};

	tz_fixed(&made.tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	parcel_about(&made, 42, &b);
	ck_assert_msg(read_text(buf_str(&b)), "%s", e.text);
	ck_assert_int_eq(said.entries, 42);
	ck_assert(p.silent);
	ck_assert_int_eq(date_compare(p.first, made.first), 0);
	ck_assert_int_eq(date_compare(p.last, made.last), 0);
	ck_assert_str_eq(p.tz.name, "Asia/Ho_Chi_Minh");
	ck_assert_int_eq(said.reader, TEXT_VI);
	ck_assert(said.ours && said.same_form);
	strstr(b.data, "\"texts\":\"")[10] ^= 1; /* what it says of itself proves nothing */
	ck_assert(read_text(buf_str(&b)) && said.ours);
	strstr(b.data, "\"vangxa ")[8] ^= 1; /* of another version, which has the same tables … */
	ck_assert(read_text(buf_str(&b)) && !said.ours && said.same_form);
	strstr(b.data, "\"form\":\"")[10] ^= 1; /* … or others */
	ck_assert(read_text(buf_str(&b)) && !said.ours && !said.same_form);
	buf_finish(&b);
}
END_TEST

/* Two builds of one version that write other words are not called the same. */
START_TEST(the_first_form_is_read_and_has_other_tables)
{
	ck_assert(read_text("{\"entries\":1,\"format\":1,\"from\":\"2026-11-01\",\"program\":"
			    "\"vangxa " VANGXA_VERSION "\",\"timezone\":\"UTC\","
			    "\"to\":\"2026-11-01\"}"));
	ck_assert(!said.ours && !said.same_form);
	ck_assert_int_eq(said.entries, 1);
}
END_TEST

START_TEST(what_is_not_is_refused)
{
	static const char *const bad[] = {
		"", "{", "[]", "{}", "{\"format\":4}", "{\"format\":0}",
		"{\"entries\":1,\"format\":1,\"from\":\"2026-11-01\",\"timezone\":\"UTC\"}",
		"{\"entries\":1,\"format\":1,\"from\":\"2026-11-02\",\"timezone\":\"UTC\","
		"\"to\":\"2026-11-01\"}",
		"{\"entries\":-1,\"format\":1,\"from\":\"2026-11-01\",\"timezone\":\"UTC\","
		"\"to\":\"2026-11-01\"}",
		"{\"entries\":1,\"format\":1,\"from\":\"2026-11-01\","
		"\"timezone\":\"../../etc/passwd\",\"to\":\"2026-11-01\"}",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!read_text(bad[i]), "%s", bad[i]);
}
END_TEST

/* A later version's may be of another form; this one knows its own. */
START_TEST(a_form_that_is_not_known)
{
	char program[PARCEL_PROGRAM_BYTES], text[100];

	parcel_program(program);
	snprintf(text, sizeof(text), "{\"format\":4,\"program\":\"%s\"}", program);
	ck_assert(!read_text("{\"format\":4,\"program\":\"vangxa 99\"}") && !said.ours);
	ck_assert_int_eq(e.kind, ERR_UNSUPPORTED);
	ck_assert(!read_text(text) && said.ours);
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
}
END_TEST

/* Its words are this program's, and yet it counted otherwise what aired in part. */
START_TEST(the_form_before_has_other_sums)
{
	char form[SHA256_HEX_BYTES], text[400];

	parcel_form_hash(form);
	for (int format = 2; format <= PARCEL_FORMAT; format++) {
		snprintf(text, sizeof(text), "{\"format\":%d,\"form\":\"%s\",\"entries\":1,"
			 "\"from\":\"2026-11-01\",\"to\":\"2026-11-30\",\"timezone\":\"UTC\"}",
			 format, form);
		ck_assert(read_text(text));
		ck_assert_int_eq(said.same_form, format == 3);
	}
}
END_TEST

/* Names are of a few; others would be written nowhere, and are no pack's. */
START_TEST(reports_that_go_along_are_named_with_their_hashes)
{
	char text[400];

	ck_assert(parcel_is_form("forms/F.pdf") && parcel_is_form("forms/A.xlsx"));
	ck_assert(!parcel_is_form("forms/f.pdf") && !parcel_is_form("forms/F.exe"));
	ck_assert(!parcel_is_form("forms/../F.pdf") && !parcel_is_form("forms/F.pdf/x"));
	snprintf(text, sizeof(text), "{\"format\":2,\"from\":\"2026-11-01\",\"to\":\"2026-11-30\","
		 "\"timezone\":\"Asia/Ho_Chi_Minh\",\"entries\":1,\"forms\":{\"forms/F.pdf\":"
		 "\"%064d\"}}", 7);
	ck_assert(read_text(text));
	ck_assert_uint_eq(json_object_size(p.forms), 1);
	json_decref(said.forms);
	snprintf(text, sizeof(text), "{\"format\":2,\"from\":\"2026-11-01\",\"to\":\"2026-11-30\","
		 "\"timezone\":\"Asia/Ho_Chi_Minh\",\"entries\":1,\"forms\":{\"../F.pdf\":"
		 "\"%064d\"}}", 7);
	ck_assert(!read_text(text) && e.kind == ERR_DAMAGED);
	json_decref(said.forms);
}
END_TEST

Suite *suite_parcel_about(void);
Suite *suite_parcel_about(void)
{
	Suite *s = suite_create("parcel_about");
	TCase *t = tcase_create("parcel_about");

	tcase_add_test(t, what_is_said_is_understood);
	tcase_add_test(t, the_first_form_is_read_and_has_other_tables);
	tcase_add_test(t, what_is_not_is_refused);
	tcase_add_test(t, a_form_that_is_not_known);
	tcase_add_test(t, the_form_before_has_other_sums);
	tcase_add_test(t, reports_that_go_along_are_named_with_their_hashes);
	suite_add_tcase(s, t);
	return s;
}
