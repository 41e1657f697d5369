/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/list_edit.h"

#include "base/civil.h"
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "plan/yamledit.h"

#include <stdio.h>
#include <string.h>

/* One change under way. */
struct editing {
	const struct lists_file *f;
	struct yamledit ed;
	const json_t *edit;
};

static const json_t *entries(const struct editing *g)
{
	return json_object_get(g->ed.meaning, g->f->key);
}

/* The last entry with this code; −1. */
static int find(const struct editing *g, const char *code)
{
	const json_t *one;
	size_t i;
	int found = -1;

	json_array_foreach(entries(g), i, one)
		if (g->f->code != NULL && strcmp(json_get_text(one, g->f->code, ""), code) == 0)
			found = (int)i;
	return found;
}

static bool found(const struct editing *g, int *at, struct err *e)
{
	const char *code = json_get_text(g->edit, "code", "");

	*at = find(g, code);
	return *at >= 0 || err_set(e, ERR_NOT_FOUND, T("%s không có mã \"%.60s\"",
						       "%s has no code \"%.60s\""), g->f->file,
				   code);
}

static bool put(struct editing *g, int at, const char *key, const json_t *value, struct err *e)
{
	char place[PLACE_BYTES];

	snprintf(place, sizeof(place), "%s.%d.%.40s", g->f->key, at, key);
	return yamledit_set(&g->ed, place, value, e);
}

static bool put_text(struct editing *g, int at, const char *key, const char *value, struct err *e)
{
	json_t *text = json_text(value);
	bool ok = put(g, at, key, text, e);

	json_decref(text);
	return ok;
}

static bool add(struct editing *g, struct err *e)
{
	const json_t *item = json_object_get(g->edit, "item");
	const char *code = json_get_text(item, g->f->code != NULL ? g->f->code : "", "");

	if (!json_is_object(item) || (g->f->code != NULL && code[0] == '\0'))
		return err_set(e, ERR_USAGE, T("thiếu mã (\"%s\")", "the code is missing (\"%s\")"),
			       g->f->code != NULL ? g->f->code : "item");
	if (g->f->code != NULL && find(g, code) >= 0)
		return err_set(e, ERR_CONFLICT,
			       T("đã có mã \"%.60s\"; đổi tên hoặc cho hết hiệu lực mã ấy",
				 "there is a code \"%.60s\" already; rename it or end it"), code);
	return yamledit_add(&g->ed, g->f->key, item, e);
}

static bool set(struct editing *g, struct err *e)
{
	const json_t *values = json_object_get(g->edit, "set");
	const char *key;
	json_t *value;
	int at;

	if (!json_is_object(values))
		return err_set(e, ERR_USAGE, T("thiếu \"set\"", "\"set\" is missing"));
	if (!found(g, &at, e))
		return false;
	json_object_foreach((json_t *)(uintptr_t)values, key, value) {
		if (strpbrk(key, ".:#") != NULL || strcmp(key, g->f->code) == 0)
			return err_set(e, ERR_USAGE, T("không đổi được \"%.40s\"",
						       "\"%.40s\" cannot be changed"), key);
		if (!put(g, at, key, json_is_null(value) ? NULL : value, e))
			return false;
	}
	return true;
}

static bool day(const struct editing *g, const char *field, struct date *d, struct err *e)
{
	const char *text = json_get_text(g->edit, field, "");

	return date_parse(text, d) ||
	       err_set(e, ERR_USAGE, T("\"%s: %.40s\": ngày phải có dạng 2026-11-23",
				       "\"%s: %.40s\": a date looks like 2026-11-23"), field,
		       text);
}

static bool end(struct editing *g, struct err *e)
{
	struct date to;
	int at;

	return found(g, &at, e) && day(g, "to", &to, e) &&
	       put_text(g, at, "to", json_get_text(g->edit, "to", ""), e);
}

/* What it is from that day on: a copy with the new name and days of its own. */
static bool follow(struct editing *g, int at, const char *name, struct err *e)
{
	json_t *next = json_deep_copy(json_array_get(entries(g), (size_t)at));
	struct date from;
	char before[11];

	must(next != NULL);
	json_object_set_new(next, g->f->called, json_text(name));
	json_object_set(next, "from", json_object_get(g->edit, "from"));
	bool ok = day(g, "from", &from, e);
	if (ok) {
		date_print(date_add_days(from, -1), before);
		ok = put_text(g, at, "to", before, e) &&
		     yamledit_add(&g->ed, g->f->key, next, e);
	}
	json_decref(next);
	return ok;
}

static bool rename_one(struct editing *g, struct err *e)
{
	const char *name = json_get_text(g->edit, "name", "");
	int at;

	if (name[0] == '\0')
		return err_set(e, ERR_USAGE, T("thiếu tên mới", "the new name is missing"));
	if (!found(g, &at, e))
		return false;
	return json_get_text(g->edit, "from", "")[0] == '\0'
		       ? put_text(g, at, g->f->called, name, e)
		       : follow(g, at, name, e);
}

static bool change(struct editing *g, struct err *e)
{
	static const struct {
		const char *op;
		bool (*run)(struct editing *g, struct err *e);
	} ops[] = {{"add", add}, {"set", set}, {"end", end}, {"rename", rename_one}};
	const char *op = json_get_text(g->edit, "op", "");

	if (strcmp(op, "add") != 0 && g->f->code == NULL)
		return err_set(e, ERR_REFUSED, T("danh sách này không có mã; hãy sửa văn bản của "
						 "nó",
						 "this list has no codes; change its text"));
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (strcmp(ops[i].op, op) == 0)
			return ops[i].run(g, e);
	return err_set(e, ERR_USAGE, T("\"op: %.40s\": không có việc này", "\"op: %.40s\": there "
									   "is no such change"),
		       op);
}

bool list_edit(const struct lists_file *f, const char *text, size_t len, const json_t *edit,
	       struct buf *out, struct err *e)
{
	struct editing g = {.f = f, .edit = edit};
	bool ok = yamledit_open(&g.ed, f->file,
				T("hãy sửa văn bản của danh mục", "change the list's text"), text,
				len, e) &&
		  change(&g, e);

	if (ok)
		buf_add(out, buf_str(&g.ed.text), g.ed.text.len);
	yamledit_finish(&g.ed);
	return ok;
}
