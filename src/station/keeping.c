/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is removed can never be had again, so whatever is in doubt stays: nothing goes for its age
 * by a clock that is not believed, nor sooner than by what has surely passed if nobody disciplines
 * it; nothing goes while the view lacks entries, for one of them may be a hold; and nothing goes
 * unread: its entry says what the file was at the end. */
#include "station/keeping.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "library/store.h"
#include "sys/log.h"
#include "sys/plain.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DAY_NS (86400 * NS_PER_S)
#define ROUND_S 3600
#define AGAIN_S 60 /* a disk or a log that took nothing */
#define RECENT_DAYS 7

void keeping_init(struct keeping *k, struct desk *desk, struct loop *loop,
		  void (*changed)(void *arg), void *arg)
{
	*k = (struct keeping){.desk = desk, .loop = loop, .changed = changed, .arg = arg,
			      .after = -1};
}

/* An empty folder; what is not empty stays by itself. */
static void remove_folder(struct disk *d, char *path, const char *today)
{
	struct err ignored;

	*strrchr(path, '/') = '\0';
	/* The recorder may be about to write there. */
	if (strncmp(today, path, strlen(path)) != 0)
		disk_remove(d, path, &ignored);
}

bool keeping_erase(struct disk *d, const char *file, struct date today, struct err *e)
{
	char path[PATH_BYTES], now[PATH_BYTES];

	snprintf(path, sizeof(path), "%s", file);
	must(strncmp(path, "aircheck/", 9) == 0 && strstr(path, "..") == NULL);
	if (!disk_remove(d, path, e))
		return e->kind == ERR_NOT_FOUND;
	*strrchr(path, '/') = '\0';
	if (!disk_sync_dir(d, path, e))
		return false;
	snprintf(now, sizeof(now), "aircheck/%04d/%02d/%02d", today.year, today.month, today.day);
	for (snprintf(path, sizeof(path), "%s", file); strchr(path + 9, '/') != NULL;)
		remove_folder(d, path, now);
	return true;
}

static bool read_file(const struct keeping *k, const char *file, char hex[SHA256_HEX_BYTES],
		      struct err *e)
{
	char path[PATH_BYTES * 2];

	snprintf(path, sizeof(path), "%s/%s", k->desk->dir, file);
	int fd = plain_open(path, 0, e);
	if (fd < 0)
		return false;
	bool ok = store_hash(fd, hex, e);
	close(fd);
	return ok;
}

static void told(struct keeping *k)
{
	if (k->changed != NULL)
		k->changed(k->arg);
}

/* Once, until something works again. */
static void fault(struct keeping *k, const struct err *e)
{
	if (!k->faulty)
		log_warn("%s: %s", k->now.file, e->text);
	k->faulty = true;
}

static void start(struct keeping *k, bool (*work)(void *, struct err *), void (*done)(void *))
{
	struct err e = {0};

	k->today = tz_date(&k->desk->tz, clock_wall(k->desk->clock), NULL);
	k->work = (struct aside){.work = work, .done = done, .arg = k, .patient = true};
	if (!aside_start(&k->work, k->loop, &e))
		fault(k, &e);
}

static bool finish_last(void *arg, struct err *e)
{
	struct keeping *k = arg;
	char hex[SHA256_HEX_BYTES];

	for (int i = 0; i < k->last_count; i++) {
		const struct recording_row *r = &k->last[i];
		struct err none;
		/* A name that was free again may be another recording by now. */
		if (read_file(k, r->file, hex, &none) && strcmp(hex, r->sha256) == 0 &&
		    !keeping_erase(k->desk->disk, r->file, k->today, e))
			return false;
	}
	return true;
}

static void finished_last(void *arg)
{
	struct keeping *k = arg;

	if (!k->work.ok)
		fault(k, &k->work.error);
}

static bool take_last(const struct recording_row *r, void *arg)
{
	struct keeping *k = arg;

	k->last[k->last_count++] = *r;
	return k->last_count < KEEPING_LAST;
}

static void begin(struct keeping *k)
{
	struct err e = {0};

	k->begun = true;
	if (!keep_removed(ledger_view(k->desk->ledger), take_last, k, &e))
		fault(k, &e);
	else if (k->last_count > 0)
		start(k, finish_last, finished_last);
}

static bool erase(void *arg, struct err *e)
{
	struct keeping *k = arg;

	return keeping_erase(k->desk->disk, k->now.file, k->today, e);
}

/* A file that does not go is tried again at the next start; the log says that it went. */
static void erased(void *arg)
{
	struct keeping *k = arg;

	if (k->work.ok)
		k->faulty = false;
	else
		fault(k, &k->work.error);
}

/* Whether it may go still: a hold may have come while it was read. */
static bool may_go(struct keeping *k, int64_t *held_until_ms)
{
	struct view *v = ledger_view(k->desk->ledger);
	struct recording_row again;
	struct err e;

	return !ledger_view_stale(k->desk->ledger) && keep_oldest(v, k->now.n - 1, &again, &e) &&
	       again.n == k->now.n && keep_held_until(v, &again, held_until_ms, &e);
}

static struct mono in_s(const struct keeping *k, int64_t s)
{
	return mono_add_ns(clock_mono(k->desk->clock), s * NS_PER_S);
}

static bool read_now(void *arg, struct err *e)
{
	struct keeping *k = arg;

	return read_file(k, k->now.file, k->found, e);
}

static void pass_over(struct keeping *k, const struct err *e)
{
	k->after = k->now.n;
	if (e->kind != ERR_NOT_FOUND)
		fault(k, e);
}

static void was_read(void *arg)
{
	struct keeping *k = arg;
	int64_t held_until_ms, n;
	struct err e = {0};

	if (!k->work.ok) {
		pass_over(k, &k->work.error);
		return;
	}
	if (!may_go(k, &held_until_ms))
		return;
	if (!ledger_append(k->desk->ledger,
			   keep_entry_removed(&k->now, k->found, k->why, held_until_ms,
					      &k->desk->tz), &n, &e)) {
		fault(k, &e);
		k->age_due = k->room_due = in_s(k, AGAIN_S);
		return;
	}
	told(k);
	start(k, erase, erased);
}

static bool needs_room(struct keeping *k)
{
	int64_t bytes = disk_free_bytes(k->desk->disk);

	if (bytes >= 0 && bytes < KEEP_ROOM_BYTES)
		k->making_room = true;
	else if (bytes < 0 || bytes >= KEEP_ROOM_UNTIL_BYTES)
		k->making_room = false;
	return k->making_room;
}

/* The moment by which recordings grow old; false: none is sure enough. */
static bool sure_moment(const struct keeping *k, struct wall *now)
{
	struct wall bound;

	*now = clock_wall(k->desk->clock);
	if (clock_state(k->desk->clock).synced)
		return true;
	if (!ledger_bound(k->desk->ledger, &bound))
		return false;
	if (bound.ns < now->ns)
		*now = bound;
	return true;
}

static bool find_old(struct keeping *k, struct err *e)
{
	struct wall now;
	int32_t days = k->desk->world.files->settings.keep_days;

	k->why = KEEP_AGE;
	return sure_moment(k, &now) &&
	       keep_older(ledger_view(k->desk->ledger), k->after,
			  wall_add_ns(now, -days * DAY_NS), now, &k->now, e);
}

static bool find_oldest(struct keeping *k, struct err *e)
{
	k->why = KEEP_ROOM;
	return keep_oldest(ledger_view(k->desk->ledger), k->after, &k->now, e);
}

void keeping_count(struct keeping *k)
{
	struct wall since = keeping_since(clock_wall(k->desk->clock));
	struct err ignored;

	keep_totals(ledger_view(k->desk->ledger), since, &k->totals, &ignored);
}

/* Everything was looked at: the next round begins with the first again. */
static void end_round(struct keeping *k)
{
	k->after = -1;
	if (k->making_room)
		k->room_due = in_s(k, AGAIN_S);
	else
		k->age_due = in_s(k, ROUND_S);
	keeping_count(k);
}

void keeping_look(struct keeping *k, bool believed)
{
	struct err ignored;

	if (k->work.running || ledger_view_stale(k->desk->ledger))
		return;
	if (!k->begun) {
		begin(k);
		return;
	}
	bool room = needs_room(k);
	if (clock_mono(k->desk->clock).ns < (room ? k->room_due : k->age_due).ns)
		return;
	if (room ? find_oldest(k, &ignored) : believed && find_old(k, &ignored))
		start(k, read_now, was_read);
	else
		end_round(k);
}

void keeping_stop(struct keeping *k)
{
	aside_join(&k->work);
}

struct wall keeping_since(struct wall now)
{
	return wall_add_ns(now, -RECENT_DAYS * DAY_NS);
}

json_t *keeping_json(const struct keep_totals *t, int64_t free_bytes, int32_t recordings_days,
		     struct wall now, const struct tz *tz)
{
	double span = (double)(now.ns / NS_PER_MS - t->oldest_ms) / 86400e3;
	double there = t->oldest_ms != 0 && span > 0 ? span : 0;
	double recent = there < RECENT_DAYS ? there : RECENT_DAYS;
	double a_day = recent > 0 ? (double)t->recent_bytes / recent : 0;
	double room = free_bytes > KEEP_ROOM_BYTES ? (double)(free_bytes - KEEP_ROOM_BYTES) : 0;
	json_t *o = json_pack("{s:i, s:I, s:I, s:o, s:o, s:o, s:I}", "recordings_days",
			      recordings_days, "count", (json_int_t)t->count, "bytes",
			      (json_int_t)t->bytes, "oldest", t->oldest_ms != 0 ?
			      json_time((struct wall){t->oldest_ms * NS_PER_MS}, tz) : json_null(),
			      "days", json_rounded(there, 1), "room_days", a_day > 0 ?
			      json_rounded(room / a_day, 1) : json_null(), "holds",
			      (json_int_t)t->held);

	must(o != NULL);
	return o;
}
