/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/stamp.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Stamps are told in milliseconds, and a slewed clock creeps by half of one a second. */
#define SAME_NS (50 * NS_PER_MS)

void stamps_init(struct stamps *s, struct clock *clock)
{
	*s = (struct stamps){.clock = clock};
}

void stamps_boot(struct stamps *s, const char *boot)
{
	snprintf(s->boot, sizeof(s->boot), "%.*s", STAMP_BOOT_BYTES - 1, boot);
}

struct stamp stamps_take(struct stamps *s)
{
	return (struct stamp){clock_wall(s->clock), clock_up_ns(s->clock), clock_state(s->clock)};
}

/* The bound when the machine has been up so long: a counter that is fast must not pass the
 * truth. */
static struct wall bound_at(const struct stamps *s, int64_t up_ns)
{
	int64_t since_ns = up_ns - s->bound_up_ns;

	return wall_add_ns(s->bound, since_ns - since_ns / 1000000 * DRIFT_PPM);
}

static void learn(struct stamps *s, struct wall t, int64_t up_ns)
{
	if (s->bounded && bound_at(s, up_ns).ns >= t.ns)
		return;
	s->bounded = true;
	s->bound = t;
	s->bound_up_ns = up_ns;
}

void stamps_learn(struct stamps *s, struct wall t)
{
	learn(s, t, clock_up_ns(s->clock));
}

void stamps_forget(struct stamps *s)
{
	s->bounded = false;
}

bool stamps_bound(struct stamps *s, struct wall *t)
{
	*t = bound_at(s, clock_up_ns(s->clock));
	return s->bounded;
}

static struct wall earliest(struct wall t, double max_error_ms)
{
	return wall_add_ns(t, max_error_ms > 0 && max_error_ms < 1e9 ?
			   -(int64_t)(max_error_ms * (double)NS_PER_MS) : 0);
}

static struct wall latest(struct wall t, double max_error_ms)
{
	return wall_add_ns(t, t.ns - earliest(t, max_error_ms).ns);
}

json_t *stamps_json(struct stamps *s, const struct stamp *now, const struct tz *tz)
{
	bool synced = now->state.synced;
	struct wall bound = bound_at(s, now->up_ns);
	json_t *clock = json_pack("{s:b, s:o, s:o}", "synced", synced, "max_error_ms",
				  synced ? json_rounded(now->state.max_error_ms, 3) : json_null(),
				  "source", json_text(synced ? now->state.source : NULL));

	must(clock != NULL);
	if (s->bounded &&
	    (!synced || latest(now->wall, now->state.max_error_ms).ns < bound.ns))
		json_object_set_new(clock, "not_before", json_time(bound, tz));
	if (!synced && s->boot[0] != '\0') {
		json_object_set_new(clock, "boot", json_text(s->boot));
		json_object_set_new(clock, "up_ms", json_integer(now->up_ns / NS_PER_MS));
	}
	return clock;
}

static void unsure(struct stamps *s, int64_t n, int64_t off_ns)
{
	struct stretch *last = s->count > 0 ? &s->list[s->count - 1] : NULL;

	if (last != NULL && n == last->to_n + 1 && llabs(off_ns - last->off_ns) <= SAME_NS)
		last->to_n = n;
	else if (s->count < STRETCHES_MAX)
		s->list[s->count++] = (struct stretch){n, n, off_ns};
}

void stamps_wrote(struct stamps *s, int64_t n, const struct stamp *stamp)
{
	if (stamp->state.synced)
		learn(s, earliest(stamp->wall, stamp->state.max_error_ms), stamp->up_ns);
	else if (s->boot[0] != '\0')
		unsure(s, n, stamp->wall.ns - stamp->up_ns);
}

void stamps_resume(struct stamps *s, const json_t *entry)
{
	const json_t *clock = json_object_get(entry, "clock");
	struct wall t;

	if (json_get_time(clock, "not_before", &t))
		stamps_learn(s, t);
	if (json_get_bool(clock, "synced", false) && json_get_time(entry, "at", &t))
		stamps_learn(s, earliest(t, json_get_number(clock, "max_error_ms", 0)));
}

static void drop_until(struct stamps *s, int64_t n)
{
	int kept = 0;

	for (int i = 0; i < s->count; i++)
		if (s->list[i].to_n > n)
			s->list[kept++] = s->list[i];
	s->count = kept;
}

void stamps_review(struct stamps *s, int64_t n, const json_t *entry)
{
	const json_t *clock = json_object_get(entry, "clock");
	struct wall at;

	if (strcmp(json_get_text(entry, "kind", ""), KIND_CLOCK_CORRECTED) == 0 &&
	    strcmp(json_get_text(entry, "boot", ""), s->boot) == 0)
		drop_until(s, json_get_integer(entry, "to_n", -1));
	if (json_get_bool(clock, "synced", true) || s->boot[0] == '\0' ||
	    strcmp(json_get_text(clock, "boot", ""), s->boot) != 0 ||
	    !json_get_time(entry, "at", &at))
		return;
	unsure(s, n, at.ns - json_get_integer(clock, "up_ms", 0) * NS_PER_MS);
}

json_t *stamps_correction(struct stamps *s)
{
	struct stamp now = stamps_take(s);

	if (s->count == 0 || !now.state.synced)
		return NULL;
	struct stretch first = s->list[0];
	memmove(s->list, s->list + 1, (size_t)--s->count * sizeof(s->list[0]));
	int64_t offset_ns = now.wall.ns - now.up_ns - first.off_ns;
	return entry_clock_corrected(first.from_n, first.to_n, offset_ns / NS_PER_MS, s->boot,
				     DRIFT_PPM);
}
