/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the view: bulletins, airings and events as rows, for station, web, reports and
 * commands. */
#ifndef VX_PROOF_READER_H
#define VX_PROOF_READER_H

#include "base/bulletin.h"
#include "base/err.h"
#include "base/moment.h"

#include <stdbool.h>
#include <stdint.h>

struct view;

/* Opens view.sqlite read-only (other processes; WAL lets them read while the station writes). */
bool reader_open(struct view **v, const char *path, struct err *e);
void reader_close(struct view *v);

/* Bulletins, newest first; state < 0: all. Text pointers live until the callback returns. */
bool reader_bulletins(struct view *v, int state, bool (*each)(const struct bulletin *b, void *arg),
		      void *arg, struct err *e);
bool reader_bulletin(struct view *v, const char *id, struct bulletin *b, struct err *e);

/* One airing or non-airing: what was planned, what was, and why. Strings "" when unknown. */
struct airing_row {
	char id[ID_BYTES];	/* "A42" from airing.intended; "M43" for one that was missed */
	char slot[NAME_BYTES];
	char bulletin[ID_BYTES];
	char title[TITLE_BYTES];
	char sha256[SHA256_HEX_BYTES];
	char result[CODE_BYTES]; /* full|partial|cut|interrupted|missed|on-air (no outcome yet) */
	char reason[REASON_BYTES]; /* code, see proof/reason.h */
	char detail[REASON_BYTES];
	char zones[NAME_BYTES];	/* comma-separated */
	char device[NAME_BYTES];
	char level[CODE_BYTES], language[CODE_BYTES], fund[CODE_BYTES], programmes[NAME_BYTES];
	char proof[CODE_BYTES];	/* "A", "" none */
	int64_t occurrence_ms; /* start of the occurrence, Unix ms: with slot and item the key */
	int item;		/* number in the running order of the occurrence */
	int64_t planned_ms, planned_length_ms;
	int64_t start_ms, end_ms; /* 0 unknown */
	double complete;	/* 0–1 */
	double loudness_lufs, peak_dbtp, start_error_ms;
	int64_t frames, xruns;
};

/* Airings planned in [from, to), by planned time. */
bool reader_airings(struct view *v, struct wall from, struct wall to,
		    bool (*each)(const struct airing_row *r, void *arg), void *arg, struct err *e);

/* Airings that have an intent and no outcome (after a power cut). */
bool reader_open_airings(struct view *v, bool (*each)(const struct airing_row *r, void *arg),
			 void *arg, struct err *e);

/* How often each thing happened: count of entries of one kind in [from, to). */
bool reader_count(struct view *v, const char *kind, struct wall from, struct wall to,
		  int64_t *count, struct err *e);

#endif
