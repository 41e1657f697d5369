/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody tries a relay: what is told of it, and that it is left alone afterwards. */
#include "station/relaytry.h"

#include "base/json.h"
#include "mix/relaybuffer.h"
#include "support/fake.h"
#include "sys/clock.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct relays relays;
static struct relaytry tries;
static struct clock_sim time_now;
static struct tz tz;

static void setup(void)
{
	struct relay_place place = {.name = "vov1"};

	clock_sim_init(&time_now, (struct wall){1795440000 * NS_PER_S});
	tz_fixed(&tz, "UTC", 0);
	relays = (struct relays){0};
	relays_init(&relays, &time_now.clock, NULL, (struct chance){1});
	relays_put(&relays, &place);
	/* As if it ran: no process is started here. */
	relays.list[0].buffer = relaybuffer_create(&relaybuffer_relay);
	relays.list[0].wanted = true;
	relaybuffer_begin(relays.list[0].buffer, clock_mono(&time_now.clock));
	tries = (struct relaytry){0};
}

static void teardown(void)
{
	relaytry_finish(&tries);
	relaybuffer_destroy(relays.list[0].buffer);
}

/* So many seconds later, of which this was heard; true: something is over. */
static bool go(int seconds, float level)
{
	static float x[FRAMES_PER_S / 10];
	bool over = false;

	for (int t = 0; t < seconds * 10; t++) {
		for (int i = 0; i < FRAMES_PER_S / 10; i++)
			x[i] = level * (i / 50 % 2 == 0 ? 1.0f : -1.0f);
		if (level >= 0)
			relaybuffer_put(relays.list[0].buffer, x, FRAMES_PER_S / 10,
					clock_mono(&time_now.clock));
		clock_sim_advance(&time_now, NS_PER_S / 10);
		if (t % 10 == 9)
			over |= relaytry_look(&tries, &relays, clock_wall(&time_now.clock), &tz);
	}
	return over;
}

/* Its outcome: why there was no sound; "" there was. */
static const char *why(void)
{
	static char text[200];
	json_t *o = relaytry_json(&tries, 0);

	ck_assert(!json_get_bool(o, "running", true));
	ck_assert_ptr_nonnull(json_get_text(o, "at", NULL));
	snprintf(text, sizeof(text), "%s",
		 json_get_text(json_object_get(o, "texts"), "en", ""));
	ck_assert_int_eq(json_get_bool(o, "sounds", false), text[0] == '\0');
	json_decref(o);
	return text;
}

START_TEST(sound_is_told_with_its_loudness)
{
	ck_assert(!go(2, 0.1f));
	json_t *o = relaytry_json(&tries, 0);
	ck_assert(json_is_null(o));
	json_decref(o);
	ck_assert_uint_eq(relaytry_wanted(&tries), 0);
	relaytry_begin(&tries, 0, clock_mono(&time_now.clock));
	ck_assert_uint_eq(relaytry_wanted(&tries), 1);
	o = relaytry_json(&tries, 0);
	ck_assert(json_get_bool(o, "running", false));
	json_decref(o);
	struct relay_form form = {.codec = RELAY_CODEC_AAC, .channels = 2, .rate_hz = 44100};
	uint64_t bits;
	memcpy(&bits, &form, sizeof(bits));
	atomic_store(&relays.list[0].form, bits);
	ck_assert(go(RELAY_TRY_ENOUGH_S + 4, 0.1f));
	ck_assert_str_eq(why(), "");
	o = relaytry_json(&tries, 0);
	ck_assert_str_eq(json_get_text(o, "codec", ""), "AAC");
	ck_assert_int_eq(json_get_integer(o, "rate_hz", 0), 44100);
	ck_assert_int_eq(json_get_integer(o, "channels", 0), 2);
	json_decref(o);
	ck_assert_uint_eq(relaytry_wanted(&tries), 0);
}
END_TEST

START_TEST(silence_and_nothing_at_all_are_told_apart)
{
	relaytry_begin(&tries, 0, clock_mono(&time_now.clock));
	ck_assert(!go(RELAY_TRY_S - 1, 0));
	ck_assert(go(2, 0));
	ck_assert_ptr_nonnull(strstr(why(), "silent"));
	json_t *o = relaytry_json(&tries, 0);
	ck_assert(json_is_null(json_object_get(o, "codec")));
	ck_assert(json_is_null(json_object_get(o, "rate_hz")));
	json_decref(o);
	relaybuffer_begin(relays.list[0].buffer, clock_mono(&time_now.clock));
	relaytry_begin(&tries, 0, clock_mono(&time_now.clock));
	go(RELAY_TRY_S + 1, -1);
	ck_assert_ptr_null(strstr(why(), "silent"));
	ck_assert_str_ne(why(), "");
}
END_TEST

/* What the network says ends it; a second click while one is under way changes nothing. */
START_TEST(a_fault_is_told_at_once)
{
	relaytry_begin(&tries, 0, clock_mono(&time_now.clock));
	ck_assert(!go(1, -1));
	relaytry_begin(&tries, 0, clock_mono(&time_now.clock));
	relays.list[0].fault = RELAY_NOT_SOUND;
	ck_assert(go(1, -1));
	ck_assert_ptr_nonnull(strstr(why(), "page"));
	ck_assert(!go(2, -1));
}
END_TEST

/* It was taken out of the hands that run it: nothing is known, and nothing is told. */
START_TEST(what_is_not_wanted_yet_is_waited_for)
{
	relays.list[0].wanted = false;
	relaytry_begin(&tries, 0, clock_mono(&time_now.clock));
	ck_assert(!go(5, -1));
	ck_assert_uint_eq(relaytry_wanted(&tries), 1);
}
END_TEST

Suite *suite_relaytry(void);
Suite *suite_relaytry(void)
{
	Suite *s = suite_create("relaytry");
	TCase *t = tcase_create("relaytry");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, sound_is_told_with_its_loudness);
	tcase_add_test(t, silence_and_nothing_at_all_are_told_apart);
	tcase_add_test(t, a_fault_is_told_at_once);
	tcase_add_test(t, what_is_not_wanted_yet_is_waited_for);
	suite_add_tcase(s, t);
	return s;
}
