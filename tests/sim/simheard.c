/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simheard.h"

#include "base/json.h"
#include "plan/settings.h"
#include "support/fake.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static float ring_at(const struct simstation *s, int zone, int64_t frame)
{
	return s->ring[zone][frame % RING_FRAMES];
}

/* A late start may be mixed with the end of what it follows. */
#define LATE_FRAMES (FRAMES_PER_S / 2)

static int64_t find_frame(const struct simstation *s, int z, uint32_t seed, int64_t about,
			  int64_t k)
{
	for (int64_t f = about - 48; f <= about + 96; f++)
		if (f + k >= 0 && ring_at(s, z, f + k) == fake_noise_at(seed, k) &&
		    ring_at(s, z, f + k + 1) == fake_noise_at(seed, k + 1))
			return f;
	return INT64_MIN;
}

void simheard_compare(struct simstation *s, const json_t *entry)
{
	int64_t first_frame = json_get_integer(entry, "from_frames", 0);
	uint32_t seed = (uint32_t)strtoul(json_get_text(entry, "sha256", "") + 32, NULL, 10);
	struct wall start;
	int64_t frames = json_get_integer(entry, "frames", -1);
	bool late = json_get_number(entry, "start_error_ms", 0) > 0.5;
	/* What comes back, from its beginning too, does so over the end of what stood there. */
	bool back = json_get_text(entry, "resumes", "")[0] != '\0';
	bool whole = !late && first_frame == 0 && !back &&
		     json_get_text(entry, "slot", "")[0] != '\0';
	int64_t from = first_frame + (whole ? 0 : LATE_FRAMES);

	expect(json_get_time(entry, "start", &start), "an outcome without a start");
	/* start is cut to milliseconds, airings may start between: find the true first frame. */
	int64_t about = frames_of_ns(start.ns - s->clock.now_wall.ns + s->clock.now_mono.ns -
				     s->sim.zero.ns) - first_frame;
	if (start.ns < s->woke.ns) /* over, and not told yet, when the machine fell asleep */
		about += frames_of_ns(s->slept_ns);
	if (about + first_frame < 0)
		return; /* written as the power failed: it survived, its mix did not */
	int64_t oldest = (int64_t)s->sim.blocks * BLOCK_FRAMES - RING_FRAMES;
	if (s->stalls > 0 && about + first_frame <= oldest)
		return; /* the disk took its outcome so much later */
	expect(about + first_frame > oldest, "too long ago");
	const char *zone = json_string_value(json_array_get(json_object_get(entry, "zones"), 0));
	int z = settings_zone(&s->files.settings, zone);
	int64_t first = find_frame(s, z, seed, about, from);
	expect(first != INT64_MIN, "seed %llu: the start of %s is not in the mix",
	       (unsigned long long)s->seed, json_get_text(entry, "airing", ""));
	for (int64_t i = from; i < first_frame + frames; i++) {
		if (ring_at(s, z, first + i) != fake_noise_at(seed, i)) {
			json_dumpf(entry, stderr, JSON_COMPACT);
			fprintf(stderr, "\nzone %d: %g, master %g\n", z,
				(double)ring_at(s, z, first + i), (double)fake_noise_at(seed, i));
		}
		expect(ring_at(s, z, first + i) == fake_noise_at(seed, i),
		       "seed %llu: %s differs from its master at frame %lld",
		       (unsigned long long)s->seed, json_get_text(entry, "airing", ""),
		       (long long)i);
	}
	s->compared++;
}
