/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Emergencies of the simulated station, and the relay that is lost and comes back. */
#ifndef VX_TESTS_SIM_SIMALARM_H
#define VX_TESTS_SIM_SIMALARM_H

#include "simstation.h"

/* After the air has begun; and before each step: what the relay does now. */
void simalarm_begin(struct simstation *s);
void simalarm_relay(struct simstation *s);

/* Somebody raises an emergency or a drill, with any message, repetition, end and zones; or ends
 * one; or the relay is lost, or comes back. */
void simalarm_order(struct simstation *s);

/* Whoever has a zone in a turn is heard in it: the siren sounds as soon as anything is mixed (what
 * was ordered in the newest step_frames is told of later). */
void simalarm_check(struct simstation *s, int64_t step_frames);

#endif
