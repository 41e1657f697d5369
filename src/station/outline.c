/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/outline.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "library/wave.h"
#include "mix/feeder.h"
#include "station/commands.h"
#include "station/station.h"
#include "sys/aside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READ_FRAMES 4800

struct outline {
	struct outline *next;
	struct station *station; /* NULL: on the desk alone */
	uint64_t client;
	json_t *id;
	struct aside work;
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

static void discard(struct outline *o)
{
	json_decref(o->id);
	free(o);
}

static void done(void *arg)
{
	struct outline *o = arg, **at = &o->station->outlines;
	json_t *answer = o->work.ok ?
			 json_pack("{s:O?, s:b, s:o}", "id", o->id, "ok", 1, "bulletin",
				   told(o->bulletin, o->sha256)) :
			 commands_error(o->id, &o->work.error);

	while (*at != o)
		at = &(*at)->next;
	*at = o->next;
	control_send(o->station->control, o->client, answer);
	discard(o);
}

static bool room(const struct station *st, struct err *e)
{
	int count = 0;

	for (const struct outline *o = st->outlines; o != NULL; o = o->next)
		count++;
	return count < OUTLINES_MAX ||
	       err_set(e, ERR_CONFLICT, T("đang vẽ lại dạng sóng của bản tin khác; thử lại sau",
					  "other outlines are being drawn; try again later"));
}

static bool begin(struct request *rq, struct outline *o, json_t *reply, struct err *e)
{
	if (rq->station == NULL) {
		bool ok = work(o, e);
		if (ok)
			json_object_set_new(reply, "bulletin", told(o->bulletin, o->sha256));
		discard(o);
		return ok;
	}
	o->work = (struct aside){.work = work, .done = done, .arg = o};
	if (!room(rq->station, e) || !aside_start(&o->work, rq->station->loop, e)) {
		discard(o);
		return false;
	}
	o->next = rq->station->outlines;
	rq->station->outlines = o;
	rq->later = true;
	return true;
}

bool outline_start(struct request *rq, const struct bulletin *b, json_t *reply, struct err *e)
{
	char path[2 * PATH_BYTES];

	full_path(path, rq->desk->dir, b->sha256, ".wave");
	if (access(path, F_OK) == 0) {
		json_object_set_new(reply, "bulletin", told(b->id, b->sha256));
		return true;
	}
	struct outline *o = calloc(1, sizeof(*o));
	must(o != NULL);
	o->station = rq->station;
	o->client = rq->client;
	o->id = json_incref(rq->id);
	snprintf(o->dir, sizeof(o->dir), "%s", rq->desk->dir);
	memcpy(o->bulletin, b->id, sizeof(o->bulletin));
	memcpy(o->sha256, b->sha256, sizeof(o->sha256));
	return begin(rq, o, reply, e);
}

void outline_stop_all(struct station *st)
{
	while (st->outlines != NULL) {
		struct outline *o = st->outlines;
		st->outlines = o->next;
		aside_join(&o->work);
		discard(o);
	}
}
