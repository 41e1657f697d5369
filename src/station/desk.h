/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk: one DIR held by one process: its log, its world, its bulletins. The station is a desk
 * with sound; a command without a running station opens the desk alone. */
#ifndef VX_STATION_DESK_H
#define VX_STATION_DESK_H

#include "base/err.h"
#include "people/users.h"
#include "proof/ledger.h"
#include "station/world.h"
#include "sys/boot.h"
#include "sys/clock.h"
#include "sys/disk.h"

#include <stdbool.h>

struct playout;

struct desk {
	char dir[PATH_BYTES];
	struct disk_real real;
	struct disk *disk;	/* of DIR: &real.disk, or a test's */
	struct tz tz;		/* of the files at open; the log's, for as long as it is open */
	struct clock *clock;
	struct boot boot;	/* of the machine on which we run */
	struct ledger *ledger;
	struct users *users;
	struct world world;
	struct desk_sound {
		bool opened; /* else nothing sounds, and the rest says nothing */
		int stream; /* zone */
		bool record;
		double peak_dbtp;
	} sound;	/* settings that mixer and encoder were opened with */
	bool faulty;	/* station.yaml: what was in force last was opened instead */
	bool behind; /* the view lacks entries: the world was read past it */
	uint64_t landed; /* ledger_landed, as the world was last read */
	bool untold; /* the log could not take what is in force, as untold_who has put it */
	char untold_who[CODE_BYTES];
	/* Called when bulletins or timetables changed, so that the plan is made anew; NULL without
	 * sound. */
	void (*changed)(void *arg);
	void *changed_arg;
};

/* Locks DIR (one process at a time), loads the files and opens the log. The
 * clock stays the caller's. ERR_CONFLICT when another process holds DIR and does not let go within
 * three seconds. Main thread. */
bool desk_open(struct desk *d, const char *dir, struct clock *clock, struct err *e);

/* The same for the station itself, which no slip of the hand in station.yaml keeps off the air: if
 * it cannot be read, what was in force last goes on (d->faulty), where the log knows it. */
bool desk_start(struct desk *d, const char *dir, struct clock *clock, struct err *e);
void desk_close(struct desk *d);

/* New files (from world_files_load): taken over, and timetable.changed goes into the log if what is
 * in force differs from what the log last said. who changed them, "" when nobody said. Takes
 * ownership. */
void desk_adopt(struct desk *d, struct world_files *files, const char *who);

/* Keeps the text of each file in force (versions.h), then writes timetable.changed if they are not
 * those that the log last named. */
bool desk_note_timetables(struct desk *d, const char *who, struct err *e);

/* Appends an entry; afterwards bulletins are read again and `changed` is called. A decision counts
 * from then on, also when the view cannot take it (a full disk). */
bool desk_append(struct desk *d, json_t *entry, int64_t *n, struct err *e);

/* Reads the bulletins again: somebody wrote an entry about them past desk_append. */
void desk_refresh(struct desk *d);

/* False + ERR_STALLED while the disk does not answer: whoever syncs a file now waits as long as it
 * does. */
bool desk_disk_answers(const struct desk *d, struct err *e);

/* Mixer and encoder are being opened with the settings in force. */
void desk_sounds(struct desk *d);

/* True if the settings in force say something that mixer and encoder take up only when they are
 * opened again, at the next start. */
bool desk_sound_waits(const struct desk *d);

/* Once a second: a view that was behind is tried again, and read once it has caught up; and what
 * desk_adopt could not write. What got into the log late is read as well. */
void desk_follow(struct desk *d);

#endif
