/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The children here are real: this runner itself as `vangxa` (main.c), which fetches from a server
 * on the loopback and decodes. */
#include "mix/relays.h"

#include "support/radio.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOKS_MAX 600 /* of 50 ms: a bound, not a measure */

static struct clock_real clock_here;
static struct loop *loop;
static struct relays relays;
static struct radio radio;
static struct relay_state state;
static enum relay_fault fault;
static char dir[64];

static void setup(void)
{
	tmpdir_make(dir);
	clock_real_open(&clock_here);
	loop = loop_create();
	radio = (struct radio){.fd = -1};
	relays_init(&relays, &clock_here.clock, loop, (struct chance){7});
}

static void teardown(void)
{
	relays_stop(&relays);
	loop_destroy(loop);
	clock_real_close(&clock_here);
	tmpdir_remove(dir);
}

static void put(const char *name, const char *base, const char *path)
{
	struct relay_place place = {.channel = 1};

	snprintf(place.name, sizeof(place.name), "%s", name);
	snprintf(place.url, sizeof(place.url), "%s%s", base, path);
	relays_put(&relays, &place);
}

/* Until the condition holds. */
static void run_until(bool (*holds)(void))
{
	for (int i = 0; i < LOOKS_MAX; i++) {
		relays_look(&relays, 1);
		loop_once(loop, 50);
		ck_assert(relays_state(&relays, 0, &state, &fault));
		if (holds())
			return;
	}
	ck_abort_msg("not in time: coming %d, ready %d, fault %s", state.coming, state.ready,
		     relay_fault_code(fault));
}

static bool is_ready(void)
{
	return state.ready;
}

static bool is_faulty(void)
{
	return fault != RELAY_NONE && relays.list[0].tries >= 2;
}

/* Ten seconds of a tone, all at once: then the server ends it. */
static uint8_t *tone(size_t *len)
{
	struct clip c = clip_tone(48000, 1, 10, 1000, 0.5);
	char path[200];

	snprintf(path, sizeof(path), "%s/a.mp3", dir);
	clip_save_mp3(&c, path, (struct mp3_form){.kbps = 64});
	clip_free(&c);
	return file_load(path, len);
}

START_TEST(test_a_station_is_taken_in)
{
	size_t len;
	uint8_t *sound = tone(&len);
	float out[FEED_FRAMES];

	radio_page(&radio, "/s", "200 OK\r\nContent-Type: audio/mpeg", sound, len);
	radio_open(&radio);
	put("a", radio.url, "/s");
	ck_assert(!relays_state(&relays, 0, &state, &fault));
	ck_assert_ptr_null(relays_source(&relays, 0, (struct frame){-1}));
	run_until(is_ready);
	ck_assert(state.coming);
	ck_assert_int_lt(state.since.ns, INT64_MAX);
	struct relay_form form;
	ck_assert(relays_form(&relays, 0, &form));
	ck_assert_int_eq(form.codec, RELAY_CODEC_MP3);
	ck_assert_int_eq(form.channels, 1);
	ck_assert_uint_eq(form.rate_hz, 48000);
	struct source *s = relays_source(&relays, 0, (struct frame){-1});
	ck_assert_int_gt(s->ops->read(s, out, FEED_FRAMES), 0);
	s->ops->close(s);
	relays_look(&relays, 0);
	ck_assert(!relays_state(&relays, 0, &state, &fault));
	ck_assert_int_eq(relays.list[0].decode.pid, 0);
	ck_assert_int_eq(relays.list[0].fetch.pid, 0);
	radio_close(&radio);
	free(sound);
}
END_TEST

START_TEST(test_what_is_wrong_is_known_and_tried_again)
{
	radio_text(&radio, "/page", "200 OK\r\nContent-Type: text/html",
		   "<!doctype html><html><body>Nothing to be heard here, and nothing to be heard "
		   "here, and nothing to be heard here.</body></html>");
	radio_open(&radio);
	put("a", radio.url, "/page");
	run_until(is_faulty);
	ck_assert_int_eq(fault, RELAY_NOT_SOUND);
	ck_assert(!state.coming && !state.ready);
	ck_assert_int_ge(radio.pages[0].times, 2);
	/* Another address is tried at once. */
	put("a", radio.url, "/none");
	ck_assert_int_eq(relays.count, 1);
	relays.list[0].tries = 0;
	run_until(is_faulty);
	ck_assert_int_eq(fault, RELAY_STATUS);
	radio_close(&radio);
}
END_TEST

START_TEST(test_what_comes_back_is_taken_in)
{
	size_t len;
	uint8_t *sound = tone(&len);

	radio_text(&radio, "/s", "503 Busy", "");
	radio_page(&radio, "/s", "200 OK\r\nContent-Type: audio/mpeg", sound, len);
	radio_open(&radio);
	put("a", radio.url, "/s");
	run_until(is_ready);
	ck_assert_int_eq(radio.pages[0].times, 1);
	radio_close(&radio);
	free(sound);
}
END_TEST

static bool has_failed(void)
{
	return fault != RELAY_NONE;
}

static bool has_failed_again(void)
{
	ck_assert_int_eq(fault, RELAY_STATUS);
	return relays.list[0].tries >= 3;
}

/* What waits in the buffer is of a try that is over. */
START_TEST(test_what_is_left_over_is_no_signal)
{
	size_t len;
	uint8_t *sound = tone(&len);

	radio_page(&radio, "/s", "200 OK\r\nContent-Type: audio/mpeg", sound, len);
	radio_text(&radio, "/s", "503 Busy", "");
	radio_open(&radio);
	put("a", radio.url, "/s");
	run_until(has_failed);
	ck_assert(state.ready);
	relays.list[0].fault = RELAY_STATUS; /* that it ended is told; then why it stays away */
	run_until(has_failed_again);
	ck_assert(state.ready && state.coming);
	radio_close(&radio);
	free(sound);
}
END_TEST

START_TEST(test_no_more_than_there_is_room_for)
{
	char name[16];

	for (int i = 0; i < RELAYS_MAX + 3; i++) {
		snprintf(name, sizeof(name), "r%d", i);
		put(name, "http://127.0.0.1:1", "/");
	}
	ck_assert_int_eq(relays.count, RELAYS_MAX);
	ck_assert_int_eq(relays_find(&relays, "r3"), 3);
	ck_assert_int_eq(relays_find(&relays, "r17"), -1);
}
END_TEST

Suite *suite_relays(void);
Suite *suite_relays(void)
{
	Suite *s = suite_create("relays");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, test_a_station_is_taken_in);
	tcase_add_test(t, test_what_is_wrong_is_known_and_tried_again);
	tcase_add_test(t, test_what_comes_back_is_taken_in);
	tcase_add_test(t, test_what_is_left_over_is_no_signal);
	tcase_add_test(t, test_no_more_than_there_is_room_for);
	suite_add_tcase(s, t);
	return s;
}
