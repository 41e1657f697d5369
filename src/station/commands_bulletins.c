/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fold.h"
#include "base/json.h"
#include "base/text.h"
#include "proof/entry.h"
#include "station/approval.h"
#include "station/cards.h"
#include "station/commands.h"
#include "station/edit.h"
#include "station/intake.h"
#include "station/ordering.h"
#include "station/outline.h"
#include "station/outlook.h"
#include "station/past.h"
#include "station/sight.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Which of the list are wanted. */
struct wanted {
	const char *only;
	bool any_state, waiting;
	enum bulletin_state state;
	char find[TITLE_BYTES]; /* folded */
	int64_t before;		/* index; those received before it */
	long limit;
};

static bool take_state(struct request *rq, struct wanted *w, struct err *e)
{
	const char *state;

	if (!request_text(rq, "state", false, &state, e))
		return false;
	w->any_state = state[0] == '\0';
	w->waiting = strcmp(state, "waiting") == 0;
	return w->any_state || w->waiting || bulletin_state_parse(state, &w->state) ||
	       err_set(e, ERR_USAGE, T("\"state\": không có trạng thái \"%.40s\"",
				       "\"state\": no state \"%.40s\""), state);
}

static bool take_limit(struct request *rq, struct wanted *w, struct err *e)
{
	const char *text;
	char *end = NULL;

	if (!request_text(rq, "limit", false, &text, e))
		return false;
	w->limit = text[0] != '\0' ? strtol(text, &end, 10) : BULLETINS_MAX;
	return (w->limit > 0 && (end == NULL || *end == '\0')) ||
	       err_set(e, ERR_USAGE, T("\"limit\" phải là một số từ 1",
				       "\"limit\" must be a number from 1"));
}

static bool take_wanted(struct request *rq, struct wanted *w, struct err *e)
{
	const char *find, *before;

	*w = (struct wanted){.only = sight_of(rq)};
	if (!take_state(rq, w, e) || !take_limit(rq, w, e) ||
	    !request_text(rq, "find", false, &find, e) ||
	    !request_text(rq, "before", false, &before, e))
		return false;
	fold_plain(find, w->find, sizeof(w->find));
	w->before = before[0] != '\0' ? entry_id_index(before, 'B') : INT64_MAX;
	return w->before >= 0 || err_set(e, ERR_USAGE, T("\"before\": không phải mã bản tin",
							 "\"before\": no bulletin's id"));
}

static bool matches(const struct wanted *w, const struct bulletin *b)
{
	char text[TITLE_BYTES + ID_BYTES], plain[sizeof(text)];

	if (!(w->any_state || (w->waiting ? bulletin_waits(b) : b->state == w->state)))
		return false;
	if (w->find[0] == '\0')
		return true;
	snprintf(text, sizeof(text), "%s %s", b->title, b->id);
	fold_plain(text, plain, sizeof(plain));
	return fold_finds(w->find, plain);
}

static bool bulletins(struct request *rq, json_t *reply, struct err *e)
{
	const struct world *world = &rq->desk->world;
	const struct settings *s = &world->files->settings;
	json_int_t all = 0, count = 0;
	struct wanted w;
	struct cards cards;

	if (!take_wanted(rq, &w, e) || !cards_open(&cards, rq->desk, NULL, e))
		return false;
	json_t *list = json_array();
	for (int i = 0; i < world->bulletin_count; i++) {
		const struct bulletin *b = &world->bulletins[i];
		if (!sight_has_bulletin(w.only, b))
			continue;
		all++;
		if (!matches(&w, b))
			continue;
		count++;
		if (entry_id_index(b->id, 'B') < w.before &&
		    (long)json_array_size(list) < w.limit)
			json_array_append_new(list, cards_make(&cards, b));
	}
	cards_close(&cards);
	json_object_set_new(reply, "bulletins", list);
	json_object_set_new(reply, "count", json_integer(count));
	json_object_set_new(reply, "all", json_integer(all));
	json_object_set_new(reply, "approval",
			    json_pack("{s:i, s:b, s:b}", "persons", s->approval_persons,
				      "document", s->approval_document, "own",
				      approval_own_allowed(rq)));
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
		T("không có bản tin \"%.40s\"%s", "no bulletin \"%.40s\"%s"),
		id, text_shell(T("; xem: vangxa bulletins", "; see: vangxa bulletins")));
	return NULL;
}

static bool add_bulletin(struct request *rq, const struct bulletin *b, json_t *reply, struct err *e)
{
	struct cards cards;

	if (!cards_open(&cards, rq->desk, b->id, e))
		return false;
	json_object_set_new(reply, "bulletin", cards_make(&cards, b));
	cards_close(&cards);
	return true;
}

static bool bulletin(struct request *rq, json_t *reply, struct err *e)
{
	const struct bulletin *b = named(rq, e);

	return b != NULL && add_bulletin(rq, b, reply, e);
}

/* Appends a decision and answers with the bulletin as it then is; id NULL: the one that the entry
 * itself makes. */
static bool decide(struct request *rq, const char *id, json_t *entry, json_t *reply, struct err *e)
{
	char kept[ID_BYTES];
	int64_t n;

	snprintf(kept, sizeof(kept), "%s", id != NULL ? id : ""); /* the list is read anew */
	if (!desk_append(rq->desk, entry, &n, e))
		return false;
	if (id == NULL)
		entry_id('B', n, kept);
	const struct bulletin *b = world_bulletin(&rq->desk->world, kept);
	return b == NULL || add_bulletin(rq, b, reply, e);
}

static bool approve(struct request *rq, json_t *reply, struct err *e)
{
	const struct bulletin *b = named(rq, e);
	json_t *entry = b != NULL ? approval_entry(rq, b, e) : NULL;

	return entry != NULL && decide(rq, b->id, entry, reply, e);
}

static bool refuse(struct request *rq, json_t *reply, struct err *e)
{
	const struct bulletin *b = named(rq, e);
	const char *reason;

	if (b == NULL || !request_text(rq, "reason", true, &reason, e))
		return false;
	if (!bulletin_waits(b))
		return approval_wrong_state(b, e);
	return decide(rq, b->id, entry_bulletin_refused(b->id, reason, rq->who), reply, e);
}

static bool withdraw(struct request *rq, json_t *reply, struct err *e)
{
	const struct bulletin *b = named(rq, e);
	const char *reason;

	if (b == NULL || !request_text(rq, "reason", true, &reason, e))
		return false;
	if (!bulletin_waits(b) && b->state != BULLETIN_APPROVED)
		return approval_wrong_state(b, e);
	return decide(rq, b->id, entry_bulletin_withdrawn(b->id, reason, rq->who), reply, e);
}

static bool edit(struct request *rq, json_t *reply, struct err *e)
{
	const struct bulletin *b = named(rq, e);
	json_t *entry = b != NULL ? edit_entry(rq, b, e) : NULL;

	if (b == NULL || (entry == NULL && e->kind != ERR_NONE))
		return false;
	if (entry == NULL)
		return add_bulletin(rq, b, reply, e);
	bool itself = strcmp(json_get_text(entry, "kind", ""), KIND_EDITED) == 0;
	return decide(rq, itself ? b->id : NULL, entry, reply, e);
}

static bool outlook(struct request *rq, json_t *reply, struct err *e)
{
	const struct bulletin *b = named(rq, e);

	return b != NULL && outlook_start(rq, b, reply, e);
}

static bool past(struct request *rq, json_t *reply, struct err *e)
{
	const struct bulletin *b = named(rq, e);
	json_t *made = b != NULL ? past_make(rq->desk, b, e) : NULL;

	if (made == NULL)
		return false;
	json_object_update(reply, made);
	json_decref(made);
	return true;
}

static bool waveform(struct request *rq, json_t *reply, struct err *e)
{
	const struct bulletin *b = named(rq, e);

	return b != NULL && outline_start(rq, b, reply, e);
}

/* Of the coming day. */
static bool orders(struct request *rq, json_t *reply, struct err *e)
{
	struct wall now = clock_wall(rq->desk->clock);
	const struct tz *tz = &rq->desk->world.files->settings.tz;
	struct plan p = {0};

	if (!plan_make(&p, &rq->desk->world.input, now, wall_add_ns(now, 86400 * NS_PER_S), e))
		return false;
	json_object_set_new(reply, "orders", ordering_json(&p, tz, now, rq->desk->users));
	plan_finish(&p);
	return true;
}

static bool order(struct request *rq, json_t *reply, struct err *e)
{
	return ordering_set(rq->desk, json_object_get(rq->args, "bulletins"), rq->who, e) &&
	       orders(rq, reply, e);
}

const struct command commands_bulletins[] = {
	{"bulletins", "state?, find?, before?, limit?", false, bulletins},
	{"bulletin", "bulletin", false, bulletin},
	/* The same: its sound is the web process's to read. Another name says that it is heard. */
	{"bulletin.audio", "bulletin", false, bulletin},
	{"bulletin.waveform", "bulletin", false, waveform},
	{"bulletin.add",
	 "path, title, name?, language?, kind?, level?, programmes?, fund?, slots?, from?, to?, "
	 "replaces?, sha256?, progress?",
	 false, intake_start},
	{"bulletin.edit",
	 "bulletin, title?, language?, kind?, level?, programmes?, fund?, slots?, from?, to?",
	 false, edit},
	{"bulletin.approve", "bulletin, document?, sha256?, revision?", false, approve},
	{"bulletin.refuse", "bulletin, reason", false, refuse},
	{"bulletin.withdraw", "bulletin, reason", false, withdraw},
	{"bulletin.outlook", "bulletin", false, outlook},
	{"bulletin.past", "bulletin", false, past},
	{"orders", "", false, orders},
	{"order", "bulletins", false, order},
	{0},
};
