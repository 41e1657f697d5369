/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/slot_edit.h"

#include "base/civil.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "plan/faults.h"
#include "plan/yamlcut.h"
#include "plan/yamltree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text on its way: read, and what it means as JSON. */
struct editing {
	const char *file;
	struct buf text;
	struct yamltree tree;
	json_t *meaning;
	const char *slot; /* the name at hand */
	int at;		  /* its number in the list */
};

static void close_tree(struct editing *ed)
{
	yamltree_finish(&ed->tree);
	json_decref(ed->meaning);
	ed->meaning = NULL;
}

static bool open_tree(struct editing *ed, struct err *e)
{
	struct faults faults = {0};
	bool ok = yamltree_parse(&ed->tree, ed->file, buf_str(&ed->text), ed->text.len, &faults);

	if (!ok)
		err_set(e, ERR_DAMAGED, "%s:%d: %s", ed->file,
			faults.count > 0 ? faults.list[0].line : 0,
			faults.count > 0 ? faults.list[0].text : "?");
	faults_finish(&faults);
	ed->meaning = ok ? yamlnode_json(ed->tree.root) : NULL;
	return ok;
}

static bool unsure(const struct editing *ed, struct err *e)
{
	return err_set(e, ERR_REFUSED,
		       T("%s: chỗ này viết theo cách không sửa tự động chắc chắn được; hãy sửa "
			 "trong ô soạn thảo văn bản của lịch",
			 "%s: this is written in a way that cannot be changed surely by a button; "
			 "use the text editor of the timetable"),
		       ed->file);
}

static const struct yamlnode *slots_of(const struct editing *ed)
{
	return yamlnode_get(ed->tree.root, "slots");
}

static const struct yamlnode *slot_of(const struct editing *ed)
{
	return slots_of(ed)->entries[ed->at].value;
}

static json_t *meant_slot(const struct editing *ed)
{
	return json_array_get(json_object_get(ed->meaning, "slots"), (size_t)ed->at);
}

static bool find_slot(struct editing *ed, struct err *e)
{
	const struct yamlnode *slots = slots_of(ed);

	for (int i = 0; slots != NULL && slots->kind == YAMLNODE_LIST && i < slots->count; i++) {
		const struct yamlnode *name = yamlnode_get(slots->entries[i].value, "name");
		if (name == NULL || name->kind != YAMLNODE_TEXT ||
		    strcmp(name->text, ed->slot) != 0)
			continue;
		ed->at = i;
		return true;
	}
	return err_set(e, ERR_NOT_FOUND, T("%s không có khung giờ \"%.80s\"",
					   "%s has no slot \"%.80s\""), ed->file, ed->slot);
}

/* Makes the cut, and believes in it only if the text then means what `meaning` (taken over)
 * says. */
static bool make(struct editing *ed, struct yamlcut *cut, bool placed, json_t *meaning,
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

/* What a value will mean once it is written and read. NULL if it cannot be. */
static json_t *meaning_of(const char *yaml)
{
	struct faults faults = {0};
	struct yamltree tree;
	struct buf text = {0};
	json_t *meaning = NULL;

	buf_print(&text, "v: %s\n", yaml);
	if (yamltree_parse(&tree, "v", buf_str(&text), text.len, &faults))
		meaning = yamlnode_json(yamlnode_get(tree.root, "v"));
	yamltree_finish(&tree);
	faults_finish(&faults);
	buf_finish(&text);
	return meaning;
}

/* Sets (value) or takes out (NULL) one key of the slot at hand. */
static bool set_key(struct editing *ed, const char *key, const json_t *value, struct err *e)
{
	json_t *meaning = json_deep_copy(ed->meaning);
	json_t *slot = json_array_get(json_object_get(meaning, "slots"), (size_t)ed->at);
	struct yamlcut cut = {0};
	struct buf yaml = {0};

	if (value == NULL) {
		json_object_del(slot, key);
	} else {
		yamlcut_value(&yaml, value);
		json_object_set_new(slot, key, meaning_of(buf_str(&yaml)));
	}
	bool placed = yamlcut_set(&cut, buf_str(&ed->text), ed->text.len, slot_of(ed), key,
				   value != NULL ? buf_str(&yaml) : NULL);
	buf_finish(&yaml);
	return make(ed, &cut, placed, meaning, e);
}

static bool is_key(const char *key)
{
	return key[0] != '\0' && strlen(key) < CODE_BYTES &&
	       strspn(key, "abcdefghijklmnopqrstuvwxyz_") == strlen(key);
}

static bool wrong_key(const char *key, struct err *e)
{
	return err_set(e, ERR_USAGE, T("\"%.40s\" không phải khóa của khung giờ",
				       "\"%.40s\" is no key of a slot"), key);
}

static bool set_keys(struct editing *ed, const json_t *edit, struct err *e)
{
	json_t *set = json_object_get(edit, "set"), *value;
	const char *key;

	if (!json_is_object(set))
		return err_set(e, ERR_USAGE, T("thiếu \"set\"", "\"set\" is missing"));
	json_object_foreach(set, key, value) {
		const json_t *there = json_object_get(meant_slot(ed), key);
		if (!is_key(key))
			return wrong_key(key, e);
		if (json_is_null(value) && there == NULL)
			continue;
		if (!set_key(ed, key, json_is_null(value) ? NULL : value, e))
			return false;
	}
	return true;
}

/* "a, b" → ["a", "b"]: the list that a text of words stands for. */
static json_t *words(const char *text)
{
	json_t *list = json_array();

	while (*text != '\0') {
		size_t len = strcspn(text, ","), skip = strspn(text, " ");
		size_t used = len;
		while (used > skip && text[used - 1] == ' ')
			used--;
		if (used > skip)
			json_array_append_new(list, json_stringn(text + skip, used - skip));
		text += len + (text[len] == ',');
	}
	return list;
}

/* Puts one more into "except", in whatever form it stands there. */
static bool add_except(struct editing *ed, json_t *off, struct err *e)
{
	const struct yamlnode *except = yamlnode_get(slot_of(ed), "except");
	struct yamlcut cut = {0};
	struct buf yaml = {0};

	if (except == NULL || except->kind != YAMLNODE_LIST) {
		json_t *list = except == NULL ? json_array()
			       : except->kind == YAMLNODE_TEXT
				       ? words(except->text)
				       : json_pack("[o]", yamlnode_json(except));
		json_array_append(list, off);
		bool ok = set_key(ed, "except", list, e);
		json_decref(list);
		return ok;
	}
	yamlcut_value(&yaml, off);
	json_t *meaning = json_deep_copy(ed->meaning);
	json_t *slot = json_array_get(json_object_get(meaning, "slots"), (size_t)ed->at);
	json_array_append_new(json_object_get(slot, "except"), meaning_of(buf_str(&yaml)));
	buf_text(&yaml, "\n");
	struct buf flow = {0};
	buf_add(&flow, buf_str(&yaml), yaml.len - 1);
	bool placed = yamlcut_append(&cut, buf_str(&ed->text), ed->text.len, except,
				      buf_str(&yaml), buf_str(&flow));
	buf_finish(&yaml);
	buf_finish(&flow);
	return make(ed, &cut, placed, meaning, e);
}

/* A day of the edit; *there: it is given. */
static bool take_day(const json_t *edit, const char *field, bool needed, const char **day,
		     struct err *e)
{
	struct date d;

	*day = json_get_text(edit, field, "");
	if (**day == '\0' && !needed)
		return true;
	return date_parse(*day, &d) ||
	       err_set(e, ERR_USAGE,
		       T("\"%s\": \"%.40s\" không phải ngày; viết như 2026-11-23",
			 "\"%s\": \"%.40s\" is no date; write it like 2026-11-23"), field, *day);
}

static bool take_reason(const json_t *edit, const char **reason, struct err *e)
{
	*reason = json_get_text(edit, "reason", "");
	if (strlen(*reason) < REASON_BYTES && utf8_printable(*reason, strlen(*reason)))
		return true;
	return err_set(e, ERR_USAGE,
		       T("lý do quá dài hoặc có ký tự lạ",
			 "the reason is too long or has characters that do not show"));
}

static bool take_off(struct editing *ed, const json_t *edit, bool once, const char *who,
		     struct err *e)
{
	const char *from, *to = "", *reason;

	if (!take_day(edit, once ? "date" : "from", true, &from, e) ||
	    (!once && !take_day(edit, "to", false, &to, e)) || !take_reason(edit, &reason, e))
		return false;
	json_t *off = json_pack("{s:s}", once ? "on" : "from", from);
	if (*to != '\0')
		json_object_set_new(off, "to", json_string(to));
	json_object_set_new(off, "by", json_string(who));
	if (*reason != '\0')
		json_object_set_new(off, "reason", json_string(reason));
	bool ok = add_except(ed, off, e);
	json_decref(off);
	return ok;
}

/* Number i of the list goes; the key, too, with the last. */
static bool drop_except(struct editing *ed, const struct yamlnode *except, int i, struct err *e)
{
	struct yamlcut cut = {0};

	if (except->kind != YAMLNODE_LIST || except->count == 1)
		return set_key(ed, "except", NULL, e);
	json_t *meaning = json_deep_copy(ed->meaning);
	json_t *slot = json_array_get(json_object_get(meaning, "slots"), (size_t)ed->at);
	json_array_remove(json_object_get(slot, "except"), (size_t)i);
	bool placed = yamlcut_remove(&cut, buf_str(&ed->text), ed->text.len, except, i);
	return make(ed, &cut, placed, meaning, e);
}

static bool begins_on(const struct yamlnode *off, const char *day)
{
	const struct yamlnode *on = yamlnode_get(off, "on"), *from = yamlnode_get(off, "from");
	const struct yamlnode *begin = on != NULL ? on : from;

	return begin != NULL && begin->kind == YAMLNODE_TEXT && strcmp(begin->text, day) == 0;
}

static bool bring_back(struct editing *ed, const json_t *edit, struct err *e)
{
	const struct yamlnode *except = yamlnode_get(slot_of(ed), "except");
	const char *day;

	if (!take_day(edit, "from", true, &day, e))
		return false;
	if (except != NULL && except->kind == YAMLNODE_MAP && begins_on(except, day))
		return drop_except(ed, except, 0, e);
	for (int i = 0; except != NULL && except->kind == YAMLNODE_LIST && i < except->count; i++)
		if (begins_on(except->entries[i].value, day))
			return drop_except(ed, except, i, e);
	return err_set(e, ERR_NOT_FOUND,
		       T("\"%.80s\" không có lần bỏ hay tạm dừng nào từ %s",
			 "\"%.80s\" has no day off from %s on"), ed->slot, day);
}

static bool delete_slot(struct editing *ed, struct err *e)
{
	const struct yamlnode *slots = slots_of(ed);
	json_t *meaning = json_deep_copy(ed->meaning);
	struct yamlcut cut = {0};
	bool placed;

	if (slots->count == 1 && !slots->flow) {
		json_object_set_new(meaning, "slots", json_array());
		placed = yamlcut_set(&cut, buf_str(&ed->text), ed->text.len, ed->tree.root,
				      "slots", "[]");
	} else {
		json_array_remove(json_object_get(meaning, "slots"), (size_t)ed->at);
		placed = yamlcut_remove(&cut, buf_str(&ed->text), ed->text.len, slots, ed->at);
	}
	return make(ed, &cut, placed, meaning, e);
}

/* The new slot as lines, its name first, and on one line. */
static bool write_slot(const json_t *slot, struct buf *block, struct buf *flow, struct err *e)
{
	json_t *ordered = json_pack("{s:O?}", "name", json_object_get(slot, "name")), *value;
	const char *key;

	json_object_update(ordered, (json_t *)(uintptr_t)slot);
	yamlcut_value(flow, ordered);
	json_object_foreach(ordered, key, value) {
		if (!is_key(key)) {
			wrong_key(key, e);
			json_decref(ordered);
			return false;
		}
		buf_print(block, "%s: ", key);
		yamlcut_value(block, value);
		buf_text(block, "\n");
	}
	json_decref(ordered);
	return true;
}

/* An empty list, or none, becomes one with this element. */
static bool first_slot(struct editing *ed, struct yamlcut *cut, const struct buf *block)
{
	struct buf value = {0};

	for (const char *at = buf_str(block), *begin = at; *at != '\0';) {
		size_t part = strcspn(at, "\n");
		buf_text(&value, at == begin ? "\n  - " : "\n    ");
		buf_add(&value, at, part);
		at += part + (at[part] == '\n');
	}
	bool placed = yamlcut_set(cut, buf_str(&ed->text), ed->text.len, ed->tree.root, "slots",
				   buf_str(&value));
	buf_finish(&value);
	return placed;
}

static bool add_slot(struct editing *ed, const json_t *slot, struct err *e)
{
	const struct yamlnode *slots = slots_of(ed);
	bool empty = slots == NULL || slots->count == 0;
	struct buf block = {0}, flow = {0};
	struct yamlcut cut = {0};

	if (!json_is_object(slot) || !json_is_string(json_object_get(slot, "name")))
		return err_set(e, ERR_USAGE, T("khung giờ mới cần một tên",
					       "a new slot needs a name"));
	bool ok = write_slot(slot, &block, &flow, e);
	if (ok) {
		json_t *meaning = json_deep_copy(ed->meaning);
		if (empty)
			json_object_set_new(meaning, "slots", json_array());
		json_array_append_new(json_object_get(meaning, "slots"),
				      meaning_of(buf_str(&flow)));
		bool placed = empty ? first_slot(ed, &cut, &block)
				    : yamlcut_append(&cut, buf_str(&ed->text), ed->text.len,
						      slots, buf_str(&block), buf_str(&flow));
		ok = make(ed, &cut, placed, meaning, e);
	}
	buf_finish(&block);
	buf_finish(&flow);
	return ok;
}

static bool carry_out(struct editing *ed, const json_t *edit, const char *who, struct err *e)
{
	const char *op = json_get_text(edit, "op", "");

	if (strcmp(op, "add") == 0)
		return add_slot(ed, json_object_get(edit, "slot"), e);
	ed->slot = json_get_text(edit, "slot", "");
	if (!find_slot(ed, e))
		return false;
	if (strcmp(op, "skip") == 0 || strcmp(op, "pause") == 0)
		return take_off(ed, edit, op[0] == 's', who, e);
	if (strcmp(op, "back") == 0)
		return bring_back(ed, edit, e);
	if (strcmp(op, "set") == 0)
		return set_keys(ed, edit, e);
	if (strcmp(op, "delete") == 0)
		return delete_slot(ed, e);
	return err_set(e, ERR_USAGE,
		       T("\"op\" phải là skip, pause, back, set, add hoặc delete",
			 "\"op\" must be skip, pause, back, set, add or delete"));
}

bool slot_edit(const char *file, const char *text, size_t len, const json_t *edit, const char *who,
	       struct buf *out, struct err *e)
{
	struct editing ed = {.file = file};

	buf_add(&ed.text, text, len);
	buf_text(&ed.text, "");
	bool ok = open_tree(&ed, e);
	if (ok && ed.tree.root->kind != YAMLNODE_MAP)
		ok = unsure(&ed, e);
	ok = ok && carry_out(&ed, edit, who, e);
	if (ok)
		buf_add(out, buf_str(&ed.text), ed.text.len);
	close_tree(&ed);
	buf_finish(&ed.text);
	return ok;
}
