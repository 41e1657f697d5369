/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Heads and witnesses of the signed log tell more surely, and may be restored together with it;
 * recordings are large, and are what people leave out of a copy. */
#include "station/newer.h"

#include "base/json.h"
#include "base/saying.h"
#include "base/text.h"
#include "mix/recorder.h"
#include "plan/trust.h"
#include "proof/begun.h"
#include "proof/entry.h"
#include "proof/history.h"
#include "proof/notary.h"
#include "sys/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Logs of older programs do not name a recording before its hour is over; a power cut may leave the
 * last one without an entry. */
#define UNNAMED_NS (70 * 60 * NS_PER_S)

#define HOUR_NS (3600 * NS_PER_S)
#define LOOK_BACK_NS (400 * 24 * HOUR_NS) /* recordings are gone by then, or something else tells */

struct looking {
	struct desk *desk;
	struct wall last;  /* of the log */
	struct wall after; /* what was written since then no power cut explains */
	char path[PATH_BYTES]; /* of a recording that was found, and when it was written */
	struct wall written;
};

static bool is_known(struct looking *k)
{
	struct err e = {0};
	bool known = true;

	return !history_names(ledger_view(k->desk->ledger), k->path, &known, &e) || known;
}

/* The names that the station gives in that hour, one after the other: the first that the log does
 * not know and that was written behind its end. A name that no station would have come to is
 * somebody's who laid a file there: leftovers.c tells of it. */
static bool in_hour(struct looking *k, const char *zone, struct wall at)
{
	char full[PATH_BYTES * 2];
	struct stat st;

	for (int i = 1; i <= RECORDINGS_PER_HOUR_MAX; i++) {
		recorder_path(&k->desk->tz, zone, at, i, k->path);
		snprintf(full, sizeof(full), "%s/%s", k->desk->dir, k->path);
		bool there = stat(full, &st) == 0;
		/* The log's last hour is the only one of which it may know what is gone. */
		if (!there && (at.ns >= k->last.ns + HOUR_NS || !is_known(k)))
			return false;
		if (!there)
			continue;
		k->written = (struct wall){st.st_mtim.tv_sec * NS_PER_S + st.st_mtim.tv_nsec};
		if (k->written.ns > k->after.ns && st.st_size > 0 && !is_known(k))
			return true;
	}
	return false;
}

static bool find(struct looking *k, struct wall now)
{
	const struct settings *s = &k->desk->world.files->settings;
	struct wall t = {now.ns - LOOK_BACK_NS};

	t = k->last.ns > t.ns ? k->last : t;
	for (; t.ns < now.ns + HOUR_NS; t.ns += HOUR_NS)
		for (int z = 0; z < s->zone_count; z++)
			if (in_hour(k, s->zones[z].name, t.ns < now.ns ? t : now))
				return true;
	return false;
}

json_t *newer_look(struct desk *d)
{
	struct looking k = {.desk = d};
	struct wall now = clock_wall(d->clock);
	struct err e = {0};
	bool named;

	if (!ledger_last_time(d->ledger, &k.last) || ledger_view_stale(d->ledger) ||
	    !trust_enough(trust_judge(now, trust_floor(true, k.last),
				      clock_state(d->clock).synced)) ||
	    !begun_any(ledger_view(d->ledger), INT64_MAX, &named, &e))
		return NULL;
	k.after = named ? k.last : wall_add_ns(k.last, UNNAMED_NS);
	if (!find(&k, now))
		return NULL;
	json_t *said = saying(SAYING_LOG_OLDER);
	json_object_set_new(said, "file", json_text(k.path));
	json_object_set_new(said, "written", json_time(k.written, &d->tz));
	json_object_set_new(said, "last", json_time(k.last, &d->tz));
	return said;
}

/* That the clock was wrong would look the same: a log begun for
 * nothing costs a name, and one gone on with twice costs what all of them are worth. */
void newer_end(struct desk *d, const json_t *said)
{
	const struct notary_state *log = ledger_state(d->ledger);
	struct err e = {0};

	if (said == NULL)
		return;
	if (!heads_doubt(d->disk, log->log, log->size, "recording-newer", &e) ||
	    !ledger_reopen(d->ledger, &e))
		log_warn("%s", e.text);
}

void newer_tell(struct desk *d, json_t *said)
{
	struct err e = {0};
	int64_t n;

	if (said == NULL)
		return;
	log_warn(T("bản ghi âm %s mới hơn nhật ký; nhật ký có thể đã bị thay bằng bản sao cũ",
		   "the recording %s is newer than the log, which may be an older copy"),
		 json_get_text(said, "file", ""));
	if (!ledger_append(d->ledger, entry_note_said(json_incref(said), "station"), &n, &e))
		log_warn("%s", e.text);
}
