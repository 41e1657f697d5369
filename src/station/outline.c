/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/outline.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/path.h"
#include "base/text.h"
#include "library/wave.h"
#include "mix/coder.h"
#include "mix/feeder.h"
#include "station/commands.h"
#include "station/recording.h"
#include "station/replay.h"
#include "station/station.h"
#include "sys/log.h"

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
	bool ok = source_read_master(path, o->sha256, add, wave, e);
	if (!ok && (e->kind == ERR_DAMAGED || e->kind == ERR_DIFFERS))
		err_set(e, ERR_DAMAGED, T("tệp âm thanh của %s bị hỏng hoặc đã bị thay",
					  "the sound of %s is damaged or was replaced"),
			o->bulletin);
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

/* Of an airing's recording. */
struct stretch {
	struct later later;
	char dir[PATH_BYTES], airing[ID_BYTES];
	char sha256[SHA256_HEX_BYTES]; /* of its master, "" none */
	struct recording recording;
	struct wave wave, master;
	bool damaged, master_right;
};

/* Not from the file that lies beside it: whoever compares two outlines must not be shown one that
 * somebody else has drawn. */
static void draw_master(struct stretch *h)
{
	char path[PATH_MASTER_BYTES];
	struct err e = {0};

	if (h->sha256[0] == '\0')
		return;
	path_master(path, h->dir, h->sha256, ".flac");
	h->master_right = source_read_master(path, h->sha256, add, &h->master, &e);
	if (!h->master_right)
		log_warn("%s: %s", h->airing, e.text);
}

static bool work_stretch(void *arg, struct err *e)
{
	struct stretch *h = arg;

	draw_master(h);
	return replay_samples(h->dir, &h->recording, h->recording.into_frames, add, &h->wave,
			      &h->damaged) ||
	       err_set(e, ERR_NOT_FOUND,
		       T("tệp ghi âm của %s không còn trên đĩa của đài",
			 "the recording of %s is no longer on the station's disk"), h->airing);
}

static bool conclude_stretch(void *arg, json_t *reply, struct err *e)
{
	const struct stretch *h = arg;

	(void)e;
	json_object_set_new(reply, "airing", json_string(h->airing));
	json_object_set_new(reply, "damaged", json_boolean(h->damaged));
	json_object_set_new(reply, "waveform", wave_json(&h->wave));
	if (h->sha256[0] != '\0')
		json_object_set_new(reply, "master",
				    h->master_right ? wave_json(&h->master) : json_null());
	return true;
}

static const struct later_kind kind_stretch = {work_stretch, conclude_stretch, free, NULL};

static bool may_draw(const struct request *rq, struct err *e)
{
	return later_count(rq->station, &kind) + later_count(rq->station, &kind_stretch) <
		       OUTLINES_MAX ||
	       err_set(e, ERR_CONFLICT,
		       T("đang vẽ các dạng sóng khác; thử lại sau",
			 "other outlines are being drawn; try again later"));
}

bool outline_start(struct request *rq, const struct bulletin *b, json_t *reply, struct err *e)
{
	if (wave_is_of(rq->desk->dir, b->sha256)) {
		json_object_set_new(reply, "bulletin", told(b->id, b->sha256));
		return true;
	}
	if (!may_draw(rq, e))
		return false;
	struct outline *o = calloc(1, sizeof(*o));
	must(o != NULL);
	snprintf(o->dir, sizeof(o->dir), "%s", rq->desk->dir);
	memcpy(o->bulletin, b->id, sizeof(o->bulletin));
	memcpy(o->sha256, b->sha256, sizeof(o->sha256));
	return later_start(&o->later, &kind, o, rq, reply, e);
}

static int64_t length_s(const struct recording *r)
{
	int64_t bytes = 0;

	for (int i = 0; i < r->count; i++)
		bytes += r->parts[i].bytes;
	return bytes / coder_frame_bytes() * MP3_FRAMES / FRAMES_PER_S;
}

bool outline_recording(struct request *rq, const struct airing_row *row, const struct recording *r,
		       json_t *reply, struct err *e)
{
	if (length_s(r) > OUTLINE_S_MAX)
		return err_set(e, ERR_CONFLICT,
			       T("%s dài hơn %d phút nên không vẽ dạng sóng bản ghi",
				 "%s is longer than %d minutes: its recording is not drawn"),
			       row->id, OUTLINE_S_MAX / 60);
	if (!may_draw(rq, e))
		return false;
	struct stretch *h = calloc(1, sizeof(*h));
	must(h != NULL);
	snprintf(h->dir, sizeof(h->dir), "%s", rq->desk->dir);
	memcpy(h->airing, row->id, sizeof(h->airing));
	memcpy(h->sha256, row->sha256, sizeof(h->sha256));
	h->recording = *r;
	return later_start(&h->later, &kind_stretch, h, rq, reply, e);
}
