/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/siren.h"

#include "base/moment.h"
#include "base/must.h"
#include "base/units.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

/* The two tones of a fire engine's horn: whole periods in half a second, so that each begins and
 * ends at 0; with a third harmonic, because horns give little of what lies below 500 Hz. */
#define LOW_HZ 660
#define HIGH_HZ 880
#define TONE_FRAMES (FRAMES_PER_S / 2)
#define ALARM_FRAMES (2 * TONE_FRAMES)
#define ALARM_DBFS -6.0

/* A bell every 0.8 s, then a pause. */
#define BELL_FRAMES (FRAMES_PER_S * 4 / 5)
#define DRILL_FRAMES (4 * BELL_FRAMES)
#define DRILL_DBFS -14.0

static double sine(double hz, int64_t i)
{
	return sin(2 * M_PI * hz * (double)i / (double)FRAMES_PER_S);
}

static float *room(int64_t frames)
{
	float *x = calloc((size_t)frames, sizeof(*x));

	must(x != NULL);
	return x;
}

static float *make_alarm(void)
{
	float *x = room(ALARM_FRAMES);
	double level = (double)gain_of_db(ALARM_DBFS);

	for (int64_t i = 0; i < ALARM_FRAMES; i++) {
		double hz = i < TONE_FRAMES ? LOW_HZ : HIGH_HZ;
		x[i] = (float)(level * (0.8 * sine(hz, i) + 0.2 * sine(3 * hz, i)));
	}
	return x;
}

static float *make_drill(void)
{
	static const double hz[] = {1046.5, 784.0, 659.3};
	float *x = room(DRILL_FRAMES);
	double level = (double)gain_of_db(DRILL_DBFS);

	for (int bell = 0; bell < 3; bell++)
		for (int64_t i = 0; i < 2 * BELL_FRAMES; i++) {
			int64_t at = bell * BELL_FRAMES + i;
			double die = exp(-5.0 * (double)i / (double)BELL_FRAMES);
			double end = (double)(2 * BELL_FRAMES - i) / (double)(2 * BELL_FRAMES);
			x[at] += (float)(level * die * end * sine(hz[bell], i));
		}
	return x;
}

const float *siren_sound(enum siren kind, int64_t *frames)
{
	static float *made[SIREN_KINDS];

	must(kind < SIREN_KINDS);
	if (made[kind] == NULL)
		made[kind] = kind == SIREN_ALARM ? make_alarm() : make_drill();
	*frames = kind == SIREN_ALARM ? ALARM_FRAMES : DRILL_FRAMES;
	return made[kind];
}

const char *siren_code(enum siren kind)
{
	static const char *const codes[] = {"siren", "drill-chime"};

	must(kind < SIREN_KINDS);
	return codes[kind];
}
