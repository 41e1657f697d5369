/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Speaking live: the programme goes on beneath the voice, at its level again afterwards, whatever
 * ends it; and the log says who spoke. */
#include "station/speaking.h"

#include "base/json.h"
#include "proof/entry.h"
#include "station/emergency.h"
#include "support/playing.h"

#include <check.h>
#include <math.h>
#include <string.h>

static struct playing g;
static struct err e;

#define VOICE 0.25f
#define SLOT                                                                                       \
	"  - {name: Sáng, start: \"10:00\", length: 120s, play: {bulletins: {}}, "                \
	"late: {join_within: 120s}}\n"

/* A voice: one constant sample, until playout has asked for its end. */
struct hum {
	struct source source;
	struct air_sim *sim;
};

static int64_t hum(struct source *s, float *out, int64_t frames)
{
	struct air_sim *sim = ((struct hum *)s)->sim;

	if (sim->voice_ended)
		return 0;
	if (!sim->voice_now)
		return SOURCE_LATER;
	for (int64_t i = 0; i < frames; i++)
		out[i] = VOICE;
	return frames;
}

static void close_hum(struct source *s)
{
	free(s);
}

static struct source *open_hum(struct air_sim *sim)
{
	static const struct source_ops ops = {hum, NULL, close_hum};
	struct hum *h = calloc(1, sizeof(*h));

	ck_assert_ptr_nonnull(h);
	*h = (struct hum){.source.ops = &ops, .sim = sim};
	sim->voice_lost = sim->voice_now = sim->voice_ended = false;
	return &h->source;
}

static void setup(void)
{
	playing_open(&g, "2026-11-23T09:59:50");
	playing_bulletin(&g, "B1", 11, 60);
	ck_assert(case_slots(g.c, SLOT));
	g.c->settings.live.minutes = 1;
	playing_begin(&g);
	g.sim.open_voice = open_hum;
	playing_run(&g, 15); /* the bulletin sounds for five seconds */
}

static void teardown(void)
{
	playing_close(&g);
}

static bool speak(uint32_t zones, int minutes, const char *why)
{
	struct speaking_order o = {.id = "abc", .zones = zones, .minutes = minutes,
				   .by = "user:9", .why = why, .who = "user:7"};

	return speaking_begin(&g.p, &o, &e);
}

static void spoken(uint32_t zones)
{
	ck_assert_msg(speak(zones, 0, ""), "%s", e.text);
}

/* Root mean square of a zone between two seconds. */
static double rms(int zone, double from_s, double to_s)
{
	double sum = 0;
	int64_t from = (int64_t)(from_s * 48000), to = (int64_t)(to_s * 48000);

	for (int64_t i = from; i < to; i++)
		sum += (double)g.mix[zone][i] * (double)g.mix[zone][i];
	return sqrt(sum / (double)(to - from));
}

static json_t *outcome(void)
{
	for (int n = 0;; n++) {
		json_t *o = playing_entry(&g, KIND_ENDED, n);
		ck_assert_ptr_nonnull(o);
		if (json_object_get(o, "live") != NULL)
			return o;
		json_decref(o);
	}
}

/* who: who began it, or broke it off. */
static void ck_outcome_by(const char *result, const char *reason, const char *who)
{
	json_t *o = outcome();

	ck_assert_str_eq(json_get_text(o, "result", ""), result);
	ck_assert_str_eq(json_get_text(o, "reason", ""), reason);
	ck_assert_str_eq(json_get_text(o, "by", ""), "user:9");
	ck_assert_str_eq(json_get_text(o, "who", ""), who);
	ck_assert_str_eq(json_get_text(o, "live", ""), "microphone");
	json_decref(o);
}

static void ck_outcome(const char *result, const char *reason)
{
	ck_outcome_by(result, reason, "user:7");
}

/* Of the programme alone. */
static void ck_back(double s)
{
	ck_assert_double_eq_tol(rms(0, s, s + 1), rms(0, 12, 13), rms(0, 12, 13) * 0.05);
}

START_TEST(the_programme_goes_on_beneath)
{
	double loud = rms(0, 12, 14);

	spoken(1);
	playing_run(&g, 5);
	/* The voice is constant: what varies is the programme, 12 dB lower. */
	double both = rms(0, 18, 20), under = sqrt(both * both - (double)VOICE * (double)VOICE);
	ck_assert_double_eq_tol(under, loud * pow(10, -12 / 20.0), loud * 0.05);
	/* The other zone knows nothing of it. */
	ck_assert_double_eq_tol(rms(1, 18, 20), loud, loud * 0.05);
	json_t *now = speaking_json(&g.p);
	ck_assert(json_get_bool(now, "heard", false));
	ck_assert_str_eq(json_get_text(now, "by", ""), "user:9");
	json_decref(now);
	speaking_end(&g.p);
	playing_run(&g, 8);
	ck_assert_ptr_null(g.p.speaking);
	ck_back(24);
	ck_outcome("full", "");
}
END_TEST

/* The second after which the zone's mean says that nobody speaks any more. */
static double voice_over(int zone)
{
	for (int64_t block = 30 * 100; block > 0; block--) {
		double sum = 0;
		for (int64_t i = 0; i < 480; i++)
			sum += (double)g.mix[zone][block * 480 + i];
		if (sum / 480 > 0.1)
			return (double)(block + 1) / 100;
	}
	return -1;
}

START_TEST(it_comes_back_by_a_ramp)
{
	spoken(1);
	playing_run(&g, 5);
	speaking_end(&g.p);
	playing_run(&g, 10);
	double over = voice_over(0), loud = rms(0, 12, 14);
	ck_assert_double_gt(over, 19);
	ck_assert_double_lt(rms(0, over + 0.05, over + 0.15), loud * 0.7);
	ck_assert_double_lt(rms(0, over + 0.3, over + 0.4), loud * 0.95);
	ck_back(over + 2);
}
END_TEST

START_TEST(a_chime_comes_first)
{
	spoken(2);
	playing_run(&g, 1.2);
	ck_assert(!g.sim.voice_now);
	playing_run(&g, 1);
	ck_assert(g.sim.voice_now);
	speaking_end(&g.p);
	playing_run(&g, 10);
	ck_outcome("full", "");
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 2);
}
END_TEST

START_TEST(a_microphone_that_goes_is_faded_and_told)
{
	spoken(3);
	playing_run(&g, 5);
	g.sim.voice_lost = true;
	playing_run(&g, 8);
	ck_assert_ptr_null(g.p.speaking);
	ck_assert(g.sim.voice_ended);
	ck_back(24);
	ck_outcome("partial", "microphone-lost");
}
END_TEST

START_TEST(an_emergency_breaks_it)
{
	struct emergency_order o = {.zones = 3, .by = "user:1", .reason = "lũ", .who = "user:1"};
	struct emergency *m;

	spoken(3);
	playing_run(&g, 5);
	ck_assert_msg(emergency_raise(&g.p, &o, &m, &e), "%s", e.text);
	playing_run(&g, 8);
	ck_assert_ptr_null(g.p.speaking);
	ck_outcome_by("cut", "emergency", "user:1");
	ck_assert(!speak(3, 0, ""));
	ck_assert_msg(e.kind == ERR_CONFLICT, "%s", e.text);
}
END_TEST

START_TEST(its_time_is_limited)
{
	ck_assert(!speak(1, 2, ""));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	spoken(1);
	playing_run(&g, 70);
	ck_assert_ptr_null(g.p.speaking);
	ck_outcome("full", "voice-limit");
}
END_TEST

START_TEST(one_at_a_time)
{
	spoken(1);
	ck_assert(!speak(2, 0, ""));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	ck_assert_ptr_nonnull(strstr(e.text, "user:9"));
}
END_TEST

START_TEST(stopped_before_the_first_word)
{
	spoken(1);
	playing_run(&g, 0.5);
	speaking_end(&g.p);
	speaking_end(&g.p); /* twice is once */
	playing_run(&g, 8);
	ck_assert_ptr_null(g.p.speaking);
	ck_outcome("cut", "voice-ended");
	ck_back(20);
}
END_TEST

START_TEST(refused_where_it_is_not_allowed_or_nobody_hears_it)
{
	playout_cut(&g.p, 1, "user:7");
	ck_assert(!speak(1, 0, ""));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	g.c->settings.live.allowed = false;
	ck_assert(!speak(2, 0, ""));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
}
END_TEST

START_TEST(quiet_hours_need_a_reason)
{
	g.c->settings.has_quiet = true;
	g.c->settings.quiet_from_s = 9 * 3600;
	g.c->settings.quiet_to_s = 11 * 3600;
	ck_assert(!speak(1, 0, ""));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
	ck_assert_msg(speak(1, 0, "cháy rừng ở thôn 2"), "%s", e.text);
	playing_run(&g, 4);
	speaking_end(&g.p);
	playing_run(&g, 8);
	json_t *o = outcome();
	ck_assert_str_eq(json_get_text(o, "why", ""), "cháy rừng ở thôn 2");
	json_decref(o);
}
END_TEST

START_TEST(nobody_speaks)
{
	json_t *none = speaking_json(&g.p);

	ck_assert(json_is_null(none));
	json_decref(none);
	speaking_end(&g.p);
	ck_assert_ptr_null(g.p.speaking);
}
END_TEST

Suite *suite_speaking(void);
Suite *suite_speaking(void)
{
	Suite *s = suite_create("speaking");
	TCase *c = tcase_create("voice");

	tcase_set_timeout(c, 120);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, the_programme_goes_on_beneath);
	tcase_add_test(c, a_chime_comes_first);
	tcase_add_test(c, it_comes_back_by_a_ramp);
	tcase_add_test(c, a_microphone_that_goes_is_faded_and_told);
	tcase_add_test(c, an_emergency_breaks_it);
	tcase_add_test(c, its_time_is_limited);
	tcase_add_test(c, one_at_a_time);
	tcase_add_test(c, stopped_before_the_first_word);
	tcase_add_test(c, refused_where_it_is_not_allowed_or_nobody_hears_it);
	tcase_add_test(c, quiet_hours_need_a_reason);
	tcase_add_test(c, nobody_speaks);
	suite_add_tcase(s, c);
	return s;
}
