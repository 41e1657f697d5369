/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slot of three minutes that relays; at 10 s its relay falls silent, and a fallback that is long
 * stands in. When, and how, does the relay come back? */
#include "station/relayback.h"

#include "base/json.h"
#include "proof/entry.h"
#include "station/emergency.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <math.h>
#include <string.h>

#define LIVE 77 /* the relay is the noise of this seed, from wherever it is joined */
#define PAUSED 995
#define FADE ((int64_t)RELAY_FADE_MS * 48)

static struct playing g;
static int64_t zero; /* the slot's first frame */

static struct source *open_live(void *arg)
{
	(void)arg;
	return fake_noise(LIVE, INT64_C(1) << 40, 1.0f, FAKE_ENDS);
}

static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	g.c->settings.relays[0].silence_s = 5;
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 180s, overrun: cut, "
				  "play: {relay: vov1}, fallback: {bulletins: {}}}\n"));
}

static void teardown(void)
{
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), playing_count(&g, KIND_ENDED));
	ck_assert_int_eq((int)g.p.decks_taken, 0);
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

/* So long; whether anything is heard of the relay in it. */
static void go(double seconds, bool sounds)
{
	struct relay_state *s = &g.sim.relay_now;

	s->since.ns = sounds ? clock_mono(&g.clock.clock).ns : INT64_MAX;
	for (int i = 0; i < (int)(seconds * 10); i++) {
		if (sounds)
			s->sounded = clock_mono(&g.clock.clock);
		playing_run(&g, 0.1);
	}
}

/* Silent from 10 s to 17 s: the fallback begins at 15 s, and from 22 s on it may be left. */
static void lose_it(void)
{
	playing_begin(&g);
	zero = playing_frame(&g, "2026-11-23T05:30:00");
	g.sim.open_relay = open_live;
	g.sim.relay_now = (struct relay_state){.lufs = -INFINITY, .coming = true, .ready = true};
	feeder_read_ahead(g.sim.air.feeder, DECK_AHEAD_FRAMES);
	go(20, true);
	go(7, false);
}

/* Where the relay begins for the second time, in frames of the slot; −1 nowhere. */
static int64_t back(void)
{
	int64_t end = (int64_t)g.sim.blocks * BLOCK_FRAMES - 16;
	int n = 1;

	for (int64_t f = zero; f < end; f++) {
		int same = 0;
		while (same < 16 && g.mix[0][f + same] == fake_noise_at(LIVE, 4800 + same))
			same++;
		if (same == 16 && n-- == 0)
			return f - 4800 - zero;
	}
	return -1;
}

static int64_t begun(uint32_t seed)
{
	int64_t at = playing_find(&g, 0, seed);

	ck_assert_int_ge(at, 0);
	return at - zero;
}

/* What relay.back tells. */
static void ck_moment(const char *moment)
{
	json_t *o = playing_entry(&g, KIND_RELAY_BACK, 0);

	ck_assert_ptr_nonnull(o);
	ck_assert_str_eq(json_get_text(json_object_get(o, "moment"), "code", ""), moment);
	json_decref(o);
}

/* And how the fallback's airing ended. */
static void ck_told(const char *moment, const char *result, const char *reason)
{
	ck_moment(moment);
	playing_ck(&g, KIND_ENDED, 1, NULL, result, reason);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 1);
}

static int64_t frames_of(int n)
{
	json_t *o = playing_entry(&g, KIND_ENDED, n);
	int64_t frames = json_get_integer(o, "frames", -1);

	json_decref(o);
	return frames;
}

/* Not before it is heard: row n is the relay's. */
static void ck_back_when_heard(int n)
{
	json_t *o = playing_entry(&g, KIND_RELAY_BACK, 0), *row = playing_entry(&g, KIND_ENDED, n);
	struct wall at, start;

	ck_assert(json_get_time(o, "at", &at) && json_get_time(row, "start", &start));
	ck_assert_int_ge(at.ns, start.ns);
	ck_assert_int_le(at.ns, start.ns + NS_PER_S);
	json_decref(o);
	json_decref(row);
}

START_TEST(in_a_pause_of_a_long_fallback)
{
	playing_bulletin(&g, "B1", PAUSED, 140); /* it pauses from its 35th to its 70th second */
	lose_it();
	go(172, true);
	int64_t fallback = begun(PAUSED), at = back(), pause = fallback + 35 * 48000;
	/* In the middle of the first 300 ms of it, as near as it is known: 10 ms. */
	ck_assert_int_ge(at, pause + 150 * 48);
	ck_assert_int_lt(at, pause + 160 * 48);
	/* The one ends at the sample at which the other begins, and before it nothing is lost. */
	ck_assert_int_eq(frames_of(1), at - fallback);
	ck_assert(g.mix[0][zero + pause - 1] == fake_noise_at(PAUSED, 35 * 48000 - 1));
	ck_told("relay.in-pause", "partial", "relay-back");
	ck_back_when_heard(2);
	ck_assert_int_eq(frames_of(2), 180 * 48000 - at);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

START_TEST(a_fallback_without_a_pause_fades_when_it_has_had_its_time)
{
	playing_bulletin(&g, "B1", 11, 140);
	lose_it();
	go(172, true);
	int64_t fallback = begun(11), at = back();
	/* It has sounded for five seconds at 22 s. */
	ck_assert_int_ge(at, (22 + RELAY_RETURN_S) * INT64_C(48000));
	ck_assert_int_le(at, (23 + RELAY_RETURN_S) * INT64_C(48000));
	ck_assert_int_eq(frames_of(1), at - fallback);
	int64_t fade = zero + at - FADE;
	ck_assert(g.mix[0][fade - 1] == fake_noise_at(11, at - FADE - fallback - 1));
	ck_assert(fabsf(g.mix[0][fade + FADE / 2]) <
		  fabsf(fake_noise_at(11, at - FADE / 2 - fallback)));
	ck_told("relay.by-fade", "partial", "relay-back");
}
END_TEST

/* Nobody has promised what would follow. */
START_TEST(at_the_end_of_an_item_that_ends_in_time)
{
	playing_bulletin(&g, "B1", 11, 60);
	playing_bulletin(&g, "B2", 12, 70);
	lose_it();
	go(172, true);
	ck_assert_int_eq(back(), begun(11) + 60 * 48000);
	ck_assert_int_eq(playing_whole(&g, 0, 11), 60 * 48000);
	ck_told("relay.at-end", "full", "");
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 3);
}
END_TEST

/* The next one is promised by then: three seconds before it begins. */
START_TEST(what_was_promised_behind_it_does_not_begin)
{
	playing_bulletin(&g, "B1", 11, 15);
	playing_bulletin(&g, "B2", 12, 100);
	playing_begin(&g);
	zero = playing_frame(&g, "2026-11-23T05:30:00");
	g.sim.open_relay = open_live;
	g.sim.relay_now = (struct relay_state){.lufs = -INFINITY, .coming = true, .ready = true};
	go(20, true);
	go(13.5, false);
	go(165, true); /* from 28.5 s on: at 30 s the first of them ends */
	ck_assert_int_eq(playing_find(&g, 0, 12), -1);
	ck_assert_int_eq(back(), begun(11) + 15 * 48000);
	ck_told("relay.at-end", "full", "");
	playing_ck(&g, KIND_ENDED, 2, "B2", "partial", "relay-back");
	ck_assert_int_eq(frames_of(2), 0);
}
END_TEST

/* What comes and goes is not gone back to by the time of its first coming. */
START_TEST(lost_again_meanwhile_it_waits_anew)
{
	playing_bulletin(&g, "B1", 11, 160);
	lose_it();
	go(40, true);
	go(10, false);
	go(122, true);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 1);
	ck_assert_int_ge(back(), (17 + 40 + 10 + RELAY_STEADY_S + RELAY_RETURN_S) *
				 INT64_C(48000));
	ck_told("relay.by-fade", "partial", "relay-back");
}
END_TEST

/* Its slot would be over: what stands in airs to its end. */
START_TEST(for_the_last_seconds_of_the_slot_nobody_goes_back)
{
	playing_bulletin(&g, "B1", 11, 164); /* to its 179th second */
	lose_it();
	go(95, false);
	go(75, true); /* from 112 s on: at 117 + 60 s less is left than anything is begun for */
	ck_assert_int_eq(back(), -1);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 0);
	playing_ck(&g, KIND_ENDED, 1, "B1", "full", "");
}
END_TEST

/* The siren sounds from 25 s to 55 s; B1 of 60 s has begun at 15 s. */
static void break_off(void)
{
	struct emergency_order o = {.zones = 3, .by = "user:3", .reason = "Lũ", .who = "user:7"};
	struct emergency *m;
	struct err e;

	playing_bulletin(&g, "B1", 11, 60);
	lose_it();
	go(8, false);
	ck_assert(emergency_raise(&g.p, &o, &m, &e));
}

static void break_it_off(enum after_break rule, bool back)
{
	g.c->schedule.slots[0].after_break = rule;
	break_off();
	go(20, false);
	go(144, back);
	playing_ck(&g, KIND_ENDED, 1, "B1", "cut", "emergency");
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 1);
}

static void ck_entry(const char *kind, const char *key, const char *value)
{
	json_t *o = playing_entry(&g, kind, 0);

	ck_assert_msg(o != NULL, "no %s", kind);
	ck_assert_str_eq(json_get_text(o, key, ""), value);
	json_decref(o);
}

START_TEST(what_stood_in_goes_on_after_an_emergency)
{
	break_it_off(AFTER_BREAK_RESUME, false);
	ck_entry(KIND_BROKEN, "rule", "resume");
	ck_assert_int_eq(playing_count(&g, KIND_DROPPED), 0);
	playing_ck(&g, KIND_ENDED, 3, "B1", "partial", "resumed");
	/* What faded is heard again, and nothing else. */
	ck_assert_int_eq(frames_of(1) + frames_of(3), 60 * 48000 + BREAK_IN_MS * 48);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 0);
}
END_TEST

START_TEST(what_stood_in_is_dropped_where_the_slot_says_so)
{
	break_it_off(AFTER_BREAK_DROP, false);
	ck_entry(KIND_DROPPED, "reason", "after-break-drop");
	ck_assert_int_eq(playing_count(&g, KIND_BROKEN), 0);
	ck_assert_int_eq(playing_count(&g, KIND_ENDED), 3);
}
END_TEST

/* The relay is what the slot is for. */
START_TEST(a_relay_that_is_back_by_then_has_the_slot)
{
	break_it_off(AFTER_BREAK_RESUME, true);
	ck_entry(KIND_BROKEN, "rule", "resume");
	ck_entry(KIND_DROPPED, "reason", "relay-back");
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 1);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	ck_assert_int_ge(back(), 55 * 48000);
	ck_assert_int_le(back(), 57 * 48000);
}
END_TEST

/* Its rest has begun when the relay comes: it ends as anything that stands in. */
START_TEST(the_rest_of_what_stood_in_ends_at_its_end)
{
	break_off();
	go(40, false);
	go(124, true);
	playing_ck(&g, KIND_ENDED, 3, "B1", "partial", "resumed");
	ck_moment("relay.at-end");
}
END_TEST

Suite *suite_relayback(void);
Suite *suite_relayback(void)
{
	Suite *s = suite_create("relayback");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, in_a_pause_of_a_long_fallback);
	tcase_add_test(t, a_fallback_without_a_pause_fades_when_it_has_had_its_time);
	tcase_add_test(t, at_the_end_of_an_item_that_ends_in_time);
	tcase_add_test(t, what_was_promised_behind_it_does_not_begin);
	tcase_add_test(t, lost_again_meanwhile_it_waits_anew);
	tcase_add_test(t, for_the_last_seconds_of_the_slot_nobody_goes_back);
	tcase_add_test(t, what_stood_in_goes_on_after_an_emergency);
	tcase_add_test(t, what_stood_in_is_dropped_where_the_slot_says_so);
	tcase_add_test(t, a_relay_that_is_back_by_then_has_the_slot);
	tcase_add_test(t, the_rest_of_what_stood_in_ends_at_its_end);
	suite_add_tcase(s, t);
	return s;
}
