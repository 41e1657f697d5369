/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/row.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "proof/reason.h"
#include "proof/zonelevel.h"

#include <string.h>

#define LIVE "live:"

static void add(json_t *o, const char *key, json_t *value)
{
	must(json_object_set_new(o, key, value) == 0);
}

static void add_text(json_t *o, const char *key, const char *text)
{
	add(o, key, json_text(text));
}

/* 0 is "unknown". */
static void add_time(json_t *o, const char *key, int64_t ms, const struct tz *tz)
{
	add(o, key, ms != 0 ? json_time((struct wall){ms * NS_PER_MS}, tz) : json_null());
}

/* "a,b" → ["a","b"]. */
static json_t *split(const char *text)
{
	json_t *list = json_array();

	while (text[0] != '\0') {
		size_t len = strcspn(text, ",");

		/* NULL, and so nothing added, for what is not UTF-8: a view can be damaged. */
		json_array_append_new(list, json_stringn(text, len));
		text += len + (text[len] == ',');
	}
	return list;
}

/* The saying itself, and its words in the language of the process. */
static void add_detail(json_t *o, const char *stored)
{
	json_t *said = saying_read(stored);
	char words[REASON_BYTES];

	saying_words(said, text_english(), words, sizeof(words));
	add_text(o, "detail_text", words);
	add(o, "detail_texts", said != NULL ? saying_texts(said) : json_null());
	add(o, "detail", said != NULL ? said : json_null());
}

const char *row_device_code(const json_t *said)
{
	const json_t *device = json_object_get(said, "device");

	return json_get_text(json_is_object(device) ? device : said, "code", "");
}

/* Of airings that were mixed in full: where they did not come out. */
static bool device_failed(const struct airing_row *r)
{
	static const enum saying failures[] = {SAYING_NO_DEVICE, SAYING_DEVICE_IN_PART,
					       SAYING_DEVICE_GAPS};
	json_t *said = saying_read(r->detail);
	const char *code = row_device_code(said);
	bool failed = false;

	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++)
		failed = failed || strcmp(code, saying_code(failures[i])) == 0;
	json_decref(said);
	return failed;
}

const char *row_cause(const struct airing_row *r)
{
	const char *cause = reason_cause(r->reason);

	return cause == NULL && device_failed(r) ? reason_cause(reason_code(REASON_DEVICE_LOST))
						 : cause;
}

static void add_clock(json_t *o, const struct airing_row *r, const struct tz *tz)
{
	add(o, "clock_synced", json_boolean(r->synced));
	add_time(o, "not_before", r->not_before_ms, tz);
	add(o, "clock_offset_s", r->corrected ? json_rounded((double)r->offset_ms / 1000.0, 3)
					      : json_null());
	add_time(o, "corrected_planned", row_corrected_ms(r, r->planned_ms), tz);
	add_time(o, "corrected_start", row_corrected_ms(r, r->start_ms), tz);
	add_time(o, "corrected_end", row_corrected_ms(r, r->end_ms), tz);
}

/* What was heard again: the entry without what the row says anyway. */
static json_t *checked(const struct airing_row *r)
{
	struct err ignored;
	json_t *entry = r->checked_n >= 0 ? json_read(r->checked, strlen(r->checked), &ignored)
					  : NULL;
	json_t *o = json_pack("{s:I, s:O?, s:O?, s:O?, s:O?}", "entry", (json_int_t)r->checked_n,
			      "at", json_object_get(entry, "at"), "method",
			      json_object_get(entry, "method"), "recording",
			      json_object_get(entry, "recording"), "microphones",
			      json_object_get(entry, "microphones"));

	if (o != NULL && json_is_object(json_object_get(entry, "by_zone")))
		add(o, "by_zone", json_incref(json_object_get(entry, "by_zone")));
	json_decref(entry);
	if (r->checked_n >= 0 && o != NULL)
		return o;
	json_decref(o);
	return json_null();
}

const char *row_title_of(const char *file, const char *title)
{
	if (strncmp(file, LIVE, strlen(LIVE)) == 0)
		return T("Nói trực tiếp", "Live voice");
	if (strcmp(file, "siren") == 0)
		return T("Còi báo động", "The siren");
	if (strcmp(file, "drill-chime") == 0)
		return T("Tín hiệu diễn tập", "The signal of a drill");
	return title;
}

const char *row_title(const struct airing_row *r)
{
	if (strcmp(r->file, LIVE "browser") == 0)
		return T("Nói trực tiếp qua trình duyệt", "Live voice through the browser");
	if (strcmp(r->file, LIVE "microphone") == 0)
		return T("Nói trực tiếp qua micrô của đài",
			 "Live voice through the station's microphone");
	return row_title_of(r->file, r->title);
}

json_t *row_recorded_of(const char *proof, enum recorded recorded)
{
	static const enum saying says_so[] = {[RECORDED_AGED] = SAYING_RECORDED_AGED,
					      [RECORDED_ROOM] = SAYING_RECORDED_ROOM,
					      [RECORDED_LOST] = SAYING_RECORDED_LOST,
					      [RECORDED_DIFFERS] = SAYING_RECORDED_DIFFERS};
	bool rests = strcmp(proof, "B") == 0 || strcmp(proof, "C") == 0;

	return rests && recorded != RECORDED_THERE ? saying(says_so[recorded]) : NULL;
}

/* Of several zones one may rest on its recording though the airing as a whole does not. */
json_t *row_recorded(const struct airing_row *r)
{
	json_t *levels = zonelevel_read(r->by_zone, r->checked);
	json_t *said = row_recorded_of(zonelevel_best(levels, r->proof), r->recorded);

	json_decref(levels);
	return said;
}

static void add_recorded(json_t *o, const struct airing_row *r)
{
	json_t *said = row_recorded(r);

	add_text(o, "recorded", json_get_text(said, "code", ""));
	add(o, "recorded_texts", said != NULL ? saying_texts(said) : json_null());
	json_decref(said);
}

static json_t *by_zone(const struct airing_row *r)
{
	struct err ignored;
	json_t *o = r->by_zone[0] != '\0' ? json_read(r->by_zone, strlen(r->by_zone), &ignored)
					  : NULL;

	return o != NULL ? o : json_null();
}

json_t *row_airing_json(const struct airing_row *r, const struct tz *tz)
{
	json_t *o = json_object();

	add_text(o, "id", r->id);
	add_text(o, "slot", r->slot);
	add(o, "item", json_integer(r->item));
	add_text(o, "bulletin", r->bulletin);
	add_text(o, "file", r->file);
	add_text(o, "title", row_title(r));
	add_text(o, "sha256", r->sha256);
	add_text(o, "result", r->result);
	add_text(o, "result_text", reason_result_text(r->result));
	add_text(o, "reason", r->reason);
	add_text(o, "reason_text", reason_text(r->reason));
	add(o, "reason_texts", reason_texts(r->reason));
	add_text(o, "cause", row_cause(r));
	add_text(o, "cause_text", reason_cause_text(row_cause(r)));
	add(o, "cause_texts", reason_cause_texts(row_cause(r)));
	add_detail(o, r->detail);
	add(o, "zones", split(r->zones));
	add_text(o, "device", r->device);
	add(o, "by_zone", by_zone(r));
	add_text(o, "level", r->level);
	add_text(o, "language", r->language);
	add_text(o, "fund", r->fund);
	add(o, "programmes", split(r->programmes));
	add_text(o, "proof", r->proof);
	json_t *levels = zonelevel_read(r->by_zone, r->checked);
	add(o, "proof_by_zone", levels != NULL ? levels : json_null());
	add_recorded(o, r);
	add(o, "checked", checked(r));
	add_text(o, "who", r->who);
	add_text(o, "speaker", r->speaker);
	add_text(o, "recording", r->recording);
	add(o, "recording_s", r->recording_frames >= 0 ?
	    json_rounded((double)r->recording_frames / FRAMES_PER_S, 6) : json_null());
	add(o, "entry", r->ended_n >= 0 ? json_integer(r->ended_n) : json_null());
	add_time(o, "occurrence", r->occurrence_ms, tz);
	add_time(o, "planned", r->planned_ms, tz);
	add(o, "planned_length_s", json_rounded((double)r->planned_length_ms / 1000.0, 3));
	add_time(o, "start", r->start_ms, tz);
	add_time(o, "end", r->end_ms, tz);
	add(o, "frames", json_integer(r->frames));
	add(o, "complete", json_rounded(r->complete, 3));
	add(o, "loudness_lufs", json_rounded(r->loudness_lufs, 2));
	add(o, "peak_dbtp", json_rounded(r->peak_dbtp, 2));
	add(o, "night_db", json_rounded(r->night_db, 2));
	add(o, "start_error_ms", json_rounded(r->start_error_ms, 3));
	add(o, "xruns", json_integer(r->xruns));
	add(o, "demo", json_boolean(r->demo));
	add(o, "manual", json_boolean(row_manual(r)));
	add_text(o, "emergency", r->emergency);
	add(o, "drill", json_boolean(r->drill));
	add_clock(o, r, tz);
	return o;
}

int64_t row_corrected_ms(const struct airing_row *r, int64_t ms)
{
	return ms != 0 && r->corrected ? ms + r->offset_ms : 0;
}

bool row_manual(const struct airing_row *r)
{
	return r->slot[0] == '\0' && r->emergency[0] == '\0' && !r->drill;
}

const char *row_place(const struct airing_row *r)
{
	if (r->slot[0] != '\0')
		return r->slot;
	if (r->drill)
		return T("diễn tập", "drill");
	if (r->emergency[0] != '\0')
		return T("khẩn cấp", "emergency");
	return strncmp(r->file, LIVE, strlen(LIVE)) == 0 ? T("giọng trực tiếp", "live voice")
							 : T("phát tay", "played by hand");
}

static bool says(const json_t *said, enum saying s)
{
	return strcmp(row_device_code(said), saying_code(s)) == 0;
}

const char *row_fate(const char *result, const char *proof, const json_t *said, int64_t frames)
{
	if (frames <= 0 && strcmp(result, "partial") == 0)
		return "missed";
	if (strcmp(result, "interrupted") == 0 && says(said, SAYING_NEVER_BEGAN))
		return "missed";
	if (frames <= 0 || (proof != NULL && proof[0] != '\0'))
		return result;
	if (says(said, SAYING_NO_DEVICE))
		return "unsent";
	return strcmp(result, "full") == 0 ? "unsure" : result;
}

const char *row_fate_of(const struct airing_row *r)
{
	json_t *said = saying_read(r->detail);
	const char *fate = row_fate(r->result, r->proof, said, r->frames);

	json_decref(said);
	return fate;
}

/* Without a tree of JSON: a year's report asks it of each row. Names of zones cannot look like
 * this, for their quotes are escaped. */
bool row_heard(const char *proof, const char *by_zone)
{
	static const char key[] = "\"proof\":";

	if (by_zone[0] == '\0')
		return proof[0] != '\0';
	for (const char *at = by_zone; (at = strstr(at, key)) != NULL;) {
		at += sizeof(key) - 1;
		at += strspn(at, " ");
		if (at[0] == '"' && at[1] != '"')
			return true;
	}
	return false;
}

enum row_sum row_sum_of(const char *fate, bool heard, int64_t frames)
{
	if (strcmp(fate, "on-air") == 0)
		return ROW_ON_AIR;
	if (frames <= 0)
		return strcmp(fate, "interrupted") == 0 ? ROW_UNKNOWN : ROW_NOT_AIRED;
	if (strcmp(fate, "unsent") == 0)
		return ROW_UNSENT;
	if (!heard)
		return ROW_UNSURE;
	return strcmp(fate, "full") == 0 ? ROW_AIRED : ROW_IN_PART;
}

enum row_sum row_sum(const struct airing_row *r)
{
	return row_sum_of(row_fate_of(r), row_heard(r->proof, r->by_zone), r->frames);
}

const char *row_sum_word(enum row_sum sum)
{
	static const char *const words[ROW_SUM_COUNT] = {
		[ROW_AIRED] = "aired",
		[ROW_UNSURE] = "unsure",
		[ROW_UNSENT] = "unsent",
		[ROW_IN_PART] = "in-part",
		[ROW_NOT_AIRED] = "not-aired",
		[ROW_UNKNOWN] = "unknown",
		[ROW_ON_AIR] = "on-air",
	};

	must(sum < ROW_SUM_COUNT);
	return words[sum];
}

static json_t *day(bool has, struct date d)
{
	char text[11];

	if (!has)
		return json_null();
	date_print(d, text);
	return json_string(text);
}

static json_t *with_texts(const json_t *findings)
{
	json_t *list = json_array();
	const json_t *said;
	size_t i;

	json_array_foreach(findings, i, said) {
		json_t *told = json_is_object(said) ? json_copy((json_t *)(uintptr_t)said) : NULL;

		if (told != NULL) /* a view can be damaged */
			add(told, "texts", saying_texts(said));
		json_array_append_new(list, told);
	}
	return list;
}

static json_t *decided(const struct bulletin *b, const struct tz *tz)
{
	json_t *o = json_object();

	if (b->decided.ns == 0) {
		json_decref(o);
		return json_null();
	}
	add_text(o, "by", b->decided_by);
	add(o, "at", json_time(b->decided, tz));
	add_text(o, "why", b->decided_why);
	return o;
}

json_t *row_bulletin_json(const struct bulletin *b, const json_t *findings, const struct tz *tz)
{
	json_t *o = json_object(), *programmes = json_array(), *slots = json_array();

	for (int i = 0; i < b->programme_count; i++)
		json_array_append_new(programmes, json_string(b->programmes[i]));
	for (int i = 0; i < b->slot_count; i++)
		json_array_append_new(slots, json_string(b->slots[i]));
	add_text(o, "id", b->id);
	add_text(o, "title", b->title);
	add_text(o, "sha256", b->sha256);
	add_text(o, "state", bulletin_state_code(b->state));
	add_text(o, "level", level_code(b->level));
	add_text(o, "language", b->language);
	add_text(o, "kind", b->kind);
	add_text(o, "fund", b->fund);
	add(o, "programmes", programmes);
	add(o, "slots", slots);
	add(o, "from", day(b->has_from, b->from));
	add(o, "to", day(b->has_to, b->to));
	add(o, "received", json_time(b->received, tz));
	add(o, "frames", json_integer(b->frames));
	add(o, "length_s", json_rounded((double)b->frames / (double)FRAMES_PER_S, 3));
	add(o, "loudness_lufs", json_rounded(b->loudness_lufs, 2));
	add(o, "peak_dbtp", json_rounded(b->peak_dbtp, 2));
	add(o, "noise_db", json_rounded(b->noise_db, 1));
	add_text(o, "sender", b->sender);
	add(o, "revision", json_integer(b->revision));
	add_text(o, "replaces", b->replaces);
	add_text(o, "replaced_by", b->replaced_by);
	add_text(o, "endorsed_by", b->endorsed_by);
	add(o, "decided", decided(b, tz));
	add(o, "findings", with_texts(findings));
	return o;
}
