/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/inforce.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "plan/special.h"
#include "station/versions.h"

#include <stdlib.h>
#include <string.h>

#define DAY_NS (86400 * NS_PER_S)
#define STRETCH_NS (2 * DAY_NS) /* remembered around what is asked for */

static bool named_before(const struct inforce *before, const char *sha256)
{
	const json_t *file;
	size_t i;

	json_array_foreach(before != NULL ? before->files : NULL, i, file)
		if (strcmp(json_get_text(file, "sha256", ""), sha256) == 0)
			return true;
	return false;
}

static bool is_text(const struct buf *text, const char *sha256)
{
	char now[SHA256_HEX_BYTES];

	versions_hash(buf_str(text), text->len, now);
	return strcmp(now, sha256) == 0;
}

/* One entry's reading. */
struct opening {
	struct disk *disk;
	bool (*zone)(struct tz *tz, const char *name, struct err *e);
	int64_t n;
	bool kept; /* the entry says that all texts were */
	const struct inforce *before;
	struct verdict *verdict;
};

static void tell(const struct opening *o, const char *code, const char *sha256, const char *file,
		 const char *what)
{
	char path[VERSIONS_PATH_BYTES];

	if (o->verdict == NULL || named_before(o->before, sha256) || !versions_path(sha256, path))
		return;
	verdict_differs(o->verdict, CHECK_TIMETABLES, code, "", o->n, path,
			T("%s (%s khi mục %lld được ghi): %s",
			  "%s (%s when entry %lld was written): %s"), path, file, (long long)o->n,
			what);
}

/* The text that the log means: kept, or what stands in the file still. */
static bool read_text(const struct opening *o, const char *file, const char *sha256,
		      struct buf *text)
{
	struct err ignored;
	bool kept = versions_read(o->disk, sha256, text, &ignored);

	if (kept && is_text(text, sha256))
		return true;
	if (kept)
		tell(o, "timetable-altered", sha256, file,
		     T("không còn là bản đã có hiệu lực", "it is not the text that was in force"));
	else if (o->kept)
		tell(o, "timetable-missing", sha256, file,
		     T("bản đã lưu không còn", "the text that was kept is gone"));
	buf_reset(text);
	return disk_read(o->disk, file, YAML_FILE_BYTES_MAX, text, &ignored) &&
	       is_text(text, sha256);
}

static bool read_one(const struct opening *o, struct inforce *f, const json_t *named)
{
	const char *file = json_get_text(named, "file", "");
	struct faults faults = {0};
	struct buf text = {0};
	bool ok = read_text(o, file, json_get_text(named, "sha256", ""), &text);

	if (ok && strcmp(file, "station.yaml") == 0) {
		ok = settings_parse(&f->settings, file, buf_str(&text), text.len, o->zone,
				    &faults);
	} else if (ok && strcmp(file, HOLIDAYS_FILE) == 0) {
		/* Of a faulty list the station takes what can be read. */
		holidays_parse(&f->holidays, file, buf_str(&text), text.len, &faults);
		f->schedule.holidays = &f->holidays;
	} else if (ok) {
		ok = schedule_parse(&f->schedule, &f->settings, file, buf_str(&text), text.len,
				    &faults);
	}
	faults_finish(&faults);
	buf_finish(&text);
	return ok;
}

static bool is_table(const json_t *named)
{
	const char *file = json_get_text(named, "file", "");

	return strcmp(file, "station.yaml") != 0 && strcmp(file, HOLIDAYS_FILE) != 0;
}

/* tables: or else what they lean on: zones, holidays. */
static bool read_all(const struct opening *o, struct inforce *f, bool tables)
{
	const json_t *named;
	bool ok = true;
	size_t i;

	json_array_foreach(f->files, i, named)
		if (is_table(named) == tables)
			ok = read_one(o, f, named) && ok;
	return ok;
}

struct inforce *inforce_open(struct disk *d,
			     bool (*zone)(struct tz *tz, const char *name, struct err *e),
			     int64_t n, const json_t *entry, const struct inforce *before,
			     struct verdict *verdict)
{
	bool kept = json_is_true(json_object_get(entry, "kept"));
	struct opening o = {d, zone, n, kept, before, verdict};
	struct inforce *f = calloc(1, sizeof(*f));

	must(f != NULL);
	f->until.ns = INT64_MAX;
	f->files = json_incref(json_object_get(entry, "files"));
	f->known = json_array_size(f->files) > 0;
	f->known = read_all(&o, f, false) && f->known;
	f->known = read_all(&o, f, true) && f->known;
	special_settle(&f->schedule);
	return f;
}

void inforce_close(struct inforce *f)
{
	if (f == NULL)
		return;
	occurs_finish(&f->starts);
	schedule_finish(&f->schedule);
	json_decref(f->files);
	free(f);
}

struct wall inforce_since(const json_t *entry, int64_t offset_ms)
{
	const json_t *clock = json_object_get(entry, "clock");
	struct wall at = {0}, bound;

	json_get_time(entry, "at", &at);
	at.ns += offset_ms * NS_PER_MS;
	if (!json_get_bool(clock, "synced", false) &&
	    json_get_time(clock, "not_before", &bound) && bound.ns > at.ns)
		at = bound;
	return at;
}

/* Few slots recur by the day: a stretch is made once and serves until the log is past it. */
static void look_at(struct inforce *f, struct wall from, struct wall to)
{
	struct err ignored;

	if (f->to.ns > f->from.ns && from.ns >= f->from.ns && to.ns <= f->to.ns)
		return;
	occurs_finish(&f->starts);
	f->from = wall_add_ns(from, -DAY_NS / 2);
	f->to = wall_add_ns(to, STRETCH_NS);
	if (!occurs_make(&f->starts, &f->schedule, &f->settings.tz, f->from, f->to, &ignored))
		f->known = false; /* more than any station plans */
}

const struct slot *inforce_slot(struct inforce *f, const char *slot, struct wall start)
{
	look_at(f, start, wall_add_ns(start, 1));
	for (int i = 0; i < f->starts.count && f->starts.list[i].start.ns <= start.ns; i++)
		if (f->starts.list[i].start.ns == start.ns &&
		    strcmp(f->starts.list[i].slot->name, slot) == 0)
			return f->starts.list[i].slot;
	return NULL;
}

void inforce_each(struct inforce *f, struct wall from, struct wall to,
		  void (*each)(const struct occur *o, void *arg), void *arg)
{
	look_at(f, from, to);
	for (int i = 0; i < f->starts.count && f->starts.list[i].start.ns < to.ns; i++)
		if (f->starts.list[i].start.ns >= from.ns)
			each(&f->starts.list[i], arg);
}
