/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/plan_case.h"

#include "base/err.h"
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool case_tz(struct tz *tz, const char *name, struct err *e)
{
	if (strcmp(name, "Europe/Berlin") == 0) {
		tz_fixed(tz, name, 3600);
		tz->at_s[1] = 1774746000; /* 2026-03-29T01:00Z: 02:00 becomes 03:00 */
		tz->offset_s[1] = 7200;
		tz->at_s[2] = 1792890000; /* 2026-10-25T01:00Z: 03:00 becomes 02:00 */
		tz->offset_s[2] = 3600;
		tz->changes = 3;
		return true;
	}
	if (strcmp(name, "Asia/Ho_Chi_Minh") != 0 && strcmp(name, "UTC") != 0)
		return err_set(e, ERR_NOT_FOUND, "không có múi giờ \"%s\"", name);
	tz_fixed(tz, name, name[0] == 'U' ? 0 : 7 * 3600);
	return true;
}

struct plan_case *case_create(const char *more)
{
	struct plan_case *c = calloc(1, sizeof(*c));
	char text[2048];

	must(c != NULL);
	int len = snprintf(text, sizeof(text),
			   "station: Đài thử\nid: thu\n"
			   "zones: [{name: trung-tam}, {name: thon-2, channel: 2}]\n"
			   "quiet: {from: \"21:00\", to: \"05:00\"}\n"
			   "relays: {vov1: {url: \"http://vov1/\"}}\n%s", more);
	must(len < (int)sizeof(text));
	must(settings_parse(&c->settings, "station.yaml", text, (size_t)len, case_tz, &c->faults));
	c->in = (struct plan_input){.settings = &c->settings, .schedule = &c->schedule,
				    .bulletins = c->bulletins, .assets = c->assets};
	return c;
}

void case_destroy(struct plan_case *c)
{
	schedule_finish(&c->schedule);
	faults_finish(&c->faults);
	free(c);
}

bool case_slots(struct plan_case *c, const char *slots)
{
	char file[32], *text;
	int len;

	snprintf(file, sizeof(file), "lich-%d.yaml", c->schedule.table_count + 1);
	len = asprintf(&text, "timetable: Lịch\nslots:\n%s", slots);
	must(len > 0);
	bool ok = schedule_parse(&c->schedule, &c->settings, file, text, (size_t)len, &c->faults);
	free(text);
	return ok;
}

struct bulletin *case_bulletin(struct plan_case *c, const char *id, double length_s)
{
	must(c->in.bulletin_count < CASE_BULLETINS);
	struct bulletin *b = &c->bulletins[c->in.bulletin_count++];
	*b = (struct bulletin){
		.frames = (int64_t)(length_s * 48000), .loudness_lufs = -20, .peak_dbtp = -6,
		.state = BULLETIN_APPROVED, .language = "vi", .kind = "ban-tin",
		.received = {c->in.bulletin_count * NS_PER_S},
	};
	snprintf(b->id, sizeof(b->id), "%s", id);
	snprintf(b->title, sizeof(b->title), "Bản tin %s", id);
	snprintf(b->sha256, sizeof(b->sha256), "%064d", c->in.bulletin_count);
	return b;
}

struct asset *case_asset(struct plan_case *c, const char *path, double length_s)
{
	must(c->in.asset_count < CASE_ASSETS);
	struct asset *a = &c->assets[c->in.asset_count++];
	*a = (struct asset){.frames = (int64_t)(length_s * 48000), .loudness_lufs = -18,
			    .peak_dbtp = -3};
	snprintf(a->path, sizeof(a->path), "%s", path);
	snprintf(a->sha256, sizeof(a->sha256), "%064d", 900 + c->in.asset_count);
	return a;
}

const struct fault *case_fault(const struct faults *f, int line, const char *part)
{
	for (int i = 0; i < f->count; i++)
		if ((line == 0 || f->list[i].line == line) &&
		    strstr(fault_text(&f->list[i]), part) != NULL)
			return &f->list[i];
	return NULL;
}
void case_plan(struct plan_case *c, const char *from, const char *to, struct plan *p)
{
	struct wall a, b;
	struct err e = {0};

	must(wall_parse(from, &c->settings.tz, &a) && wall_parse(to, &c->settings.tz, &b));
	if (!plan_make(p, &c->in, a, b, &e)) {
		fprintf(stderr, "%s\n", e.text);
		abort();
	}
}

