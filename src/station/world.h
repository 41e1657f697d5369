/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world as playout sees it: settings, timetables, sound files and bulletins of one DIR. */
#ifndef VX_STATION_WORLD_H
#define VX_STATION_WORLD_H

#include "base/buf.h"
#include "base/err.h"
#include "plan/faults.h"
#include "plan/running.h"
#include "plan/settings.h"
#include "plan/timetable.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct view;

/* What stands in files: read as a whole, never changed afterwards. A new state of the files is a
 * new one. Owned by whoever loaded it; world_files_free. */
struct world_files {
	struct settings settings;
	char settings_sha256[SHA256_HEX_BYTES];
	struct holidays holidays; /* of seeds/ngay-le.yaml, if it is there */
	struct schedule schedule;
	struct asset *assets;
	int asset_count;
	/* The texts of settings and timetables as they were read: those are in force, whatever
	 * stands in the files by now. */
	struct world_text {
		char sha256[SHA256_HEX_BYTES];
		struct buf text;
	} *texts;
	int text_count;
	int held; /* by how many besides the first; the station's thread counts */
	struct faults faults; /* of all files; errors keep a changed file off the air */
};

/* Reads DIR/station.yaml, DIR/schedules/ (all .yaml) in byte order of their names, and makes
 * masters of the sound files they name. Faults go into the list; NULL + err only when there is no
 * usable station.yaml at all (its faults are then in `faults_out`, if not NULL). May take seconds
 * when a sound file is new: not on the station's main thread while it is on air. */
struct world_files *world_files_load(const char *dir, struct faults *faults_out, struct err *e);

/* One file as it might be: what would hold if `file` had this text. */
struct world_change {
	const char *file; /* "schedules/hang-ngay.yaml", may not be there yet; or "station.yaml" */
	const char *text;
	size_t len;
};
/* The same with a change that is not on the disk; change NULL: none. */
struct world_files *world_files_load_with(const char *dir, const struct world_change *change,
					  struct faults *faults_out, struct err *e);
/* What a timetable.changed of the log names, from the texts that are kept (station/versions.h);
 * what is kept no longer is a fault. NULL + err without its settings. */
struct world_files *world_files_kept(const char *dir, const json_t *changed, struct err *e);
/* Until one more world_files_free: for work aside that reads them; the station's thread. */
struct world_files *world_files_hold(struct world_files *w);
void world_files_free(struct world_files *w);

/* The time zone with this name, if it is the first that this process has asked for: others would be
 * looked for through the environment, under threads that read it. Main thread, or a work aside. */
bool world_zone(struct tz *tz, const char *name, struct err *e);

/* A fingerprint of names, sizes and times of the files, to notice that something changed. Cheap. */
uint64_t world_stamp(const char *dir);

/* Files + bulletins = the input of the plan. */
struct world {
	struct world_files *files; /* owned */
	struct bulletin *bulletins; /* owned */
	int bulletin_count, bulletin_capacity;
	struct plan_input input;
};

/* Takes the files over and reads the bulletins from the view. */
bool world_make(struct world *w, struct world_files *files, struct view *view, struct err *e);
/* The world of DIR for reading only, beside a running station or without one; a folder in which
 * nothing ran yet has no bulletins. faults as in world_files_load. */
bool world_open(struct world *w, const char *dir, struct faults *faults, struct err *e);
/* Reads the bulletins again. */
bool world_refresh(struct world *w, struct view *view, struct err *e);
/* Takes over the decision that an entry of the log tells of, if it is one; arg: struct world. For
 * ledger_read over what the view does not have yet. */
bool world_decide(int64_t n, const char *text, size_t len, void *arg);
void world_finish(struct world *w);

/* The bulletin with this id, NULL if there is none. */
const struct bulletin *world_bulletin(const struct world *w, const char *id);

#endif
