/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ring.h"

#include <check.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>

static struct ring r;
static uint32_t memory[64];

static void setup(void)
{
	memset(memory, 0xEE, sizeof(memory));
	ring_init(&r, sizeof(uint32_t), 8);
}

START_TEST(test_empty)
{
	uint32_t x;

	ck_assert_uint_eq(ring_bytes(&r), 32);
	ck_assert_uint_eq(ring_space(&r), 8);
	ck_assert_uint_eq(ring_held(&r), 0);
	ck_assert_uint_eq(ring_pull(&r, memory, &x, 1), 0);
}
END_TEST

START_TEST(test_fills_and_no_more)
{
	uint32_t in[10] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, out[10] = {0};

	ck_assert_uint_eq(ring_push(&r, memory, in, 10), 8);
	ck_assert_uint_eq(ring_space(&r), 0);
	ck_assert_uint_eq(ring_push(&r, memory, in, 1), 0);
	ck_assert_uint_eq(memory[8], 0xEEEEEEEE);
	ck_assert_uint_eq(ring_pull(&r, memory, out, 10), 8);
	ck_assert_mem_eq(in, out, 32);
	ck_assert_uint_eq(ring_held(&r), 0);
}
END_TEST

/* Every start, every length: order survives the end of the memory. */
START_TEST(test_wraps_in_memory)
{
	uint32_t next_in = 100, next_out = 100;

	for (uint32_t round = 0; round < 200; round++) {
		uint32_t batch[8];
		uint32_t n = round % 9;
		for (uint32_t i = 0; i < n; i++)
			batch[i] = next_in + i;
		next_in += ring_push(&r, memory, batch, n);
		n = ring_pull(&r, memory, batch, (round * 5) % 9);
		for (uint32_t i = 0; i < n; i++)
			ck_assert_uint_eq(batch[i], next_out++);
		ck_assert_uint_eq(ring_held(&r), next_in - next_out);
	}
}
END_TEST

/* The counters run on past 2^32: the same arithmetic must hold there. */
START_TEST(test_counters_wrap)
{
	uint32_t in[8] = {1, 2, 3, 4, 5, 6, 7, 8}, out[8];

	atomic_store(&r.write, UINT32_MAX - 2);
	atomic_store(&r.read, UINT32_MAX - 2);
	ck_assert_uint_eq(ring_space(&r), 8);
	ck_assert_uint_eq(ring_push(&r, memory, in, 8), 8);
	ck_assert_uint_eq(ring_held(&r), 8);
	ck_assert_uint_eq(ring_space(&r), 0);
	ck_assert_uint_eq(ring_pull(&r, memory, out, 5), 5);
	ck_assert_uint_eq(ring_pull(&r, memory, out + 5, 8), 3);
	ck_assert_mem_eq(in, out, sizeof(in));
	ck_assert_uint_eq(atomic_load(&r.write), 5);
}
END_TEST

START_TEST(test_pull_into_nothing)
{
	uint32_t in[3] = {7, 8, 9}, out;

	ring_push(&r, memory, in, 3);
	ck_assert_uint_eq(ring_pull(&r, memory, NULL, 2), 2);
	ck_assert_uint_eq(ring_pull(&r, memory, &out, 1), 1);
	ck_assert_uint_eq(out, 9);
}
END_TEST

/* Records of an odd size do not leak into one another. */
START_TEST(test_odd_records)
{
	char store[5 * 4 + 1], out[10];

	store[20] = '!';
	ring_init(&r, 5, 4);
	for (int round = 0; round < 7; round++) {
		ck_assert_uint_eq(ring_push(&r, store, "abcde12345", 2), 2);
		ck_assert_uint_eq(ring_pull(&r, store, out, 2), 2);
		ck_assert_mem_eq(out, "abcde12345", 10);
	}
	ck_assert_int_eq(store[20], '!');
}
END_TEST

START_TEST(test_capacity_must_be_a_power_of_two)
{
	ring_init(&r, 4, 12);
}
END_TEST

#define STRESS UINT32_C(300000)

static void *write_all(void *arg)
{
	uint32_t batch[5], next = 0;

	(void)arg;
	while (next < STRESS) {
		uint32_t n = next % 5 + 1 < STRESS - next ? next % 5 + 1 : STRESS - next;
		for (uint32_t i = 0; i < n; i++)
			batch[i] = next + i;
		uint32_t pushed = ring_push(&r, memory, batch, n);
		next += pushed;
		if (pushed == 0)
			sched_yield();
	}
	return NULL;
}

/* One writer, one reader: nothing lost, doubled or torn, also across the wrap of the counters. */
START_TEST(test_two_threads)
{
	pthread_t writer;
	uint32_t batch[7], next = 0, wrong = 0;

	atomic_store(&r.write, UINT32_MAX - STRESS / 2);
	atomic_store(&r.read, UINT32_MAX - STRESS / 2);
	ck_assert_int_eq(pthread_create(&writer, NULL, write_all, NULL), 0);
	while (next < STRESS) {
		uint32_t n = ring_pull(&r, memory, batch, next % 7 + 1);
		for (uint32_t i = 0; i < n; i++)
			wrong += batch[i] != next++;
		if (n == 0)
			sched_yield();
	}
	ck_assert_int_eq(pthread_join(writer, NULL), 0);
	ck_assert_uint_eq(wrong, 0);
	ck_assert_uint_eq(ring_held(&r), 0);
}
END_TEST

Suite *suite_ring(void);
Suite *suite_ring(void)
{
	Suite *s = suite_create("ring");
	TCase *c = tcase_create("ring");

	tcase_add_checked_fixture(c, setup, NULL);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, test_empty);
	tcase_add_test(c, test_fills_and_no_more);
	tcase_add_test(c, test_wraps_in_memory);
	tcase_add_test(c, test_counters_wrap);
	tcase_add_test(c, test_pull_into_nothing);
	tcase_add_test(c, test_odd_records);
	tcase_add_test_raise_signal(c, test_capacity_must_be_a_power_of_two, SIGABRT);
	tcase_add_test(c, test_two_threads);
	suite_add_tcase(s, c);
	return s;
}
