/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slot of a minute that relays, with bulletins in its place: started on its sample, left when it
 * falls silent, gone back to at the end of an item, ended with the slot; and what the log says. */
#include "station/relaying.h"

#include "base/json.h"
#include "base/text.h"
#include "proof/entry.h"
#include "station/emergency.h"
#include "support/fake.h"
#include "support/playing.h"
#include "support/said.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIVE 77 /* the relay is the noise of this seed, from wherever it is joined */
#define SILENCE_S 5

static struct playing g;

static struct source *open_live(void *arg)
{
	(void)arg;
	return fake_noise(LIVE, INT64_C(1) << 40, 1.0f, FAKE_ENDS);
}

static void say(bool there)
{
	g.sim.relay_now.coming = g.sim.relay_now.ready = there;
	g.sim.relay_why = there ? RELAY_NONE : RELAY_CONNECT;
}

/* So long; whether anything is heard of the relay in it. */
static void go(double seconds, bool sounds)
{
	struct mono now = clock_mono(&g.clock.clock);
	struct relay_state *s = &g.sim.relay_now;

	s->since.ns = sounds ? now.ns : INT64_MAX;
	for (int i = 0; i < (int)(seconds * 10); i++) {
		if (sounds)
			s->sounded = clock_mono(&g.clock.clock);
		playing_run(&g, 0.1);
	}
}

static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	g.c->settings.relays[0].silence_s = SILENCE_S;
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 60s, overrun: cut, "
				  "play: {relay: vov1}, fallback: {bulletins: {}}}\n"));
}

static void begin(bool there)
{
	playing_begin(&g);
	g.sim.open_relay = open_live;
	g.sim.relay_now.lufs = -INFINITY;
	say(there);
}

static void teardown(void)
{
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), playing_count(&g, KIND_ENDED));
	ck_assert_int_eq((int)g.p.decks_taken, 0);
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

/* Where in zone 0 this noise is heard for the n-th time from its begin, in seconds after 05:30;
 * NAN: nowhere. */
static double heard_at(uint32_t seed, int n)
{
	int64_t zero = playing_frame(&g, "2026-11-23T05:30:00");

	for (int64_t f = 0; f < (int64_t)g.sim.blocks * BLOCK_FRAMES - 16; f++) {
		int same = 0;
		/* Behind the fade-in. */
		while (same < 16 && g.mix[0][f + same] == fake_noise_at(seed, 4800 + same))
			same++;
		if (same == 16 && n-- == 0)
			return (double)(f - 4800 - zero) / 48000;
	}
	return NAN;
}

static double power(double from, double to)
{
	int64_t zero = playing_frame(&g, "2026-11-23T05:30:00");
	double sum = 0;

	for (int64_t f = zero + (int64_t)(from * 48000); f < zero + (int64_t)(to * 48000); f++)
		sum += (double)g.mix[0][f] * (double)g.mix[0][f];
	return sum / ((to - from) * 48000);
}

static void ck_row(int n, const char *relay, const char *bulletin, const char *result,
		   const char *reason, double complete)
{
	json_t *o = playing_entry(&g, KIND_ENDED, n);

	ck_assert_msg(o != NULL, "only %d airings", playing_count(&g, KIND_ENDED));
	ck_assert_str_eq(json_get_text(o, "relay", ""), relay);
	ck_assert_str_eq(json_get_text(o, "bulletin", ""), bulletin);
	ck_assert_str_eq(json_get_text(o, "result", ""), result);
	ck_assert_str_eq(json_get_text(o, "reason", ""), reason);
	ck_assert_double_eq_tol(json_get_number(o, "complete", 0), complete, 0.02);
	json_decref(o);
}

/* What the n-th entry says that is heard instead of it. */
static void ck_instead(int n, const char *code)
{
	json_t *o = playing_entry(&g, KIND_RELAY_LOST, n);

	ck_assert_ptr_nonnull(o);
	ck_assert_str_eq(json_get_text(json_object_get(o, "instead"), "code", ""), code);
	json_decref(o);
}

START_TEST(it_is_heard_from_its_sample_to_the_slots_end)
{
	begin(true);
	go(80, true);
	ck_assert_double_eq(heard_at(LIVE, 0), 0);
	ck_assert(power(59.9, 59.98) > 0);
	ck_assert(power(60.0, 61) == 0);
	ck_row(0, "vov1", "", "full", "", 1);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 0);
	ck_assert(!playout_busy(&g.p));
}
END_TEST

START_TEST(silence_brings_the_fallback_and_sound_the_relay)
{
	playing_bulletin(&g, "B1", 11, 12);
	playing_bulletin(&g, "B2", 12, 8);
	begin(true);
	go(20, true);  /* 10 s of it on air */
	go(8, false);
	go(30, true);
	go(22, true);
	/* Within two seconds of the limit. */
	double fallback = heard_at(11, 0), back = heard_at(LIVE, 1);
	ck_assert_double_ge(fallback, 10 + SILENCE_S - 0.2);
	ck_assert_double_le(fallback, 10 + SILENCE_S + 2);
	/* It sounds for five seconds before one goes back, at the end of what plays: not a frame
	 * over or between. */
	ck_assert_double_eq_tol(back, fallback + 12, 1e-9);
	ck_assert(isnan(heard_at(12, 0)));
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 1);
	ck_instead(0, "relay.fallback");
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 1);
	ck_row(0, "vov1", "", "partial", "relay-silent", 0.25);
	ck_row(1, "", "B1", "full", "", 1);
	ck_row(2, "vov1", "", "full", "", 1);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	ck_assert(power(60.0, 61) == 0);
}
END_TEST

/* The buffer takes it for a pause of the programme still. */
/* Closed by the relay itself while it was heard: the row says what the event says. */
START_TEST(what_broke_off_is_not_called_silent)
{
	playing_bulletin(&g, "B1", 11, 12);
	begin(true);
	go(20, true);
	g.sim.relay_why = RELAY_ENDED;
	go(8, false);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 1);
	go(52, false);
	ck_row(0, "vov1", "", "partial", "relay-lost", 0.25);
}
END_TEST

START_TEST(a_limit_of_a_second_does_not_go_back_into_silence)
{
	playing_bulletin(&g, "B1", 11, 2);
	g.c->settings.relays[0].silence_s = 1;
	begin(true);
	go(20, true);
	for (int i = 0; i < 25; i++) /* nothing is heard, and `since` stays */
		playing_run(&g, 0.1);
	go(10, false);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 1);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 0);
	go(50, true);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 1);
}
END_TEST

START_TEST(what_cannot_be_had_has_its_fallback_from_the_first_sample)
{
	playing_bulletin(&g, "B1", 11, 8);
	begin(false);
	go(80, false);
	ck_assert_double_eq(heard_at(11, 0), 0);
	playing_ck(&g, KIND_MISSED, 0, "", NULL, "relay-lost");
	json_t *o = playing_entry(&g, KIND_RELAY_LOST, 0);
	ck_assert_str_eq(json_get_text(json_object_get(o, "detail"), "code", ""), "net-connect");
	const json_t *instead = json_object_get(o, "instead");
	ck_assert_str_eq(json_get_text(instead, "code", ""), "relay.fallback-at");
	ck_assert_str_eq(json_get_text(instead, "from", ""), json_get_text(o, "occurrence", "-"));
	json_decref(o);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	ck_row(0, "", "B1", "full", "", 1);
}
END_TEST

/* The station starts again, and once more nothing comes: one item is missed once. */
START_TEST(what_a_start_before_has_told_is_not_told_again)
{
	struct wall at = tz_wall(&g.c->settings.tz, (struct date){2026, 11, 23}, 19800);
	struct airing_facts f = {.slot = "Sáng", .occurrence = at, .planned = at,
				 .planned_frames = 60 * 48000, .relay = "vov1",
				 .level = "thong-thuong", .language = "vi", .fund = "",
				 .zones = {"trung-tam"}, .zone_count = 1,
				 .reason = "relay-lost"};
	struct err e;
	int64_t n;

	begin(false);
	ck_assert(ledger_append(g.ledger, entry_airing_missed(&f, &g.c->settings.tz), &n, &e));
	go(80, false);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 1);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
}
END_TEST

START_TEST(it_comes_late_and_is_joined)
{
	playing_bulletin(&g, "B1", 11, 8);
	begin(false);
	go(22, false);
	say(true);
	go(60, true);
	double at = heard_at(LIVE, 0);
	ck_assert_double_ge(at, 12 + RELAY_STEADY_S - 0.2);
	ck_assert_double_le(at, 12 + RELAY_STEADY_S + 1);
	ck_row(1, "vov1", "", "full", "", 1);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 1);
}
END_TEST

START_TEST(without_a_fallback_none_is_claimed)
{
	begin(true);
	go(20, true);
	go(40, false);
	ck_instead(0, "relay.no-fallback");
}
END_TEST

/* The relay is silent for longer than it may be, comes back, and is silent again. */
static void lose_it_twice(void)
{
	begin(true);
	go(12, true);
	go(7, false);
	go(15, true);
	go(7, false);
	go(40, true);
}

START_TEST(what_is_lost_twice_repeats_nothing)
{
	playing_bulletin(&g, "B1", 11, 12);
	playing_bulletin(&g, "B2", 12, 6);
	lose_it_twice();
	ck_assert(!isnan(heard_at(11, 0)) && isnan(heard_at(11, 1)));
	ck_assert(heard_at(12, 0) > heard_at(11, 0) + 12.1);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 2);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 2);
}
END_TEST

static const char *lost_because(int n)
{
	static char code[32];
	json_t *o = playing_entry(&g, KIND_RELAY_LOST, n);

	snprintf(code, sizeof(code), "%s",
		 json_get_text(json_object_get(o, "detail"), "code", "none"));
	json_decref(o);
	return code;
}

/* What is there for that is used as often as it is needed; the log has each time. */
START_TEST(a_file_stands_in_each_time)
{
	g.c->schedule.slots[0].fallback = (struct play){.kind = PLAY_FILE, .file = "nhac.wav"};
	struct bulletin *noise = playing_bulletin(&g, "nhac", 11, 6);
	noise->state = BULLETIN_RECEIVED;
	struct asset *file = case_asset(g.c, "nhac.wav", 6);
	file->loudness_lufs = noise->loudness_lufs;
	file->peak_dbtp = noise->peak_dbtp;
	snprintf(file->sha256, sizeof(file->sha256), "%s", noise->sha256);
	lose_it_twice();
	ck_assert(!isnan(heard_at(11, 0)) && !isnan(heard_at(11, 1)));
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 2);
	ck_assert_str_eq(lost_because(1), "relay-silent");
	ck_row(1, "", "", "full", "", 1);
	ck_row(3, "", "", "full", "", 1);
}
END_TEST

START_TEST(that_nothing_is_left_to_stand_in_is_written)
{
	playing_bulletin(&g, "B1", 11, 6);
	lose_it_twice();
	ck_instead(0, "relay.fallback");
	ck_instead(1, "relay.no-fallback");
	ck_assert(isnan(heard_at(11, 1)));
}
END_TEST

/* With nothing to say the bed plays, and goes when the relay is back or the slot is over. */
START_TEST(the_bed_stands_in_where_there_is_nothing_else)
{
	struct bulletin *noise = playing_bulletin(&g, "nen", 5, 3);
	noise->state = BULLETIN_RECEIVED;
	struct asset *bed = case_asset(g.c, "nen.wav", 3);
	snprintf(bed->sha256, sizeof(bed->sha256), "%s", noise->sha256);
	snprintf(g.c->settings.bed, sizeof(g.c->settings.bed), "nen.wav");
	begin(true);
	go(12, true);
	go(20, false);
	ck_assert(power(10, 20) > 0);
	go(20, true);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 1);
	go(40, false);
	ck_assert(power(58, 59.9) > 0);
	ck_assert(power(60.1, 61) == 0);
}
END_TEST

/* No hole between the fallback and the bed, and the log says what is heard. */
START_TEST(the_bed_follows_the_fallback_at_once)
{
	struct bulletin *noise = playing_bulletin(&g, "nen", 5, 3);
	noise->state = BULLETIN_RECEIVED;
	struct asset *bed = case_asset(g.c, "nen.wav", 3);
	snprintf(bed->sha256, sizeof(bed->sha256), "%s", noise->sha256);
	snprintf(g.c->settings.bed, sizeof(g.c->settings.bed), "nen.wav");
	playing_bulletin(&g, "B1", 11, 20);
	begin(false);
	go(20, false);
	ck_assert_int_eq(relaying_stands_in(&g.p, "vov1"), STANDIN_FALLBACK);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BED), 0);
	go(20, false);
	ck_assert_int_eq(relaying_stands_in(&g.p, "vov1"), STANDIN_BED);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BED), 1);
	for (double t = 19; t < 29; t += 0.1)
		ck_assert_msg(power(t, t + 0.1) > 0, "silent at %.1f s", t);
	go(45, false);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BED), 1);
}
END_TEST

START_TEST(a_person_takes_the_air_and_gives_it_back)
{
	begin(true);
	go(15, true);
	playout_cut(&g.p, 3, "uid:1");
	go(5, true);
	ck_assert(power(6, 9.9) == 0);
	playout_resume(&g.p, 3, "uid:1");
	go(60, true);
	ck_row(0, "vov1", "", "cut", "cut-by-operator", 0.08);
	ck_row(1, "vov1", "", "full", "", 1);
	ck_assert_double_le(heard_at(LIVE, 1), 10.6);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 0);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 0);
}
END_TEST

START_TEST(begun_in_the_middle_of_the_slot_it_is_joined)
{
	playing_close(&g);
	playing_open(&g, "2026-11-23T05:30:20");
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 60s, "
				  "play: {relay: vov1}, fallback: {bulletins: {}}}\n"));
	begin(true);
	go(60, true);
	ck_row(0, "vov1", "", "full", "", 1);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

START_TEST(it_is_wanted_some_seconds_before)
{
	static struct relays relays;
	struct relay_place place = {.name = "vov1"};

	relays_init(&relays, &g.clock.clock, NULL, (struct chance){1});
	relays_put(&relays, &place);
	playing_close(&g);
	playing_open(&g, "2026-11-23T05:29:30");
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 60s, "
				  "play: {relay: vov1}}\n"));
	begin(true);
	go(10, true);
	ck_assert_uint_eq(relaying_wanted(&g.p, &relays), 0);
	go(6, true);
	ck_assert_uint_eq(relaying_wanted(&g.p, &relays), 1);
	go(70, true);
	ck_assert_uint_eq(relaying_wanted(&g.p, &relays), 1);
	go(10, true);
	ck_assert_uint_eq(relaying_wanted(&g.p, &relays), 0);
}
END_TEST

static void raise_alarm(void)
{
	struct emergency_order o = {.zones = 3, .by = "user:3", .reason = "Lũ", .who = "user:7"};
	struct emergency *m;
	struct err e;

	ck_assert(emergency_raise(&g.p, &o, &m, &e));
}

/* What is live goes on where it is by then, unless its slot drops what was broken off. */
START_TEST(after_an_emergency_it_is_joined_or_dropped)
{
	for (int drop = 0; drop < 2; drop++) {
		setup();
		g.c->schedule.slots[0].after_break = drop ? AFTER_BREAK_DROP : AFTER_BREAK_RESUME;
		begin(true);
		go(15, true);
		raise_alarm();
		go(50, true);
		ck_assert(drop ? power(38, 45) == 0 : power(38, 45) > 0);
		ck_assert_int_eq(playing_count(&g, KIND_DROPPED), drop);
		ck_assert_int_eq(playing_count(&g, KIND_BROKEN), 0);
		playing_ck(&g, KIND_ENDED, 0, "", "cut", "emergency");
		go(20, true);
		teardown();
	}
}
END_TEST

/* What the operator reads is in the program's language, whoever is being answered meanwhile; where
 * a day is only rendered, no relay can be asked for, and nobody is warned. */
START_TEST(that_it_has_no_sound_is_said_in_the_own_language)
{
	char text[2000];
	struct said s;

	text_own_english = true; /* each test is a process of its own */
	enum text_reader before = text_speak(TEXT_VI);
	said_begin(&s);
	begin(false);
	if (_i == 1)
		g.sim.open_relay = NULL;
	go(15, false);
	text_speak(before);
	said_end(&s, text, sizeof(text));
	ck_assert_msg((strstr(text, "has no sound yet") != NULL) == (_i == 0), "%s", text);
	ck_assert_msg(strstr(text, "chưa có tiếng") == NULL, "%s", text);
}
END_TEST

Suite *suite_relaying(void);
Suite *suite_relaying(void)
{
	Suite *s = suite_create("relaying");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, it_is_heard_from_its_sample_to_the_slots_end);
	tcase_add_test(t, silence_brings_the_fallback_and_sound_the_relay);
	tcase_add_test(t, what_broke_off_is_not_called_silent);
	tcase_add_test(t, a_limit_of_a_second_does_not_go_back_into_silence);
	tcase_add_test(t, what_cannot_be_had_has_its_fallback_from_the_first_sample);
	tcase_add_loop_test(t, that_it_has_no_sound_is_said_in_the_own_language, 0, 2);
	tcase_add_test(t, what_a_start_before_has_told_is_not_told_again);
	tcase_add_test(t, it_comes_late_and_is_joined);
	tcase_add_test(t, without_a_fallback_none_is_claimed);
	tcase_add_test(t, what_is_lost_twice_repeats_nothing);
	tcase_add_test(t, a_file_stands_in_each_time);
	tcase_add_test(t, that_nothing_is_left_to_stand_in_is_written);
	tcase_add_test(t, the_bed_stands_in_where_there_is_nothing_else);
	tcase_add_test(t, the_bed_follows_the_fallback_at_once);
	tcase_add_test(t, a_person_takes_the_air_and_gives_it_back);
	tcase_add_test(t, begun_in_the_middle_of_the_slot_it_is_joined);
	tcase_add_test(t, it_is_wanted_some_seconds_before);
	suite_add_tcase(s, t);
	t = tcase_create("twice"); /* opens and closes by itself */
	tcase_add_test(t, after_an_emergency_it_is_joined_or_dropped);
	suite_add_tcase(s, t);
	return s;
}
