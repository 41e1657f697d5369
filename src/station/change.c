/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/change.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "plan/check.h"
#include "plan/effect.h"
#include "station/confirmed.h"
#include "station/station.h"
#include "station/versions.h"
#include "sys/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The main thread's, but for what `look` works on while it runs. */
struct change {
	struct later later;
	struct desk *desk;
	char who[ID_BYTES];
	char file[PATH_BYTES];
	char was[SHA256_HEX_BYTES];
	bool asked_was, save;
	json_t *extra;
	struct buf text;
	char sha256[SHA256_HEX_BYTES];
	struct wall now;
	struct effect_view before;
	struct bulletin *bulletins; /* that may air: the desk's own list may change meanwhile */
	int bulletin_count;
	/* What came of it. */
	struct world_files *files; /* NULL: station.yaml is unusable */
	struct world_files *in_force; /* held: what it is held against */
	struct faults faults;
	json_t *effect;
};

bool change_file(const char *name, char file[static PATH_BYTES], struct err *e)
{
	size_t len = strlen(name);

	if (len == 0 || len > CHANGE_NAME_MAX ||
	    strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != len)
		return err_set(e, ERR_USAGE,
			       T("tên lịch phát \"%.80s\": 1 đến %d chữ a–z không dấu, số, - hoặc "
				 "_",
				 "timetable \"%.80s\": 1 to %d letters a–z, digits, - or _"),
			       name, CHANGE_NAME_MAX);
	snprintf(file, PATH_BYTES, "schedules/%s.yaml", name);
	return true;
}

bool change_named(struct request *rq, char file[static PATH_BYTES], struct err *e)
{
	const char *name;

	return request_text(rq, "name", true, &name, e) && change_file(name, file, e);
}

bool change_read(struct desk *d, const char *file, struct buf *text, struct err *e)
{
	if (disk_read(d->disk, file, YAML_FILE_BYTES_MAX, text, e))
		return true;
	return e->kind != ERR_NOT_FOUND ? false
					: err_set(e, ERR_NOT_FOUND, T("không có lịch phát %s",
								      "no timetable %s"), file);
}

static void destroy(void *arg)
{
	struct change *c = arg;

	json_decref(c->extra);
	json_decref(c->effect);
	buf_finish(&c->text);
	effect_finish(&c->before);
	free(c->bulletins);
	world_files_free(c->in_force);
	world_files_free(c->files);
	faults_finish(&c->faults);
	free(c);
}

/* A timetable that names a zone which is there no more would be off the air as a whole. */
static bool loses_zone(const struct change *c, const struct fault *f)
{
	return strcmp(c->file, "station.yaml") == 0 && strcmp(f->field, "zones") == 0;
}

static int errors_of(const struct change *c)
{
	int count = 0;

	for (int i = 0; i < c->faults.count; i++) {
		const struct fault *f = &c->faults.list[i];
		count += f->grade == FAULT_ERROR &&
			 (strcmp(f->file, c->file) == 0 || loses_zone(c, f));
	}
	return count;
}

static bool compare(struct change *c, const struct plan_input *in, struct err *e)
{
	struct effect_view after;

	if (!effect_look(&after, in, c->now, e))
		return false;
	c->effect = effect_compare(&c->before, &after, &in->settings->tz, c->now);
	effect_finish(&after);
	return true;
}

/* On a thread of its own. */
static bool look(void *arg, struct err *e)
{
	struct change *c = arg;
	struct world_change with = {c->file, buf_str(&c->text), c->text.len};
	struct err none = {0};

	c->files = world_files_load_with(c->desk->dir, &with, &c->faults, &none);
	if (c->files == NULL)
		return c->faults.errors > 0 || err_set(e, none.kind, "%s", none.text);
	confirmed_check(c->files, c->in_force);
	for (int i = 0; i < c->files->faults.count; i++)
		faults_copy(&c->faults, &c->files->faults.list[i]);
	if (errors_of(c) > 0)
		return true;
	struct plan_input in = {.settings = &c->files->settings, .schedule = &c->files->schedule,
				.bulletins = c->bulletins, .bulletin_count = c->bulletin_count,
				.assets = c->files->assets, .asset_count = c->files->asset_count};
	check_plan(&in, c->now, &c->faults);
	return compare(c, &in, e);
}

static bool changed_meanwhile(const char *file, const char *was, struct err *e)
{
	if (was[0] == '\0')
		return err_set(e, ERR_DIFFERS,
			       T("đã có %s; hãy mở ra rồi sửa",
				 "there is %s already; open and change it"),
			       file);
	return err_set(e, ERR_DIFFERS,
		       T("%s đã được người khác sửa trong lúc bạn sửa; tải lại rồi làm lại",
			 "%s was changed by somebody else meanwhile; load it again and repeat"),
		       file);
}

/* The text that stands there now is the one that the change was made from; sha256: of it, "" if
 * there is none. */
static bool still_same(const struct change *c, char sha256[static SHA256_HEX_BYTES],
		       struct err *e)
{
	struct buf text = {0};

	sha256[0] = '\0';

	bool there = change_read(c->desk, c->file, &text, e);
	if (there)
		versions_hash(buf_str(&text), text.len, sha256);
	buf_finish(&text);
	if (!there && e->kind != ERR_NOT_FOUND)
		return false;
	*e = (struct err){0};
	return !c->asked_was || strcmp(sha256, c->was) == 0 ||
	       changed_meanwhile(c->file, c->was, e);
}

/* In force at once, as a file changed by hand is a second later. */
static bool take_over(struct change *c)
{
	struct world_files *files = c->files;

	c->files = NULL;
	if (files == NULL)
		return false;
	if (c->later.station != NULL)
		return reload_take(&c->later.station->reload, files, c->who);
	if (files->faults.errors > 0) {
		world_files_free(files);
		return false;
	}
	desk_adopt(c->desk, files, c->who);
	return true;
}

static bool save(struct change *c, bool *in_force, struct err *e)
{
	char before[SHA256_HEX_BYTES];

	/* What was never in force was not kept yet: a file put there a moment ago. */
	if (!still_same(c, before, e) || !versions_keep(c->desk->disk, c->file, before, e) ||
	    !versions_replace(c->desk->disk, c->file, buf_str(&c->text), c->text.len, e))
		return false;
	log_info(T("%s đổi %s", "%s changed %s"), c->who, c->file);
	*in_force = take_over(c);
	if (strcmp(c->file, "station.yaml") == 0 && desk_sound_waits(c->desk))
		*in_force = false; /* of one who has set something else it is nearly true */
	return true;
}

json_t *change_faults(const struct faults *faults)
{
	json_t *list = json_array();

	for (int i = 0; i < faults->count; i++) {
		const struct fault *f = &faults->list[i];
		json_t *one = json_pack("{s:o, s:i, s:s, s:o}", "file", json_text(f->file), "line",
					f->line, "grade",
					f->grade == FAULT_ERROR ? "error" : "warning", "text",
					json_text(fault_text(f)));
		if (f->slot[0] != '\0')
			json_object_set_new(one, "slot", json_text(f->slot));
		if (f->field[0] != '\0')
			json_object_set_new(one, "field", json_text(f->field));
		json_array_append_new(list, one);
	}
	return list;
}

static bool conclude(void *arg, json_t *reply, struct err *e)
{
	struct change *c = arg;
	bool saved = c->save && errors_of(c) == 0, in_force = false;

	if (saved && !save(c, &in_force, e))
		return false;
	const char *slash = strrchr(c->file, '/'), *name = slash != NULL ? slash + 1 : c->file;
	json_object_set_new(reply, "name", json_stringn(name, strlen(name) - strlen(".yaml")));
	json_object_set_new(reply, "file", json_string(c->file));
	json_object_set_new(reply, "sha256", json_string(c->sha256));
	json_object_set_new(reply, "saved", json_boolean(saved));
	json_object_set_new(reply, "in_force", json_boolean(in_force));
	json_object_set_new(reply, "faults", change_faults(&c->faults));
	json_object_set(reply, "effect", c->effect != NULL ? c->effect : json_null());
	if (c->extra != NULL)
		json_object_update(reply, c->extra);
	return true;
}

static const struct later_kind kind = {look, conclude, destroy, NULL};

static bool still_valid(const struct bulletin *b, struct date today)
{
	return b->state == BULLETIN_APPROVED && (!b->has_to || date_compare(b->to, today) >= 0);
}

/* What may air from now on, on its own. */
static void copy_bulletins(struct change *c)
{
	const struct world *w = &c->desk->world;
	struct date yesterday = date_add_days(tz_date(&w->files->settings.tz, c->now, NULL), -1);
	int count = 0;

	for (int i = 0; i < w->bulletin_count; i++)
		count += still_valid(&w->bulletins[i], yesterday);
	c->bulletins = calloc((size_t)count + 1, sizeof(*c->bulletins));
	must(c->bulletins != NULL);
	for (int i = 0; i < w->bulletin_count; i++)
		if (still_valid(&w->bulletins[i], yesterday))
			c->bulletins[c->bulletin_count++] = w->bulletins[i];
}

static struct change *prepare(struct request *rq, const char *file, struct buf *text,
			      const char *was, json_t *extra)
{
	struct change *c = calloc(1, sizeof(*c));

	must(c != NULL);
	c->desk = rq->desk;
	c->extra = extra;
	c->text = *text;
	*text = (struct buf){0};
	c->now = clock_wall(rq->desk->clock);
	c->asked_was = was != NULL;
	snprintf(c->who, sizeof(c->who), "%s", rq->who);
	snprintf(c->file, sizeof(c->file), "%s", file);
	snprintf(c->was, sizeof(c->was), "%s", was != NULL ? was : "");
	versions_hash(buf_str(&c->text), c->text.len, c->sha256);
	copy_bulletins(c);
	c->in_force = world_files_hold(c->desk->world.files);
	return c;
}

/* Early, so that nobody reads through an effect that cannot be saved; once more when saving. */
static bool may_begin(struct request *rq, struct change *c, struct err *e)
{
	char now[SHA256_HEX_BYTES];

	if (later_count(rq->station, &kind) >= CHANGES_MAX)
		return err_set(e, ERR_TOO_MANY,
			       T("đài đang xem mấy thay đổi khác; thử lại sau vài giây",
				 "the station looks at other changes; try again in a few "
				 "seconds"));
	return still_same(c, now, e) &&
	       effect_look(&c->before, &rq->desk->world.input, c->now, e);
}

bool change_start(struct request *rq, json_t *reply, const char *file, struct buf *text,
		  bool saving, const char *was, json_t *extra, struct err *e)
{
	struct change *c = prepare(rq, file, text, was, extra);

	c->save = saving;
	if (!may_begin(rq, c, e)) {
		destroy(c);
		return false;
	}
	return later_start(&c->later, &kind, c, rq, reply, e);
}
