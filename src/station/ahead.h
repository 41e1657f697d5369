/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan of the days ahead that somebody asked for, made aside: the air does not wait for it. */
#ifndef VX_STATION_AHEAD_H
#define VX_STATION_AHEAD_H

#include "plan/running.h"
#include "station/commands.h"
#include "station/later.h"
#include "station/world.h"

/* What the plan is made from is its own: a copy of the bulletins and the files as they were. */
struct ahead {
	struct later later;
	struct desk *desk;
	struct world_files *files; /* held */
	struct bulletin *bulletins;
	int bulletin_count;
	struct wall from, to;
	struct plan plan;
	char bulletin[ID_BYTES]; /* whom it is about; "" nobody */
	/* On the station's thread, once the plan is made. */
	void (*tell)(struct ahead *a, json_t *reply);
};

/* For so many days from now on; it may be changed before ahead_start. */
struct ahead *ahead_create(const struct request *rq, int days,
			   void (*tell)(struct ahead *a, json_t *reply));
/* Takes a over; the answer comes then or, with a station, later. */
bool ahead_start(struct ahead *a, struct request *rq, json_t *reply, struct err *e);

#endif
