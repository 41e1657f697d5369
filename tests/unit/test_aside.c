/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/aside.h"

#include <check.h>

static struct loop *loop;
static int rounds, done;

static bool work(void *arg, struct err *e)
{
	rounds++;
	return arg != NULL || err_set(e, ERR_FAILED, "no disk");
}

static void count(void *arg)
{
	struct aside *a = arg;

	done++;
	if (a->arg != NULL && done == 1) /* the next, from inside */
		ck_assert(aside_start(a, loop, &(struct err){0}));
}

START_TEST(done_comes_on_the_loop_and_may_start_the_next)
{
	struct aside a = {.work = work, .done = count, .arg = &a};

	loop = loop_create();
	ck_assert(aside_start(&a, loop, &(struct err){0}));
	while (done < 2)
		loop_once(loop, 1000);
	ck_assert_int_eq(done, 2);
	ck_assert_int_eq(rounds, 2);
	ck_assert(a.ok && !a.running);
	loop_destroy(loop);
}
END_TEST

static enum text_reader worked_for, told;

static bool note_reader(void *arg, struct err *e)
{
	(void)arg;
	(void)e;
	worked_for = text_speaks();
	return true;
}

static void note_told(void *arg)
{
	(void)arg;
	told = text_speaks();
	done++;
}

START_TEST(both_speak_to_whoever_started_it)
{
	struct aside a = {.work = note_reader, .done = note_told};

	loop = loop_create();
	text_speak(TEXT_EN);
	ck_assert(aside_start(&a, loop, &(struct err){0}));
	text_speak(TEXT_OWN);
	while (done == 0)
		loop_once(loop, 1000);
	ck_assert_int_eq(worked_for, TEXT_EN);
	ck_assert_int_eq(told, TEXT_EN);
	ck_assert_int_eq(text_speaks(), TEXT_OWN);
	loop_destroy(loop);
}
END_TEST

START_TEST(joined_is_silent_and_keeps_the_reason)
{
	struct aside a = {.work = work, .done = count};

	loop = loop_create();
	ck_assert(aside_start(&a, loop, &(struct err){0}));
	aside_join(&a);
	aside_join(&a);
	ck_assert(!a.ok);
	ck_assert_str_eq(a.error.text, "no disk");
	loop_once(loop, 0);
	ck_assert_int_eq(done, 0);
	loop_destroy(loop);
}
END_TEST

Suite *suite_aside(void);
Suite *suite_aside(void)
{
	Suite *s = suite_create("aside");
	TCase *t = tcase_create("thread");

	tcase_add_test(t, both_speak_to_whoever_started_it);
	tcase_add_test(t, done_comes_on_the_loop_and_may_start_the_next);
	tcase_add_test(t, joined_is_silent_and_keeps_the_reason);
	suite_add_tcase(s, t);
	return s;
}
