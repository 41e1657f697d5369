/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/text.h"
#include "plan/plan_json.h"
#include "proof/row.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "station/commands.h"
#include "station/day.h"
#include "station/intake.h"
#include "station/sight.h"
#include "station/station.h"

#include <stdio.h>
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

static bool bulletins(struct request *rq, json_t *reply, struct err *e)
{
	const struct world *w = &rq->desk->world;
	json_t *aired = reader_aired(ledger_view(rq->desk->ledger), e), *findings;
	json_t *list = json_array();
	const char *only = sight_of(rq);

	if (aired == NULL || !reader_findings(ledger_view(rq->desk->ledger), NULL, &findings, e)) {
		json_decref(aired);
		json_decref(list);
		return false;
	}
	for (int i = 0; i < w->bulletin_count; i++) {
		const struct bulletin *b = &w->bulletins[i];
		if (!sight_has_bulletin(only, b))
			continue;
		json_t *row = row_bulletin_json(b, json_object_get(findings, b->id), tz_of(rq));
		const json_t *times = json_object_get(aired, b->id);
		json_object_set_new(row, "aired", json_integer(json_integer_value(times)));
		json_array_append_new(list, row);
	}
	json_object_set_new(reply, "bulletins", list);
	json_decref(aired);
	json_decref(findings);
	return true;
}

static const struct bulletin *named(struct request *rq, struct err *e)
{
	const char *id;

	if (!request_text(rq, "bulletin", true, &id, e))
		return NULL;
	const struct bulletin *b = world_bulletin(&rq->desk->world, id);
	if (b != NULL && sight_has_bulletin(sight_of(rq), b))
		return b;
	err_set(e, ERR_NOT_FOUND,
			T("không có bản tin \"%.40s\"; xem: vangxa bulletins",
			  "no bulletin \"%.40s\"; see: vangxa bulletins"),
			id);
	return NULL;
}

static bool add_bulletin(struct request *rq, const struct bulletin *b, json_t *reply, struct err *e)
{
	json_t *findings;

	if (!reader_findings(ledger_view(rq->desk->ledger), b->id, &findings, e))
		return false;
	json_object_set_new(reply, "bulletin",
			    row_bulletin_json(b, json_object_get(findings, b->id), tz_of(rq)));
	json_decref(findings);
	return true;
}

static bool bulletin(struct request *rq, json_t *reply, struct err *e)
{
	const struct bulletin *b = named(rq, e);

	return b != NULL && add_bulletin(rq, b, reply, e);
}

/* Appends a decision and answers with the bulletin as it then is. */
static bool decide(struct request *rq, const char *id, json_t *entry, json_t *reply, struct err *e)
{
	char kept[ID_BYTES];
	int64_t n;

	snprintf(kept, sizeof(kept), "%s", id); /* id lives in the list that is read anew */
	if (!desk_append(rq->desk, entry, &n, e))
		return false;
	const struct bulletin *b = world_bulletin(&rq->desk->world, kept);
	return b == NULL || add_bulletin(rq, b, reply, e);
}

static bool wrong_state(const struct bulletin *b, struct err *e)
{
	static const char *const vi[] = {"đang chờ duyệt", "đã được duyệt", "đã bị từ chối",
					 "đã rút lại"};
	static const char *const en[] = {"waits for approval", "is approved already", "was refused",
					 "was withdrawn"};

	return err_set(e, ERR_CONFLICT, "%s (%s) %s", b->id, b->title, T(vi, en)[b->state]);
}

/* What was heard is what is decided on: the master's SHA-256, as the page showed it with the sound.
 * An account must say it; at the machine itself it may be left out. */
static bool same_bytes(struct request *rq, const struct bulletin *b, struct err *e)
{
	const char *sha256;

	if (!request_text(rq, "sha256", rq->user.id != 0, &sha256, e))
		return false;
	return sha256[0] == '\0' || strcmp(sha256, b->sha256) == 0 ||
	       err_set(e, ERR_CONFLICT,
		       T("%s không còn là âm thanh bạn đã nghe; hãy nghe lại rồi duyệt",
			 "%s is not the sound that you heard; listen again, then decide"),
		       b->id);
}

static bool approve(struct request *rq, json_t *reply, struct err *e)
{
	const struct bulletin *b = named(rq, e);
	const char *document;

	if (b == NULL || !request_text(rq, "document", false, &document, e) ||
	    !same_bytes(rq, b, e))
		return false;
	if (b->state != BULLETIN_RECEIVED)
		return wrong_state(b, e);
	return decide(rq, b->id, entry_bulletin_approved(b->id, b->sha256, document, rq->who),
		      reply, e);
}

static bool refuse(struct request *rq, json_t *reply, struct err *e)
{
	const struct bulletin *b = named(rq, e);
	const char *reason;

	if (b == NULL || !request_text(rq, "reason", true, &reason, e))
		return false;
	if (b->state != BULLETIN_RECEIVED)
		return wrong_state(b, e);
	return decide(rq, b->id, entry_bulletin_refused(b->id, reason, rq->who), reply, e);
}

static bool withdraw(struct request *rq, json_t *reply, struct err *e)
{
	const struct bulletin *b = named(rq, e);
	const char *reason;

	if (b == NULL || !request_text(rq, "reason", true, &reason, e))
		return false;
	if (b->state == BULLETIN_REFUSED || b->state == BULLETIN_WITHDRAWN)
		return wrong_state(b, e);
	return decide(rq, b->id, entry_bulletin_withdrawn(b->id, reason, rq->who), reply, e);
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
	if (to->ns > from->ns)
		return true;
	return err_set(e, ERR_USAGE,
		       T("\"to\" phải sau \"from\"", "\"to\" must be after \"from\""));
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
	plan_finish(&made);
	return true;
}

static bool day(struct request *rq, json_t *reply, struct err *e)
{
	struct date d = tz_date(tz_of(rq), clock_wall(rq->desk->clock), NULL);
	const char *text;

	if (!request_text(rq, "date", false, &text, e))
		return false;
	if (text[0] != '\0' && !date_parse(text, &d))
		return err_set(e, ERR_USAGE,
			       T("\"%.40s\" không phải ngày; viết như 2026-11-23",
				 "\"%.40s\" is no date; write it like 2026-11-23"),
			       text);
	const struct playout *playout = rq->station != NULL ? &rq->station->playout : NULL;
	json_t *lines = day_lines(rq->desk, playout, d, sight_of(rq), e);
	if (lines == NULL)
		return false;
	add_all(reply, lines);
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
	return log_as(rq, reply, e, day_sheet);
}

const struct command commands_desk[] = {
	{"bulletins", "", false, bulletins},
	{"bulletin", "bulletin", false, bulletin},
	{"bulletin.add",
	 "path, title, name?, language?, kind?, level?, programmes?, fund?, slots?, from?, to?, "
	 "sha256?, progress?",
	 false, intake_start},
	{"bulletin.approve", "bulletin, document?, sha256?", false, approve},
	{"bulletin.refuse", "bulletin, reason", false, refuse},
	{"bulletin.withdraw", "bulletin, reason", false, withdraw},
	{"plan", "from?, to?", false, plan},
	{"day", "date?", false, day},
	{"log", "from?, to?, brief?", false, log_rows},
	{"log.csv", "from?, to?", false, log_sheet},
	{0},
};
