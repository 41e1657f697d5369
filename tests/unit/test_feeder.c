/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/feeder.h"

#include "support/fake.h"
#include "sys/rt.h"

#include <check.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

static struct mixer *mixer;
static struct feeder *feeder;

static void open_feeder(bool threaded)
{
	mixer = mixer_create(&(struct mixer_config){1, -1.0});
	feeder = feeder_create(mixer, threaded);
}

static void close_feeder(void)
{
	feeder_destroy(feeder);
	mixer_destroy(mixer);
	ck_assert_int_eq(fake_open_count(), 0);
}

/* Until the deck has so much ahead, at most a minute. */
static void wait_ready(int deck, int64_t frames)
{
	for (int i = 0; i < 60000 && !feeder_ready(feeder, deck, frames); i++)
		poll(NULL, 0, 1);
	ck_assert(feeder_ready(feeder, deck, frames));
}

static void play(int deck, int64_t at, int64_t length)
{
	ck_assert(mixer_send(mixer, &(struct mix_command){.order = MIX_PLAY,
							  .deck = (uint8_t)deck,
							  .at = {at},
							  .length_frames = length,
							  .gain = {1.0f}}));
}

START_TEST(test_offline_all_is_there_at_once)
{
	open_feeder(false);
	feeder_load(feeder, 4, fake_noise(1, INT64_MAX, 1, FAKE_ENDS), false);
	ck_assert(feeder_ready(feeder, 4, FEED_FRAMES));
	feeder_load(feeder, 5, fake_noise(1, 10, 1, FAKE_ENDS), false);
	ck_assert(feeder_ready(feeder, 5, 48000));
	feeder_unload(feeder, 4);
	feeder_unload(feeder, 4);
	ck_assert_int_eq(fake_open_count(), 1);
	close_feeder();
}
END_TEST

/* From the frame it was asked for, with and without a thread; what plays beside it is not starved
 * by what is read to be left out, and a source that ends before has nothing. */
START_TEST(test_begins_at_a_later_frame)
{
	for (int threaded = 0; threaded < 2; threaded++) {
		float out[BLOCK_FRAMES], *zones[] = {out};
		open_feeder(threaded);
		feeder_load(feeder, 0, fake_noise(1, INT64_MAX, 0.5f, FAKE_ENDS), false);
		feeder_load_from(feeder, 3, fake_noise(2, 5000000, 1, FAKE_ENDS), 4900001);
		feeder_load_from(feeder, 4, fake_noise(3, 100, 1, FAKE_ENDS), 101);
		wait_ready(0, BLOCK_FRAMES);
		wait_ready(3, BLOCK_FRAMES);
		wait_ready(4, 1);
		play(3, 0, INT64_MAX);
		mixer_block(mixer, zones);
		for (int i = 0; i < BLOCK_FRAMES; i++)
			ck_assert(out[i] == fake_noise_at(2, 4900001 + i));
		close_feeder();
	}
}
END_TEST

START_TEST(test_thread_reads_ahead)
{
	open_feeder(true);
	feeder_load(feeder, 0, fake_noise(1, INT64_MAX, 1, FAKE_ENDS), false);
	wait_ready(0, INT64_MAX);
	feeder_load(feeder, 1, fake_noise(1, 5, 1, FAKE_ENDS), false);
	wait_ready(1, 5);
	feeder_unload(feeder, 0);
	feeder_load(feeder, 0, fake_noise(2, 70000, 1, FAKE_BREAKS), false);
	wait_ready(0, 48000);
	close_feeder();
}
END_TEST

/* An empty loop must neither hang the thread nor starve its deck. */
START_TEST(test_an_empty_loop_ends)
{
	float block[BLOCK_FRAMES], *out[1] = {block};
	struct mix_event ev = {0};

	open_feeder(_i == 1);
	feeder_load(feeder, 0, fake_noise(1, 0, 1, FAKE_ENDS), true);
	wait_ready(0, 1);
	play(0, 0, INT64_MAX);
	mixer_block(mixer, out);
	ck_assert(mixer_event(mixer, &ev) && ev.kind == MIX_STARTED);
	ck_assert(mixer_event(mixer, &ev) && ev.kind == MIX_ENDED && ev.frames == 0);
	close_feeder();
}
END_TEST

START_TEST(test_what_is_no_number_becomes_silence)
{
	const float x[4] = {0.25f, NAN, -INFINITY, 0.125f};
	float block[BLOCK_FRAMES], *out[1] = {block};

	open_feeder(false);
	feeder_load(feeder, 0, fake_samples(x, 4), false);
	play(0, 0, INT64_MAX);
	mixer_block(mixer, out);
	ck_assert(block[0] == 0.25f && block[1] == 0.0f && block[2] == 0.0f && block[3] == 0.125f);
	close_feeder();
}
END_TEST

/* A mixing thread that runs as fast as it can. */
static atomic_bool stop;
static atomic_int wrong;

static void *mix_live(void *arg)
{
	float block[BLOCK_FRAMES], *out[1] = {block};

	(void)arg;
	while (!atomic_load(&stop)) {
		rt_enter();
		mixer_block(mixer, out);
		rt_leave();
		for (int i = 0; i < BLOCK_FRAMES; i++)
			if (!(fabsf(block[i]) < 0.75f))
				atomic_fetch_add(&wrong, 1);
		sched_yield();
	}
	return NULL;
}

/* Decks come and go while the mixing thread runs; for TSan above all. Every deck that started ends,
 * and what it mixed is all of its source. */
START_TEST(test_live_decks_come_and_go)
{
	enum { ROUNDS = 60, LONG = 3001 };
	int loaded = 0, ended = 0;
	bool used[DECKS_MAX] = {false};
	struct mix_event ev;
	pthread_t thread;

	open_feeder(true);
	ck_assert_int_eq(pthread_create(&thread, NULL, mix_live, NULL), 0);
	while (ended < ROUNDS) {
		int d = loaded % 3;

		if (!used[d] && loaded < ROUNDS) {
			feeder_load(feeder, d, fake_noise((uint32_t)d, LONG, 1, FAKE_ENDS), false);
			/* One more than there is: else it is through before the end is known. */
			wait_ready(d, LONG + 1);
			play(d, mixer_now(mixer).n + mixer_lead_frames(mixer), INT64_MAX);
			used[d] = true;
			loaded++;
		}
		while (mixer_event(mixer, &ev)) {
			ck_assert_int_ne(ev.kind, MIX_STARVED);
			if (ev.kind != MIX_ENDED)
				continue;
			ck_assert_int_eq(ev.end, MIX_END_SOURCE);
			ck_assert_int_eq(ev.frames, LONG);
			feeder_unload(feeder, ev.deck);
			used[ev.deck] = false;
			ended++;
		}
	}
	atomic_store(&stop, true);
	pthread_join(thread, NULL);
	ck_assert_int_eq(atomic_load(&wrong), 0);
	close_feeder();
}
END_TEST

/* A source that has nothing now is asked again at the next turn, and at no other. */
static struct {
	struct source source;
	int asked, given;
} slow;

static int64_t slow_read(struct source *s, float *out, int64_t frames)
{
	(void)s;
	slow.asked++;
	if (slow.given == 0)
		return SOURCE_LATER;
	slow.given--;
	for (int64_t i = 0; i < frames; i++)
		out[i] = 0.5f;
	return frames;
}

static void slow_close(struct source *s)
{
	(void)s;
}

START_TEST(test_what_comes_later_is_waited_for)
{
	static const struct source_ops ops = {slow_read, NULL, slow_close};

	open_feeder(false);
	slow.source.ops = &ops;
	slow.asked = slow.given = 0;
	feeder_load(feeder, 0, &slow.source, false);
	ck_assert_int_eq(slow.asked, 1);
	ck_assert(!feeder_ready(feeder, 0, 1));
	feeder_pump(feeder);
	ck_assert_int_eq(slow.asked, 2);
	slow.given = 1;
	feeder_pump(feeder);
	ck_assert_int_eq(slow.asked, 4);
	ck_assert(feeder_ready(feeder, 0, FEED_FRAMES));
	feeder_unload(feeder, 0);
	close_feeder();
}
END_TEST

START_TEST(test_a_pause_ahead_is_known_before_it_is_heard)
{
	for (int threaded = 0; threaded < 2; threaded++) {
		open_feeder(threaded);
		if (!threaded)
			feeder_read_ahead(feeder, DECK_AHEAD_FRAMES);
		ck_assert_int_eq(feeder_lull(feeder, 2, 0, 9600, 0.01), -1);
		feeder_load_from(feeder, 2, fake_paused(1, 96000, 40000, 50000), 10000);
		wait_ready(2, DECK_AHEAD_FRAMES - FEED_FRAMES);
		int64_t at = -1; /* while it is being read nothing is known */
		for (int i = 0; i < 60000 && at < 0; i++, poll(NULL, 0, 1))
			at = feeder_lull(feeder, 2, 0, 8640, 0.01);
		ck_assert_int_ge(at, 30000 + 4320);
		ck_assert_int_le(at, 40000 - 4320);
		ck_assert_int_eq(feeder_lull(feeder, 2, 0, 10080, 0.01), -1);
		feeder_unload(feeder, 2);
		ck_assert_int_eq(feeder_lull(feeder, 2, 0, 8640, 0.01), -1);
		close_feeder();
	}
}
END_TEST

Suite *suite_feeder(void)
{
	Suite *s = suite_create("feeder");
	TCase *t = tcase_create("feeder");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, test_offline_all_is_there_at_once);
	tcase_add_test(t, test_begins_at_a_later_frame);
	tcase_add_test(t, test_thread_reads_ahead);
	tcase_add_loop_test(t, test_an_empty_loop_ends, 0, 2);
	tcase_add_test(t, test_what_is_no_number_becomes_silence);
	tcase_add_test(t, test_live_decks_come_and_go);
	tcase_add_test(t, test_what_comes_later_is_waited_for);
	tcase_add_test(t, test_a_pause_ahead_is_known_before_it_is_heard);
	suite_add_tcase(s, t);
	return s;
}
