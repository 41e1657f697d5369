/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/recording.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "mix/coder.h"
#include "proof/entry.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HOUR_NS (3600 * NS_PER_S)
#define FRAMES_PER_MS (FRAMES_PER_S / 1000)
#define TOUCH_MS 200 /* files that follow one another: their times are rounded, a clock is slewed */

/* On the way from part to part. */
struct cut {
	struct desk *desk;
	struct recording *out;
	struct recording_row now; /* the recording that the cut has reached; n −1: open still */
	int64_t left;		  /* MP3 frames still wanted */
};

static struct wall wall_of_ms(int64_t ms)
{
	return (struct wall){ms * NS_PER_MS};
}

static bool none(const struct airing_row *row, struct err *e)
{
	return err_set(e, ERR_NOT_FOUND, T("%s: không có đoạn ghi âm nào trong nhật ký",
					   "%s: the log knows no recording of it"), row->id);
}

/* The file may not be closed yet: then no entry names it. */
static bool look_up(struct desk *d, const char *file, struct recording_row *r, struct err *e)
{
	struct err sought = {0};

	if (history_recording(ledger_view(d->ledger), file, r, &sought))
		return true;
	if (sought.kind != ERR_NOT_FOUND) {
		*e = sought;
		return false;
	}
	*r = (struct recording_row){.n = -1, .removed_n = -1};
	snprintf(r->file, sizeof(r->file), "%s", file);
	return true;
}

/* That in which the airing begins. A name that another recording has had since is not its own: then
 * the log knows of none; a name that no entry has since is a file that is open still. */
static bool look_up_of(struct desk *d, const struct airing_row *row, struct recording_row *r,
		       struct err *e)
{
	if (history_recording_of(ledger_view(d->ledger), row, r, e))
		return true;
	if (e->kind != ERR_NOT_FOUND || !look_up(d, row->recording, r, e))
		return false;
	if (r->n > entry_id_index(row->id, 'A'))
		return none(row, e);
	*r = (struct recording_row){.n = -1, .removed_n = -1};
	snprintf(r->file, sizeof(r->file), "%s", row->recording);
	return true;
}

static void add_part(struct cut *c, int64_t first_frame)
{
	struct recording_part *part = &c->out->parts[c->out->count++];
	int64_t frame_bytes = coder_frame_bytes(), frames = c->left;
	char full[PATH_BYTES * 2];

	if (c->now.n >= 0 && frames > c->now.bytes / frame_bytes - first_frame)
		frames = c->now.bytes / frame_bytes - first_frame;
	*part = (struct recording_part){.entry = c->now.n,
					.first = first_frame * frame_bytes,
					.bytes = frames > 0 ? frames * frame_bytes : 0,
					.removed_n = c->now.removed_n,
					.differs = c->now.differs,
					.removed_ms = c->now.removed_ms};
	memcpy(part->file, c->now.file, sizeof(part->file));
	memcpy(part->sha256, c->now.sha256, sizeof(part->sha256));
	memcpy(part->removed_why, c->now.removed_why, sizeof(part->removed_why));
	snprintf(full, sizeof(full), "%s/%s", c->desk->dir, part->file);
	part->there = access(full, R_OK) == 0;
	c->left -= frames > 0 ? frames : 0;
}

static bool take_next(const struct recording_row *r, void *arg)
{
	struct cut *c = arg;

	if (r->n == c->now.n || r->to_ms <= c->now.to_ms)
		return true;
	/* What was not recorded between two files cannot be cut out of the second. */
	int64_t gap_frames = (r->from_ms - c->now.to_ms) * FRAMES_PER_MS / MP3_FRAMES;
	c->left -= gap_frames > 0 ? gap_frames : 0;
	c->now = *r;
	return false;
}

/* The newest file of the hour in which the last one ended, if it is open still. */
static bool take_open(struct cut *c, struct err *e)
{
	const struct tz *tz = &c->desk->world.files->settings.tz;
	char path[PATH_BYTES], full[PATH_BYTES * 2];
	struct recording_row found = {.n = 0};

	for (int i = 1; i <= RECORDINGS_PER_HOUR_MAX; i++) {
		recorder_path(tz, c->now.zone, wall_of_ms(c->now.to_ms), i, path);
		snprintf(full, sizeof(full), "%s/%s", c->desk->dir, path);
		struct recording_row next = {.n = 0};
		if (!look_up(c->desk, path, &next, e))
			return false;
		/* The name of one that is gone stays its own: those behind it may be there. */
		if (next.n < 0 && access(full, F_OK) != 0)
			break;
		found = next;
	}
	if (found.n >= 0)
		c->left = 0;
	else
		c->now = found;
	return true;
}

static bool follow(struct cut *c, struct err *e)
{
	struct wall from = wall_of_ms(c->now.to_ms - TOUCH_MS);
	int64_t before = c->now.n;
	char zone[NAME_BYTES];

	memcpy(zone, c->now.zone, sizeof(zone));
	while (c->left > 0 && c->now.n >= 0 && c->out->count < RECORDING_PARTS_MAX) {
		if (!history_recordings(ledger_view(c->desk->ledger), zone, from,
					wall_add_ns(from, 24 * HOUR_NS), take_next, c, e))
			return false;
		if (c->now.n == before && !take_open(c, e))
			return false;
		if (c->left <= 0)
			break;
		add_part(c, 0);
		from = wall_of_ms(c->now.to_ms - TOUCH_MS);
		before = c->now.n;
	}
	return true;
}

static int64_t length_frames(const struct airing_row *row)
{
	int64_t span = (row->end_ms - row->start_ms) * FRAMES_PER_MS;

	if (row->start_ms == 0 || row->end_ms == 0)
		return row->planned_length_ms * FRAMES_PER_MS;
	/* Where its file could not be read in time there is silence that is no frame of it. */
	return span > row->frames ? span : row->frames;
}

/* Begins before `arg`'s time and ends after it: the last such wins. */
struct around {
	int64_t at_ms;
	struct recording_row found;
};

static bool take_around(const struct recording_row *r, void *arg)
{
	struct around *a = arg;

	if (r->from_ms <= a->at_ms && r->to_ms > a->at_ms)
		a->found = *r;
	return true;
}

/* An airing that a power cut ended names no recording: the zone's at its time is looked for. */
static bool by_time(struct cut *c, const struct airing_row *row, int64_t *into_frames,
		    struct err *e)
{
	struct around a = {.at_ms = row->start_ms != 0 ? row->start_ms : row->planned_ms,
			   .found = {.n = -1}};
	char zone[NAME_BYTES];

	snprintf(zone, sizeof(zone), "%.*s", (int)strcspn(row->zones, ","), row->zones);
	struct wall at = wall_of_ms(a.at_ms);
	if (!history_recordings(ledger_view(c->desk->ledger), zone, wall_add_ns(at, -HOUR_NS),
				wall_add_ns(at, NS_PER_S), take_around, &a, e))
		return false;
	if (a.found.n < 0)
		return none(row, e);
	c->now = a.found;
	*into_frames = (a.at_ms - a.found.from_ms) * FRAMES_PER_MS;
	return true;
}

static bool begin(struct cut *c, const struct airing_row *row, int64_t *into_frames, struct err *e)
{
	if (row->recording[0] == '\0')
		return by_time(c, row, into_frames, e);
	if (!look_up_of(c->desk, row, &c->now, e))
		return false;
	c->out->exact = row->recording_frames >= 0;
	if (!c->out->exact && c->now.n < 0)
		return none(row, e);
	*into_frames = c->out->exact ? row->recording_frames :
		       (row->start_ms - c->now.from_ms) * FRAMES_PER_MS;
	return true;
}

static bool was_on_air(const struct airing_row *row, struct err *e)
{
	if (strcmp(row->result, "on-air") == 0)
		return err_set(e, ERR_CONFLICT,
			       T("%s đang phát hoặc đang chờ; nghe lại được khi đã phát xong",
				 "%s is on air or waits; it can be heard again when it is over"),
			       row->id);
	if (row->frames > 0 || strcmp(row->result, "interrupted") == 0)
		return true;
	return err_set(e, ERR_NOT_FOUND, T("%s không phát nên không có đoạn ghi âm",
					   "%s did not air: there is no recording of it"), row->id);
}

bool recording_find(struct desk *d, const struct airing_row *row, struct recording *out,
		    struct err *e)
{
	struct cut c = {.desk = d, .out = out};
	int64_t into = 0;

	*out = (struct recording){0};
	if (!was_on_air(row, e) || !begin(&c, row, &into, e))
		return false;
	if (into < 0)
		into = 0;
	int64_t first = into / MP3_FRAMES - 1, len = length_frames(row);
	if (first < 0)
		first = 0;
	out->into_frames = into - first * MP3_FRAMES;
	c.left = (into + len + MP3_FRAMES - 1) / MP3_FRAMES - first;
	add_part(&c, first);
	return follow(&c, e);
}

static json_t *removed(const struct recording_part *p, const struct tz *tz)
{
	if (p->removed_n < 0)
		return json_null();
	return json_pack("{s:o, s:s, s:I}", "at",
			 json_time(wall_of_ms(p->removed_ms), tz), "why", p->removed_why,
			 "entry", (json_int_t)p->removed_n);
}

json_t *recording_json(const struct recording *r, const struct tz *tz)
{
	json_t *parts = json_array();

	for (int i = 0; i < r->count; i++) {
		const struct recording_part *p = &r->parts[i];
		json_t *entry = p->entry >= 0 ? json_integer(p->entry) : json_null();
		json_t *o = json_pack("{s:s, s:I, s:I, s:o, s:o, s:b, s:b, s:o}", "file", p->file,
				      "first", (json_int_t)p->first, "bytes",
				      (json_int_t)p->bytes, "sha256", json_text(p->sha256),
				      "entry", entry, "there", (int)p->there, "differs",
				      (int)p->differs, "removed", removed(p, tz));
		must(o != NULL && json_array_append_new(parts, o) == 0);
	}
	return json_pack("{s:b, s:o}", "exact", r->exact, "parts", parts);
}
