/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the period holds, as tables and as sound. All of it stands in the log as well; who doubts a
 * table looks there. */
#include "base/csv.h"
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/entry.h"
#include "proof/parcel_inside.h"
#include "proof/reader.h"
#include "proof/sheet.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LEFT_OUT (-2)
#define EVENTS_HEAD "entry,at,kind,text\r\n"
#define MASTERS_HEAD "sha256,title\r\n"
#define RECORDINGS_HEAD "file,zone,from,to,bytes,sha256,entry,here\r\n"
#define DAY_NS (INT64_C(86400) * NS_PER_S)

/* A table under way. */
struct sheet {
	const struct parcel *p;
	const struct parcel_sink *out;
	struct wall from, to;
	struct buf row;
	json_t *masters; /* SHA-256 → title */
	json_t *recordings; /* entries' "file" → entry */
	struct err *e;
	bool ok;
};

static void flush(struct sheet *s)
{
	s->ok = s->ok && s->out->more(s->out->arg, s->row.data, s->row.len, s->e);
	buf_reset(&s->row);
}

static bool whole(struct sheet *s, const char *name)
{
	s->ok = s->out->begin(s->out->arg, name, s->e);
	flush(s);
	return s->ok;
}

static bool airing_row(const struct airing_row *r, void *arg)
{
	struct sheet *s = arg;

	sheet_row(&s->row, r, &s->p->tz, NULL);
	flush(s);
	if (r->sha256[0] != '\0')
		json_object_set_new(s->masters, r->sha256, json_string(r->title));
	return s->ok;
}

static bool airings(struct sheet *s)
{
	s->ok = s->out->begin(s->out->arg, "tables/airings.csv", s->e);
	sheet_head(&s->row, NULL);
	flush(s);
	return s->ok && reader_airings(s->p->view, s->from, s->to, airing_row, s, s->e) && s->ok;
}

static bool event_row(const struct event_row *r, void *arg)
{
	struct sheet *s = arg;
	char at[32];

	if (r->text[0] == '\0') /* an airing: a row of its own table */
		return true;
	wall_print((struct wall){r->at_ms * NS_PER_MS}, &s->p->tz, at);
	csv_plain(&s->row, "%" PRId64, r->n);
	csv_plain(&s->row, "%s", at);
	csv_text(&s->row, r->kind);
	csv_text(&s->row, r->text);
	csv_end(&s->row);
	flush(s);
	return s->ok;
}

static bool events(struct sheet *s)
{
	s->ok = s->out->begin(s->out->arg, "tables/events.csv", s->e);
	buf_text(&s->row, CSV_BOM EVENTS_HEAD);
	flush(s);
	return s->ok && reader_events(s->p->view, s->from, s->to, event_row, s, s->e) && s->ok;
}

static bool masters(struct sheet *s)
{
	const char *sha256;
	json_t *title;

	buf_text(&s->row, CSV_BOM MASTERS_HEAD);
	json_object_foreach(s->masters, sha256, title) {
		csv_plain(&s->row, "%s", sha256);
		csv_text(&s->row, json_string_value(title));
		csv_end(&s->row);
	}
	return whole(s, "tables/masters.csv");
}

/* Closed in the period or within a day of it, and of the period in part at least. */
static bool keep_recording(const struct event_row *r, void *arg)
{
	struct sheet *s = arg;
	struct wall from, to;
	struct err ignored;

	if (strcmp(r->kind, KIND_RECORDING) != 0)
		return true;
	json_t *o = json_read(r->text, strlen(r->text), &ignored);
	const char *file = json_get_text(o, "file", "");
	if (strncmp(file, "aircheck/", 9) == 0 && strstr(file, "..") == NULL &&
	    json_get_time(o, "from", &from) && json_get_time(o, "to", &to) &&
	    from.ns < s->to.ns && to.ns > s->from.ns)
		json_object_set(s->recordings, file, o);
	json_decref(o);
	return true;
}

static void recording_row(struct buf *out, const char *file, const json_t *o, int64_t bytes)
{
	csv_text(out, file);
	csv_text(out, json_get_text(o, "zone", ""));
	csv_plain(out, "%s", json_get_text(o, "from", ""));
	csv_plain(out, "%s", json_get_text(o, "to", ""));
	csv_plain(out, "%" PRId64, json_get_integer(o, "bytes", 0));
	csv_plain(out, "%s", json_get_text(o, "sha256", ""));
	csv_plain(out, "%" PRId64, json_get_integer(o, "n", -1));
	if (bytes >= 0)
		csv_plain(out, "%" PRId64, bytes);
	else
		csv_plain(out, "%s", bytes == LEFT_OUT ? "left-out" : "gone");
	csv_end(out);
}

static bool recordings(struct sheet *s)
{
	struct wall late = wall_add_ns(s->to, DAY_NS);
	const char *file;
	json_t *o;

	if (!reader_events(s->p->view, s->from, late, keep_recording, s, s->e))
		return false;
	buf_text(&s->row, CSV_BOM RECORDINGS_HEAD);
	json_object_foreach(s->recordings, file, o) {
		int64_t bytes = LEFT_OUT;

		if (!s->p->silent && !s->out->sound(s->out->arg, file, &bytes, s->e))
			return false;
		recording_row(&s->row, file, o, bytes);
	}
	return whole(s, "tables/recordings.csv");
}

void parcel_heads(struct buf *out)
{
	sheet_head(out, NULL);
	buf_text(out, EVENTS_HEAD MASTERS_HEAD RECORDINGS_HEAD);
}

bool parcel_tables(const struct parcel *p, const struct parcel_sink *out, struct err *e)
{
	struct sheet s = {.p = p, .out = out, .e = e, .masters = json_object(),
			  .recordings = json_object()};

	must(s.masters != NULL && s.recordings != NULL);
	s.from = tz_wall(&p->tz, p->first, 0);
	s.to = tz_wall(&p->tz, date_add_days(p->last, 1), 0);
	bool ok = airings(&s) && events(&s) && masters(&s) && recordings(&s);
	json_decref(s.masters);
	json_decref(s.recordings);
	buf_finish(&s.row);
	return ok;
}
