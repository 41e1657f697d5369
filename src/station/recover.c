/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/recover.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "base/version.h"
#include "plan/trust.h"
#include "proof/canonical.h"
#include "proof/entry.h"
#include "proof/ownkind.h"
#include "proof/reader.h"
#include "proof/reason.h"
#include "station/comeback.h"
#include "station/kept.h"
#include "station/lostpast.h"
#include "sys/log.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Entries are written up to this long before (intents) or after (outcomes) what they tell of. */
#define MARGIN_NS (10 * NS_PER_S)

/* How far behind the last that was mixed DIR/alive may be: its pace, as much again when the station
 * is busy, and the part of a second for which sound is mixed ahead. */
#define UNSURE_NS (2 * ALIVE_S * NS_PER_S + NS_PER_S / 2)

/* Intents are written about 3 s ahead (station/run.c): if the file is older yet, it was no longer
 * written. */
#define STALE_NS (3 * NS_PER_S + UNSURE_NS)

/* The longest slot. */
#define SLOT_DAY_NS (86400 * NS_PER_S)

static const struct tz *tz_of(const struct desk *d)
{
	return &d->world.files->settings.tz;
}

void recover_alive(struct desk *d)
{
	char path[PATH_BYTES + 8], text[32];

	snprintf(path, sizeof(path), "%s/alive", d->dir);
	wall_print(clock_wall(d->clock), tz_of(d), text);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0)
		return;
	/* Same length every time: the file is never seen empty. A full
	 * disk does not matter here. */
	ssize_t n = pwrite(fd, text, strlen(text), 0);
	(void)n;
	close(fd);
}

/* What DIR/alive says; false if nothing. */
static bool read_alive(struct desk *d, struct wall *t)
{
	struct buf text = {0};
	struct err e = {0};
	bool ok = disk_read(d->disk, "alive", 64, &text, &e) &&
		  wall_parse(buf_str(&text), tz_of(d), t);

	buf_finish(&text);
	return ok;
}

#define OWN_ENTRIES 256 /* read at once, from the newest on */

struct own {
	struct wall at;
	bool found;
};

static bool take_own(int64_t n, const char *text, size_t len, void *arg)
{
	struct own *o = arg;
	struct canonical c;
	struct err ignored;

	(void)n;
	if (!canonical_read(text, len, &c) || !ownkind_has(c.kind, c.kind_len))
		return true;
	json_t *entry = json_read(text, len, &ignored);
	o->found = json_get_time(entry, "at", &o->at) || o->found;
	json_decref(entry);
	return true;
}

/* When the run that began with entry `started` last wrote something itself. */
static bool last_own(struct desk *d, int64_t started, struct wall *own)
{
	struct own o = {0};
	struct err e = {0};
	bool ok = true;

	for (int64_t to = ledger_next(d->ledger); ok && !o.found && to > started; ) {
		int64_t from = to - OWN_ENTRIES > started ? to - OWN_ENTRIES : started;
		ok = ledger_read(d->ledger, from, to, take_own, &o, &e);
		to = from;
	}
	*own = o.at;
	return ok && o.found;
}

/* The last entry may be a command's, written while no station ran: of what was planned before it
 * nobody has told. Then the station's own last word counts: that it stopped, else DIR/alive if it
 * wrote the file since it began, else its last entry; not a word under a clock of 1970. Only ever
 * makes *until earlier: what is looked at twice gets no second row. */
static bool station_until(struct desk *d, struct wall *until, struct err *e)
{
	json_t *started = NULL, *stop = NULL;
	struct wall began, own;
	bool ok = reader_last(ledger_view(d->ledger), KIND_STARTED, &started, e) &&
		  reader_last(ledger_view(d->ledger), KIND_STOPPED, &stop, e);
	bool stopped = json_get_integer(stop, "n", -1) > json_get_integer(started, "n", -1);
	bool known = stopped ? json_get_time(stop, "at", &own)
			     : json_get_time(started, "at", &began) &&
				       ((read_alive(d, &own) && own.ns > began.ns) ||
					last_own(d, json_get_integer(started, "n", 0), &own));

	if (ok && known && own.ns >= TRUST_BUILT_S * NS_PER_S && own.ns < until->ns)
		*until = own;
	json_decref(started);
	json_decref(stop);
	return ok;
}

/* Up to when the log tells of everything: its last entry, unless a clock of 1970 has stamped that
 * one. What was planned since the last entry before is then not accounted for; and what has surely
 * passed is no measure of it, for it goes on while nothing can be written. */
static bool told_until(struct desk *d, struct wall last, struct wall *until, struct err *e)
{
	struct wall bound = {TRUST_BUILT_S * NS_PER_S};
	bool known = ledger_bound(d->ledger, &bound), found;

	*until = last;
	if (!known)
		bound.ns = TRUST_BUILT_S * NS_PER_S;
	if (last.ns >= wall_add_ns(bound, -TRUST_SLACK_NS).ns)
		return true;
	struct wall most = {known ? bound.ns : INT64_MAX};
	if (!reader_latest(ledger_view(d->ledger), most, &bound, &found, e))
		return false;
	if (found)
		*until = bound;
	return true;
}

struct closing {
	struct desk *desk;
	struct quarantine *quarantine;
	struct cutoffs *cutoffs;
	int64_t recovered_n; /* the first entry of this recovery */
	enum reason reason;
	struct wall about;
	struct wall alive;  /* what DIR/alive says; 0: nothing */
	int64_t stepped_n;  /* last entry of a stepped clock, −1 none */
	struct airing_row *rows;
	int count;
};

static bool collect(const struct airing_row *row, void *arg)
{
	struct closing *c = arg;

	c->rows = realloc(c->rows, (size_t)(c->count + 1) * sizeof(*row));
	must(c->rows != NULL);
	c->rows[c->count++] = *row;
	return true;
}

/* "a,b" into the facts' list of names; cuts the text up. */
static int split(char *text, const char **out, int most)
{
	int count = 0;

	for (char *save = NULL, *word = strtok_r(text, ",", &save); word != NULL && count < most;
	     word = strtok_r(NULL, ",", &save))
		out[count++] = word;
	return count;
}

/* The file was written every second, and the run may have lived on for as long after it, and its
 * sound lies with the device before it is heard: only what was planned later than that had surely
 * not begun. Only where the machine went on is the file what was written last; only if it is
 * fresh, intents being so near, could it be written at all; and by a clock that was set back
 * airings begin before their time. */
static bool never_began(const struct closing *c, const struct airing_row *row)
{
	int64_t ahead_ns = row->planned_ms * NS_PER_MS - c->alive.ns;

	return c->reason == REASON_PROGRAM_ENDED && ahead_ns > UNSURE_NS && ahead_ns < STALE_NS &&
	       strtoll(row->id + 1, NULL, 10) > c->stepped_n;
}

static bool take_intent(int64_t n, const char *text, size_t len, void *arg)
{
	struct err ignored;

	(void)n;
	*(json_t **)arg = json_read(text, len, &ignored);
	return true;
}

/* What the intent says of it, its outcome says: whose turn it was, a drill, a demonstration, who
 * ordered it or spoke. Only the entry's own number and clock are others. */
static void as_intended(struct desk *d, const char *airing, json_t *ended)
{
	static const char *const own[] = {"at", "clock", "happened", "kind", "n"};
	int64_t n = strtoll(airing + 1, NULL, 10);
	json_t *intent = NULL, *value;
	struct err e = {0};
	const char *key;

	if (!ledger_read(d->ledger, n, n + 1, take_intent, &intent, &e))
		log_warn("%s: %s", airing, e.text); /* the view's row has most of it */
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		json_object_del(intent, own[i]);
	json_object_foreach(intent, key, value)
		json_object_set(ended, key, value);
	json_decref(intent);
}

/* How much of it was heard nobody measured: frames and completeness stay 0, and the moment is told
 * as what it is, the last sign of life. */
static bool close_one(struct closing *c, struct airing_row *row, struct err *e)
{
	json_t *alive = saying(never_began(c, row) ? SAYING_NEVER_BEGAN : SAYING_LAST_ALIVE);
	int64_t n;
	struct airing_facts f = {
		.airing = row->id, .bulletin = row->bulletin, .sha256 = row->sha256,
		.slot = row->slot, .occurrence = {row->occurrence_ms * NS_PER_MS},
		.item = row->item, .level = row->level, .language = row->language,
		.fund = row->fund, .planned = {row->planned_ms * NS_PER_MS},
		.planned_frames = frames_of_ns(row->planned_length_ms * NS_PER_MS),
		.device = row->device, .result = "interrupted",
		.reason = reason_code(c->reason), .detail = alive,
		.loudness_lufs = NAN, .peak_dbtp = NAN, .start_error_ms = NAN};

	if (strncmp(row->file, RELAY_PATH, strlen(RELAY_PATH)) == 0)
		f.relay = row->file + strlen(RELAY_PATH);
	f.zone_count = split(row->zones, f.zones, ZONES_MAX);
	f.programme_count = split(row->programmes, f.programmes, BULLETIN_PROGRAMMES_MAX);
	json_object_set_new(alive, "at", json_time(c->about, tz_of(c->desk)));
	json_t *entry = entry_airing_ended(&f, tz_of(c->desk));
	as_intended(c->desk, row->id, entry);
	if (!ledger_append(c->desk->ledger, entry, &n, e))
		return false;
	cutoffs_add(c->cutoffs, row, c->about);
	return c->reason != REASON_PROGRAM_ENDED ||
	       quarantine_crashed(c->desk, c->quarantine, row, c->recovered_n, e);
}

static bool close_open(struct closing *c, int *count, struct err *e)
{
	struct view *v = ledger_view(c->desk->ledger);
	json_t *step = NULL;
	bool ok = reader_open_airings(v, collect, c, e) &&
		  reader_last(v, KIND_CLOCK_STEPPED, &step, e);

	c->stepped_n = json_get_integer(step, "n", -1);
	json_decref(step);
	for (int i = 0; ok && i < c->count; i++)
		ok = close_one(c, &c->rows[i], e);
	*count = c->count;
	free(c->rows);
	return ok;
}

static bool add_step(const struct event_row *row, void *arg)
{
	int64_t *ns = arg;
	struct err ignored;
	json_t *entry = strcmp(row->kind, KIND_CLOCK_STEPPED) == 0
				? json_read(row->text, strlen(row->text), &ignored)
				: NULL;
	double by_ms = json_get_number(entry, "by_ms", 0);

	/* A leap of more than a day had nothing on air that waits for it. */
	if (by_ms > 0 && by_ms < (double)SLOT_DAY_NS / (double)NS_PER_MS)
		*ns += (int64_t)by_ms * NS_PER_MS;
	json_decref(entry);
	return true;
}

/* What was on its way when the clock was set forward kept its frames: it was heard, or would have
 * been, so much later than planned. How far before the last entry something may thus still have
 * waited for its intent. */
static bool behind_ns(struct desk *d, struct wall last, int64_t *ns, struct err *e)
{
	*ns = MARGIN_NS;
	return reader_events(ledger_view(d->ledger), wall_add_ns(last, -SLOT_DAY_NS),
			     wall_add_ns(last, NS_PER_S), add_step, ns, e);
}

/* How the run that began with this entry ended. The same boot: the machine went on, so the program
 * ended. Another boot: the machine was off since. A run that says nothing of its boot (an older
 * program's) leaves it open, and so does the log. */
static enum reason end_of(const json_t *started, const struct boot *boot)
{
	const char *then = json_get_text(started, "boot", "");

	if (then[0] == '\0' || boot->id[0] == '\0')
		return REASON_NOT_RUNNING;
	return strcmp(then, boot->id) == 0 ? REASON_PROGRAM_ENDED : REASON_POWER_OFF;
}

/* One reason for a time in which several runs came to nothing. Off, then a program that ended:
 * playout tells the two apart by the moment at which the machine came up. */
static enum reason joined(enum reason before, enum reason now)
{
	if (before == now || (before == REASON_POWER_OFF && now == REASON_PROGRAM_ENDED))
		return before;
	return REASON_NOT_RUNNING;
}

static void judge(struct desk *d, struct recovery *r, const json_t *started, int64_t done_n,
		  const json_t *stop)
{
	int64_t start_n = json_get_integer(started, "n", -1);
	bool stopped = json_get_integer(stop, "n", -1) > start_n;

	r->end_reason = stopped ? REASON_STATION_STOPPED : end_of(started, &d->boot);
	r->gap_reason = r->end_reason;
	if (done_n > start_n)
		return;
	enum reason before = reason_parse(json_get_text(started, "gap_reason", ""));
	r->gap_reason = before == REASON_LATE ? r->end_reason : joined(before, r->end_reason);
	json_get_time(started, "accounted_to", &r->accounted_to);
}

/* What a run had still to write down besides, when it ended. */
static bool find_owed(struct desk *d, struct recovery *r, int64_t done_n, struct err *e)
{
	struct wall from = {INT64_MAX};

	if (!owed_find(d, done_n, &from, &r->gaps, e))
		return false;
	if (from.ns != INT64_MAX && from.ns - MARGIN_NS < r->accounted_to.ns)
		r->accounted_to = wall_add_ns(from, -MARGIN_NS);
	return true;
}

/* Behind which entry the log last told of the whole past; −1 none. */
static bool told_at(struct desk *d, int64_t *n, struct err *e)
{
	static const char *const kinds[] = {KIND_RECOVERED, KIND_ACCOUNTED};
	bool ok = true;

	*n = -1;
	for (size_t i = 0; ok && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		json_t *done = NULL;
		ok = reader_last(ledger_view(d->ledger), kinds[i], &done, e);
		int64_t done_n = json_get_integer(done, "n", -1);
		*n = done_n > *n ? done_n : *n;
		json_decref(done);
	}
	return ok;
}

/* What the last run left: how it ended, and the time up to which the past is accounted for if it
 * never came to the end of that; otherwise the last entry's. */
static bool look_back(struct desk *d, struct recovery *r, struct err *e)
{
	json_t *started = NULL, *stop = NULL;
	struct view *v = ledger_view(d->ledger);
	int64_t done_n;
	bool ok = told_at(d, &done_n, e) && reader_last(v, KIND_STARTED, &started, e) &&
		  reader_last(v, KIND_STOPPED, &stop, e);

	ok = ok && holds_find(d, started, &r->holds, e) &&
	     quarantine_find(d, started, &r->quarantine, e);
	if (ok && started != NULL) {
		judge(d, r, started, done_n, stop);
		ok = find_owed(d, r, done_n, e);
	} else if (ok) {
		/* The first start ever: nothing was missed before there was a station. */
		r->accounted_to = clock_wall(d->clock);
		r->gap_reason = REASON_LATE;
	}
	json_decref(started);
	json_decref(stop);
	return ok;
}

/* Of a time whose log is lost no misses are claimed, nor why a run in it ended. */
static bool tell_lost(struct desk *d, struct recovery *r, struct err *e)
{
	struct wall now = clock_wall(d->clock);
	struct lostpast lost;
	int64_t n;

	if (!lostpast_find(d, &lost, e))
		return false;
	if (!lost.found)
		return true;
	if (r->accounted_to.ns < now.ns)
		r->accounted_to = now;
	r->end_reason = r->gap_reason = REASON_LOG_LOST;
	log_warn(T("sổ từ mục cuối còn giữ đến nay bị mất (%s): hãy xem lại các bản tin đã duyệt",
		   "the log since the last entry that is kept is lost (%s): look over the "
		   "bulletins that are approved"), lost.why);
	return ledger_append(d->ledger, entry_past_lost(lost.from, now, lost.why, tz_of(d)), &n,
			     e);
}

static json_t *started_entry(struct desk *d, const struct recovery *r)
{
	json_t *entry = entry_station_started(VANGXA_VERSION, d->world.files->settings.id,
					      d->boot.id);

	json_object_set_new(entry, "accounted_to", json_time(r->accounted_to, tz_of(d)));
	json_object_set_new(entry, "gap_reason", json_string(reason_code(r->gap_reason)));
	if (r->holds.zones != 0)
		json_object_set_new(entry, "holds", holds_json(&r->holds, d));
	if (r->quarantine.count != 0)
		json_object_set_new(entry, "quarantine", quarantine_json(&r->quarantine, d));
	return entry;
}

bool recover(struct desk *d, struct recovery *r, struct err *e)
{
	struct wall last;
	bool any = ledger_last_time(d->ledger, &last);
	int64_t n, margin_ns = 0;

	*r = (struct recovery){.gap_reason = REASON_NOT_RUNNING, .end_reason = REASON_NOT_RUNNING};
	if (!any)
		last = clock_wall(d->clock);
	struct wall latest = last, own = last, alive;
	if (any && (!station_until(d, &own, e) || !told_until(d, last, &last, e)))
		return false;
	struct closing c = {.desk = d, .quarantine = &r->quarantine, .cutoffs = &r->cutoffs};
	if (any && read_alive(d, &alive))
		c.alive = alive;
	alive = c.alive.ns < own.ns ? own : c.alive;
	r->has_last = any;
	r->floor = trust_floor(any, alive.ns > latest.ns ? alive : latest);
	if (own.ns < latest.ns && own.ns < last.ns)
		last = own;
	if (any && !behind_ns(d, last, &margin_ns, e))
		return false;
	r->accounted_to = wall_add_ns(last, -margin_ns);
	if (!look_back(d, r, e) || !tell_lost(d, r, e))
		return false;
	c.about = alive;
	c.reason = r->end_reason;
	c.recovered_n = ledger_next(d->ledger);
	if (!close_open(&c, &r->interrupted, e) || !kept_close(d, r->end_reason, e) ||
	    !comeback_close(d, r->end_reason, e))
		return false;
	struct wall longest = wall_add_ns(last.ns > alive.ns ? last : alive,
					  -GAP_DAYS_MAX * 86400 * NS_PER_S);
	if (r->accounted_to.ns < longest.ns)
		r->accounted_to = longest;
	return ledger_append(d->ledger, started_entry(d, r), &n, e);
}

void recover_done(struct desk *d, const struct recovery *r)
{
	struct err e = {0};
	int64_t n;
	json_t *entry = entry_station_recovered(r->has_last, r->floor, r->interrupted,
						ledger_lost(d->ledger), tz_of(d));

	if (!ledger_append(d->ledger, entry, &n, &e))
		log_warn("%s", e.text);
}
