/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control client against a socket pair whose other end speaks well, badly, or not at all. */
#include "station/client.h"

#include "base/limits.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct client client;
static int station;

static void setup(void)
{
	int pair[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
	client = (struct client){.fd = pair[0]};
	station = pair[1];
}

static void teardown(void)
{
	client_close(&client);
	close(station);
}

static void say(const char *text)
{
	ck_assert_int_eq(write(station, text, strlen(text)), (ssize_t)strlen(text));
}

static bool call(json_t **reply, struct err *e)
{
	json_t *request = json_pack("{s:i, s:s}", "id", 1, "do", "status");
	bool ok = client_call(&client, request, 200, NULL, NULL, reply, e);

	json_decref(request);
	return ok;
}

START_TEST(lines_arrive_whole_in_pieces)
{
	struct err e = {0};
	json_t *line;

	say("{\"id\":1,\"te");
	ck_assert_int_eq(client_receive(&client, &line, &e), CLIENT_NOTHING);
	say("xt\":\"xã\"}\n{\"event\":\"day\"}\n{");
	ck_assert_int_eq(client_receive(&client, &line, &e), CLIENT_LINE);
	ck_assert_str_eq(json_string_value(json_object_get(line, "text")), "xã");
	json_decref(line);
	ck_assert_int_eq(client_receive(&client, &line, &e), CLIENT_LINE);
	ck_assert_str_eq(json_string_value(json_object_get(line, "event")), "day");
	json_decref(line);
	ck_assert_int_eq(client_receive(&client, &line, &e), CLIENT_NOTHING);
}
END_TEST

START_TEST(a_call_skips_events_and_others_replies)
{
	struct err e = {0};
	json_t *reply = NULL;
	char sent[200] = "";

	say("{\"event\":\"level\"}\n{\"id\":7,\"ok\":true}\n{\"id\":1,\"ok\":true,\"n\":5}\n");
	ck_assert(call(&reply, &e));
	ck_assert_int_eq(json_integer_value(json_object_get(reply, "n")), 5);
	json_decref(reply);
	ck_assert_int_gt(read(station, sent, sizeof(sent) - 1), 0);
	ck_assert_str_eq(sent, "{\"id\":1,\"do\":\"status\"}\n");
}
END_TEST

START_TEST(an_error_keeps_kind_and_words)
{
	struct err e = {0};
	json_t *reply = NULL;

	say("{\"id\":1,\"error\":{\"code\":\"not_found\",\"text\":\"không có B9\"}}\n");
	ck_assert(!call(&reply, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert_str_eq(e.text, "không có B9");
	say("{\"id\":1,\"error\":{\"code\":\"sunspots\"}}\n");
	ck_assert(!call(&reply, &e));
	ck_assert_int_eq(e.kind, ERR_FAILED);
	say("{\"id\":1}\n");
	ck_assert(!call(&reply, &e));
}
END_TEST

static void note(double done, void *arg)
{
	double *sum = arg;

	*sum += done;
}

START_TEST(progress_is_passed_on)
{
	json_t *request = json_pack("{s:i, s:s}", "id", 3, "do", "bulletin.add"), *reply = NULL;
	struct err e = {0};
	double sum = 0;

	say("{\"id\":3,\"progress\":0.25}\n{\"id\":3,\"progress\":0.5}\n{\"id\":3,\"ok\":true}\n");
	ck_assert(client_call(&client, request, 200, note, &sum, &reply, &e));
	ck_assert_double_eq(sum, 0.75);
	json_decref(request);
	json_decref(reply);
}
END_TEST

START_TEST(silence_ends_at_the_deadline)
{
	struct err e = {0};
	json_t *reply = NULL;

	ck_assert(!call(&reply, &e));
	ck_assert_int_eq(e.kind, ERR_FAILED);
	ck_assert_ptr_nonnull(strstr(e.text, "không trả lời"));
}
END_TEST

static const char *const broken[] = {
	"not json\n", "[1,2]\n", "{\"id\":1,\"id\":2}\n", "\n", "{\"t\":\"\xff\"}\n",
};

START_TEST(a_broken_line_ends_it)
{
	struct err e = {0};
	json_t *line;

	say(broken[_i]);
	ck_assert_int_eq(client_receive(&client, &line, &e), CLIENT_GONE);
	ck_assert_ptr_null(line);
}
END_TEST

START_TEST(a_long_reply_is_heard)
{
	size_t len = 2 * CONTROL_LINE_BYTES_MAX;
	char *text = malloc(len);
	struct err e = {0};
	enum client_got got = CLIENT_NOTHING;
	json_t *line = NULL;

	ck_assert_ptr_nonnull(text);
	memset(text, ' ', len);
	memcpy(text, "{\"id\":7", 7);
	memcpy(text + len - 2, "}\n", 2);
	for (size_t at = 0; at < len && got == CLIENT_NOTHING; at += 4096) {
		ck_assert_int_eq(write(station, text + at, 4096), 4096);
		got = client_receive(&client, &line, &e);
	}
	ck_assert_msg(got == CLIENT_LINE, "%s", e.text);
	ck_assert_int_eq(json_integer_value(json_object_get(line, "id")), 7);
	json_decref(line);
	free(text);
}
END_TEST

START_TEST(an_endless_line_ends_it)
{
	char piece[4096];
	struct err e = {0};
	enum client_got got = CLIENT_NOTHING;
	json_t *line;

	memset(piece, ' ', sizeof(piece));
	for (int i = 0; i < 2 * CONTROL_REPLY_BYTES_MAX / 4096 && got == CLIENT_NOTHING; i++) {
		ck_assert_int_gt(write(station, piece, sizeof(piece)), 0);
		got = client_receive(&client, &line, &e);
	}
	ck_assert_int_eq(got, CLIENT_GONE);
}
END_TEST

START_TEST(a_hang_up_is_told)
{
	struct err e = {0};
	json_t *reply = NULL;

	shutdown(station, SHUT_RDWR);
	ck_assert(!call(&reply, &e));
	ck_assert_str_ne(e.text, "");
}
END_TEST

START_TEST(nobody_there_is_not_found)
{
	struct client c;
	struct err e = {0};

	ck_assert(!client_open(&c, "/nonexistent", &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	client_close(&c);
}
END_TEST

Suite *suite_client(void);
Suite *suite_client(void)
{
	Suite *s = suite_create("client");
	TCase *t = tcase_create("socket pair");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, lines_arrive_whole_in_pieces);
	tcase_add_test(t, a_call_skips_events_and_others_replies);
	tcase_add_test(t, an_error_keeps_kind_and_words);
	tcase_add_test(t, progress_is_passed_on);
	tcase_add_test(t, silence_ends_at_the_deadline);
	tcase_add_loop_test(t, a_broken_line_ends_it, 0, sizeof(broken) / sizeof(broken[0]));
	tcase_add_test(t, a_long_reply_is_heard);
	tcase_add_test(t, an_endless_line_ends_it);
	tcase_add_test(t, a_hang_up_is_told);
	tcase_add_test(t, nobody_there_is_not_found);
	suite_add_tcase(s, t);
	return s;
}
