/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands about timetables: which there are, one in full, what it was, and saving it. */
#include "base/json.h"
#include "base/text.h"
#include "plan/days_json.h"
#include "plan/slot_json.h"
#include "proof/entry.h"
#include "station/change.h"
#include "station/commands.h"
#include "station/filepast.h"
#include "station/station.h"
#include "station/versions.h"

#include <stdio.h>
#include <string.h>

static const struct world_files *files_of(const struct request *rq)
{
	return rq->desk->world.files;
}

/* The timetable as it is in force, NULL if it is not. */
static const struct timetable *in_force(const struct request *rq, const char *file)
{
	const struct schedule *s = &files_of(rq)->schedule;

	for (int i = 0; i < s->table_count; i++)
		if (strcmp(s->tables[i].file, file) == 0)
			return &s->tables[i];
	return NULL;
}

struct listing {
	struct request *rq;
	json_t *list;
};

/* "hang-ngay.yaml" → "hang-ngay"; null for a name that the page cannot write. */
static json_t *short_name(const char *name)
{
	char file[PATH_BYTES], stem[CHANGE_NAME_MAX + 2];
	const char *end = strstr(name, ".yaml");
	struct err ignored;

	if (end == NULL || end[strlen(".yaml")] != '\0')
		return json_null();
	snprintf(stem, sizeof(stem), "%.*s", (int)(end - name), name);
	return change_file(stem, file, &ignored) ? json_string(stem) : json_null();
}

/* null for one that stands in for no other. */
static json_t *special(const struct request *rq, const struct timetable *t)
{
	const struct schedule *s = &files_of(rq)->schedule;
	struct date today = tz_date(&rq->desk->tz, clock_wall(rq->desk->clock), NULL);

	if (t == NULL || (!t->replaces_all && t->replaces_count == 0))
		return json_null();
	json_t *json = days_json_special(s, t);
	json_object_set_new(json, "now",
			    json_boolean(almanac_in_force(s, (int)(t - s->tables), today)));
	return json;
}

static void add_listed(const char *name, void *arg)
{
	struct listing *l = arg;
	const char *end = strrchr(name, '.');
	char file[PATH_BYTES], sha256[SHA256_HEX_BYTES] = "";
	struct buf text = {0};
	struct err ignored;

	if (name[0] == '.' || end == NULL ||
	    (strcmp(end, ".yaml") != 0 && strcmp(end, ".yml") != 0))
		return;
	snprintf(file, sizeof(file), "schedules/%s", name);
	if (change_read(l->rq->desk, file, &text, &ignored))
		versions_hash(buf_str(&text), text.len, sha256);
	buf_finish(&text);
	const struct timetable *t = in_force(l->rq, file);
	json_array_append_new(
		l->list,
		json_pack("{s:o, s:o, s:o, s:o, s:b, s:b, s:o}", "name", short_name(name), "file",
			  json_text(file), "title", json_text(t != NULL ? t->name : NULL), "sha256",
			  json_text(sha256), "enabled", t != NULL && t->enabled, "in_force",
			  t != NULL && strcmp(t->sha256, sha256) == 0, "special",
			  special(l->rq, t)));
}

static bool list(struct request *rq, json_t *reply, struct err *e)
{
	struct listing l = {rq, json_array()};

	if (!disk_list(rq->desk->disk, "schedules", add_listed, &l, e)) {
		if (e->kind != ERR_NOT_FOUND) {
			json_decref(l.list);
			return false;
		}
		*e = (struct err){0};
	}
	json_object_set_new(reply, "timetables", l.list);
	return true;
}

/* Faults and slots of one text by itself. */
static void add_parsed(json_t *reply, const struct request *rq, const char *file,
		       const struct buf *text)
{
	const struct settings *s = &files_of(rq)->settings;
	struct schedule schedule = {0};
	struct faults faults = {0};
	json_t *slots = json_array();

	schedule.holidays = files_of(rq)->schedule.holidays;
	schedule_parse(&schedule, s, file, buf_str(text), text->len, &faults);
	for (int i = 0; i < schedule.slot_count; i++)
		json_array_append_new(slots, slot_json(&schedule.slots[i], s));
	if (schedule.table_count > 0)
		json_object_set_new(reply, "title", json_text(schedule.tables[0].name));
	json_object_set_new(reply, "faults", change_faults(&faults));
	json_object_set_new(reply, "slots", slots);
	schedule_finish(&schedule);
	faults_finish(&faults);
}

static bool add_text(json_t *reply, const struct buf *text, const char *file, struct err *e)
{
	json_t *json = json_stringn(buf_str(text), text->len);

	if (json == NULL)
		return err_set(e, ERR_DAMAGED,
			       T("%s không phải văn bản UTF-8; sửa tệp trên máy",
				 "%s is not UTF-8 text; mend the file on the machine"), file);
	json_object_set_new(reply, "text", json);
	return true;
}

static bool one(struct request *rq, json_t *reply, struct err *e)
{
	char file[PATH_BYTES], sha256[SHA256_HEX_BYTES];
	struct buf text = {0};
	const char *version;

	bool ok = change_named(rq, file, e) && request_text(rq, "version", false, &version, e) &&
		  (version[0] == '\0' ? change_read(rq->desk, file, &text, e)
				      : versions_read(rq->desk->disk, version, &text, e)) &&
		  add_text(reply, &text, file, e);
	if (ok) {
		const struct timetable *t = in_force(rq, file);
		versions_hash(buf_str(&text), text.len, sha256);
		json_object_set(reply, "name", json_object_get(rq->args, "name"));
		json_object_set_new(reply, "file", json_string(file));
		json_object_set_new(reply, "sha256", json_string(sha256));
		json_object_set_new(reply, "in_force",
				    json_boolean(t != NULL && strcmp(t->sha256, sha256) == 0));
		add_parsed(reply, rq, file, &text);
	}
	buf_finish(&text);
	return ok;
}

static bool history(struct request *rq, json_t *reply, struct err *e)
{
	char file[PATH_BYTES];

	return change_named(rq, file, e) && filepast_tell(rq, KIND_TIMETABLE, file, reply, e);
}

/* The field "text": the whole file. */
static bool take_text(struct request *rq, struct buf *text, struct err *e)
{
	const json_t *field = json_object_get(rq->args, "text");

	if (!json_is_string(field))
		return err_set(e, ERR_USAGE, T("thiếu \"text\": nội dung của lịch phát",
					       "\"text\" is missing: what the timetable says"));
	if (json_string_length(field) > TIMETABLE_TEXT_BYTES_MAX)
		return err_set(e, ERR_REFUSED,
			       T("lịch phát dài hơn %d kB; hãy chia thành nhiều tệp",
				 "the timetable is longer than %d kB; divide it into several "
				 "files"),
			       TIMETABLE_TEXT_BYTES_MAX >> 10);
	buf_add(text, json_string_value(field), json_string_length(field));
	return true;
}

/* Whoever works over the network must say what the change was made from; who sits at the machine
 * may leave it out, as with a text editor. */
static bool take_was(struct request *rq, const char **was, struct err *e)
{
	bool given = json_object_get(rq->args, "was") != NULL;

	if (!request_text(rq, "was", false, was, e))
		return false;
	if (!given && rq->user.id != 0)
		return err_set(e, ERR_USAGE,
			       T("thiếu \"was\" (If-Match): mã SHA-256 của bản đã sửa từ đó",
				 "\"was\" (If-Match) is missing: the SHA-256 of what was changed"));
	if (!given)
		*was = NULL;
	return true;
}

static bool put(struct request *rq, json_t *reply, struct err *e)
{
	char file[PATH_BYTES];
	struct buf text = {0};
	const char *was;

	bool ok = change_named(rq, file, e) && take_was(rq, &was, e) && take_text(rq, &text, e) &&
		  change_start(rq, reply, file, &text, true, was, NULL, e);
	buf_finish(&text);
	return ok;
}

static bool preview(struct request *rq, json_t *reply, struct err *e)
{
	char file[PATH_BYTES];
	struct buf text = {0};

	bool ok = change_named(rq, file, e) && take_text(rq, &text, e) &&
		  change_start(rq, reply, file, &text, false, NULL, NULL, e);
	buf_finish(&text);
	return ok;
}

const struct command commands_timetables[] = {
	{"timetables", "", false, list},
	{"timetable", "name, version?", false, one},
	{"timetable.history", "name", false, history},
	{"timetable.preview", "name, text", false, preview},
	{"timetable.put", "name, text, was?", false, put},
	{0},
};
