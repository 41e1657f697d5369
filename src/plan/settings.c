/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/settings.h"

#include "base/err.h"
#include "base/text.h"
#include "plan/air_parse.h"
#include "plan/cap_parse.h"
#include "plan/evidence_parse.h"
#include "plan/hours_parse.h"
#include "plan/letter_parse.h"
#include "plan/live_parse.h"
#include "plan/yamlread.h"

#include <stdio.h>
#include <string.h>

#define TZ_NAME "Asia/Ho_Chi_Minh"

int settings_zone(const struct settings *s, const char *name)
{
	for (int i = 0; i < s->zone_count; i++)
		if (strcmp(s->zones[i].name, name) == 0)
			return i;
	return -1;
}

int settings_relay(const struct settings *s, const char *name)
{
	for (int i = 0; i < s->relay_count; i++)
		if (strcmp(s->relays[i].name, name) == 0)
			return i;
	return -1;
}

static void defaults(struct settings *s, const char *file)
{
	*s = (struct settings){
		.preflight_s = (18 * 60 + 30) * 60,
		.target_lufs = -16, .peak_dbtp = -1, .bed_db = -12, .duck_db = -12,
		.crossfade_ms = 500, .record = true, .approval_persons = 1,
		.dead_air_s = DEAD_AIR_S,
		.keep_days = KEEP_DAYS, .cap_severity = 3, .cap_urgency = 3, .cap_repeat_s = 600,
		.live = {.allowed = true, .device = "default", .channel = 1, .minutes = 10,
			 .chime = true},
	};
	snprintf(s->file, sizeof(s->file), "%s", file);
	tz_fixed(&s->tz, TZ_NAME, 7 * 3600);
}

/* Ids stand in log entries and file names for ever, zone names in file names of recordings. */
static bool code_like(const char *text)
{
	return text[0] != '-' && strspn(text,
					"abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(text);
}

static void parse_code(struct yamlread *r, const struct yamlnode *map, const char *key, char *out,
		       size_t size)
{
	if (!yamlread_text(r, map, key, out, size) || code_like(out))
		return;
	yamlread_fault(r, yamlnode_get(map, key)->line,
		       T("\"%s: %.60s\" chỉ được dùng chữ thường không dấu, số và dấu -, ví dụ "
			 "trung-tam",
			 "\"%s: %.60s\" may only have a-z, 0-9 and -, for example trung-tam"),
		       key, out);
}

/* The readers of values that a form has fields for: a fault says in which (settings.h). */
static void number(struct yamlread *r, const struct yamlnode *map, const char *key, double low,
		   double high, const char *unit, double *out)
{
	r->field = key;
	yamlread_number(r, map, key, low, high, unit, out);
}

static void whole(struct yamlread *r, const struct yamlnode *map, const char *key, int low,
		  int high, int *out)
{
	r->field = key;
	yamlread_int(r, map, key, low, high, out);
}

static void yes_or_no(struct yamlread *r, const struct yamlnode *map, const char *key, bool *out)
{
	r->field = key;
	yamlread_bool(r, map, key, out);
}

static void parse_name(struct yamlread *r, const struct yamlnode *root, struct settings *s)
{
	r->field = "station";
	if (yamlread_need(r, root, "station",
			  T("thiếu tên đài; thêm dòng \"station: Đài truyền thanh xã …\"",
			    "the station's name is missing; add \"station: …\"")))
		yamlread_text(r, root, "station", s->name, sizeof(s->name));
	r->field = "id";
	if (yamlread_need(r, root, "id",
			  T("thiếu mã đài; thêm dòng \"id: …\" (chữ thường không dấu, không bao "
			    "giờ đổi)",
			    "the station's id is missing; add \"id: …\" (a-z, 0-9, -; never to "
			    "change)")))
		parse_code(r, root, "id", s->id, sizeof(s->id));
}

static void parse_tz(struct yamlread *r, const struct yamlnode *root, struct settings *s,
		     bool (*load_tz)(struct tz *, const char *, struct err *))
{
	char name[sizeof(s->tz.name)] = TZ_NAME;
	struct err e = {0};
	struct tz tz;
	const struct yamlnode *n = yamlnode_get(root, "timezone");

	if (n != NULL && !yamlread_text(r, root, "timezone", name, sizeof(name)))
		return;
	if (load_tz(&tz, name, &e))
		s->tz = tz;
	else
		yamlread_fault(r, n != NULL ? n->line : 1, "%s", e.text);
}

static void parse_zone(struct yamlread *r, const struct yamlnode *n, struct settings *s)
{
	static const char *const known[] = {"name", "device", "channel", "microphone", "at",
					    "geocodes", "place", NULL};
	struct zone z = {.device = "default", .channel = 1};

	if (!yamlread_keys(r, n, known))
		return;
	r->field = "zones.device";
	yamlread_text(r, n, "device", z.device, sizeof(z.device));
	r->field = "zones.microphone";
	yamlread_text(r, n, "microphone", z.microphone, sizeof(z.microphone));
	r->field = "zones.channel";
	yamlread_int(r, n, "channel", 1, 64, &z.channel);
	r->field = NULL;
	yamlread_text(r, n, "place", z.place, sizeof(z.place));
	cap_parse_zone(r, n, &z);
	r->field = "zones.name";
	if (yamlread_need(r, n, "name", T("cụm loa này thiếu \"name\"",
					  "this zone has no \"name\"")))
		parse_code(r, n, "name", z.name, sizeof(z.name));
	if (z.name[0] == '\0')
		return;
	if (settings_zone(s, z.name) >= 0)
		yamlread_fault(r, yamlnode_get(n, "name")->line, T("hai cụm loa cùng tên \"%.60s\"",
						 "two zones are called \"%.60s\""), z.name);
	else
		s->zones[s->zone_count++] = z;
}

static void parse_zones(struct yamlread *r, const struct yamlnode *n, struct settings *s)
{
	r->field = "zones";
	if (n != NULL && n->kind != YAMLNODE_LIST)
		yamlread_fault(r, n->line, T("\"zones\" cần một danh sách cụm loa: - {name: "
					     "trung-tam, device: default, channel: 1}",
					     "\"zones\" needs a list: - {name: trung-tam, device: "
					     "default, channel: 1}"));
	if (n != NULL && n->count > ZONES_MAX)
		yamlread_fault(r, n->line, T("nhiều nhất %d cụm loa, ở đây có %d",
					     "%d zones at most, here are %d"), ZONES_MAX, n->count);
	else if (n != NULL && n->kind == YAMLNODE_LIST)
		for (int i = 0; i < n->count; i++)
			parse_zone(r, n->entries[i].value, s);
	if (s->zone_count == 0)
		s->zones[s->zone_count++] =
			(struct zone){.name = "chinh", .device = "default", .channel = 1};
}

static void parse_relay_place(struct yamlread *r, const struct yamlentry *entry,
			      struct relay *relay)
{
	const struct yamlnode *url = yamlnode_get(entry->value, "url");
	const struct yamlnode *device = yamlnode_get(entry->value, "device");

	r->field = "relays.url";
	if ((url != NULL) + (device != NULL) != 1)
		yamlread_fault(r, entry->line,
			       T("nguồn tiếp âm \"%.60s\" cần đúng một trong hai: url (đài trên "
				 "mạng) hoặc device (ngõ vào card âm thanh)",
				 "relay \"%.60s\" needs either url (a stream on the network) or "
				 "device (an input of the sound card)"),
			       relay->name);
	if (url != NULL && yamlread_text(r, entry->value, "url", relay->url, sizeof(relay->url)) &&
	    strncmp(relay->url, "http://", 7) != 0 && strncmp(relay->url, "https://", 8) != 0)
		yamlread_fault(r, url->line,
			       T("địa chỉ \"%.80s\" phải bắt đầu bằng http:// hoặc https://",
				 "the address \"%.80s\" must begin with http:// or https://"),
			       relay->url);
	r->field = "relays.device";
	if (device != NULL)
		yamlread_text(r, entry->value, "device", relay->device, sizeof(relay->device));
	r->field = "relays.channel";
	yamlread_int(r, entry->value, "channel", 1, 64, &relay->channel);
	r->field = "relays.silence_s";
}

static void parse_relay(struct yamlread *r, const struct yamlentry *entry, struct settings *s)
{
	static const char *const known[] = {"url", "device", "channel", "silence_s", NULL};
	struct relay relay = {.silence_s = RELAY_SILENCE_S, .channel = 1, .line = entry->line};

	if (!code_like(entry->key) || strlen(entry->key) >= sizeof(relay.name)) {
		yamlread_fault(r, entry->line, T("tên nguồn tiếp âm \"%.60s\" chỉ được dùng chữ "
						 "thường không dấu, số và dấu -",
						 "the relay's name \"%.60s\" may only have a-z, "
						 "0-9 and -"),
			       entry->key);
		return;
	}
	snprintf(relay.name, sizeof(relay.name), "%s", entry->key);
	if (!yamlread_keys(r, entry->value, known))
		return;
	parse_relay_place(r, entry, &relay);
	yamlread_int(r, entry->value, "silence_s", 1, 600, &relay.silence_s);
	s->relays[s->relay_count++] = relay;
}

static void parse_relays(struct yamlread *r, const struct yamlnode *n, struct settings *s)
{
	if (n->kind == YAMLNODE_LIST || (n->kind == YAMLNODE_TEXT && n->text[0] != '\0'))
		yamlread_fault(r, n->line, T("\"relays\" cần dạng: vov1: {url: \"http://…\", "
					     "silence_s: 20}",
					     "\"relays\" needs the form vov1: {url: \"http://…\", "
					     "silence_s: 20}"));
	else if (n->count > RELAYS_MAX)
		yamlread_fault(r, n->line, T("nhiều nhất %d nguồn tiếp âm", "%d relays at most"),
			       RELAYS_MAX);
	else
		for (int i = 0; i < n->count; i++)
			parse_relay(r, &n->entries[i], s);
}

static void parse_loudness(struct yamlread *r, const struct yamlnode *n, struct settings *s)
{
	static const char *const known[] = {"target_lufs", "peak_dbtp", NULL};

	if (!yamlread_keys(r, n, known))
		return;
	number(r, n, "target_lufs", -36, -8, "LUFS", &s->target_lufs);
	number(r, n, "peak_dbtp", -12, -0.1, "dBTP", &s->peak_dbtp);
}

static void parse_sound_file(struct yamlread *r, const struct yamlnode *root, const char *key,
			     char out[PATH_BYTES], int *line)
{
	r->field = key;
	if (yamlread_text(r, root, key, out, PATH_BYTES))
		*line = yamlnode_get(root, key)->line;
}

static void parse_sound(struct yamlread *r, const struct yamlnode *root, struct settings *s)
{
	const struct yamlnode *n;

	r->field = NULL;
	cap_parse(r, yamlnode_get(root, "cap"), s);
	air_parse_dead(r, yamlnode_get(root, "dead_air"), s);
	live_parse(r, yamlnode_get(root, "live"), s);
	yamlread_text(r, root, "speech", s->speech, sizeof(s->speech));
	parse_sound_file(r, root, "ident", s->ident, &s->ident_line);
	parse_sound_file(r, root, "ident_out", s->ident_out, &s->ident_out_line);
	parse_sound_file(r, root, "bed", s->bed, &s->bed_line);
	if ((n = yamlnode_get(root, "loudness")) != NULL)
		parse_loudness(r, n, s);
	number(r, root, "bed_db", -60, 0, "dB", &s->bed_db);
	number(r, root, "duck_db", -60, 0, "dB", &s->duck_db);
	whole(r, root, "crossfade_ms", 0, 5000, &s->crossfade_ms);
}

static void parse_stream(struct yamlread *r, const struct yamlnode *root, struct settings *s)
{
	const char *first = s->zones[0].name;

	r->field = "stream";
	if (!yamlread_text(r, root, "stream", s->stream_zone, sizeof(s->stream_zone))) {
		memcpy(s->stream_zone, first, sizeof(s->stream_zone));
		return;
	}
	if (settings_zone(s, s->stream_zone) >= 0)
		return;
	yamlread_fault(r, yamlnode_get(root, "stream")->line,
		       T("\"stream: %.60s\": không có cụm loa này trong \"zones\"",
				     "\"stream: %.60s\": there is no such zone in \"zones\""),
		       s->stream_zone);
	memcpy(s->stream_zone, first, sizeof(s->stream_zone));
}

static void parse_approval(struct yamlread *r, const struct yamlnode *n, struct settings *s)
{
	static const char *const known[] = {"persons", "document", "own", NULL};

	if (!yamlread_keys(r, n, known))
		return;
	whole(r, n, "persons", 1, 2, &s->approval_persons);
	yes_or_no(r, n, "document", &s->approval_document);
	yes_or_no(r, n, "own", &s->approval_own);
}

static void parse_keep(struct yamlread *r, const struct yamlnode *n, struct settings *s)
{
	static const char *const known[] = {"recordings_days", NULL};

	if (yamlread_keys(r, n, known))
		whole(r, n, "recordings_days", KEEP_DAYS_MIN, KEEP_DAYS_MAX, &s->keep_days);
}

static void parse_root(struct yamlread *r, const struct yamlnode *root, struct settings *s,
		       bool (*load_tz)(struct tz *, const char *, struct err *))
{
	static const char *const known[] = {
		"station", "id", "timezone", "zones", "quiet", "night", "relays", "loudness",
		"ident", "ident_out", "bed", "bed_db", "duck_db", "crossfade_ms", "stream",
		"record", "approval", "keep", "evidence", "preflight", "speech", "cap", "dead_air",
		"live", "report", "place", NULL,
	};
	const struct yamlnode *n;

	if (!yamlread_keys(r, root, known))
		return;
	parse_name(r, root, s);
	r->field = NULL;
	if (yamlread_text(r, root, "place", s->place, sizeof(s->place)))
		s->place_line = yamlnode_get(root, "place")->line;
	parse_tz(r, root, s, load_tz);
	parse_zones(r, yamlnode_get(root, "zones"), s);
	r->field = NULL;
	if ((n = yamlnode_get(root, "quiet")) != NULL)
		hours_parse_quiet(r, n, s);
	r->field = NULL;
	if ((n = yamlnode_get(root, "night")) != NULL)
		hours_parse_night(r, n, s);
	r->field = "preflight";
	yamlread_time(r, root, "preflight", &s->preflight_s);
	r->field = NULL;
	if ((n = yamlnode_get(root, "relays")) != NULL)
		parse_relays(r, n, s);
	parse_sound(r, root, s);
	parse_stream(r, root, s);
	yes_or_no(r, root, "record", &s->record);
	r->field = NULL;
	if ((n = yamlnode_get(root, "approval")) != NULL)
		parse_approval(r, n, s);
	r->field = NULL;
	if ((n = yamlnode_get(root, "keep")) != NULL)
		parse_keep(r, n, s);
	r->field = NULL;
	if ((n = yamlnode_get(root, "evidence")) != NULL)
		evidence_parse(r, n, s);
	letter_parse(r, yamlnode_get(root, "report"), s);
	r->field = NULL;
}

bool settings_parse(struct settings *s, const char *file, const char *text, size_t len,
		    bool (*load_tz)(struct tz *, const char *, struct err *), struct faults *faults)
{
	struct yamlread r = {.file = file, .faults = faults, .slot = ""};
	struct yamltree tree;
	int errors = faults->errors;

	defaults(s, file);
	yamltree_parse(&tree, file, text, len, faults);
	if (tree.root != NULL)
		parse_root(&r, tree.root, s, load_tz);
	yamltree_finish(&tree);
	if (s->zone_count == 0) { /* callers may rely on a zone whatever the file held */
		parse_zones(&r, NULL, s);
		parse_stream(&r, NULL, s);
	}
	s->faulty = faults->errors > errors;
	return !s->faulty;
}
