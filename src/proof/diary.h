/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The diary that reports are made of: what aired or should have, each with what was in force then,
 * dated as it is to be read now. Nothing here is newer than the airing itself but what the log
 * corrected or listened to since. */
#ifndef VX_PROOF_DIARY_H
#define VX_PROOF_DIARY_H

#include "proof/row.h"

#include <stdbool.h>
#include <stdint.h>

/* One airing or non-airing. Texts live until the callback returns, "" when unknown; times are Unix
 * milliseconds, with the correction where there is one; 0 unknown. */
struct diary_row {
	char id[ID_BYTES];	/* "A42", "M43": what vangxa prove takes */
	int64_t entry;		/* index of the entry with the outcome, else with the intent */
	int64_t at_ms;		/* planned: the day that it belongs to */
	int64_t start_ms, end_ms;
	int64_t occurrence_ms;	/* as written: with the slot the session, also across days */
	int64_t planned_length_ms;
	int64_t frames;		/* of its sound that were mixed */
	int64_t from_frames;	/* > 0: the rest of one that was broken off, and no airing more */
	enum row_sum sum;	/* what it counts as */
	bool corrected;		/* its clock was off, and the times are not those of the entry */
	bool synced;		/* the clock was disciplined */
	bool demo, drill;
	const char *fate;	/* row_fate */
	const char *bulletin;	/* "B17", "" none */
	const char *title, *file, *sha256, *slot, *zones;
	const char *by_zone, *checked; /* as in struct airing_row */
	const char *kind;	/* of the bulletin, as its sender said; "" no bulletin */
	const char *level, *language, *programmes, *fund;
	const char *reason, *detail, *proof;
	enum recorded recorded;	/* what became of its recordings since */
	const char *who;	/* who ordered it, "" the timetable */
	const char *sender;	/* who handed the bulletin in */
	const char *approved_by, *document, *endorsed_by; /* in force at its intent */
	const char *emergency;	/* "K12": of which it is a turn */
	const char *authority;	/* of an emergency: who is answerable */
	const char *speaker;	/* of a live voice: whose it is */
};

/* Rows whose at_ms lies in [from, to), by at_ms and entry, without the station's demonstrations;
 * each() returns false to stop, which is no error. One consistent snapshot; nothing is gathered. */
bool diary_rows(struct view *v, struct wall from, struct wall to,
		bool (*each)(const struct diary_row *r, void *arg), void *arg, struct err *e);

/* Whether a zone of one of those that aired heard it, the best first: of several zones each has an
 * outcome of its own. */
enum diary_heard {
	DIARY_HEARD,
	DIARY_PERHAPS, /* it was sent there, and not whole */
	DIARY_NOT_HEARD
};
enum diary_heard diary_zone(const struct diary_row *r, const char *zone);
bool diary_zone_heard(const struct diary_row *r, const char *zone);

/* A bulletin that was approved. */
struct diary_product {
	char id[ID_BYTES];
	int64_t entry;		/* of the approval */
	int64_t at_ms, frames;
	bool again;		/* it had been before, or is a version of one that was */
	const char *title, *kind, *language, *fund, *programmes, *sha256, *sender;
};

/* Those that were approved in [from, to), by entry; as diary_rows. */
bool diary_products(struct view *v, struct wall from, struct wall to,
		    bool (*each)(const struct diary_product *p, void *arg), void *arg,
		    struct err *e);

/* The words of an outcome, and of why: reason and detail together, "" nothing is amiss. In the
 * language that the thread speaks. */
const char *diary_fate_text(const struct diary_row *r);
/* The level, or that of each zone where they differ, and what became of the recordings that it
 * rests on: "B", "B (removed …)", "mot: B; hai: -". */
void diary_proof(const struct diary_row *r, char out[static REASON_BYTES]);
void diary_why(const struct diary_row *r, char out[static REASON_BYTES]);

#endif
