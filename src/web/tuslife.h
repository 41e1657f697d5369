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
struct tuslife;
struct web;

/* Those of one server. */
struct tuslist {
	struct web *web;
	struct tuslife *first;
	int count;
};

/* Who waits for what becomes of one. */
struct tushearer {
	void (*progress)(void *arg, double done); /* 0–1 */
	/* The last word: the station's own answer, or NULL and why. again: the station will be
	 * asked again, so that this is not the end of it. May remove the upload. */
	void (*over)(void *arg, const json_t *reply, const struct err *e, bool again);
	void *arg;
};

struct tuslife {
	struct tuslife *prev, *next;
	struct tuslist *list;
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
	const struct tushearer *hearer; /* NULL: nobody waits */
};

/* One that stands on the disk as file, which is taken; joins the list. */
struct tuslife *tuslife_new(struct tuslist *list, const struct tusfile *file);
/* Leaves the list and frees u, not its files. Waits for what is being made durable; no request may
 * be under way. */
void tuslife_destroy(struct tuslife *u);
/* Asks the station, from the loop, if it is whole and nothing came of it yet. */
void tuslife_go_on(struct tuslife *u);
/* Ends it, or removes and frees it, if its time is over. True if it is gone. */
bool tuslife_age(struct tuslife *u);

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
