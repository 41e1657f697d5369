/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Timetable and bulletins of the simulated station, and the people who change them. */
#ifndef VX_TESTS_SIM_SIMWORLD_H
#define VX_TESTS_SIM_SIMWORLD_H

#include "simstation.h"

/* Keeps the text of a file as world_files.c does: 0 the settings, 1 the timetable. */
void simworld_text(struct world_files *w, int at, const char *text);

/* The schedule is that of this text from now on; it must be in order. */
void simworld_timetable(struct simstation *s, const char *timetable);

/* Slots of any kind at any time of the day; names stay, so that a changed timetable moves them. The
 * text stands until the next call. */
const char *simworld_any(struct chance *chance, bool storms);

/* Somebody puts all priority bulletins in order, if there are two; from the stream `orders`. */
void simworld_order(struct simstation *s);

/* At a start: what was typed while nobody looked is read, and what was decided as the power failed
 * is known. */
/* Decisions that got into the log late. */
void simworld_decided(struct simstation *s);

void simworld_read(struct simstation *s);

/* Which bulletins the log has put aside. */
void simworld_asides(struct simstation *s);

#endif
