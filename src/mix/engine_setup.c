/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that allocates for the mixing thread, before it starts and after it ended. */
#include "base/must.h"
#include "base/text.h"
#include "mix/engine_in.h"

#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static void mix_by_mixer(void *arg, float *const out[])
{
	mixer_block(arg, out);
}

static int channels_of(const struct engine_config *c, const char *device)
{
	int channels = 0;

	for (int z = 0; z < c->zone_count; z++)
		if (strcmp(c->zones[z].device, device) == 0 && c->zones[z].channel > channels)
			channels = c->zones[z].channel;
	return channels;
}

static bool check(const struct engine_config *c, struct err *e)
{
	for (int z = 0; z < c->zone_count; z++) {
		const struct engine_zone *zone = &c->zones[z];
		if (strcmp(zone->device, "none") == 0)
			continue;
		if (zone->channel < 1 || zone->channel > ZONES_MAX)
			return err_set(e, ERR_REFUSED,
				       T("thiết bị “%s”: kênh %d không hợp lệ, chỉ từ 1 đến %d",
					 "device \"%s\": channel %d is not possible, only 1 to %d"),
				       zone->device, zone->channel, ZONES_MAX);
		for (int y = 0; y < z; y++)
			if (strcmp(c->zones[y].device, zone->device) == 0 &&
			    c->zones[y].channel == zone->channel)
				return err_set(e, ERR_CONFLICT,
					       T("hai cụm loa dùng chung kênh %d của “%s”",
						 "two zones share channel %d of \"%s\""),
					       zone->channel, zone->device);
	}
	return true;
}

static int find_device(const struct engine *en, const char *name)
{
	for (int i = 0; i < en->device_count; i++)
		if (strcmp(en->devices[i].name, name) == 0)
			return i;
	return -1;
}

static bool add_device(struct engine *en, const char *name, struct loop *loop, struct err *e)
{
	int i = en->device_count, channels = channels_of(&en->config, name);
	struct device_listener listener = {engine_device_changed, en, i};
	struct engine_follower *f = &en->followers[i];

	if (i == DEVICES_MAX)
		return err_set(e, ERR_REFUSED,
			       T("quá nhiều thiết bị phát: nhiều nhất %d",
				 "too many devices: at most %d"),
			       DEVICES_MAX);
	if (!device_init(&en->devices[i], name, channels, en->clock, loop, &listener, e))
		return false;
	f->link = &en->devices[i].link;
	f->channels = channels;
	for (int z = 0; z < ZONES_MAX; z++)
		f->zone_channel[z] = -1;
	en->device_count++;
	return true;
}

static bool add_devices(struct engine *en, struct loop *loop, struct err *e)
{
	for (int z = 0; z < en->config.zone_count; z++) {
		const struct engine_zone *zone = &en->config.zones[z];
		en->zone_device[z] = -1;
		if (strcmp(zone->device, "none") == 0)
			continue;
		if (find_device(en, zone->device) < 0 && !add_device(en, zone->device, loop, e))
			return false;
		en->zone_device[z] = find_device(en, zone->device);
		en->followers[en->zone_device[z]].zone_channel[z] = zone->channel - 1;
	}
	return true;
}

bool engine_create(struct engine **out, const struct engine_config *config, struct mixer *m,
		   struct clock *clock, struct loop *loop, const struct engine_tap *taps,
		   int tap_count, struct err *e)
{
	must(config->zone_count >= 1 && config->zone_count <= ZONES_MAX);
	must(tap_count >= 0 && tap_count <= ENGINE_TAPS_MAX);
	if (!check(config, e))
		return false;
	struct engine *en = calloc(1, sizeof(*en));
	must(en != NULL);
	en->config = *config;
	en->clock = clock;
	en->mix = mix_by_mixer;
	en->mix_arg = m;
	en->tap_count = tap_count;
	if (tap_count > 0)
		memcpy(en->taps, taps, sizeof(*taps) * (size_t)tap_count);
	en->mixer = m;
	must(sem_init(&en->hurry, 0, 0) == 0);
	en->notify_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	must(en->notify_fd >= 0);
	en->next = en->tapped = m != NULL ? mixer_now(m) : (struct frame){0};
	en->ahead_frames = ENGINE_AHEAD_MS * FRAMES_PER_S / 1000;
	mapping_anchor(&en->line, en->next, clock_mono(clock));
	engine_publish(en);
	if (!add_devices(en, loop, e)) {
		engine_destroy(en);
		return false;
	}
	*out = en;
	return true;
}

bool engine_start(struct engine *en, struct err *e)
{
	must(!en->running);
	mapping_anchor(&en->line, en->next, clock_mono(en->clock));
	engine_publish(en);
	atomic_store(&en->stopping, false);
	int code = pthread_create(&en->thread, NULL, engine_thread, en);
	if (code != 0)
		return err_set(e, ERR_FAILED, T("không tạo được luồng trộn: %s",
						"cannot make the mixing thread: %s"),
			       strerror(code));
	en->running = true;
	for (int i = 0; i < en->device_count; i++)
		device_start(&en->devices[i]);
	return true;
}

void engine_stop(struct engine *en)
{
	if (!en->running)
		return;
	/* Devices first: what they still hold is then the last that was mixed. */
	for (int i = 0; i < en->device_count; i++)
		device_stop(&en->devices[i]);
	atomic_store(&en->stopping, true);
	must(pthread_join(en->thread, NULL) == 0);
	for (int i = 0; i < en->device_count; i++)
		atomic_store(&en->devices[i].link.seen, 0);
	en->running = false;
}

void engine_destroy(struct engine *en)
{
	if (en == NULL)
		return;
	engine_stop(en);
	for (int i = 0; i < en->device_count; i++)
		device_finish(&en->devices[i]);
	close(en->notify_fd);
	sem_destroy(&en->hurry);
	free(en);
}
