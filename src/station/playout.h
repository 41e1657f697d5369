/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Playout: the one place that turns the plan into commands for the mixer and entries in the log. */
#ifndef VX_STATION_PLAYOUT_H
#define VX_STATION_PLAYOUT_H

#include "base/err.h"
#include "base/moment.h"
#include "plan/arbiter.h"
#include "plan/running.h"
#include "proof/ledger.h"
#include "station/air.h"
#include "station/cutoffs.h"
#include "station/holds.h"
#include "station/newcomers.h"
#include "station/owed.h"
#include "station/quarantine.h"
#include "station/run.h"
#include "sys/clock.h"

#include <stdbool.h>
#include <stdint.h>

/* The same code is on air, in render and in simulation: time, sound, disk and log are arguments,
 * and nothing happens but in playout_step. One thread (the station's main one).
 *
 * Order of durability: the intent of an airing is on disk before its first sample can be mixed, the
 * outcome is written after its last was heard. What is in the log is never aired again, whatever
 * the clock says: the key is slot, start of the occurrence, and what was played. But for what was
 * broken off: the log says so, and what resumes it (station/comeback.h, station/cutoffs.h). */
struct playout {
	struct air *air;
	struct ledger *ledger;
	struct clock *clock;
	const struct plan_input *world; /* borrowed until the next playout_set_world */
	struct plan plan;		/* of the hours around now */
	struct wall plan_from, plan_to;
	struct wall opened_to;		/* what starts up to here is taken over or missed */
	struct wall omitted_to;		/* what was left out of starts up to here is written down */
	struct newcomers newcomers;	/* of the timetable of now, not opened yet */
	struct owed owed;		/* the past that the log does not know yet */
	struct wall floor;		/* the latest time that the log knows */
	bool trusted;			/* the wall clock is believable: the timetable may air */
	bool trust_forced;		/* an operator said so */
	int64_t wall_minus_mono_ns;	/* as last looked at */
	int64_t up_minus_mono_ns;	/* the same: grows by what the machine sleeps */
	int64_t slept_ns;		/* since playout_init */
	struct arbiter arbiter;		/* who holds the air; what is cut */
	struct cutoffs cutoffs;		/* what a slot that is joined again may begin anew */
	struct quarantine quarantine;	/* what may not air though it is approved */
	struct hold cut_by[ZONES_MAX];	/* of the zones in arbiter.cut */
	uint64_t next_claim;
	struct speaking *speaking;	/* somebody, live; owned; NULL nobody */
	struct emergency *emergencies;	/* owned; in the order in which they were raised */
	struct run *runs;
	uint64_t next_tag;
	uint32_t decks_taken;		/* bit i: deck i is in use */
	json_t *unwritten;		/* entries the disk did not take: tried again, in order */
	struct wall unwritten_from;	/* since when it did not */
	bool unwritten_marked;		/* past.owed is among them */
	bool unwritten_lost;		/* there were too many of them */
	struct mono retry_at;
	json_t *dead_air;		/* the last time that nothing was heard; NULL: none */
	struct wall dead_air_at;
	json_t *tone;			/* outcome of the last test, see station/tone.h */
	uint64_t starts;		/* airings that have begun, so far */
	uint64_t changes;		/* grows with everything that a page would show */
	bool begun;
	bool stopping;
};

/* gap_reason: why nothing aired that was planned between accounted_to and now; machine_up divides
 * that time: from then on no power cut is to blame. Nothing planned before accounted_to is looked
 * at. floor: the latest time that the log knows (clock trust). */
void playout_init(struct playout *p, struct air *air, struct ledger *ledger, struct clock *clock);
void playout_finish(struct playout *p);
void playout_begin(struct playout *p, struct wall accounted_to, struct wall floor,
		   enum reason gap_reason, struct mono machine_up);

/* Why nothing aired in stretches of the time before this start (recovery.gaps). */
void playout_gaps(struct playout *p, const struct gaps *gaps);

/* What was cut before this start still is (recovery.holds). Before or after begin. */
void playout_hold(struct playout *p, const struct holds *holds);

/* Timetable, library or settings have changed; what is on air goes on with what it was. */
void playout_set_world(struct playout *p, const struct plan_input *world);

/* Looks at the clock, the mixer's events and the plan, and does what is due. Returns after how many
 * nanoseconds it wants to be called again (10 ms to 0.5 s). */
int64_t playout_step(struct playout *p);

/* The result of a measure that an airing asked for. */
void playout_measured(struct playout *p, uint64_t id, double loudness_lufs, double peak_dbtp);

/* The recording in which that airing begins, relative to DIR, and how far into it. Before its
 * measure. */
void playout_recorded(struct playout *p, uint64_t id, const struct encoder_place *places);

/* True while something is loading, on air or waiting for its outcome. */
bool playout_busy(const struct playout *p);

/* True when the past is accounted for (see station/owed.h). */
bool playout_accounted(const struct playout *p);

/* Operator's commands on zones (bit i: zone i). cut fades out within 50 ms and holds the timetable
 * until resume, over restarts too (station/holds.h); play takes the zones over at once. who:
 * "uid:1000". */
void playout_cut(struct playout *p, uint32_t zones, const char *who);
void playout_resume(struct playout *p, uint32_t zones, const char *who);
/* Plays b at once in those of the zones that nobody has cut. False + err: it may not air today, all
 * the zones are cut, it falls into quiet hours and no reason is given, or its master cannot be
 * opened; what is on air goes on. */
bool playout_play(struct playout *p, const struct bulletin *b, uint32_t zones, const char *reason,
		  const char *who, struct err *e);

/* An operator says that the clock is right, whatever the log thinks. */
void playout_trust_clock(struct playout *p, const char *who);

/* Fades out and plans nothing any more: the station is being stopped. */
void playout_stop(struct playout *p);

/* For airing.c, run.c, bed.c and taking.c. */
struct wall playout_now(struct playout *p);
struct wall playout_wall_of(struct playout *p, struct mono t);
struct mono playout_mono_of(struct playout *p, struct wall t);

/* The first frame at which something may begin that is decided now: its intent is on the disk by
 * then. */
struct frame playout_soonest(const struct playout *p);

/* One goes, the other comes: no click, no overlap. */
#define CHANGE_FRAMES (FRAMES_PER_S / 20)
/* −1: all in use; some are kept for alarms. */
int playout_take_deck(struct playout *p, bool alarm);
void playout_free_deck(struct playout *p, int deck);
/* A run that has promised nothing yet is planned again with the new time, or from the new files. */
void playout_drop_unanchored(struct playout *p);

/* Writes down what the plan leaves out of what has begun, up to now, and the order of priority
 * bulletins that applied because nobody gave one. No sooner: until then somebody
 * may still put it back. Before the plan or the clock is another. */
void playout_tell_omissions(struct playout *p, struct wall now);

/* A plan must begin so long before a moment to hold all that still goes on then: the longest slot,
 * and an hour for its overrun. */
#define LOOK_BACK_NS (25 * 3600 * NS_PER_S)

#endif
