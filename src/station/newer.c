/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Heads and witnesses of the signed log tell more surely, and may be restored together with it;
 * recordings are large, and are what people leave out of a copy. */
#include "station/newer.h"

#include "base/json.h"
#include "base/saying.h"
#include "base/text.h"
#include "plan/trust.h"
#include "proof/entry.h"
#include "proof/history.h"
#include "proof/notary.h"
#include "sys/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Each hour of recording ends with an entry; a power cut may leave the last one without. */
#define NEWER_NS (70 * 60 * NS_PER_S)

static void take_latest(const char *name, void *arg)
{
	char *latest = arg;

	/* Names come in their order: years, months, days, and hours begin with digits. */
	if (name[0] >= '0' && name[0] <= '9' && strlen(name) < NAME_BYTES)
		snprintf(latest, NAME_BYTES, "%s", name);
}

/* "aircheck/2026/11/23/05-mot.mp3". */
static bool newest_file(struct desk *d, char path[static PATH_BYTES])
{
	char name[NAME_BYTES];
	struct err ignored;

	snprintf(path, PATH_BYTES, "aircheck");
	for (int depth = 0; depth < 4; depth++) {
		name[0] = '\0';
		if (!disk_list(d->disk, path, take_latest, name, &ignored) || name[0] == '\0')
			return false;
		size_t len = strlen(path);
		snprintf(path + len, PATH_BYTES - len, "/%s", name);
	}
	return true;
}

/* The hour that it is named after, by local time. */
static bool begun_at(const struct desk *d, const char *path, struct wall *t)
{
	char day[11];
	struct date date;

	if (strlen(path) < 23)
		return false;
	snprintf(day, sizeof(day), "%.4s-%.2s-%.2s", path + 9, path + 14, path + 17);
	long hour = strtol(path + 20, NULL, 10);
	if (!date_parse(day, &date) || hour < 0 || hour > 23)
		return false;
	*t = tz_wall(&d->tz, date, (int32_t)hour * 3600);
	return true;
}

static bool is_newer(struct desk *d, const char *path, struct wall last, struct wall now,
		     struct wall *written)
{
	char full[PATH_BYTES * 2];
	struct recording_row row;
	struct wall begun;
	struct stat st;
	struct err e = {0};

	snprintf(full, sizeof(full), "%s/%s", d->dir, path);
	if (!begun_at(d, path, &begun) || stat(full, &st) != 0 || st.st_size == 0)
		return false;
	*written = (struct wall){st.st_mtim.tv_sec * NS_PER_S + st.st_mtim.tv_nsec};
	return begun.ns > last.ns && written->ns > last.ns + NEWER_NS && begun.ns <= now.ns &&
	       !history_recording(ledger_view(d->ledger), path, &row, &e) &&
	       e.kind == ERR_NOT_FOUND;
}

json_t *newer_look(struct desk *d)
{
	struct wall last, written, now = clock_wall(d->clock);
	char path[PATH_BYTES];

	if (!ledger_last_time(d->ledger, &last) || ledger_view_stale(d->ledger) ||
	    !trust_enough(trust_judge(now, trust_floor(true, last),
				      clock_state(d->clock).synced)) ||
	    !newest_file(d, path) || !is_newer(d, path, last, now, &written))
		return NULL;
	json_t *said = saying(SAYING_LOG_OLDER);
	json_object_set_new(said, "file", json_text(path));
	json_object_set_new(said, "written", json_time(written, &d->tz));
	json_object_set_new(said, "last", json_time(last, &d->tz));
	return said;
}

/* That the clock was wrong, or the log's disk full for hours, would look the same: a log begun for
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
