/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The child is this very test program, which does what vangxa preflight does. */
#include "station/preflights.h"

#include "base/json.h"
#include "support/deskcase.h"

#include <check.h>
#include <string.h>

static struct deskcase c;
static struct loop *loop;
static struct preflights p;

static void on_told(void *arg)
{
	(void)arg;
}

static void setup(void)
{
	deskcase_open(&c);
	loop = loop_create();
	preflights_init(&p, &c.desk, loop, on_told, NULL);
}

static void teardown(void)
{
	preflights_stop(&p);
	loop_destroy(loop);
	deskcase_close(&c);
}

/* Until the child has ended and its entry is written. */
static void wait_done(void)
{
	while (p.work.running)
		loop_once(loop, 1000);
}

START_TEST(the_evening_looks_once)
{
	preflights_look(&p, false);
	ck_assert(!p.work.running); /* a clock that is not believed has no evening */
	c.desk.world.files->settings.preflight_s = 0;
	preflights_look(&p, true);
	ck_assert(p.work.running);
	wait_done();
	ck_assert_str_eq(p.fault, "");
	preflights_look(&p, true);
	ck_assert(!p.work.running);
	json_t *json = preflights_json(&p);
	const json_t *last = json_object_get(json, "last");
	ck_assert_str_eq(json_get_text(last, "date", ""), p.day);
	ck_assert(json_is_array(json_object_get(last, "findings")));
	json_decref(json);
}
END_TEST

START_TEST(before_the_evening_nothing_happens)
{
	c.desk.world.files->settings.preflight_s = 86399;
	preflights_look(&p, true);
	ck_assert(!p.work.running);
	json_t *json = preflights_json(&p);
	ck_assert(json_is_null(json_object_get(json, "last")));
	json_decref(json);
	ck_assert_ptr_null(preflights_banner(&p));
}
END_TEST

START_TEST(two_at_once_are_one_too_many)
{
	struct err e = {0};

	ck_assert(preflights_begin(&p, "user:7", &e));
	ck_assert(!preflights_begin(&p, "user:8", &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	wait_done();
	ck_assert_str_eq(json_get_text(p.read ? p.last : NULL, "who", ""), "");
	json_decref(preflights_json(&p));
	ck_assert_str_eq(json_get_text(p.last, "who", ""), "user:7");
}
END_TEST

START_TEST(a_child_that_fails_is_told_and_tried_later)
{
	struct err e = {0};

	snprintf(c.desk.dir, sizeof(c.desk.dir), "/khong/co");
	ck_assert(preflights_begin(&p, "", &e));
	wait_done();
	ck_assert_str_ne(p.fault, "");
	c.desk.world.files->settings.preflight_s = 0;
	preflights_look(&p, true);
	ck_assert(!p.work.running);
}
END_TEST

START_TEST(stopping_does_not_wait_for_a_day_to_be_rendered)
{
	struct err e = {0};

	ck_assert(preflights_begin(&p, "", &e));
}
END_TEST

Suite *suite_preflights(void)
{
	Suite *s = suite_create("preflights");
	TCase *t = tcase_create("preflights");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_evening_looks_once);
	tcase_add_test(t, before_the_evening_nothing_happens);
	tcase_add_test(t, two_at_once_are_one_too_many);
	tcase_add_test(t, a_child_that_fails_is_told_and_tried_later);
	tcase_add_test(t, stopping_does_not_wait_for_a_day_to_be_rendered);
	suite_add_tcase(s, t);
	return s;
}
