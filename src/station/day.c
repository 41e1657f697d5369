/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/day.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "proof/reader.h"
#include "proof/reason.h"
#include "station/facts.h"
#include "station/line.h"
#include "station/lostpast.h"
#include "station/playout.h"
#include "station/sight.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One line, with what is needed to sort it and to recognise a planned item that the log has. */
struct line {
	int64_t planned_ms;
	int64_t occurrence_ms;
	char slot[NAME_BYTES];
	char thing[SHA256_HEX_BYTES + ID_BYTES]; /* bulletin id, or sha256 of a file, or "" */
	int order;
	json_t *json;
};

struct lines {
	struct line *list;
	int count, capacity;
	int64_t now_ms;
	const struct tz *tz;
	const char *only;
	bool brief;
};

static struct line *add_line(struct lines *ls)
{
	if (ls->count == ls->capacity) {
		ls->capacity = ls->capacity ? ls->capacity * 2 : 64;
		ls->list = realloc(ls->list, (size_t)ls->capacity * sizeof(*ls->list));
		must(ls->list != NULL);
	}
	struct line *l = &ls->list[ls->count++];
	*l = (struct line){.order = ls->count};
	return l;
}

static bool add_row(const struct airing_row *r, void *arg)
{
	struct lines *ls = arg;

	if (!sight_has(ls->only, r->sender))
		return true;
	struct line *l = add_line(ls);

	l->planned_ms = r->planned_ms;
	l->occurrence_ms = r->occurrence_ms;
	snprintf(l->slot, sizeof(l->slot), "%s", r->slot);
	snprintf(l->thing, sizeof(l->thing), "%s", r->bulletin[0] ? r->bulletin : r->sha256);
	l->json = line_row(r, (struct wall){ls->now_ms * NS_PER_MS}, ls->tz);
	if (ls->brief)
		l->json = line_brief(l->json);
	return true;
}

static bool has_line(const struct lines *ls, const struct occurrence *o, const char *thing)
{
	for (int i = 0; i < ls->count; i++)
		if (ls->list[i].occurrence_ms == o->start.ns / NS_PER_MS &&
		    strcmp(ls->list[i].slot, o->slot->name) == 0 &&
		    strcmp(ls->list[i].thing, thing) == 0)
			return true;
	return false;
}

/* As row_airing_json will have it once it is written down. */
static void add_off(json_t *line, const struct slot_off *off)
{
	json_t *said = saying(SAYING_OFF_BECAUSE);

	json_object_set_new(line, "who", json_text(off->by));
	if (off->reason[0] == '\0') {
		json_decref(said);
		return;
	}
	json_object_set_new(said, "reason", json_text(off->reason));
	json_object_set_new(line, "detail_texts", saying_texts(said));
	json_object_set_new(line, "detail", said);
}

/* A line for what lies ahead. why: NULL when it will air. */
static void add_planned(struct lines *ls, const struct desk *d, const struct occurrence *o,
			const struct bulletin *b, const struct asset *a, int64_t offset_frames,
			int64_t length_frames, const char *why)
{
	const char *thing = b != NULL ? b->id : a != NULL ? a->sha256 : "";
	struct wall planned = wall_add_ns(o->start, ns_of_frames(offset_frames));

	if (!sight_has(ls->only, b != NULL ? b->sender : "") || has_line(ls, o, thing))
		return;
	struct line *l = add_line(ls);
	l->planned_ms = planned.ns / NS_PER_MS;
	l->occurrence_ms = o->start.ns / NS_PER_MS;
	snprintf(l->slot, sizeof(l->slot), "%s", o->slot->name);
	snprintf(l->thing, sizeof(l->thing), "%s", thing);
	l->json = json_pack("{s:o, s:f, s:s, s:s, s:o, s:s, s:o, s:s, s:b, s:o, s:o}",
			    "planned",
			    json_time(planned, ls->tz), "length_s",
			    (double)length_frames / FRAMES_PER_S, "slot", o->slot->name, "title",
			    b != NULL ? b->title : o->slot->name, "bulletin",
			    json_text(b != NULL ? b->id : ""), "kind",
			    b != NULL   ? "bulletin"
			    : a == NULL ? "slot"
			    : a->sha256[0] == '\0' ? "relay" : "file", "zones",
			    facts_zones(&d->world.files->settings, o->slot->zones), "fate",
			    why == NULL ? "waiting" : "omitted", "demo", o->slot->demo, "reason",
			    json_text(why), "reason_texts", reason_texts(why));
	must(l->json != NULL);
	json_object_set_new(l->json, "cause", json_text(reason_cause(why)));
	json_object_set_new(l->json, "cause_texts", reason_cause_texts(reason_cause(why)));
	if (o->off != NULL)
		add_off(l->json, o->off);
	l->json = line_brief(l->json);
}

static void add_occurrence(struct lines *ls, const struct desk *d, const struct occurrence *o)
{
	for (int i = 0; i < o->item_count; i++)
		if (o->items[i].kind != ITEM_IDENT)
			add_planned(ls, d, o, o->items[i].bulletin, o->items[i].asset,
				    o->items[i].offset_frames, o->items[i].length_frames, NULL);
	for (int i = 0; i < o->omission_count; i++)
		if (!o->slot->demo)
			add_planned(ls, d, o, o->omissions[i].bulletin, NULL, 0, o->length_frames,
				    omission_code(o->omissions[i].why));
}

static void add_run(struct lines *ls, const struct desk *d, const struct occurrence *o,
		    const struct run *r)
{
	for (int i = 0; i < r->item_count; i++) {
		const struct airing *a = &r->items[i];
		if (a->state == AIRING_PLANNED && a->logged)
			add_planned(ls, d, o, a->item.bulletin, a->item.asset,
				    frames_of_ns(a->planned.ns - o->start.ns),
				    a->item.length_frames, NULL);
	}
}

static int by_time(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->planned_ms != y->planned_ms)
		return x->planned_ms < y->planned_ms ? -1 : 1;
	return x->order - y->order;
}

static json_t *finish(struct lines *ls)
{
	json_t *list = json_array();

	if (ls->count > 0)
		qsort(ls->list, (size_t)ls->count, sizeof(*ls->list), by_time);
	for (int i = 0; i < ls->count; i++)
		json_array_append_new(list, ls->list[i].json);
	free(ls->list);
	return list;
}

/* What has not happened yet comes from the plan; what has, from the log only. */
static bool add_ahead(struct lines *ls, struct desk *d, const struct playout *p, struct wall from,
		      struct wall to, struct err *e)
{
	struct wall now = clock_wall(d->clock);
	struct plan plan = {0};

	if (to.ns <= now.ns)
		return true;
	if (!plan_make(&plan, &d->world.input, from, to, e))
		return false;
	for (int i = 0; i < plan.count; i++) {
		struct occurrence *o = &plan.list[i];
		const struct run *r = p != NULL ? run_opened(p, o) : NULL;
		if (r != NULL)
			add_run(ls, d, o, r);
		else if (o->start.ns + ns_of_frames(o->finish_frames) > now.ns &&
			 (p == NULL || !newcomers_over(p, o)))
			add_occurrence(ls, d, o);
	}
	plan_finish(&plan);
	return true;
}

json_t *day_lines(struct desk *d, const struct playout *playout, struct date date,
		  const char *only, struct err *e)
{
	const struct tz *tz = &d->world.files->settings.tz;
	struct wall from = tz_wall(tz, date, 0), to = tz_wall(tz, date_add_days(date, 1), 0);
	struct lines ls = {.tz = tz, .now_ms = clock_wall(d->clock).ns / NS_PER_MS, .only = only,
			   .brief = true};
	char text[11];

	bool ok = reader_airings(ledger_view(d->ledger), from, to, add_row, &ls, e) &&
		  add_ahead(&ls, d, playout, from, to, e);
	json_t *lines = finish(&ls);
	date_print(date, text);
	json_t *lost = lostpast_between(d, from, to);
	json_t *day = json_pack("{s:s, s:o, s:o}", "date", text, "lines", lines, "lost",
				lost != NULL ? saying_texts(lost) : json_null());
	json_decref(lost);
	if (ok)
		return day;
	json_decref(day);
	return NULL;
}

static json_t *airings(struct desk *d, struct wall from, struct wall to, const char *only,
		       bool brief, struct err *e)
{
	struct lines ls = {.tz = &d->world.files->settings.tz,
			   .now_ms = clock_wall(d->clock).ns / NS_PER_MS, .only = only,
			   .brief = brief};
	bool ok = reader_airings(ledger_view(d->ledger), from, to, add_row, &ls, e);
	json_t *list = json_pack("{s:o}", "airings", finish(&ls));

	if (ok)
		return list;
	json_decref(list);
	return NULL;
}

json_t *day_airings(struct desk *d, struct wall from, struct wall to, const char *only,
		    struct err *e)
{
	return airings(d, from, to, only, false, e);
}

json_t *day_airings_brief(struct desk *d, struct wall from, struct wall to, const char *only,
			  struct err *e)
{
	return airings(d, from, to, only, true, e);
}
