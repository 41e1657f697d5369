/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/relaystatus.h"

#include "base/json.h"
#include "base/saying.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>

static struct playing g;
static struct relays relays;
static struct relaytry tries;

static void setup(void)
{
	struct relay_place place = {.name = "vov1"}, idle = {.name = "tinh"};

	playing_open(&g, "2026-11-23T05:29:50");
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 60s, "
				  "play: {relay: vov1}}\n"));
	playing_begin(&g);
	relays_init(&relays, &g.clock.clock, NULL, (struct chance){1});
	relays_put(&relays, &place);
	relays_put(&relays, &idle);
}

static void teardown(void)
{
	playing_close(&g);
}

START_TEST(nothing_is_said_while_none_is_wanted)
{
	json_t *list = relaystatus_json(&g.p, &relays, &tries);
	json_t *banners = relaystatus_banners(&g.p, &relays);
	const json_t *one = json_array_get(list, 1);

	ck_assert_int_eq((int)json_array_size(list), 2);
	ck_assert_str_eq(json_get_text(one, "name", ""), "tinh");
	ck_assert(json_is_false(json_object_get(one, "wanted")));
	ck_assert(json_is_null(json_object_get(one, "lufs")));
	ck_assert_str_eq(json_get_text(one, "fault", "?"), "");
	ck_assert(json_is_null(json_object_get(one, "tried")));
	ck_assert_int_eq((int)json_array_size(banners), 0);
	json_decref(list);
	json_decref(banners);
}
END_TEST

/* The air of this test has no relay: from 05:30 on nothing stands in, and that is said. */
START_TEST(what_stands_in_is_told_with_its_reason)
{
	playing_run(&g, 20);
	json_t *list = relaystatus_json(&g.p, &relays, &tries);
	json_t *banners = relaystatus_banners(&g.p, &relays);
	const json_t *said = json_array_get(banners, 0);
	char words[300];

	ck_assert(json_is_true(json_object_get(json_array_get(list, 0), "standin")));
	ck_assert(json_is_false(json_object_get(json_array_get(list, 1), "standin")));
	ck_assert_int_eq((int)json_array_size(banners), 1);
	saying_words(said, true, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "Relay vov1: "));
	ck_assert_ptr_nonnull(strstr(words, "the loudspeakers are silent"));
	ck_assert_ptr_null(strchr(words, '{'));
	json_decref(list);
	json_decref(banners);
}
END_TEST

START_TEST(a_fallback_is_said_to_air_while_it_does)
{
	char words[300];

	playing_close(&g);
	playing_open(&g, "2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 20);
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 60s, "
				  "play: {relay: vov1}, fallback: {bulletins: {}}}\n"));
	playing_begin(&g);
	playing_run(&g, 20);
	json_t *banners = relaystatus_banners(&g.p, &relays);
	saying_words(json_array_get(banners, 0), true, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "Its fallback airs"));
	json_decref(banners);
	playing_run(&g, 15);
	banners = relaystatus_banners(&g.p, &relays);
	saying_words(json_array_get(banners, 0), true, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "the loudspeakers are silent"));
	json_decref(banners);
}
END_TEST

Suite *suite_relaystatus(void);
Suite *suite_relaystatus(void)
{
	Suite *s = suite_create("relaystatus");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, nothing_is_said_while_none_is_wanted);
	tcase_add_test(t, what_stands_in_is_told_with_its_reason);
	tcase_add_test(t, a_fallback_is_said_to_air_while_it_does);
	suite_add_tcase(s, t);
	return s;
}
