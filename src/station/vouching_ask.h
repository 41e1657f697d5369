/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What vouching.c and vouching_ask.c share; nobody else includes it. */
#ifndef VX_STATION_VOUCHING_ASK_H
#define VX_STATION_VOUCHING_ASK_H

#include "base/saying.h"
#include "station/vouching.h"

/* Show the head to one of them, judge the answer into it, and of a token keep the files. */
void vouching_ask_witness(struct vouching *v, struct vouching_one *one);
void vouching_ask_tsa(struct vouching *v);

/* figure is taken over. */
void vouching_fault(struct vouching_one *one, enum saying s, const char *key, json_t *figure);

/* A file in the folder of the log. */
void vouching_path(const struct vouching *v, const char *name, char out[static PATH_BYTES]);

#endif
