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
};

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
};

/* "thong-thuong" | "uu-tien" | "khan-cap". */
const char *level_code(enum level level);
bool level_parse(const char *text, enum level *level);

/* "received" | "approved" | "refused" | "withdrawn". */
const char *bulletin_state_code(enum bulletin_state state);
bool bulletin_state_parse(const char *text, enum bulletin_state *state);

/* True if approved and valid on that day. */
bool bulletin_may_air(const struct bulletin *b, struct date day);

#endif
