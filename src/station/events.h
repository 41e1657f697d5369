/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reaches the station from its parts: devices, encoder, the passing
 * second; told and written. */
#ifndef VX_STATION_EVENTS_H
#define VX_STATION_EVENTS_H

#include "station/station.h"

/* Devices lost and back: entries, counted for the proof level. */
void events_engine(struct station *st);

/* Closed recordings become entries, measures go to playout. */
void events_encoder(struct station *st);

/* Once a second: time for the encoder, changed files, disk, sign of life. */
void events_second(struct station *st);

/* The wall time of a frame, for the recordings' hours. */
void events_set_time(struct station *st);

/* Tells the watchers that something changed, and how loud it is. */
void events_changed(struct station *st);
void events_level(struct station *st);

#endif
