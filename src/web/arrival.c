/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/arrival.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/log.h"
#include "web/incoming.h"
#include "web/request.h"
#include "web/tusset.h"
#include "web/web.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define LOOK_BYTES (4 << 20) /* a body without a length is only known by what has come */

int64_t arrival_deadline(int64_t since_ms, int64_t bytes)
{
	return since_ms + ARRIVAL_GRACE_MS + bytes * 1000 / ARRIVAL_BYTES_PER_S_MIN;
}

bool arrival_has_place(const struct web *w, struct err *e)
{
	int count = tusset_senders(w->tus);

	for (const struct arrival *a = w->arrivals; a != NULL; a = a->next)
		count++;
	return count < HTTP_UPLOADS_MAX ||
	       err_set(e, ERR_CONFLICT, T("đang nhận nhiều tệp khác; thử lại sau ít phút",
					  "other files are arriving; try again in a few minutes"));
}

static void path_of(const struct arrival *a, char path[static PATH_BYTES])
{
	incoming_path(a->web->config.dir, a->file.id, "", path);
}

static bool make_file(struct arrival *a, struct err *e)
{
	char path[PATH_BYTES];

	if (!incoming_name(a->web->config.dir, a->file.id, e))
		return false;
	path_of(a, path);
	a->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	return a->fd >= 0 || err_errno(e, "%s", path);
}

/* Leaves the list; the file of the disk is another matter. */
static void destroy(struct arrival *a)
{
	if (a->fd >= 0)
		close(a->fd);
	*(a->prev != NULL ? &a->prev->next : &a->web->arrivals) = a->next;
	if (a->next != NULL)
		a->next->prev = a->prev;
	tusfile_finish(&a->file);
	free(a);
}

static struct arrival *create(struct request *r, const struct tusowner *who, json_t *words)
{
	struct arrival *a = calloc(1, sizeof(*a));

	must(a != NULL);
	a->web = r->web;
	a->fd = -1;
	a->file = (struct tusfile){.words = words, .owner = *who};
	a->since_ms = web_now_ms(r->web);
	a->next = r->web->arrivals;
	if (a->next != NULL)
		a->next->prev = a;
	r->web->arrivals = a;
	r->visit->deadline_ms = arrival_deadline(a->since_ms, 0);
	return a;
}

struct arrival *arrival_begin(struct request *r, int64_t bytes, json_t *words, unsigned *status,
			      struct err *e)
{
	struct tusowner who = tusset_owner(r);

	*status = MHD_HTTP_SERVICE_UNAVAILABLE;
	if (!arrival_has_place(r->web, e) ||
	    !tusset_may_begin(r->web->tus, &who, bytes, status, e)) {
		json_decref(words);
		return NULL;
	}
	struct arrival *a = create(r, &who, words);
	*status = MHD_HTTP_INTERNAL_SERVER_ERROR;
	if (make_file(a, e))
		return a;
	destroy(a);
	return NULL;
}

bool arrival_take(struct arrival *a, struct request *r, const char *data, size_t len,
		  unsigned *status, struct err *e)
{
	int64_t before = a->file.length;

	a->file.length += (int64_t)len;
	r->visit->deadline_ms = arrival_deadline(a->since_ms, a->file.length);
	*status = MHD_HTTP_CONTENT_TOO_LARGE;
	if (a->file.length > AUDIO_FILE_BYTES_MAX)
		return err_set(e, ERR_USAGE, T("tệp quá lớn: nhiều nhất %d GB",
					       "the file is too large: at most %d GB"),
			       (int)(AUDIO_FILE_BYTES_MAX >> 30));
	*status = MHD_HTTP_INSUFFICIENT_STORAGE;
	bool look = before / LOOK_BYTES != a->file.length / LOOK_BYTES;
	return incoming_write(a->fd, data, len, before, e) &&
	       (!look || incoming_has_room(a->web->config.dir, 0, e));
}

void arrival_drop(struct arrival *a)
{
	char path[PATH_BYTES];

	path_of(a, path);
	destroy(a);
	unlink(path);
}

static bool make_durable(void *arg, struct err *e)
{
	struct arrival *a = arg;

	return tusfile_adopt(&a->file, a->web->config.dir, a->fd, e);
}

static void durable(void *arg)
{
	struct arrival *a = arg;
	struct tuslife *u = NULL;
	struct err e = a->sync.error;
	void (*there)(void *, struct tuslife *, const struct err *) = a->there;

	arg = a->arg;
	if (a->sync.ok) {
		u = tusset_adopt(a->web->tus, &a->file);
		a->file.words = NULL; /* taken */
	} else {
		log_warn("%s: %s", a->file.id, e.text);
		tusfile_remove(&a->file, a->web->config.dir);
	}
	destroy(a);
	if (there != NULL)
		there(arg, u, &e);
}

void arrival_whole(struct arrival *a, void (*there)(void *arg, struct tuslife *u,
						    const struct err *e), void *arg)
{
	must(a->file.length > 0);
	a->there = there;
	a->arg = arg;
	a->sync = (struct aside){.work = make_durable, .done = durable, .arg = a};
	if (!aside_start(&a->sync, a->web->loop, &a->sync.error))
		durable(a);
}

void arrival_stop_all(struct web *w)
{
	for (struct arrival *a = w->arrivals, *next; a != NULL; a = next) {
		next = a->next;
		aside_join(&a->sync);
		destroy(a);
	}
}
