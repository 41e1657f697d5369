/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine's sound devices, asked for in a child process that may hang. */
#ifndef VX_MIX_DEVLIST_H
#define VX_MIX_DEVLIST_H

#include "base/err.h"
#include "base/limits.h"

#include <stdbool.h>

#define DEVLIST_MAX 64
#define DEVLIST_WAIT_MS 10000 /* a sound server may be starting */

struct devlist_device {
	char name[NAME_BYTES];	 /* as zones[].device in station.yaml may say it */
	char system[NAME_BYTES]; /* ALSA, JACK Audio Connection Kit */
	int channels;	   /* to play on; 0: a microphone only */
	int inputs;	   /* to hear with; as zones[].microphone may name it */
	double rate_hz;	   /* its own; 48 kHz is what the station asks for */
	double latency_ms; /* its default for playing */
	bool is_default;
};

/* Fills list with at most `max` devices, count may be 0. Waits up to DEVLIST_WAIT_MS, then ends the
 * child and fails. Not for the real-time thread, nor for a loop that must not wait. */
bool devlist_get(struct devlist_device *list, int max, int *count, struct err *e);

/* The same from the child's JSON text. */
bool devlist_parse(const char *json, struct devlist_device *list, int max, int *count,
		   struct err *e);

#endif
