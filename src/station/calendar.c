/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/calendar.h"

#include "base/buf.h"
#include "base/must.h"
#include "base/text.h"
#include "plan/quiet.h"
#include "station/versions.h"

#include <libical/ical.h>
#include <stdio.h>

#define EVERY "PT1H" /* phones ask again so often, if they heed it */

/* Starts that were taken off or give way: they are not in the street. A slot that has nothing to
 * play today stays: a bulletin may be approved until the last minute. */
static bool has_air(const struct occurrence *o)
{
	for (int i = 0; i < o->omission_count; i++) {
		enum omission why = o->omissions[i].why;
		if (o->omissions[i].bulletin == NULL &&
		    (why == OMIT_CONFLICT || why == OMIT_QUIET || why == OMIT_SKIPPED ||
		     why == OMIT_PAUSED))
			return false;
	}
	return true;
}

static bool too_many(const struct slot *slot)
{
	return slot->demo || slot_start_count(slot) > CALENDAR_STARTS_DAY_MAX;
}

static struct icaltimetype utc(int64_t s)
{
	return icaltime_from_timet_with_zone((time_t)s, 0, icaltimezone_get_utc_timezone());
}

static void zones(const struct occurrence *o, const struct settings *s, struct buf *text)
{
	for (int i = 0; i < s->zone_count; i++)
		if ((o->slot->zones >> i & 1) != 0)
			buf_print(text, "%s%s", text->len > 0 ? ", " : "", s->zones[i].name);
}

/* The same as long as slot, start and zones are: a phone changes its event and adds no second. */
static void uid(const struct occurrence *o, const char *where, char out[static SHA256_HEX_BYTES])
{
	struct buf key = {0};

	buf_print(&key, "%s\n%s\n%lld\n%s", o->slot->file, o->slot->name,
		  (long long)(o->start.ns / NS_PER_S), where);
	versions_hash(buf_str(&key), key.len, out);
	buf_finish(&key);
}

static icalcomponent *event(const struct occurrence *o, const struct settings *s, struct wall now)
{
	int64_t start_s = o->start.ns / NS_PER_S;
	int64_t length_s = (o->length_frames + FRAMES_PER_S - 1) / FRAMES_PER_S;
	char id[SHA256_HEX_BYTES];
	struct buf where = {0};

	zones(o, s, &where);
	uid(o, buf_str(&where), id);
	icalcomponent *v = icalcomponent_vanew(
		ICAL_VEVENT_COMPONENT, icalproperty_new_uid(id),
		icalproperty_new_dtstamp(utc(now.ns / NS_PER_S)),
		icalproperty_new_dtstart(utc(start_s)),
		icalproperty_new_dtend(utc(start_s + length_s)),
		icalproperty_new_summary(o->slot->name),
		/* A loudspeaker keeps nobody busy. */
		icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT), (void *)0);
	must(v != NULL);
	if (where.len > 0)
		icalcomponent_add_property(v, icalproperty_new_location(buf_str(&where)));
	buf_finish(&where);
	return v;
}

static icalproperty *named(const char *name, const char *value)
{
	icalproperty *p = icalproperty_new_x(value);

	must(p != NULL);
	icalproperty_set_x_name(p, name);
	return p;
}

static icalproperty *refresh(void)
{
	icalproperty *p = named("REFRESH-INTERVAL", EVERY);

	icalproperty_set_parameter_from_string(p, "VALUE", "DURATION");
	return p;
}

static icalcomponent *empty(const struct settings *s)
{
	struct buf title = {0};

	buf_print(&title, T("Lịch phát – %s", "Timetable – %s"), s->name);
	icalcomponent *c = icalcomponent_vanew(
		ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
		icalproperty_new_prodid("-//VangXa//lich.ics//VI"),
		icalproperty_new_method(ICAL_METHOD_PUBLISH),
		named("X-WR-CALNAME", buf_str(&title)), refresh(),
		named("X-PUBLISHED-TTL", EVERY), (void *)0);
	must(c != NULL);
	buf_finish(&title);
	return c;
}

static void describe(icalcomponent *c, bool often, bool cut)
{
	struct buf text = {0};

	buf_print(&text, T("%d ngày tới.", "The next %d days."), CALENDAR_DAYS);
	if (often)
		buf_text(&text, T(" Không có khung giờ phát thử và khung giờ lặp lại nhiều lần "
				  "trong ngày; xem ở trang Lịch phát.",
				  " Without demonstrations and what comes again and again within "
				  "a day; see the page Timetable."));
	if (cut)
		buf_print(&text, T(" Chỉ có %d lần phát đầu.", " Only the first %d starts."),
			  CALENDAR_EVENTS_MAX);
	icalcomponent_add_property(c, named("X-WR-CALDESC", buf_str(&text)));
	buf_finish(&text);
}

char *calendar_text(const struct plan *p, const struct settings *s, struct wall now)
{
	icalcomponent *c = empty(s);
	bool often = false, cut = false;
	int count = 0;

	for (int i = 0; i < p->count && !cut; i++) {
		const struct occurrence *o = &p->list[i];
		bool many = too_many(o->slot);
		often = often || many;
		if (many || !has_air(o))
			continue;
		cut = count == CALENDAR_EVENTS_MAX;
		if (!cut)
			icalcomponent_add_component(c, event(o, s, now));
		count++;
	}
	describe(c, often, cut);
	char *text = icalcomponent_as_ical_string_r(c);
	must(text != NULL);
	icalcomponent_free(c);
	return text;
}
