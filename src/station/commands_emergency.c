/* SPDX-License-Identifier: GPL-3.0-or-later */
/* emergency, emergency.message, emergency.end. */
#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"
#include "station/capdesk.h"
#include "station/commands.h"
#include "station/emergency.h"
#include "station/facts.h"
#include "station/station.h"

#include <stdio.h>
#include <string.h>

static bool flag(struct request *rq, const char *field)
{
	return json_is_true(json_object_get(rq->args, field));
}

static const struct bulletin *named(struct request *rq, const char *id, struct err *e)
{
	const struct bulletin *b = world_bulletin(&rq->desk->world, id);

	if (b == NULL)
		err_set(e, ERR_NOT_FOUND, T("không có bản tin \"%.40s\"", "no bulletin \"%.40s\""),
			id);
	return b;
}

static bool take_every(struct request *rq, int *every_s, struct err *e)
{
	const char *text;
	int32_t s = 0;

	if (!request_text(rq, "repeat", false, &text, e))
		return false;
	if (text[0] != '\0' && (!duration_parse(text, &s) || s == 0))
		return err_set(e, ERR_USAGE, T("\"repeat\": \"%.40s\" không phải khoảng thời gian; "
					       "từ %d giây đến 168h, ví dụ 10m",
					       "\"repeat\": \"%.40s\" is no length of time; from "
					       "%d s to 168h, for example 10m"),
			       text, EMERGENCY_EVERY_S_MIN);
	*every_s = s;
	return true;
}

/* "20:00": the next time that it is so. */
static bool take_until(struct request *rq, struct emergency_order *o, struct err *e)
{
	const struct tz *tz = &rq->desk->world.files->settings.tz;
	struct wall now = playout_now(&rq->station->playout);
	const char *text;
	int32_t second;

	if (!request_text(rq, "until", false, &text, e))
		return false;
	o->has_until = text[0] != '\0';
	if (!o->has_until || wall_parse(text, tz, &o->until))
		return true;
	if (!time_of_day_parse(text, &second))
		return err_set(e, ERR_USAGE,
			       T("\"until\": không hiểu \"%.40s\"; ví dụ 20:00",
				 "\"until\": \"%.40s\" is no time; for example 20:00"), text);
	struct date today = tz_date(tz, now, NULL);
	o->until = tz_wall(tz, today, second);
	if (o->until.ns <= now.ns)
		o->until = tz_wall(tz, date_add_days(today, 1), second);
	return true;
}

static bool take_message(struct request *rq, struct emergency_order *o, struct err *e)
{
	const char *id;

	if (!request_text(rq, "bulletin", false, &id, e))
		return false;
	o->waits = id[0] == '\0' && flag(rq, "waits");
	if (id[0] != '\0')
		o->message = named(rq, id, e);
	return id[0] == '\0' || o->message != NULL;
}

/* Lines of a form become one: what is written down and read is the same text. */
static bool take_text(struct request *rq, struct emergency_order *o,
		      char text[static EMERGENCY_TEXT_BYTES], struct err *e)
{
	const json_t *value = json_object_get(rq->args, "text");
	const char *given = json_get_text(rq->args, "text", "");
	size_t len = strlen(given);

	o->text = text;
	if (value != NULL && !json_is_null(value) && !json_is_string(value))
		return err_set(e, ERR_USAGE, T("\"text\" phải là chữ", "\"text\" must be text"));
	if (len >= EMERGENCY_TEXT_BYTES)
		return err_set(e, ERR_USAGE,
			       T("lời cần đọc dài quá %d byte (khoảng năm phút): viết ngắn lại",
				 "the text is longer than %d bytes (five minutes): shorten it"),
			       EMERGENCY_TEXT_BYTES - 1);
	for (size_t i = 0; i <= len; i++)
		text[i] = given[i] == '\n' || given[i] == '\r' || given[i] == '\t' ? ' ' : given[i];
	if (!utf8_printable(text, len))
		return err_set(e, ERR_USAGE,
			       T("lời cần đọc có ký tự không hiển thị được; hãy gõ lại",
				 "the text has characters that cannot be shown; type it anew"));
	if (len > 0 && utf8_blank(text))
		return err_set(e, ERR_USAGE, T("lời cần đọc chỉ có dấu cách; hãy gõ lại",
					       "the text is blank; type it anew"));
	if (len > 0 && (o->message != NULL || flag(rq, "waits")))
		return err_set(e, ERR_USAGE,
			       T("chọn một: lời để đọc, hoặc bản tin đã thu",
				 "one of them: a text to be read, or a recorded message"));
	return true;
}

static void tell(struct request *rq, const struct emergency *m, json_t *reply)
{
	json_object_set_new(reply, "emergency", emergency_json(&rq->station->playout, m));
}

static bool raise_one(struct request *rq, json_t *reply, struct err *e)
{
	struct emergency_order o = {.drill = flag(rq, "drill"), .over_cut = flag(rq, "over_cut"),
				    .who = rq->who};
	char by[NAME_BYTES], text[EMERGENCY_TEXT_BYTES];
	const char *zone;
	struct emergency *m;

	o.by = by;
	if (!request_text(rq, "zone", false, &zone, e) ||
	    !station_zones(rq->station, zone, &o.zones, e) || !request_by(rq, by, sizeof(by), e) ||
	    !request_text(rq, "reason", false, &o.reason, e) || !take_every(rq, &o.every_s, e) ||
	    !take_until(rq, &o, e) || !take_message(rq, &o, e) || !take_text(rq, &o, text, e) ||
	    !emergency_raise(&rq->station->playout, &o, &m, e))
		return false;
	tell(rq, m, reply);
	return true;
}

static struct emergency *of(struct request *rq, struct err *e)
{
	const char *id;

	if (!request_text(rq, "emergency", false, &id, e))
		return NULL;
	return emergency_find(&rq->station->playout, id, e);
}

static bool message(struct request *rq, json_t *reply, struct err *e)
{
	struct emergency *m = of(rq, e);
	const char *id;

	if (m == NULL || !request_text(rq, "bulletin", true, &id, e))
		return false;
	const struct bulletin *b = named(rq, id, e);
	if (b == NULL || !emergency_message(&rq->station->playout, m, b, rq->who, e))
		return false;
	tell(rq, m, reply);
	return true;
}

static bool end(struct request *rq, json_t *reply, struct err *e)
{
	struct emergency *m = of(rq, e);
	const char *reason;

	if (m == NULL || !request_text(rq, "reason", false, &reason, e))
		return false;
	tell(rq, m, reply);
	emergency_end(&rq->station->playout, m, "ended", reason, rq->who);
	json_object_set_new(reply, "left",
			    json_boolean(rq->station->playout.emergencies != NULL));
	return true;
}

const struct command commands_emergency[] = {
	{"emergency",
	 "by?, reason, bulletin? | text? | waits?, zone?, repeat?, until?, over_cut?, drill?", true,
	 raise_one},
	{"emergency.message", "emergency?, bulletin", true, message},
	{"emergency.end", "emergency?, reason?", true, end},
	{"cap", "xml", true, capdesk_command},
	{0},
};
