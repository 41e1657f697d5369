/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inspections leave a trace: what an account of the role inspector has looked at stands in the
 * log, so that neither side can say later that it was or was not. */
#ifndef VX_STATION_INSPECTION_H
#define VX_STATION_INSPECTION_H

struct request;

/* After a command was done: appends inspection.viewed if an inspector asked and the command is one
 * that shows evidence, unless the same account has looked at the same thing within the last hour
 * (a page asks for its day whenever something changes). An entry that cannot be written is told on
 * the console and hides nothing from the inspector: a full disk must not shut evidence away. Main
 * thread. */
void inspection_note(struct request *rq, const char *command);

#endif
