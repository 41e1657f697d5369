/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/capcase.h"

json_t *capcase_alert(const char *identifier)
{
	json_t *info = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "language", "vi",
				 "event", "Lũ", "headline", "Lũ quét", "description",
				 "Nước  lên\nnhanh", "instruction", "Di dời ngay!", "urgency",
				 "Immediate", "severity", "Extreme", "expires",
				 "2026-11-23T06:00:00+07:00");

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:[o]}", "identifier", identifier,
			 "sender", "a@b", "sent", "2026-11-23T05:00:00+07:00", "status", "Actual",
			 "msgType", "Alert", "scope", "Public", "info", info);
}

json_t *capcase_info(json_t *alert)
{
	return json_array_get(json_object_get(alert, "info"), 0);
}

void capcase_set(json_t *o, const char *key, const char *value)
{
	json_object_set_new(o, key, json_string(value));
}
