/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a station answers later: a desk, a loop, a control socket and one client; no sound. */
#ifndef VX_TESTS_SUPPORT_STATIONCASE_H
#define VX_TESTS_SUPPORT_STATIONCASE_H

#include "station/client.h"
#include "station/station.h"
#include "support/deskcase.h"

struct stationcase {
	struct deskcase c;
	struct station *st;
	struct client client;
};

void stationcase_open(struct stationcase *s);
void stationcase_close(struct stationcase *s);

/* Sends a request (takes the reference). */
void stationcase_say(struct stationcase *s, json_t *request);

/* The next answer; the loop runs until it is there. The caller owns it. */
json_t *stationcase_heard(struct stationcase *s);

#endif
