/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/later.h"

#include "base/json.h"
#include "support/stationcase.h"

#include <check.h>
#include <semaphore.h>
#include <stdlib.h>

static struct stationcase sc;
static sem_t go;
static int concluded, destroyed;

/* A work that waits until it is let go. */
struct task {
	struct later later;
	bool fails, fails_late;
};

static bool work(void *arg, struct err *e)
{
	const struct task *t = arg;

	sem_wait(&go);
	return !t->fails || err_set(e, ERR_DAMAGED, "early");
}

static bool conclude(void *arg, json_t *reply, struct err *e)
{
	const struct task *t = arg;

	concluded++;
	json_object_set_new(reply, "word", json_string("done"));
	return !t->fails_late || err_set(e, ERR_CONFLICT, "late");
}

static void destroy(void *arg)
{
	destroyed++;
	free(arg);
}

static void let_go(void *arg)
{
	(void)arg;
	sem_post(&go);
}

static const struct later_kind kind = {work, conclude, destroy, let_go};
static const struct later_kind other = {work, conclude, destroy, let_go};

static void setup(void)
{
	stationcase_open(&sc);
	sem_init(&go, 0, 0);
	concluded = destroyed = 0;
}

static void teardown(void)
{
	stationcase_close(&sc);
	sem_destroy(&go);
}

static struct task *task(bool fails, bool fails_late)
{
	struct task *t = calloc(1, sizeof(*t));

	ck_assert_ptr_nonnull(t);
	t->fails = fails;
	t->fails_late = fails_late;
	return t;
}

/* Of a client that is gone: nobody hears the answer. */
static void begin(struct task *t, const struct later_kind *k)
{
	struct request rq = {.desk = &sc.st->desk, .station = sc.st, .id = json_integer(7)};
	struct err e = {0};

	ck_assert_msg(later_start(&t->later, k, t, &rq, NULL, &e), "%s", e.text);
	ck_assert(rq.later);
	json_decref(rq.id);
}

START_TEST(the_desk_alone_answers_now)
{
	struct request rq = {.desk = &sc.st->desk};
	json_t *reply = json_object();
	struct err e = {0};
	struct task *t = task(false, false);

	for (int i = 0; i < 3; i++)
		sem_post(&go);
	ck_assert(later_start(&t->later, &kind, t, &rq, reply, &e));
	ck_assert(!rq.later);
	ck_assert_str_eq(json_get_text(reply, "word", ""), "done");
	t = task(true, false);
	ck_assert(!later_start(&t->later, &kind, t, &rq, reply, &e));
	ck_assert_str_eq(e.text, "early");
	ck_assert_int_eq(concluded, 1);
	t = task(false, true);
	ck_assert(!later_start(&t->later, &kind, t, &rq, reply, &e));
	ck_assert_str_eq(e.text, "late");
	ck_assert_int_eq(destroyed, 3);
	ck_assert_int_eq(later_count(NULL, NULL), 0);
	json_decref(reply);
}
END_TEST

START_TEST(with_a_station_the_loop_goes_on_meanwhile)
{
	begin(task(false, false), &kind);
	begin(task(true, false), &other);
	begin(task(false, true), &kind);
	ck_assert_int_eq(later_count(sc.st, NULL), 3);
	ck_assert_int_eq(later_count(sc.st, &kind), 2);
	ck_assert_ptr_eq(later_find(sc.st->laters, &other)->kind, &other);
	ck_assert_int_eq(destroyed, 0);
	for (int i = 0; i < 3; i++)
		sem_post(&go);
	while (destroyed < 3)
		loop_once(sc.st->loop, 1000);
	ck_assert_int_eq(destroyed, 3);
	ck_assert_int_eq(concluded, 2);
	ck_assert_ptr_null(sc.st->laters);
}
END_TEST

START_TEST(a_station_that_stops_answers_nobody)
{
	begin(task(false, false), &kind);
	begin(task(false, false), &other);
	later_stop_all(sc.st);
	ck_assert_int_eq(concluded, 0);
	ck_assert_int_eq(destroyed, 2);
	ck_assert_int_eq(later_count(sc.st, NULL), 0);
}
END_TEST

/* Through the socket, with the client's own id: a timetable that is looked at. */
START_TEST(the_answer_finds_its_client)
{
	stationcase_say(&sc, json_pack("{s:i, s:s, s:s, s:s}", "id", 41, "do", "timetable.preview",
				      "name", "moi", "text", "timetable: L\nslots: []\n"));
	json_t *answer = stationcase_heard(&sc);
	ck_assert_int_eq(json_get_integer(answer, "id", 0), 41);
	ck_assert(json_get_bool(answer, "ok", false));
	ck_assert_str_eq(json_get_text(answer, "file", ""), "schedules/moi.yaml");
	json_decref(answer);
	stationcase_say(&sc, json_pack("{s:i, s:s, s:s, s:s}", "id", 42, "do", "user.login", "name",
				      "ai", "password", "khong phai"));
	answer = stationcase_heard(&sc);
	ck_assert_int_eq(json_get_integer(answer, "id", 0), 42);
	ck_assert_str_eq(json_get_text(json_object_get(answer, "error"), "code", ""), "login");
	json_decref(answer);
}
END_TEST

Suite *suite_later(void);
Suite *suite_later(void)
{
	Suite *s = suite_create("later");
	TCase *t = tcase_create("later");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_desk_alone_answers_now);
	tcase_add_test(t, with_a_station_the_loop_goes_on_meanwhile);
	tcase_add_test(t, a_station_that_stops_answers_nobody);
	tcase_add_test(t, the_answer_finds_its_client);
	suite_add_tcase(s, t);
	return s;
}
