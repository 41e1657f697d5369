/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RT-safe throughout. */
#include "mix/mapping.h"

#include <math.h>

#define NS_PER_FRAME ((double)NS_PER_S / (double)FRAMES_PER_S)
/* The loop's frequency t seconds after an anchor is NARROWING ÷ (t + OPENING_S), 1 rad/s at
 * first: after a report that is 5 ms off it then believes in some 200 ppm, not in percent, and
 * a frame some seconds ahead is never far away. With 4 an error in the rate dies as t^−2.4;
 * with 2, where a growing-memory filter would be, critical damping leaves it to die as 1/t. */
#define NARROWING 4.0
#define OPENING_S 4.0
/* No sound card is off by more (typical: 20 to 100); beyond it the reports lie. */
#define SLOW_MAX 2000e-6
#define RESIDUAL_REPORTS 200.0

void mapping_anchor(struct mapping *m, struct frame f, struct mono t)
{
	*m = (struct mapping){.frame = f, .at = t};
}

/* What ns_of_frames(frames) leaves out of the time from the reference frame to one `frames`
 * later: the fraction that it cuts off, the reference's own, and the drift. Whole and rest stay
 * apart so that a station that runs for years keeps its nanoseconds. */
static double rest_ns(const struct mapping *m, int64_t frames)
{
	int64_t cut = frames % FRAMES_PER_S * NS_PER_S % FRAMES_PER_S;

	return m->at_rest_ns + (double)cut / (double)FRAMES_PER_S +
	       (double)frames * NS_PER_FRAME * m->slow;
}

struct mono mapping_mono(const struct mapping *m, struct frame f)
{
	int64_t frames = f.n - m->frame.n;

	return mono_add_ns(m->at, ns_of_frames(frames) + llrint(rest_ns(m, frames)));
}

struct frame mapping_frame(const struct mapping *m, struct mono t)
{
	int64_t ns = t.ns - m->at.ns;
	double nominal_ns = ((double)ns - m->at_rest_ns) / (1.0 + m->slow);

	return (struct frame){m->frame.n + frames_of_ns(ns + llrint(nominal_ns - (double)ns))};
}

/* Moves the reference to frame f, whose moment becomes `late_ns` later than the line says. */
static void move(struct mapping *m, struct frame f, double late_ns)
{
	int64_t frames = f.n - m->frame.n;
	double rest = rest_ns(m, frames) + late_ns;
	int64_t whole = llrint(rest);

	m->at = mono_add_ns(m->at, ns_of_frames(frames) + whole);
	m->at_rest_ns = rest - (double)whole;
	m->frame = f;
}

static double clamp(double x, double bound)
{
	return x > bound ? bound : x < -bound ? -bound : x;
}

static void judge(struct mapping *m, double late_ns)
{
	double weight = 1.0 / fmin((double)m->reports, RESIDUAL_REPORTS);

	m->residual_ns2 += weight * (late_ns * late_ns - m->residual_ns2);
	m->astray = fabs(late_ns) > MAPPING_FAR_MS * NS_PER_MS ? m->astray + 1 : 0;
}

void mapping_report(struct mapping *m, struct frame f, struct mono t)
{
	int64_t frames = f.n - m->frame.n;

	if (m->reports == 0) {
		mapping_anchor(m, f, t);
		m->since = t;
		m->reports = 1;
		return;
	}
	if (frames <= 0)
		return;
	double late_ns = (double)(t.ns - m->at.ns - ns_of_frames(frames)) - rest_ns(m, frames);
	double step_s = (double)frames / (double)FRAMES_PER_S;
	double age_s = (double)(t.ns - m->since.ns) / (double)NS_PER_S;
	double omega = fmax(1.0 / MAPPING_TAU_S, NARROWING / (fmax(age_s, 0.0) + OPENING_S));
	double w = fmin(omega * step_s, 0.5);

	judge(m, late_ns);
	late_ns = clamp(late_ns, MAPPING_FAR_MS * NS_PER_MS);
	move(m, f, 2.0 * w * late_ns);
	m->slow = clamp(m->slow + w * w * late_ns / (step_s * (double)NS_PER_S), SLOW_MAX);
	m->reports++;
}

bool mapping_astray(const struct mapping *m)
{
	return m->astray >= MAPPING_ASTRAY;
}

void mapping_renumber(struct mapping *m, int64_t frames)
{
	m->frame.n += frames;
}

double mapping_drift_ppm(const struct mapping *m)
{
	return (1.0 / (1.0 + m->slow) - 1.0) * 1e6;
}

double mapping_residual_ms(const struct mapping *m)
{
	return sqrt(m->residual_ns2) / (double)NS_PER_MS;
}
