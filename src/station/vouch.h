/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Those outside who see the log's head: each is asked when its time has come, and what it says
 * becomes an entry (witness.seen, witness.doubted). Nothing waits for any of them. */
#ifndef VX_STATION_VOUCH_H
#define VX_STATION_VOUCH_H

#include "station/desk.h"
#include "station/vouching.h"
#include "sys/aside.h"

#include <stdbool.h>

/* Witnesses are shown a new head every hour, the time-stamp authority one a day; who could not be
 * reached is tried again after 2, 4, 8 … seconds, at last every quarter of an hour. An entry tells
 * of each once a day: the cosignatures of the hours between stand in LOG/witnessed.
 *
 * A folder that was put back as a whole has nothing in it that says so: only witnesses know that
 * the log had come further. So where there are any, the log is opened held (proof/signer.h), each
 * witness is shown the head of before this start at once, and the first new head is signed when
 * they have answered, or after HOLD_S; that nobody did is a note in the log then. The air never
 * waits for it: entries are durable and hashed meanwhile, they only bear no signature yet. */
struct vouch_one {
	char name[CODE_BYTES];
	struct vouching_memory m;
	char fault[REASON_BYTES]; /* "" none; as saying_store */
	struct mono due;
	int failures; /* in a row */
	bool doubted; /* an entry says so, in this run */
	bool anew;    /* its place in the settings has changed: asked whatever it has seen */
	char place[PATH_BYTES + WITNESS_KEY_BYTES]; /* address and key, or certificate */
};

/* Zero-initialise; the caller's memory. Main thread, but for the job while work runs. */
struct vouch {
	struct desk *desk;
	struct loop *loop;
	void (*changed)(void *arg);
	void *arg;
	struct vouch_one list[WITNESSES_MAX + 1]; /* the authority is called VOUCHING_TSA */
	int count;
	struct vouching *job;
	struct aside work;
	json_t *doubt; /* a saying; NULL none */
	struct mono speak_by; /* a held log is signed then, whoever has answered */
	bool answered; /* somebody has, in this run */
};

/* changed: there is something new for the pages. */
void vouch_init(struct vouch *v, struct desk *desk, struct loop *loop, void (*changed)(void *arg),
		void *arg);

/* Once a second: begins with those that are due. */
void vouch_look(struct vouch *v);

/* Ends what is under way; it is asked again after the next start. */
void vouch_stop(struct vouch *v);

/* For the page: [{name, size, time, at, fault, fault_texts}], and what must be told on top of every
 * page (a saying, the caller's; NULL: nothing) with its grade. */
json_t *vouch_status(const struct vouch *v);
json_t *vouch_banner(const struct vouch *v, const char **grade);

#endif
