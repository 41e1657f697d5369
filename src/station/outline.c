/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/outline.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "library/wave.h"
#include "mix/feeder.h"
#include "station/commands.h"
#include "station/station.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READ_FRAMES 4800

struct outline {
	struct later later;
	char dir[PATH_BYTES];
	char bulletin[ID_BYTES], sha256[SHA256_HEX_BYTES];
};

static void full_path(char out[2 * PATH_BYTES], const char *dir, const char *sha256,
		      const char *suffix)
{
	snprintf(out, 2 * PATH_BYTES, "%s/masters/%s%s", dir, sha256, suffix);
}

/* Aside of the loop: reads the master from its first frame to its last. */
static bool work(void *arg, struct err *e)
{
	const struct outline *o = arg;
	struct wave *wave = calloc(1, sizeof(*wave));
	char path[2 * PATH_BYTES];
	float samples[READ_FRAMES];
	int64_t got = -1;

	must(wave != NULL);
	full_path(path, o->dir, o->sha256, ".flac");
	struct source *master = source_open_master(path, e);
	if (master == NULL) {
		free(wave);
		e->kind = ERR_NOT_FOUND;
		return false;
	}
	while ((got = master->ops->read(master, samples, READ_FRAMES)) > 0)
		wave_add(wave, samples, (size_t)got);
	master->ops->close(master);
	bool ok = got == 0 ? wave_save(wave, o->dir, o->sha256, e)
			   : err_set(e, ERR_DAMAGED, T("tệp âm thanh của %s bị hỏng",
						       "the sound of %s is damaged"), o->bulletin);
	free(wave);
	return ok;
}

static json_t *told(const char *id, const char *sha256)
{
	return json_pack("{s:s, s:s}", "id", id, "sha256", sha256);
}

static bool conclude(void *arg, json_t *reply, struct err *e)
{
	const struct outline *o = arg;

	(void)e;
	json_object_set_new(reply, "bulletin", told(o->bulletin, o->sha256));
	return true;
}

static const struct later_kind kind = {work, conclude, free, NULL};

bool outline_start(struct request *rq, const struct bulletin *b, json_t *reply, struct err *e)
{
	char path[2 * PATH_BYTES];

	full_path(path, rq->desk->dir, b->sha256, ".wave");
	if (access(path, F_OK) == 0) {
		json_object_set_new(reply, "bulletin", told(b->id, b->sha256));
		return true;
	}
	if (later_count(rq->station, &kind) >= OUTLINES_MAX)
		return err_set(e, ERR_CONFLICT,
			       T("đang vẽ lại dạng sóng của bản tin khác; thử lại sau",
				 "other outlines are being drawn; try again later"));
	struct outline *o = calloc(1, sizeof(*o));
	must(o != NULL);
	snprintf(o->dir, sizeof(o->dir), "%s", rq->desk->dir);
	memcpy(o->bulletin, b->id, sizeof(o->bulletin));
	memcpy(o->sha256, b->sha256, sizeof(o->sha256));
	return later_start(&o->later, &kind, o, rq, reply, e);
}
