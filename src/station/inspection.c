/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/inspection.h"

#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "station/commands.h"
#include "sys/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What each command shows; the codes stand in entries and never change. The thing is what the
 * request names in these fields; what it does not name is today. pack.size is none of them:
 * it counts bytes, and the page asks it while the days are still being typed. Nor are the status,
 * the lists and the settings, which every page has open as long as it is open.
 * A pack with the recordings is another thing than one without; entries that say "pack" are from
 * before that was told apart. */
static const struct look {
	const char *command, *what, *field, *to_field, *silent;
} looks[] = {
	{"day", "day", "date", NULL, NULL},
	{"log", "period", "from", "to", NULL},
	{"log.csv", "sheet", "from", "to", NULL},
	{"airing", "airing", "airing", NULL, NULL},
	{"airing.recording", "recording", "airing", NULL, NULL},
	{"airing.waveform", "outline", "airing", NULL, NULL},
	{"airing.proof", "proof", "airing", NULL, NULL},
	{"log.head", "head", "log", NULL, NULL},
	{"pack", "pack-sound", "from", "to", "pack-silent"},
	{"report", "report", "table", "days", NULL},
	{"bulletin", "bulletin", "bulletin", NULL, NULL},
	{"bulletin.audio", "master", "bulletin", NULL, NULL},
	{"bulletin.waveform", "master-outline", "bulletin", NULL, NULL},
	{"bulletin.past", "past", "bulletin", NULL, NULL},
	{"why", "why", "what", "date", NULL},
	{"timetable.history", "history", "name", NULL, NULL},
	{"holds", "holds", NULL, NULL, NULL},
	{"register.list", "register", "register", NULL, NULL},
	{"register.export", "register", "register", NULL, NULL},
	{"register.proof", "register", "register", NULL, NULL},
	{"plan", "plan", "from", "to", NULL},
};

/* Whether the log has it already. */
struct memory {
	const char *what, *thing, *who;
	int64_t since_ms, now_ms;
	bool found;
};

static bool recall(const struct event_row *r, void *arg)
{
	struct memory *m = arg;
	struct err ignored;

	if (r->at_ms < m->since_ms)
		return false;
	if (r->at_ms > m->now_ms) /* the clock was set back: nobody knows how long ago it was */
		return true;
	json_t *entry = json_read(r->text, strlen(r->text), &ignored);
	m->found = strcmp(json_get_text(entry, "what", ""), m->what) == 0 &&
		   strcmp(json_get_text(entry, "thing", ""), m->thing) == 0 &&
		   strcmp(json_get_text(entry, "who", ""), m->who) == 0;
	json_decref(entry);
	return !m->found;
}

/* Asked of the log itself: it remembers over a restart, and nothing is kept twice. */
static bool noted(struct desk *d, struct memory *m)
{
	struct err e = {0};

	m->now_ms = clock_wall(d->clock).ns / NS_PER_MS;
	m->since_ms = m->now_ms - INSPECTION_ONCE_S * 1000;
	if (!reader_kind(ledger_view(d->ledger), KIND_VIEWED, INSPECTIONS_LOOKED_MAX, recall, m,
			 &e))
		log_warn("%s", e.text);
	return m->found;
}

/* As the request names it. */
static void name_thing(const struct request *rq, const struct look *l, char *out, size_t size)
{
	const struct tz *tz = &rq->desk->world.files->settings.tz;
	const char *first = l->field != NULL ? json_get_text(rq->args, l->field, "") : "";
	const char *last = l->to_field != NULL ? json_get_text(rq->args, l->to_field, "") : "";
	char today[11];

	date_print(tz_date(tz, clock_wall(rq->desk->clock), NULL), today);
	if ((size_t)snprintf(out, size, "%s%s%s", first[0] != '\0' ? first : today,
			     last[0] != '\0' ? "/" : "", last) >= size)
		utf8_cut(out, size - 1);
}

static const struct look *look_of(const char *command)
{
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++)
		if (strcmp(looks[i].command, command) == 0)
			return &looks[i];
	return NULL;
}

void inspection_note(struct request *rq, const char *command)
{
	const struct look *l = look_of(command);
	char thing[TITLE_BYTES];
	struct err e = {0};
	int64_t n;

	if (l == NULL || rq->user.id == 0 || rq->user.role != ROLE_INSPECTOR)
		return;
	name_thing(rq, l, thing, sizeof(thing));
	const char *what = l->silent != NULL && request_silent(rq) ? l->silent : l->what;
	struct memory m = {.what = what, .thing = thing, .who = rq->who};
	if (noted(rq->desk, &m))
		return;
	if (!ledger_append(rq->desk->ledger, entry_inspection_viewed(what, thing, rq->who), &n,
			   &e))
		log_warn(T("không ghi được vào sổ lần xem của thanh tra: %s",
			   "an inspector's look could not be written into the log: %s"), e.text);
}
