/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/outages.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/bind.h"
#include "proof/entry.h"
#include "proof/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPEN_MAX 64 /* devices and relays of a station; more than its settings can hold */

/* Something that is lost while the entries are read. */
struct lost {
	enum outage_kind kind;
	char name[NAME_BYTES], detail[DETAIL_BYTES];
	int64_t from_ms, entry;
};

struct reading {
	bool (*each)(const struct outage *o, void *arg);
	void *arg;
	int64_t from_ms, to_ms;
	struct lost open[OPEN_MAX];
	int count;
	bool stopped;
};

static bool tell(struct reading *r, const struct outage *o)
{
	bool over = o->to_ms != 0 && o->to_ms < r->from_ms;

	if (!over && o->from_ms < r->to_ms && !r->each(o, r->arg))
		r->stopped = true;
	return !r->stopped;
}

static bool tell_lost(struct reading *r, const struct lost *l, int64_t to_ms)
{
	return tell(r, &(struct outage){.kind = l->kind, .name = l->name, .detail = l->detail,
					.from_ms = l->from_ms, .to_ms = to_ms, .entry = l->entry});
}

static struct lost *find(struct reading *r, enum outage_kind kind, const char *name)
{
	for (int i = 0; i < r->count; i++)
		if (r->open[i].kind == kind && strcmp(r->open[i].name, name) == 0)
			return &r->open[i];
	return NULL;
}

static void lose(struct reading *r, enum outage_kind kind, const char *name, const json_t *o,
		 int64_t at_ms, int64_t n)
{
	const json_t *said = json_object_get(o, "detail");
	char *text = json_is_object(said) ? json_dumps(said, JSON_LINE) : NULL;

	if (find(r, kind, name) == NULL && r->count < OPEN_MAX) {
		struct lost *l = &r->open[r->count++];

		*l = (struct lost){.kind = kind, .from_ms = at_ms, .entry = n};
		query_copy(l->name, sizeof(l->name), name);
		if (text == NULL)
			query_copy(l->detail, sizeof(l->detail), json_get_text(o, "detail", ""));
		else if (strlen(text) < sizeof(l->detail)) /* half a line says nothing */
			memcpy(l->detail, text, strlen(text) + 1);
	}
	free(text);
}

static bool come_back(struct reading *r, enum outage_kind kind, const char *name, int64_t at_ms)
{
	struct lost *l = find(r, kind, name), was;

	if (l == NULL)
		return true;
	was = *l;
	*l = r->open[--r->count];
	return tell_lost(r, &was, at_ms);
}

static bool owed(struct reading *r, const json_t *o, int64_t n, int64_t later_ms)
{
	int64_t from_ms = bind_time_ms(o, "from", 0), to_ms = bind_time_ms(o, "to", 0);

	return tell(r, &(struct outage){.kind = OUTAGE_OFF, .detail = "", .entry = n,
					.name = json_get_text(o, "reason", ""),
					.from_ms = from_ms + later_ms,
					.to_ms = to_ms != 0 ? to_ms + later_ms : 0});
}

static bool read_entry(struct reading *r, const json_t *o, int64_t n, int64_t at_ms,
		       int64_t later_ms)
{
	const char *kind = json_get_text(o, "kind", "");
	const char *device = json_get_text(o, "device", ""), *relay = json_get_text(o, "relay", "");

	if (strcmp(kind, KIND_DEVICE_LOST) == 0)
		lose(r, OUTAGE_DEVICE, device, o, at_ms, n);
	else if (strcmp(kind, KIND_RELAY_LOST) == 0)
		lose(r, OUTAGE_RELAY, relay, o, at_ms, n);
	else if (strcmp(kind, KIND_DEVICE_BACK) == 0)
		return come_back(r, OUTAGE_DEVICE, device, at_ms);
	else if (strcmp(kind, KIND_RELAY_BACK) == 0)
		return come_back(r, OUTAGE_RELAY, relay, at_ms);
	else if (strcmp(kind, KIND_OWED) == 0)
		return owed(r, o, n, later_ms);
	else if (strcmp(kind, KIND_DISK_LOW) == 0)
		return tell(r, &(struct outage){.kind = OUTAGE_DISK, .name = "", .detail = "",
						.from_ms = at_ms, .to_ms = at_ms, .entry = n});
	return true;
}

static bool each_entry(sqlite3_stmt *s, void *arg)
{
	int64_t later_ms = sqlite3_column_int64(s, 3);
	struct err ignored;
	const char *text = query_text(s, 2);
	json_t *o = json_read(text, strlen(text), &ignored);
	bool more = read_entry(arg, o, sqlite3_column_int64(s, 0),
			       sqlite3_column_int64(s, 1) + later_ms, later_ms);

	json_decref(o);
	return more;
}

bool outages_rows(struct view *v, struct wall from, struct wall to,
		  bool (*each)(const struct outage *o, void *arg), void *arg, struct err *e)
{
	struct reading *r = calloc(1, sizeof(*r));
	sqlite3_stmt *s = query_ask(v, "SELECT n, at_ms, text, coalesce(" CORRECTION_OF("n")
				       ", 0) FROM events WHERE n IN " OUTAGE_ENTRIES
				       " AND kind IN " OUTAGE_KINDS_SQL " ORDER BY n", e);

	must(r != NULL);
	*r = (struct reading){.each = each, .arg = arg, .from_ms = query_ms_up(from),
			      .to_ms = query_ms_up(to)};
	bool ok = s != NULL;
	if (ok) {
		sqlite3_bind_int64(s, 1, r->from_ms);
		sqlite3_bind_int64(s, 2, r->to_ms);
		ok = query_walk(v, s, each_entry, r, e);
	}
	for (int i = 0; ok && !r->stopped && i < r->count; i++)
		tell_lost(r, &r->open[i], 0);
	free(r);
	return ok;
}
