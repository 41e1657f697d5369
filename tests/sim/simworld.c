/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simworld.h"

#include "base/must.h"
#include "promise.h"
#include "proof/entry.h"
#include "proof/order.h"
#include "proof/reader.h"
#include "station/asides.h"
#include "station/versions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is read is kept, as world_files.c does. */
void simworld_text(struct world_files *w, int at, const char *text)
{
	if (w->texts == NULL)
		w->texts = calloc(2, sizeof(*w->texts));
	must(w->texts != NULL);
	w->text_count = 2;
	buf_reset(&w->texts[at].text);
	buf_text(&w->texts[at].text, text);
	versions_hash(text, strlen(text), w->texts[at].sha256);
}

void simworld_timetable(struct simstation *s, const char *timetable)
{
	struct world_files *w = &s->files;
	struct faults *f = &w->faults;

	w->schedule = (struct schedule){0};
	schedule_parse(&w->schedule, &w->settings, "schedules/thu.yaml", timetable,
		       strlen(timetable), f);
	for (int i = 0; i < f->count; i++)
		fprintf(stderr, "%s:%d: %s\n", f->list[i].file, f->list[i].line,
			f->list[i].words[0]);
	must(f->errors == 0);
	simworld_text(w, 1, timetable);
	memcpy(w->schedule.tables[0].sha256, w->texts[1].sha256, sizeof(w->texts[1].sha256));
}

static bool take_state(const struct bulletin *b, void *arg)
{
	struct simstation *s = arg;

	for (int i = 0; i < SIM_BULLETINS; i++)
		if (strcmp(s->bulletins[i].id, b->id) == 0) {
			s->bulletins[i].state = b->state;
			s->bulletins[i].order_n = b->order_n;
			s->bulletins[i].order_place = b->order_place;
			s->bulletins[i].ordered = b->ordered;
		}
	return true;
}

/* What was typed while nobody looked is read, and what was decided as the power failed is known. */
void simworld_read(struct simstation *s)
{
	struct err e = {0};

	promise_settle(s);
	if (s->typed != NULL) {
		schedule_finish(&s->files.schedule);
		simworld_timetable(s, s->typed);
		free(s->typed);
		s->typed = NULL;
	}
	must(reader_bulletins(ledger_view(s->ledger), -1, take_state, s, &e));
}

void simworld_asides(struct simstation *s)
{
	struct stock all = {s->bulletins, SIM_BULLETINS, SIM_BULLETINS};
	struct err e = {0};

	must(asides_read(&all, ledger_view(s->ledger), INT64_MAX, &e));
}

void simworld_decided(struct simstation *s)
{
	struct err e = {0};

	promise_settle(s);
	must(reader_bulletins(ledger_view(s->ledger), -1, take_state, s, &e));
	playout_set_world(&s->playout, &s->input);
}

static void type(struct simstation *s, const char *timetable)
{
	free(s->typed);
	s->typed = strdup(timetable);
	must(s->typed != NULL);
}

static void take_over(struct simstation *s, const char *timetable)
{
	struct schedule old = s->files.schedule;
	struct err e;

	promise_settle(s);
	simworld_timetable(s, timetable);
	playout_set_world(&s->playout, &s->input);
	schedule_finish(&old);
	/* If the power fails here it is read at the next start, which says so. */
	if (!desk_note_timetables(&s->desk, "", &e))
		type(s, timetable);
}

void simstation_new_timetable(struct simstation *s, const char *timetable)
{
	struct disk *d = disk_sim_disk(s->disk);
	struct err e;

	if (s->stall.hangs) /* so does whoever saves it */
		return;
	if (!versions_replace(d, "schedules/thu.yaml", timetable, strlen(timetable), &e))
		return;
	if (s->on)
		take_over(s, timetable);
	else
		type(s, timetable);
}

/* Two that overlap, of bulletins that are not the same: what has priority in them meets. */
static size_t add_overlap(char *text, size_t room, struct chance *chance)
{
	int hour = 5 + (int)chance_below(chance, 15), minute = (int)chance_below(chance, 50);

	return (size_t)snprintf(
		text, room,
		"  - {name: Chồng 1, start: \"%02d:%02d\", length: 90s,"
		" play: {bulletins: {language: [stieng]}}, late: {join_within: 60s}}\n"
		"  - {name: Chồng 2, start: \"%02d:%02d:%02d\", length: 120s, zones: [mot],"
		" play: {bulletins: {language: [vi]}}, ident: false, late: {join_within: 60s}}\n",
		hour, minute, hour, minute, (int)chance_below(chance, 3) * 20);
}

const char *simworld_any(struct chance *chance, bool storms)
{
	static const char *const overruns[] = {"fade", "finish", "cut"};
	static const char *const breaks[] = {"", " after_break: drop,", " after_break: restart,"};
	static const char *const zones[] = {"[mot]", "[hai]", "[mot, hai]"};
	static const char *const plays[] = {"{bulletins: {}}", "{bulletins: {language: [vi]}}",
					    "{bulletins: {language: [stieng]}}",
					    "{bulletins: {language: [chinh-xac]}}"};
	static char text[8192];
	size_t len = (size_t)snprintf(text, sizeof(text), "timetable: Lịch bất kỳ\n"
				      "valid: {from: 2026-01-01}\nslots:\n");

	for (int i = 0, slots = 4 + (int)chance_below(chance, 12); i < slots; i++) {
		bool relays = storms && chance_below(chance, 5) == 0, file = relays && i % 2 == 0;
		const char *rule = storms ? breaks[chance_below(chance, relays ? 2 : 3)] : "";
		len += (size_t)snprintf(
			text + len, sizeof(text) - len,
			"  - {name: Khung %d, start: \"%02d:%02d:%02d\", length: %ds, play: %s,"
			" overrun: %s,%s%s%s late: {join_within: %ds}, ident: false, zones: %s}\n",
			i, 5 + (int)chance_below(chance, 15), (int)chance_below(chance, 60),
			(int)chance_below(chance, 2) * 20, 20 + (int)chance_below(chance, 280),
			file     ? "{relay: vov1}, fallback: {file: audio/nhac.wav}"
			: relays ? "{relay: vov1}, fallback: {bulletins: {}}"
				 : plays[chance_below(chance, 4)],
			overruns[chance_below(chance, 3)], rule,
			chance_below(chance, 6) == 0 ? " demo: true," : "",
			chance_below(chance, 3) == 0 ? " days: mon-fri," : "",
			(int)chance_below(chance, 200), zones[chance_below(chance, 3)]);
	}
	if (storms)
		len += add_overlap(text + len, sizeof(text) - len, chance);
	must(len < sizeof(text));
	return text;
}

void simworld_order(struct simstation *s)
{
	const struct bulletin *list[SIM_BULLETINS];
	int count = 0, first = (int)chance_below(&s->orders, SIM_BULLETINS);
	struct err e;
	int64_t n;

	for (int i = 0; i < SIM_BULLETINS; i++) {
		const struct bulletin *b = &s->bulletins[(first + i) % SIM_BULLETINS];
		if (b->level == LEVEL_PRIORITY && b->state == BULLETIN_APPROVED)
			list[count++] = b;
	}
	if (count < 2 || !s->on)
		return;
	promise_settle(s);
	if (ledger_append(s->ledger, order_entry_set(list, count, "uid:1"), &n, &e))
		simworld_decided(s);
}

void simstation_decide(struct simstation *s, struct bulletin *b)
{
	bool approved = b->state == BULLETIN_APPROVED, on = s->on;
	struct err e;
	int64_t n;

	promise_settle(s);
	if (!on)
		simstation_open_log(s);
	json_t *entry = approved ? entry_bulletin_withdrawn(b->id, "", "uid:1")
				 : entry_bulletin_approved(b->id, b->sha256, "", NULL, "uid:1");
	if (ledger_append(s->ledger, entry, &n, &e)) {
		b->state = approved ? BULLETIN_WITHDRAWN : BULLETIN_APPROVED;
		b->decided = s->clock.now_wall;
	}
	if (on)
		playout_set_world(&s->playout, &s->input);
	else
		simstation_close_log(s);
}
