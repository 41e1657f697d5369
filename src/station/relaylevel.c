/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/relaylevel.h"

#include "base/json.h"
#include "base/saying.h"
#include "station/record.h"

#include <math.h>

#define STEP_LU 1.0
#define MOVE_FRAMES (3 * FRAMES_PER_S)
#define HEARD_NS (30 * NS_PER_S)

static double within(double x, double least, double most)
{
	return x < least ? least : x > most ? most : x;
}

static void tell(struct playout *p, const struct run *whole, const char *name, double lufs,
		 double target_lufs)
{
	json_t *said = saying(lufs > target_lufs ? SAYING_RELAY_LOUD : SAYING_RELAY_FAINT);

	json_object_set_new(said, "lufs", json_rounded(lufs, 1));
	json_object_set_new(said, "off_lu", json_rounded(fabs(lufs - target_lufs), 1));
	record_relay_level(p, whole, name, said);
}

/* How loud it has been; NAN: nobody knows yet. */
static double heard_lufs(const struct playout *p, const char *name)
{
	struct relay_state state = {.lufs = -INFINITY};
	enum relay_fault ignored;

	if (!p->air->ops->relay(p->air, name, &state, &ignored) || !isfinite(state.lufs))
		return NAN;
	return state.lufs;
}

/* What it is taken for: a stream that is far off is not made loud or soft without bound. */
static double taken_for(const struct playout *p, double lufs)
{
	double target_lufs = p->world->settings->target_lufs;

	return within(lufs, target_lufs - RELAY_FOREIGN_LU, target_lufs + RELAY_FOREIGN_LU);
}

void relaylevel_begin(const struct playout *p, struct airing *a, const char *name)
{
	double lufs = heard_lufs(p, name);

	if (!isnan(lufs))
		a->asset.loudness_lufs = taken_for(p, lufs);
}

static void follow(struct playout *p, struct run *part, struct airing *a, double wish)
{
	double stands = isfinite(a->asset.loudness_lufs) ? a->asset.loudness_lufs
							 : p->world->settings->target_lufs;

	if (fabs(wish - stands) <= STEP_LU)
		return;
	a->asset.loudness_lufs = stands + within(wish - stands, -STEP_LU, STEP_LU);
	airing_level(p, part, a, MOVE_FRAMES);
}

void relaylevel_step(struct relaylevel *l, struct playout *p, const struct run *whole,
		     struct run *part, struct airing *a, const char *name)
{
	double target_lufs = p->world->settings->target_lufs;
	struct mono now = clock_mono(p->clock);

	if (a->state < AIRING_CUED || now.ns - l->looked.ns < RELAY_LEVEL_S * NS_PER_S)
		return;
	l->looked = now;
	double lufs = heard_lufs(p, name);
	if (isnan(lufs))
		return;
	follow(p, part, a, taken_for(p, lufs));
	if (!l->told && fabs(lufs - target_lufs) > RELAY_FOREIGN_LU &&
	    now.ns - p->air->ops->mono_at(p->air, a->at).ns >= HEARD_NS) {
		l->told = true;
		tell(p, whole, name, lufs, target_lufs);
	}
}
