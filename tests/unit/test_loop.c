/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/loop.h"

#include "sys/clock.h"

#include <check.h>
#include <signal.h>
#include <sys/epoll.h>
#include <unistd.h>

static struct loop *l;
static struct clock_real clk;
static int called;

static void setup(void)
{
	l = loop_create();
	clock_real_open(&clk);
	called = 0;
}

static void teardown(void)
{
	loop_destroy(l);
	clock_real_close(&clk);
}

static struct mono in_ms(int64_t ms)
{
	return mono_add_ns(clock_mono(&clk.clock), ms * NS_PER_MS);
}

/* Two pipes with a byte in each. */
static void make_ready(int fd[2])
{
	ck_assert_int_eq(pipe(fd), 0);
	ck_assert_int_eq(write(fd[1], "x", 1), 1);
}

static void count_and_read(struct watch *w, uint32_t events)
{
	char byte;

	ck_assert_uint_ne(events & EPOLLIN, 0);
	ck_assert_int_eq(read(w->fd, &byte, 1), 1);
	called++;
}

START_TEST(test_delivers_what_is_ready)
{
	int fd[2];
	struct watch w = {.events = EPOLLIN, .ready = count_and_read};

	make_ready(fd);
	w.fd = fd[0];
	loop_watch(l, &w);
	loop_once(l, 1000);
	loop_once(l, 0);
	ck_assert_int_eq(called, 1);
	ck_assert_int_eq(write(fd[1], "y", 1), 1);
	loop_unwatch(l, &w);
	loop_once(l, 0);
	ck_assert_int_eq(called, 1);
}
END_TEST

START_TEST(test_changed_events)
{
	int fd[2];
	struct watch w = {.events = EPOLLIN, .ready = count_and_read};

	make_ready(fd);
	w.fd = fd[0];
	loop_watch(l, &w);
	w.events = 0;
	loop_watch(l, &w);
	loop_once(l, 0);
	ck_assert_int_eq(called, 0);
	w.events = EPOLLIN;
	loop_watch(l, &w);
	loop_once(l, 1000);
	ck_assert_int_eq(called, 1);
}
END_TEST

static struct watch pair[2];

static void unwatch_both(struct watch *w, uint32_t events)
{
	(void)w;
	(void)events;
	called++;
	loop_unwatch(l, &pair[0]);
	loop_unwatch(l, &pair[1]);
}

/* Both are ready and fetched in one round; whoever comes first takes both out. */
START_TEST(test_unwatch_inside_a_callback)
{
	int a[2], b[2];

	make_ready(a);
	make_ready(b);
	pair[0] = (struct watch){.fd = a[0], .events = EPOLLIN, .ready = unwatch_both};
	pair[1] = (struct watch){.fd = b[0], .events = EPOLLIN, .ready = unwatch_both};
	loop_watch(l, &pair[0]);
	loop_watch(l, &pair[1]);
	loop_once(l, 1000);
	loop_once(l, 0);
	ck_assert_int_eq(called, 1);
}
END_TEST

static void stop(struct timer *t)
{
	called++;
	loop_stop(t->arg);
}

START_TEST(test_timer_ends_run)
{
	struct timer t = {.due = stop, .arg = l};

	timer_open(&t, l);
	timer_set(&t, in_ms(5));
	loop_run(l);
	ck_assert_int_eq(called, 1);
	/* It is one-shot, and the loop can run again. */
	loop_once(l, 0);
	ck_assert_int_eq(called, 1);
	timer_set(&t, in_ms(0));
	loop_run(l);
	ck_assert_int_eq(called, 2);
	timer_close(&t, l);
	ck_assert_int_eq(t.watch.fd, -1);
}
END_TEST

START_TEST(test_timer_in_the_past_is_due_at_once)
{
	static const int64_t past_ns[] = {0, 1, -5, INT64_MIN};
	struct timer t = {.due = stop, .arg = l};

	timer_open(&t, l);
	for (int i = 0; i < 4; i++) {
		timer_set(&t, (struct mono){past_ns[i]});
		loop_once(l, 1000);
		ck_assert_int_eq(called, i + 1);
	}
	timer_close(&t, l);
}
END_TEST

START_TEST(test_timer_unset_is_never_due)
{
	struct timer t = {.due = stop, .arg = l};

	timer_open(&t, l);
	timer_unset(&t);
	timer_set(&t, (struct mono){1});
	timer_unset(&t);
	loop_once(l, 20);
	ck_assert_int_eq(called, 0);
	timer_set(&t, (struct mono){1});
	loop_run(l);
	timer_close(&t, l);
}
END_TEST

START_TEST(test_timer_moves)
{
	struct timer t = {.due = stop, .arg = l};

	timer_open(&t, l);
	timer_set(&t, (struct mono){1});
	timer_set(&t, in_ms(3600 * 1000));
	loop_once(l, 0);
	ck_assert_int_eq(called, 0);
	timer_close(&t, l);
}
END_TEST

static void note_stop(void *arg)
{
	called++;
	loop_stop(arg);
}

START_TEST(test_stop_signals)
{
	loop_on_stop_signals(l, note_stop, l);
	kill(getpid(), SIGTERM);
	loop_run(l);
	kill(getpid(), SIGINT);
	loop_run(l);
	ck_assert_int_eq(called, 2);
}
END_TEST

START_TEST(test_destroy_of_nothing)
{
	loop_destroy(NULL);
	ck_assert_int_eq(called, 0);
}
END_TEST

Suite *suite_loop(void);
Suite *suite_loop(void)
{
	Suite *s = suite_create("loop");
	TCase *c = tcase_create("loop");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, test_delivers_what_is_ready);
	tcase_add_test(c, test_changed_events);
	tcase_add_test(c, test_unwatch_inside_a_callback);
	tcase_add_test(c, test_timer_ends_run);
	tcase_add_test(c, test_timer_in_the_past_is_due_at_once);
	tcase_add_test(c, test_timer_unset_is_never_due);
	tcase_add_test(c, test_timer_moves);
	tcase_add_test(c, test_stop_signals);
	tcase_add_test(c, test_destroy_of_nothing);
	suite_add_tcase(s, c);
	return s;
}
