/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/recover.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "base/version.h"
#include "plan/trust.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "proof/reason.h"
#include "sys/log.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Entries are written up to this long before (intents) or after (outcomes) what they tell of. */
#define MARGIN_NS (10 * NS_PER_S)

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

/* When the station was last known to run: DIR/alive, or the last entry if that is later. */
static struct wall last_alive(struct desk *d, struct wall last_entry)
{
	struct buf text = {0};
	struct err e = {0};
	struct wall t = last_entry;

	if (disk_read(d->disk, "alive", 64, &text, &e) &&
	    wall_parse(buf_str(&text), tz_of(d), &t) && t.ns < last_entry.ns)
		t = last_entry;
	buf_finish(&text);
	return t;
}

struct closing {
	struct desk *desk;
	struct wall about;
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

/* How much of it was heard nobody measured: frames and completeness stay 0, and the moment is told
 * as what it is, the last sign of life. */
static bool close_one(struct closing *c, struct airing_row *row, struct err *e)
{
	char detail[REASON_BYTES], about[32];
	int64_t n;
	struct airing_facts f = {
		.airing = row->id, .bulletin = row->bulletin, .sha256 = row->sha256,
		.slot = row->slot, .occurrence = {row->occurrence_ms * NS_PER_MS},
		.item = row->item, .level = row->level, .language = row->language,
		.fund = row->fund, .planned = {row->planned_ms * NS_PER_MS},
		.planned_frames = frames_of_ns(row->planned_length_ms * NS_PER_MS),
		.device = row->device, .result = "interrupted",
		.reason = reason_code(REASON_POWER_OFF), .detail = detail,
		.loudness_lufs = NAN, .peak_dbtp = NAN, .start_error_ms = NAN};

	f.zone_count = split(row->zones, f.zones, ZONES_MAX);
	f.programme_count = split(row->programmes, f.programmes, BULLETIN_PROGRAMMES_MAX);
	wall_print(c->about, tz_of(c->desk), about);
	snprintf(detail, sizeof(detail), "last sign of life at %s", about);
	return ledger_append(c->desk->ledger, entry_airing_ended(&f, tz_of(c->desk)), &n, e);
}

static bool close_open(struct desk *d, struct wall about, int *count, struct err *e)
{
	struct closing c = {.desk = d, .about = about};
	bool ok = reader_open_airings(ledger_view(d->ledger), collect, &c, e);

	for (int i = 0; ok && i < c.count; i++)
		ok = close_one(&c, &c.rows[i], e);
	*count = c.count;
	free(c.rows);
	return ok;
}

/* The time up to which an earlier start had accounted for the past, if it never came to the end of
 * that; otherwise the last entry's. */
static bool find_accounted(struct desk *d, struct recovery *r, bool *stopped, struct err *e)
{
	json_t *started = NULL, *done = NULL, *stop = NULL;
	struct view *v = ledger_view(d->ledger);
	bool ok = reader_last(v, KIND_STARTED, &started, e) &&
		  reader_last(v, KIND_RECOVERED, &done, e) &&
		  reader_last(v, KIND_STOPPED, &stop, e);

	if (ok && started != NULL) {
		int64_t start_n = json_get_integer(started, "n", -1);
		if (json_get_integer(done, "n", -1) < start_n)
			json_get_time(started, "accounted_to", &r->accounted_to);
		*stopped = json_get_integer(stop, "n", -1) > start_n;
	} else if (ok) {
		/* The first start ever: nothing was missed before there was a station. */
		r->accounted_to = clock_wall(d->clock);
		r->gap_reason = REASON_LATE;
	}
	json_decref(started);
	json_decref(done);
	json_decref(stop);
	return ok;
}

bool recover(struct desk *d, struct recovery *r, struct err *e)
{
	struct wall last;
	bool any = ledger_last_time(d->ledger, &last), stopped = false;
	int64_t n;

	*r = (struct recovery){.gap_reason = REASON_POWER_OFF};
	if (!any)
		last = clock_wall(d->clock);
	struct wall alive = any ? last_alive(d, last) : last;
	r->has_last = any;
	r->floor = trust_floor(any, alive);
	r->accounted_to = wall_add_ns(last, any ? -MARGIN_NS : 0);
	if (!find_accounted(d, r, &stopped, e) || !close_open(d, alive, &r->interrupted, e))
		return false;
	if (stopped)
		r->gap_reason = REASON_STATION_STOPPED;
	struct wall longest = wall_add_ns(alive, -GAP_DAYS_MAX * 86400 * NS_PER_S);
	if (r->accounted_to.ns < longest.ns)
		r->accounted_to = longest;
	json_t *entry = entry_station_started(VANGXA_VERSION, d->world.files->settings.id);
	json_object_set_new(entry, "accounted_to", json_time(r->accounted_to, tz_of(d)));
	return ledger_append(d->ledger, entry, &n, e);
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
