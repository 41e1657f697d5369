/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/leftovers.h"

#include "base/json.h"
#include "library/store.h"
#include "mix/coder.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "sys/log.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One look for a file's name among the entries. */
struct lookup {
	const char *path;
	bool found;
};

static bool compare(const struct event_row *row, void *arg)
{
	struct lookup *l = arg;
	struct err ignored;

	if (strcmp(row->kind, KIND_RECORDING) != 0)
		return true;
	json_t *entry = json_read(row->text, strlen(row->text), &ignored);
	l->found = strcmp(json_get_text(entry, "file", ""), l->path) == 0;
	json_decref(entry);
	return !l->found;
}

/* An entry for a recording is written when it ends, so at the earliest on
 * the day before its own. */
static bool is_named(struct desk *d, const char *path, struct wall boot)
{
	struct lookup l = {.path = path};
	struct wall from = wall_add_ns(boot, -3 * 86400 * NS_PER_S);
	struct wall to = wall_add_ns(clock_wall(d->clock), NS_PER_S);
	struct err e = {0};

	if (!reader_events(ledger_view(d->ledger), from, to, compare, &l, &e))
		log_warn("%s", e.text);
	return l.found;
}

static bool hash_file(const char *full, char hex[static SHA256_HEX_BYTES])
{
	struct err e = {0};
	int fd = open(full, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return false;
	bool ok = store_hash(fd, hex, &e);
	close(fd);
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

static bool close_one(struct desk *d, const char *path, const char *name, struct wall boot,
		      enum reason reason)
{
	char full[PATH_BYTES * 2], zone[NAME_BYTES], hex[SHA256_HEX_BYTES];
	struct stat st;
	struct err e = {0};
	int64_t n;

	snprintf(full, sizeof(full), "%s/%s", d->dir, path);
	if (!zone_of(name, zone) || stat(full, &st) != 0 || st.st_size == 0)
		return false;
	struct wall to = {st.st_mtim.tv_sec * NS_PER_S + st.st_mtim.tv_nsec};
	if (to.ns >= boot.ns || is_named(d, path, boot) || !hash_file(full, hex))
		return false;
	int64_t frames = st.st_size / coder_frame_bytes() * MP3_FRAMES;
	struct wall from = wall_add_ns(to, -ns_of_frames(frames));
	json_t *entry = entry_recording_closed(path, hex, zone, from, to, st.st_size, &d->tz);
	json_object_set_new(entry, "reason", json_string(reason_code(reason)));
	if (ledger_append(d->ledger, entry, &n, &e))
		return true;
	log_warn("%s: %s", path, e.text);
	return false;
}

static int close_day(struct desk *d, struct date day, struct wall boot, enum reason reason)
{
	char folder[64], full[PATH_BYTES * 2], path[PATH_BYTES];
	int closed = 0;

	snprintf(folder, sizeof(folder), "aircheck/%04d/%02d/%02d", day.year, day.month, day.day);
	snprintf(full, sizeof(full), "%s/%s", d->dir, folder);
	DIR *list = opendir(full);
	if (list == NULL)
		return 0;
	for (struct dirent *one; (one = readdir(list)) != NULL;) {
		snprintf(path, sizeof(path), "%s/%.200s", folder, one->d_name);
		closed += close_one(d, path, one->d_name, boot, reason);
	}
	closedir(list);
	return closed;
}

int leftovers_close(struct desk *d, struct wall boot, enum reason reason)
{
	struct date today = tz_date(&d->tz, boot, NULL);

	/* A run that was stopped in order closed its own: what is left is of one before it. */
	if (reason == REASON_STATION_STOPPED)
		reason = REASON_NOT_RUNNING;
	return close_day(d, date_add_days(today, -1), boot, reason) +
	       close_day(d, today, boot, reason);
}
