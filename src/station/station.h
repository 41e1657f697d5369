/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The station: a desk with sound: mixer, devices, encoder, playout and the
 * control socket, wired. */
#ifndef VX_STATION_STATION_H
#define VX_STATION_STATION_H

#include "mix/ears.h"
#include "mix/encoder.h"
#include "mix/engine.h"
#include "mix/mike.h"
#include "mix/relays.h"
#include "station/air.h"
#include "station/capdesk.h"
#include "station/carriers.h"
#include "station/checks.h"
#include "station/control.h"
#include "station/desk.h"
#include "station/first.h"
#include "station/imports.h"
#include "station/intake.h"
#include "station/keeping.h"
#include "station/later.h"
#include "station/login.h"
#include "station/opening.h"
#include "station/playout.h"
#include "station/recover.h"
#include "station/reload.h"
#include "station/speaking.h"
#include "station/preflights.h"
#include "station/relaytry.h"
#include "station/vetting.h"
#include "station/voicing.h"
#include "station/vouch.h"
#include "station/watchdog.h"
#include "sys/clock.h"
#include "sys/loop.h"

#include <stdbool.h>
#include <stdint.h>

/* The air through engine and encoder. */
struct air_live {
	struct air air;
	struct engine *engine;
	struct encoder *encoder; /* NULL: no stream, no recording (it could not start) */
	struct opening opening;
	uint64_t losses[DEVICES_MAX];
	struct relays *relays;
	struct mike *mike;
};

struct station {
	struct clock_real clock;
	struct loop *loop;
	struct desk desk;
	struct mixer *mixer;
	struct feeder *feeder;
	struct air_live live;
	struct playout playout;
	struct control *control;
	struct carriers carriers; /* packs on their way to somebody */
	struct carriers reporters; /* the same of reports, which must not wait for packs */
	struct later *laters;	/* commands whose answers are being worked out */
	struct logins logins;
	struct first first;
	struct reload reload;
	uint64_t lists_stamp; /* of the catalogue's files, as the log knows them */
	struct relays relays;	/* that the settings name */
	struct relaytry tries;	/* of them */
	struct ears ears;	/* of the zones that have a microphone */
	struct checks checks;	/* of what has aired */
	struct keeping keeping;
	struct preflights preflights; /* of tomorrow */
	struct imports imports;
	struct vetting vetting;
	struct capdesk cap;
	struct voicing voicing; /* of emergencies' texts */
	struct vouch vouch;	/* those outside who see the log */
	struct watchdog watchdog;
	struct watch engine_watch, encoder_watch, clock_watch, opening_watch;
	struct timer step, second;
	struct timer poll;	/* progress of uploads */
	uint64_t told_starts;	/* playout.starts as DIR/alive was written for */
	uint64_t told_changes;	/* playout.changes as last told to the watchers */
	bool disk_low;
	struct disk_stall {
		bool on; /* the disk has not answered for some seconds */
		struct wall since;
		struct mono since_mono;
	} stall;
	struct recovery recovery;
	json_t *log_older;	/* see newer_look; NULL: it is not */
	bool accounted;		/* the past is: station.recovered is written */
	uint64_t seconds;	/* since start */
	struct mono lost_at[DEVICES_MAX];
};

/* Runs the station in DIR until SIGTERM; exit status. notify_fd: a socket of the supervisor
 * (sys/notify.h), −1: none; hung: it had to kill the station before this one. */
int station_main(const char *dir, int notify_fd, bool hung);

/* Fills the live air; the air's functions are called on the main thread. */
void air_live_init(struct air_live *live, struct mixer *m, struct feeder *f, const char *dir);

/* All zones, or the one that the request names ("zone"). */
bool station_zones(const struct station *st, const char *zone, uint32_t *zones, struct err *e);

/* For the page: what is on air, next, devices, clock, banners. only: see sight_of; others'
 * bulletins bear the name of their slot. The caller owns it. */
json_t *station_status(struct station *st, const char *only);
/* Levels in dBFS since the last call: {"event":"level", …}. */
json_t *station_level(struct station *st);

#endif
