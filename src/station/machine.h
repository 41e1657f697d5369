/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `vangxa check` asks the machine: device, clock, disk, folder. */
#ifndef VX_STATION_MACHINE_H
#define VX_STATION_MACHINE_H

#include "plan/faults.h"
#include "plan/settings.h"
#include "station/world.h"
#include "sys/cert.h"

#include <jansson.h>

/* Adds a fault for each thing of the machine that would keep a bulletin from being heard or proven:
 * a device that is not there, a clock that nobody disciplines or that is wrong, a full disk, a
 * folder that cannot be written. Starts a child process to list devices. */
void machine_check(const char *dir, const struct settings *s, struct faults *faults);

/* Adds what is wrong with the lists in DIR/seeds/ (station/catalogue.h), and a warning for each
 * place that the settings name and no list has. */
void machine_check_seeds(const char *dir, const struct settings *s, struct faults *faults);

/* Adds a warning for each programme and language that a slot asks for and the station's own lists
 * (station/catalogue.h) do not have: no bulletin can bear such a code. */
void machine_check_codes(const char *dir, const struct schedule *schedule,
			 struct faults *faults);

/* Adds a warning for each bulletin that may still air, today or later, and whose master is not
 * there or cannot be opened: its airings would be missed. */
void machine_check_masters(const char *dir, const struct world *w, struct wall now,
			   struct faults *faults);

/* Adds a warning when two persons must approve and fewer accounts may. */
void machine_check_approvers(const char *dir, const struct settings *s, struct faults *faults);

/* How many days of recordings are there and for how many more there is room, as keeping_json tells
 * it; NULL when there is no view yet. The caller's. */
json_t *machine_keep(const char *dir, const struct settings *s, struct wall now);

/* The certificate for TLS, if this station has one: a warning when it cannot be used, has ended or
 * does not name this machine any more; else its fingerprint goes to print ("" none). */
void machine_check_cert(const char *dir, struct wall now, char print[static CERT_PRINT_BYTES],
			struct faults *faults);

#endif
