/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/engine_in.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct clock_sim clock_sim;
static struct loop *loop;
static struct engine *en;

static void setup(void)
{
	clock_sim_init(&clock_sim, (struct wall){0});
	loop = loop_create();
}

static void teardown(void)
{
	engine_destroy(en); /* NULL after a refusal: fine */
	loop_destroy(loop);
}

static bool create(const struct engine_config *config, struct err *e)
{
	return engine_create(&en, config, NULL, &clock_sim.clock, loop, NULL, 0, e);
}

static bool refuses(int zones, const char *a, int channel_a, const char *b, int channel_b)
{
	struct engine_config config = {.zone_count = zones};
	struct err e = {0};

	snprintf(config.zones[0].device, sizeof(config.zones[0].device), "%s", a);
	config.zones[0].channel = channel_a;
	snprintf(config.zones[1].device, sizeof(config.zones[1].device), "%s", b);
	config.zones[1].channel = channel_b;
	bool made = create(&config, &e);
	if (made)
		engine_destroy(en);
	en = NULL;
	ck_assert(made || strlen(e.text) > 0);
	return !made;
}

START_TEST(test_bad_settings)
{
	ck_assert(refuses(1, "x", 0, "", 0));
	ck_assert(refuses(1, "x", ZONES_MAX + 1, "", 0));
	ck_assert(refuses(2, "x", 1, "x", 1));
	ck_assert(!refuses(2, "x", 1, "x", 2));
	ck_assert(!refuses(2, "none", 0, "none", 0));
}
END_TEST

START_TEST(test_too_many_devices)
{
	struct engine_config config = {.zone_count = DEVICES_MAX + 1};
	struct err e = {0};

	for (int z = 0; z <= DEVICES_MAX; z++) {
		snprintf(config.zones[z].device, NAME_BYTES, "card %d", z);
		config.zones[z].channel = 1;
	}
	ck_assert(!create(&config, &e));
	en = NULL;
	ck_assert_int_eq(e.kind, ERR_REFUSED);
}
END_TEST

START_TEST(test_zones_share_devices)
{
	static const char *const names[] = {"none", "b", "a", "b"};
	static const int channels[] = {1, 3, 1, 2};
	struct engine_config config = {.zone_count = 4};
	struct err e = {0};

	for (int z = 0; z < 4; z++) {
		snprintf(config.zones[z].device, NAME_BYTES, "%s", names[z]);
		config.zones[z].channel = channels[z];
	}
	ck_assert(create(&config, &e));
	ck_assert_int_eq(engine_device_count(en), 2);
	ck_assert_int_eq(engine_zone_device(en, 0), -1);
	ck_assert_int_eq(engine_zone_device(en, 1), 0);
	ck_assert_int_eq(engine_zone_device(en, 2), 1);
	ck_assert_int_eq(engine_zone_device(en, 3), 0);
	ck_assert_int_eq(en->followers[0].channels, 3);
	ck_assert_int_eq(en->followers[0].zone_channel[3], 1);
	ck_assert_int_eq(en->followers[0].zone_channel[2], -1);
	ck_assert_int_eq(en->followers[1].channels, 1);

	struct engine_device d;
	engine_device(en, 1, &d);
	ck_assert_str_eq(d.name, "a");
	ck_assert(!d.on && d.opened[0] == '\0');
}
END_TEST

START_TEST(test_time_before_start)
{
	struct engine_config config = {.zones = {{"none", 1}}, .zone_count = 1};
	struct engine_state state;
	struct err e = {0};

	ck_assert(create(&config, &e));
	struct mono t = clock_mono(&clock_sim.clock);
	ck_assert_int_eq(engine_frame_at(en, mono_add_ns(t, NS_PER_S)).n, 48000);
	engine_state(en, &state);
	ck_assert_int_eq(state.next.n, 0);
	ck_assert(!state.device_leads && !state.realtime);
	engine_stop(en); /* never started: fine */
}
END_TEST

Suite *suite_engine_setup(void)
{
	Suite *s = suite_create("engine_setup");
	TCase *t = tcase_create("engine_setup");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, test_bad_settings);
	tcase_add_test(t, test_too_many_devices);
	tcase_add_test(t, test_zones_share_devices);
	tcase_add_test(t, test_time_before_start);
	suite_add_tcase(s, t);
	return s;
}
