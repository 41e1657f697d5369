/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk on a folder of its own: two zones, one timetable, a clock that stands still. */
#ifndef VX_TESTS_SUPPORT_DESKCASE_H
#define VX_TESTS_SUPPORT_DESKCASE_H

#include "station/commands.h"
#include "station/desk.h"

struct deskcase {
	char dir[64];
	struct clock_sim clock; /* 2026-11-23T05:00:00+07:00 */
	struct desk desk;
	const char *as; /* in whose name requests go, "user:7"; NULL: at the machine */
	struct station *station; /* on air beside the desk; NULL: none */
	const char *who;      /* who is connected; "uid:7" unless set */
	const char *replaces; /* of what deskcase_add makes a new version; NULL: of nothing */
};

void deskcase_open(struct deskcase *c);
void deskcase_close(struct deskcase *c);

/* Writes a file of the folder. */
void deskcase_write(const struct deskcase *c, const char *name, const char *text);

/* A tone of so many seconds as NAME in the folder; its path stays valid until the next call. */
const char *deskcase_sound(const struct deskcase *c, const char *name, double seconds);

/* Runs a request (takes the reference); the answer is the caller's. */
json_t *deskcase_ask(struct deskcase *c, json_t *request);

/* The same; the answer must be no error. */
json_t *deskcase_told(struct deskcase *c, json_t *request);

/* The answer must be an error with this code whose text holds the word. */
void deskcase_refused(struct deskcase *c, json_t *request, const char *code, const char *word);

/* The same of any code. */
void deskcase_fails(struct deskcase *c, json_t *request, const char *word);

/* Accounts of every role: user:1 is the operator, then producer, approver, inspector, admin;
 * user:6 a second approver. */
void deskcase_people(struct deskcase *c);

/* station.yaml with these further lines is in force. */
void deskcase_settings(struct deskcase *c, const char *lines);

/* Puts an entry (taken over) into the log; its number. */
int64_t deskcase_log(struct deskcase *c, json_t *entry);

/* A bulletin of two seconds with this title; its id. */
const char *deskcase_add(struct deskcase *c, const char *title);

/* deskcase_open in the usual case: people, and in the name of the producer a bulletin "Tin", whose
 * id is given. */
void deskcase_tin(struct deskcase *c, char id[static ID_BYTES]);

#endif
