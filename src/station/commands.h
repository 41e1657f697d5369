/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of the station: one table, one place where rights are
 * checked and entries written. */
#ifndef VX_STATION_COMMANDS_H
#define VX_STATION_COMMANDS_H

#include "base/err.h"
#include "people/users.h"
#include "station/desk.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct station;

/* One request on its way. */
struct request {
	struct desk *desk;
	struct station *station; /* NULL: the desk alone, no sound */
	uint64_t client;	 /* where a later answer goes; 0 without a station */
	json_t *id;		 /* borrowed; NULL when the client sent none */
	const char *who;	 /* "uid:1000", "user:7" */
	struct user user;	 /* in whose name; id 0: somebody at this machine */
	char user_text[32];	 /* "user:7", where who points to */
	json_t *args;		 /* the request object, borrowed */
	void (*progress)(double done, void *arg); /* of what runs within the call; may be NULL */
	bool later;		 /* set by a command that answers by itself when it is done */
	const char *field;	 /* set by a command that fails: which field is wrong; or NULL */
};

struct command {
	const char *name;
	const char *fields; /* for help */
	bool needs_sound;
	bool (*run)(struct request *rq, json_t *reply, struct err *e);
};

/* Runs one request object ({"do": …}). Returns the answer ({"id", "ok" or "error", …}; the caller
 * owns it), or NULL when the command answers later. Never fails otherwise. */
json_t *commands_run(struct request *rq);

/* True if a desk alone can do it; else the sentence that no station runs. So that nobody takes the
 * folder, which a station may want at this moment, only to be told so. */
bool commands_alone(const char *name, struct err *e);

/* The answer for an error. */
json_t *commands_error(json_t *id, const struct err *e);

/* Field of the request as text; "" if it is missing, or blank (utf8_blank), and not needed. False +
 * err if it is missing and needed, too long, or not printable text. */
bool request_text(struct request *rq, const char *field, bool needed, const char **text,
		  struct err *e);

/* The fields "from" and "to" as days, in this order. */
bool request_days(struct request *rq, struct date *first, struct date *last, struct err *e);

/* Of a pack: "recordings": "no" leaves them out. */
bool request_silent(const struct request *rq);

/* Who answers for it: whoever orders it unless the field "by" names another. The name of an account
 * or of its person becomes the account's id, for the log holds no person's name; other words are an
 * office ("Chủ tịch UBND xã"). */
bool request_by(struct request *rq, char *by, size_t size, struct err *e);

/* The tables, one a file. */
extern const struct command commands_bulletins[];
extern const struct command commands_desk[];	/* plan, day, log */
extern const struct command commands_log[];	/* one airing in detail */
extern const struct command commands_air[];	/* status, cut, resume, play, watch */
extern const struct command commands_emergency[];
extern const struct command commands_live[]; /* somebody speaks */
extern const struct command commands_timetables[];
extern const struct command commands_drafts[]; /* what a change of a timetable would be */
extern const struct command commands_settings[]; /* what stands in station.yaml */
extern const struct command commands_calendar[]; /* for phones, and who has its address */
extern const struct command commands_keep[]; /* which recordings stay */
extern const struct command commands_pack[]; /* what is taken away */
extern const struct command commands_report[]; /* tables over what aired */
extern const struct command commands_registers[]; /* what is counted besides airings */
extern const struct command commands_lists[]; /* the catalogue */
extern const struct command commands_deadlines[]; /* what is to be handed in */
extern const struct command commands_duplicates[]; /* which products are perhaps one */
extern const struct command commands_users[]; /* accounts, logging in */

#endif
