/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/drift.h"

#include "base/limits.h"

#define LEAST_S 1.0 /* held at least: the next look may come late */

static double within(double x, double most)
{
	return x > most ? most : x < -most ? -most : x;
}

void drift_again(struct drift *d)
{
	*d = (struct drift){.ppm = d->ppm, .base_ppm = d->ppm, .wish_ppm = d->ppm};
}

static void end_window(struct drift *d)
{
	if (!d->known)
		d->target_s = d->low_s > LEAST_S ? d->low_s : LEAST_S;
	d->known = true;
	d->wish_ppm = within(d->base_ppm + (d->low_s - d->target_s) / RELAY_FOLLOW_S * 1e6,
			     RELAY_PPM_MAX);
	d->window_s = 0;
}

void drift_see(struct drift *d, double held_s, double dt_s)
{
	if (d->window_s == 0 || held_s < d->low_s)
		d->low_s = held_s;
	d->window_s += dt_s;
	if (d->window_s >= DRIFT_WINDOW_S)
		end_window(d);
	d->ppm += within(d->wish_ppm - d->ppm, RELAY_PPM_STEP * dt_s);
}
