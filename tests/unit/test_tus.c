/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/tus.h"

#include "base/limits.h"
#include "support/web_case.h"
#include "web/tuslife.h"
#include "web/tusset.h"
#include "web/web.h"

#include <check.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TUS "\r\nTus-Resumable: 1.0.0"
#define PIECE TUS "\r\nContent-Type: application/offset+octet-stream"
#define TITLE TUS "\r\nUpload-Metadata: title VGlu"

static struct web_case c;
static struct buf got;
static char place[64]; /* /files/ID */

static void setup(void)
{
	web_case_start(&c);
}

static void teardown(void)
{
	buf_finish(&got);
	web_case_end(&c);
}

static const char *ask(const char *body, const char *form, ...)
	__attribute__((format(printf, 2, 3)));
static const char *ask(const char *body, const char *form, ...)
{
	char head[600];
	va_list args;

	va_start(args, form);
	vsnprintf(head, sizeof(head), form, args);
	va_end(args);
	buf_finish(&got);
	got = web_case_ask(&c, head, body);
	return got.data;
}

static bool says(const char *text)
{
	return strstr(got.data, text) != NULL;
}

static void create(int length)
{
	ask("", "POST /files HTTP/1.1" TITLE "\r\nUpload-Length: %d", length);
	ck_assert(says(" 201 ") && says("Upload-Expires: ") && says("Upload-Offset: 0\r\n"));
	const char *at = strstr(got.data, "Location: /files/");
	ck_assert_ptr_nonnull(at);
	snprintf(place, sizeof(place), "%.39s", at + 10);
}

static void patch(int offset, const char *body)
{
	ask(body, "PATCH %s HTTP/1.1" PIECE "\r\nUpload-Offset: %d", place, offset);
}

static void until(const char *state)
{
	do {
		web_case_step(&c);
		ask(NULL, "GET %s HTTP/1.1", place);
	} while (!says(state));
}

START_TEST(options_say_what_is_spoken)
{
	ask(NULL, "OPTIONS /files HTTP/1.1");
	ck_assert(says(" 204 ") && says("Tus-Version: 1.0.0\r\n") &&
		  says("Tus-Max-Size: 4294967296\r\n") &&
		  says("Tus-Checksum-Algorithm: sha1,sha256\r\n") && says("termination"));
}
END_TEST

START_TEST(pieces_become_a_bulletin)
{
	create(6);
	patch(0, "abc");
	ck_assert(says(" 204 ") && says("Upload-Offset: 3\r\n") && says("Upload-Expires: "));
	ask(NULL, "HEAD %s HTTP/1.1" TUS, place);
	ck_assert(says(" 200 ") && says("Upload-Offset: 3\r\n") && says("Upload-Length: 6\r\n") &&
		  says("Cache-Control: no-store\r\n"));
	patch(3, "def");
	ck_assert(says(" 204 ") && says("Upload-Offset: 6\r\n"));
	until("\"state\":\"done\"");
	ck_assert(says("\"bulletin\":{\"id\":\"B7\"}"));
}
END_TEST

START_TEST(the_creation_may_bring_the_first_piece)
{
	ask("abc", "POST /files HTTP/1.1" PIECE "\r\nUpload-Metadata: title VGlu"
		   "\r\nUpload-Length: 3");
	ck_assert(says(" 201 ") && says("Upload-Offset: 3\r\n"));
}
END_TEST

START_TEST(a_cut_keeps_what_came)
{
	char head[300];
	struct buf nothing = {0};

	create(6);
	snprintf(head, sizeof(head), "PATCH %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6"
		 PIECE "\r\nUpload-Offset: 0\r\n\r\nabcd", place);
	int fd = web_case_connect(&c, head);
	for (int i = 0; i < 20; i++)
		web_case_step(&c);
	ask(NULL, "HEAD %s HTTP/1.1" TUS, place); /* the old connection does not know yet */
	ck_assert(says("Upload-Offset: 4\r\n"));
	ck_assert(web_case_until(&c, fd, &nothing, NULL));
	close(fd);
	buf_finish(&nothing);
	patch(4, "ef");
	ck_assert(says(" 204 "));
}
END_TEST

START_TEST(a_wrong_checksum_leaves_the_offset)
{
	create(11);
	patch(0, "hello ");
	ask("worlD", "PATCH %s HTTP/1.1" PIECE "\r\nUpload-Offset: 6"
		     "\r\nUpload-Checksum: sha1 fCEUM/AgcVl3Qeb/Wo6jR4mrv0M=", place);
	ck_assert(says(" 460 "));
	ask(NULL, "HEAD %s HTTP/1.1" TUS, place);
	ck_assert(says("Upload-Offset: 6\r\n"));
	/* SHA-1 of "world" */
	ask("world", "PATCH %s HTTP/1.1" PIECE "\r\nUpload-Offset: 6"
		     "\r\nUpload-Checksum: sha1 fCEUM/AgcVl3Qeb/Wo6jR4mrv0M=", place);
	ck_assert(says(" 204 ") && says("Upload-Offset: 11\r\n"));
}
END_TEST

static const struct {
	const char *head, *body, *status, *word;
} bad[] = {
	{"POST /files HTTP/1.1\r\nUpload-Length: 3", "", " 412 ", "Tus-Version: 1.0.0"},
	{"POST /files HTTP/1.1\r\nTus-Resumable: 0.2.2", "", " 412 ", "usage"},
	{"POST /files HTTP/1.1" TITLE, "", " 400 ", "Upload-Length"},
	{"POST /files HTTP/1.1" TITLE "\r\nUpload-Defer-Length: 1", "", " 400 ", "Upload-Length"},
	{"POST /files HTTP/1.1" TITLE "\r\nUpload-Length: -1", "", " 400 ", "Upload-Length"},
	{"POST /files HTTP/1.1" TITLE "\r\nUpload-Length: 0", "", " 400 ", "usage"},
	{"POST /files HTTP/1.1" TITLE "\r\nUpload-Length: 4294967297", "", " 413 ", "GB"},
	{"POST /files HTTP/1.1" TUS "\r\nUpload-Length: 3", "", " 400 ", "\"field\":\"title\""},
	{"POST /files HTTP/1.1" TITLE "\r\nUpload-Length: 3", "abc", " 415 ", "octet-stream"},
	{"POST /files HTTP/1.1" TITLE "\r\nUpload-Length: 3\r\nOrigin: http://evil.example", "",
	 " 403 ", "refused"},
	{"POST /files HTTP/1.1" PIECE "\r\nUpload-Metadata: title VGlu\r\nUpload-Length: 3",
	 "abcd", " 413 ", "Upload-Length"},
	{"PATCH /files/0123456789abcdef0123456789abcdef HTTP/1.1" PIECE "\r\nUpload-Offset: 0",
	 "a", " 404 ", "not_found"},
	{"HEAD /files/0123456789abcdef0123456789abcdef HTTP/1.1" TUS, NULL, " 404 ", "Tus-Resum"},
	{"DELETE /files/..%2fsecret HTTP/1.1" TUS, NULL, " 400 ", "usage"},
	{"DELETE /files/../secret HTTP/1.1" TUS, NULL, " 405 ", "usage"},
};

START_TEST(bad_requests_begin_nothing)
{
	ask(bad[_i].body, "%s", bad[_i].head);
	ck_assert_msg(says(bad[_i].status) && says(bad[_i].word), "%s", got.data);
	ck_assert(!says("Upload-Offset: "));
}
END_TEST

START_TEST(bad_pieces_change_nothing)
{
	create(3);
	patch(1, "b");
	ck_assert(says(" 409 "));
	patch(0, "abcd");
	ck_assert(says(" 413 "));
	ask("a", "PATCH %s HTTP/1.1" TUS "\r\nUpload-Offset: 0", place);
	ck_assert(says(" 415 "));
	ask("a", "PATCH %s HTTP/1.1" PIECE, place);
	ck_assert(says(" 400 "));
	ask("a", "PATCH %s HTTP/1.1" PIECE "\r\nUpload-Offset: 0\r\nUpload-Checksum: md5 AA==",
	    place);
	ck_assert(says(" 400 "));
	ask("a", "PATCH %s HTTP/1.1\r\nTus-Resumable: 2.0.0", place);
	ck_assert(says(" 412 "));
	ask(NULL, "HEAD %s HTTP/1.1" TUS, place);
	ck_assert(says("Upload-Offset: 0\r\n"));
}
END_TEST

START_TEST(what_is_given_up_is_gone)
{
	create(3);
	patch(0, "a");
	ask(NULL, "DELETE %s HTTP/1.1" TUS, place);
	ck_assert(says(" 204 "));
	ask(NULL, "HEAD %s HTTP/1.1" TUS, place);
	ck_assert(says(" 404 "));
	char path[200];
	snprintf(path, sizeof(path), "%s/incoming/%s.tus", c.dir, place + 7);
	ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST

START_TEST(who_knows_no_patch_may_post)
{
	create(3);
	ask("abc", "POST %s HTTP/1.1" PIECE "\r\nUpload-Offset: 0"
		   "\r\nX-HTTP-Method-Override: PATCH", place);
	ck_assert(says(" 204 ") && says("Upload-Offset: 3\r\n"));
}
END_TEST

START_TEST(one_address_begins_only_so_many)
{
	for (int i = 0; i < TUS_ADDRESS_MAX; i++)
		create(3);
	ask("", "POST /files HTTP/1.1" TITLE "\r\nUpload-Length: 3");
	ck_assert(says(" 429 ") && says("Retry-After: "));
	ask(NULL, "DELETE %s HTTP/1.1" TUS, place);
	create(3);
}
END_TEST

START_TEST(what_is_older_than_a_day_is_gone_and_says_so)
{
	char path[200];
	struct timespec old[2] = {{.tv_sec = time(NULL) - TUS_EXPIRES_S - 60},
				  {.tv_sec = time(NULL) - TUS_EXPIRES_S - 60}};

	create(3);
	patch(0, "a");
	snprintf(path, sizeof(path), "%s/incoming/%s.tus", c.dir, place + 7);
	ck_assert_int_eq(utimensat(AT_FDCWD, path, old, 0), 0);
	tusset_close(c.web->tus);
	c.web->tus = tusset_open(c.web);
	ask(NULL, "HEAD %s HTTP/1.1" TUS, place);
	ck_assert(says(" 410 "));
	patch(1, "b");
	ck_assert(says(" 410 ") && says("\"not_found\""));
}
END_TEST

/* What others were promised counts as taken. */
START_TEST(nothing_is_begun_on_a_full_disk)
{
	struct tusowner other = {"192.0.2.1", 0};
	struct err e = {0};

	ck_assert_ptr_nonnull(tusset_create(c.web->tus, &other, INT64_C(1) << 60,
					    handover_command(NULL), &e));
	ask("", "POST /files HTTP/1.1" TITLE "\r\nUpload-Length: 3");
	ck_assert(says(" 507 ") && says("\"no_space\""));
	ck_assert(!says("Location: "));
}
END_TEST

Suite *suite_tus(void);
Suite *suite_tus(void)
{
	Suite *s = suite_create("tus");
	TCase *t = tcase_create("protocol");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, options_say_what_is_spoken);
	tcase_add_test(t, pieces_become_a_bulletin);
	tcase_add_test(t, the_creation_may_bring_the_first_piece);
	tcase_add_test(t, a_cut_keeps_what_came);
	tcase_add_test(t, a_wrong_checksum_leaves_the_offset);
	tcase_add_loop_test(t, bad_requests_begin_nothing, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(t, bad_pieces_change_nothing);
	tcase_add_test(t, what_is_given_up_is_gone);
	tcase_add_test(t, what_is_older_than_a_day_is_gone_and_says_so);
	tcase_add_test(t, nothing_is_begun_on_a_full_disk);
	tcase_add_test(t, who_knows_no_patch_may_post);
	tcase_add_test(t, one_address_begins_only_so_many);
	suite_add_tcase(s, t);
	return s;
}
