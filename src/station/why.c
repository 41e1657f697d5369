/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/why.h"

#include "base/fold.h"
#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "plan/almanac.h"
#include "proof/entry.h"
#include "proof/history.h"
#include "proof/reader.h"
#include "station/day.h"
#include "station/inforce.h"
#include "station/lostpast.h"
#include "station/persons.h"
#include "station/sight.h"
#include "sys/log.h"

#include <stdio.h>
#include <string.h>

/* "ban tin sang" is "Bản tin sáng", and "ban tin" all the slots that are called so. */
static bool named(const char *slot, const char *what)
{
	char name[NAME_BYTES], query[NAME_BYTES];

	fold_plain(slot, name, sizeof(name));
	fold_plain(what, query, sizeof(query));
	return query[0] != '\0' && fold_finds(query, name);
}

static bool is_slot(const struct desk *d, const char *what)
{
	const struct schedule *s = &d->world.files->schedule;

	for (int i = 0; i < s->slot_count; i++)
		if (named(s->slots[i].name, what))
			return true;
	return false;
}

/* What has no slot is asked for by what it is called: a live voice. */
static bool asked_for(const json_t *line, const char *what)
{
	bool live = strcmp(json_get_text(line, "kind", ""), "live") == 0;

	return named(json_get_text(line, live ? "title" : "slot", ""), what);
}

static json_t *matching(const json_t *day, const char *what, bool bulletin)
{
	json_t *found = json_array(), *line;
	size_t i;

	json_array_foreach(json_object_get(day, "lines"), i, line)
		if (bulletin ? strcmp(json_get_text(line, "bulletin", ""), what) == 0
			     : asked_for(line, what))
			json_array_append(found, line);
	return found;
}

static json_t *day_text(struct date d)
{
	char text[11];

	date_print(d, text);
	return json_string(text);
}

/* The approval that stood at the end of a day. */
struct approved {
	int64_t until_ms;
	bool found;
};

static bool find_approved(const struct event_row *r, void *arg)
{
	struct approved *a = arg;

	if (r->at_ms < a->until_ms && strcmp(r->kind, KIND_APPROVED) == 0)
		a->found = true;
	return true;
}

static bool approved_by(const struct desk *d, const struct bulletin *b, struct wall until)
{
	struct approved a = {.until_ms = until.ns / NS_PER_MS};
	struct err e = {0};

	if (!history_about(ledger_view(d->ledger), b->id, find_approved, &a, &e))
		log_warn("%s", e.text);
	return a.found;
}

/* What is decided with somebody's reason, at a time. */
static json_t *decided(const struct desk *d, const struct bulletin *b, enum saying s)
{
	json_t *said = saying(s);

	json_object_set_new(said, "at", json_time(b->decided, &d->world.files->settings.tz));
	json_object_set_new(said, "why", json_text(b->decided_why));
	return said;
}

/* What was decided on it, where that keeps it from the air; NULL. */
static json_t *of_state(const struct desk *d, const struct bulletin *b)
{
	if (bulletin_waits(b))
		return saying(SAYING_WHY_WAITING);
	if (b->state == BULLETIN_REFUSED)
		return decided(d, b, SAYING_WHY_REFUSED);
	if (b->state == BULLETIN_WITHDRAWN)
		return decided(d, b, SAYING_WHY_WITHDRAWN);
	if (b->state != BULLETIN_REPLACED)
		return NULL;
	json_t *said = saying(SAYING_WHY_REPLACED);
	json_object_set_new(said, "by", json_text(b->replaced_by));
	return said;
}

/* Its state and days; what of them keeps it from the air comes first. Nothing that came to pass
 * after that day is a cause of it. */
static json_t *of_bulletin(const struct desk *d, const struct bulletin *b, struct date date)
{
	json_t *said;
	const struct tz *tz = &d->world.files->settings.tz;
	struct wall until = tz_wall(tz, date_add_days(date, 1), 0);

	if (b->received.ns >= until.ns) {
		said = saying(SAYING_WHY_NOT_YET_RECEIVED);
		json_object_set_new(said, "at", json_time(b->received, tz));
		return said;
	}
	bool later = b->decided.ns >= until.ns;
	if ((!later || bulletin_waits(b)) && (said = of_state(d, b)) != NULL)
		return said;
	if (later && b->state != BULLETIN_APPROVED && !approved_by(d, b, until))
		return saying(SAYING_WHY_WAITING);
	if (b->has_from && date_compare(date, b->from) < 0) {
		said = saying(SAYING_WHY_TOO_EARLY);
		json_object_set_new(said, "from", day_text(b->from));
		return said;
	}
	if (b->has_to && date_compare(date, b->to) > 0) {
		said = saying(SAYING_WHY_EXPIRED);
		json_object_set_new(said, "to", day_text(b->to));
		return said;
	}
	if (later && b->state == BULLETIN_APPROVED)
		return decided(d, b, SAYING_WHY_NOT_YET_APPROVED);
	return saying(SAYING_WHY_NO_SLOT);
}

/* Since when the timetable has had a start. */
struct seek {
	struct desk *desk;
	const char *what;
	struct wall from, to;	/* the day */
	char slot[NAME_BYTES];	/* the first of that day that is called so, "" none … */
	struct wall start;	/* … and when it begins */
	struct wall since;
};

static void take_first(const struct occur *o, void *arg)
{
	struct seek *s = arg;

	if (s->slot[0] != '\0' || !named(o->slot->name, s->what))
		return;
	snprintf(s->slot, sizeof(s->slot), "%s", o->slot->name);
	s->start = o->start;
}

/* From the timetable of now backwards, to the first that does not have it. */
static bool go_back(const struct event_row *row, void *arg)
{
	struct seek *s = arg;
	struct err ignored;
	json_t *entry = json_read(row->text, strlen(row->text), &ignored);
	struct inforce *f = inforce_open(ledger_disk(s->desk->ledger), world_zone, row->n, entry,
					 NULL, NULL);

	if (f->known && s->slot[0] == '\0')
		inforce_each(f, s->from, s->to, take_first, s);
	bool has = f->known && s->slot[0] != '\0' && inforce_slot(f, s->slot, s->start) != NULL;
	if (has)
		s->since = inforce_since(entry, row->corrected ? row->offset_ms : 0);
	inforce_close(f);
	json_decref(entry);
	return has;
}

/* The special timetable that stands in for every one with such a slot on that day; NULL. */
static const struct timetable *stands_in(const struct schedule *s, const char *what,
					 struct date date)
{
	uint64_t tables = 0;

	for (int i = 0; i < s->slot_count; i++)
		if (named(s->slots[i].name, what))
			tables |= UINT64_C(1) << s->slots[i].table;
	for (int i = 0; i < s->table_count; i++)
		if (tables != 0 && almanac_in_force(s, i, date) &&
		    (tables & ~s->tables[i].replaces) == 0)
			return &s->tables[i];
	return NULL;
}

static json_t *of_special(const struct timetable *t)
{
	json_t *said = saying(SAYING_WHY_REPLACED_BY);

	json_object_set_new(said, "name", json_text(t->name));
	json_object_set_new(said, "basis", json_text(t->basis));
	return said;
}

/* Nothing of it that day: the timetable does not have it, or had it too late. */
static json_t *of_slot(struct desk *d, const char *what, struct date date)
{
	const struct tz *tz = &d->world.files->settings.tz;
	struct seek s = {.desk = d, .what = what, .from = tz_wall(tz, date, 0),
			 .to = tz_wall(tz, date_add_days(date, 1), 0)};
	struct err e = {0};

	if (!reader_kind(ledger_view(d->ledger), KIND_TIMETABLE, WHY_CHANGES_MAX, go_back, &s, &e))
		log_warn("%s", e.text);
	const struct timetable *special = stands_in(&d->world.files->schedule, what, date);
	if (special != NULL)
		return of_special(special);
	if (s.since.ns <= s.start.ns)
		return saying(SAYING_WHY_NOT_THAT_DAY);
	json_t *said = saying(SAYING_WHY_SINCE);
	json_object_set_new(said, "at", json_time(s.since, tz));
	return said;
}

/* The names of who gave orders: lines have but ids. */
static json_t *people_of(const struct desk *d, const json_t *lines, const struct bulletin *b)
{
	json_t *people = json_object();
	const json_t *line;
	size_t i;

	json_array_foreach(lines, i, line)
		persons_add(d->users, people, json_get_text(line, "who", ""));
	if (b != NULL)
		persons_add(d->users, people, b->ordered_by);
	return people;
}

/* Who has put it in order with other priority bulletins; null: nobody. */
static json_t *order_of(const struct desk *d, const struct bulletin *b)
{
	if (b == NULL || b->order_n == 0)
		return json_null();
	return json_pack("{s:o, s:o, s:I}", "who", json_text(b->ordered_by), "at",
			 json_time(b->ordered, &d->world.files->settings.tz), "entry",
			 (json_int_t)b->order_n);
}

/* Of a time whose log is lost there are no lines, whatever the timetable had. */
static json_t *of_lost(struct desk *d, struct date date)
{
	const struct tz *tz = &d->world.files->settings.tz;

	return lostpast_between(d, tz_wall(tz, date, 0), tz_wall(tz, date_add_days(date, 1), 0));
}

json_t *why_make(struct desk *d, const struct playout *playout, const char *what, struct date date,
		 const char *only, struct err *e)
{
	const struct bulletin *b = world_bulletin(&d->world, what);
	json_t *day = day_lines(d, playout, date, only, e), *said = NULL;

	if (day == NULL)
		return NULL;
	if (b != NULL && !sight_has_bulletin(only, b))
		b = NULL;
	json_t *lines = matching(day, what, b != NULL);
	json_decref(day);
	if (json_array_size(lines) == 0) {
		if (b == NULL && !is_slot(d, what)) {
			json_decref(lines);
			err_set(e, ERR_NOT_FOUND,
				T("không có khung giờ hay bản tin \"%.80s\"",
				  "there is no slot and no bulletin \"%.80s\""), what);
			return NULL;
		}
		said = of_lost(d, date);
		if (said == NULL)
			said = b != NULL ? of_bulletin(d, b, date) : of_slot(d, what, date);
	}
	json_t *made = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "what", what, "date",
				 day_text(date), "people", people_of(d, lines, b), "order",
				 order_of(d, b), "lines", lines, "texts",
				 said != NULL ? saying_texts(said) : json_null());
	must(made != NULL);
	json_decref(said);
	return made;
}
