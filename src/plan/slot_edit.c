/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/slot_edit.h"

#include "base/civil.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "plan/table_edit.h"
#include "plan/yamledit.h"

#include <stdio.h>
#include <string.h>

/* "slots.3". */
#define SLOT_PLACE_BYTES 32

static const struct yamlnode *slots_of(const struct yamledit *ed)
{
	return yamledit_get(ed, "slots");
}

/* The slot of this name as a place. */
static bool find_slot(const struct yamledit *ed, const char *slot,
		      char place[static SLOT_PLACE_BYTES], struct err *e)
{
	const struct yamlnode *slots = slots_of(ed);

	for (int i = 0; slots != NULL && slots->kind == YAMLNODE_LIST && i < slots->count; i++) {
		const struct yamlnode *name = yamlnode_get(slots->entries[i].value, "name");
		if (name == NULL || name->kind != YAMLNODE_TEXT || strcmp(name->text, slot) != 0)
			continue;
		snprintf(place, SLOT_PLACE_BYTES, "slots.%d", i);
		return true;
	}
	return err_set(e, ERR_NOT_FOUND, T("%s không có khung giờ \"%.80s\"",
					   "%s has no slot \"%.80s\""), ed->file, slot);
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

static bool set_keys(struct yamledit *ed, const char *slot, const json_t *edit, struct err *e)
{
	json_t *set = json_object_get(edit, "set"), *value;
	char place[PLACE_BYTES];
	const char *key;

	if (!json_is_object(set))
		return err_set(e, ERR_USAGE, T("thiếu \"set\"", "\"set\" is missing"));
	json_object_foreach(set, key, value) {
		if (!is_key(key))
			return wrong_key(key, e);
		snprintf(place, sizeof(place), "%s.%s", slot, key);
		if (!yamledit_set(ed, place, json_is_null(value) ? NULL : value, e))
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
static bool add_except(struct yamledit *ed, const char *place, json_t *off, struct err *e)
{
	const struct yamlnode *except = yamledit_get(ed, place);

	if (except != NULL && except->kind == YAMLNODE_LIST && except->count > 0)
		return yamledit_add(ed, place, off, e);
	json_t *list = except == NULL || except->kind == YAMLNODE_LIST ? json_array()
		       : except->kind == YAMLNODE_TEXT
			       ? words(except->text)
			       : json_pack("[o]", yamlnode_json(except));
	json_array_append(list, off);
	bool ok = yamledit_set(ed, place, list, e);
	json_decref(list);
	return ok;
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

static bool take_off(struct yamledit *ed, const char *place, const json_t *edit, bool once,
		     const char *who, struct err *e)
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
	bool ok = add_except(ed, place, off, e);
	json_decref(off);
	return ok;
}

static bool begins_on(const struct yamlnode *off, const char *day)
{
	const struct yamlnode *on = yamlnode_get(off, "on"), *from = yamlnode_get(off, "from");
	const struct yamlnode *begin = on != NULL ? on : from;

	return begin != NULL && begin->kind == YAMLNODE_TEXT && strcmp(begin->text, day) == 0;
}

/* The key goes, too, with the last of them. */
static bool bring_back(struct yamledit *ed, const char *place, const json_t *edit, struct err *e)
{
	const struct yamlnode *except = yamledit_get(ed, place);
	char one[PLACE_BYTES];
	const char *day;

	if (!take_day(edit, "from", true, &day, e))
		return false;
	if (except != NULL && except->kind == YAMLNODE_MAP && begins_on(except, day))
		return yamledit_set(ed, place, NULL, e);
	for (int i = 0; except != NULL && except->kind == YAMLNODE_LIST && i < except->count; i++) {
		if (!begins_on(except->entries[i].value, day))
			continue;
		must((size_t)snprintf(one, sizeof(one), "%s.%d", place, i) < sizeof(one));
		return yamledit_set(ed, except->count == 1 ? place : one, NULL, e);
	}
	return err_set(e, ERR_NOT_FOUND,
		       T("\"%.80s\" không có lần bỏ hay tạm dừng nào từ %s",
			 "\"%.80s\" has no day off from %s on"),
		       json_get_text(edit, "slot", ""), day);
}

/* Its name first, however it came. */
static bool add_slot(struct yamledit *ed, const json_t *slot, struct err *e)
{
	const char *key;
	json_t *value;

	if (!json_is_object(slot) || !json_is_string(json_object_get(slot, "name")))
		return err_set(e, ERR_USAGE, T("khung giờ mới cần một tên",
					       "a new slot needs a name"));
	json_object_foreach((json_t *)(uintptr_t)slot, key, value)
		if (!is_key(key))
			return wrong_key(key, e);
	json_t *ordered = json_pack("{s:O}", "name", json_object_get(slot, "name"));
	json_object_update(ordered, (json_t *)(uintptr_t)slot);
	bool ok = yamledit_add(ed, "slots", ordered, e);
	json_decref(ordered);
	return ok;
}

static bool carry_out(struct yamledit *ed, const json_t *edit, const char *who, struct err *e)
{
	const char *op = json_get_text(edit, "op", "");
	char slot[SLOT_PLACE_BYTES], except[SLOT_PLACE_BYTES + 8];

	if (strcmp(op, "add") == 0)
		return add_slot(ed, json_object_get(edit, "slot"), e);
	if (strcmp(op, "table") == 0)
		return table_edit(ed, json_object_get(edit, "set"), e);
	if (!find_slot(ed, json_get_text(edit, "slot", ""), slot, e))
		return false;
	snprintf(except, sizeof(except), "%s.except", slot);
	if (strcmp(op, "skip") == 0 || strcmp(op, "pause") == 0)
		return take_off(ed, except, edit, op[0] == 's', who, e);
	if (strcmp(op, "back") == 0)
		return bring_back(ed, except, edit, e);
	if (strcmp(op, "set") == 0)
		return set_keys(ed, slot, edit, e);
	if (strcmp(op, "delete") == 0)
		return yamledit_set(ed, slot, NULL, e);
	return err_set(e, ERR_USAGE,
		       T("\"op\" phải là skip, pause, back, set, add, delete, table hoặc new",
			 "\"op\" must be skip, pause, back, set, add, delete, table or new"));
}

bool slot_edit(const char *file, const char *text, size_t len, const json_t *edit, const char *who,
	       struct buf *out, struct err *e)
{
	struct yamledit ed;
	bool ok = yamledit_open(&ed, file,
				T("hãy sửa trong ô soạn thảo văn bản của lịch",
				  "use the text editor of the timetable"),
				text, len, e) &&
		  carry_out(&ed, edit, who, e);

	if (ok)
		buf_add(out, buf_str(&ed.text), ed.text.len);
	yamledit_finish(&ed);
	return ok;
}
