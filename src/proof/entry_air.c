/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"

json_t *entry_recording_lost(const char *file, const char *zone, struct wall from, struct wall to,
			     const char *reason, const struct tz *tz)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:o, s:o, s:s}", "kind", KIND_RECORDING_LOST, "file",
			      file, "zone", zone, "from", json_time(from, tz), "to",
			      json_time(to, tz), "reason", reason);

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
