/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The running order: what should air when, to the sample, with every conflict and omission.
 * Pure. */
#ifndef VX_PLAN_RUNNING_H
#define VX_PLAN_RUNNING_H

#include "base/bulletin.h"
#include "base/err.h"
#include "base/moment.h"
#include "plan/arena.h"
#include "plan/settings.h"
#include "plan/timetable.h"

#include <stdbool.h>
#include <stdint.h>

/* A sound file of the station's own (ident, bed, file of a slot) that has a master. */
struct asset {
	char path[PATH_BYTES]; /* as written in the settings or timetable */
	char sha256[SHA256_HEX_BYTES];
	int64_t frames;
	double loudness_lufs, peak_dbtp;
};

/* Everything the plan depends on; the caller owns it all and keeps it while the plan lives. */
struct plan_input {
	const struct settings *settings;
	const struct schedule *schedule;
	const struct bulletin *bulletins; /* any order; any state */
	int bulletin_count;
	const struct asset *assets;
	int asset_count;
	int rules; /* those of an earlier program (base/version.h); 0: PLAN_RULES */
};

struct meeting;

#define RELAY_PATH "relay:"
#define LIVE_PATH "live:"

enum item_kind {
	ITEM_BULLETIN,
	ITEM_FILE,
	ITEM_IDENT, /* in or out; not an airing of its own */
	ITEM_TONE,  /* an operator's test; never planned, never an airing */
	ITEM_SIREN, /* from memory, before an emergency's message; never planned */
	ITEM_RELAY, /* another station, live; its asset has but a path: RELAY_PATH, its name */
	ITEM_CHIME, /* from memory, before a voice; never planned, no airing of its own */
	ITEM_VOICE, /* somebody speaks; never planned; its asset has but a path: LIVE_PATH, where */
};

/* One thing to play within an occurrence. */
struct plan_item {
	enum item_kind kind;
	const struct bulletin *bulletin; /* ITEM_BULLETIN */
	const struct asset *asset;	 /* ITEM_FILE, ITEM_IDENT, ITEM_RELAY */
	int64_t offset_frames;	/* first sample, from the start of the occurrence */
	int64_t length_frames;	/* as planned to be heard, fades included; ≤ the master's frames */
	int64_t fade_in_frames, fade_out_frames; /* equal power; 0: full at once */
	bool bed_under;		/* bed under it */
};

/* Why something that a slot could have played is not in it. */
enum omission {
	OMIT_SLOT_FULL,	    /* slot-full: no time left in the slot */
	OMIT_MISSING_FILE,  /* missing-file: the slot's file has no master */
	OMIT_RELAY,	    /* relay-unknown: the settings have none of this name */
	OMIT_CONFLICT,	    /* slot-taken: another slot starts at the same time on these zones */
	OMIT_NOTHING,	    /* nothing-to-play: no approved bulletin matches */
	OMIT_QUIET,	    /* quiet-hours: inside quiet hours and not confirmed */
	OMIT_SKIPPED,	    /* skipped-once: somebody took it off this once; occurrence.off */
	OMIT_PAUSED,	    /* paused: somebody took it off for some days; occurrence.off */
	OMIT_QUARANTINED,   /* quarantined: twice the program ended at it (bulletin.aside_n) */
};
const char *omission_code(enum omission o); /* "slot-full" … as stored in the log */
const char *omission_text(enum omission o); /* in the language of the process */
const char *omission_words(enum omission o, bool english);

struct plan_omission {
	enum omission why;
	const struct bulletin *bulletin; /* NULL: the slot as a whole */
};

/* One occurrence of a slot. Its lists belong to the plan and may be shared with other occurrences;
 * after plan_rejoin to `own`. */
struct occurrence {
	const struct slot *slot;
	struct wall start;	/* whole second */
	int64_t length_frames;	/* as planned: shortened when the next slot takes the zones over */
	int64_t finish_frames;	/* ≥ length: how far a last item may run over (OVERRUN_FINISH) */
	bool shortened;		/* by `taken_by` */
	const struct slot *taken_by; /* also who holds the air when all is omitted as slot-taken */
	const struct slot_off *off; /* who has taken it off and why; NULL: nobody */
	const struct slot *after; /* is heard first, as somebody has said (meet.h); NULL: nobody */
	const struct meeting *meeting; /* what it would lose to another slot; NULL: nothing */
	const struct plan_item *items;
	int item_count;
	const struct plan_omission *omissions;
	int omission_count;
	int more; /* bulletins that wait behind the last one named as slot-full */
	bool over_long; /* more to play than fits: see plan_unheard */
	void *own;	/* NULL, or the block behind the lists */
};

/* All occurrences that start in [from, to), by start, then slot order; owned. */
struct plan {
	struct occurrence *list;
	int count, capacity;
	struct arena arena; /* behind items and omissions */
};

/* Makes the plan; *p need not be initialised. Deterministic in every byte: ties end at the
 * bulletin's id, then file and line. False + err only for limits (PLAN_DAYS_MAX,
 * PLAN_OCCURRENCES_MAX); *p is then empty. Caller: plan_finish. Any thread. */
bool plan_make(struct plan *p, const struct plan_input *in, struct wall from, struct wall to,
	       struct err *e);
void plan_finish(struct plan *p);

/* How many it leaves out, or ends early, because its slot is too short. 0 though it is over_long:
 * its last item runs over, and is heard whole. */
int plan_unheard(const struct occurrence *o);

/* The occurrence again from a late moment: items whose number is set in aired[] are left out, the
 * rest follow from offset_frames on, by the same rules (what does not fit is omitted). For joining
 * late and after an interruption. False: nothing of it is left to play. */
bool plan_rejoin(struct occurrence *o, const struct plan_input *in, int64_t offset_frames,
		 const bool *aired);

/* What stands in for an occurrence's relay from offset_frames on: its slot's fallback, laid by the
 * same rules up to its end; the items become o's own. skip: what has aired in it already. False:
 * there is nothing. */
bool plan_standin(struct occurrence *o, const struct plan_input *in, int64_t offset_frames,
		  bool (*skip)(void *arg, const struct bulletin *b, const struct asset *a),
		  void *arg);

/* The asset written as path, NULL if there is no such master. */
const struct asset *plan_asset(const struct plan_input *in, const char *path);

/* Gain in dB that brings a master to the target: target − loudness, never so much that its true
 * peak times the gain passes peak_dbtp by more than 6 dB (the limiter does the rest); 0 for
 * silence. */
double plan_gain_db(const struct settings *s, double loudness_lufs, double peak_dbtp);

#endif
