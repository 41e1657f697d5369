/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simheard.h"
#include "simbreak.h"

#include "base/json.h"
#include "plan/settings.h"
#include "support/fake.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static float ring_at(const struct simstation *s, int zone, int64_t frame)
{
	int64_t at = frame % RING_FRAMES;

	return s->sounds[zone][at / BLOCK_FRAMES] ? s->ring[zone][at] : 0.0f;
}

#define HUNG_NS (600 * NS_PER_S) /* longer than any disk hangs here */

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

#define SIM_BEGIN_S INT64_C(1795381200) /* 23 November 2026, 04:00 */

/* The hour of the day at which it was heard, by the clock that stamped it. */
static double hour_of(struct wall t)
{
	return (double)((t.ns / NS_PER_S + 7 * 3600) % 86400) / 3600;
}

/* Steps of the clock are half an hour at most, or to 1970: of what lies further from the begin and
 * the end of the night it is known which it was. */
void simheard_night(struct simstation *s, const json_t *entry)
{
	double db = json_get_number(entry, "night_db", 0);
	bool alarm = json_get_text(entry, "emergency", "")[0] != '\0';
	int64_t frames = json_get_integer(entry, "frames", 0);
	struct wall start, end;

	s->dimmed += db < 0;
	expect(db <= 0 && db >= s->files.settings.night_db,
	       "seed %llu: %s is moved by %g dB", (unsigned long long)s->seed,
	       json_get_text(entry, "airing", ""), db);
	expect(!alarm || db == 0, "seed %llu: an alarm is lower at night",
	       (unsigned long long)s->seed);
	if (alarm || frames == 0 || s->files.settings.night_db == 0 ||
	    !json_get_time(entry, "start", &start) || !json_get_time(entry, "end", &end) ||
	    start.ns < SIM_BEGIN_S * NS_PER_S ||
	    llabs(end.ns - start.ns - ns_of_frames(frames)) > NS_PER_S)
		return;
	double from = hour_of(start), to = hour_of(end);
	expect(!(from > 9 && to < 16 && from <= to && db < 0), "seed %llu: %s is lower by day",
	       (unsigned long long)s->seed, json_get_text(entry, "airing", ""));
	expect(!(from > 19 && from <= to && db > s->files.settings.night_db),
	       "seed %llu: %s is as loud at night as by day", (unsigned long long)s->seed,
	       json_get_text(entry, "airing", ""));
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
	/* The disk hung, and meanwhile somebody set the clock by which the start was stamped. */
	if (json_object_get(entry, "happened") != NULL && s->clock_set.ns > 0 &&
	    s->clock.now_mono.ns - s->clock_set.ns < HUNG_NS)
		return;
	/* start is cut to milliseconds, airings may start between: find the true first frame. */
	int64_t about = frames_of_ns(start.ns - s->clock.now_wall.ns + s->clock.now_mono.ns -
				     s->sim.zero.ns) - first_frame;
	/* Its outcome was stamped, the disk hung, and somebody set the clock back before it was in
	 * the log (seed 310016): by the clock before, it is not in the future. */
	if (about >= (int64_t)s->sim.blocks * BLOCK_FRAMES) {
		about += frames_of_ns(s->clock_set_by_ns);
		start.ns += s->clock_set_by_ns;
	}
	if (start.ns < s->woke.ns) /* over, and not told yet, when the machine fell asleep */
		about += frames_of_ns(s->slept_ns);
	if (about + first_frame < 0)
		return; /* written as the power failed: it survived, its mix did not */
	int64_t oldest = (int64_t)s->sim.blocks * BLOCK_FRAMES - RING_FRAMES;
	if (s->stalls > 0 && about + first_frame <= oldest)
		return; /* the disk took its outcome so much later */
	expect(about + first_frame > oldest, "too long ago");
	const char *zone = simbreak_whole_zone(s, entry);
	if (zone == NULL)
		return;
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
