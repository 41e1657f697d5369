/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked for, and in which words; what then sounds: test_speaking.c, e2e test_live.sh. */
#include "base/json.h"
#include "proof/entry.h"
#include "station/speaking.h"
#include "station/station.h"
#include "support/deskcase.h"
#include "support/playing.h"
#include "support/stationcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct deskcase c;
static struct playing g;
static struct station st;

static void setup(void)
{
	deskcase_open(&c);
	playing_open(&g, "2026-11-23T09:00:00");
	ck_assert(case_slots(g.c, ""));
	playing_begin(&g);
	playing_run(&g, 1);
	c.station = &st;
	c.who = "uid:1000";
	st.desk = c.desk;
	st.playout = g.p;
	st.live.mike = mike_create(&g.clock.clock);
}

static void teardown(void)
{
	mike_destroy(st.live.mike);
	g.p = st.playout;
	playing_close(&g);
	deskcase_close(&c);
}

static json_t *starting(const char *field, const char *value)
{
	return json_pack("{s:s, s:s, s:s}", "do", "live.start", "source", "browser", field, value);
}

static void begun(char id[static ID_BYTES])
{
	json_t *answer = deskcase_ask(&c, starting("by", "Chủ tịch xã"));
	const json_t *s = json_object_get(answer, "speaking");

	ck_assert_str_eq(json_get_text(s, "by", ""), "Chủ tịch xã");
	ck_assert_str_eq(json_get_text(s, "source", ""), "browser");
	snprintf(id, ID_BYTES, "%s", json_get_text(answer, "live", ""));
	ck_assert_int_gt(strlen(id), 16);
	json_decref(answer);
}

static json_t *part(const char *id, const char *sound)
{
	return json_pack("{s:s, s:s, s:s}", "do", "live.sound", "live", id, "sound", sound);
}

START_TEST(begun_heard_and_ended)
{
	char id[ID_BYTES];

	begun(id);
	deskcase_fails(&c, starting("by", "Người khác"), "Chủ tịch xã");
	char sound[1601] = "";
	memset(sound, 'g', sizeof(sound) - 1);
	json_t *answer = deskcase_ask(&c, part(id, sound));
	ck_assert_ptr_nonnull(json_object_get(answer, "speaking"));
	json_decref(answer);
	ck_assert_float_gt(mike_peak(st.live.mike), 0);
	json_decref(deskcase_ask(&c, json_pack("{s:s}", "do", "live.stop")));
	ck_assert(st.playout.speaking->ending);
	ck_assert(!mike_lives(st.live.mike, NULL) || g.sim.voice_ended);
}
END_TEST

START_TEST(sound_of_somebody_else_and_no_sound)
{
	char id[ID_BYTES], *much = malloc(200001);

	deskcase_fails(&c, part("00", "gICA"), "kết thúc");
	begun(id);
	deskcase_fails(&c, part("00", "gICA"), "không phải của bạn");
	deskcase_fails(&c, part(id, "%%%"), "base64");
	ck_assert_ptr_nonnull(much);
	memset(much, 'A', 200000);
	much[200000] = '\0';
	deskcase_fails(&c, part(id, much), "base64");
	free(much);
	c.who = "uid:2000";
	deskcase_fails(&c, part(id, "gICA"), "không phải của bạn");
	c.who = "uid:1000";
	ck_assert_float_eq(mike_peak(st.live.mike), 0);
}
END_TEST

START_TEST(words_that_mean_nothing)
{
	deskcase_fails(&c, json_pack("{s:s}", "do", "live.stop"), "không có ai");
	deskcase_fails(&c, starting("minutes", "x"), "minutes");
	deskcase_fails(&c, starting("minutes", "11"), "10 phút");
	deskcase_fails(&c, starting("minutes", "-1"), "minutes");
	deskcase_fails(&c, starting("source", "radio"), "source");
	deskcase_fails(&c, starting("zone", "không có"), "không có");
	deskcase_fails(&c, json_pack("{s:s, s:[]}", "do", "live.start", "zones"), "zones");
	deskcase_fails(&c, json_pack("{s:s, s:[i]}", "do", "live.start", "zones", 1), "zones");
	deskcase_fails(&c, json_pack("{s:s, s:[s]}", "do", "live.start", "zones", "lạ"), "lạ");
	ck_assert_ptr_null(st.playout.speaking);
}
END_TEST

/* The real child with the real PortAudio, on a machine that has no microphone. */
static struct stationcase s;
static char no_cards[64];

static void setup_bare(void)
{
	FILE *f;

	snprintf(no_cards, sizeof(no_cards), "/tmp/vangxa-asound-%d", (int)getpid());
	f = fopen(no_cards, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs("pcm.!default { type null }\n", f), 0);
	fclose(f);
	setenv("ALSA_CONFIG_PATH", no_cards, 1);
	stationcase_open(&s);
	playing_open(&g, "2026-11-23T09:00:00");
	ck_assert(case_slots(g.c, ""));
	playing_begin(&g);
	playing_run(&g, 1);
	s.st->playout = g.p;
	s.st->live.mike = mike_create(&g.clock.clock);
	struct live_settings *l = &s.st->desk.world.files->settings.live;
	snprintf(l->device, sizeof(l->device), "no such card");
	l->channel = 1;
}

static void teardown_bare(void)
{
	later_stop_all(s.st);
	mike_destroy(s.st->live.mike);
	g.p = s.st->playout;
	playing_close(&g);
	stationcase_close(&s);
	unlink(no_cards);
}

static void say_start(const char *source)
{
	stationcase_say(&s, json_pack("{s:i, s:s, s:s, s:s}", "id", 7, "do", "live.start",
				      "source", source, "by", "Chủ tịch xã"));
}

static void ck_refused(const char *words)
{
	json_t *answer = stationcase_heard(&s);
	const json_t *error = json_object_get(answer, "error");

	ck_assert_str_eq(json_get_text(error, "code", ""), "conflict");
	ck_assert_msg(strstr(json_get_text(error, "text", ""), words) != NULL, "%s",
		      json_get_text(error, "text", ""));
	json_decref(answer);
}

START_TEST(no_microphone_is_told_and_nothing_airs)
{
	for (int i = 0; i < 2; i++) { /* and it can be tried again */
		say_start("microphone");
		ck_refused("không có micrô");
		ck_assert_ptr_null(s.st->playout.speaking);
		ck_assert(!mike_lives(s.st->live.mike, NULL));
	}
	g.p = s.st->playout;
	playing_run(&g, 2);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 0);
	s.st->playout = g.p;
}
END_TEST

/* The one that is being opened is nobody else's. */
START_TEST(no_second_while_the_first_is_awaited)
{
	say_start("microphone");
	say_start("browser");
	ck_refused("vừa mở micrô");
	ck_refused("không có micrô");
}
END_TEST

Suite *suite_commands_live(void);
Suite *suite_commands_live(void)
{
	Suite *suite = suite_create("commands_live");
	TCase *tc = tcase_create("orders"), *bare = tcase_create("no microphone");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, begun_heard_and_ended);
	tcase_add_test(tc, sound_of_somebody_else_and_no_sound);
	tcase_add_test(tc, words_that_mean_nothing);
	suite_add_tcase(suite, tc);
	tcase_add_checked_fixture(bare, setup_bare, teardown_bare);
	tcase_set_timeout(bare, 60);
	tcase_add_test(bare, no_microphone_is_told_and_nothing_airs);
	tcase_add_test(bare, no_second_while_the_first_is_awaited);
	suite_add_tcase(suite, bare);
	return suite;
}
