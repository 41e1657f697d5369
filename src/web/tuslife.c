/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/tuslife.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/log.h"
#include "web/request.h"
#include "web/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AGAIN_NS (3 * NS_PER_S)	    /* the station is asked again after so long */
#define KEPT_S (7 * 86400)	    /* what became of one is told for so long */

static const char *dir_of(const struct tuslife *u)
{
	return u->list->web->config.dir;
}

static void ask_again(struct tuslife *u)
{
	timer_set(&u->again, mono_add_ns(clock_mono(u->list->web->clock), AGAIN_NS));
}

static void touch(struct tuslife *u)
{
	u->file.touched = clock_wall(u->list->web->clock);
}

static void close_file(struct tuslife *u)
{
	if (u->fd >= 0)
		close(u->fd);
	u->fd = -1;
}

void tuslife_destroy(struct tuslife *u)
{
	struct tuslist *list = u->list;

	aside_join(&u->sync);
	handover_stop(&u->add);
	timer_close(&u->again, list->web->loop);
	close_file(u);
	*(u->prev != NULL ? &u->prev->next : &list->first) = u->next;
	if (u->next != NULL)
		u->next->prev = u->prev;
	list->count--;
	tusfile_finish(&u->file);
	free(u);
}

static void end(struct tuslife *u, json_t *how)
{
	u->adding = false;
	tusfile_end(&u->file, dir_of(u), how);
	touch(u);
}

static void add_progress(void *arg, double done)
{
	struct tuslife *u = arg;

	u->progress = done;
	if (u->hearer != NULL && done >= 0)
		u->hearer->progress(u->hearer->arg, done);
}

/* May free u. */
static void tell(struct tuslife *u, const json_t *reply, const struct err *e, bool again)
{
	const struct tushearer *hearer = u->hearer;

	u->hearer = NULL;
	if (hearer != NULL)
		hearer->over(hearer->arg, reply, e, again);
}

/* Final are the station's words about the file and what was said of it; anything else may be
 * otherwise the next time. Not found is what was said of it, unless it is the file. */
static bool is_final(const struct tuslife *u, const struct err *e)
{
	return e->kind == ERR_USAGE || e->kind == ERR_UNSUPPORTED || e->kind == ERR_DAMAGED ||
	       e->kind == ERR_REFUSED ||
	       (e->kind == ERR_NOT_FOUND && tusfile_there(&u->file, dir_of(u)));
}

static void add_over(void *arg, const json_t *reply, const struct err *e, bool away)
{
	struct tuslife *u = arg;

	if (reply != NULL) {
		end(u, json_pack("{s:O*}", "bulletin", json_object_get(reply, "bulletin")));
		tell(u, reply, NULL, false);
		return;
	}
	if (!away && is_final(u, e)) {
		log_warn(T("tệp đã tải lên bị từ chối: %s", "an uploaded file was refused: %s"),
			 e->text);
		end(u, json_pack("{s:{s:s, s:s}}", "error", "code", err_code(e->kind), "text",
				 e->text));
		tell(u, NULL, e, false);
		return;
	}
	u->adding = false;
	u->trouble = *e;
	if (away) /* where its socket is says nothing to the sender */
		err_set(&u->trouble, ERR_FAILED,
			T("đài không trả lời", "the station does not answer"));
	ask_again(u);
	tell(u, NULL, &u->trouble, true);
}

static int adding_now(const struct tuslist *list)
{
	int count = 0;

	for (const struct tuslife *u = list->first; u != NULL; u = u->next)
		count += u->adding;
	return count;
}

/* The station removes the bytes when it has them in its library, never before: bytes that are gone
 * have become a bulletin while nobody here could hear of it. */
static void hand_over(struct tuslife *u)
{
	char path[PATH_BYTES];

	if (u->adding || u->file.end != NULL)
		return;
	if (!tusfile_there(&u->file, dir_of(u))) {
		end(u, json_pack("{s:b}", "taken", 1));
		return;
	}
	if (adding_now(u->list) >= HTTP_UPLOADS_MAX) {
		ask_again(u);
		return;
	}
	u->adding = true;
	u->progress = -1;
	u->add.progress = add_progress;
	u->add.over = add_over;
	u->add.arg = u;
	incoming_path(dir_of(u), u->file.id, "", path);
	handover_start(&u->add, u->list->web, u->file.words, path);
}

static void hand_over_again(struct timer *t)
{
	hand_over(t->arg);
}

static bool sync_work(void *arg, struct err *e)
{
	struct tuslife *u = arg;

	return tusfile_commit(&u->file, dir_of(u), u->fd, u->syncing, e) &&
	       (u->listed || incoming_sync_folder(dir_of(u), e));
}

static void synced(void *arg);

static void start_sync(struct tuslife *u)
{
	u->syncing = u->received;
	if (!aside_start(&u->sync, u->list->web->loop, &u->sync.error))
		synced(u);
}

static void answer_waiter(struct tuslife *u, const struct err *e)
{
	struct request *r = u->waiter;

	u->waiter = NULL;
	if (r != NULL) {
		r->tus = NULL;
		u->answer(u, r, e);
	}
}

/* Brings what was received to the disk if anybody waits for it, and goes on from there. */
void tuslife_settle(struct tuslife *u)
{
	if (u->sync.running)
		return;
	bool owed = u->received > u->file.offset || !u->listed;
	if (u->fd >= 0 && owed && !u->doomed && (u->waiter != NULL || u->sender == NULL)) {
		start_sync(u);
		return;
	}
	answer_waiter(u, NULL);
	if (u->sender != NULL)
		return;
	close_file(u);
	if (u->doomed) {
		tusfile_remove(&u->file, dir_of(u));
		tuslife_destroy(u);
	} else if (u->file.offset == u->file.length) {
		hand_over(u);
	}
}

static void refuse_sender(struct tuslife *u, const struct err *e)
{
	struct request *r = u->sender;

	if (r == NULL)
		return;
	u->sender = NULL;
	r->tus = NULL;
	request_refuse(r, e, NULL);
}

static void synced(void *arg)
{
	struct tuslife *u = arg;

	if (u->sync.ok) {
		u->file.offset = u->syncing;
		u->listed = true;
		touch(u);
	} else {
		/* What the disk did not take is sent again, from where it still held. */
		log_warn("%s: %s", u->file.id, u->sync.error.text);
		u->received = u->file.offset;
		refuse_sender(u, &u->sync.error);
		answer_waiter(u, &u->sync.error);
		if (!u->doomed) {
			close_file(u);
			return;
		}
	}
	tuslife_settle(u);
}

struct tuslife *tuslife_new(struct tuslist *list, const struct tusfile *file)
{
	struct tuslife *u = calloc(1, sizeof(*u));

	must(u != NULL);
	u->list = list;
	u->file = *file;
	u->fd = -1;
	u->received = file->offset;
	u->sync.work = sync_work;
	u->sync.done = synced;
	u->sync.arg = u;
	timer_open(&u->again, list->web->loop);
	u->again.due = hand_over_again;
	u->again.arg = u;
	u->next = list->first;
	if (u->next != NULL)
		u->next->prev = u;
	list->first = u;
	list->count++;
	return u;
}

struct wall tuslife_expires(const struct tuslife *u)
{
	return wall_add_ns(u->file.touched, TUS_EXPIRES_S * NS_PER_S);
}

bool tuslife_age(struct tuslife *u)
{
	struct wall now = clock_wall(u->list->web->clock);
	bool idle = u->sender == NULL && u->waiter == NULL && !u->sync.running && !u->adding;

	if (!idle)
		return false;
	if (u->file.end != NULL &&
	    now.ns > wall_add_ns(u->file.touched, KEPT_S * NS_PER_S).ns) {
		tusfile_remove(&u->file, dir_of(u));
		tuslife_destroy(u);
		return true;
	}
	if (u->file.end == NULL && u->file.offset < u->file.length &&
	    now.ns > tuslife_expires(u).ns)
		end(u, json_pack("{s:b}", "expired", 1));
	return false;
}

void tuslife_go_on(struct tuslife *u)
{
	if (u->file.end == NULL && u->file.offset == u->file.length)
		timer_set(&u->again, clock_mono(u->list->web->clock));
}

bool tuslife_begin(struct tuslife *u, struct request *sender, struct err *e)
{
	must(u->sender == NULL && !u->sync.running && u->fd < 0);
	u->fd = tusfile_open(&u->file, dir_of(u), e);
	if (u->fd < 0)
		return false;
	u->received = u->began = u->file.offset;
	u->sender = sender;
	sender->tus = u;
	return true;
}

bool tuslife_take(struct tuslife *u, const char *data, size_t len, struct err *e)
{
	if (!incoming_write(u->fd, data, len, u->received, e))
		return false;
	tushead_add(&u->sum, data, len);
	u->received += (int64_t)len;
	bool much = u->received - u->file.offset >= TUS_SYNC_BYTES;
	if (much && u->sum.kind == TUSHEAD_NO_SUM && !u->sync.running)
		start_sync(u);
	return true;
}

bool tuslife_whole(struct tuslife *u)
{
	bool good = tushead_matches(&u->sum);

	u->sender->tus = NULL;
	u->sender = NULL;
	if (!good)
		u->received = u->began;
	u->sum.kind = TUSHEAD_NO_SUM;
	return good;
}

void tuslife_part(struct tuslife *u)
{
	if (u->sender == NULL)
		return;
	u->sender->tus = NULL;
	u->sender = NULL;
	if (u->sum.kind != TUSHEAD_NO_SUM)
		u->received = u->began;
	u->sum.kind = TUSHEAD_NO_SUM;
	u->doomed |= !u->listed; /* nobody was told its name */
	tuslife_settle(u);
}

void tuslife_wait(struct tuslife *u, struct request *r,
		  void (*answer)(struct tuslife *u, struct request *r, const struct err *e))
{
	must(u->waiter == NULL);
	u->waiter = r;
	u->answer = answer;
	r->tus = u;
	request_suspend(r);
	tuslife_settle(u);
}

void tuslife_forget(struct tuslife *u, struct request *r)
{
	if (u->waiter == r)
		u->waiter = NULL;
	if (u->sender == r)
		tuslife_part(u);
	r->tus = NULL;
}

void tuslife_remove(struct tuslife *u)
{
	must(!u->adding);
	u->doomed = true;
	if (u->sender != NULL)
		tuslife_part(u);
	else
		tuslife_settle(u);
}
