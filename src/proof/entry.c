/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/entry.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/version.h"
#include "proof/wording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECONDS_DECIMALS 3
#define RECORDING_DECIMALS 6 /* a sample is 21 µs */
#define LEVEL_DECIMALS 2 /* LUFS, dBTP: finer than any meter agrees with another */

void entry_id(char letter, int64_t n, char out[static ID_BYTES])
{
	snprintf(out, ID_BYTES, "%c%lld", letter, (long long)n);
}

int64_t entry_id_index(const char *id, char letter)
{
	char again[ID_BYTES];

	if (id == NULL || id[0] != letter)
		return -1;
	int64_t n = strtoll(id + 1, NULL, 10);
	entry_id(letter, n, again);
	for (int i = 0; i < ID_BYTES; i++) {
		if (id[i] != again[i])
			return -1;
		if (id[i] == '\0')
			break;
	}
	return n < 0 ? -1 : n;
}

static void add(json_t *o, const char *key, json_t *value)
{
	must(json_object_set_new(o, key, value) == 0);
}

static void add_text(json_t *o, const char *key, const char *text)
{
	add(o, key, json_text(text));
}

static void add_said(json_t *o, const char *key, json_t *said)
{
	add(o, key, said != NULL ? said : json_null());
}

static json_t *entry(const char *kind)
{
	json_t *o = json_object();

	add_text(o, "kind", kind);
	return o;
}

static double seconds(int64_t frames)
{
	return (double)frames / (double)FRAMES_PER_S;
}

json_t *entry_station_started(const char *version, const char *station, const char *boot)
{
	json_t *o = entry(KIND_STARTED);

	add_text(o, "version", version);
	add_text(o, "station", station);
	add_text(o, "boot", boot);
	add(o, "rules", json_integer(PLAN_RULES));
	return o;
}

json_t *entry_station_stopped(const char *reason, const char *who)
{
	json_t *o = entry(KIND_STOPPED);

	add_text(o, "reason", reason);
	add_text(o, "who", who);
	return o;
}

json_t *entry_station_recovered(bool has_last, struct wall last, int open, int64_t lost,
				const struct tz *tz)
{
	json_t *o = entry(KIND_RECOVERED);

	add(o, "last", has_last ? json_time(last, tz) : json_null());
	add(o, "interrupted", json_integer(open));
	add(o, "lost_entries", json_integer(lost));
	return o;
}

json_t *entry_bulletin_received(const struct bulletin *b, const char *original, json_t *findings,
				const char *who)
{
	json_t *o = entry(KIND_RECEIVED);

	wording_add(o, b);
	add_text(o, "sha256", b->sha256);
	add(o, "frames", json_integer(b->frames));
	add(o, "length_s", json_rounded(seconds(b->frames), SECONDS_DECIMALS));
	add(o, "loudness_lufs", json_rounded(b->loudness_lufs, LEVEL_DECIMALS));
	add(o, "peak_dbtp", json_rounded(b->peak_dbtp, LEVEL_DECIMALS));
	add(o, "noise_db", json_rounded(b->noise_db, LEVEL_DECIMALS));
	add_text(o, "original_sha256", original);
	add(o, "findings", findings);
	add_text(o, "who", who);
	if (b->sender[0] != '\0' && strcmp(b->sender, who != NULL ? who : "") != 0)
		add_text(o, "sender", b->sender);
	if (b->replaces[0] != '\0')
		add_text(o, "replaces", b->replaces);
	return o;
}

json_t *entry_bulletin_edited(const struct bulletin *was, const struct bulletin *is,
			      const char *who)
{
	json_t *o = entry(KIND_EDITED);

	add_text(o, "bulletin", was->id);
	wording_add(o, is);
	add(o, "was", wording_changes(was, is));
	add_text(o, "who", who);
	return o;
}

static json_t *decision(const char *kind, const char *bulletin, const char *key, const char *text,
			const char *who)
{
	json_t *o = entry(kind);

	add_text(o, "bulletin", bulletin);
	add_text(o, key, text);
	add_text(o, "who", who);
	return o;
}

json_t *entry_bulletin_endorsed(const char *bulletin, const char *sha256, const char *document,
				const char *who)
{
	json_t *o = decision(KIND_ENDORSED, bulletin, "document", document, who);

	add_text(o, "sha256", sha256);
	return o;
}

json_t *entry_bulletin_approved(const char *bulletin, const char *sha256, const char *document,
				const char *replaces, const char *who)
{
	json_t *o = decision(KIND_APPROVED, bulletin, "document", document, who);

	add_text(o, "sha256", sha256);
	if (replaces != NULL)
		add_text(o, "replaces", replaces);
	return o;
}

json_t *entry_bulletin_refused(const char *bulletin, const char *reason, const char *who)
{
	return decision(KIND_REFUSED, bulletin, "reason", reason, who);
}

json_t *entry_bulletin_withdrawn(const char *bulletin, const char *reason, const char *who)
{
	return decision(KIND_WITHDRAWN, bulletin, "reason", reason, who);
}

json_t *entry_timetable_changed(const struct entry_file *files, int count, bool kept,
				const char *who)
{
	json_t *o = entry(KIND_TIMETABLE), *list = json_array();

	for (int i = 0; i < count; i++) {
		json_t *file = json_object();

		add_text(file, "file", files[i].file);
		add_text(file, "sha256", files[i].sha256);
		must(json_array_append_new(list, file) == 0);
	}
	add(o, "files", list);
	add(o, "kept", json_boolean(kept));
	add_text(o, "who", who);
	return o;
}

static json_t *list_of(const char *const *items, int count)
{
	json_t *list = json_array();

	for (int i = 0; i < count; i++)
		must(json_array_append_new(list, json_text(items[i])) == 0);
	return list;
}

static json_t *planned_part(const char *kind, const struct airing_facts *f, const struct tz *tz)
{
	json_t *o = entry(kind);

	add_text(o, "bulletin", f->bulletin);
	add_text(o, "file", f->file);
	add_text(o, "sha256", f->sha256);
	if (f->relay != NULL)
		add_text(o, "relay", f->relay);
	if (f->live != NULL) {
		add_text(o, "live", f->live);
		add_text(o, "by", f->by);
	}
	add_text(o, "slot", f->slot);
	add(o, "occurrence", json_time(f->occurrence, tz));
	add(o, "item", json_integer(f->item));
	add(o, "zones", list_of(f->zones, f->zone_count));
	add_text(o, "level", f->level);
	add_text(o, "language", f->language);
	add(o, "programmes", list_of(f->programmes, f->programme_count));
	add_text(o, "fund", f->fund);
	add(o, "planned", json_time(f->planned, tz));
	add(o, "planned_length_s", json_rounded(seconds(f->planned_frames), SECONDS_DECIMALS));
	add_text(o, "device", f->device);
	add_text(o, "who", f->who);
	add(o, "demo", json_boolean(f->demo));
	if (f->test || f->live != NULL)
		add_text(o, "why", f->why);
	if (f->emergency != NULL) {
		add_text(o, "emergency", f->emergency);
		add(o, "drill", json_boolean(f->drill));
	}
	if (f->resumes != NULL && f->resumes[0] != '\0') {
		add_text(o, "resumes", f->resumes);
		add(o, "from_frames", json_integer(f->from_frames));
	}
	return o;
}

json_t *entry_airing_intended(const struct airing_facts *f, const struct tz *tz)
{
	return planned_part(f->test ? KIND_TEST_INTENDED : KIND_INTENDED, f, tz);
}

json_t *entry_airing_ended(const struct airing_facts *f, const struct tz *tz)
{
	json_t *o = planned_part(f->test ? KIND_TEST_ENDED : KIND_ENDED, f, tz);

	must(f->airing != NULL && f->result != NULL);
	add_text(o, "airing", f->airing);
	add(o, "start", f->has_start ? json_time(f->start, tz) : json_null());
	add(o, "end", f->has_end ? json_time(f->end, tz) : json_null());
	add(o, "frames", json_integer(f->frames));
	add(o, "complete", json_rounded(f->complete, 3));
	add_text(o, "result", f->result);
	add_text(o, "reason", f->reason);
	add_said(o, "detail", f->detail);
	add(o, "loudness_lufs", json_rounded(f->loudness_lufs, LEVEL_DECIMALS));
	add(o, "peak_dbtp", json_rounded(f->peak_dbtp, LEVEL_DECIMALS));
	if (f->night_db < 0)
		add(o, "night_db", json_rounded(f->night_db, LEVEL_DECIMALS));
	add(o, "xruns", json_integer(f->xruns));
	add_text(o, "proof", f->proof);
	add_text(o, "recording", f->recording);
	add(o, "recording_s", f->recording != NULL && f->recording[0] != '\0' ?
	    json_rounded(seconds(f->recording_frames), RECORDING_DECIMALS) : json_null());
	add(o, "start_error_ms", json_rounded(f->start_error_ms, SECONDS_DECIMALS));
	return o;
}

json_t *entry_airing_missed(const struct airing_facts *f, const struct tz *tz)
{
	json_t *o = planned_part(f->test ? KIND_TEST_MISSED : KIND_MISSED, f, tz);

	must(f->reason != NULL);
	add_text(o, "reason", f->reason);
	if (f->detail != NULL)
		add_said(o, "detail", f->detail);
	return o;
}

json_t *entry_plan_broken(const char *airing, const char *rule, int64_t from_frames)
{
	json_t *o = entry(KIND_BROKEN);

	add_text(o, "airing", airing);
	add_text(o, "rule", rule);
	add(o, "from_frames", json_integer(from_frames));
	return o;
}

json_t *entry_plan_joined(const char *airing)
{
	json_t *o = entry(KIND_JOINED);

	add_text(o, "airing", airing);
	return o;
}

json_t *entry_plan_dropped(const char *airing, const char *reason)
{
	json_t *o = entry(KIND_DROPPED);

	add_text(o, "airing", airing);
	add_text(o, "reason", reason);
	return o;
}

json_t *entry_plan_kept(const struct airing_facts *f, const struct tz *tz)
{
	json_t *o = entry(KIND_KEPT);

	add_text(o, "slot", f->slot);
	add_text(o, "item", f->bulletin != NULL ? f->bulletin : f->file);
	add(o, "missed", planned_part(KIND_MISSED, f, tz));
	return o;
}

json_t *entry_kept_missed(const json_t *kept, const char *reason)
{
	json_t *o = json_deep_copy(json_object_get(kept, "missed"));

	must(o != NULL);
	add_text(o, "reason", reason);
	return o;
}

json_t *entry_recording_closed(const char *file, const char *sha256, const char *zone,
			       struct wall from, struct wall to, int64_t bytes,
			       const struct tz *tz)
{
	json_t *o = entry(KIND_RECORDING);

	add_text(o, "file", file);
	add_text(o, "sha256", sha256);
	add_text(o, "zone", zone);
	add(o, "from", json_time(from, tz));
	add(o, "to", json_time(to, tz));
	add(o, "bytes", json_integer(bytes));
	return o;
}

json_t *entry_account_changed(const char *account, const char *what, const char *role,
			      const char *who)
{
	json_t *o = entry(KIND_ACCOUNT);

	add_text(o, "account", account);
	add_text(o, "what", what);
	add_text(o, "role", role);
	add_text(o, "who", who);
	return o;
}

static json_t *head_named(int64_t size, const char *root)
{
	json_t *o = json_object();

	add_text(o, "root", root);
	must(json_object_set_new(o, "size", json_integer(size)) == 0);
	return o;
}

json_t *entry_log_continued(const struct entry_log_end *end)
{
	json_t *o = entry(KIND_LOG_CONTINUED), *previous = head_named(end->size, end->root);
	int fault = 0;

	add_text(o, "why", end->why);
	add_text(previous, "vkey", end->vkey);
	fault |= json_object_set_new(o, "base", json_integer(end->base));
	fault |= json_object_set_new(o, "last",
				     end->last >= 0 ? json_integer(end->last) : json_null());
	fault |= json_object_set_new(o, "previous", previous);
	if (end->kept_size > 0)
		fault |= json_object_set_new(o, "kept",
					     head_named(end->kept_size, end->kept_root));
	must(fault == 0);
	return o;
}

json_t *entry_key_rotated(const char *vkey, const char *next_vkey, const char *reason,
			  const char *who)
{
	json_t *o = entry(KIND_KEY_ROTATED);

	add_text(o, "vkey", vkey);
	add_text(o, "next_vkey", next_vkey);
	add_text(o, "reason", reason);
	add_text(o, "who", who);
	return o;
}

json_t *entry_log_padded(void)
{
	return entry(KIND_LOG_PADDED);
}

json_t *entry_inspection_viewed(const char *what, const char *thing, const char *who)
{
	json_t *o = entry(KIND_VIEWED);

	add_text(o, "what", what);
	add_text(o, "thing", thing);
	add_text(o, "who", who);
	return o;
}

json_t *entry_witness_seen(const struct witness_facts *f, const struct tz *tz)
{
	json_t *o = entry(KIND_WITNESS_SEEN);

	add_text(o, "witness", f->witness);
	add_text(o, "method", f->method);
	add_text(o, "log", f->log);
	add(o, "size", json_integer(f->size));
	add_text(o, "root", f->root);
	add(o, "time", json_time(f->time, tz));
	add(o, "trusted", json_boolean(f->trusted));
	return o;
}

json_t *entry_witness_doubted(const char *witness, const char *code, const char *log,
			      int64_t size, int64_t theirs, bool acted)
{
	json_t *o = entry(KIND_WITNESS_DOUBTED);

	add_text(o, "witness", witness);
	add_text(o, "code", code);
	add_text(o, "log", log);
	add(o, "size", json_integer(size));
	add(o, "theirs", theirs >= 0 ? json_integer(theirs) : json_null());
	add(o, "acted", json_boolean(acted));
	return o;
}

json_t *entry_note_said(json_t *said, const char *who)
{
	json_t *o = entry(KIND_NOTE);

	add_said(o, "said", said);
	add_text(o, "who", who);
	return o;
}
