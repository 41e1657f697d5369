/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The versions that the program tells, in the log and on the command line. */
#ifndef VX_BASE_VERSION_H
#define VX_BASE_VERSION_H

#define VANGXA_VERSION "0.1"

/* Grows when another plan follows from the same timetables, bulletins and decisions (plan/): each
 * start says which rules it plans by, so that a later program does not judge its log by others.
 * 2: priority bulletins go by the order that somebody gave them. 3: what is put aside
 * (item.quarantined) takes no room: what waited for want of it comes in. */
#define PLAN_RULES 3
#define PLAN_RULES_ASIDE 3 /* from these rules on */

#endif
