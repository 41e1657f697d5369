/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One slot of a timetable file: from its YAML node to struct slot, with every fault. */
#ifndef VX_PLAN_SLOT_PARSE_H
#define VX_PLAN_SLOT_PARSE_H

#include "plan/timetable.h"
#include "plan/yamlread.h"

/* Validity as the table (or a narrower place) gives it. */
struct validity {
	bool has_from, has_to;
	struct date from, to;
};

/* "valid: {from: D, to: D}"; `outer` bounds what it may say. */
void slot_parse_validity(struct yamlread *r, const struct yamlnode *n, const struct validity *outer,
			 struct validity *v);

/* What the timetable says for all its slots. */
struct slot_around {
	struct validity valid;
	bool holidays; /* the station has a list of them */
	bool music;    /* false: neither ident nor bed */
};

/* Fills *slot; its lists are the caller's to free (slot_finish) in any case. *enabled: false for a
 * slot that is switched off. Errors go to r; the caller compares counts. */
void slot_parse(struct yamlread *r, const struct settings *settings,
		const struct slot_around *around, const struct yamlnode *n, struct slot *slot,
		bool *enabled);
void slot_finish(struct slot *slot);

/* "play:" and "fallback:"; plan/play_parse.c. */
void play_parse(struct yamlread *r, const struct settings *settings, const char *key,
		const struct yamlnode *n, struct play *play);

#endif
