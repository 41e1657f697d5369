/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of an upload that can be gone on with:
 *
 *   RECEIVING  bytes come, in as many requests as the line needs; they count once they are durable,
 *              which a thread of its own waits for while more arrive
 *   ADDING     whole: the station decodes and measures it. If no station is there, or it has no
 *              room, it is asked again and again: nothing that has arrived is lost
 *   ENDED      a bulletin, refused, or expired; what became of it can be asked for some days
 *
 * A restart finds all of them on the disk (tusfile.h) and goes on. One thread but for the disk. */
#ifndef VX_WEB_TUSLIFE_H
#define VX_WEB_TUSLIFE_H

#include "sys/aside.h"
#include "web/handover.h"
#include "web/tusfile.h"
#include "web/tushead.h"

struct request;
struct web;
struct tus_set;

struct tuslife {
	struct tuslife *prev, *next;
	struct tus_set *set;
	struct tusfile file;
	int fd;		       /* open while bytes arrive or are made durable, else −1 */
	int64_t received;      /* written; those up to file.offset are durable */
	int64_t began;	       /* file.offset when the request under way began */
	struct tushead_checksum sum; /* of what it carries */
	struct request *sender; /* whose body is arriving */
	struct request *waiter; /* who waits until all that was received is durable */
	/* Answers the waiter; e is set if the bytes could not be made durable. May set doomed. */
	void (*answer)(struct tuslife *u, struct request *r, const struct err *e);
	struct aside sync;
	int64_t syncing;       /* bytes that the sync under way makes durable */
	bool listed;	       /* the folder was synced with its names in it */
	bool doomed;	       /* removed as soon as nothing runs any more */
	struct handover add;
	bool adding;
	double progress;       /* of the station's work, 0–1, −1 unknown */
	struct err trouble;    /* why the station is to be asked again */
	struct timer again;
};

/* All of one server. create reads what is on the disk and goes on with it. */
struct tus_set *tuslife_open(struct web *w);
/* Waits for what is being made durable; no request may be under way. Accepts NULL. */
void tuslife_close(struct tus_set *set);

/* NULL if there is none of this name; one whose time is over has ended when this returns. */
struct tuslife *tuslife_find(struct tus_set *set, const char *id);

/* May this address begin another one of so many bytes? Counts it. False + err, and *status is what
 * HTTP calls it: 413, 429 or 507. */
bool tuslife_may_begin(struct tus_set *set, const char *address, int64_t length,
		       unsigned *status, struct err *e);

/* A new one; words are taken. NULL + err. */
struct tuslife *tuslife_create(struct tus_set *set, const char *address, int64_t length,
			       json_t *words, struct err *e);

/* How many requests bring bytes just now. */
int tuslife_senders(const struct tus_set *set);

/* The request begins to send at file.offset; nothing else may run on u. False + err. */
bool tuslife_begin(struct tuslife *u, struct request *sender, struct err *e);
/* A piece; the caller has seen that it fits. False + err. */
bool tuslife_take(struct tuslife *u, const char *data, size_t len, struct err *e);
/* The request is whole. False if its checksum is another one: then its bytes are dropped. */
bool tuslife_whole(struct tuslife *u);
/* The sender is gone, or to be: what it brought stays unless a checksum covers it. */
void tuslife_part(struct tuslife *u);

/* Goes on with whatever is due: to the disk, to the station, away. May free u. */
void tuslife_settle(struct tuslife *u);

/* Suspends r and answers it when all that was received is durable; only if there is no waiter. */
void tuslife_wait(struct tuslife *u, struct request *r,
		  void (*answer)(struct tuslife *u, struct request *r, const struct err *e));
/* The request has gone, whatever it was to u. */
void tuslife_forget(struct tuslife *u, struct request *r);

/* Removes it, now or when the disk has answered. Not while the station has it. */
void tuslife_remove(struct tuslife *u);

/* When it is removed if nothing more comes. */
struct wall tuslife_expires(const struct tuslife *u);

#endif
