/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/leftovers.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "mix/coder.h"
#include "proof/begun.h"
#include "proof/entry.h"
#include "proof/history.h"
#include "proof/keep.h"
#include "proof/prefix.h"
#include "proof/reader.h"
#include "sys/log.h"
#include "sys/plain.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A zone leaves one open when a run ends, and few runs end before what the last one left was told
 * of. */
#define UNCLOSED_MAX (ZONES_MAX * 8)
#define TOLD_MAX 100 /* of a day and the one before it, at one start */
struct unclosed {
	int count;
	struct unclosed_row rows[UNCLOSED_MAX];
};

/* A file that comes back after it was told lost has no hash yet. */
static bool is_named(struct desk *d, const char *path)
{
	struct recording_row row;
	struct err e = {0};

	if (history_recording(ledger_view(d->ledger), path, &row, &e))
		return strcmp(row.removed_why, KEEP_LOST) != 0;
	if (e.kind != ERR_NOT_FOUND)
		log_warn("%s", e.text);
	return false;
}

static bool hash_file(struct desk *d, const char *path, struct prefix_found *found)
{
	char full[PATH_BYTES * 2];
	struct err e = {0};

	snprintf(full, sizeof(full), "%s/%s", d->dir, path);
	int fd = plain_open(full, 0, &e);
	if (fd < 0)
		return false;
	bool ok = prefix_find(ledger_view(d->ledger), path, fd, found, &e);
	close(fd);
	if (!ok)
		log_warn("%s", e.text);
	return ok;
}

/* HH-<zone>.mp3 or HH-<zone>.2.mp3 → zone. */
static bool zone_of(const char *name, char zone[static NAME_BYTES])
{
	if (strlen(name) < 8 || name[2] != '-')
		return false;
	snprintf(zone, NAME_BYTES, "%s", name + 3);
	char *dot = strchr(zone, '.');
	if (dot == NULL || strcmp(name + strlen(name) - 4, ".mp3") != 0)
		return false;
	*dot = '\0';
	return true;
}

static bool write_down(struct desk *d, const char *path, json_t *entry)
{
	struct err e = {0};
	int64_t n;

	if (ledger_append(d->ledger, entry, &n, &e))
		return true;
	log_warn("%s: %s", path, e.text);
	return false;
}

static int64_t length_ns(const struct stat *st)
{
	return ns_of_frames(st->st_size / coder_frame_bytes() * MP3_FRAMES);
}

/* One that begins at `from`. */
static bool close_file(struct desk *d, const char *path, const char *zone, struct wall from,
		       const struct stat *st, enum reason reason)
{
	struct prefix_found found;

	if (!hash_file(d, path, &found))
		return false;
	json_t *entry = entry_recording_closed(path, found.sha256, zone, from,
					       wall_add_ns(from, length_ns(st)), st->st_size,
					       &d->tz);
	json_object_set_new(entry, "reason", json_string(reason_code(reason)));
	if (found.n >= 0) {
		log_warn(T("%s: không phải bản ghi mà nhật ký đã bảo chứng",
			   "%s: not the recording that the log had vouched for"), path);
		json_object_set_new(entry, "differs", prefix_differs(&found));
	}
	return write_down(d, path, entry);
}

/* Logs of older programs do not say which recordings were begun: the file's time has to do. */
static bool adopt_one(struct desk *d, const char *path, const char *name, struct wall boot,
		      enum reason reason)
{
	char full[PATH_BYTES * 2], zone[NAME_BYTES];
	struct stat st;

	snprintf(full, sizeof(full), "%s/%s", d->dir, path);
	if (!zone_of(name, zone) || stat(full, &st) != 0 || st.st_size == 0)
		return false;
	struct wall to = {st.st_mtim.tv_sec * NS_PER_S + st.st_mtim.tv_nsec};
	return to.ns < boot.ns && !is_named(d, path) &&
	       close_file(d, path, zone, wall_add_ns(to, -length_ns(&st)), &st, reason);
}

/* The files of today and yesterday. */
struct day {
	struct desk *desk;
	struct wall boot;
	enum reason reason;
	bool begun; /* the log names recordings before they are made */
	int told;
};

static bool is_known(struct desk *d, const char *path)
{
	struct err e = {0};
	bool known = true;

	if (!history_names(ledger_view(d->ledger), path, &known, &e)) {
		log_warn("%s", e.text);
		known = true;
	}
	return known;
}

/* Who put it there nobody knows, nor what it is: it is told of once, and left alone. */
static bool tell_unknown(struct desk *d, const char *path)
{
	char full[PATH_BYTES * 2];
	struct stat st;

	snprintf(full, sizeof(full), "%s/%s", d->dir, path);
	if (stat(full, &st) != 0 || !S_ISREG(st.st_mode) || is_known(d, path))
		return false;
	struct wall at = {st.st_mtim.tv_sec * NS_PER_S + st.st_mtim.tv_nsec};
	log_warn(T("%s: tệp lạ, không phải bản ghi của đài",
		   "%s: an unknown file, no recording of this station"), path);
	return write_down(d, path, entry_recording_unknown(path, st.st_size, at, &d->tz));
}

static void look_at_day(struct day *w, struct date day)
{
	char folder[64], full[PATH_BYTES * 2], path[PATH_BYTES];

	snprintf(folder, sizeof(folder), "aircheck/%04d/%02d/%02d", day.year, day.month, day.day);
	snprintf(full, sizeof(full), "%s/%s", w->desk->dir, folder);
	DIR *list = opendir(full);
	if (list == NULL)
		return;
	for (struct dirent *one; (one = readdir(list)) != NULL && w->told < TOLD_MAX;) {
		snprintf(path, sizeof(path), "%s/%.200s", folder, one->d_name);
		if (w->begun)
			w->told += tell_unknown(w->desk, path);
		else
			w->told += adopt_one(w->desk, path, one->d_name, w->boot, w->reason);
	}
	closedir(list);
}

/* Those in which airings of earlier runs lie: whatever their day, and whatever time the file bears.
 * The log says when each began; nobody who touches a file changes that. */
struct resting {
	struct desk *desk;
	enum reason reason;
	int told;
};

static void tell_one(const struct unclosed_row *r, struct resting *w, bool aired)
{
	struct wall from = {r->from_ms * NS_PER_MS}, to = {r->to_ms * NS_PER_MS};
	char full[PATH_BYTES * 2], zone[NAME_BYTES];
	const char *name = strrchr(r->file, '/');
	struct stat st;

	if (name == NULL || !zone_of(name + 1, zone))
		return;
	snprintf(full, sizeof(full), "%s/%s", w->desk->dir, r->file);
	if (stat(full, &st) == 0 && st.st_size > 0) {
		w->told += close_file(w->desk, r->file, zone, from, &st, w->reason);
		return;
	}
	if (!aired)
		return;
	log_warn(T("%s: bản ghi này không còn", "%s: this recording is gone"), r->file);
	w->told += write_down(w->desk, r->file,
			      entry_recording_lost(r->file, zone, from, to,
						   reason_code(w->reason), &w->desk->tz));
}

static bool remember(const struct unclosed_row *r, void *arg)
{
	struct unclosed *all = arg;

	all->rows[all->count++] = *r;
	return all->count < UNCLOSED_MAX;
}

static bool remember_begun(const struct begun_row *r, void *arg)
{
	struct unclosed_row row = {.from_ms = r->from.ns / NS_PER_MS};

	memcpy(row.file, r->file, sizeof(row.file));
	return remember(&row, arg);
}

/* Collected first: entries are not to be written into what is being read. First those in which
 * something aired; the others may never have come to be, and claim nothing where they are gone. */
static int tell_resting(struct desk *d, enum reason reason)
{
	struct unclosed *all = calloc(1, sizeof(*all));
	struct resting w = {.desk = d, .reason = reason};
	struct err e = {0};

	must(all != NULL);
	if (!history_unclosed(ledger_view(d->ledger), remember, all, &e))
		log_warn("%s", e.text);
	for (int i = 0; i < all->count; i++)
		tell_one(&all->rows[i], &w, true);
	all->count = 0;
	if (!begun_open(ledger_view(d->ledger), remember_begun, all, &e))
		log_warn("%s", e.text);
	for (int i = 0; i < all->count; i++)
		tell_one(&all->rows[i], &w, false);
	free(all);
	return w.told;
}

/* Whether a run before this one named its recordings. If that cannot be read they are not adopted:
 * the next start may. */
static bool named_before(struct desk *d)
{
	json_t *started = NULL;
	struct err e = {0};
	bool any = true;

	if (!reader_last(ledger_view(d->ledger), KIND_STARTED, &started, &e) ||
	    !begun_any(ledger_view(d->ledger), json_get_integer(started, "n", 0), &any, &e)) {
		log_warn("%s", e.text);
		any = true;
	}
	json_decref(started);
	return any;
}

int leftovers_close(struct desk *d, struct wall boot, enum reason reason)
{
	struct date today = tz_date(&d->tz, boot, NULL);

	/* A run that was stopped in order closed its own: what is left is of one before it. */
	if (reason == REASON_STATION_STOPPED)
		reason = REASON_NOT_RUNNING;
	int told = tell_resting(d, reason);
	struct day w = {.desk = d, .boot = boot, .reason = reason, .begun = named_before(d)};
	look_at_day(&w, date_add_days(today, -1));
	look_at_day(&w, today);
	return told + w.told;
}
