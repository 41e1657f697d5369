/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings that a station's people change: read and set, one line of station.yaml each. */
#include "base/must.h"
#include "base/text.h"
#include "plan/yamledit.h"
#include "station/change.h"
#include "station/commands.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME "station.yaml"

/* Field of the request, and where it stands in the file. */
static const struct setting {
	const char *field, *map, *key;
	bool plain, sound;
} all[] = {
	{"station", NULL, "station", false, false},
	{"quiet_from", "quiet", "from", false, false},
	{"quiet_to", "quiet", "to", false, false},
	{"target_lufs", "loudness", "target_lufs", true, false},
	{"peak_dbtp", "loudness", "peak_dbtp", true, false},
	{"ident", NULL, "ident", false, true},
	{"ident_out", NULL, "ident_out", false, true},
	{"bed", NULL, "bed", false, true},
	{"bed_db", NULL, "bed_db", true, false},
	{"duck_db", NULL, "duck_db", true, false},
	{"crossfade_ms", NULL, "crossfade_ms", true, false},
};

static json_t *clock_text(bool has, int32_t s)
{
	return has ? json_sprintf("%02d:%02d", s / 3600, s / 60 % 60) : json_string("");
}

static json_t *values(const struct settings *s)
{
	json_t *o = json_pack("{s:s, s:o, s:o, s:f, s:f, s:s, s:s, s:s, s:f, s:f, s:i}", "station",
			      s->name, "quiet_from", clock_text(s->has_quiet, s->quiet_from_s),
			      "quiet_to", clock_text(s->has_quiet, s->quiet_to_s), "target_lufs",
			      s->target_lufs, "peak_dbtp", s->peak_dbtp, "ident", s->ident,
			      "ident_out", s->ident_out, "bed", s->bed, "bed_db", s->bed_db,
			      "duck_db", s->duck_db, "crossfade_ms", s->crossfade_ms);

	must(o != NULL);
	return o;
}

static json_t *zones(const struct settings *s)
{
	json_t *list = json_array();

	for (int z = 0; z < s->zone_count; z++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:i}", "name", s->zones[z].name,
						      "device", s->zones[z].device, "channel",
						      s->zones[z].channel));
	return list;
}

static bool tell(struct request *rq, json_t *reply, struct err *e)
{
	const struct world_files *files = rq->desk->world.files;
	const struct settings *s = &files->settings;

	(void)e;
	json_object_set_new(reply, "sha256", json_string(files->settings_sha256));
	json_object_set_new(reply, "values", values(s));
	json_object_set_new(reply, "fixed", json_pack("{s:s, s:s, s:s, s:b}", "id", s->id,
						      "timezone", s->tz.name, "stream",
						      s->stream_zone, "record", s->record));
	json_object_set_new(reply, "zones", zones(s));
	return true;
}

/* A sound that is not there would only be a warning, and silence where the ident was. */
static bool there(struct request *rq, const char *file, struct err *e)
{
	char path[2 * PATH_BYTES];

	snprintf(path, sizeof(path), "%s%s%s", file[0] == '/' ? "" : rq->desk->dir,
		 file[0] == '/' ? "" : "/", file);
	return access(path, R_OK) == 0 ||
	       err_set(e, ERR_REFUSED,
		       T("không có tệp %s; đường dẫn tính từ thư mục của đài, ví dụ "
			 "audio/nhac-hieu.flac",
			 "there is no file %s; its path starts at the station's folder, for "
			 "example audio/nhac-hieu.flac"),
		       file);
}

static bool apply(struct request *rq, const struct setting *s, struct buf *text, struct err *e)
{
	const char *value;

	if (json_object_get(rq->args, s->field) == NULL)
		return true;
	if (!request_text(rq, s->field, false, &value, e) ||
	    (s->sound && value[0] != '\0' && !there(rq, value, e)))
		return false;
	if (s->map == NULL || value[0] != '\0')
		return yamledit_set(text, s->map, s->key, value, s->plain, e);
	if (strcmp(s->map, "quiet") == 0) /* neither: no quiet hours */
		return yamledit_set(text, NULL, s->map, "", false, e);
	return err_set(e, ERR_USAGE, T("\"%s\": thiếu giá trị", "\"%s\": no value"), s->field);
}

static bool both_quiet_hours(struct request *rq, struct err *e)
{
	const char *from, *to;

	return request_text(rq, "quiet_from", false, &from, e) &&
	       request_text(rq, "quiet_to", false, &to, e) &&
	       ((from[0] == '\0') == (to[0] == '\0') ||
		err_set(e, ERR_USAGE,
			T("giờ yên tĩnh cần cả hai giờ, hoặc để trống cả hai",
			  "quiet hours need both times, or neither")));
}

static bool set(struct request *rq, json_t *reply, struct err *e)
{
	struct buf text = {0};
	const char *was;
	bool ok = request_text(rq, "sha256", true, &was, e) && both_quiet_hours(rq, e) &&
		  change_read(rq->desk, FILE_NAME, &text, e);

	for (size_t i = 0; ok && i < sizeof(all) / sizeof(all[0]); i++)
		ok = apply(rq, &all[i], &text, e);
	ok = ok && change_start(rq, reply, FILE_NAME, &text, true, was, NULL, e);
	buf_finish(&text);
	return ok;
}

const struct command commands_settings[] = {
	{"settings", "", false, tell},
	{"settings.set",
	 "sha256, station?, quiet_from?, quiet_to?, target_lufs?, peak_dbtp?, ident?, ident_out?, "
	 "bed?, bed_db?, duck_db?, crossfade_ms?", false, set},
	{0},
};
