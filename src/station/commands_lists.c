/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue over the page: lists told, and changed by an administrator; every change is an
 * entry, and nothing faulty is saved. */
#include "base/json.h"
#include "base/text.h"
#include "plan/yamltree.h"
#include "proof/entry_lists.h"
#include "station/change.h"
#include "station/commands.h"
#include "station/filepast.h"
#include "station/lists_change.h"
#include "station/versions.h"

#include <stdio.h>
#include <string.h>

static bool named(struct request *rq, const struct lists_file **f, struct err *e)
{
	const char *name;

	if (!request_text(rq, "name", true, &name, e))
		return false;
	*f = lists_named(name);
	return *f != NULL || err_set(e, ERR_NOT_FOUND, T("không có danh mục \"%.60s\"",
							 "there is no list \"%.60s\""), name);
}

static bool all_lists(struct request *rq, json_t *reply, struct err *e)
{
	json_t *list = json_array();

	for (int i = 0; lists_file(i) != NULL; i++) {
		const struct lists_file *f = lists_file(i);
		char sha256[SHA256_HEX_BYTES];
		struct buf text = {0};
		bool ok = lists_text(rq, f, &text, sha256, e);
		buf_finish(&text);
		if (!ok) {
			json_decref(list);
			return false;
		}
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "name", f->name,
						      "file", f->file, "title", lists_title(f),
						      "sha256", sha256));
	}
	json_object_set_new(reply, "lists", list);
	return true;
}

/* Entries as the file has them, each with its line. */
static json_t *rows(const struct lists_file *f, const struct buf *text)
{
	struct faults ignored = {0};
	struct yamltree tree = {0};
	json_t *out = json_array();

	yamltree_parse(&tree, f->file, buf_str(text), text->len, &ignored);
	const struct yamlnode *list = tree.root != NULL ? yamlnode_get(tree.root, f->key) : NULL;
	for (int i = 0; list != NULL && list->kind == YAMLNODE_LIST && i < list->count; i++) {
		const struct yamlnode *n = list->entries[i].value;
		json_t *item = yamlnode_json(n);
		json_array_append_new(
			out, json_pack("{s:i, s:s, s:s, s:o}", "line", n->line, "code",
				       f->code != NULL ? json_get_text(item, f->code, "") : "",
				       "name", json_get_text(item, f->called, ""), "item",
				       item != NULL ? item : json_object()));
	}
	yamltree_finish(&tree);
	faults_finish(&ignored);
	return out;
}

static bool one_list(struct request *rq, json_t *reply, struct err *e)
{
	const struct lists_file *f;
	char sha256[SHA256_HEX_BYTES];
	struct buf text = {0};
	struct lists lists = {0};
	struct faults faults = {0};
	const char *version;
	bool ok = named(rq, &f, e) && request_text(rq, "version", false, &version, e) &&
		  (version[0] == '\0' ? lists_text(rq, f, &text, sha256, e)
				      : versions_read(rq->desk->disk, version, &text, e)) &&
		  filepast_tell(rq, KIND_LISTS, f->file, reply, e);

	if (ok) {
		json_t *words = json_stringn(buf_str(&text), text.len);
		versions_hash(buf_str(&text), text.len, sha256);
		if (text.len > 0)
			lists_check(rq, f, &text, &lists, &faults);
		json_object_update_new(
			reply, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "name",
					 f->name, "file", f->file, "title", lists_title(f),
					 "sha256", text.len > 0 ? sha256 : "", "code_key",
					 f->code != NULL ? f->code : "", "name_key", f->called,
					 "text", words != NULL ? words : json_string(""), "rows",
					 rows(f, &text), "faults", change_faults(&faults)));
		lists_finish(&lists);
	}
	faults_finish(&faults);
	buf_finish(&text);
	return ok;
}

/* "was": needed of people on the page. */
static bool take_was(struct request *rq, const json_t *from, const char **was, struct err *e)
{
	*was = json_string_value(json_object_get(from, "was"));
	return *was != NULL || rq->user.id == 0 ||
	       err_set(e, ERR_USAGE,
		       T("thiếu \"was\" (If-Match): mã SHA-256 của bản đã sửa từ đó",
			 "\"was\" (If-Match) is missing: the SHA-256 of what was changed"));
}

static bool put(struct request *rq, json_t *reply, struct err *e)
{
	const json_t *words = json_object_get(rq->args, "text");
	const struct lists_file *f;
	struct buf after = {0};
	const char *was;

	if (!named(rq, &f, e) || !take_was(rq, rq->args, &was, e))
		return false;
	if (!json_is_string(words))
		return err_set(e, ERR_USAGE, T("thiếu \"text\"", "\"text\" is missing"));
	buf_add(&after, json_string_value(words), json_string_length(words));
	bool ok = lists_put(rq, f, &after, was, reply, e);
	buf_finish(&after);
	return ok;
}

static bool edit(struct request *rq, json_t *reply, struct err *e)
{
	const json_t *change = json_object_get(rq->args, "edit");
	const struct lists_file *f;
	const char *was;

	return named(rq, &f, e) && take_was(rq, change, &was, e) &&
	       lists_change(rq, f, change, was, reply, e);
}

const struct command commands_lists[] = {
	{"lists", "", false, all_lists},
	{"list", "name, version?", false, one_list},
	{"list.put", "name, text, was?", false, put},
	{"list.edit", "name, edit", false, edit},
	{0},
};
