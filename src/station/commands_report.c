/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports over a page: `vangxa report` makes them, in a process of its own. */
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "report/by.h"
#include "report/filetype.h"
#include "report/summary.h"
#include "report/wish.h"
#include "station/catalogue.h"
#include "station/commands.h"
#include "station/station.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 40

static json_t *list_tables(void)
{
	const struct report_table *t;
	json_t *list = json_array();

	for (int i = 0; (t = report_table(i)) != NULL; i++)
		json_array_append_new(list, json_pack("{s:s, s:s}", "table", t->letter, "name",
						      T(t->vi, t->en)));
	json_array_append_new(list, json_pack("{s:s, s:s, s:[s,s,s]}", "table", SUMMARY_NAME,
					      "name", summary_title(), "formats", "pdf", "html",
					      "json"));
	return list;
}

static json_t *list_formats(void)
{
	json_t *list = json_array();

	for (int i = 0; filetype_format(i) != NULL; i++)
		json_array_append_new(list, json_string(filetype_format(i)));
	return list;
}

static json_t *list_places(const struct settings *s)
{
	json_t *list = json_array();

	for (int i = 0; i < s->zone_count; i++)
		json_array_append_new(list, json_pack("{s:s, s:s}", "code", s->zones[i].name,
						      "name", s->zones[i].name));
	return list;
}

/* Accounts, also those that are disabled: what they handed in stands in the log. */
static json_t *list_producers(const struct request *rq)
{
	struct err ignored = {0};
	json_t *users = users_list(rq->desk->users, &rq->desk->world.files->settings.tz,
				   &ignored), *user;
	json_t *list = json_array();
	size_t i;

	json_array_foreach(users, i, user)
		json_array_append_new(
			list, json_pack("{s:o, s:s}", "code",
					json_incref(json_object_get(user, "user")), "name",
					json_get_text(user, "person",
						      json_get_text(user, "name", ""))));
	json_decref(users);
	return list;
}

static json_t *list_bys(void)
{
	json_t *list = json_array();

	for (int i = 1; i < REPORT_BYS; i++)
		json_array_append_new(list, json_string(by_code((enum report_by)i)));
	return list;
}

/* What can be asked for. */
static bool reports(struct request *rq, json_t *reply, struct err *e)
{
	static const struct {
		const char *key;
		enum codes_list list;
	} lists[] = {{"programmes", CODES_PROGRAMMES}, {"languages", CODES_LANGUAGES},
		     {"kinds", CODES_KINDS}, {"funds", CODES_FUNDS}};

	(void)e;
	json_object_set_new(reply, "tables", list_tables());
	json_object_set_new(reply, "formats", list_formats());
	json_object_set_new(reply, "cycle_day", json_integer(PERIOD_REPORT_DAY));
	json_object_set_new(reply, "places", list_places(&rq->desk->world.files->settings));
	json_object_set_new(reply, "producers", list_producers(rq));
	json_object_set_new(reply, "by", list_bys());
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		json_object_set_new(reply, lists[i].key,
				    catalogue_list(lists[i].list, rq->desk->disk));
	return true;
}

/* A word of the request; NULL: it has none. "" is one: it asks for what has no code. */
static bool take(struct request *rq, const char *name, const char **to, struct err *e)
{
	const char *text;

	rq->field = name;
	if (json_object_get(rq->args, name) == NULL)
		return true;
	if (!request_text(rq, name, false, &text, e))
		return false;
	*to = text;
	return true;
}

static bool take_all(struct request *rq, struct wish *w, const char **format, struct err *e)
{
	const struct {
		const char *name;
		const char **to;
	} words[] = {{"table", &w->table}, {"format", format}, {"period", &w->period},
		     {"from", &w->from}, {"to", &w->to}, {"cycle", &w->cycle}, {"only", &w->only},
		     {"programme", &w->filter.programme}, {"language", &w->filter.language},
		     {"kind", &w->filter.kind}, {"fund", &w->filter.fund},
		     {"place", &w->filter.place}, {"producer", &w->filter.producer},
		     {"by", &w->by}};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!take(rq, words[i].name, words[i].to, e))
			return false;
	rq->field = "format";
	if (summary_named(w->table) &&
	    (strcmp(*format, "csv") == 0 || strcmp(*format, "xlsx") == 0))
		return err_set(e, ERR_USAGE, T("báo cáo bằng lời chỉ có pdf, html và json",
					       "the report in words has pdf, html and json only"));
	return filetype_of(*format) != NULL ||
	       err_set(e, ERR_USAGE, T("định dạng \"%.20s\": chọn pdf, xlsx, csv, json hoặc html",
				       "format \"%.20s\": choose pdf, xlsx, csv, json or html"),
		       *format);
}

/* The arguments of a program. */
struct line {
	char *words[WORDS_MAX];
	int count;
};

static void add(struct line *l, const char *option, const char *value)
{
	if (value == NULL)
		return;
	must(l->count + 2 < WORDS_MAX);
	l->words[l->count++] = CARRIERS_WORD(option);
	l->words[l->count++] = CARRIERS_WORD(value);
}

static bool carry(struct request *rq, const struct wish *w, const char *format, int fd,
		  struct err *e)
{
	char *id = json_dumps(rq->id != NULL ? rq->id : json_null(), JSON_ENCODE_ANY);
	struct line l = {.words = {CARRIERS_WORD("report"), CARRIERS_WORD(w->table)}, .count = 2};

	must(id != NULL);
	add(&l, "--data", rq->desk->dir);
	add(&l, "--format", format);
	add(&l, "--reply", id);
	add(&l, "--lang", text_english() ? "en" : "vi");
	add(&l, "--period", w->period);
	add(&l, "--from", w->from);
	add(&l, "--to", w->to);
	add(&l, "--cycle", w->cycle);
	add(&l, "--only", w->only);
	add(&l, "--programme", w->filter.programme);
	add(&l, "--language", w->filter.language);
	add(&l, "--kind", w->filter.kind);
	add(&l, "--fund", w->filter.fund);
	add(&l, "--place", w->filter.place);
	add(&l, "--producer", w->filter.producer);
	add(&l, "--by", w->by);
	bool ok = carriers_start(&rq->station->reporters, rq->station->loop, l.words, fd, e);
	free(id);
	return ok;
}

/* For the entry of who looked: the days themselves, for a period's name does not tell its cycle. */
static void set_days(struct request *rq, const struct period *p)
{
	char from[11], to[11], days[24];

	date_print(p->first, from);
	date_print(p->last, to);
	snprintf(days, sizeof(days), "%s..%s", from, to);
	json_object_set_new(rq->args, "days", json_string(days));
}

static bool report(struct request *rq, json_t *reply, struct err *e)
{
	struct wish w = {.table = ""};
	const char *format = "";
	struct period period;

	(void)reply;
	if (!take_all(rq, &w, &format, e) || !wish_read(&w, &period, &rq->field, e))
		return false;
	rq->field = NULL;
	if (carriers_full(&rq->station->reporters))
		return err_set(e, ERR_CONFLICT,
			       T("đài đang lập %d báo cáo khác; đợi một lát rồi thử lại",
				 "%d other reports are being made; wait a while and try again"),
			       CARRIERS_MAX);
	set_days(rq, &period);
	rq->later = true;
	int fd = control_release(rq->station->control, rq->client);
	/* −1: who asked has gone. */
	return fd < 0 || carry(rq, &w, format, fd, e);
}

const struct command commands_report[] = {
	{"reports", "", false, reports},
	{"report", "table, format, period? | from?, to?, cycle?, programme?, language?, kind?, "
		   "fund?, place?, producer?, only?, by?", true, report},
	{0},
};
