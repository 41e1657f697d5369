/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/lookup.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "proof/afresh.h"
#include "proof/entry.h"
#include "station/later.h"
#include "station/line.h"
#include "station/persons.h"
#include "station/recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct lookup {
	struct later later;
	struct desk *desk; /* the station's thread's, but for dir */
	bool in_memory;	   /* the view is no file that anybody can have edited */
	struct airing_row row;
	json_t *decisions; /* what was decided on the bulletin before it aired */
};

static bool add_decision(const struct event_row *r, void *arg)
{
	struct lookup *l = arg;
	struct err ignored;

	if (r->n >= strtoll(l->row.id + 1, NULL, 10))
		return false;
	if (strcmp(r->kind, KIND_APPROVED) != 0 && strcmp(r->kind, KIND_RECEIVED) != 0)
		return true;
	json_t *entry = json_read(r->text, strlen(r->text), &ignored);
	json_array_append_new(l->decisions,
			      json_pack("{s:I, s:s, s:O?, s:O?, s:O?, s:O?}", "entry",
					(json_int_t)r->n, "kind", r->kind, "at",
					json_object_get(entry, "at"), "who",
					json_object_get(entry, "who"), "document",
					json_object_get(entry, "document"), "sha256",
					json_object_get(entry, "sha256")));
	json_decref(entry);
	return true;
}

static bool work(void *arg, struct err *e)
{
	struct lookup *l = arg;
	char path[PATH_BYTES + 16];
	struct disk_real disk;
	struct view *have;

	if (l->in_memory)
		return true;
	snprintf(path, sizeof(path), "%s/view.sqlite", l->desk->dir);
	if (!disk_real_open(&disk, l->desk->dir, e))
		return false;
	bool ok = reader_open(&have, path, e);
	if (ok) {
		ok = afresh_airing(have, &disk.disk, l->row.id, &l->row, add_decision, l, e);
		reader_close(have);
	}
	disk_real_close(&disk);
	return ok;
}

/* Why there is none is told with the result: no airing, no recording. */
static json_t *recording_of(struct desk *d, const struct airing_row *row)
{
	struct recording *found = malloc(sizeof(*found));
	struct err none;

	must(found != NULL);
	json_t *o = recording_find(d, row, found, &none) ?
		    recording_json(found, &d->world.files->settings.tz) : json_null();
	free(found);
	return o;
}

/* Who cut zones that did not hear it. */
static void add_cutters(const struct desk *d, const struct airing_row *row, json_t *people)
{
	json_t *said = saying_read(row->detail), *zone;
	size_t i;

	json_array_foreach(json_object_get(said, "zones"), i, zone)
		persons_add(d->users, people, json_get_text(zone, "who", ""));
	json_decref(said);
}

/* Whom all these ids mean. */
static json_t *people_of(const struct lookup *l)
{
	json_t *people = json_object(), *decision;
	size_t i;

	persons_add(l->desk->users, people, l->row.who);
	persons_add(l->desk->users, people, l->row.speaker);
	add_cutters(l->desk, &l->row, people);
	json_array_foreach(l->decisions, i, decision)
		persons_add(l->desk->users, people, json_get_text(decision, "who", ""));
	return people;
}

#define ORDERS_LOOK 500 /* the newest of each kind; a station is asked a few times a month */

/* Somebody's word on which priority bulletin goes first, or that nobody gave one. */
struct ordered {
	const struct airing_row *row;
	int64_t before;
	json_t *found; /* NULL: none */
};

static bool names(const json_t *entry, const char *bulletin)
{
	const json_t *id;
	size_t i;

	json_array_foreach(json_object_get(entry, "bulletins"), i, id)
		if (json_is_string(id) && strcmp(json_string_value(id), bulletin) == 0)
			return true;
	return false;
}

/* An order counts from then on; that none was given, for one start. */
static bool counts(const struct ordered *o, const struct event_row *r, const json_t *entry)
{
	struct wall start;

	if (!names(entry, o->row->bulletin))
		return false;
	if (strcmp(r->kind, KIND_ORDER_SET) == 0)
		return r->n < o->before;
	return strcmp(json_get_text(entry, "slot", ""), o->row->slot) == 0 &&
	       json_get_time(entry, "occurrence", &start) &&
	       start.ns / NS_PER_MS == o->row->occurrence_ms;
}

static bool take_order(const struct event_row *r, void *arg)
{
	struct ordered *o = arg;
	struct err ignored;
	json_t *entry = json_read(r->text, strlen(r->text), &ignored);

	if (counts(o, r, entry))
		o->found = json_pack("{s:I, s:s, s:O?, s:o}", "entry", (json_int_t)r->n, "kind",
				     r->kind, "at", json_object_get(entry, "at"), "who",
				     json_text(json_get_text(entry, "who", NULL)));
	json_decref(entry);
	return o->found == NULL;
}

/* Which of the two it went by; null: it met no other. */
static json_t *order_of(const struct desk *d, const struct airing_row *row, json_t *people)
{
	struct view *v = ledger_view(d->ledger);
	struct ordered o = {.row = row, .before = strtoll(row->id + 1, NULL, 10)};
	struct err ignored;

	if (row->bulletin[0] == '\0' || row->slot[0] == '\0')
		return json_null();
	reader_kind(v, KIND_ORDER_DEFAULT, ORDERS_LOOK, take_order, &o, &ignored);
	if (o.found == NULL)
		reader_kind(v, KIND_ORDER_SET, ORDERS_LOOK, take_order, &o, &ignored);
	if (o.found == NULL)
		return json_null();
	persons_add(d->users, people, json_get_text(o.found, "who", ""));
	return o.found;
}

static bool conclude(void *arg, json_t *reply, struct err *e)
{
	struct lookup *l = arg;
	struct desk *desk = l->desk;

	if (l->in_memory && !history_about(ledger_view(desk->ledger), l->row.bulletin,
					   add_decision, l, e))
		return false;
	json_t *people = people_of(l);
	json_object_set_new(reply, "order", order_of(desk, &l->row, people));
	json_object_set_new(reply, "airing", line_row(&l->row, clock_wall(desk->clock),
						      &desk->world.files->settings.tz));
	json_object_set(reply, "decisions", l->decisions);
	json_object_set_new(reply, "people", people);
	json_object_set_new(reply, "recording", recording_of(desk, &l->row));
	return true;
}

static void destroy(void *arg)
{
	struct lookup *l = arg;

	json_decref(l->decisions);
	free(l);
}

static const struct later_kind kind = {work, conclude, destroy, NULL};

bool lookup_begin(struct request *rq, const struct airing_row *row, json_t *reply, struct err *e)
{
	if (later_count(rq->station, &kind) >= LOOKUPS_MAX)
		return err_set(e, ERR_TOO_MANY,
			       T("đang tra các lần phát khác; thử lại sau vài giây",
				 "other airings are being looked up; try again in a few seconds"));
	struct lookup *l = calloc(1, sizeof(*l));
	must(l != NULL);
	l->desk = rq->desk;
	l->in_memory = ledger_view_in_memory(rq->desk->ledger);
	l->row = *row;
	l->decisions = json_array();
	return later_start(&l->later, &kind, l, rq, reply, e);
}
