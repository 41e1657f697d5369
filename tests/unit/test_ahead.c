/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/ahead.h"

#include "support/deskcase.h"

#include <check.h>

static struct deskcase c;
static int starts;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static void tell(struct ahead *a, json_t *reply)
{
	starts = a->plan.count;
	json_object_set_new(reply, "told", json_true());
}

START_TEST(the_plan_is_of_what_was_there_when_it_was_asked_for)
{
	struct request rq = {.desk = &c.desk, .who = "uid:7"};
	struct world_files *mine = c.desk.world.files;
	json_t *reply = json_object();
	struct err e = {0};
	struct ahead *a = ahead_create(&rq, 7, tell);

	/* The desk's own files go meanwhile: the plan holds what it needs. */
	ck_assert_int_eq(mine->held, 1);
	world_files_free(mine);
	ck_assert_int_eq(mine->held, 0);
	world_files_hold(mine);
	ck_assert(ahead_start(a, &rq, reply, &e));
	ck_assert_int_gt(starts, 0);
	ck_assert(json_is_true(json_object_get(reply, "told")));
	ck_assert_int_eq(mine->held, 0);
	json_decref(reply);
}
END_TEST

Suite *suite_ahead(void);
Suite *suite_ahead(void)
{
	Suite *s = suite_create("ahead");
	TCase *t = tcase_create("ahead");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_plan_is_of_what_was_there_when_it_was_asked_for);
	suite_add_tcase(s, t);
	return s;
}
