/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any text to the readers of station.yaml and timetables and plans three days of it. A line
 * "%%" parts the two; without one the text is a timetable. */
#include "base/err.h"
#include "base/must.h"
#include "plan/check.h"
#include "plan/plan_json.h"
#include "plan/plan_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usual[] = "station: a\nid: a\nzones: [{name: a}, {name: b}]\n"
			    "relays: {vov1: {url: x}}\nident: i.flac\n";

static bool fixed(struct tz *tz, const char *name, struct err *e)
{
	(void)e;
	tz_fixed(tz, name, 7 * 3600);
	return true;
}

/* What must hold of every plan, whatever the timetable. */
static void look_at(const struct plan *p)
{
	for (int i = 0; i < p->count; i++) {
		const struct occurrence *o = &p->list[i];
		must(i == 0 || p->list[i - 1].start.ns <= o->start.ns);
		must(o->length_frames > 0 && o->finish_frames >= o->length_frames);
		int64_t last = 0;
		for (int k = 0; k < o->item_count; k++) {
			const struct plan_item *item = &o->items[k];
			must(item->length_frames > 0 && item->offset_frames >= last);
			must(item->fade_in_frames >= 0 && item->fade_out_frames >= 0);
			must(item->offset_frames + item->length_frames <= o->finish_frames);
			last = item->offset_frames;
		}
	}
}

static void plan_days(const struct settings *settings, const struct schedule *schedule)
{
	static struct bulletin bulletins[4];
	struct asset asset = {.path = "i.flac", .frames = 4 * FRAMES_PER_S};
	struct plan_input in = {.settings = settings, .schedule = schedule,
				.bulletins = bulletins, .bulletin_count = 4,
				.assets = &asset, .asset_count = 1};
	struct wall from = tz_wall(&settings->tz, (struct date){2026, 11, 23}, 0);
	struct wall to = wall_add_ns(from, 3 * 86400 * NS_PER_S);
	struct faults faults = {0};
	struct buf text = {0};
	struct err e = {0};
	struct plan plan;

	for (int i = 0; i < 4; i++) {
		bulletins[i] = (struct bulletin){.frames = (i + 1) * 70 * FRAMES_PER_S,
						 .state = BULLETIN_APPROVED, .language = "vi"};
		snprintf(bulletins[i].id, sizeof(bulletins[i].id), "B%d", i);
	}
	if (plan_make(&plan, &in, from, to, &e) && plan.count < 2000) {
		look_at(&plan);
		plan_text(&text, &plan, &in);
		json_decref(plan_json(&plan, &in, from, to));
	}
	plan_finish(&plan);
	if (schedule->slot_count < 20)
		check_plan(&in, from, &faults);
	faults_finish(&faults);
	buf_finish(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct settings settings;
	struct schedule schedule = {0};
	struct faults faults = {0};
	char *text = malloc(size + 1);

	must(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	char *part = strstr(text, "%%\n");
	const char *table = part != NULL ? part + 3 : text;
	if (part != NULL)
		settings_parse(&settings, "station.yaml", text, (size_t)(part - text), fixed,
			       &faults);
	else
		settings_parse(&settings, "station.yaml", usual, strlen(usual), fixed, &faults);
	schedule_parse(&schedule, &settings, "a.yaml", table, size - (size_t)(table - text),
		       &faults);
	must(faults.errors > 0 || schedule.table_count == 1);
	plan_days(&settings, &schedule);
	schedule_finish(&schedule);
	faults_finish(&faults);
	free(text);
	return 0;
}
