/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/err.h"
#include "mix/shmring.h"

#include <check.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct shmring *ring;
static int fd;

static void setup(void)
{
	struct err e = {0};

	fd = shmring_create(&ring, 2, &e);
	ck_assert_msg(fd >= 0, "%s", e.text);
}

static void teardown(void)
{
	shmring_close(ring);
	close(fd);
}

/* Frame f is (f, −f): its number can be read off it. Exact in a float below 2^24. */
static void put(int64_t first, int count)
{
	float block[BLOCK_FRAMES * 2];

	for (int i = 0; i < count; i++) {
		block[2 * i] = (float)(first + i);
		block[2 * i + 1] = -(float)(first + i);
	}
	shmring_write(ring, (struct frame){first}, block, count);
}

static void expect(const float *out, int from, int to, int64_t first)
{
	int wrong = 0;

	for (int i = from; i < to; i++)
		wrong += out[2 * i] != (float)(first + i) || out[2 * i + 1] != -(float)(first + i);
	ck_assert_int_eq(wrong, 0);
}

static void expect_silence(const float *out, int from, int to)
{
	int wrong = 0;

	for (int i = 2 * from; i < 2 * to; i++)
		wrong += out[i] != 0.0f;
	ck_assert_int_eq(wrong, 0);
}

START_TEST(test_rewritten_frames_are_read_and_none_else_is_touched)
{
	float other[20] = {0}, out[400];

	for (int64_t f = 0; f < SHMRING_FRAMES + 4800; f += BLOCK_FRAMES)
		put(f, BLOCK_FRAMES);
	int64_t write = atomic_load(&ring->write);
	shmring_rewrite(ring, (struct frame){SHMRING_FRAMES - 5}, other, 10); /* over the seam */
	ck_assert_int_eq(atomic_load(&ring->write), write);
	ck_assert_int_eq(shmring_read(ring, (struct frame){SHMRING_FRAMES - 100}, out, 200), 200);
	expect(out, 0, 95, SHMRING_FRAMES - 100);
	expect_silence(out, 95, 105);
	expect(out, 105, 200, SHMRING_FRAMES - 100);
	shmring_rewrite(ring, (struct frame){0}, other, 10); /* there no more: not ours */
	ck_assert_int_eq(shmring_read(ring, (struct frame){SHMRING_FRAMES}, out, 10), 10);
	expect(out, 5, 10, SHMRING_FRAMES);
}
END_TEST

START_TEST(test_starts_empty)
{
	float out[20];

	memset(out, 1, sizeof(out));
	ck_assert_int_eq(shmring_read(ring, (struct frame){0}, out, 10), 0);
	expect_silence(out, 0, 10);
	ck_assert(atomic_load(&ring->offset) == SHMRING_UNARMED);
	ck_assert_uint_eq(atomic_load(&ring->state), SHMRING_OPENING);
	ck_assert(!shmring_get_report(ring, &(struct shmring_report){0}));
}
END_TEST

START_TEST(test_by_number)
{
	float out[40];

	put(1000, 480);
	put(1480, 100);
	ck_assert_int_eq(shmring_read(ring, (struct frame){1470}, out, 20), 20);
	expect(out, 0, 20, 1470);
	/* half before the first, half behind the last */
	ck_assert_int_eq(shmring_read(ring, (struct frame){995}, out, 20), 15);
	expect_silence(out, 0, 5);
	expect(out, 5, 20, 995);
	ck_assert_int_eq(shmring_read(ring, (struct frame){1570}, out, 20), 10);
	expect(out, 0, 10, 1570);
	expect_silence(out, 10, 20);
	ck_assert_int_eq(shmring_read(ring, (struct frame){5000}, out, 20), 0);
	ck_assert_int_eq(shmring_read(ring, (struct frame){-70000}, out, 20), 0);
}
END_TEST

START_TEST(test_wraps_and_overwrites)
{
	static float out[SHMRING_FRAMES * 2];

	for (int64_t f = 0; f < 3 * SHMRING_FRAMES; f += 480)
		put(f, 480);
	int64_t write = atomic_load(&ring->write);
	ck_assert_int_eq(shmring_read(ring, (struct frame){write - SHMRING_FRAMES}, out,
				      SHMRING_FRAMES),
			 SHMRING_FRAMES - BLOCK_FRAMES);
	expect_silence(out, 0, BLOCK_FRAMES); /* the writer's next block may land there */
	expect(out, BLOCK_FRAMES, SHMRING_FRAMES, write - SHMRING_FRAMES);
}
END_TEST

START_TEST(test_jump_leaves_a_hole)
{
	float out[40];

	put(0, 480);
	put(9600, 480);
	ck_assert_int_eq(shmring_read(ring, (struct frame){9590}, out, 20), 10);
	expect_silence(out, 0, 10);
	expect(out, 10, 20, 9590);
	/* what stood before the jump must not sound again as if it were new */
	ck_assert_int_eq(shmring_read(ring, (struct frame){100}, out, 10), 0);
}
END_TEST

START_TEST(test_other_side)
{
	struct err e = {0};
	struct shmring *other = shmring_open(fd, &e);
	struct shmring_report r = {480, 64, {INT64_C(1) << 60}, 5}, got;
	float out[4];

	ck_assert_msg(other != NULL, "%s", e.text);
	put(7, 2);
	ck_assert_int_eq(shmring_read(other, (struct frame){7}, out, 2), 2);
	expect(out, 0, 2, 7);
	shmring_put_report(other, &r);
	ck_assert(shmring_get_report(ring, &got));
	ck_assert_int_eq(got.position, 480);
	ck_assert_int_eq(got.frames, 64);
	ck_assert(got.heard.ns == r.heard.ns);
	ck_assert_int_eq(got.latency_ns, 5);
	shmring_close(other);
}
END_TEST

START_TEST(test_foreign_memory)
{
	struct err e = {0};
	int pipe_fds[2], small = memfd_create("x", 0);

	ck_assert_ptr_null(shmring_open(-1, &e));
	ck_assert_ptr_null(shmring_open(small, &e));
	ck_assert_int_eq(ftruncate(small, 1 << 20), 0); /* zeros */
	ck_assert_ptr_null(shmring_open(small, &e));
	ck_assert_int_eq(pipe(pipe_fds), 0);
	ck_assert_ptr_null(shmring_open(pipe_fds[0], &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ring->channels = 9;
	ck_assert_ptr_null(shmring_open(fd, &e));
	ring->channels = 2;
	ring->bytes--;
	ck_assert_ptr_null(shmring_open(fd, &e));
	close(small);
	close(pipe_fds[0]);
	close(pipe_fds[1]);
}
END_TEST

START_TEST(test_reset)
{
	float out[2];

	put(0, 480);
	shmring_put_report(ring, &(struct shmring_report){1, 1, {1}, 1});
	atomic_store(&ring->offset, 5);
	shmring_reset(ring);
	ck_assert_int_eq(shmring_read(ring, (struct frame){0}, out, 1), 0);
	ck_assert(!shmring_get_report(ring, &(struct shmring_report){0}));
	ck_assert(atomic_load(&ring->offset) == SHMRING_UNARMED);
	ck_assert_uint_eq(ring->channels, 2);
}
END_TEST

#define RUN_FRAMES (480 * 2000)

static void *writer(void *arg)
{
	for (int64_t f = 0; f < RUN_FRAMES; f += 480) {
		/* Never further ahead than the engine goes: half of the ring. */
		while (f - atomic_load(&ring->applied) > SHMRING_FRAMES / 2)
			sched_yield();
		put(f, 480);
	}
	return arg;
}

START_TEST(test_two_threads)
{
	pthread_t thread;
	float out[2 * 333];
	int64_t at = 0;

	atomic_store(&ring->applied, 0);
	ck_assert_int_eq(pthread_create(&thread, NULL, writer, NULL), 0);
	while (at < RUN_FRAMES) {
		int got = shmring_read(ring, (struct frame){at}, out, 333);
		if (got == 0)
			sched_yield();
		expect(out, 0, got, at);
		at += got;
		atomic_store(&ring->applied, at);
	}
	pthread_join(thread, NULL);
	ck_assert_int_eq(at, RUN_FRAMES);
}
END_TEST

Suite *suite_shmring(void)
{
	Suite *s = suite_create("shmring");
	TCase *t = tcase_create("shmring");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, test_rewritten_frames_are_read_and_none_else_is_touched);
	tcase_add_test(t, test_starts_empty);
	tcase_add_test(t, test_by_number);
	tcase_add_test(t, test_wraps_and_overwrites);
	tcase_add_test(t, test_jump_leaves_a_hole);
	tcase_add_test(t, test_other_side);
	tcase_add_test(t, test_foreign_memory);
	tcase_add_test(t, test_reset);
	tcase_add_test(t, test_two_threads);
	suite_add_tcase(s, t);
	return s;
}
