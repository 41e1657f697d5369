/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread for each, since one that hangs must not hold the next; it is let go of, since nobody can
 * end it. */
#include "station/opening.h"

#include "base/must.h"
#include "base/text.h"
#include "base/units.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/* Two know of it, this side and the thread; the last one frees it. */
struct opening_one {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int holders;
	bool over; /* what follows is there */
	struct source *source;
	struct err err;
	bool leveled;
	struct wave_levels levels;
	/* Set before the thread begins. */
	struct source *(*open)(const char *path, const char *sha256, struct err *e);
	enum text_reader reader;
	char dir[PATH_BYTES];
	char path[PATH_MASTER_BYTES];
	char sha256[SHA256_HEX_BYTES];
	int notify_fd; /* its own: it may outlive whoever asked */
};

void opening_init(struct opening *o, const char *dir)
{
	*o = (struct opening){.dir = dir,
			      .open = source_open_master,
			      .notify_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
	must(o->notify_fd >= 0);
}

/* Lock held; lets go of it. */
static void let_go(struct opening_one *one)
{
	bool last = --one->holders == 0;

	pthread_mutex_unlock(&one->lock);
	if (!last)
		return;
	if (one->source != NULL)
		one->source->ops->close(one->source);
	pthread_cond_destroy(&one->changed);
	pthread_mutex_destroy(&one->lock);
	close(one->notify_fd);
	free(one);
}

static void *work(void *arg)
{
	struct opening_one *one = arg;
	struct err e = {0}, ignored;

	text_speak(one->reader);
	struct source *source = one->open(one->path, one->sha256, &e);
	bool leveled = source != NULL &&
		       wave_load(&one->levels, one->dir, one->sha256, &ignored);
	pthread_mutex_lock(&one->lock);
	one->source = source;
	one->leveled = leveled;
	one->err = e;
	one->over = true;
	pthread_cond_broadcast(&one->changed);
	must(eventfd_write(one->notify_fd, 1) == 0);
	let_go(one);
	return NULL;
}

static void init_locks(struct opening_one *one)
{
	pthread_condattr_t attr;

	must(pthread_mutex_init(&one->lock, NULL) == 0);
	must(pthread_condattr_init(&attr) == 0);
	must(pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) == 0);
	must(pthread_cond_init(&one->changed, &attr) == 0);
	pthread_condattr_destroy(&attr);
}

static struct opening_one *begin(const struct opening *o, const char *sha256)
{
	struct opening_one *one = calloc(1, sizeof(*one));
	pthread_t thread;

	must(one != NULL);
	init_locks(one);
	one->holders = 2;
	one->open = o->open;
	one->reader = text_speaks();
	snprintf(one->dir, sizeof(one->dir), "%s", o->dir);
	path_master(one->path, o->dir, sha256, ".flac");
	snprintf(one->sha256, sizeof(one->sha256), "%s", sha256);
	one->notify_fd = fcntl(o->notify_fd, F_DUPFD_CLOEXEC, 0);
	must(one->notify_fd >= 0);
	if (pthread_create(&thread, NULL, work, one) == 0) {
		pthread_detach(thread);
		return one;
	}
	pthread_mutex_lock(&one->lock);
	one->holders--;
	let_go(one);
	return NULL;
}

static void release(struct opening *o, int i)
{
	struct opening_one *one = o->list[i];

	o->list[i] = NULL;
	pthread_mutex_lock(&one->lock);
	let_go(one);
}

static bool is_over(struct opening_one *one)
{
	pthread_mutex_lock(&one->lock);
	bool over = one->over;
	pthread_mutex_unlock(&one->lock);
	return over;
}

static void wait_a_moment(struct opening_one *one)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += OPEN_PATIENCE_MS * NS_PER_MS;
	if (until.tv_nsec >= NS_PER_S) {
		until.tv_nsec -= NS_PER_S;
		until.tv_sec++;
	}
	pthread_mutex_lock(&one->lock);
	while (!one->over &&
	       pthread_cond_timedwait(&one->changed, &one->lock, &until) == 0)
		continue;
	pthread_mutex_unlock(&one->lock);
}

static int find(const struct opening *o, const char *sha256)
{
	for (int i = 0; i < OPENINGS_MAX; i++)
		if (o->list[i] != NULL && strcmp(o->list[i]->sha256, sha256) == 0)
			return i;
	return -1;
}

/* A place for one more: whoever asked for one that is there and has not come back will not. −1:
 * all of them hang. */
static int make_room(struct opening *o)
{
	for (int i = 0; i < OPENINGS_MAX; i++)
		if (o->list[i] == NULL)
			return i;
	for (int i = 0; i < OPENINGS_MAX; i++) {
		if (is_over(o->list[i])) {
			release(o, i);
			return i;
		}
	}
	return -1;
}

static struct source *stalled(struct err *e)
{
	err_set(e, ERR_STALLED, T("đĩa chưa trả lời: chưa mở được tệp âm thanh",
				  "the disk does not answer: the sound file is not open yet"));
	return NULL;
}

static struct source *take(struct opening *o, int i, struct err *e)
{
	struct opening_one *one = o->list[i];
	struct source *source = one->source;

	one->source = NULL;
	if (source == NULL)
		*e = one->err;
	o->levels_of[0] = '\0';
	if (one->leveled) {
		o->levels = one->levels;
		memcpy(o->levels_of, one->sha256, sizeof(o->levels_of));
	}
	release(o, i);
	return source;
}

struct source *opening_master(struct opening *o, const char *sha256, struct err *e)
{
	int i = find(o, sha256);

	if (i < 0) {
		i = make_room(o);
		if (i < 0)
			return stalled(e);
		o->list[i] = begin(o, sha256);
		if (o->list[i] == NULL)
			return stalled(e);
		wait_a_moment(o->list[i]);
	}
	return is_over(o->list[i]) ? take(o, i, e) : stalled(e);
}

bool opening_levels(const struct opening *o, const char *sha256, struct wave_levels *out)
{
	if (strcmp(o->levels_of, sha256) != 0)
		return false;
	*out = o->levels;
	return true;
}

void opening_told(const struct opening *o)
{
	eventfd_t ignored;

	eventfd_read(o->notify_fd, &ignored);
}

void opening_finish(struct opening *o)
{
	for (int i = 0; i < OPENINGS_MAX; i++)
		if (o->list[i] != NULL)
			release(o, i);
	if (o->open != NULL)
		close(o->notify_fd);
}
