/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run: one occurrence of a slot (or a manual play) on its way through the air. */
#ifndef VX_STATION_RUN_H
#define VX_STATION_RUN_H

#include "plan/arbiter.h"
#include "station/airing.h"

#include <stdbool.h>
#include <stdint.h>

/* The bed that lies under some items of a run, or stands in for one that broke. */
struct bed {
	int deck; /* −1: silent */
	uint64_t tag;
	bool fading;
	bool awaited, ducked; /* wanted from `from` on, and not open yet: deck is −1 */
	uint32_t zones;
	struct frame from;
	double db; /* at which it lies where nobody speaks, by day */
	double night_db; /* station/nightfall.h */
};

struct run {
	struct run *next;
	struct slot slot;    /* a copy; its date lists are not copied */
	enum air_kind kind;	     /* what it is to the arbiter */
	uint64_t claim;	     /* and by which number it asks there */
	uint32_t ducked;     /* zones in which it sounds lower, under a voice */
	char emergency[ID_BYTES]; /* whose turn it is: "K42", or "" */
	json_t *raised;	/* owned; its emergency.raised, which is not in the log yet; NULL */
	struct wall start;   /* of the occurrence */
	int64_t length_frames;
	int64_t finish_frames; /* ≥ length: how far a last item may run over */
	bool waits;	     /* an emergency broke it off; see station/comeback.h */
	bool may_return;     /* it is over, as the arbiter has told */
	enum reason broken_by;
	struct frame anchor; /* the frame heard at `start` */
	bool anchored;
	uint32_t zones;
	char by[NAME_BYTES];	/* who speaks: an account's id, or an office; "" nobody */
	char why[REASON_BYTES]; /* of a test, voice or play: the operator's words, "" none */
	struct bed bed;
	int64_t bed_to;	     /* it stands in for what fell silent, up to here; 0: no */
	struct relaying *relaying; /* of a slot that relays: see relaying.h; owned; NULL: other */
	struct run *part_of;	/* the run with a relaying that this is a part of, NULL none */
	int item_count;
	struct airing items[];
};

/* A start this late is still on time: the error stands in the entry. It covers a small step of the
 * clock and a busy machine. */
#define LATE_GRACE_NS (2 * NS_PER_S)

/* A run of these items of an occurrence, anchored already: a part of `whole`. Its items have not
 * aired in it. */
struct run *run_part(struct playout *p, struct run *whole, const struct plan_item *items,
		     int count);

/* The run of this occurrence, if it is open: it goes by the plan it was opened with, and each of
 * its items by its own `planned`, which moves when what stands before it ends early. NULL: none. */
const struct run *run_opened(const struct playout *p, const struct occurrence *o);

/* From here to run_account: run_open.c. Takes an occurrence over that was planned with `in`, which
 * may be in force no longer: what the log already knows of it is left out, what is too late is
 * joined or missed by the slot's rule, what nobody may play any more is missed. Adds a run to the
 * playout unless nothing remains to be played. May re-lay o (plan_rejoin). */
void run_open(struct playout *p, const struct plan_input *in, struct occurrence *o);

/* The same for one that the timetable has only since it began: what is behind was saved late. */
void run_open_saved(struct playout *p, const struct plan_input *in, struct occurrence *o);

/* Writes down what the occurrence, which starts now, leaves out; run_open does it for one that has
 * started already. */
void run_left_out(struct playout *p, const struct plan_input *in, const struct occurrence *o);

/* As run_open for an occurrence that is over: only writes down what was missed. */
void run_account(struct playout *p, const struct plan_input *in, const struct occurrence *o);

/* From here to run_alarms: run_order.c. An operator plays one bulletin now, whose master is open;
 * takes it over. */
struct run *run_manual(struct playout *p, const struct bulletin *b, struct source *master,
		       uint32_t zones, const char *why, const char *who);

/* An operator tries the loudspeakers with a tone. */
struct run *run_tone(struct playout *p, int64_t frames, uint32_t zones, const char *why,
		     const char *who);

/* Somebody speaks live, for so many frames at most, after a chime or at once. source: "microphone"
 * or "browser". */
struct run *run_voice(struct playout *p, int64_t frames, bool chime, uint32_t zones,
		      const char *source, const char *who);

/* A turn of an emergency or drill: a siren of so many frames, on no deck yet. */
struct run *run_alarm(struct playout *p, enum air_kind kind, uint32_t zones, int64_t frames,
		      const char *who);
/* Its message, to begin at frame `at`. */
void run_message(struct playout *p, struct run *r, const struct bulletin *b, int64_t at);
/* Its message has become ready while the siren sounds: it follows, once least_frames of that were
 * heard. False: the siren is over. */
bool run_follow(struct playout *p, struct run *r, const struct bulletin *b, int64_t least_frames);
/* True for these. */
bool run_alarms(const struct run *r);

/* By the timetable, demonstrations too; else somebody ordered it: no slot, slot.name is "". */
bool run_planned(const struct run *r);

/* Nothing of it sounds any more, or will. */
bool run_silent(const struct run *r);

/* Moves every item of the run on by one look; true when the run is over and may be freed. */
bool run_step(struct playout *p, struct run *r);

/* Takes what is loading or on air off some zones. What is planned stays planned: whether it may air
 * is asked when its time comes. */
void run_stop(struct playout *p, struct run *r, const struct airing_stop *stop);

/* An item starts later than it should have: what follows it in the run waits until it is over. */
void run_push(struct run *r, const struct airing *late);

/* The clock leapt over what the run had still planned: missed. What sounds already sounds on. */
void run_leapt_over(struct playout *p, struct run *r);

/* The machine slept for so long: what was on its way ends, since its other half would be heard at
 * another hour, what was slept through is missed, and the rest keeps its hour. */
void run_slept(struct playout *p, struct run *r, int64_t slept_ns);

/* The bulletin, if it may air now: approved (not withdrawn or replaced since), with those bytes;
 * an alarm's need not be approved. Else NULL, and why. */
const struct bulletin *run_allowed(const struct playout *p, bool alarm, const struct bulletin *b);
enum reason run_why_not(const struct playout *p, const struct bulletin *b);

/* Takes bulletins off the air that may air no longer (withdrawn), however near or far they are. */
void run_withdraw(struct playout *p, struct run *r);

/* Another slot has the air from frame `at` on: what sounds longer ends there, what is planned is
 * missed. */
void run_give_way(struct playout *p, struct run *r, uint32_t zones, struct frame at);

/* Drops what is planned without a word: the next start accounts for it. */
void run_forget(struct run *r);

/* Finds the item with this tag, NULL if the run has none. */
struct airing *run_find(struct run *r, uint64_t tag);

void run_destroy(struct playout *p, struct run *r);

/* For run_order.c: one with room for so many items; and an item of it, for a start. */
struct run *run_create(struct playout *p, enum air_kind kind, int items);
void run_copy_item(struct airing *a, const struct plan_item *item, struct wall start);

#endif
