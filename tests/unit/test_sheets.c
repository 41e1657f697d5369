/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/sheets.h"

#include "base/json.h"
#include "base/limits.h"
#include "support/signed_in.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#define LOOK "POST /api/registers/products/import?name=a.csv HTTP/1.1"
#define APPLY                                                                                      \
	"POST /api/registers/products/import/apply HTTP/1.1\r\nContent-Type: application/json"

static struct signed_in s;

static void setup(void)
{
	signed_in_start(&s, "{\"id\":1,\"ok\":true,\"bad\":0,\"added\":2,\"changed\":0,"
			    "\"sha256\":\"s\",\"effect\":\"f\"}\n");
}

static void teardown(void)
{
	signed_in_end(&s);
}

/* What came back; static. */
static const char *ask(const char *head, const char *body, int who)
{
	static char got[8192];
	struct buf b = signed_in_ask(&s, who, head, body);

	snprintf(got, sizeof(got), "%s", buf_str(&b));
	buf_finish(&b);
	return got;
}

static int files(void)
{
	char path[128];
	int count = 0;

	snprintf(path, sizeof(path), "%s/incoming", s.web.dir);
	DIR *d = opendir(path);
	for (struct dirent *f; d != NULL && (f = readdir(d)) != NULL;)
		count += f->d_name[0] != '.';
	if (d != NULL)
		closedir(d);
	return count;
}

/* The body that applies what was looked at; static. */
static const char *apply_of(const char *got)
{
	static char body[200];
	const char *at = strstr(got, "\"sheet\":\"");

	ck_assert_msg(at != NULL, "%s", got);
	snprintf(body, sizeof(body),
		 "{\"sheet\":\"%.32s\",\"sha256\":\"s\",\"effect\":\"f\"}",
		 at + strlen("\"sheet\":\""));
	return body;
}

static void ck_has(const char *got, const char *want)
{
	ck_assert_msg(strstr(got, want) != NULL, "%s not in\n%s", want, got);
}

START_TEST(a_sheet_is_looked_at_and_then_applied)
{
	const char *body = apply_of(ask(LOOK, "title,kind\na,video\n", 0));

	ck_has(s.told, "\"do\":\"register.import\"");
	ck_has(s.told, "\"register\":\"products\"");
	ck_has(s.told, "\"name\":\"a.csv\"");
	ck_has(s.told, "\"apply\":false");
	ck_assert_int_eq(files(), 1);
	s.says = "{\"id\":1,\"ok\":true,\"applying\":true}\n";
	ck_has(ask(APPLY, body, 0), "\"applying\":true");
	ck_has(s.told, "\"apply\":true");
	ck_has(s.told, "\"sha256\":\"s\"");
	ck_has(s.told, "\"effect\":\"f\"");
	ck_assert_int_eq(files(), 0);
	ck_has(ask(APPLY, body, 0), " 404 "); /* once is enough */
}
END_TEST

START_TEST(what_was_not_looked_at_is_not_applied)
{
	const char *body = apply_of(ask(LOOK, "title,kind\na,video\n", 0));
	char other[sizeof(APPLY) + 20];

	s.told[0] = '\0';
	ck_has(ask(APPLY, body, 1), " 404 "); /* somebody else looked */
	snprintf(other, sizeof(other), "%s", APPLY);
	memcpy(strstr(other, "products"), "stations", 8);
	ck_has(ask(other, body, 0), " 404 ");
	ck_has(ask(APPLY, "{\"sheet\":\"../../key\",\"sha256\":\"s\",\"effect\":\"f\"}", 0),
	       " 404 ");
	ck_has(ask(APPLY, "{\"sheet\":\"x\",\"sha256\":\"s\"}", 0), "effect");
	ck_has(ask(APPLY, "{\"sheet\":\"x\",\"path\":\"/etc/passwd\"}", 0), " 400 ");
	ck_assert_str_eq(s.told, "");
}
END_TEST

/* The one that was looked at is the one that is applied; what the station calls it is told apart
 * from what can be applied. */
START_TEST(a_sheet_of_several_is_chosen)
{
	s.says = "{\"id\":1,\"ok\":true,\"bad\":0,\"added\":2,\"changed\":0,\"sha256\":\"s\","
	       "\"effect\":\"f\",\"sheet\":\"Hai\",\"sheets\":[\"Một\",\"Hai\"]}\n";
	const char *got = ask("POST /api/registers/products/import?name=a.xlsx&sheet=Hai HTTP/1.1",
			      "PK", 0);
	ck_has(s.told, "\"sheet\":\"Hai\"");
	ck_has(got, "\"chosen\":\"Hai\"");
	ask(APPLY, apply_of(got), 0);
	ck_has(s.told, "\"apply\":true");
	ck_has(s.told, "\"sheet\":\"Hai\"");
	s.says = "{\"id\":1,\"ok\":true,\"bad\":1,\"added\":2,\"changed\":0,\"sheet\":\"Một\"}\n";
	ck_assert_ptr_null(strstr(ask(LOOK, "PK", 0), "\"sheet\":"));
	ck_has(s.told, "\"sheet\":\"\"");
}
END_TEST

/* The station says no, as it does when the register has changed: it can be tried once more. */
START_TEST(a_refusal_keeps_the_sheet)
{
	const char *body = apply_of(ask(LOOK, "title,kind\na,video\n", 0));

	s.says = "{\"id\":1,\"error\":{\"code\":\"conflict\",\"text\":\"đổi\"}}\n";
	ck_has(ask(APPLY, body, 0), " 409 ");
	ck_assert_int_eq(files(), 1);
	ck_has(ask(LOOK, "title,kind\n", 0), " 409 ");
	ck_assert_int_eq(files(), 1);
}
END_TEST

START_TEST(what_is_of_no_use_is_not_kept)
{
	s.says = "{\"id\":1,\"ok\":true,\"bad\":1,\"added\":2,\"changed\":0}\n";
	ck_assert_ptr_null(strstr(ask(LOOK, "a", 0), "\"sheet\""));
	s.says = "{\"id\":1,\"ok\":true,\"bad\":0,\"added\":0,\"changed\":0}\n";
	ck_assert_ptr_null(strstr(ask(LOOK, "a", 0), "\"sheet\""));
	ck_assert_int_eq(files(), 0);
	s.told[0] = '\0';
	ck_has(ask(LOOK, "", 0), " 400 ");
	ck_has(ask(LOOK "\r\nContent-Type: multipart/form-data; boundary=x", "a", 0), " 415 ");
	ck_assert_str_eq(s.told, "");
	ck_assert_int_eq(files(), 0);
}
END_TEST

/* Somewhere in the middle of an "ố", wherever the first one stands. */
START_TEST(a_long_name_is_cut_between_letters)
{
	char head[1000];

	for (int shift = 0; shift < 3; shift++) {
		int used = snprintf(head, sizeof(head), "POST /api/registers/products/import?name="
							"%.*s", shift, "bc");
		for (int i = 0; i < 80; i++)
			used += snprintf(head + used, sizeof(head) - (size_t)used, "%%E1%%BB%%91");
		snprintf(head + used, sizeof(head) - (size_t)used, " HTTP/1.1");
		ck_has(ask(head, "a", 0), " 200 ");
	}
}
END_TEST

START_TEST(one_too_long_is_refused_before_it_comes)
{
	char head[400];

	snprintf(head, sizeof(head),
		 LOOK "\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n"
		      "Content-Length: %d\r\n\r\n", s.tokens[0], REGISTER_SHEET_BYTES_MAX + 1);
	int fd = web_case_connect(&s.web, head);
	struct buf got = {0};
	web_case_until(&s.web, fd, &got, "64 MB");
	ck_has(buf_str(&got), " 413 ");
	buf_finish(&got);
	ck_assert_int_eq(files(), 0);
}
END_TEST

START_TEST(only_so_many_are_kept_the_newest)
{
	char first[200];

	snprintf(first, sizeof(first), "%s", apply_of(ask(LOOK, "a", 0)));
	for (int i = 0; i < HTTP_SHEETS_MAX; i++)
		apply_of(ask(LOOK, "a", 0));
	ck_assert_int_eq(files(), HTTP_SHEETS_MAX);
	ck_has(ask(APPLY, first, 0), " 404 ");
}
END_TEST

Suite *suite_sheets(void);
Suite *suite_sheets(void)
{
	Suite *suite = suite_create("sheets");
	TCase *t = tcase_create("sheets");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_sheet_is_looked_at_and_then_applied);
	tcase_add_test(t, what_was_not_looked_at_is_not_applied);
	tcase_add_test(t, a_sheet_of_several_is_chosen);
	tcase_add_test(t, a_refusal_keeps_the_sheet);
	tcase_add_test(t, what_is_of_no_use_is_not_kept);
	tcase_add_test(t, a_long_name_is_cut_between_letters);
	tcase_add_test(t, one_too_long_is_refused_before_it_comes);
	tcase_add_test(t, only_so_many_are_kept_the_newest);
	suite_add_tcase(suite, t);
	return suite;
}
