/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/outline.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/path.h"
#include "base/text.h"
#include "library/wave.h"
#include "mix/feeder.h"
#include "station/commands.h"
#include "station/station.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct outline {
	struct later later;
	char dir[PATH_BYTES];
	char bulletin[ID_BYTES], sha256[SHA256_HEX_BYTES];
};

static void add(void *arg, const float *samples, size_t frames)
{
	wave_add(arg, samples, frames);
}

static bool work(void *arg, struct err *e)
{
	const struct outline *o = arg;
	struct wave *wave = calloc(1, sizeof(*wave));
	char path[PATH_MASTER_BYTES];

	must(wave != NULL);
	path_master(path, o->dir, o->sha256, ".flac");
	bool ok = source_read_master(path, add, wave, e);
	if (!ok && e->kind == ERR_DAMAGED)
		err_set(e, ERR_DAMAGED, T("tệp âm thanh của %s bị hỏng",
					  "the sound of %s is damaged"), o->bulletin);
	else if (!ok)
		e->kind = ERR_NOT_FOUND;
	ok = ok && wave_save(wave, o->dir, o->sha256, e);
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
	char path[PATH_MASTER_BYTES];

	path_master(path, rq->desk->dir, b->sha256, ".wave");
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
