/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/zones_edit.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define PLACE "zones"

static const char *name_at(const struct yamledit *ed, int i)
{
	const struct yamlnode *list = yamledit_get(ed, PLACE);
	const struct yamlnode *name = yamlnode_get(list->entries[i].value, "name");

	return name != NULL && name->kind == YAMLNODE_TEXT ? name->text : "";
}

static int count_of(const struct yamledit *ed)
{
	const struct yamlnode *list = yamledit_get(ed, PLACE);

	return list != NULL && list->kind == YAMLNODE_LIST ? list->count : 0;
}

static int find(const struct yamledit *ed, const char *name)
{
	for (int i = 0; i < count_of(ed); i++)
		if (strcmp(name_at(ed, i), name) == 0)
			return i;
	return -1;
}

static bool is_row(const json_t *row)
{
	static const char *const keys[] = {"was", "name", "device", "channel"};
	const json_t *ear = json_object_get(row, "microphone");
	bool ok = json_is_object(row) && json_object_size(row) == (ear != NULL ? 5 : 4) &&
		  (ear == NULL || json_is_string(ear));

	for (size_t i = 0; ok && i < sizeof(keys) / sizeof(keys[0]); i++)
		ok = json_is_string(json_object_get(row, keys[i]));
	return ok;
}

static bool are_rows(const json_t *rows, struct err *e)
{
	const json_t *row;
	size_t i;
	bool ok = json_is_array(rows) && json_array_size(rows) <= ZONES_MAX;

	json_array_foreach(rows, i, row)
		ok = ok && is_row(row);
	return ok || err_set(e, ERR_USAGE,
			     T("\"zones\": cần một danh sách, nhiều nhất %d cụm loa",
			       "\"zones\": a list is needed, %d zones at most"), ZONES_MAX);
}

/* A number without quotes, as people write it; what is none is words, of which check tells. */
static json_t *channel_of(const json_t *row)
{
	const char *text = json_get_text(row, "channel", "");
	struct err ignored;
	json_t *number = json_read(text, strlen(text), &ignored);

	if (json_is_integer(number))
		return number;
	json_decref(number);
	return json_string(text);
}

static json_t *element(const json_t *row)
{
	const char *ear = json_get_text(row, "microphone", "");

	return json_pack("{s:s, s:s, s:o, s:s*}", "name", json_get_text(row, "name", ""), "device",
			 json_get_text(row, "device", ""), "channel", channel_of(row),
			 "microphone", ear[0] != '\0' ? ear : NULL);
}

static bool wanted(const json_t *rows, const char *name)
{
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
		if (strcmp(json_get_text(row, "was", ""), name) == 0)
			return true;
	return false;
}

/* From the last one on, so that the numbers of the others hold. */
static bool take_out(struct yamledit *ed, const json_t *rows, struct err *e)
{
	char place[CODE_BYTES];

	for (int i = count_of(ed) - 1; i >= 0; i--) {
		if (wanted(rows, name_at(ed, i)))
			continue;
		snprintf(place, sizeof(place), PLACE ".%d", i);
		if (!yamledit_set(ed, place, NULL, e))
			return false;
	}
	return true;
}

static bool follow(struct yamledit *ed, const char *was, const char *name, struct err *e)
{
	const struct yamlnode *stream = yamledit_get(ed, "stream");

	if (stream == NULL || stream->kind != YAMLNODE_TEXT || strcmp(stream->text, was) != 0)
		return true;
	json_t *value = json_string(name);
	bool ok = yamledit_set(ed, "stream", value, e);
	json_decref(value);
	return ok;
}

static bool set_key(struct yamledit *ed, int i, const char *key, json_t *value, struct err *e)
{
	char place[CODE_BYTES];

	snprintf(place, sizeof(place), PLACE ".%d.%s", i, key);
	bool ok = yamledit_set(ed, place, value, e);
	json_decref(value);
	return ok;
}

/* A form that knows of no microphones leaves them as they are. */
static bool set_microphone(struct yamledit *ed, int i, const json_t *row, struct err *e)
{
	const char *wanted = json_get_text(row, "microphone", NULL), *stands = "";
	const struct yamlnode *zone = yamledit_get(ed, PLACE)->entries[i].value;
	const struct yamlnode *n = yamlnode_get(zone, "microphone");

	if (n != NULL && n->kind == YAMLNODE_TEXT)
		stands = n->text;
	if (wanted == NULL || strcmp(wanted, stands) == 0)
		return true;
	return set_key(ed, i, "microphone", wanted[0] != '\0' ? json_string(wanted) : NULL, e);
}

/* Only keys that differ are written: one that is not there has its usual value. */
static bool change(struct yamledit *ed, int i, const json_t *row, struct err *e)
{
	const char *was = json_get_text(row, "was", ""), *name = json_get_text(row, "name", "");
	const char *device = json_get_text(row, "device", ""), *stands = "default";
	const char *channel = json_get_text(row, "channel", ""), *number = "1";
	const struct yamlnode *zone = yamledit_get(ed, PLACE)->entries[i].value;
	const struct yamlnode *n;

	if ((n = yamlnode_get(zone, "device")) != NULL && n->kind == YAMLNODE_TEXT)
		stands = n->text;
	if ((n = yamlnode_get(zone, "channel")) != NULL && n->kind == YAMLNODE_TEXT)
		number = n->text;
	bool other_device = strcmp(stands, device) != 0, other_channel = strcmp(number, channel);

	return (!other_device || set_key(ed, i, "device", json_string(device), e)) &&
	       (!other_channel || set_key(ed, i, "channel", channel_of(row), e)) &&
	       set_microphone(ed, i, row, e) &&
	       (strcmp(was, name) == 0 || (set_key(ed, i, "name", json_string(name), e) &&
					   follow(ed, was, name, e)));
}

static bool add(struct yamledit *ed, const json_t *row, struct err *e)
{
	json_t *item = element(row);

	must(item != NULL);
	bool ok = yamledit_add(ed, PLACE, item, e);
	json_decref(item);
	return ok;
}

/* Where each row's zone stands, before any has got another name: two may change theirs. */
static bool change_all(struct yamledit *ed, const json_t *rows, struct err *e)
{
	int at[ZONES_MAX] = {0};
	const json_t *row;
	size_t i;
	bool ok = true;

	json_array_foreach(rows, i, row)
		at[i] = find(ed, json_get_text(row, "was", ""));
	json_array_foreach(rows, i, row)
		ok = ok && (at[i] < 0 || change(ed, at[i], row, e));
	json_array_foreach(rows, i, row)
		ok = ok && (at[i] >= 0 || add(ed, row, e));
	return ok;
}

/* New ones first would keep the list from ever being empty, but a zone may take the place of one
 * that goes, with its name. */
bool zones_edit(struct yamledit *ed, const json_t *rows, struct err *e)
{
	return are_rows(rows, e) && take_out(ed, rows, e) && change_all(ed, rows, e);
}

json_t *zones_named_by(const struct schedule *schedule, int zone)
{
	json_t *seen = json_object(), *list = json_array();

	for (int i = 0; i < schedule->slot_count; i++) {
		const struct slot *s = &schedule->slots[i];
		if (!s->zones_named || (s->zones >> zone & 1) == 0 ||
		    json_object_get(seen, s->name) != NULL)
			continue;
		json_object_set_new(seen, s->name, json_true());
		json_array_append_new(list, json_text(s->name));
	}
	json_decref(seen);
	return list;
}
