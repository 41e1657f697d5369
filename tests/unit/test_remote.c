/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands without a station: on the desk alone, or not at all. */
#include "cli/remote.h"

#include "base/json.h"
#include "support/deskcase.h"
#include "sys/sock.h"

#include <check.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static bool call(const char *what, json_t **reply, struct err *e)
{
	*e = (struct err){0};
	return remote_call(c.dir, json_pack("{s:s}", "do", what), NULL, NULL, reply, e);
}

/* A station that is starting holds the folder: status must not wait for it, nor want it. */
START_TEST(sound_without_a_station)
{
	struct err e;
	json_t *reply;

	ck_assert(!call("status", &reply, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	ck_assert_ptr_nonnull(strstr(e.text, "vangxa run"));
}
END_TEST

START_TEST(a_folder_in_use_is_said_to_be)
{
	struct err e;
	json_t *reply;

	ck_assert(!call("bulletins", &reply, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	ck_assert_ptr_nonnull(strstr(e.text, c.dir));
}
END_TEST

START_TEST(the_desk_alone_answers_without_the_socket_s_fields)
{
	struct err e;
	json_t *reply;

	desk_close(&c.desk);
	ck_assert_msg(call("bulletins", &reply, &e), "%s", e.text);
	ck_assert(json_is_array(json_object_get(reply, "bulletins")));
	ck_assert_ptr_null(json_object_get(reply, "id"));
	ck_assert_ptr_null(json_object_get(reply, "ok"));
	json_decref(reply);
	ck_assert(!call("phat", &reply, &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_msg(desk_open(&c.desk, c.dir, &c.clock.clock, &e), "%s", e.text);
}
END_TEST

/* A station that begins to listen when somebody waits for it. */
static void *start_late(void *arg)
{
	const int *told = arg;
	char path[PATH_BYTES];
	struct err e = {0};
	char line[400];

	ck_assert_int_gt(read(*told, line, sizeof(line)), 0); /* that it waits */
	snprintf(path, sizeof(path), "%s/control.sock", c.dir);
	int fd = sock_listen(path, &e), to = -1;
	ck_assert_msg(fd >= 0, "%s", e.text);
	for (ssize_t n = 0; n <= 0;) { /* the first who connects only looks whether one listens */
		struct pollfd p = {fd, POLLIN, 0};
		ck_assert_int_eq(poll(&p, 1, 5000), 1);
		to = sock_accept(fd);
		p.fd = to;
		ck_assert_int_eq(poll(&p, 1, 5000), 1);
		n = read(to, line, sizeof(line));
		if (n <= 0)
			close(to);
	}
	ck_assert_int_gt(write(to, "{\"id\":1,\"ok\":true,\"heard\":true}\n", 33), 0);
	close(to);
	close(fd);
	return NULL;
}

START_TEST(an_order_waits_for_a_station_that_is_starting)
{
	struct err e = {0};
	json_t *reply;
	pthread_t station;
	int told[2], stderr_fd = dup(2);

	ck_assert_int_eq(pipe(told), 0);
	fflush(stderr);
	dup2(told[1], 2);
	ck_assert_int_eq(pthread_create(&station, NULL, start_late, &told[0]), 0);
	ck_assert_msg(remote_call_soon(c.dir, json_pack("{s:s}", "do", "emergency"), &reply, &e),
		      "%s", e.text);
	ck_assert(json_get_bool(reply, "heard", false));
	json_decref(reply);
	pthread_join(station, NULL);
	dup2(stderr_fd, 2);
	close(stderr_fd);
	close(told[0]);
	close(told[1]);
}
END_TEST

/* What this process has waited for in vain it does not wait for again as another program. */
START_TEST(what_was_waited_for_in_vain_is_told_at_once)
{
	struct err e = {0};
	json_t *reply;
	char said[400] = "", pid[24];
	int told[2], stderr_fd = dup(2);

	snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	setenv("VANGXA_AWAITED", pid, 1);
	ck_assert_int_eq(pipe(told), 0);
	fflush(stderr);
	dup2(told[1], 2);
	ck_assert(!remote_call_soon(c.dir, json_pack("{s:s}", "do", "emergency"), &reply, &e));
	dup2(stderr_fd, 2);
	close(stderr_fd);
	close(told[1]);
	ck_assert_int_eq(read(told[0], said, sizeof(said) - 1), 0); /* it does not wait */
	close(told[0]);
	ck_assert_ptr_nonnull(strstr(e.text, "loa KHÔNG phát gì"));
	ck_assert_ptr_nonnull(strstr(e.text, "đài chưa chạy"));
	unsetenv("VANGXA_AWAITED");
}
END_TEST

Suite *suite_remote(void)
{
	Suite *s = suite_create("remote");
	TCase *t = tcase_create("remote");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, sound_without_a_station);
	tcase_add_test(t, a_folder_in_use_is_said_to_be);
	tcase_add_test(t, an_order_waits_for_a_station_that_is_starting);
	tcase_add_test(t, what_was_waited_for_in_vain_is_told_at_once);
	tcase_add_test(t, the_desk_alone_answers_without_the_socket_s_fields);
	suite_add_tcase(s, t);
	return s;
}
