/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/drift.h"

#include "base/limits.h"

#include <stddef.h>

#define LEAST_S 1.0 /* held at least: the next look may come late */

const struct drift_pace drift_relay = {
	.window_s = DRIFT_WINDOW_S, .follow_s = RELAY_FOLLOW_S, .most_ppm = RELAY_PPM_MAX,
	.step_ppm = RELAY_PPM_STEP,
};
const struct drift_pace drift_voice = {
	.window_s = 4, .target_s = VOICE_LEVEL_MS / 1000.0, .follow_s = 20,
	.most_ppm = VOICE_PPM_MAX, .step_ppm = 2000,
};

static const struct drift_pace *pace_of(const struct drift *d)
{
	return d->pace != NULL ? d->pace : &drift_relay;
}

static double within(double x, double most)
{
	return x > most ? most : x < -most ? -most : x;
}

void drift_again(struct drift *d)
{
	*d = (struct drift){.pace = d->pace, .ppm = d->ppm, .base_ppm = d->ppm, .wish_ppm = d->ppm};
}

static void end_window(struct drift *d)
{
	const struct drift_pace *pace = pace_of(d);

	if (pace->target_s > 0)
		d->target_s = pace->target_s;
	else if (!d->known)
		d->target_s = d->low_s > LEAST_S ? d->low_s : LEAST_S;
	d->known = true;
	d->wish_ppm = within(d->base_ppm + (d->low_s - d->target_s) / pace->follow_s * 1e6,
			     pace->most_ppm);
	d->window_s = 0;
}

void drift_see(struct drift *d, double held_s, double dt_s)
{
	if (d->window_s == 0 || held_s < d->low_s)
		d->low_s = held_s;
	d->window_s += dt_s;
	if (d->window_s >= pace_of(d)->window_s)
		end_window(d);
	d->ppm += within(d->wish_ppm - d->ppm, pace_of(d)->step_ppm * dt_s);
}
