/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers: what is in them, who wrote it, and writing one row. */
#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/sift.h"
#include "base/text.h"
#include "proof/registers.h"
#include "station/catalogue.h"
#include "station/commands.h"
#include "station/persons.h"
#include "station/registering.h"
#include "station/registrar.h"
#include "station/sheetin.h"
#include "station/station.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct view *view_of(const struct request *rq)
{
	return ledger_view(rq->desk->ledger);
}

static const struct register_shape *shape_of(struct request *rq, struct err *e)
{
	const char *name;

	if (!request_text(rq, "register", true, &name, e))
		return NULL;
	const struct register_shape *r = register_find(name);
	if (r == NULL)
		err_set(e, ERR_NOT_FOUND, T("không có sổ \"%.40s\"; hỏi {\"do\":\"registers\"}",
					    "there is no register \"%.40s\"; ask "
					    "{\"do\":\"registers\"}"), name);
	return r;
}

/* The codes that fields can have, by the names that fields call the lists. */
static json_t *lists_of(struct request *rq)
{
	json_t *lists = json_object();

	for (int i = 0; register_at(i) != NULL; i++)
		for (const struct register_field *f = register_at(i)->fields; f->key != NULL; f++) {
			const char *name = register_list_name(f);
			if (name != NULL && json_object_get(lists, name) == NULL)
				json_object_set_new(lists, name,
						    catalogue_list(f->list, rq->desk->disk));
		}
	return lists;
}

/* Which there are, their fields, and how many rows each has. */
static bool registers(struct request *rq, json_t *reply, struct err *e)
{
	json_t *list = register_shapes_json(), *one;
	int64_t rows;
	size_t i;
	bool ok = true;

	json_array_foreach(list, i, one) {
		ok = ok && registers_count(view_of(rq), json_get_text(one, "name", ""), &rows, e);
		if (ok)
			json_object_set_new(one, "rows", json_integer(rows));
	}
	json_object_set_new(reply, "registers", list);
	json_object_set_new(reply, "lists", lists_of(rq));
	json_object_set_new(reply, "import", rq->station != NULL
					     ? imports_json(&rq->station->imports) : json_null());
	return ok;
}

struct listing {
	struct request *rq;
	const struct register_shape *shape;
	struct sift sift;
	json_t *list, *people;
	int most, looked;
	int64_t next; /* the number of the last row that was looked at */
	bool more;
};

static void add_people(struct listing *l, const json_t *fields)
{
	struct users *u = l->rq->desk->users;

	for (const struct register_field *f = l->shape->fields; f->key != NULL; f++)
		if (f->type == REGISTER_PERSON)
			persons_add(u, l->people, json_get_text(fields, f->key, ""));
}

static bool takes(struct listing *l, const struct register_row *r)
{
	json_t *people = l->people;

	if (l->shape == NULL || sift_open(&l->sift))
		return true;
	l->people = json_object(); /* names of those that are not shown are not told */
	add_people(l, r->fields);
	bool ok = sift_takes(&l->sift, r->id, r->fields, l->people);
	json_decref(l->people);
	l->people = people;
	return ok;
}

static bool add_row(const struct register_row *r, void *arg)
{
	struct listing *l = arg;
	struct wall at = {r->at_ms * NS_PER_MS};

	/* The main thread has a loudspeaker to serve. */
	l->more = (int)json_array_size(l->list) >= l->most || l->looked >= REGISTER_SIFT_ROWS;
	if (l->more)
		return false;
	l->looked++;
	l->next = register_number(l->shape, r->id);
	if (!takes(l, r))
		return true;
	json_t *one = json_pack("{s:s, s:I, s:o, s:o, s:o, s:o, s:O?}", "row", r->id, "n",
				(json_int_t)r->n, "at", json_time(at, &l->rq->desk->tz), "who",
				json_text(r->who), "why", json_text(r->why), "source",
				json_text(r->source), "fields", r->fields);
	must(one != NULL && json_array_append_new(l->list, one) == 0);
	persons_add(l->rq->desk->users, l->people, r->who);
	add_people(l, r->fields);
	return true;
}

static bool whole_field(struct request *rq, const char *key, int64_t *number, struct err *e)
{
	json_t *value = json_object_get(rq->args, key);
	const char *text = "";

	if (json_is_integer(value)) {
		*number = json_integer_value(value);
		return true;
	}
	if (!request_text(rq, key, false, &text, e))
		return false;
	if (text[0] == '\0')
		return true;
	if (strspn(text, "0123456789") != strlen(text) || strlen(text) > 15)
		return err_set(e, ERR_USAGE, T("\"%s\" phải là số", "\"%s\" must be a number"),
			       key);
	*number = strtoll(text, NULL, 10);
	return true;
}

static bool take_sift(struct request *rq, struct listing *l, struct err *e)
{
	const char *find, *by, *from, *to;

	return request_text(rq, "find", false, &find, e) &&
	       request_text(rq, "by", false, &by, e) && request_text(rq, "from", false, &from, e) &&
	       request_text(rq, "to", false, &to, e) &&
	       sift_begin(&l->sift, l->shape, find, by, from, to, e);
}

/* The rows behind a number, a page at a time; of one id all that was written of it. */
static bool list(struct request *rq, json_t *reply, struct err *e)
{
	struct listing l = {.rq = rq, .list = json_array(), .people = json_object()};
	int64_t after = 0, most = REGISTER_PAGE_ROWS, rows = 0;
	const char *id = "";

	l.shape = shape_of(rq, e);
	bool ok = l.shape != NULL && request_text(rq, "row", false, &id, e) &&
		  (id[0] != '\0' || take_sift(rq, &l, e)) &&
		  whole_field(rq, "after", &after, e) && whole_field(rq, "limit", &most, e);
	l.most = (int)(most < 1 || most > REGISTER_PAGE_ROWS ? REGISTER_PAGE_ROWS : most);
	if (ok && id[0] != '\0')
		ok = registers_history(view_of(rq), l.shape->name, id, add_row, &l, e) &&
		     (json_array_size(l.list) > 0 ||
		      err_set(e, ERR_NOT_FOUND, T("không có dòng %.31s", "there is no row %.31s"),
			      id));
	else if (ok)
		ok = registers_after(view_of(rq), l.shape->name, after, add_row, &l, e) &&
		     registers_count(view_of(rq), l.shape->name, &rows, e);
	json_object_set_new(reply, id[0] != '\0' ? "history" : "rows", l.list);
	json_object_set_new(reply, "people", l.people);
	if (id[0] == '\0') {
		json_object_set_new(reply, "count", json_integer(rows));
		json_object_set_new(reply, "more", json_boolean(l.more));
		json_object_set_new(reply, "next", json_integer(l.next));
	}
	return ok;
}

/* One row that is being written. */
struct writing {
	struct registrar g;
	char id[ID_BYTES];
	json_t *was; /* NULL: it was none, or is struck out */
	json_t *row; /* NULL: it is to be struck out */
	int64_t was_n; /* −1 none */
	struct buf faults;
};

static void tell_fault(void *arg, const char *key, const char *why)
{
	struct writing *w = arg;
	const struct register_field *f = register_field(w->g.shape, key);

	if (w->faults.len < ERR_TEXT_BYTES)
		buf_print(&w->faults, "%s%s: %s", w->faults.len > 0 ? "; " : "",
			  f != NULL ? T(f->vi, f->en) : key, why);
}

static bool take_newest(const struct register_row *r, void *arg)
{
	struct writing *w = arg;

	w->was_n = r->n;
	w->was = r->fields != NULL ? json_deep_copy(r->fields) : NULL;
	return false;
}

static bool find_row(struct request *rq, struct writing *w, const char *id, struct err *e)
{
	int64_t seen = -1;

	w->was_n = -1;
	if (id[0] == '\0')
		return true;
	if (!registers_history(view_of(rq), w->g.shape->name, id, take_newest, w, e) ||
	    !whole_field(rq, "if_n", &seen, e))
		return false;
	if (w->was_n < 0)
		return err_set(e, ERR_NOT_FOUND,
			       T("sổ không có dòng %.31s; dòng mới thì bỏ trống số hiệu",
				 "the register has no row %.31s; leave the id out for a new one"),
			       id);
	snprintf(w->id, sizeof(w->id), "%s", id);
	return seen < 0 || seen == w->was_n ||
	       err_set(e, ERR_CONFLICT,
		       T("dòng %s vừa có người khác sửa; tải lại rồi sửa tiếp",
			 "somebody else has just changed row %s; load it anew"), w->id);
}

/* What is not given stays; null takes a value away. */
static bool take_fields(struct request *rq, struct writing *w, struct err *e)
{
	json_t *given = json_object_get(rq->args, "fields");
	int faults;

	if (!json_is_object(given))
		return err_set(e, ERR_USAGE, T("\"fields\" phải là một đối tượng",
					       "\"fields\" must be an object"));
	json_t *all = w->was != NULL ? json_copy(w->was) : json_object();
	json_object_update(all, given);
	w->row = registrar_take(&w->g, all, w->was, tell_fault, w, &faults);
	json_decref(all);
	return faults == 0 || err_set(e, ERR_USAGE, "%s", buf_str(&w->faults));
}

static bool take_strike(struct request *rq, struct writing *w, const char *why, struct err *e)
{
	(void)rq;
	if (w->was == NULL)
		return err_set(e, ERR_CONFLICT, T("dòng này đã bị gạch, hoặc chưa có số hiệu",
						  "the row is struck out already, or has no id"));
	return why[0] != '\0' || err_set(e, ERR_USAGE, T("gạch một dòng thì phải ghi lý do",
							 "striking a row out needs a reason"));
}

static bool append(struct request *rq, struct writing *w, const char *why, struct err *e)
{
	int64_t highest, n;

	/* What the view lacks may have had the next number. */
	if (rq->desk->behind)
		return err_set(e, ERR_STALLED,
			       T("bảng tra nhật ký chưa theo kịp; thử lại sau vài giây",
				 "the index of the log lags behind; try again in a few seconds"));
	if (w->id[0] == '\0') {
		if (!registers_highest(view_of(rq), w->g.shape->name, &highest, e))
			return false;
		register_id(w->g.shape, highest + 1, w->id);
	}
	if (w->was != NULL && w->row != NULL && json_equal(w->was, w->row))
		return true;
	json_t *rows = json_pack("{s:O?}", w->id, w->row);
	must(rows != NULL);
	return ledger_append(rq->desk->ledger,
			     registers_entry(w->g.shape->name, rows, rq->who, why, NULL, NULL), &n,
			     e);
}

static bool answer(struct request *rq, struct writing *w, json_t *reply, struct err *e)
{
	struct listing l = {.rq = rq, .shape = w->g.shape, .list = json_array(),
			    .people = json_object(), .most = 1};
	bool ok = registers_history(view_of(rq), w->g.shape->name, w->id, add_row, &l, e);

	json_object_set(reply, "row", json_array_get(l.list, 0));
	json_object_set_new(reply, "people", l.people);
	json_decref(l.list);
	return ok;
}

static bool write_row(struct request *rq, json_t *reply, struct err *e)
{
	struct writing w = {.was_n = -1};
	const char *name, *id, *why;

	if (!request_text(rq, "register", true, &name, e) ||
	    !request_text(rq, "row", false, &id, e) ||
	    !request_text(rq, "reason", false, &why, e) ||
	    !registrar_open(&w.g, name, rq->desk, e))
		return false;
	bool strike = json_is_true(json_object_get(rq->args, "strike"));
	bool ok = find_row(rq, &w, id, e) &&
		  (strike ? take_strike(rq, &w, why, e) : take_fields(rq, &w, e)) &&
		  append(rq, &w, why, e) && answer(rq, &w, reply, e);
	json_decref(w.was);
	json_decref(w.row);
	buf_finish(&w.faults);
	registrar_close(&w.g);
	return ok;
}

const struct command commands_registers[] = {
	{"registers", "", false, registers},
	{"register.list",
	 "register, row? (its history), find?, by? (a column of days), from?, to?, after?, limit?",
	 false, list},
	{"register.proof", "register, row, n (of an entry that wrote it)", false,
	 registering_prove},
	{"register.write",
	 "register, row? (none: a new one), fields? {key: value or null}, strike?, reason?, if_n?",
	 false, write_row},
	{"register.import",
	 "register, path, name? (of the sheet), apply? (else it is only looked at), sha256?, "
	 "effect? (as they were told when it was looked at)",
	 false, sheetin_start},
	{"register.export", "register, format", true, registering_start},
	{0},
};
