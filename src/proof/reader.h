/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the view: bulletins, airings and events as rows, for station,
 * web, reports and commands. */
#ifndef VX_PROOF_READER_H
#define VX_PROOF_READER_H

#include "base/bulletin.h"
#include "base/err.h"
#include "base/moment.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct view;

/* Opens view.sqlite read-only (other processes; WAL lets them read while the station writes). Each
 * query below is one consistent snapshot. One thread a view. */
bool reader_open(struct view **v, const char *path, struct err *e);
void reader_close(struct view *v);

/* Every each() below returns false to stop early, which is no error. */

/* Bulletins, newest first; state < 0: all. Text pointers live until the callback returns. */
bool reader_bulletins(struct view *v, int state, bool (*each)(const struct bulletin *b, void *arg),
		      void *arg, struct err *e);
/* What the senders of bulletins were told: an object of id → array of sayings, the caller's,
 * without those who were told nothing; id NULL: of all. */
bool reader_findings(struct view *v, const char *id, json_t **findings, struct err *e);

/* SHA-256 of the file that was sent in; "" unknown. */
bool reader_original(struct view *v, const char *id, char sha256[static SHA256_HEX_BYTES],
		     struct err *e);

/* ERR_NOT_FOUND if there is none with this id. */
bool reader_bulletin(struct view *v, const char *id, struct bulletin *b, struct err *e);

/* The newest bulletin that is most like b, which is not in the view yet: of the same original, else
 * with the same master, else of the same title and to a second the same length. ERR_NOT_FOUND. */
enum reader_same { READER_SAME_FILE, READER_SAME_SOUND, READER_SAME_TITLE, READER_SAMES };
bool reader_twin(struct view *v, const struct bulletin *b, const char *original_sha256,
		 struct bulletin *twin, enum reader_same *how, struct err *e);

/* Those whose length is at most so many frames off, the newest first. */
bool reader_of_length(struct view *v, int64_t frames, int64_t off,
		      bool (*each)(const struct bulletin *b, void *arg), void *arg, struct err *e);

/* The bulletin that this upload has become, of these bytes: its entry names both. ERR_NOT_FOUND. */
bool reader_uploaded(struct view *v, const char *original_sha256, const char *upload,
		     struct bulletin *b, struct err *e);

/* One airing or non-airing: what was planned, what was, and why. Strings "" when unknown, levels
 * and start error NAN. */
struct airing_row {
	char id[ID_BYTES];	/* "A42" from airing.intended; "M43" for one that was missed */
	char slot[NAME_BYTES];
	char bulletin[ID_BYTES];
	char file[PATH_BYTES];	/* sound file of the station's own, when it is no bulletin */
	char title[TITLE_BYTES]; /* of the bulletin, else the file */
	char sha256[SHA256_HEX_BYTES];
	char result[CODE_BYTES]; /* full|partial|cut|interrupted|missed|on-air (no outcome yet) */
	char reason[REASON_BYTES]; /* code, see proof/reason.h */
	char detail[DETAIL_BYTES]; /* for saying_read */
	char zones[NAME_BYTES];	/* comma-separated */
	char device[NAME_BYTES];
	char by_zone[BY_ZONE_BYTES]; /* that of airing.ended, as JSON; "" a single zone */
	char level[CODE_BYTES], language[CODE_BYTES], fund[CODE_BYTES], programmes[NAME_BYTES];
	char proof[CODE_BYTES];	/* "A"; "B", "C" as checked since; "" none */
	enum recorded {		/* what became of its recordings since, as the log tells */
		RECORDED_THERE,
		RECORDED_AGED,	 /* removed, older than they are kept */
		RECORDED_ROOM,	 /* removed, the disk was filling */
		RECORDED_LOST,	 /* gone at a start */
		RECORDED_DIFFERS /* another one was there at a start */
	} recorded;		/* the worst of those that hold it, in zones that got it */
	char checked[CHECKED_BYTES]; /* airing.checked as JSON; "" not yet */
	int64_t checked_n;	/* its index, −1 none */
	char who[ID_BYTES];	/* who ordered it, "" the timetable */
	char speaker[NAME_BYTES]; /* of a live voice: "user:7", or an office; "" none */
	char sender[CODE_BYTES]; /* of the bulletin; "" no bulletin */
	char recording[PATH_BYTES];
	int64_t recording_frames; /* where in it, as sample of it when decoded; −1 unknown */
	int64_t ended_n;	/* index of the entry with the outcome, −1 none yet */
	int64_t occurrence_ms;	/* start of the occurrence, Unix ms: with slot and item the key */
	int item;		/* number in the running order of the occurrence */
	int64_t planned_ms, planned_length_ms;
	int64_t start_ms, end_ms; /* 0 unknown */
	double complete;	/* 0–1 */
	double loudness_lufs, peak_dbtp, start_error_ms;
	double night_db; /* how far the night lowered it at most; NAN: it did not */
	int64_t frames, xruns;
	bool demo;
	char emergency[ID_BYTES]; /* of which it is a turn: "K12"; "" none */
	bool drill;
	bool synced;		/* the clock that its times are from was */
	int64_t not_before_ms;	/* unless synced: what had surely passed; 0 unknown */
	bool corrected;		/* its times are to be read as offset_ms later */
	int64_t offset_ms;
};

/* Airings planned in [from, to), by planned time. */
bool reader_airings(struct view *v, struct wall from, struct wall to,
		    bool (*each)(const struct airing_row *r, void *arg), void *arg, struct err *e);

/* Those of one bulletin ("B17"), the newest first. */
bool reader_airings_of(struct view *v, const char *bulletin,
		       bool (*each)(const struct airing_row *r, void *arg), void *arg,
		       struct err *e);

/* Those that the device of some zone took whole (level A of that zone), which nobody has listened
 * to again yet and whose outcome stands behind entry `since` (−1: all), the last outcome first; at
 * most so many. */
bool reader_unchecked(struct view *v, int64_t since, int most,
		      bool (*each)(const struct airing_row *r, void *arg), void *arg,
		      struct err *e);

/* One by its id; ERR_NOT_FOUND. */
bool reader_airing(struct view *v, const char *id, struct airing_row *r, struct err *e);

/* How often each bulletin aired: {"B17": {"times": 3, "parts": 1, "unsure": 0}, …}: whole, in
 * part, and not surely whole (row_sum); who never did is not there. The caller's reference; NULL
 * + err. */
json_t *reader_aired(struct view *v, struct err *e);

/* Airings that have an intent and no outcome (after a power cut), oldest first. */
bool reader_open_airings(struct view *v, bool (*each)(const struct airing_row *r, void *arg),
			 void *arg, struct err *e);

/* All that the log says about one occurrence of a slot, by item and then age: whoever is about to
 * air asks here first, because an item with an intent (id "A…") must not air again, and one that
 * was written down as missed ("M…") not be written down twice. */
bool reader_occurrence(struct view *v, const char *slot, struct wall occurrence,
		       bool (*each)(const struct airing_row *r, void *arg), void *arg,
		       struct err *e);

/* One entry of the log. text is the entry itself; "" for airing.* kinds, which are rows above; of
 * register.written, whose rows are in proof/registers.h, registers_brief. */
struct event_row {
	int64_t n, at_ms;
	const char *kind, *text;
	bool corrected;		/* at_ms is to be read as offset_ms later */
	int64_t offset_ms;
};

/* Entries stamped in [from, to), by index. */
bool reader_events(struct view *v, struct wall from, struct wall to,
		   bool (*each)(const struct event_row *r, void *arg), void *arg, struct err *e);

/* The latest time that any entry bears, of those up to t; *found false: there is none. */
bool reader_latest(struct view *v, struct wall t, struct wall *latest, bool *found, struct err *e);

/* The time that the log's first entry bears, by the clock as it was; *found false: there is
 * none. */
bool reader_began(struct view *v, struct wall *began, bool *found, struct err *e);

/* The newest entries of a kind that is no row above, newest first, at most so many. */
bool reader_kind(struct view *v, const char *kind, int most,
		 bool (*each)(const struct event_row *r, void *arg), void *arg, struct err *e);

/* The newest entry of a kind that is no row above, as an object of the caller's; NULL if there is
 * none. */
bool reader_last(struct view *v, const char *kind, json_t **entry, struct err *e);

/* How many entries of the log the view holds. */
bool reader_applied(struct view *v, int64_t *entries, struct err *e);

/* From here on all queries of this connection see the view as it is now, with so many entries,
 * until reader_release. Whoever writes goes on, and its WAL grows meanwhile. */
bool reader_hold(struct view *v, int64_t *entries, struct err *e);
void reader_release(struct view *v);

#endif
