/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/yamledit.h"

#include "base/must.h"
#include "base/text.h"
#include "plan/faults.h"
#include "plan/yamlcut.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void close_tree(struct yamledit *ed)
{
	yamltree_finish(&ed->tree);
	json_decref(ed->meaning);
	ed->meaning = NULL;
}

static bool open_tree(struct yamledit *ed, struct err *e)
{
	struct faults faults = {0};
	bool ok = yamltree_parse(&ed->tree, ed->file, buf_str(&ed->text), ed->text.len, &faults);

	if (!ok)
		err_set(e, ERR_DAMAGED, "%s:%d: %s", ed->file,
			faults.count > 0 ? faults.list[0].line : 0,
			faults.count > 0 ? fault_text(&faults.list[0]) : "?");
	faults_finish(&faults);
	ed->meaning = ok ? yamlnode_json(ed->tree.root) : NULL;
	return ok;
}

static bool unsure(const struct yamledit *ed, struct err *e)
{
	return err_set(e, ERR_REFUSED,
		       T("%s: chỗ này viết theo cách không sửa tự động chắc chắn được; %s",
			 "%s: this is written in a way that cannot be changed surely by a button; "
			 "%s"),
		       ed->file, ed->remedy);
}

bool yamledit_open(struct yamledit *ed, const char *file, const char *remedy, const char *text,
		   size_t len, struct err *e)
{
	*ed = (struct yamledit){.file = file, .remedy = remedy};
	buf_add(&ed->text, text, len);
	buf_text(&ed->text, "");
	return open_tree(ed, e) && (ed->tree.root->kind == YAMLNODE_MAP || unsure(ed, e));
}

void yamledit_finish(struct yamledit *ed)
{
	close_tree(ed);
	buf_finish(&ed->text);
}

/* The first part of a place, copied; what is behind its dot, NULL at the end. */
static const char *split(const char *place, char part[static CODE_BYTES])
{
	size_t len = strcspn(place, ".");

	must(len > 0 && len < CODE_BYTES);
	memcpy(part, place, len);
	part[len] = '\0';
	return place[len] == '.' ? place + len + 1 : NULL;
}

/* The number of an element; −1 if it is none of this list. */
static int number(const struct yamlnode *list, const char *part)
{
	char *end;
	long i = strtol(part, &end, 10);

	return *end == '\0' && i >= 0 && i < list->count ? (int)i : -1;
}

static const struct yamlnode *child(const struct yamlnode *node, const char *part)
{
	if (node->kind == YAMLNODE_MAP)
		return yamlnode_get(node, part);
	int i = node->kind == YAMLNODE_LIST ? number(node, part) : -1;
	return i >= 0 ? node->entries[i].value : NULL;
}

const struct yamlnode *yamledit_get(const struct yamledit *ed, const char *place)
{
	const struct yamlnode *node = ed->tree.root;
	char part[CODE_BYTES];

	if (place[0] == '\0')
		return node;
	while (node != NULL && place != NULL) {
		place = split(place, part);
		node = child(node, part);
	}
	return node;
}

/* The same place in the meaning. */
static json_t *meant(json_t *meaning, const char *place)
{
	char part[CODE_BYTES];

	if (place[0] == '\0')
		return meaning;
	while (meaning != NULL && place != NULL) {
		place = split(place, part);
		meaning = json_is_array(meaning)
				  ? json_array_get(meaning, strtoul(part, NULL, 10))
				  : json_object_get(meaning, part);
	}
	return meaning;
}

/* Makes the cut, and believes in it only if the text then means what `meaning` (taken over)
 * says. */
static bool make(struct yamledit *ed, struct yamlcut *cut, bool placed, json_t *meaning,
		 struct err *e)
{
	struct buf fresh = {0};
	bool ok = placed && cut->from <= cut->to && cut->to <= ed->text.len;

	if (ok) {
		yamlcut_make(cut, buf_str(&ed->text), ed->text.len, &fresh);
		close_tree(ed);
		buf_finish(&ed->text);
		ed->text = fresh;
		ok = open_tree(ed, e) && json_equal(ed->meaning, meaning);
	}
	yamlcut_finish(cut);
	json_decref(meaning);
	return ok || unsure(ed, e);
}

/* Everything that is read is text: −6 is "-6". */
static json_t *as_read(const json_t *value)
{
	json_t *out, *below;
	const char *key;
	size_t i;

	if (json_is_string(value))
		return json_copy((json_t *)(uintptr_t)value);
	if (json_is_array(value)) {
		out = json_array();
		json_array_foreach(value, i, below)
			json_array_append_new(out, as_read(below));
		return out;
	}
	if (json_is_object(value)) {
		out = json_object();
		json_object_foreach((json_t *)(uintptr_t)value, key, below)
			json_object_set_new(out, key, as_read(below));
		return out;
	}
	struct buf text = {0};
	yamlcut_value(&text, value);
	out = json_string(buf_str(&text));
	buf_finish(&text);
	return out;
}

/* "bed:" and no more. */
static bool is_nothing(const struct yamlnode *node)
{
	return node == NULL || (node->kind == YAMLNODE_TEXT && node->from == node->to);
}

/* Where a place lies: in what, and its last part. */
struct lies {
	char around[PLACE_BYTES], last[CODE_BYTES];
	const struct yamlnode *in; /* NULL: what is around it is not there either */
};

static struct lies find(const struct yamledit *ed, const char *place)
{
	struct lies l = {.around = ""};
	const char *dot = strrchr(place, '.');
	size_t len = dot != NULL ? (size_t)(dot - place) : 0;

	must(len < sizeof(l.around));
	memcpy(l.around, place, len);
	split(dot != NULL ? dot + 1 : place, l.last);
	l.in = yamledit_get(ed, l.around);
	return l;
}

/* Puts words and their meaning at a key. */
static bool put(struct yamledit *ed, const struct lies *l, const char *words, json_t *means,
		struct err *e)
{
	json_t *meaning = json_deep_copy(ed->meaning);
	struct yamlcut cut = {0};

	json_object_set_new(meant(meaning, l->around), l->last, means);
	bool placed = yamlcut_set(&cut, buf_str(&ed->text), ed->text.len, l->in, l->last, words);
	return make(ed, &cut, placed, meaning, e);
}

/* The last element of a list of lines leaves "[]", since nothing would be no list. */
static bool take_out(struct yamledit *ed, const struct lies *l, struct err *e)
{
	json_t *meaning = json_deep_copy(ed->meaning), *around = meant(meaning, l->around);
	struct yamlcut cut = {0};
	bool placed;

	must(l->in != NULL);
	if (l->in->kind == YAMLNODE_LIST && l->in->count == 1 && !l->in->flow) {
		struct lies list = find(ed, l->around);
		json_decref(meaning);
		return list.in->kind == YAMLNODE_MAP ? put(ed, &list, "[]", json_array(), e)
						     : unsure(ed, e);
	}
	if (l->in->kind == YAMLNODE_LIST) {
		int i = number(l->in, l->last);
		json_array_remove(around, (size_t)i);
		placed = yamlcut_remove(&cut, buf_str(&ed->text), ed->text.len, l->in, i);
	} else {
		json_object_del(around, l->last);
		placed = yamlcut_set(&cut, buf_str(&ed->text), ed->text.len, l->in, l->last, NULL);
	}
	return make(ed, &cut, placed, meaning, e);
}

/* A key of people's, which may be anything, as a place; false if it cannot be one. */
static bool below(char out[static PLACE_BYTES], const char *place, const char *key)
{
	return key[0] != '\0' && strlen(key) < CODE_BYTES && strchr(key, '.') == NULL &&
	       snprintf(out, PLACE_BYTES, "%s.%s", place, key) < PLACE_BYTES;
}

/* First what is wanted, then what is not wanted any more: a map of lines is never empty. */
static bool set_keys(struct yamledit *ed, const char *place, const json_t *value, struct err *e)
{
	json_t *was = json_deep_copy(meant(ed->meaning, place)), *v;
	char at[PLACE_BYTES];
	const char *key;
	bool ok = true;

	json_object_foreach((json_t *)(uintptr_t)value, key, v)
		ok = ok && (below(at, place, key) ? yamledit_set(ed, at, v, e) : unsure(ed, e));
	json_object_foreach(was, key, v)
		if (ok && json_object_get(value, key) == NULL)
			ok = below(at, place, key) ? yamledit_set(ed, at, NULL, e) : unsure(ed, e);
	json_decref(was);
	return ok;
}

static bool set_in(struct yamledit *ed, const struct lies *l, const char *place,
		   const json_t *value, struct err *e)
{
	const struct yamlnode *old = yamledit_get(ed, place);
	struct buf words = {0};

	if (old != NULL && old->kind == YAMLNODE_MAP && old->count > 0 &&
	    json_object_size(value) > 0)
		return set_keys(ed, place, value, e);
	if (l->in->kind != YAMLNODE_MAP)
		return unsure(ed, e);
	yamlcut_value(&words, value);
	bool ok = put(ed, l, buf_str(&words), as_read(value), e);
	buf_finish(&words);
	return ok;
}

bool yamledit_set(struct yamledit *ed, const char *place, const json_t *value, struct err *e)
{
	const struct yamlnode *old = yamledit_get(ed, place);
	struct lies l = find(ed, place);

	if (value == NULL)
		return old == NULL || take_out(ed, &l, e);
	json_t *means = as_read(value);
	bool same = old != NULL && json_equal(meant(ed->meaning, place), means);
	json_decref(means);
	if (same)
		return true;
	if (!is_nothing(l.in))
		return set_in(ed, &l, place, value, e);
	json_t *around = json_object();
	json_object_set(around, l.last, (json_t *)(uintptr_t)value);
	bool ok = yamledit_set(ed, l.around, around, e);
	json_decref(around);
	return ok;
}

/* A map as lines, anything else as one. */
static void write_block(struct buf *out, const json_t *item)
{
	const char *key;
	json_t *value;

	if (!json_is_object(item) || json_object_size(item) == 0) {
		yamlcut_value(out, item);
		buf_text(out, "\n");
	}
	json_object_foreach((json_t *)(uintptr_t)item, key, value) {
		yamlcut_key(out, key);
		yamlcut_value(out, value);
		buf_text(out, "\n");
	}
}

/* An empty list, or none, becomes one with this element. */
static void write_first(struct buf *out, const char *block)
{
	for (const char *at = block; *at != '\0';) {
		size_t part = strcspn(at, "\n");
		buf_text(out, at == block ? "\n  - " : "\n    ");
		buf_add(out, at, part);
		at += part + (at[part] == '\n');
	}
}

static bool append(struct yamledit *ed, const char *place, const json_t *item, const char *block,
		   struct err *e)
{
	const struct yamlnode *list = yamledit_get(ed, place);
	json_t *meaning = json_deep_copy(ed->meaning);
	struct yamlcut cut = {0};
	const struct yamlnode *like = list->entries[0].value;
	struct buf flow = {0};

	json_array_append_new(meant(meaning, place), as_read(item));
	yamlcut_value(&flow, item);
	bool lines = like->kind == YAMLNODE_MAP && !like->flow;
	bool placed = yamlcut_append(&cut, buf_str(&ed->text), ed->text.len, list,
				     lines ? block : buf_str(&flow), buf_str(&flow));
	buf_finish(&flow);
	return make(ed, &cut, placed, meaning, e);
}

bool yamledit_add(struct yamledit *ed, const char *place, const json_t *item, struct err *e)
{
	const struct yamlnode *list = yamledit_get(ed, place);
	struct lies l = find(ed, place);
	struct buf block = {0};
	bool ok, empty = is_nothing(list) || (list->kind == YAMLNODE_LIST && list->count == 0);

	write_block(&block, item);
	if (empty && l.in != NULL && l.in->kind == YAMLNODE_MAP && !l.in->flow) {
		struct buf words = {0};
		write_first(&words, buf_str(&block));
		ok = put(ed, &l, buf_str(&words), json_pack("[o]", as_read(item)), e);
		buf_finish(&words);
	} else if (empty) {
		json_t *whole = json_pack("[O]", item);
		ok = yamledit_set(ed, place, whole, e);
		json_decref(whole);
	} else {
		ok = list->kind == YAMLNODE_LIST ? append(ed, place, item, buf_str(&block), e)
						 : unsure(ed, e);
	}
	buf_finish(&block);
	return ok;
}
