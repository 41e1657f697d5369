/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/table_edit.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"

#include <string.h>

static const char *remedy(void)
{
	return T("hãy sửa trong ô soạn thảo văn bản của lịch",
		 "use the text editor of the timetable");
}

static bool is_key(const char *key)
{
	static const char *const keys[] = {"timetable", "basis",    "valid",
					   "replaces",	"music", "enabled"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

bool table_edit(struct yamledit *ed, const json_t *set, struct err *e)
{
	const char *key;
	json_t *value;

	if (!json_is_object(set))
		return err_set(e, ERR_USAGE, T("thiếu \"set\"", "\"set\" is missing"));
	json_object_foreach((json_t *)(uintptr_t)set, key, value) {
		if (!is_key(key))
			return err_set(e, ERR_USAGE, T("\"%.40s\" không phải khóa của lịch phát",
						       "\"%.40s\" is no key of a timetable"), key);
		if (!yamledit_set(ed, key, json_is_null(value) ? NULL : value, e))
			return false;
	}
	return true;
}

static bool add_slots(struct yamledit *ed, const json_t *slots, struct err *e)
{
	const json_t *slot;
	size_t i;

	if (json_array_size(slots) == 0) {
		json_t *none = json_array();
		bool ok = yamledit_set(ed, "slots", none, e);
		json_decref(none);
		return ok;
	}
	json_array_foreach(slots, i, slot)
		if (!yamledit_add(ed, "slots", slot, e))
			return false;
	return true;
}

bool table_edit_new(const char *file, const json_t *set, const json_t *slots, struct buf *out,
		    struct err *e)
{
	static const char begin[] = "timetable: x\n"; /* a map to add to */
	struct yamledit ed;
	bool ok = yamledit_open(&ed, file, remedy(), begin, strlen(begin), e) &&
		  table_edit(&ed, set, e) && add_slots(&ed, slots, e);

	if (ok)
		buf_add(out, buf_str(&ed.text), ed.text.len);
	yamledit_finish(&ed);
	return ok;
}

/* Those that no person has written for one occasion. */
static void drop_offs(json_t *slot)
{
	json_t *except = json_object_get(slot, "except");
	const json_t *one;
	size_t i = 0;

	if (json_is_object(except) && json_object_get(except, "by") != NULL) {
		json_object_del(slot, "except"); /* it is gone with that */
		return;
	}
	while (json_is_array(except) && (one = json_array_get(except, i)) != NULL)
		if (json_object_get(one, "by") != NULL)
			json_array_remove(except, i);
		else
			i++;
	if (json_is_array(except) && json_array_size(except) == 0)
		json_object_del(slot, "except");
}

json_t *table_edit_slot(const char *file, const char *text, size_t len, const char *name,
			struct err *e)
{
	struct yamledit ed;
	json_t *found = NULL, *slot;
	size_t i;

	if (yamledit_open(&ed, file, remedy(), text, len, e)) {
		json_array_foreach(json_object_get(ed.meaning, "slots"), i, slot)
			if (strcmp(json_get_text(slot, "name", ""), name) == 0)
				found = slot;
		if (found == NULL)
			err_set(e, ERR_NOT_FOUND, T("%s không có khung giờ \"%.80s\"",
						    "%s has no slot \"%.80s\""), file, name);
		found = json_deep_copy(found);
	}
	yamledit_finish(&ed);
	if (found != NULL) {
		json_object_del(found, "valid");
		drop_offs(found);
	}
	return found;
}
