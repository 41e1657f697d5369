/* SPDX-License-Identifier: GPL-3.0-or-later */
/* relay LIMIT_S: what is heard of a relay that falls silent again and again, and of its fallback.
 * stdin: the mix, float32, 48 kHz, one channel; the relay is a tone of 1 kHz, the fallback of
 * 3 kHz. A line for each change: "loss S", from the relay's last sound to the fallback's first,
 * less the limit of silence; "back MS", from the fallback's last sound to the relay's first, less
 * than 0 when both were heard at once. Sound is what is within 34 dB of a tone's loudest: a fade of
 * 50 ms but for its last millisecond. Looked at in windows of 10 ms, every 2.5 ms. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE 48000
#define WINDOW 480
#define HOP 120
#define HEARD 0.02 /* −34 dB */
#define SURE_HOPS 200 /* half a second of one alone: not a click */

static float *sound;
static size_t count;

static void take_all(void)
{
	size_t room = 0, n;

	do {
		if (count == room) {
			room = room == 0 ? RATE * 60 : room * 2;
			sound = realloc(sound, room * sizeof(float));
			if (sound == NULL)
				exit(1);
		}
		n = fread(sound + count, sizeof(float), room - count, stdin);
		count += n;
	} while (n > 0);
}

static double level(size_t at, double hz)
{
	double re = 0, im = 0;

	for (int i = 0; i < WINDOW; i++) {
		double w = 0.5 - 0.5 * cos(2 * M_PI * i / WINDOW), t = 2 * M_PI * hz * i / RATE;
		re += w * sound[at + i] * cos(t);
		im += w * sound[at + i] * sin(t);
	}
	return hypot(re, im);
}

/* heard[i]: is the tone there at hop i? */
static bool *hear(double hz, size_t hops)
{
	double *levels = calloc(hops, sizeof(*levels)), loudest = 0;
	bool *heard = calloc(hops, sizeof(*heard));

	if (levels == NULL || heard == NULL)
		exit(1);
	for (size_t i = 0; i < hops; i++) {
		levels[i] = level(i * HOP, hz);
		loudest = fmax(loudest, levels[i]);
	}
	for (size_t i = 0; i < hops; i++)
		heard[i] = levels[i] > HEARD * loudest;
	free(levels);
	return heard;
}

int main(int argc, char **argv)
{
	double limit_s = argc > 1 ? strtod(argv[1], NULL) : 0, hop_s = (double)HOP / RATE;

	take_all();
	size_t hops = count > WINDOW ? (count - WINDOW) / HOP : 0, last[2] = {0}, run = 0, both = 0;
	bool *heard[2] = {hear(1000, hops), hear(3000, hops)};
	int now = -1;

	for (size_t i = 0; i < hops; i++) {
		if (heard[0][i] && heard[1][i])
			both++;
		int one = heard[0][i] == heard[1][i] ? -1 : heard[1][i];
		run = one >= 0 && one != now ? run + 1 : 0;
		if (run == SURE_HOPS) {
			double from_s = (double)(i + 1 - run) * hop_s;
			if (now == 0)
				printf("loss %.3f\n", from_s - last[0] * hop_s - limit_s);
			else if (now == 1)
				printf("back %.1f\n",
				       1000 * (from_s - (both + last[1]) * hop_s +
					       (double)WINDOW / RATE));
			now = one;
			both = run = 0;
		}
		if (now >= 0 && heard[now][i])
			last[now] = i;
	}
	free(heard[0]);
	free(heard[1]);
	free(sound);
	return 0;
}
