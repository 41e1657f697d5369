/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/ics_table.h"

#include "base/err.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/utf8.h"
#include "plan/ics_row.h"
#include "plan/rrule.h"
#include "plan/rrule_until.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEVER_DAYS 3700 /* ten years ahead */

/* One event on its way to a slot. */
struct event {
	const json_t *json, *all; /* all: the events that it stands among */
	const struct tz *tz;
	struct date day; /* of its first start, here */
	int32_t second;
	int64_t shift_s; /* from what is written to what it is here: of UTC */
	char name[NAME_BYTES];
	char rule[NAME_BYTES]; /* its end as a day here */
};

static bool refuse(struct err *e, const char *why)
{
	return err_set(e, ERR_REFUSED, "%s", why);
}

/* Zones by the names that calendars use for the station's own. */
static bool own_zone(const char *tzid, const struct tz *tz)
{
	static const char *const hanoi[] = {"Asia/Ho_Chi_Minh", "Asia/Saigon", "Asia/Bangkok",
					    "SE Asia Standard Time"};
	bool ours = false, theirs = false;

	if (tzid[0] == '\0' || strcmp(tzid, tz->name) == 0)
		return true;
	for (int i = 0; i < 4; i++) {
		ours |= strcmp(tz->name, hanoi[i]) == 0;
		theirs |= strcmp(tzid, hanoi[i]) == 0;
	}
	return ours && theirs;
}

static bool read_start(struct event *v, struct err *e)
{
	const json_t *start = json_object_get(v->json, "start");
	const char *at = json_get_text(start, "at", ""), *tzid = json_get_text(start, "tzid", "");
	struct date written;

	if (json_get_bool(start, "whole_day", false))
		return refuse(e, T("cả ngày, không có giờ bắt đầu",
				   "it lasts the whole day and has no start"));
	if (!own_zone(tzid, v->tz))
		return err_set(e, ERR_REFUSED, T("giờ của múi giờ khác (%.60s); đổi sang %s",
						 "its time is of another zone (%.60s); change it "
						 "to %s"), tzid, v->tz->name);
	if (!ics_moment(at, v->tz, 0, &written, &v->second))
		return refuse(e, T("không có giờ bắt đầu đọc được", "its start is unreadable"));
	if (json_get_bool(start, "utc", false))
		v->shift_s = tz_offset_s(v->tz, (struct wall){(date_to_days(written) * 86400 +
							       v->second) * NS_PER_S});
	if (!ics_moment(at, v->tz, v->shift_s, &v->day, &v->second))
		return refuse(e, T("không có giờ bắt đầu đọc được", "its start is unreadable"));
	/* MO in UTC is Tuesday here, and BYDAY would have to be turned around with it. */
	if (date_compare(v->day, written) != 0 &&
	    strstr(json_get_text(v->json, "rrule", ""), "BY") != NULL)
		return refuse(e, T("giờ UTC rơi vào ngày khác ở đây; ghi theo giờ địa phương",
				   "its UTC time is another day here; write it in local time"));
	return true;
}

static bool check_rule(struct event *v, struct err *e)
{
	const char *rule = json_get_text(v->json, "rrule", "");
	uint8_t *on;
	bool needs_start, any = false;

	if (json_get_number(v->json, "rules", 0) > 1 || json_get_bool(v->json, "others", false))
		return refuse(e, T("có lịch lặp ghép (RDATE, RANGE hoặc nhiều RRULE); tách thành "
				   "từng sự kiện",
				   "it has RDATE, RANGE or several RRULEs; divide it into events"));
	if (ics_row_divided(v->all, v->json))
		return refuse(e, T("từ một ngày trở đi đã bị đổi (RANGE=THISANDFUTURE), nên không "
				   "biết phát đến ngày nào; tách thành từng sự kiện",
				   "from one day on it was changed (RANGE=THISANDFUTURE), and when "
				   "it ends is unknown; divide it into events"));
	if (rule[0] == '\0')
		return true;
	if (strlen(rule) >= NAME_BYTES)
		return refuse(e, T("RRULE quá dài", "its RRULE is too long"));
	if (!rrule_check(rule, &needs_start, e))
		return false;
	snprintf(v->rule, sizeof(v->rule), "%s", rule);
	rrule_until_here(v->rule, v->tz, v->second);
	on = calloc(NEVER_DAYS + 1, 1);
	if (on != NULL)
		rrule_days(v->rule, v->day, v->day, date_add_days(v->day, NEVER_DAYS), on);
	for (int i = 0; on != NULL && i <= NEVER_DAYS; i++)
		any |= on[i] != 0;
	free(on);
	return any || refuse(e, T("RRULE này không rơi vào ngày nào trong 10 năm",
				  "its RRULE never occurs within ten years"));
}

/* What its owner has taken back, or is not sure of, must not sound from loudspeakers. */
static bool is_sure(const struct event *v, struct err *e)
{
	if (ics_is_cancelled(v->json) || ics_is_cancelled(ics_row_of(v->all, v->json)))
		return refuse(e, T("đã huỷ trong lịch (STATUS:CANCELLED); khung giờ nào đã nhập từ "
				   "nó trước đây thì vẫn còn, hãy tự bỏ",
				   "it is cancelled (STATUS:CANCELLED); a slot that came of it "
				   "earlier stays: take it away yourself"));
	if (strcmp(json_get_text(v->json, "status", ""), "tentative") == 0)
		return refuse(e, T("còn dự kiến (STATUS:TENTATIVE); khi đã chắc, xác nhận trong "
				   "chương trình lịch rồi nhập lại",
				   "it is tentative (STATUS:TENTATIVE); once it is sure, confirm "
				   "it in the calendar and import it again"));
	return true;
}

static bool judge(struct event *v, struct err *e)
{
	double length_s = json_get_number(v->json, "length_s", -1);

	if (!is_sure(v, e))
		return false;
	if (v->name[0] == '\0')
		return refuse(e, T("không có tên (SUMMARY), hoặc tên không dùng được",
				   "it has no name (SUMMARY), or none that can be used"));
	if (!read_start(v, e))
		return false;
	if (!(length_s >= 1 && length_s <= 86400))
		return refuse(e, T("không biết dài bao lâu, hoặc quá 24 giờ",
				   "its length is not known, or more than 24 hours"));
	return check_rule(v, e);
}

static json_t *date_json(struct date d)
{
	char text[11];

	date_print(d, text);
	return json_string(text);
}

/* The keys that a timetable has for it. */
static json_t *slot_of(const struct event *v)
{
	json_t *slot = json_pack("{s:s}", "name", v->name);
	json_t *except = ics_row_except(v->all, v->json, v->tz, v->shift_s);
	char start[16], length[16];

	snprintf(start, sizeof(start), "%02d:%02d:%02d", v->second / 3600, v->second / 60 % 60,
		 v->second % 60);
	snprintf(length, sizeof(length), "%ds", (int)json_get_number(v->json, "length_s", 0));
	json_object_set_new(slot, "start", json_string(start));
	json_object_set_new(slot, "length", json_string(length));
	if (v->rule[0] != '\0') {
		json_object_set_new(slot, "rrule", json_string(v->rule));
		json_object_set_new(slot, "valid", json_pack("{s:o}", "from", date_json(v->day)));
	} else {
		json_object_set_new(slot, "dates", json_pack("[o]", date_json(v->day)));
	}
	if (json_array_size(except) > 0)
		json_object_set(slot, "except", except);
	json_decref(except);
	return slot;
}

/* By the day that it had: the name that it gets must be the same each time the file comes. */
static void name_by_day(struct event *v)
{
	struct date day;
	int32_t second;
	char text[11];
	size_t len = strlen(v->name);

	if (!ics_moment(json_get_text(v->json, "recurs", ""), v->tz, v->shift_s, &day, &second))
		return;
	date_tell(day, text);
	snprintf(v->name + len, sizeof(v->name) - len, " (%s)", text);
}

/* Slots need names of their own: what comes again gets its number behind it, and what was moved the
 * day that it had. */
static void name_apart(struct event *v, size_t number)
{
	const json_t *other;
	size_t i;

	if (ics_is_one(v->json)) {
		name_by_day(v);
		return;
	}
	json_array_foreach(v->all, i, other)
		if (i < number && !ics_is_one(other) && !ics_is_cancelled(other) &&
		    strcmp(json_get_text(other, "name", ""), v->name) == 0) {
			size_t len = strlen(v->name);
			snprintf(v->name + len, sizeof(v->name) - len, " (%u)",
				 (unsigned)number + 1);
			return;
		}
}

/* One that was moved to where it cannot be taken has left its old time all the same. */
static void leave_out(const struct event *v, const char *why, json_t *left_out)
{
	char text[ERR_TEXT_BYTES + 160];
	const json_t *row = ics_row_of(v->all, v->json);
	bool off = row != NULL && !ics_is_cancelled(row);

	snprintf(text, sizeof(text), "%s%s", why,
		 !off ? ""
		      : T("; ngày ấy cũng không phát theo giờ cũ",
			  "; that day it does not air at its old time either"));
	json_array_append_new(left_out, json_pack("{s:o, s:s}", "name",
						  json_text(json_get_text(v->json, "name", "")),
						  "text", text));
}

json_t *ics_slots(const json_t *events, const struct tz *tz, json_t *left_out)
{
	json_t *slots = json_array();
	const json_t *one;
	size_t i;

	json_array_foreach(events, i, one) {
		struct event v = {.json = one, .all = events, .tz = tz};
		struct err e = {0};
		const char *name = json_get_text(one, "name", "");
		if (ics_is_cancelled(one) && ics_row_of(events, one) != NULL)
			continue; /* an exception of its row */
		if (strlen(name) < sizeof(v.name) - 16 && utf8_printable(name, strlen(name)))
			snprintf(v.name, sizeof(v.name), "%s", name);
		if (!judge(&v, &e)) {
			leave_out(&v, e.text, left_out);
			continue;
		}
		name_apart(&v, i);
		json_array_append_new(slots, slot_of(&v));
	}
	return slots;
}

/* In double quotes, as JSON has it, which is YAML too. */
static void quoted(struct buf *out, const char *text)
{
	json_t *json = json_string(text);
	char *line = json_dumps(json, JSON_ENCODE_ANY);

	buf_text(out, line);
	free(line);
	json_decref(json);
}

static void add_list(struct buf *out, const char *key, const json_t *dates)
{
	const json_t *one;
	size_t i;

	if (json_array_size(dates) == 0)
		return;
	buf_print(out, "    %s: [", key);
	json_array_foreach(dates, i, one)
		buf_print(out, "%s%s", i > 0 ? ", " : "", json_string_value(one));
	buf_text(out, "]\n");
}

static void add_slot(struct buf *out, const json_t *slot)
{
	const char *rule = json_get_text(slot, "rrule", "");

	buf_text(out, "  - name: ");
	quoted(out, json_get_text(slot, "name", ""));
	buf_print(out, "\n    start: \"%s\"\n    length: %s\n", json_get_text(slot, "start", ""),
		  json_get_text(slot, "length", ""));
	if (rule[0] != '\0') {
		buf_text(out, "    rrule: ");
		quoted(out, rule);
		buf_print(out, "\n    valid: {from: %s}\n",
			  json_get_text(json_object_get(slot, "valid"), "from", ""));
	}
	add_list(out, "dates", json_object_get(slot, "dates"));
	add_list(out, "except", json_object_get(slot, "except"));
	buf_text(out, "    play: {bulletins: {}}\n");
}

int ics_table(const json_t *events, const struct tz *tz, const char *title, struct buf *yaml,
	      json_t *left_out)
{
	json_t *slots = ics_slots(events, tz, left_out), *one;
	int count = (int)json_array_size(slots);
	size_t i;

	buf_text(yaml, "timetable: ");
	quoted(yaml, title);
	buf_text(yaml, "\nslots:\n");
	json_array_foreach(slots, i, one)
		add_slot(yaml, one);
	if (count == 0)
		buf_text(yaml, "  []\n");
	json_decref(slots);
	return count;
}
