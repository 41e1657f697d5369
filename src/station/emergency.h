/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Emergencies and drills: a siren from memory at once, then the message; again and again, until a
 * time or until somebody ends it. */
#ifndef VX_STATION_EMERGENCY_H
#define VX_STATION_EMERGENCY_H

#include "station/playout.h"

#include <stdbool.h>
#include <stdint.h>

/* Order of things when one is raised: what sounds is told to fade and the siren to begin, then the
 * entries are written, while the mixing thread is on its way to that sample: on a disk that works
 * they are durable before it is heard. A disk that is full or hangs keeps nobody from being warned:
 * the entry follows when it can, and shows by its own time that it came late.
 *
 * Above the timetable, quiet hours, an untrusted clock and everybody's play; not above a cut,
 * unless whoever raises it says so. Who stands where: plan/arbiter.h. It outlives the program: what
 * the log has raised and not ended goes on at the next start. Main thread. */
#define EMERGENCY_NEVER_NS INT64_MAX

struct emergency {
	struct emergency *next;
	char id[ID_BYTES]; /* "K42"; "" until its entry is durable */
	enum air_kind kind; /* AIR_EMERGENCY or AIR_DRILL */
	uint32_t zones;	   /* bit i: zone i */
	uint32_t over;	   /* of these, cut when it was raised, and it sounds there all the same */
	struct bulletin message; /* id "": none */
	bool waits;	   /* a message is being made ready: the siren goes on meanwhile */
	char text[EMERGENCY_READ_BYTES]; /* to be read aloud as its message; "" none */
	char cap[CAP_KEY_BYTES]; /* key of the message that ordered it (plan/cap.h); "" none */
	bool unread;	   /* it could not be: the siren is all there is */
	char by[NAME_BYTES], reason[REASON_BYTES], who[CODE_BYTES];
	struct wall raised;
	int64_t every_ns;  /* from start to start; 0: once */
	bool has_until;
	struct wall until;
	int turns;	   /* that were heard, whole or in part */
	uint64_t claim;	   /* of the turn under way; 0: none */
	bool cut;	   /* somebody cut this turn */
	uint32_t its_turn; /* zones that it was waiting for, and has now */
	struct mono turn_at; /* the next turn; of one under way, its start; EMERGENCY_NEVER_NS:
			      * its siren is over, and its message not there yet */
	struct mono raised_at;
	json_t *entry;	   /* emergency.raised, while the disk has not taken it … */
	bool queued;	   /* … and it waits among playout.unwritten */
	struct mono retry_at;
};

struct emergency_order {
	bool drill, over_cut, waits;
	uint32_t zones;
	const struct bulletin *message; /* NULL: none, or not yet */
	const char *text;		/* NULL: none; is read while the siren sounds (voicing.h),
					 * in a drill with the words that it is one */
	const char *cap;		/* NULL: ordered by a person */
	const char *by, *reason, *who;
	int every_s;			/* 0: once */
	bool has_until;
	struct wall until;
};

/* Sounds at once in those of the zones that are not cut, or nobody's emergency holds; in these it
 * comes as soon as that one has been heard. False + err: nobody answers for it, no reason, its
 * message may not air, its time is over, every zone is cut, or there are EMERGENCIES_MAX. */
bool emergency_raise(struct playout *p, const struct emergency_order *o, struct emergency **out,
		     struct err *e);

/* The message is ready, or another one: it follows the siren that sounds, else comes at once. */
bool emergency_message(struct playout *p, struct emergency *m, const struct bulletin *b,
		       const char *who, struct err *e);

/* Its text cannot be read aloud: the siren goes on without, the page and an entry say so. why: a
 * code (err_code). */
void emergency_unread(struct playout *p, struct emergency *m, const char *why);

/* Fades out and frees m. why: as in proof/alarm.h; reason: in words, "" none. */
void emergency_end(struct playout *p, struct emergency *m, const char *why, const char *reason,
		   const char *who);

/* By its id; "" means the only one there is. NULL + err. */
struct emergency *emergency_find(struct playout *p, const char *id, struct err *e);

/* {"id", "drill", "zones", "by", "reason", "who", "bulletin", "raised", "until", "every_s",
 * "turns", "sounding", "next", "cut", "text", "cap", "unread"}: for answers
 * and the page; the caller's. */
json_t *emergency_json(struct playout *p, const struct emergency *m);

/* emergency.raised, as it is now; the caller's. */
json_t *emergency_entry(const struct playout *p, const struct emergency *m);

/* This entry is in the log as number n: if it is an emergency.raised, those that wait behind it may
 * name it now. Until then they hold the entry itself in the place of its id. */
void emergency_written(struct playout *p, const json_t *entry, int64_t n);

/* What is due: turns, ends, entries. Each step of playout. */
void emergency_step(struct playout *p);

/* A cut that comes later than the emergency is meant for it too. */
void emergency_cut(struct playout *p, uint32_t zones);

/* It has zones that it was waiting for. */
void emergency_its_turn(struct playout *p, uint64_t claim, uint32_t zones);

/* Somebody above it took those zones before it began in them: a row says why. */
void emergency_turn_taken(struct playout *p, uint64_t claim, uint32_t zones, const char *why);

/* Those that the log has raised and not ended, after playout_begin; their first turn comes at the
 * next step. */
struct desk;
bool emergency_recover(struct playout *p, struct desk *d, struct err *e);

void emergency_forget_all(struct playout *p);

#endif
