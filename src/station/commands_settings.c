/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings that a station's people change: read and set, one line of station.yaml each. */
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "plan/yamledit.h"
#include "station/change.h"
#include "station/commands.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME "station.yaml"

enum setting_kind { WORDS, NUMBER, SOUND };

/* Field of the request, and where it stands in the file. */
static const struct setting {
	const char *field, *place;
	enum setting_kind kind;
} all[] = {
	{"station", "station", WORDS},
	{"quiet_from", "quiet.from", WORDS},
	{"quiet_to", "quiet.to", WORDS},
	{"target_lufs", "loudness.target_lufs", NUMBER},
	{"peak_dbtp", "loudness.peak_dbtp", NUMBER},
	{"ident", "ident", SOUND},
	{"ident_out", "ident_out", SOUND},
	{"bed", "bed", SOUND},
	{"bed_db", "bed_db", NUMBER},
	{"duck_db", "duck_db", NUMBER},
	{"crossfade_ms", "crossfade_ms", NUMBER},
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

/* A number without quotes, as people write it; what is none is words, of which check tells. */
static json_t *meant(const struct setting *s, const char *value)
{
	struct err ignored;
	json_t *number = s->kind == NUMBER ? json_read(value, strlen(value), &ignored) : NULL;

	if (json_is_number(number))
		return number;
	json_decref(number);
	return json_string(value);
}

static bool apply(struct request *rq, const struct setting *s, struct yamledit *ed, struct err *e)
{
	const char *value;

	if (json_object_get(rq->args, s->field) == NULL)
		return true;
	if (!request_text(rq, s->field, false, &value, e) ||
	    (s->kind == SOUND && value[0] != '\0' && !there(rq, value, e)))
		return false;
	if (value[0] != '\0') {
		json_t *wanted = meant(s, value);
		bool ok = yamledit_set(ed, s->place, wanted, e);
		json_decref(wanted);
		return ok;
	}
	if (strncmp(s->place, "quiet.", 6) == 0) /* neither: no quiet hours */
		return yamledit_set(ed, "quiet", NULL, e);
	return strchr(s->place, '.') == NULL
		       ? yamledit_set(ed, s->place, NULL, e)
		       : err_set(e, ERR_USAGE, T("\"%s\": thiếu giá trị", "\"%s\": no value"),
				 s->field);
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

static bool edit(struct request *rq, struct buf *text, struct err *e)
{
	struct yamledit ed;
	bool ok = yamledit_open(&ed, FILE_NAME,
				T("hãy sửa bằng tay, rồi chạy: vangxa check",
				  "change it by hand, then run: vangxa check"),
				buf_str(text), text->len, e);

	for (size_t i = 0; ok && i < sizeof(all) / sizeof(all[0]); i++)
		ok = apply(rq, &all[i], &ed, e);
	if (ok) {
		buf_reset(text);
		buf_add(text, buf_str(&ed.text), ed.text.len);
	}
	yamledit_finish(&ed);
	return ok;
}

static bool set(struct request *rq, json_t *reply, struct err *e)
{
	struct buf text = {0};
	const char *was;
	bool ok = request_text(rq, "sha256", true, &was, e) && both_quiet_hours(rq, e) &&
		  change_read(rq->desk, FILE_NAME, &text, e) && edit(rq, &text, e) &&
		  change_start(rq, reply, FILE_NAME, &text, true, was, NULL, e);

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
