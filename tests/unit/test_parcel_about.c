/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/version.h"
#include "proof/parcel_inside.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct parcel p;
static int64_t entries;
static enum text_reader reader;
static bool ours;
static struct err e;

static bool read_text(const char *text)
{
	memset(&p, 0, sizeof(p));
	return parcel_about_read(text, strlen(text), &p, &entries, &reader, &ours, &e);
}

START_TEST(what_is_said_is_understood)
{
	struct parcel made = {.first = {2026, 11, 1}, .last = {2026, 11, 30}, .silent = true};
	struct buf b = {0};

	tz_fixed(&made.tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	parcel_about(&made, 42, &b);
	ck_assert_msg(read_text(buf_str(&b)), "%s", e.text);
	ck_assert_int_eq(entries, 42);
	ck_assert(p.silent);
	ck_assert_int_eq(date_compare(p.first, made.first), 0);
	ck_assert_int_eq(date_compare(p.last, made.last), 0);
	ck_assert_str_eq(p.tz.name, "Asia/Ho_Chi_Minh");
	ck_assert_int_eq(reader, TEXT_VI);
	ck_assert(ours);
	strstr(b.data, "\"texts\":\"")[10] ^= 1; /* what it says of itself proves nothing */
	ck_assert(read_text(buf_str(&b)) && ours);
	strstr(b.data, "\"vangxa ")[8] ^= 1; /* of another version */
	ck_assert(read_text(buf_str(&b)) && !ours);
	buf_finish(&b);
}
END_TEST

START_TEST(what_is_not_is_refused)
{
	static const char *const bad[] = {
		"", "{", "[]", "{}", "{\"format\":2}",
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
	ck_assert(!read_text("{\"format\":2,\"program\":\"vangxa 99\"}") && !ours);
	ck_assert_int_eq(e.kind, ERR_UNSUPPORTED);
	ck_assert(!read_text("{\"format\":2,\"program\":\"vangxa " VANGXA_VERSION "\"}") && ours);
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
}
END_TEST

Suite *suite_parcel_about(void);
Suite *suite_parcel_about(void)
{
	Suite *s = suite_create("parcel_about");
	TCase *t = tcase_create("parcel_about");

	tcase_add_test(t, what_is_said_is_understood);
	tcase_add_test(t, what_is_not_is_refused);
	tcase_add_test(t, a_form_that_is_not_known);
	suite_add_tcase(s, t);
	return s;
}
