/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/air.h"

#include "support/fake.h"
#include "sys/rt.h"

#include <check.h>
#include <stddef.h>
#include <string.h>

struct air air;

void air_open(int zones)
{
	memset(&air, 0, offsetof(struct air, out));
	air.zones = zones;
	air.mixer = mixer_create(&(struct mixer_config){zones, -1.0});
	air.feeder = feeder_create(air.mixer, false);
}

void air_close(void)
{
	feeder_destroy(air.feeder);
	mixer_destroy(air.mixer);
	ck_assert_int_eq(fake_open_count(), 0);
}

void air_take_events(void)
{
	while (mixer_event(air.mixer, &air.events[air.event_count]))
		ck_assert_int_lt(air.event_count++, AIR_EVENTS - 1);
}

void air_run(int blocks)
{
	for (int i = 0; i < blocks; i++) {
		float *out[AIR_ZONES];

		for (int z = 0; z < AIR_ZONES; z++)
			out[z] = air.out[z] + air.at;
		ck_assert_int_le(air.at + BLOCK_FRAMES, AIR_FRAMES);
		feeder_pump(air.feeder);
		rt_enter();
		mixer_block(air.mixer, out);
		rt_leave();
		air.at += BLOCK_FRAMES;
		ck_assert_int_eq(mixer_now(air.mixer).n, air.at);
		air_take_events();
	}
}

struct mix_command air_play(int deck, int64_t at, int64_t length, float gain)
{
	struct mix_command c = {.order = MIX_PLAY,
				.deck = (uint8_t)deck,
				.tag = 100 + (uint64_t)deck,
				.at = {at},
				.length_frames = length};

	for (int z = 0; z < ZONES_MAX; z++)
		c.gain[z] = gain;
	return c;
}

void air_send(struct mix_command c)
{
	ck_assert(mixer_send(air.mixer, &c));
}

const struct mix_event *air_event(enum mix_event_kind kind, int n)
{
	for (int i = 0; i < air.event_count; i++)
		if (air.events[i].kind == kind && n-- == 0)
			return &air.events[i];
	return NULL;
}

void air_ck_started(int n, int64_t frame)
{
	ck_assert_ptr_nonnull(air_event(MIX_STARTED, n));
	ck_assert_int_eq(air_event(MIX_STARTED, n)->frame.n, frame);
}

void air_ck_ended(int n, enum mix_end end, int64_t frame, int64_t frames)
{
	ck_assert_ptr_nonnull(air_event(MIX_ENDED, n));
	ck_assert_int_eq(air_event(MIX_ENDED, n)->end, end);
	ck_assert_int_eq(air_event(MIX_ENDED, n)->frame.n, frame);
	ck_assert_int_eq(air_event(MIX_ENDED, n)->frames, frames);
}
