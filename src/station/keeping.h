/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping house: recordings that are too old, or for which there is no room, are removed, one after
 * the other: first the entry that says so, then the file. */
#ifndef VX_STATION_KEEPING_H
#define VX_STATION_KEEPING_H

#include "proof/keep.h"
#include "station/desk.h"
#include "sys/aside.h"

#include <jansson.h>
#include <stdbool.h>

/* Of what a power cut may have left between entry and file; one is under way at a time. */
#define KEEPING_LAST 4

/* Zero-initialise; the caller's memory. Main thread, but for what work reads while it runs: now,
 * last, last_count, today; and found, which it writes. */
struct keeping {
	struct desk *desk;
	struct loop *loop;
	void (*changed)(void *arg);
	void *arg;
	struct aside work;
	bool begun;	  /* what the last run had not finished is */
	bool making_room; /* until KEEP_ROOM_UNTIL_BYTES are free */
	bool faulty;	  /* a fault was told */
	int64_t after;	  /* entries up to here are passed over until the next round */
	struct mono age_due, room_due; /* not sooner is it looked for what is too old, or oldest */
	struct recording_row now;
	const char *why;
	char found[SHA256_HEX_BYTES];
	struct recording_row last[KEEPING_LAST];
	int last_count;
	struct date today;
	struct keep_totals totals; /* of an hour ago at most */
};

/* changed: an entry was written. */
void keeping_init(struct keeping *k, struct desk *desk, struct loop *loop,
		  void (*changed)(void *arg), void *arg);

/* Once a second: goes on with what is under way, or takes up the next. believed: the wall clock
 * is; else nothing goes for its age. A file that is not there is passed over and no entry is
 * written: who removed it, the log does not know. Files are read and removed aside. */
void keeping_look(struct keeping *k, bool believed);

/* Counts anew: a hold was set or lifted. */
void keeping_count(struct keeping *k);

/* Waits for what is under way; a file whose entry is written goes at the next start. */
void keeping_stop(struct keeping *k);

/* Removes it durably, and its folders if they are empty and not today's. Fine if it is not there.
 * Any thread. */
bool keeping_erase(struct disk *d, const char *file, struct date today, struct err *e);

/* {"recordings_days", "count", "bytes", "oldest", "days": of them that are there, "room_days": for
 * so many more there is room, null unknown, "holds"}; the caller's. */
json_t *keeping_json(const struct keep_totals *t, int64_t free_bytes, int32_t recordings_days,
		     struct wall now, const struct tz *tz);

/* From where on recent_bytes of keep_totals is to be counted for keeping_json. */
struct wall keeping_since(struct wall now);

#endif
