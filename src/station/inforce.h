/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In force: the timetables that an entry of the log names, read again from what is kept of them, so
 * that what aired can be held against what was to air. */
#ifndef VX_STATION_INFORCE_H
#define VX_STATION_INFORCE_H

#include "plan/occur.h"
#include "plan/settings.h"
#include "plan/timetable.h"
#include "proof/verdict.h"
#include "sys/disk.h"

#include <jansson.h>
#include <stdbool.h>

struct inforce {
	json_t *files;	    /* as timetable.changed names them */
	bool known;	    /* all texts are there and can be read; else nothing below counts */
	struct wall until;  /* another was in force from then on; INT64_MAX: none yet */
	struct settings settings;
	struct holidays holidays;
	struct schedule schedule;
	/* The occurrences of one stretch, which is asked for again and again. */
	struct occurs starts;
	struct wall from, to;
};

/* The files that entry n, a timetable.changed, names; before: those before it, NULL none: what is
 * wrong with a text that they had, too, was told already. A text that is kept no longer, though it
 * was, or is another one, is a difference; one that was never kept is not; verdict NULL: nobody
 * wants to be told. zone: tz_load where one may, else world_zone. Never NULL. */
struct inforce *inforce_open(struct disk *d,
			     bool (*zone)(struct tz *tz, const char *name, struct err *e),
			     int64_t n, const json_t *entry, const struct inforce *before,
			     struct verdict *verdict);
void inforce_close(struct inforce *f); /* NULL is fine */

/* Since when what an entry tells of was in force, as well as can be told: its "at", by offset_ms
 * (of a clock.corrected; 0 none) later, and no earlier than what had surely passed when a clock
 * without discipline stamped it. A synchronised clock is believed. Station and verifier ask this,
 * so that both hold the same timetable to have been in force. */
struct wall inforce_since(const json_t *entry, int64_t offset_ms);

/* The slot of that name that was to start then; NULL: none was. */
const struct slot *inforce_slot(struct inforce *f, const char *slot, struct wall start);

/* Every start in [from, to) in order, demonstrations too; at most a few days. */
void inforce_each(struct inforce *f, struct wall from, struct wall to,
		  void (*each)(const struct occur *o, void *arg), void *arg);

#endif
