/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The versions that the program tells, in the log and on the command line. */
#ifndef VX_BASE_VERSION_H
#define VX_BASE_VERSION_H

#define VANGXA_VERSION "0.1"

/* Grows when another plan follows from the same timetables, bulletins and decisions (plan/): each
 * start says which rules it plans by, so that a later program does not judge its log by others.
 * 2: priority bulletins go by the order that somebody gave them. */
#define PLAN_RULES 2

#endif
