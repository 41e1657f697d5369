/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/confirm.h"

#include "base/text.h"
#include "plan/quiet.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400

static int32_t until_of(const struct slot *slot)
{
	return slot->repeat_every_s > 0 ? slot->repeat_until_s : -1;
}

/* "21:30", or "21:30:15". */
static const char *clock_text(int32_t s, char out[static 16])
{
	int len = snprintf(out, 16, "%02d:%02d", s / 3600, s / 60 % 60);

	if (s % 60 != 0)
		snprintf(out + len, 16 - (size_t)len, ":%02d", s % 60);
	return out;
}

/* What is to be written so that it is confirmed for the time that it has now. */
static void print_for(const struct slot *slot, char out[static 96])
{
	char start[16], until[16];
	int len = snprintf(out, 96, "for: {start: \"%s\", length: %ds",
			   clock_text(slot->start_s, start), slot->length_s);

	if (until_of(slot) >= 0)
		len += snprintf(out + len, 96 - (size_t)len, ", until: \"%s\"",
				clock_text(until_of(slot), until));
	snprintf(out + len, 96 - (size_t)len, "}");
}

static void parse_for(struct yamlread *r, const struct yamlnode *n, struct slot *slot)
{
	static const char *const known[] = {"start", "length", "until", NULL};

	if (!yamlread_keys(r, n, known))
		return;
	slot->confirm_until_s = -1;
	slot->confirm_bound = yamlread_time(r, n, "start", &slot->confirm_start_s) &&
			      yamlread_duration(r, n, "length", 1, DAY_S, &slot->confirm_length_s);
	yamlread_time(r, n, "until", &slot->confirm_until_s);
	if (yamlnode_get(n, "start") == NULL || yamlnode_get(n, "length") == NULL)
		yamlread_fault(r, n->line,
			       T("\"for\" cần giờ và độ dài đã được cho phép: {start: \"21:30\", "
				 "length: 20m}",
				 "\"for\" needs the time and length that were allowed: {start: "
				 "\"21:30\", length: 20m}"));
}

static bool is_bound_to(const struct slot *slot)
{
	return slot->confirm_start_s == slot->start_s &&
	       slot->confirm_length_s == slot->length_s &&
	       slot->confirm_until_s == until_of(slot);
}

static bool sounds_quiet(const struct settings *s, const struct slot *slot)
{
	return slot->start_s >= 0 && slot->length_s > 0 && quiet_start(s, slot) >= 0;
}

void confirm_parse(struct yamlread *r, const struct settings *settings, const struct yamlnode *n,
		   struct slot *slot)
{
	static const char *const known[] = {"by", "reason", "on", "for", NULL};
	const struct yamlnode *by = yamlnode_get(n, "by"), *reason = yamlnode_get(n, "reason");
	const struct yamlnode *bound = yamlnode_get(n, "for");
	char now[16], then[16], fresh[96];

	if (!yamlread_keys(r, n, known))
		return;
	if (by == NULL || reason == NULL)
		yamlread_fault(r, n->line, T("\"confirm\" cần cả người cho phép và lý do: {by: "
					     "\"…\", reason: \"…\"}",
					     "\"confirm\" needs who allows it and why: {by: \"…\", "
					     "reason: \"…\"}"));
	yamlread_text(r, n, "by", slot->confirm_by, sizeof(slot->confirm_by));
	yamlread_text(r, n, "reason", slot->confirm_reason, sizeof(slot->confirm_reason));
	yamlread_text(r, n, "on", slot->confirm_on, sizeof(slot->confirm_on));
	if (bound != NULL)
		parse_for(r, bound, slot);
	if (!slot->confirm_bound || is_bound_to(slot) || !sounds_quiet(settings, slot))
		return;
	print_for(slot, fresh);
	yamlread_fault(r, n->line,
		       T("đã được cho phép phát lúc %s dài %d giây, nay là %s dài %d giây, trong "
			 "giờ yên tĩnh; phải cho phép lại: trong confirm ghi %s",
			 "was confirmed for %s, %d seconds long, and is now at %s, %d seconds "
			 "long, within quiet hours; confirm anew: in confirm write %s"),
		       clock_text(slot->confirm_start_s, then), slot->confirm_length_s,
		       clock_text(slot->start_s, now), slot->length_s, fresh);
}

static const struct slot *named(const struct schedule *s, const char *file, const char *name)
{
	for (int i = 0; i < s->slot_count; i++)
		if (strcmp(s->slots[i].name, name) == 0 && strcmp(s->slots[i].file, file) == 0)
			return &s->slots[i];
	return NULL;
}

static bool same_confirm(const struct slot *a, const struct slot *b)
{
	return strcmp(a->confirm_by, b->confirm_by) == 0 &&
	       strcmp(a->confirm_reason, b->confirm_reason) == 0 &&
	       strcmp(a->confirm_on, b->confirm_on) == 0;
}

/* The time that it names is a word of it as well. */
static bool same_bound(const struct slot *a, const struct slot *b)
{
	return a->confirm_bound == b->confirm_bound &&
	       a->confirm_start_s == b->confirm_start_s &&
	       a->confirm_length_s == b->confirm_length_s &&
	       a->confirm_until_s == b->confirm_until_s;
}

/* As which it was in force: of the same name, or one of that confirmation whose name is gone. */
static const struct slot *earlier(const struct schedule *before, const struct schedule *after,
				  const struct slot *slot)
{
	const struct slot *was = named(before, slot->file, slot->name);

	for (int i = 0; was == NULL && i < before->slot_count; i++) {
		const struct slot *old = &before->slots[i];
		if (same_confirm(old, slot) && named(after, old->file, old->name) == NULL)
			was = old;
	}
	return was;
}

static bool same_time(const struct slot *a, const struct slot *b)
{
	return a->start_s == b->start_s && a->length_s == b->length_s &&
	       a->repeat_every_s == b->repeat_every_s && until_of(a) == until_of(b);
}

static bool has_date(const struct slot *s, struct date d)
{
	for (int i = 0; i < s->date_count; i++)
		if (date_compare(s->dates[i], d) == 0)
			return true;
	return false;
}

static bool has_lunar(const struct slot *s, const struct lunar_pick *p)
{
	for (int i = 0; i < s->lunar_count; i++)
		if (s->lunar[i].day == p->day &&
		    (s->lunar[i].month == 0 ||
		     (s->lunar[i].month == p->month && s->lunar[i].leap == p->leap)))
			return true;
	return false;
}

/* Dates and lunar days each narrow a slot to themselves; none at all is every day. */
static bool more_picked(const struct slot *was, const struct slot *slot)
{
	bool more = (was->date_count > 0 && slot->date_count == 0) ||
		    (was->lunar_count > 0 && slot->lunar_count == 0);

	for (int i = 0; was->date_count > 0 && i < slot->date_count; i++)
		more = more || !has_date(was, slot->dates[i]);
	for (int i = 0; was->lunar_count > 0 && i < slot->lunar_count; i++)
		more = more || !has_lunar(was, &slot->lunar[i]);
	return more;
}

static bool ends_later(const struct slot *was, const struct slot *slot)
{
	if (!was->valid_named)
		return false; /* its timetable ends it, for which somebody else answers */
	return date_compare(slot->valid_from, was->valid_from) < 0 ||
	       (was->has_valid_to && (!slot->has_valid_to ||
				      date_compare(slot->valid_to, was->valid_to) > 0));
}

/* It may occur on a day on which it did not. A rule is not looked into: any other one may. */
static bool more_days(const struct slot *was, const struct slot *slot)
{
	return (slot->days & ~was->days) != 0 ||
	       (was->rrule[0] != '\0' && strcmp(was->rrule, slot->rrule) != 0) ||
	       (was->holidays != HOLIDAYS_AS_EVER && was->holidays != slot->holidays) ||
	       more_picked(was, slot) || ends_later(was, slot);
}

static void tell_days(const struct slot *was, const struct slot *slot, struct faults *faults)
{
	char at[16];

	faults_add(faults, FAULT_ERROR, slot->file, slot->line,
		   T("khung giờ \"%.80s\" lúc %s, trong giờ yên tĩnh, nay phát cả những ngày mà "
		     "\"%.60s\" chưa cho phép; phải cho phép lại: trong confirm ghi ngày giờ cho "
		     "phép, ví dụ on: \"2026-11-23 10:15\"",
		     "slot \"%.80s\" at %s, within quiet hours, now airs on days as well for which "
		     "\"%.60s\" has not confirmed it; confirm anew: in confirm write when, for "
		     "example on: \"2026-11-23 10:15\""),
		   slot->name, clock_text(slot->start_s, at), was->confirm_by);
	faults_place(faults, slot->name, "confirm");
}

static void tell(const struct slot *was, const struct slot *slot, struct faults *faults)
{
	char then[16], now[16], fresh[96];

	print_for(slot, fresh);
	faults_add(faults, FAULT_ERROR, slot->file, slot->line,
		   T("khung giờ \"%.80s\" được \"%.60s\" cho phép phát lúc %s dài %d giây, nay là "
		     "%s dài %d giây, trong giờ yên tĩnh; phải cho phép lại: trong confirm ghi %s",
		     "slot \"%.80s\" was confirmed by \"%.60s\" for %s, %d seconds long, and is "
		     "now at %s, %d seconds long, within quiet hours; confirm anew: in confirm "
		     "write %s"),
		   slot->name, was->confirm_by, clock_text(was->start_s, then), was->length_s,
		   clock_text(slot->start_s, now), slot->length_s, fresh);
	faults_place(faults, slot->name, "confirm");
}

void confirm_kept(const struct schedule *before, const struct schedule *after,
		  const struct settings *settings, struct faults *faults)
{
	for (int i = 0; i < after->slot_count; i++) {
		const struct slot *slot = &after->slots[i];
		if (slot->confirm_by[0] == '\0' || !sounds_quiet(settings, slot))
			continue;
		const struct slot *was = earlier(before, after, slot);
		if (was == NULL || !same_confirm(was, slot))
			continue;
		if (!slot->confirm_bound && !same_time(was, slot))
			tell(was, slot, faults);
		else if (same_bound(was, slot) && more_days(was, slot))
			tell_days(was, slot, faults);
	}
}

bool confirm_any(const struct schedule *s)
{
	for (int i = 0; i < s->slot_count; i++)
		if (s->slots[i].confirm_by[0] != '\0')
			return true;
	return false;
}
