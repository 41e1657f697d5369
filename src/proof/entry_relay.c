/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"

static json_t *relay_entry(const char *kind, const char *relay, const char *slot,
			   struct wall occurrence, const struct tz *tz)
{
	json_t *o = json_pack("{s:s, s:o, s:o, s:o}", "kind", kind, "relay", json_text(relay),
			      "slot", json_text(slot), "occurrence", json_time(occurrence, tz));

	must(o != NULL);
	return o;
}

json_t *entry_relay_lost(const char *relay, const char *slot, struct wall occurrence,
			 json_t *detail, json_t *instead, const struct tz *tz)
{
	json_t *o = relay_entry(KIND_RELAY_LOST, relay, slot, occurrence, tz);

	must(json_object_set_new(o, "detail", detail) == 0);
	must(json_object_set_new(o, "instead", instead) == 0);
	return o;
}

json_t *entry_relay_bed(const char *relay, const char *slot, struct wall occurrence,
			const struct tz *tz)
{
	return relay_entry(KIND_RELAY_BED, relay, slot, occurrence, tz);
}

json_t *entry_relay_level(const char *relay, const char *slot, struct wall occurrence,
			  json_t *detail, const struct tz *tz)
{
	json_t *o = relay_entry(KIND_RELAY_LEVEL, relay, slot, occurrence, tz);

	must(json_object_set_new(o, "detail", detail) == 0);
	return o;
}

json_t *entry_relay_back(const char *relay, const char *slot, struct wall occurrence, double lost_s,
			 json_t *moment, const struct tz *tz)
{
	json_t *o = relay_entry(KIND_RELAY_BACK, relay, slot, occurrence, tz);

	must(json_object_set_new(o, "lost_s", json_rounded(lost_s, 3)) == 0);
	must(json_object_set_new(o, "moment", moment) == 0);
	return o;
}
