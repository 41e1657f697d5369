/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/ics_events.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"

#include <libical/ical.h>
#include <stdio.h>
#include <string.h>

static json_t *at_json(struct icaltimetype t, const char *zone)
{
	char text[96];

	snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d%s", t.year, t.month, t.day,
		 t.hour, t.minute, t.second, zone);
	return json_string(text);
}

/* Of the days of a row: these may be written in UTC where the row itself is not. */
static json_t *day_json(struct icaltimetype t)
{
	return at_json(t, icaltime_is_utc(t) ? "Z" : "");
}

static json_t *start_json(icalcomponent *event)
{
	icalproperty *p = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);

	if (p == NULL)
		return json_null();
	struct icaltimetype t = icalproperty_get_dtstart(p);
	icalparameter *zone = icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);
	const char *tzid = zone != NULL ? icalparameter_get_tzid(zone) : NULL;
	return json_pack("{s:o, s:b, s:o, s:b}", "at", at_json(t, ""), "utc", icaltime_is_utc(t),
			 "tzid", json_text(tzid != NULL ? tzid : ""), "whole_day", t.is_date);
}

/* DURATION, or DTEND less DTSTART as both are written; −1: neither. */
static json_int_t length_of(icalcomponent *event)
{
	icalproperty *d = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
	icalproperty *end = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
	icalproperty *start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);

	if (d != NULL)
		return icaldurationtype_as_int(icalproperty_get_duration(d));
	if (end == NULL || start == NULL)
		return -1;
	return icaldurationtype_as_int(icaltime_subtract(icalproperty_get_dtend(end),
							 icalproperty_get_dtstart(start)));
}

static json_t *except_json(icalcomponent *event)
{
	json_t *list = json_array();
	icalproperty *p = icalcomponent_get_first_property(event, ICAL_EXDATE_PROPERTY);

	for (; p != NULL; p = icalcomponent_get_next_property(event, ICAL_EXDATE_PROPERTY))
		json_array_append_new(list, day_json(icalproperty_get_exdate(p)));
	return list;
}

/* Which occurrence of a row it changes; "": none. */
static json_t *recurs_json(icalcomponent *event)
{
	icalproperty *p = icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY);

	return p != NULL ? day_json(icalproperty_get_recurrenceid(p)) : json_string("");
}

/* True if it changes all those that follow as well. */
static bool changes_the_rest(icalcomponent *event)
{
	icalproperty *p = icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY);

	return p != NULL && icalproperty_get_first_parameter(p, ICAL_RANGE_PARAMETER) != NULL;
}

static const char *status_of(icalcomponent *event)
{
	switch (icalcomponent_get_status(event)) {
	case ICAL_STATUS_CANCELLED:
		return "cancelled";
	case ICAL_STATUS_TENTATIVE:
		return "tentative";
	default:
		return "";
	}
}

/* What is a calendar and can still be no timetable. */
static bool refused(icalcomponent *all, const char *text, struct err *e)
{
	icalproperty *made = icalcomponent_get_first_property(all, ICAL_PRODID_PROPERTY);
	const char *by = made != NULL ? icalproperty_get_prodid(made) : NULL;

	/* Bytes of a name would stand there as =E1=BA=A3. */
	if (strcasestr(text, "QUOTED-PRINTABLE") != NULL)
		return !err_set(e, ERR_REFUSED,
				T("tệp lịch kiểu cũ (vCalendar 1.0, mã quoted-printable); trong "
				  "chương trình lịch, hãy xuất lại dạng iCalendar (.ics)",
				  "an old calendar (vCalendar 1.0, quoted-printable); export it as "
				  "iCalendar (.ics)"));
	if (by != NULL && strstr(by, "VangXa") != NULL)
		return !err_set(e, ERR_REFUSED,
				T("tệp này do đài xuất ra để xem: mỗi lần phát là một sự kiện "
				  "riêng, không nhập lại được; sửa khung giờ ngay trên trang Lịch "
				  "phát",
				  "the station made this file to be looked at: each airing is an "
				  "event of its own and cannot be taken in; change the slots on "
				  "the page Timetable"));
	return false;
}

static json_t *event_json(icalcomponent *event)
{
	icalproperty *rule = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
	const char *name = icalcomponent_get_summary(event);
	const char *rrule = rule != NULL ? icalproperty_get_value_as_string(rule) : NULL;
	const char *uid = icalcomponent_get_uid(event);
	bool others = icalcomponent_count_properties(event, ICAL_RDATE_PROPERTY) > 0 ||
		      changes_the_rest(event);
	json_t *json = json_pack(
		"{s:o, s:o, s:o, s:s, s:o, s:I, s:o, s:i, s:o, s:b}", "name",
		json_text(name != NULL ? name : ""), "uid", json_text(uid != NULL ? uid : ""),
		"recurs", recurs_json(event), "status", status_of(event),
		"start", start_json(event), "length_s", length_of(event), "rrule",
		json_text(rrule != NULL ? rrule : ""), "rules",
		icalcomponent_count_properties(event, ICAL_RRULE_PROPERTY), "except",
		except_json(event), "others", others);

	must(json != NULL);
	return json;
}

json_t *ics_events(const char *text, struct err *e)
{
	icalerror_set_errors_are_fatal(false);
	icalcomponent *all = icalparser_parse_string(text);
	json_t *list = json_array();

	if (all == NULL || icalcomponent_isa(all) != ICAL_VCALENDAR_COMPONENT) {
		err_set(e, ERR_REFUSED, T("không phải tệp lịch iCalendar (.ics)",
					  "not an iCalendar file (.ics)"));
		goto none;
	}
	if (refused(all, text, e))
		goto none;
	icalcomponent *event = icalcomponent_get_first_component(all, ICAL_VEVENT_COMPONENT);
	for (; event != NULL;
	     event = icalcomponent_get_next_component(all, ICAL_VEVENT_COMPONENT)) {
		if (json_array_size(list) == ICS_EVENTS_MAX) {
			err_set(e, ERR_REFUSED,
				T("tệp .ics có hơn %d sự kiện; chia nhỏ ra",
				  "the .ics file has more than %d events; divide it"),
				ICS_EVENTS_MAX);
			goto none;
		}
		json_array_append_new(list, event_json(event));
	}
	icalcomponent_free(all);
	return list;
none:
	json_decref(list);
	if (all != NULL)
		icalcomponent_free(all);
	return NULL;
}
