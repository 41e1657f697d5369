/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real child with the real PortAudio, on ALSA devices that exist on every machine: "null" takes
 * sound as fast as it can. What needs a paced device is in tests/e2e/test_hear.sh. */
#include "mix/device.h"
#include "mix/engine.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct clock_real clock_real;
static struct loop *loop;
static struct mixer *mixer;
static struct engine *en;
static struct engine_event event;
static char config_path[64];

static void setup(void)
{
	static const char config[] =
		"pcm.!default { type null hint { show on description \"nothing\" } }\n"
		"pcm.pit { type null hint { show on description \"pit\" } }\n"
		"ctl.!default { type null }\n";
	struct mixer_config mix = {.zones = 1, .peak_dbtp = -1.0};

	snprintf(config_path, sizeof(config_path), "/tmp/vangxa-asound-%d", (int)getpid());
	FILE *f = fopen(config_path, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(config, f), 0);
	fclose(f);
	setenv("ALSA_CONFIG_PATH", config_path, 1);
	clock_real_open(&clock_real);
	loop = loop_create();
	mixer = mixer_create(&mix);
}

static void teardown(void)
{
	engine_destroy(en);
	mixer_destroy(mixer);
	loop_destroy(loop);
	clock_real_close(&clock_real);
	unlink(config_path);
}

/* How long it took. */
static int64_t wait_for_event(const char *device, int channel)
{
	struct engine_config config = {.zones = {{.channel = channel}}, .zone_count = 1};
	struct err e = {0};
	bool met = false;

	snprintf(config.zones[0].device, NAME_BYTES, "%s", device);
	ck_assert_msg(engine_create(&en, &config, mixer, &clock_real.clock, loop, NULL, 0, &e),
		      "%s", e.text);
	ck_assert_msg(engine_start(en, &e), "%s", e.text);
	struct mono began = clock_mono(&clock_real.clock), now = began;
	for (; !met && now.ns - began.ns < 60 * NS_PER_S; now = clock_mono(&clock_real.clock)) {
		loop_once(loop, 50);
		met = engine_event(en, &event);
	}
	ck_assert(met);
	ck_assert_int_eq(event.kind, ENGINE_DEVICE_LOST);
	return now.ns - began.ns;
}

START_TEST(test_unpaced_device_is_refused)
{
	int64_t took_ns = wait_for_event("default", 1);
	ck_assert_msg(strstr(event.text, "device-no-pace") != NULL, "%s", event.text);
	struct engine_state state;
	engine_state(en, &state);
	ck_assert(!state.device_leads);
	/* a device that eats hours in a second has not dragged the timeline along */
	ck_assert_int_lt(state.next.n, frames_of_ns(took_ns) + 48000 * 10);
}
END_TEST

START_TEST(test_unknown_device_names_the_others)
{
	wait_for_event("no such card", 1);
	ck_assert_msg(strstr(event.text, "no such card") != NULL, "%s", event.text);
	ck_assert_msg(strstr(event.text, "pit") != NULL, "%s", event.text);
}
END_TEST

START_TEST(test_part_of_a_name)
{
	wait_for_event("PIT", 1); /* found: it fails for its pace, not for its name */
	ck_assert_msg(strstr(event.text, "device-no-pace") != NULL, "%s", event.text);
}
END_TEST

/* PortAudio 19.6 aborts when ALSA's settings define no default: the child's death, not the
 * station's. */
START_TEST(test_library_that_aborts)
{
	FILE *f = fopen(config_path, "w");

	ck_assert_ptr_nonnull(f);
	fclose(f);
	wait_for_event("default", 1);
	ck_assert_uint_gt(strlen(event.text), 0);
}
END_TEST

Suite *suite_sink_child(void)
{
	Suite *s = suite_create("sink_child");
	TCase *t = tcase_create("sink_child");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, test_unpaced_device_is_refused);
	tcase_add_test(t, test_unknown_device_names_the_others);
	tcase_add_test(t, test_part_of_a_name);
	tcase_add_test(t, test_library_that_aborts);
	suite_add_tcase(s, t);
	return s;
}
