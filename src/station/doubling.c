/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/doubling.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/reader.h"
#include "proof/registers.h"
#include "proof/sameness.h"
#include "report/doubles.h"
#include "station/commands.h"
#include "station/later.h"
#include "station/persons.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT_ONCE 4 /* looks that are under way */

struct doubling {
	struct later later;
	struct desk *desk;
	char path[PATH_BYTES + 16];
	enum doubling_list which;
	int64_t after;
	int most;
	struct tz tz;
	struct view *view;
	struct doubles all;
	json_t *told; /* made aside */
	/* Of a decision: */
	char first[ID_BYTES], second[ID_BYTES], decision[CODE_BYTES], reason[REASON_BYTES];
	char who[CODE_BYTES];
	const struct pair *pair; /* NULL: the program suspects nothing */
};

static void set(json_t *o, const char *key, json_t *value)
{
	if (value != NULL && (json_object_get(o, key) == NULL))
		json_object_set_new(o, key, value);
	else
		json_decref(value);
}

static json_t *known(const char *text)
{
	return text[0] != '\0' ? json_text(text) : NULL;
}

static void tell_bulletin(const struct doubling *g, const char *id, json_t *o)
{
	struct bulletin b;
	struct err ignored = {0};
	int32_t second;
	char day[11];

	if (!reader_bulletin(g->view, id, &b, &ignored))
		return;
	date_print(tz_date(&g->tz, b.received, &second), day);
	set(o, "title", known(b.title));
	set(o, "kind", known(b.kind));
	set(o, "language", known(b.language));
	set(o, "fund", known(b.fund));
	set(o, "length_s", json_real((double)b.frames / FRAMES_PER_S));
	set(o, "sha256", known(b.sha256));
	set(o, "state", json_string(bulletin_state_code(b.state)));
	set(o, "day", json_string(day));
	set(o, "sender", known(b.sender));
}

static void tell_row(const struct doubling *g, const char *row, json_t *o)
{
	static const char *const keys[] = {"title", "kind", "language", "fund", "length_s",
					   "number", "producer", "level", "amount", "sha256",
					   "reused", "decision"};
	static const char *const days[] = {"accepted", "made", "decided"};
	struct err ignored = {0};
	json_t *fields;

	if (!registers_row(g->view, "products", row, &fields, &ignored))
		return;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		set(o, keys[i], json_incref(json_object_get(fields, keys[i])));
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		set(o, "day", known(json_get_text(fields, days[i], "")));
	json_decref(fields);
}

static json_t *side(const struct doubling *g, const char *name)
{
	json_t *o = json_pack("{s:s}", "name", name);
	int at = doubles_index(&g->all, name);

	must(o != NULL);
	if (at < 0)
		return o;
	set(o, "bulletin", known(g->all.list[at].id));
	set(o, "row", known(g->all.list[at].row));
	if (g->all.list[at].id[0] != '\0')
		tell_bulletin(g, g->all.list[at].id, o);
	if (g->all.list[at].row[0] != '\0')
		tell_row(g, g->all.list[at].row, o);
	return o;
}

static json_t *tell_decision(const struct doubling *g, const json_t *d)
{
	if (d == NULL)
		return json_null();
	struct wall at = {json_get_integer(d, "at_ms", 0) * NS_PER_MS};
	return json_pack("{s:I, s:o, s:s, s:s, s:s}", "n",
			 (json_int_t)json_get_integer(d, "n", 0), "at", json_time(at, &g->tz),
			 "decision", json_get_text(d, "decision", ""), "reason",
			 json_get_text(d, "reason", ""), "who", json_get_text(d, "who", ""));
}

static json_t *tell_pair(const struct doubling *g, const struct pair *p)
{
	char words[REASON_BYTES];

	snprintf(words, sizeof(words), "%s: %s", pair_kind_text(p->kind), pair_how_text(p->how));
	return json_pack("{s:o, s:o, s:s, s:s, s:s, s:s, s:o, s:o}", "first",
			 side(g, doubles_name(&g->all, p->first)), "second",
			 side(g, doubles_name(&g->all, p->second)), "kind",
			 pair_kind_code(p->kind), "how", pair_how_code(p->how), "severity",
			 pair_severity(p->kind), "words", words, "percent",
			 p->percent > 0 ? json_integer(p->percent) : json_null(), "decided",
			 tell_decision(g, doubles_decision(&g->all, p->first, p->second)));
}

/* As it was suspected then, which may be so no more. */
static json_t *tell_decided(const struct doubling *g, const json_t *d)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:s, s:n, s:n, s:o}", "first",
			 side(g, json_get_text(d, "first", "")), "second",
			 side(g, json_get_text(d, "second", "")), "kind",
			 json_text(json_get_text(d, "suspected", "")), "how",
			 json_text(json_get_text(d, "how", "")), "severity", "note", "words",
			 "percent", "decided", tell_decision(g, d));
}

/* Passes over the first ones, and takes no more than a page. */
static bool page_has_room(struct doubling *g, json_t *list, bool *more)
{
	if (g->after-- > 0)
		return false;
	*more = *more || (int)json_array_size(list) >= g->most;
	return !*more;
}

static void tell_pairs(struct doubling *g, enum pair_kind kind, json_t *list, bool *more)
{
	for (int i = 0; i < g->all.pairs.count && !*more; i++) {
		const struct pair *p = &g->all.pairs.list[i];
		if (p->kind == kind &&
		    (kind == PAIR_OTHER_LANGUAGE || doubles_waits(&g->all, p)) &&
		    page_has_room(g, list, more))
			json_array_append_new(list, tell_pair(g, p));
	}
}

static int newest_first(const void *a, const void *b)
{
	int64_t x = json_get_integer(*(json_t *const *)a, "n", 0);
	int64_t y = json_get_integer(*(json_t *const *)b, "n", 0);

	return (x < y) - (x > y);
}

/* What was taken back is open again, and stands there. */
static int tell_all_decided(struct doubling *g, json_t *list, bool *more)
{
	json_t **all = calloc(json_object_size(g->all.decided) + 1, sizeof(*all)), *one;
	const char *key;
	int count = 0;

	must(all != NULL);
	json_object_foreach(g->all.decided, key, one)
		if (strcmp(json_get_text(one, "decision", "open"), "open") != 0)
			all[count++] = one;
	qsort(all, (size_t)count, sizeof(json_t *), newest_first);
	for (int i = 0; i < count && list != NULL; i++)
		if (page_has_room(g, list, more))
			json_array_append_new(list, tell_decided(g, all[i]));
	free(all);
	return count;
}

static json_t *tell_list(struct doubling *g, bool *more)
{
	json_t *list = json_array();

	*more = false;
	if (g->which == DOUBLING_DECIDED)
		tell_all_decided(g, list, more);
	else if (g->which == DOUBLING_VERSIONS)
		tell_pairs(g, PAIR_OTHER_LANGUAGE, list, more);
	else
		for (int kind = 0; kind < PAIR_OTHER_LANGUAGE; kind++)
			tell_pairs(g, (enum pair_kind)kind, list, more);
	return list;
}

static json_t *tell(struct doubling *g)
{
	int open = 0, red = 0, versions = 0, decided = tell_all_decided(g, NULL, NULL);
	bool more;

	for (int i = 0; i < g->all.pairs.count; i++) {
		const struct pair *p = &g->all.pairs.list[i];
		bool waits = doubles_waits(&g->all, p);
		open += waits;
		red += waits && p->kind == PAIR_TWO_FUNDS;
		versions += p->kind == PAIR_OTHER_LANGUAGE;
	}
	json_t *list = tell_list(g, &more);
	return json_pack("{s:{s:i, s:i}, s:i, s:i, s:o, s:b}", "open", "count", open, "red", red,
			 "decided", decided, "versions", versions, "pairs", list, "more",
			 (int)more);
}

static bool look(struct doubling *g, struct err *e)
{
	int64_t entries;

	if (!reader_open(&g->view, g->path, e))
		return false;
	bool ok = reader_hold(g->view, &entries, e) && doubles_find(&g->all, g->view, e);
	if (ok && g->decision[0] == '\0')
		g->told = tell(g);
	reader_release(g->view);
	reader_close(g->view);
	g->view = NULL;
	return ok;
}

static bool work(void *arg, struct err *e)
{
	return look(arg, e);
}

static void add_person(const struct doubling *g, json_t *people, const json_t *o, const char *key)
{
	persons_add(g->desk->users, people, json_get_text(o, key, ""));
}

static bool conclude(void *arg, json_t *reply, struct err *e)
{
	struct doubling *g = arg;
	json_t *people = json_object(), *pair;
	size_t i;

	(void)e;
	json_array_foreach(json_object_get(g->told, "pairs"), i, pair) {
		add_person(g, people, json_object_get(pair, "first"), "sender");
		add_person(g, people, json_object_get(pair, "second"), "sender");
		add_person(g, people, json_object_get(pair, "decided"), "who");
	}
	json_object_update(reply, g->told);
	json_object_set_new(reply, "people", people);
	return true;
}

static void destroy(void *arg)
{
	struct doubling *g = arg;

	doubles_finish(&g->all);
	json_decref(g->told);
	free(g);
}

static const struct later_kind telling = {work, conclude, destroy, NULL};

static struct doubling *begin(struct request *rq, const struct later_kind *kind, struct err *e)
{
	if (later_count(rq->station, kind) >= AT_ONCE) {
		err_set(e, ERR_TOO_MANY, T("đang tìm sản phẩm trùng; thử lại sau vài giây",
					   "duplicates are looked for already; try again in a few "
					   "seconds"));
		return NULL;
	}
	struct doubling *g = calloc(1, sizeof(*g));
	must(g != NULL);
	g->desk = rq->desk;
	g->tz = rq->desk->world.files->settings.tz;
	snprintf(g->path, sizeof(g->path), "%s/view.sqlite", rq->desk->dir);
	return g;
}

bool doubling_tell(struct request *rq, enum doubling_list which, int64_t after, int most,
		   json_t *reply, struct err *e)
{
	struct doubling *g = begin(rq, &telling, e);

	if (g == NULL)
		return false;
	g->which = which;
	g->after = after;
	g->most = most < 0 || most > DOUBLING_PAGE ? DOUBLING_PAGE : most;
	return later_start(&g->later, &telling, g, rq, reply, e);
}

static bool there(const struct doubling *g, const char *name, int *index, struct err *e)
{
	*index = doubles_index(&g->all, name);
	return *index >= 0 || err_set(e, ERR_NOT_FOUND,
				      T("không có sản phẩm %.31s", "there is no product %.31s"),
				      name);
}

/* Each counts because of another: none would count. What was decided of the two themselves goes
 * with the new decision. */
static bool in_a_circle(const struct doubling *g, int first, int second)
{
	const json_t *theirs = doubles_decision(&g->all, first, second);
	int at = first;

	for (size_t i = 0; i <= json_object_size(g->all.struck) && at >= 0; i++) {
		const struct doubles_item *one = &g->all.list[at];
		if (at == second)
			return true;
		const json_t *d = doubles_struck(&g->all, one->id, one->row);
		if (d == NULL || d == theirs)
			return false;
		at = doubles_index(&g->all, json_get_text(d, "first", ""));
	}
	return at >= 0;
}

static bool may_decide(struct doubling *g, int first, int second, struct err *e)
{
	bool counts = strcmp(g->decision, "same") == 0 || strcmp(g->decision, "reuse") == 0;

	if (first == second)
		return err_set(e, ERR_REFUSED, T("%.31s và %.31s là một dòng",
						 "%.31s and %.31s are one"), g->first, g->second);
	if (strcmp(g->decision, "open") == 0 && doubles_decision(&g->all, first, second) == NULL)
		return err_set(e, ERR_REFUSED, T("chưa có quyết định nào để bỏ",
						 "there is no decision to take back"));
	if (counts && in_a_circle(g, first, second))
		return err_set(e, ERR_REFUSED,
			       T("%.31s đã không tính vì là %.31s: hãy bỏ quyết định ấy trước",
				 "%.31s does not count because of %.31s: take that back first"),
			       g->first, g->second);
	return true;
}

/* Their usual names, and what the program has said of them. */
static bool decide_aside(void *arg, struct err *e)
{
	struct doubling *g = arg;
	int first, second;

	if (!look(g, e) || !there(g, g->first, &first, e) || !there(g, g->second, &second, e) ||
	    !may_decide(g, first, second, e))
		return false;
	memcpy(g->first, doubles_name(&g->all, first), sizeof(g->first));
	memcpy(g->second, doubles_name(&g->all, second), sizeof(g->second));
	for (int i = 0; i < g->all.pairs.count && g->pair == NULL; i++) {
		const struct pair *p = &g->all.pairs.list[i];
		if ((p->first == first && p->second == second) ||
		    (p->first == second && p->second == first))
			g->pair = p;
	}
	return true;
}

static bool write_down(void *arg, json_t *reply, struct err *e)
{
	struct doubling *g = arg;
	json_t *entry = entry_duplicate_decided(
		g->first, g->second, g->pair != NULL ? pair_kind_code(g->pair->kind) : "",
		g->pair != NULL ? pair_how_code(g->pair->how) : "", g->decision, g->reason, g->who);
	int64_t n;

	if (!ledger_append(g->desk->ledger, entry, &n, e))
		return false;
	json_object_set_new(reply, "n", json_integer(n));
	return true;
}

static const struct later_kind deciding = {decide_aside, write_down, destroy, NULL};

bool doubling_decide(struct request *rq, const char *first, const char *second,
		     const char *decision, const char *reason, json_t *reply, struct err *e)
{
	struct doubling *g = begin(rq, &deciding, e);

	if (g == NULL)
		return false;
	snprintf(g->first, sizeof(g->first), "%.31s", first);
	snprintf(g->second, sizeof(g->second), "%.31s", second);
	snprintf(g->decision, sizeof(g->decision), "%.31s", decision);
	snprintf(g->reason, sizeof(g->reason), "%s", reason);
	snprintf(g->who, sizeof(g->who), "%.31s", rq->who);
	return later_start(&g->later, &deciding, g, rq, reply, e);
}
