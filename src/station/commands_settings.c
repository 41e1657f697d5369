/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings that a station's people change: read and set in station.yaml, whose comments and
 * order stay; and the devices that a zone may be wired to. */
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "mix/devlist.h"
#include "plan/yamledit.h"
#include "station/change.h"
#include "station/commands.h"
#include "station/later.h"
#include "station/versions.h"
#include "station/zones_edit.h"
#include "sys/tz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME "station.yaml"

enum setting_kind { WORDS, NUMBER, SOUND, YES_OR_NO };

/* Field of the request, and where it stands in the file. */
static const struct setting {
	const char *field, *place;
	enum setting_kind kind;
} all[] = {
	{"station", "station", WORDS},
	{"quiet_from", "quiet.from", WORDS},
	{"quiet_to", "quiet.to", WORDS},
	{"night_from", "night.from", WORDS},
	{"night_to", "night.to", WORDS},
	{"night_db", "night.volume_db", NUMBER},
	{"target_lufs", "loudness.target_lufs", NUMBER},
	{"peak_dbtp", "loudness.peak_dbtp", NUMBER},
	{"ident", "ident", SOUND},
	{"ident_out", "ident_out", SOUND},
	{"bed", "bed", SOUND},
	{"bed_db", "bed_db", NUMBER},
	{"duck_db", "duck_db", NUMBER},
	{"crossfade_ms", "crossfade_ms", NUMBER},
	{"persons", "approval.persons", NUMBER},
	{"document", "approval.document", YES_OR_NO},
	{"stream", "stream", WORDS},
	{"record", "record", YES_OR_NO},
	{"recordings_days", "keep.recordings_days", NUMBER},
	{"live_allowed", "live.allowed", YES_OR_NO},
	{"live_device", "live.device", WORDS},
	{"live_channel", "live.channel", NUMBER},
	{"live_minutes", "live.minutes", NUMBER},
	{"live_chime", "live.chime", YES_OR_NO},
	{"live_gain_db", "live.gain_db", NUMBER},
	{"report_superior", "report.superior", WORDS},
	{"report_issuer", "report.issuer", WORDS},
	{"report_place", "report.place", WORDS},
	{"report_symbol", "report.symbol", WORDS},
	{"report_signer_for", "report.signer_for", WORDS},
	{"report_signer_title", "report.signer_title", WORDS},
	{"report_signer_name", "report.signer_name", WORDS},
};

static json_t *clock_text(bool has, int32_t s)
{
	return has ? json_sprintf("%02d:%02d", s / 3600, s / 60 % 60) : json_string("");
}

static void add_letter(json_t *o, const struct letter *l)
{
	json_t *words = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "report_superior",
				  l->superior, "report_issuer", l->issuer, "report_place", l->place,
				  "report_symbol", l->symbol, "report_signer_for", l->signer_for,
				  "report_signer_title", l->signer_title, "report_signer_name",
				  l->signer_name);

	must(words != NULL && json_object_update_new(o, words) == 0);
}

static void add_live(json_t *o, const struct live_settings *l)
{
	json_t *live = json_pack("{s:b, s:s, s:i, s:i, s:b, s:f}", "live_allowed", (int)l->allowed,
				 "live_device", l->device, "live_channel", l->channel,
				 "live_minutes", l->minutes, "live_chime", (int)l->chime,
				 "live_gain_db", l->gain_db);

	must(live != NULL && json_object_update_new(o, live) == 0);
}

static json_t *values(const struct settings *s)
{
	json_t *o = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:f, s:f, s:s, s:s, s:s, s:f, s:f, "
			      "s:i, s:i, s:b, s:s, s:b, s:i}", "station",
			      s->name, "quiet_from", clock_text(s->has_quiet, s->quiet_from_s),
			      "quiet_to", clock_text(s->has_quiet, s->quiet_to_s),
			      "night_from", clock_text(s->has_night, s->night_from_s),
			      "night_to", clock_text(s->has_night, s->night_to_s),
			      "night_db", s->has_night ? json_real(s->night_db) : json_string(""),
			      "target_lufs",
			      s->target_lufs, "peak_dbtp", s->peak_dbtp, "ident", s->ident,
			      "ident_out", s->ident_out, "bed", s->bed, "bed_db", s->bed_db,
			      "duck_db", s->duck_db, "crossfade_ms", s->crossfade_ms, "persons",
			      s->approval_persons, "document", (int)s->approval_document, "stream",
			      s->stream_zone, "record", (int)s->record,
			      "recordings_days", s->keep_days);

	must(o != NULL);
	add_letter(o, &s->letter);
	add_live(o, &s->live);
	return o;
}

/* Timetables name the zones that are in force. */
static json_t *slots_of(const struct world_files *files, const char *name)
{
	int zone = settings_zone(&files->settings, name);

	return zone >= 0 ? zones_named_by(&files->schedule, zone) : json_array();
}

static json_t *zones(const struct settings *s, const struct world_files *files)
{
	json_t *list = json_array();

	for (int z = 0; z < s->zone_count; z++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:i, s:s, s:o}", "name",
						      s->zones[z].name, "device",
						      s->zones[z].device, "channel",
						      s->zones[z].channel, "microphone",
						      s->zones[z].microphone, "slots",
						      slots_of(files, s->zones[z].name)));
	return list;
}

static struct settings *parse(const struct buf *text, struct faults *faults)
{
	struct settings *s = calloc(1, sizeof(*s));

	must(s != NULL);
	settings_parse(s, FILE_NAME, buf_str(text), text->len, tz_load, faults);
	return s;
}

/* What the file says, not what is in force: that is what the next change begins with, and zones
 * wait in it for the next start. */
static bool tell(struct request *rq, json_t *reply, struct err *e)
{
	const struct world_files *files = rq->desk->world.files;
	char sha256[SHA256_HEX_BYTES];
	struct faults faults = {0};
	struct buf text = {0};

	if (!change_read(rq->desk, FILE_NAME, &text, e))
		return false;
	struct settings *s = parse(&text, &faults);
	versions_hash(buf_str(&text), text.len, sha256);
	json_object_set_new(reply, "sha256", json_string(sha256));
	json_object_set_new(reply, "in_force",
			    json_boolean(strcmp(sha256, files->settings_sha256) == 0 &&
					 !desk_sound_waits(rq->desk)));
	json_object_set_new(reply, "values", values(s));
	json_object_set_new(reply, "fixed", json_pack("{s:s, s:s}", "id", s->id, "timezone",
						      s->tz.name));
	json_object_set_new(reply, "zones", zones(s, files));
	free(s);
	faults_finish(&faults);
	buf_finish(&text);
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

	if (s->kind == YES_OR_NO &&
	    (strcmp(value, "true") == 0 || strcmp(value, "false") == 0))
		return json_boolean(value[0] == 't');
	if (json_is_number(number))
		return number;
	json_decref(number);
	return json_string(value);
}

/* Those that only mean something together: all of them are there, or none. The key that holds them;
 * NULL: it stands alone. */
static const char *together(const struct setting *s)
{
	static const char *const keys[] = {"quiet", "night"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		size_t len = strlen(keys[i]);
		if (strncmp(s->place, keys[i], len) == 0 && s->place[len] == '.')
			return keys[i];
	}
	return NULL;
}

static bool fits_together(struct request *rq, const struct setting *s, const char *value,
			  struct err *e)
{
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const char *other = "";
		if (together(&all[i]) != together(s))
			continue;
		if (!request_text(rq, all[i].field, false, &other, e))
			return false;
		if (value[0] == '\0' && other[0] != '\0')
			return err_set(e, ERR_USAGE, T("các ô này đi với nhau: điền đủ, hoặc để "
						       "trống tất cả",
						       "these belong together: fill in all of "
						       "them, or none"));
	}
	return true;
}

/* What is wrong with a field before it is in the file at all. */
static bool fits(struct request *rq, const struct setting *s, const char *value, struct err *e)
{
	if (together(s) != NULL)
		return fits_together(rq, s, value, e);
	if (value[0] == '\0')
		return strchr(s->place, '.') == NULL || strncmp(s->place, "report.", 7) == 0 ||
		       err_set(e, ERR_USAGE, T("chưa ghi gì", "nothing is written here"));
	return s->kind != SOUND || there(rq, value, e);
}

static bool put(const struct setting *s, const char *value, struct yamledit *ed, struct err *e)
{
	if (value[0] != '\0') {
		json_t *wanted = meant(s, value);
		bool ok = yamledit_set(ed, s->place, wanted, e);
		json_decref(wanted);
		return ok;
	}
	return yamledit_set(ed, together(s) != NULL ? together(s) : s->place, NULL, e);
}

/* A fault of one field is told with those of all others; false + err: no form can be told that. */
static bool apply(struct request *rq, const struct setting *s, struct yamledit *ed,
		  struct faults *faults, struct err *e)
{
	struct err wrong = {0};
	const char *value;

	if (json_object_get(rq->args, s->field) == NULL)
		return true;
	if (!request_text(rq, s->field, false, &value, e))
		return false;
	if (fits(rq, s, value, &wrong))
		return put(s, value, ed, e);
	faults_add(faults, FAULT_ERROR, FILE_NAME, 0, "%s", wrong.text);
	faults_place(faults, "", s->field);
	return true;
}

static bool edit(struct request *rq, struct buf *text, struct faults *faults, struct err *e)
{
	const json_t *rows = json_object_get(rq->args, "zones");
	struct yamledit ed;
	bool ok = yamledit_open(&ed, FILE_NAME,
				T("hãy sửa tệp bằng tay", "change the file by hand"),
				buf_str(text), text->len, e) &&
		  (rows == NULL || zones_edit(&ed, rows, e));

	for (size_t i = 0; ok && i < sizeof(all) / sizeof(all[0]); i++)
		ok = apply(rq, &all[i], &ed, faults, e);
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
	struct faults faults = {0};
	const char *was;
	bool ok = request_text(rq, "sha256", true, &was, e) &&
		  change_read(rq->desk, FILE_NAME, &text, e) && edit(rq, &text, &faults, e);

	if (ok) /* everything at once: who has mended one field should not then hear of the next */
		free(parse(&text, &faults));
	if (ok && faults.errors == 0)
		ok = change_start(rq, reply, FILE_NAME, &text, true, was, NULL, e);
	else if (ok)
		json_object_update_new(reply, json_pack("{s:b, s:b, s:o, s:n}", "saved", 0,
							"in_force", 0, "faults",
							change_faults(&faults), "effect"));
	faults_finish(&faults);
	buf_finish(&text);
	return ok;
}

/* What zones[].device and .microphone may name. Sound systems are asked in a child, which may take
 * its time. */
struct listing {
	struct later later;
	struct devlist_device list[DEVLIST_MAX];
	int count;
};

static bool ask_devices(void *arg, struct err *e)
{
	struct listing *l = arg;

	return devlist_get(l->list, DEVLIST_MAX, &l->count, e);
}

static bool tell_devices(void *arg, json_t *reply, struct err *e)
{
	const struct listing *l = arg;
	json_t *list = json_array(), *ears = json_array();

	(void)e;
	for (int i = 0; i < l->count; i++) {
		const struct devlist_device *d = &l->list[i];
		if (d->channels > 0)
			json_array_append_new(list, json_pack("{s:o, s:o, s:i, s:b}", "name",
							      json_text(d->name), "system",
							      json_text(d->system), "channels",
							      d->channels, "default",
							      (int)d->is_default));
		if (d->inputs > 0)
			json_array_append_new(ears, json_pack("{s:o, s:o}", "name",
							      json_text(d->name), "system",
							      json_text(d->system)));
	}
	json_object_set_new(reply, "devices", list);
	json_object_set_new(reply, "microphones", ears);
	return true;
}

static const struct later_kind listing_kind = {ask_devices, tell_devices, free, NULL};

static bool devices(struct request *rq, json_t *reply, struct err *e)
{
	if (later_count(rq->station, &listing_kind) > 0)
		return err_set(e, ERR_TOO_MANY, T("đang hỏi các thiết bị; thử lại sau vài giây",
						  "devices are asked already; try again in a few "
						  "seconds"));
	struct listing *l = calloc(1, sizeof(*l));
	must(l != NULL);
	return later_start(&l->later, &listing_kind, l, rq, reply, e);
}

const struct command commands_settings[] = {
	{"settings", "", false, tell},
	{"settings.set",
	 "sha256, station?, quiet_from?, quiet_to?, night_from?, night_to?, night_db?, "
	 "target_lufs?, peak_dbtp?, ident?, ident_out?, bed?, bed_db?, duck_db?, crossfade_ms?, "
	 "persons?, document?, stream?, record?, recordings_days?, zones?, live_allowed?…, "
	 "report_issuer?…",
	 false, set},
	{"devices", "", false, devices},
	{0},
};
