/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bulletin as every layer knows it, and the words for its level, state and kind. */
#ifndef VX_BASE_BULLETIN_H
#define VX_BASE_BULLETIN_H

#include "base/civil.h"
#include "base/limits.h"
#include "base/moment.h"

#include <stdbool.h>
#include <stdint.h>

/* Circular 39/2020/TT-BTTTT; a larger value goes first. */
enum level {
	LEVEL_ORDINARY, /* thong-thuong */
	LEVEL_PRIORITY, /* uu-tien */
	LEVEL_URGENT,	/* khan-cap */
};

enum bulletin_state {
	BULLETIN_RECEIVED, /* waits for approval */
	BULLETIN_APPROVED,
	BULLETIN_REFUSED,
	BULLETIN_WITHDRAWN,
	BULLETIN_REPLACED, /* a newer version was approved in its place */
	BULLETIN_ENDORSED, /* approved by the first of two persons; waits for the second */
};
#define BULLETIN_STATES 6

#define BULLETIN_PROGRAMMES_MAX 8
#define BULLETIN_SLOTS_MAX 8

/* Facts of one bulletin. Texts are valid UTF-8, "" when unset. */
struct bulletin {
	char id[ID_BYTES];		 /* "B17": 17 is the index of its bulletin.received entry */
	char title[TITLE_BYTES];
	char sha256[SHA256_HEX_BYTES];	 /* of the master; its file name in masters/ */
	int64_t frames;			 /* decoded length at 48 kHz */
	double loudness_lufs;		 /* integrated, EBU R 128; −70 or less: silent */
	double peak_dbtp;		 /* true peak of the master */
	double noise_db;		 /* noise floor in dBFS; NAN: not measured */
	enum level level;
	enum bulletin_state state;
	char language[CODE_BYTES];	 /* "vi", "stieng" */
	char kind[CODE_BYTES];		 /* "ban-tin", "thong-bao" (gets the bed under it), … */
	char fund[CODE_BYTES];
	char programmes[BULLETIN_PROGRAMMES_MAX][CODE_BYTES];
	int programme_count;
	char slots[BULLETIN_SLOTS_MAX][NAME_BYTES]; /* wished slots by name; none: any */
	int slot_count;
	bool has_from, has_to;
	struct date from, to;		 /* first and last day it may air */
	struct wall received;
	char sender[CODE_BYTES];	 /* who handed it in: "user:7", "uid:1000" */
	int64_t revision;		 /* index of the entry to which its words go back */
	char replaces[ID_BYTES];	 /* of which it is a new version; "" none */
	char replaced_by[ID_BYTES];	 /* the version that was approved in its place; "" none */
	char endorsed_by[CODE_BYTES];	 /* the first of two persons; "" nobody */
	char decided_by[CODE_BYTES];	 /* who approved, refused or withdrew it; "" nobody yet */
	char decided_why[REASON_BYTES];	 /* number of the document, or the reason */
	struct wall decided;
	int64_t order_n;		 /* the newest order.set that names it; 0 none */
	int order_place;		 /* its place there, from 0 */
	struct wall ordered;		 /* when that was said */
	char ordered_by[CODE_BYTES];	 /* and by whom; "" nobody */
	int64_t aside_n;		 /* the item.quarantined then in force; 0 none */
};

/* "thong-thuong" | "uu-tien" | "khan-cap". */
const char *level_code(enum level level);
bool level_parse(const char *text, enum level *level);

/* "received" | "approved" | "refused" | "withdrawn" | "replaced" | "endorsed". */
const char *bulletin_state_code(enum bulletin_state state);
bool bulletin_state_parse(const char *text, enum bulletin_state *state);

/* True while somebody has still to approve it. */
bool bulletin_waits(const struct bulletin *b);

/* True if the words of b, put in the place of those of `was`, can only make it air less: later
 * first and earlier last days, a lower level, fewer of the wished slots, and nothing else changed.
 * What was approved covers that. */
bool bulletin_narrows(const struct bulletin *was, const struct bulletin *b);

/* True if approved and valid on that day. */
bool bulletin_may_air(const struct bulletin *b, struct date day);

#endif
