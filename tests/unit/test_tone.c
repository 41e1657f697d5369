/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The test tone: heard, written down as a test, counted nowhere, and never in the way of a
 * programme or of people's sleep. */
#include "station/tone.h"

#include "base/json.h"
#include "base/units.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <string.h>

static struct playing g;
static struct err e;

#define SLOT(name, start, more)                                                                    \
	"  - {name: " name ", start: \"" start "\", length: 60s, play: {bulletins: {}}" more "}\n"

static void open_at(const char *now, const char *slots)
{
	playing_open(&g, now);
	playing_bulletin(&g, "B1", 11, 20);
	ck_assert(case_slots(g.c, slots));
	playing_begin(&g);
	playing_run(&g, 1);
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

static bool any(const struct airing_row *r, void *arg)
{
	(void)r;
	*(bool *)arg = true;
	return false;
}

static bool is_airing(void)
{
	bool found = false;

	ck_assert(reader_airings(ledger_view(g.ledger), (struct wall){0}, (struct wall){INT64_MAX},
				 any, &found, &e));
	return found;
}

static void refused(uint32_t zones, int seconds, const char *why, enum err_kind kind)
{
	ck_assert(!tone_play(&g.p, zones, seconds, why, "user:7", &e));
	ck_assert_msg(e.kind == kind, "%s", e.text);
	ck_assert_int_eq(playing_count(&g, KIND_TEST_INTENDED), 0);
}

START_TEST(heard_in_one_zone_and_no_airing)
{
	open_at("2026-11-23T10:00:00", SLOT("Sáng", "05:30", ""));
	ck_assert_msg(tone_play(&g.p, 2, 3, "nghe thử sau khi sửa dây", "user:7", &e), "%s",
		      e.text);
	playing_run(&g, 10); /* with the wait for a measure that nobody takes here */
	float most[2] = {0, 0};
	int64_t sounding = 0;
	for (int i = 0; i < 6 * 48000; i++) {
		for (int z = 0; z < 2; z++)
			most[z] = g.mix[z][i] > most[z] ? g.mix[z][i] : most[z];
		sounding += g.mix[1][i] != 0;
	}
	ck_assert(most[0] == 0);
	ck_assert_double_eq_tol(db_of_gain(most[1]), -18.0, 0.1);
	ck_assert_int_ge(sounding, 3 * 48000 - 3 * 2 * 1000 - 1000);
	ck_assert_int_le(sounding, 3 * 48000);
	json_t *intended = playing_entry(&g, KIND_TEST_INTENDED, 0);
	json_t *ended = playing_entry(&g, KIND_TEST_ENDED, 0);
	ck_assert_str_eq(json_get_text(intended, "why", ""), "nghe thử sau khi sửa dây");
	ck_assert_str_eq(json_get_text(ended, "who", ""), "user:7");
	ck_assert_str_eq(json_get_text(ended, "result", ""), "full");
	ck_assert_int_eq(json_get_integer(ended, "frames", 0), 3 * 48000);
	ck_assert_int_eq(json_get_text(ended, "airing", "")[0], 'T');
	json_decref(intended);
	json_decref(ended);
	ck_assert_str_eq(json_get_text(tone_last(&g.p), "fate", ""), "unsent"); /* no device here */
	ck_assert_int_eq(playing_count(&g, KIND_ENDED), 0);
	ck_assert(!is_airing());
	teardown();
}
END_TEST

START_TEST(never_in_the_way_of_a_programme)
{
	open_at("2026-11-23T05:29:40", SLOT("Sáng", "05:30", ", ident: false, zones: [trung-tam]"));
	ck_assert_ptr_null(tone_last(&g.p));
	playing_run(&g, 8); /* 11 s before it */
	ck_assert(tone_play(&g.p, 2, 10, "", "user:7", &e)); /* another zone */
	playing_run(&g, 1);
	ck_assert(!tone_play(&g.p, 2, 3, "", "user:7", &e)); /* one test at a time */
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	ck_assert(!tone_play(&g.p, 1, 6, "", "user:7", &e)); /* it would end too near */
	ck_assert_ptr_nonnull(strstr(e.text, "Sáng"));
	playing_run(&g, 20);
	ck_assert(!tone_play(&g.p, 1, 1, "", "user:7", &e));
	playing_run(&g, 20);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	teardown();
}
END_TEST

START_TEST(a_demonstration_gives_way)
{
	open_at("2026-11-23T10:00:00", SLOT("Thử", "10:00:02", ", ident: false, demo: true"));
	playing_run(&g, 5);
	ck_assert_msg(tone_play(&g.p, 1, 3, "", "user:7", &e), "%s", e.text);
	playing_run(&g, 10);
	ck_assert_int_eq(playing_count(&g, KIND_TEST_ENDED), 1);
	teardown();
}
END_TEST

START_TEST(not_in_quiet_hours_without_a_reason)
{
	playing_open(&g, "2026-11-23T22:00:00");
	g.c->settings.has_quiet = true;
	g.c->settings.quiet_from_s = 21 * 3600;
	g.c->settings.quiet_to_s = 5 * 3600;
	playing_begin(&g);
	playing_run(&g, 1);
	refused(1, 3, "", ERR_REFUSED);
	ck_assert(tone_play(&g.p, 1, 3, "loa thôn 2 hỏng, bà con báo", "user:7", &e));
	playing_run(&g, 10);
	ck_assert_int_eq(playing_count(&g, KIND_TEST_ENDED), 1);
	teardown();
}
END_TEST

START_TEST(bounds_and_cut_zones)
{
	open_at("2026-11-23T10:00:00", SLOT("Sáng", "05:30", ""));
	refused(1, 0, "", ERR_USAGE);
	refused(1, TONE_S_MAX + 1, "", ERR_USAGE);
	playout_cut(&g.p, 1, "user:7");
	refused(1, 3, "", ERR_CONFLICT);
	/* Cut while it sounds. */
	ck_assert(tone_play(&g.p, 3, 5, "", "user:7", &e));
	playing_run(&g, 2);
	playout_cut(&g.p, 3, "user:8");
	playing_run(&g, 9);
	json_t *ended = playing_entry(&g, KIND_TEST_ENDED, 0);
	ck_assert_str_eq(json_get_text(ended, "result", ""), "cut");
	json_decref(ended);
	teardown();
}
END_TEST

Suite *suite_tone(void);
Suite *suite_tone(void)
{
	Suite *s = suite_create("tone");
	TCase *t = tcase_create("tone");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, heard_in_one_zone_and_no_airing);
	tcase_add_test(t, never_in_the_way_of_a_programme);
	tcase_add_test(t, a_demonstration_gives_way);
	tcase_add_test(t, not_in_quiet_hours_without_a_reason);
	tcase_add_test(t, bounds_and_cut_zones);
	suite_add_tcase(s, t);
	return s;
}
