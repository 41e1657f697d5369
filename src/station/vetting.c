/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/vetting.h"

#include "mix/vetted.h"
#include "sys/log.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool work(void *arg, struct err *e)
{
	const struct vetting *v = arg;
	int fd = open(v->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return err_errno(e, "%s", v->path);
	struct vetted *got = vetted_get(fd, v->sha256, e);
	close(fd);
	vetted_release(got);
	return got != NULL || err_wrap(e, "%s", v->path);
}

/* Nothing airs of it; what comes of that is said when its time has come. */
static void done(void *arg)
{
	struct vetting *v = arg;

	memcpy(v->seen[v->count++ % VETTING_SEEN], v->sha256, sizeof(v->sha256));
	if (!v->work.ok)
		log_warn("%s", v->work.error.text);
}

void vetting_init(struct vetting *v, const char *dir, struct loop *loop)
{
	*v = (struct vetting){.loop = loop, .dir = dir};
}

static bool wants(struct vetting *v, const char *sha256)
{
	if (!path_is_sha256(sha256))
		return false;
	for (int i = 0; i < VETTING_SEEN; i++)
		if (strcmp(v->seen[i], sha256) == 0)
			return false;
	path_master(v->path, v->dir, sha256, ".flac");
	snprintf(v->sha256, sizeof(v->sha256), "%s", sha256);
	return true;
}

static bool find(struct vetting *v, const struct playout *p)
{
	const struct plan_input *w = p->world;

	for (const struct run *r = p->runs; r != NULL; r = r->next)
		for (int i = 0; i < r->item_count; i++)
			if (r->items[i].state == AIRING_PLANNED &&
			    wants(v, airing_sha256(&r->items[i])))
				return true;
	for (int i = 0; p->runs != NULL && i < w->asset_count; i++)
		if (w->settings->bed[0] != '\0' &&
		    strcmp(w->assets[i].path, w->settings->bed) == 0 &&
		    wants(v, w->assets[i].sha256))
			return true;
	return false;
}

void vetting_look(struct vetting *v, const struct playout *p)
{
	struct err e;

	if (v->work.running || !find(v, p))
		return;
	v->work = (struct aside){.work = work, .done = done, .arg = v};
	if (!aside_start(&v->work, v->loop, &e))
		log_warn("%s", e.text);
}

void vetting_stop(struct vetting *v)
{
	aside_join(&v->work);
}
