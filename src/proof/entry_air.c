/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"

#include <math.h>

json_t *entry_recording_lost(const char *file, const char *zone, struct wall from, struct wall to,
			     const char *reason, const struct tz *tz)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:o, s:o, s:s}", "kind", KIND_RECORDING_LOST, "file",
			      file, "zone", zone, "from", json_time(from, tz), "to",
			      json_time(to, tz), "reason", reason);

	must(o != NULL);
	return o;
}

json_t *entry_begun_file(const char *file, const char *zone, struct wall from, const struct tz *tz)
{
	json_t *o = json_pack("{s:o, s:o, s:o}", "file", json_text(file), "zone", json_text(zone),
			      "from", json_time(from, tz));

	must(o != NULL);
	return o;
}

json_t *entry_recording_begun(json_t *files)
{
	json_t *o = json_pack("{s:s, s:o}", "kind", KIND_RECORDING_BEGUN, "files", files);

	must(o != NULL);
	return o;
}

json_t *entry_recording_unknown(const char *file, int64_t bytes, struct wall written,
				const struct tz *tz)
{
	json_t *o = json_pack("{s:s, s:o, s:I, s:o}", "kind", KIND_RECORDING_UNKNOWN, "file",
			      json_text(file), "bytes", (json_int_t)bytes, "written",
			      json_time(written, tz));

	must(o != NULL);
	return o;
}

json_t *entry_air_silent(const struct airing_facts *f, double silent_s, json_t *then,
			 const struct tz *tz)
{
	json_t *o = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "kind", KIND_AIR_SILENT,
			      "airing", json_text(f->airing), "bulletin", json_text(f->bulletin),
			      "file", json_text(f->file), "slot", json_text(f->slot), "occurrence",
			      json_time(f->occurrence, tz), "silent_s", json_rounded(silent_s, 1),
			      "then", then);

	must(o != NULL);
	return o;
}

json_t *entry_item_quarantined(const char *item, const char *sha256, const char *first,
			       const char *second)
{
	json_t *o = json_pack("{s:s, s:o, s:o, s:o, s:o}", "kind", KIND_QUARANTINED, "item",
			      json_text(item), "sha256", json_text(sha256), "first",
			      json_text(first), "second", json_text(second));

	must(o != NULL);
	return o;
}

json_t *entry_item_released(const char *item, const char *sha256, const char *who)
{
	json_t *o = json_pack("{s:s, s:o, s:o, s:o}", "kind", KIND_RELEASED, "item",
			      json_text(item), "sha256", json_text(sha256), "who", json_text(who));

	must(o != NULL);
	return o;
}

#define FIGURE_DECIMALS 3

static void add(json_t *o, const char *key, json_t *value)
{
	must(json_object_set_new(o, key, value) == 0);
}

static json_t *check(const struct check_facts *f)
{
	json_t *o = json_object();

	add(o, "code", json_text(f->code));
	if (f->microphone != NULL) {
		add(o, "zone", json_text(f->zone));
		add(o, "microphone", json_text(f->microphone));
	}
	if (!f->searched)
		return o;
	add(o, "score", json_rounded(f->score, FIGURE_DECIMALS));
	add(o, "share", json_rounded(f->share, FIGURE_DECIMALS));
	add(o, "offset_ms", json_rounded(f->offset_ms, 1));
	if (f->microphone != NULL)
		add(o, "drift_ppm", json_rounded(f->drift_ppm, 0));
	add(o, "parts", json_integer(f->parts));
	add(o, "parts_all", json_integer(f->parts_all));
	return o;
}

json_t *entry_airing_checked(const char *airing, const char *sha256, const char *proof,
			     const char *method, const char *file,
			     const struct check_facts *recording,
			     const struct check_facts *microphones, int count)
{
	json_t *list = count > 0 ? json_array() : json_null(), *found = check(recording);

	for (int i = 0; i < count; i++)
		must(json_array_append_new(list, check(&microphones[i])) == 0);
	add(found, "file", json_text(file));
	json_t *o = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "kind", KIND_CHECKED, "airing",
			      json_text(airing), "sha256", json_text(sha256), "proof",
			      json_text(proof), "method", json_text(method), "recording", found,
			      "microphones", list);

	must(o != NULL);
	return o;
}

json_t *entry_checked_zone(const struct check_facts *recording, const char *file,
			   const char *proof, double loudness_lufs)
{
	json_t *o = check(recording);

	add(o, "file", json_text(file));
	add(o, "proof", json_text(proof));
	if (isfinite(loudness_lufs))
		add(o, "loudness_lufs", json_rounded(loudness_lufs, 2));
	return o;
}
