/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One airing: from the decision, through the deck, to its outcome in the log. */
#ifndef VX_STATION_AIRING_H
#define VX_STATION_AIRING_H

#include "base/bulletin.h"
#include "mix/encoder.h"
#include "mix/mixer.h"
#include "plan/running.h"
#include "plan/timetable.h"
#include "proof/reason.h"
#include "station/air.h"
#include "station/holds.h"

#include <stdbool.h>
#include <stdint.h>

/* The order is the life: an item only ever moves down this list. */
enum airing_state {
	AIRING_PLANNED, /* in the running order, nothing promised yet */
	AIRING_LOADING, /* intent durable, its deck reads ahead */
	AIRING_CUED,	/* the mixer has its start frame */
	AIRING_ON,	/* first frame mixed */
	AIRING_ENDED,	/* last frame mixed; waits until it was heard and measured */
	AIRING_DONE,	/* outcome in the log (or a missed entry) */
};

struct playout;
struct run;

/* Why a zone does not hear what others hear. */
struct silence {
	bool cut; /* by somebody; else something else has the zone */
	struct hold by;
};

struct airing {
	enum airing_state state;
	struct plan_item item;	  /* its pointers point at the two copies below */
	struct bulletin bulletin; /* copies: the world may change while this is on air */
	struct asset asset;
	bool logged;		  /* false for idents: they are sound, not airings */
	bool kept;		  /* the log knows that it stays though the plan has changed */
	char id[ID_BYTES];	  /* "A42", of a test "T42"; "" before the intent */
	json_t *intent;		  /* owned; not in the log yet, or not known to be; NULL */
	bool parked;		  /* missed with its intent on its way: see airing_miss */
	bool broken;		  /* off by an emergency: station/comeback.h looks after it */
	char resumes[ID_BYTES];	  /* the airing that it goes on with, "" none … */
	int64_t from_frames;	  /* … from this frame of the master on */
	struct wall planned;	  /* when it was to be heard */
	struct frame at;	  /* the frame it is cued for */
	int deck;		  /* −1 none */
	struct source *source;	  /* opened for it already, not on a deck yet; NULL */
	struct wave_levels *levels; /* of its master, owned; NULL: not known */
	uint64_t tag;		  /* names this airing in mixer events and measures */
	uint32_t zones;		  /* bit i: heard in zone i from its start */
	double night_db;	  /* lower by this now, and the lowest it ever was; ≤ 0 */
	double lowest_db;
	uint32_t cut_zones;	  /* taken off before its end by an operator */
	uint32_t parted;	  /* an alarm had these for a while: station/parting.h … */
	int64_t parted_frames[ZONES_MAX]; /* … for so long, … */
	int64_t parted_from[ZONES_MAX];	  /* … and since here, if they are in cut_zones */
	uint32_t away;		  /* these join it again */
	uint32_t untold;	  /* of parted: plan.broken is owed */
	uint32_t silent_zones;	  /* these, and those that never had it; why: */
	struct silence silent[ZONES_MAX];
	struct frame first, last; /* mixed [first, last) */
	int64_t first_slept_ns, last_slept_ns; /* playout.slept_ns at these */
	int64_t frames;		  /* of the master that were mixed */
	int64_t starved_frames;	  /* silence instead: the master could not be read in time */
	struct frame starved_to;  /* one past the last that was told of */
	enum mix_end end;
	bool blamed;		  /* end_reason says why it ended; else the sound itself does */
	enum reason end_reason;
	char who[CODE_BYTES];	  /* who ended or ordered it, "" nobody */
	char ordered[CODE_BYTES]; /* who ordered it: an alarm's intent may come when it is over */
	struct air_device before[ZONES_MAX]; /* of each of its zones the device when it started */
	bool measured;
	double loudness_lufs, peak_dbtp;
	struct encoder_place places[ZONES_MAX]; /* in the recording of each of its zones */
	struct mono settle_by;	  /* ENDED: when to stop waiting for the measure */
};

/* Master and what a person calls it. */
const char *airing_sha256(const struct airing *a);
const char *airing_title(const struct airing *a, const struct run *r);

/* What is known now of the devices of its zones, into before. */
void airing_look_at_devices(struct playout *p, struct airing *a);

/* Frames of the whole master. */
int64_t airing_full_frames(const struct airing *a);

/* What its master is raised by on its way into the mix, where nobody speaks over it. */
double airing_gain_db(const struct playout *p, const struct run *r, const struct airing *a);

/* It is to sound so much lower because it is night; see station/nightfall.h. */
void airing_night(struct airing *a, double db);

/* Closes what was opened for it and is on no deck yet, and forgets what is known of its master;
 * fine if there is nothing. */
void airing_drop_source(struct airing *a);

/* Before its memory is freed; fine if there is none. */
void airing_forget_intent(struct airing *a);

/* PLANNED → LOADING: opens the master, writes the intent durably, then loads a deck. Whatever
 * prevents it ends in DONE with a missed entry that names the reason. It stays PLANNED while a disk
 * that hangs may still take the intent in time: call again. Main thread. */
void airing_intend(struct playout *p, struct run *r, struct airing *a);

/* PLANNED → CUED: the siren of an alarm, from memory, at once; nothing is written down. */
void airing_alarm(struct playout *p, struct run *r, struct airing *a, uint32_t zones);

/* It ends there as it should, and nobody is to blame. */
void airing_fade(struct playout *p, struct airing *a, struct frame at, int64_t fade_frames);

/* LOADING → CUED once the deck has sound ready or the time has come; late ones start as soon as the
 * mixer can be on the sample. */
void airing_cue(struct playout *p, struct run *r, struct airing *a);

/* A mixer event that bears this airing's tag. */
void airing_event(struct playout *p, struct run *r, struct airing *a, const struct mix_event *ev);

/* ENDED → DONE once the last frame was heard and the measure is in (or overdue). */
void airing_settle(struct playout *p, struct run *r, struct airing *a);

/* Why, by whom and how fast something is taken off the air. */
struct airing_stop {
	uint32_t zones;	     /* taken off in these */
	struct frame at;     /* from this frame on */
	int64_t fade_frames;
	bool breaks_in;	     /* for an alarm: in what was mixed already, too */
	bool comes_back;     /* AIR_BROKEN: by its slot's rule … */
	bool parts;	     /* … or in these zones only, while others hear on */
	enum reason reason;
	const char *who;     /* "uid:1000", "" nobody */
};

/* Takes what is loading, cued or on air off some zones; where none is left it ends, and its outcome
 * bears the reason. Other states are left alone. */
void airing_stop(struct playout *p, struct run *r, struct airing *a,
		 const struct airing_stop *stop);

/* Brings what is cued or on air to its level: a relay's as it is known now, lower where run.ducked
 * says. */
void airing_level(struct playout *p, struct run *r, struct airing *a, int64_t fade_frames);

/* Writes down in a which of its run's zones it does not have, and who silenced them: the first who
 * cut a zone; what somebody else took, it lost now. */
void airing_note_silent(struct playout *p, struct run *r, struct airing *a);

/* True if its intent is on its way to the log, or got in and bears no id here yet. */
bool airing_intent_is_out(const struct playout *p, const struct airing *a);

/* PLANNED → DONE with an airing.missed entry; what had been broken off gets plan.dropped. If the
 * disk hangs on its intent it is parked in ENDED until that is known to be in the log, and then it
 * has an outcome without a frame, or not, and then it was missed. */
void airing_miss(struct playout *p, struct run *r, struct airing *a, enum reason reason);

#endif
