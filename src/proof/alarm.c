/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/alarm.h"

#include "base/json.h"
#include "base/must.h"

json_t *entry_emergency_raised(const struct alarm_facts *f, const struct tz *tz)
{
	json_t *o = json_pack("{s:s, s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:o, s:i, s:o}",
			      "kind", KIND_EMERGENCY_RAISED, "by", json_text(f->by), "reason",
			      json_text(f->reason), "who", json_text(f->who), "drill", f->drill,
			      "zones", f->zones, "cut", f->cut, "over", f->over, "bulletin",
			      json_text(f->bulletin), "sha256", json_text(f->sha256), "every_s",
			      f->every_s, "until",
			      f->has_until ? json_time(f->until, tz) : json_null());

	must(o != NULL);
	if (f->text != NULL && f->text[0] != '\0')
		json_object_set_new(o, "text", json_string(f->text));
	if (f->cap != NULL && f->cap[0] != '\0')
		json_object_set_new(o, "cap", json_string(f->cap));
	return o;
}

json_t *entry_emergency_changed(const char *emergency, const char *bulletin, const char *sha256,
				const char *who)
{
	json_t *o = json_pack("{s:s, s:o, s:o, s:o, s:o}", "kind", KIND_EMERGENCY_CHANGED,
			      "emergency", json_text(emergency), "bulletin", json_text(bulletin),
			      "sha256", json_text(sha256), "who", json_text(who));

	must(o != NULL);
	return o;
}

json_t *entry_emergency_unread(const char *emergency, const char *why)
{
	json_t *o = json_pack("{s:s, s:o, s:o}", "kind", KIND_EMERGENCY_UNREAD, "emergency",
			      json_text(emergency), "why", json_text(why));

	must(o != NULL);
	return o;
}

json_t *entry_emergency_ended(const char *emergency, const char *why, const char *reason,
			      int turns, const char *who)
{
	json_t *o = json_pack("{s:s, s:o, s:s, s:o, s:i, s:o}", "kind", KIND_EMERGENCY_ENDED,
			      "emergency", json_text(emergency), "why", why, "reason",
			      json_text(reason), "turns", turns, "who", json_text(who));

	must(o != NULL);
	return o;
}
