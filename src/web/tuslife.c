/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/tuslife.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "people/throttle.h"
#include "sys/log.h"
#include "web/request.h"
#include "web/web.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AGAIN_MS 3000		    /* the station is asked again after so long */
#define SWEEP_MS (10 * 60000)
#define KEPT_S (7 * 86400)	    /* what became of one is told for so long */

struct tus_set {
	struct web *web;
	struct tuslife *first;
	int count;
	struct timer sweep;
	struct throttle addresses, all; /* beginnings */
};

static const char *dir_of(const struct tuslife *u)
{
	return u->set->web->config.dir;
}

static void timer_in(struct tus_set *set, struct timer *t, int64_t ms)
{
	timer_set(t, mono_add_ns(clock_mono(set->web->clock), ms * NS_PER_MS));
}

static void touch(struct tuslife *u)
{
	u->file.touched = clock_wall(u->set->web->clock);
}

static void close_file(struct tuslife *u)
{
	if (u->fd >= 0)
		close(u->fd);
	u->fd = -1;
}

static void destroy(struct tuslife *u)
{
	struct tus_set *set = u->set;

	aside_join(&u->sync);
	handover_stop(&u->add);
	timer_close(&u->again, set->web->loop);
	close_file(u);
	*(u->prev != NULL ? &u->prev->next : &set->first) = u->next;
	if (u->next != NULL)
		u->next->prev = u->prev;
	set->count--;
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
}

/* Final are the station's words about the file and what was said of it; anything else may be
 * otherwise the next time. */
static bool is_final(const struct err *e)
{
	return e->kind == ERR_USAGE || e->kind == ERR_UNSUPPORTED || e->kind == ERR_DAMAGED ||
	       e->kind == ERR_REFUSED;
}

static void add_over(void *arg, const json_t *reply, const struct err *e, bool away)
{
	struct tuslife *u = arg;

	if (reply != NULL) {
		end(u, json_pack("{s:O*}", "bulletin", json_object_get(reply, "bulletin")));
		return;
	}
	if (!away && is_final(e)) {
		log_warn(T("tệp đã tải lên bị từ chối: %s", "an uploaded file was refused: %s"),
			 e->text);
		end(u, json_pack("{s:{s:s, s:s}}", "error", "code", err_code(e->kind), "text",
				 e->text));
		return;
	}
	u->adding = false;
	u->trouble = *e;
	timer_in(u->set, &u->again, AGAIN_MS);
}

static int adding_now(const struct tus_set *set)
{
	int count = 0;

	for (const struct tuslife *u = set->first; u != NULL; u = u->next)
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
	if (adding_now(u->set) >= HTTP_UPLOADS_MAX) {
		timer_in(u->set, &u->again, AGAIN_MS);
		return;
	}
	u->adding = true;
	u->progress = -1;
	u->add.progress = add_progress;
	u->add.over = add_over;
	u->add.arg = u;
	incoming_path(dir_of(u), u->file.id, "", path);
	handover_start(&u->add, u->set->web, u->file.words, path);
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
	if (!aside_start(&u->sync, u->set->web->loop, &u->sync.error))
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
		destroy(u);
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

static struct tuslife *join(struct tus_set *set, const struct tusfile *file)
{
	struct tuslife *u = calloc(1, sizeof(*u));

	must(u != NULL);
	u->set = set;
	u->file = *file;
	u->fd = -1;
	u->received = file->offset;
	u->sync.work = sync_work;
	u->sync.done = synced;
	u->sync.arg = u;
	timer_open(&u->again, set->web->loop);
	u->again.due = hand_over_again;
	u->again.arg = u;
	u->next = set->first;
	if (u->next != NULL)
		u->next->prev = u;
	set->first = u;
	set->count++;
	return u;
}

struct wall tuslife_expires(const struct tuslife *u)
{
	return wall_add_ns(u->file.touched, TUS_EXPIRES_S * NS_PER_S);
}

/* Ends it, or removes it, if its time is over. True if it is gone. */
static bool age(struct tuslife *u)
{
	struct wall now = clock_wall(u->set->web->clock);
	bool idle = u->sender == NULL && u->waiter == NULL && !u->sync.running && !u->adding;

	if (!idle)
		return false;
	if (u->file.end != NULL &&
	    now.ns > wall_add_ns(u->file.touched, KEPT_S * NS_PER_S).ns) {
		tusfile_remove(&u->file, dir_of(u));
		destroy(u);
		return true;
	}
	if (u->file.end == NULL && u->file.offset < u->file.length &&
	    now.ns > tuslife_expires(u).ns)
		end(u, json_pack("{s:b}", "expired", 1));
	return false;
}

static void sweep(struct timer *t)
{
	struct tus_set *set = t->arg;

	for (struct tuslife *u = set->first, *next; u != NULL; u = next) {
		next = u->next;
		age(u);
	}
	timer_in(set, t, SWEEP_MS);
}

static void load_one(struct tus_set *set, const char *name)
{
	const char *dir = set->web->config.dir;
	char id[INCOMING_ID_BYTES] = "", path[PATH_BYTES];
	struct tusfile file;
	struct err e = {0};

	if (strlen(name) < sizeof(id) - 1)
		return;
	memcpy(id, name, sizeof(id) - 1);
	if (!incoming_is_id(id) || strncmp(name + sizeof(id) - 1, TUSFILE_ENDING, 4) != 0)
		return;
	if (strcmp(name + sizeof(id) - 1, TUSFILE_ENDING) == 0 && set->count < TUS_KEPT_MAX &&
	    tusfile_load(&file, dir, id, &e)) {
		join(set, &file)->listed = true;
		return;
	}
	/* Half written when the power went: nobody was told that it is there. Its bytes, if there
	 * are any, go the way of all that is a day old. */
	snprintf(path, sizeof(path), "%s/incoming/%s", dir, name);
	unlink(path);
}

struct tus_set *tuslife_open(struct web *w)
{
	struct tus_set *set = calloc(1, sizeof(*set));
	char folder[PATH_BYTES];

	must(set != NULL);
	set->web = w;
	throttle_init(&set->addresses, TUS_ADDRESS_PER_MINUTE,
		      60 * NS_PER_S / TUS_ADDRESS_PER_MINUTE);
	throttle_init(&set->all, TUS_BEGIN_PER_MINUTE, 60 * NS_PER_S / TUS_BEGIN_PER_MINUTE);
	snprintf(folder, sizeof(folder), "%s/incoming", w->config.dir);
	DIR *d = opendir(folder);
	for (struct dirent *f; d != NULL && (f = readdir(d)) != NULL;)
		load_one(set, f->d_name);
	if (d != NULL)
		closedir(d);
	timer_open(&set->sweep, w->loop);
	set->sweep.due = sweep;
	set->sweep.arg = set;
	sweep(&set->sweep);
	for (struct tuslife *u = set->first; u != NULL; u = u->next)
		if (u->file.end == NULL && u->file.offset == u->file.length)
			timer_in(set, &u->again, 0);
	return set;
}

void tuslife_close(struct tus_set *set)
{
	if (set == NULL)
		return;
	for (struct tuslife *u = set->first, *next; u != NULL; u = next) {
		next = u->next;
		destroy(u);
	}
	timer_close(&set->sweep, set->web->loop);
	free(set);
}

struct tuslife *tuslife_find(struct tus_set *set, const char *id)
{
	for (struct tuslife *u = set->first; u != NULL; u = u->next)
		if (strcmp(u->file.id, id) == 0)
			return u->doomed || age(u) ? NULL : u;
	return NULL;
}

/* Those that stand now, and what they may still take from the disk. */
static void count(const struct tus_set *set, const char *address, int *all, int *own,
		  int64_t *promised)
{
	for (const struct tuslife *u = set->first; u != NULL; u = u->next) {
		if (u->file.end != NULL)
			continue;
		*all += 1;
		*own += strcmp(u->file.address, address) == 0;
		*promised += u->file.length - u->received;
	}
}

/* Counts a beginning of this address. */
static bool not_too_fast(struct tus_set *set, const char *address)
{
	struct mono now = clock_mono(set->web->clock);
	int64_t wait_ns;

	if (!throttle_take(&set->addresses, address, now, &wait_ns))
		return false;
	if (throttle_take(&set->all, "", now, &wait_ns))
		return true;
	throttle_return(&set->addresses, address);
	return false;
}

bool tuslife_may_begin(struct tus_set *set, const char *address, int64_t length,
		       unsigned *status, struct err *e)
{
	int all = 0, own = 0;
	int64_t promised = 0;

	*status = MHD_HTTP_CONTENT_TOO_LARGE;
	if (length > AUDIO_FILE_BYTES_MAX)
		return err_set(e, ERR_USAGE, T("tệp quá lớn: nhiều nhất %d GB",
					       "the file is too large: at most %d GB"),
			       (int)(AUDIO_FILE_BYTES_MAX >> 30));
	*status = MHD_HTTP_TOO_MANY_REQUESTS;
	count(set, address, &all, &own, &promised);
	if (all >= TUS_UPLOADS_MAX || own >= TUS_ADDRESS_MAX || set->count >= TUS_KEPT_MAX)
		return err_set(e, ERR_CONFLICT,
			       T("còn nhiều tệp gửi dở; chờ gửi xong, hoặc bỏ bớt, rồi thử lại",
				 "many files are half sent; wait for them, or give some up, and "
				 "try again"));
	if (!not_too_fast(set, address))
		return err_set(e, ERR_CONFLICT, T("gửi quá nhiều tệp trong một phút; chờ một phút",
						  "too many files in a minute; wait a minute"));
	*status = MHD_HTTP_INSUFFICIENT_STORAGE;
	return incoming_has_room(set->web->config.dir, promised + length, e);
}

struct tuslife *tuslife_create(struct tus_set *set, const char *address, int64_t length,
			       json_t *words, struct err *e)
{
	struct tusfile file = {.length = length, .words = words,
			       .touched = clock_wall(set->web->clock)};

	snprintf(file.address, sizeof(file.address), "%s", address);
	if (tusfile_create(&file, set->web->config.dir, e))
		return join(set, &file);
	tusfile_finish(&file);
	return NULL;
}

int tuslife_senders(const struct tus_set *set)
{
	int senders = 0;

	for (const struct tuslife *u = set->first; u != NULL; u = u->next)
		senders += u->sender != NULL;
	return senders;
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
