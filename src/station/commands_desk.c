/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/text.h"
#include "plan/days_json.h"
#include "plan/plan_json.h"
#include "plan/room.h"
#include "station/catalogue.h"
#include "station/commands.h"
#include "station/day.h"
#include "station/persons.h"
#include "station/sheeting.h"
#include "station/sight.h"
#include "station/station.h"
#include "station/why.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>


static const struct tz *tz_of(const struct request *rq)
{
	return &rq->desk->world.files->settings.tz;
}

static void add_all(json_t *reply, json_t *part)
{
	json_object_update(reply, part);
	json_decref(part);
}

static bool time_field(struct request *rq, const char *field, struct wall unset, struct wall *t,
		       struct err *e)
{
	const char *text;

	if (!request_text(rq, field, false, &text, e))
		return false;
	*t = unset;
	if (text[0] == '\0' || wall_parse(text, tz_of(rq), t))
		return true;
	return err_set(e, ERR_USAGE,
		       T("\"%s\": \"%.40s\" không phải thời điểm;"
			 " viết như 2026-11-23T05:30:00+07:00",
			 "\"%s\": \"%.40s\" is no time; write it like 2026-11-23T05:30:00+07:00"),
		       field, text);
}

/* from and to of a request; a day from local midnight unless said. */
static bool span(struct request *rq, struct wall *from, struct wall *to, struct err *e)
{
	struct date today = tz_date(tz_of(rq), clock_wall(rq->desk->clock), NULL);

	if (!time_field(rq, "from", tz_wall(tz_of(rq), today, 0), from, e))
		return false;
	struct date first = tz_date(tz_of(rq), *from, NULL);
	if (!time_field(rq, "to", tz_wall(tz_of(rq), date_add_days(first, 1), 0), to, e))
		return false;
	/* "from" and "to" the same day: that day, as the command line takes it. */
	if (to->ns == from->ns && date_parse(json_get_text(rq->args, "to", ""), &first))
		*to = tz_wall(tz_of(rq), date_add_days(first, 1), 0);
	if (to->ns > from->ns)
		return true;
	return err_set(e, ERR_USAGE,
		       T("\"to\" phải sau \"from\"", "\"to\" must be after \"from\""));
}

/* Who has taken slots off. */
static void add_people(struct request *rq, json_t *reply, const struct plan *p)
{
	json_t *people = json_object();

	for (int i = 0; i < p->count; i++)
		if (p->list[i].off != NULL)
			persons_add(rq->desk->users, people, p->list[i].off->by);
	json_object_set_new(reply, "people", people);
}

static bool plan(struct request *rq, json_t *reply, struct err *e)
{
	struct wall from, to;
	struct plan made = {0};

	if (!span(rq, &from, &to, e) ||
	    !plan_make(&made, &rq->desk->world.input, from, to, e))
		return false;
	json_t *json = plan_json(&made, &rq->desk->world.input, from, to);
	sight_narrow_plan(json, sight_of(rq), &rq->desk->world);
	add_all(reply, json);
	add_people(rq, reply, &made);
	json_object_set_new(reply, "days", days_json(&rq->desk->world.input, from, to));
	plan_finish(&made);
	return true;
}

static bool preflight(struct request *rq, json_t *reply, struct err *e)
{
	(void)e;
	add_all(reply, preflights_json(&rq->station->preflights));
	return true;
}

static bool preflight_run(struct request *rq, json_t *reply, struct err *e)
{
	return preflights_begin(&rq->station->preflights, rq->who, e) && preflight(rq, reply, e);
}

static bool take_length(struct request *rq, struct bulletin *b, struct err *e)
{
	const char *text;
	char *end;

	if (!request_text(rq, "length_s", true, &text, e))
		return false;
	double length_s = strtod(text, &end);
	if (end == text || *end != '\0' || !(length_s >= 1) || length_s > AUDIO_MAX_S)
		return err_set(e, ERR_USAGE,
			       T("\"length_s\": \"%.40s\" không phải số giây từ 1 đến %d",
				 "\"length_s\": \"%.40s\" is no number of seconds, 1 to %d"),
			       text, AUDIO_MAX_S);
	b->frames = (int64_t)(length_s * (double)FRAMES_PER_S + 0.5);
	return true;
}

/* A bulletin that is still to come, as far as slots ask. */
static bool take_guest(struct request *rq, struct bulletin *b, struct err *e)
{
	const char *language, *programme, *level;

	if (!take_length(rq, b, e) || !request_text(rq, "language", false, &language, e) ||
	    !request_text(rq, "programme", false, &programme, e) ||
	    !request_text(rq, "level", false, &level, e))
		return false;
	if ((level[0] != '\0' && !level_parse(level, &b->level)) ||
	    strlen(language) >= CODE_BYTES || strlen(programme) >= CODE_BYTES)
		return err_set(e, ERR_USAGE, T("không có mức, tiếng hoặc chương trình này",
					       "no such level, language or programme"));
	snprintf(b->language, sizeof(b->language), "%s", language[0] != '\0' ? language : "vi");
	snprintf(b->programmes[0], sizeof(b->programmes[0]), "%s", programme);
	b->programme_count = programme[0] != '\0';
	b->received = clock_wall(rq->desk->clock);
	return true;
}

static bool plan_free(struct request *rq, json_t *reply, struct err *e)
{
	struct bulletin b = {0};
	struct room list[ROOM_MAX];
	int count;

	if (!take_guest(rq, &b, e) ||
	    !room_find(&rq->desk->world.input, &b, clock_wall(rq->desk->clock), list, &count, e))
		return false;
	json_t *free = json_array();
	for (int i = 0; i < count; i++)
		json_array_append_new(free, json_pack("{s:o, s:o, s:o}", "slot",
						      json_text(list[i].slot->name), "start",
						      json_time(list[i].start, tz_of(rq)),
						      "planned",
						      json_time(list[i].planned, tz_of(rq))));
	json_object_set_new(reply, "free", free);
	return true;
}

/* Today unless said. */
static bool date_field(struct request *rq, struct date *d, struct err *e)
{
	const char *text;

	*d = tz_date(tz_of(rq), clock_wall(rq->desk->clock), NULL);
	if (!request_text(rq, "date", false, &text, e))
		return false;
	return text[0] == '\0' || date_parse(text, d) ||
	       err_set(e, ERR_USAGE,
		       T("\"%.40s\" không phải ngày; viết như 2026-11-23",
			 "\"%.40s\" is no date; write it like 2026-11-23"),
		       text);
}

/* Lines have ids, as the log has; whose they are is for those who may be told of everybody's. */
static void name_people(struct request *rq, json_t *reply)
{
	json_t *people = json_object(), *line;
	size_t i;

	json_array_foreach(json_object_get(reply, "lines"), i, line) {
		const char *who = json_get_text(line, "who", "");
		if (json_object_get(people, who) == NULL)
			persons_add(rq->desk->users, people, who);
		json_t *name = json_object_get(people, who);
		if (name != NULL)
			json_object_set(line, "name", name);
	}
	json_decref(people);
}

static bool day(struct request *rq, json_t *reply, struct err *e)
{
	struct date d;

	if (!date_field(rq, &d, e))
		return false;
	const struct playout *playout = rq->station != NULL ? &rq->station->playout : NULL;
	json_t *lines = day_lines(rq->desk, playout, d, sight_of(rq), e);
	if (lines == NULL)
		return false;
	add_all(reply, lines);
	if (sight_of(rq) == NULL)
		name_people(rq, reply);
	return true;
}

static bool why(struct request *rq, json_t *reply, struct err *e)
{
	const struct playout *playout = rq->station != NULL ? &rq->station->playout : NULL;
	const char *what;
	struct date date;

	if (!request_text(rq, "what", true, &what, e) || !date_field(rq, &date, e))
		return false;
	json_t *made = why_make(rq->desk, playout, what, date, sight_of(rq), e);
	if (made == NULL)
		return false;
	add_all(reply, made);
	return true;
}

static bool log_as(struct request *rq, json_t *reply, struct err *e,
		   json_t *(*make)(struct desk *, struct wall, struct wall, const char *,
				   struct err *))
{
	struct wall from, to;

	if (!span(rq, &from, &to, e))
		return false;
	json_t *made = make(rq->desk, from, to, sight_of(rq), e);
	if (made == NULL)
		return false;
	add_all(reply, made);
	return true;
}

static bool log_rows(struct request *rq, json_t *reply, struct err *e)
{
	const char *brief;

	return request_text(rq, "brief", false, &brief, e) &&
	       log_as(rq, reply, e, brief[0] != '\0' ? day_airings_brief : day_airings);
}

static bool log_sheet(struct request *rq, json_t *reply, struct err *e)
{
	struct wall from, to;

	return span(rq, &from, &to, e) && sheeting_begin(rq, from, to, reply, e);
}

static json_t *slot_names(const struct schedule *s)
{
	json_t *names = json_array(), *seen = json_object();

	for (int i = 0; i < s->slot_count; i++) {
		const char *name = s->slots[i].name;
		/* Nobody wishes for what plays bulletins only while a relay is silent. */
		if (s->slots[i].demo || s->slots[i].play.kind != PLAY_BULLETINS ||
		    json_object_get(seen, name) != NULL)
			continue;
		json_object_set_new(seen, name, json_true());
		json_array_append_new(names, json_text(name));
	}
	json_decref(seen);
	return names;
}

/* What a bulletin may be said to be. */
static bool words(struct request *rq, json_t *reply, struct err *e)
{
	struct desk *d = rq->desk;

	(void)e;
	json_object_set_new(reply, "languages", catalogue_list(CODES_LANGUAGES, d->disk));
	json_object_set_new(reply, "programmes", catalogue_list(CODES_PROGRAMMES, d->disk));
	json_object_set_new(reply, "slots", slot_names(&d->world.files->schedule));
	return true;
}

const struct command commands_desk[] = {
	{"words", "", false, words},
	{"plan", "from?, to?", false, plan},
	{"preflight", "", true, preflight},
	{"preflight.run", "", true, preflight_run},
	{"plan.free", "length_s, language?, programme?, level?", false, plan_free},
	{"day", "date?", false, day},
	{"why", "what, date?", false, why},
	{"log", "from?, to?, brief?", false, log_rows},
	{"log.csv", "from?, to?", false, log_sheet},
	{0},
};
