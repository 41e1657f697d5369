/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A timetable file as structs: slots, when they occur, what they play and how they end. */
#ifndef VX_PLAN_TIMETABLE_H
#define VX_PLAN_TIMETABLE_H

#include "base/bulletin.h"
#include "base/civil.h"
#include "base/limits.h"
#include "plan/faults.h"
#include "plan/holidays.h"
#include "plan/lunar_pick.h"
#include "plan/settings.h"

#include <stdbool.h>
#include <stdint.h>

enum play_kind {
	PLAY_BULLETINS, /* approved bulletins that match */
	PLAY_FILE,	/* one sound file of the station's own */
	PLAY_RELAY,	/* an upper station, live; its fallback while there is none of it */
};

/* What happens to what still plays when the slot's time is over. */
enum overrun {
	OVERRUN_FADE,	/* fade out so that silence is reached at the end of the slot */
	OVERRUN_FINISH, /* let the item finish unless another slot begins */
	OVERRUN_CUT,	/* stop within 10 ms */
};

/* What becomes of what an emergency broke off, once the air is free again. Resume is what a slot
 * does unless it says otherwise: nothing is heard twice, nothing is left out, and the slot's end
 * stays where it is if it can. */
enum after_break {
	AFTER_BREAK_RESUME,  /* goes on at the sample at which it began to fade */
	AFTER_BREAK_RESTART, /* from its beginning, if it still fits whole */
	AFTER_BREAK_DROP,    /* is over; what follows it keeps its time */
};

enum order_key {
	ORDER_LEVEL,	/* urgent, priority, ordinary */
	ORDER_LANGUAGE, /* as listed in the slot */
	ORDER_OLDEST,
	ORDER_NEWEST,
	ORDER_TITLE,
};
#define ORDER_KEYS_MAX 4

struct play {
	enum play_kind kind;
	char programmes[SLOT_TAGS_MAX][CODE_BYTES];
	int programme_count; /* 0: any */
	char languages[SLOT_TAGS_MAX][CODE_BYTES];
	int language_count; /* 0: any */
	char file[PATH_BYTES];
	int file_line; /* where `file` stands in the timetable */
	char relay[NAME_BYTES];
};

/* What public holidays are to a slot. */
enum holidays_rule {
	HOLIDAYS_AS_EVER, /* days like others */
	HOLIDAYS_SKIP,	  /* it does not occur on them */
	HOLIDAYS_ONLY,	  /* it occurs on no other */
};

/* Days on which a person has taken a slot off: it occurs and is left out, with who and why. */
struct slot_off {
	struct date from, to; /* both included */
	bool once;	      /* one day; else a pause */
	bool open;	      /* a pause without an end */
	char by[NAME_BYTES];  /* "user:7", or words of whoever wrote the file */
	char reason[REASON_BYTES]; /* may be "" */
};

struct slot {
	char name[NAME_BYTES];
	char file[PATH_BYTES]; /* the timetable it stands in */
	int line;
	int32_t start_s;  /* seconds of the local day */
	int32_t length_s; /* > 0, ≤ 24 h; may run past midnight */
	uint8_t days;	  /* bit 0 Monday … bit 6 Sunday; 0x7f unless set */
	char rrule[NAME_BYTES];	/* "" none; RFC 5545 recurrence, counted from valid_from */
	struct lunar_pick lunar[SLOT_LUNAR_MAX]; /* only on these, when lunar_count > 0 */
	int lunar_count;
	struct lunar_pick lunar_except[SLOT_LUNAR_MAX]; /* never on these */
	int lunar_except_count;
	enum holidays_rule holidays;
	int table;		/* number of its timetable in the schedule */
	bool no_music;		/* of the timetable: neither ident nor bed, whatever else says */
	struct date *dates;	/* only on these days, when date_count > 0; ascending; owned */
	int date_count;
	struct date *except;	/* never on these days; ascending; owned */
	int except_count;
	struct slot_off *offs; /* owned; as written */
	int off_count;
	bool has_valid_to;
	struct date valid_from; /* of the timetable, or narrower; 1970-01-01 unless set */
	struct date valid_to;
	bool valid_named; /* the slot itself says one of them */
	struct play play;
	bool has_fallback;
	struct play fallback;
	enum order_key order[ORDER_KEYS_MAX];
	int order_count;
	enum overrun overrun;
	enum after_break after_break;
	int32_t join_within_s; /* late: {join_within}; 0: never late; of a relay all of the slot
				* unless set: what is live can be joined at any moment */
	double volume_db;      /* −60 to +12 */
	uint32_t zones;	       /* bit i: settings.zones[i]; all unless set */
	bool zones_named;      /* they are set */
	int32_t repeat_every_s;	/* 0 none; ≥ length */
	int32_t repeat_until_s;	/* second of day: last start; if before start_s, next day */
	bool ident;	       /* ident before and after; true unless set */
	bool bed;	       /* bed under everything in the slot, not only under announcements */
	char confirm_by[NAME_BYTES], confirm_reason[REASON_BYTES];
	char confirm_on[CODE_BYTES]; /* when it was given: "2026-11-23 10:15"; "" it does not say */
	bool confirm_bound; /* it says for which time: */
	int32_t confirm_start_s, confirm_length_s, confirm_until_s; /* until: of repeat, or −1 */
	bool demo;	       /* demonstration: marked in the log and on the page */
};

/* All timetables in force together; owns its slots. */
struct timetable {
	char name[NAME_BYTES];
	char file[PATH_BYTES];
	char sha256[SHA256_HEX_BYTES]; /* of the file's bytes; filled by the loader */
	bool enabled;		       /* false: none of its slots is in the schedule */
	bool music;		       /* false: no ident and no bed in any of its slots */
	/* A special period: on its days the timetables that it replaces have no slots. */
	struct date valid_from, valid_to; /* both set if it replaces any */
	char basis[REASON_BYTES];	  /* the decision that it follows; "" unless it replaces */
	bool replaces_all;		  /* every other one */
	char replaces_names[REPLACES_MAX][NAME_BYTES]; /* as written: names or files */
	int replaces_count, replaces_line;
	uint64_t replaces; /* bit t: that one; special_settle */
	int clash; /* 1 + the one with which it would replace in a circle; 0 none */
};
struct schedule {
	struct timetable tables[TIMETABLES_MAX];
	int table_count;
	struct slot *slots;
	int slot_count, slot_capacity;
	/* Those of timetables with an error: never planned, only looked at for what else is wrong
	 * with them. */
	struct slot *set_aside;
	int set_aside_count;
	const struct holidays *holidays; /* not owned; NULL: the station keeps no list */
	int64_t day_starts; /* of all slots on a day on which each occurs; ≤ STARTS_DAY_MAX */
};

/* Adds the slots of one timetable text; true if it had no error. Faults as in settings_parse. A
 * timetable with an error adds nothing to the plan. `enabled: false` at the top switches a whole
 * timetable off, in a slot that slot; both are checked all the same. */
bool schedule_parse(struct schedule *s, const struct settings *settings, const char *file,
		    const char *text, size_t len, struct faults *faults);
void schedule_finish(struct schedule *s);

#endif
