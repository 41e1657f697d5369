/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control socket against clients that are broken, greedy, deaf or gone. */
#include "station/control.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "support/tmpdir.h"
#include "sys/sock.h"

#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char dir[64], path[96];
static struct loop *loop;
static struct control *control;
static uint64_t last_from; /* of the last request */
static char last_who[32];
static int requests;

/* Echoes; "watch" watches. */
static void request(void *arg, uint64_t from, const char *who, json_t *rq)
{
	(void)arg;
	requests++;
	last_from = from;
	snprintf(last_who, sizeof(last_who), "%s", who);
	if (strcmp(json_get_text(rq, "do", ""), "watch") == 0)
		control_watch(control, from, false);
	control_send(control, from, json_incref(rq));
}

static void setup(void)
{
	const struct control_handler handler = {.request = request};
	struct err e = {0};

	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/control.sock", dir);
	loop = loop_create();
	requests = 0;
	last_from = 0;
	ck_assert_msg(control_open(&control, loop, path, &handler, &e), "%s", e.text);
}

static void teardown(void)
{
	control_close(control);
	ck_assert_int_ne(access(path, F_OK), 0);
	loop_destroy(loop);
	tmpdir_remove(dir);
}

static int join(void)
{
	struct err e = {0};
	int fd = sock_connect_now(path, &e);

	ck_assert_msg(fd >= 0, "%s", e.text);
	loop_once(loop, 1000);
	return fd;
}

static void say(int fd, const char *text)
{
	ck_assert_int_eq(send(fd, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
	loop_once(loop, 1000);
}

/* What has come; "" nothing. */
static const char *heard(int fd)
{
	static char text[4096];
	ssize_t n = recv(fd, text, sizeof(text) - 1, MSG_DONTWAIT);

	text[n > 0 ? n : 0] = '\0';
	return text;
}

/* True once the other side has closed, whatever lies unread before. */
static bool is_dropped(int fd)
{
	static char bin[1 << 16];
	ssize_t n;

	while ((n = recv(fd, bin, sizeof(bin), MSG_DONTWAIT)) > 0)
		;
	return n == 0 || (errno != EAGAIN && errno != EINTR);
}

START_TEST(a_line_is_a_request_however_it_is_cut)
{
	char who[32];
	int fd = join();

	say(fd, "{\"do\":\"sta");
	ck_assert_int_eq(requests, 0);
	say(fd, "tus\"}\n\n{\"do\":\"b\"}\n{\"do\"");
	ck_assert_int_eq(requests, 2);
	ck_assert_str_eq(heard(fd), "{\"do\":\"status\"}\n{\"do\":\"b\"}\n");
	snprintf(who, sizeof(who), "uid:%ld", (long)getuid());
	ck_assert_str_eq(last_who, who);
	close(fd);
}
END_TEST

START_TEST(what_is_no_object_is_refused_and_the_next_line_heard)
{
	static const char *const bad[] = {"{", "[1]", "7", "{\"a\":1,\"a\":2}", "\xff", "{} {}"};
	int fd = join();

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		say(fd, bad[i]);
		say(fd, "\n");
		ck_assert_msg(strstr(heard(fd), "\"usage\"") != NULL, "%s", bad[i]);
	}
	ck_assert_int_eq(requests, 0);
	say(fd, "{\"do\":\"x\"}\n");
	ck_assert_int_eq(requests, 1);
	close(fd);
}
END_TEST

START_TEST(a_line_without_end_is_not_kept_for_ever)
{
	static char piece[16384];
	int fd = join(), other = join(), sent = 0;

	memset(piece, ' ', sizeof(piece));
	while (sent < 2 * CONTROL_LINE_BYTES_MAX &&
	       send(fd, piece, sizeof(piece), MSG_NOSIGNAL) > 0) {
		sent += (int)sizeof(piece);
		loop_once(loop, 1000);
	}
	ck_assert_int_ge(sent, CONTROL_LINE_BYTES_MAX);
	ck_assert_int_lt(sent, 2 * CONTROL_LINE_BYTES_MAX);
	ck_assert(is_dropped(fd));
	say(other, "{\"do\":\"x\"}\n");
	ck_assert_int_eq(requests, 1);
	close(fd);
	close(other);
}
END_TEST

/* One that is cut short or a connection that ends would look like a broken station. */
START_TEST(an_answer_that_is_too_long_is_a_sentence)
{
	char *text = malloc(CONTROL_REPLY_BYTES_MAX + 1);
	int fd = join();

	ck_assert_ptr_nonnull(text);
	memset(text, 'x', CONTROL_REPLY_BYTES_MAX);
	text[CONTROL_REPLY_BYTES_MAX] = '\0';
	say(fd, "{\"id\":5}\n");
	ck_assert_str_eq(heard(fd), "{\"id\":5}\n");
	control_send(control, last_from, json_pack("{s:i, s:s}", "id", 6, "long", text));
	const char *answer = heard(fd);
	ck_assert_ptr_nonnull(strstr(answer, "\"id\":6"));
	ck_assert_ptr_nonnull(strstr(answer, "\"usage\""));
	free(text);
	close(fd);
}
END_TEST

START_TEST(who_does_not_read_is_dropped_and_the_others_are_told)
{
	static char word[65536];
	int deaf = join(), other = join();

	say(deaf, "{\"do\":\"watch\"}\n");
	say(other, "{\"do\":\"watch\"}\n");
	ck_assert_int_eq(control_watchers(control), 2);
	memset(word, 'x', sizeof(word) - 1);
	for (int i = 0; i < 400 && control_watchers(control) == 2; i++) { /* 26 MB */
		control_tell(control, json_pack("{s:s}", "event", word));
		for (int turn = 0; turn < 4; turn++) {
			loop_once(loop, 0);
			ck_assert(!is_dropped(other));
		}
	}
	ck_assert_int_eq(control_watchers(control), 1);
	ck_assert(is_dropped(deaf));
	control_tell(control, json_pack("{s:s}", "event", "end"));
	ck_assert_str_eq(heard(other), "{\"event\":\"end\"}\n");
	close(deaf);
	close(other);
}
END_TEST

static int made;
static char event[] = "x";

static json_t *make(bool narrow, void *arg)
{
	made++;
	return json_pack("{s:s, s:b}", "event", arg, "narrow", narrow);
}

START_TEST(each_is_told_what_it_may)
{
	int one = join(), two = join(), third = join();

	made = 0;
	control_tell_each(control, make, event);
	ck_assert_int_eq(made, 0); /* nobody to make it for */
	say(one, "{\"do\":\"watch\"}\n");
	say(two, "{\"do\":\"watch\"}\n");
	control_watch(control, last_from, true);
	say(third, "{\"do\":\"watch\"}\n");
	heard(one);
	heard(two);
	heard(third);
	control_tell_each(control, make, event);
	ck_assert_str_eq(heard(one), "{\"event\":\"x\",\"narrow\":false}\n");
	ck_assert_str_eq(heard(two), "{\"event\":\"x\",\"narrow\":true}\n");
	ck_assert_str_eq(heard(third), "{\"event\":\"x\",\"narrow\":false}\n");
	ck_assert_int_eq(made, 2);
	close(one);
	close(two);
	close(third);
}
END_TEST

START_TEST(only_watchers_are_told)
{
	int one = join(), two = join();

	say(two, "{\"do\":\"watch\"}\n");
	ck_assert_str_eq(heard(two), "{\"do\":\"watch\"}\n");
	control_tell(control, json_pack("{s:s}", "event", "changed"));
	ck_assert_str_eq(heard(one), "");
	ck_assert_str_eq(heard(two), "{\"event\":\"changed\"}\n");
	close(two);
	loop_once(loop, 1000);
	ck_assert_int_eq(control_watchers(control), 0);
	close(one);
}
END_TEST

START_TEST(an_answer_for_one_that_is_gone_reaches_nobody)
{
	int fd = join();

	say(fd, "{\"do\":\"x\"}\n");
	uint64_t gone = last_from;
	close(fd);
	loop_once(loop, 1000);
	fd = join(); /* in the same place */
	control_send(control, gone, json_pack("{s:b}", "ok", 1));
	control_watch(control, gone, false);
	control_send(control, 0, json_pack("{s:b}", "ok", 1));
	ck_assert_str_eq(heard(fd), "");
	ck_assert_int_eq(control_watchers(control), 0);
	say(fd, "{\"do\":\"x\"}\n");
	ck_assert_uint_gt(last_from, gone);
	close(fd);
}
END_TEST

START_TEST(one_too_many_is_turned_away)
{
	int fd[CONTROL_CLIENTS_MAX];

	for (int i = 0; i < CONTROL_CLIENTS_MAX; i++)
		fd[i] = join();
	int more = join();
	ck_assert(is_dropped(more));
	close(more);
	ck_assert(!is_dropped(fd[0]));
	close(fd[0]);
	loop_once(loop, 1000);
	fd[0] = join();
	say(fd[0], "{\"do\":\"x\"}\n");
	ck_assert_int_eq(requests, 1);
	for (int i = 0; i < CONTROL_CLIENTS_MAX; i++)
		close(fd[i]);
}
END_TEST

Suite *suite_control(void)
{
	Suite *s = suite_create("control");
	TCase *t = tcase_create("control");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_line_is_a_request_however_it_is_cut);
	tcase_add_test(t, what_is_no_object_is_refused_and_the_next_line_heard);
	tcase_add_test(t, a_line_without_end_is_not_kept_for_ever);
	tcase_add_test(t, an_answer_that_is_too_long_is_a_sentence);
	tcase_add_test(t, who_does_not_read_is_dropped_and_the_others_are_told);
	tcase_add_test(t, each_is_told_what_it_may);
	tcase_add_test(t, only_watchers_are_told);
	tcase_add_test(t, an_answer_for_one_that_is_gone_reaches_nobody);
	tcase_add_test(t, one_too_many_is_turned_away);
	suite_add_tcase(s, t);
	return s;
}
