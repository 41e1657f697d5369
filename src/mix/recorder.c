/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/recorder.h"

#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "mix/mp3.h"

#include <stdio.h>
#include <string.h>

#define NS_PER_HOUR (3600 * NS_PER_S)
#define BASE_BYTES (PATH_BYTES - 16) /* a path before its number and suffix */

void recorder_init(struct recorder *r, struct disk *disk, const struct tz *tz, const char *zone,
		   int frame_bytes, void (*closed)(void *arg, const struct encoder_event *ev),
		   void *arg)
{
	must(frame_bytes > 0 && frame_bytes <= RECORDER_BUFFER_BYTES);
	_Static_assert(RECORDER_WAIT_BYTES >= RECORDER_BUFFER_BYTES, "one buffer for both");
	*r = (struct recorder){.disk = disk,
			       .tz = tz,
			       .frame_bytes = frame_bytes,
			       .closed = closed,
			       .arg = arg,
			       .next = -1};
	snprintf(r->zone, sizeof(r->zone), "%s", zone);
}

void recorder_ask(struct recorder *r, bool (*had)(void *arg, const char *path), void *had_arg)
{
	r->had = had;
	r->had_arg = had_arg;
}

void recorder_wait(struct recorder *r, void (*wanted)(void *arg, const struct encoder_event *ev))
{
	r->wanted = wanted;
}

struct wall recorder_wall(const struct recorder_time *time, struct frame f)
{
	return wall_add_ns(time->wall, ns_of_frames(f.n - time->frame.n));
}

/* "HH-<zone>" in its folder, without number and suffix. */
static void base_path(const char *zone, struct date d, int hour, char out[BASE_BYTES])
{
	int at = snprintf(out, BASE_BYTES, "aircheck/%04d/%02d/%02d/%02d-", d.year, d.month, d.day,
			  hour);

	for (const char *c = zone; *c != '\0'; c++)
		out[at++] = (unsigned char)*c < ' ' || *c == '/' || *c == '\\' ? '-' : *c;
	out[at] = '\0';
}

static void numbered(const char *base, int number, char path[static PATH_BYTES])
{
	int n = number == 1 ? snprintf(path, PATH_BYTES, "%s.mp3", base)
			    : snprintf(path, PATH_BYTES, "%s.%d.mp3", base, number);

	must(n < PATH_BYTES);
}

/* The local hour to which the MP3 frame at `wall` belongs: that of its middle, because the cut is
 * on the frame that begins nearest to the hour and may come up to half a frame before it. */
static struct wall hour_of(const struct tz *tz, struct wall wall, const char *zone,
			   char base[BASE_BYTES])
{
	struct wall middle = wall_add_ns(wall, ns_of_frames(MP3_FRAMES / 2));
	int32_t second;
	struct date d = tz_date(tz, middle, &second);
	int64_t into = second % 3600 * NS_PER_S + ((middle.ns % NS_PER_S) + NS_PER_S) % NS_PER_S;

	base_path(zone, d, second / 3600, base);
	return wall_add_ns(middle, -into);
}

void recorder_path(const struct tz *tz, const char *zone, struct wall wall, int number,
		   char path[static PATH_BYTES])
{
	char base[BASE_BYTES];

	hour_of(tz, wall, zone, base);
	numbered(base, number, path);
}

static bool was_used(const struct recorder *r)
{
	return r->had != NULL && r->had(r->had_arg, r->now.path);
}

/* *ours: it was empty, and is open now. */
static bool open_if_empty(struct recorder *r, bool *ours, struct err *e)
{
	*ours = false;
	if (!disk_open(r->disk, r->now.path, DISK_CREATE, &r->file, e))
		return false;
	*ours = disk_size(r->file) == 0;
	if (*ours)
		return true;
	disk_close(r->file);
	r->file = NULL;
	return true;
}

/* Makes no file. */
static bool is_free(struct recorder *r, bool *is, struct err *e)
{
	struct disk_file *f;
	struct err why = {0};

	*is = true;
	if (disk_open(r->disk, r->now.path, 0, &f, &why)) {
		*is = disk_size(f) == 0;
		disk_close(f);
	} else if (why.kind != ERR_NOT_FOUND) {
		*e = why;
		return false;
	}
	return true;
}

/* The first name that nobody has written to. An empty file of that name is ours to use. */
static bool take_free_name(struct recorder *r, const char *base, struct err *e)
{
	bool taken = false;

	for (int i = 1; i <= RECORDINGS_PER_HOUR_MAX; i++) {
		numbered(base, i, r->now.path);
		if (was_used(r))
			continue;
		if (!(r->wanted != NULL ? is_free(r, &taken, e) : open_if_empty(r, &taken, e)))
			return false;
		if (taken)
			return true;
	}
	return err_set(e, ERR_FAILED, T("%s: đã có quá nhiều tệp cho giờ này",
					"%s: too many files for this hour"), base);
}

static bool enough_space(struct recorder *r, struct err *e)
{
	int64_t bytes = disk_free_bytes(r->disk);

	if (bytes < 0 || bytes >= RECORDER_FREE_BYTES)
		return true;
	return err_set(e, ERR_NO_SPACE,
		       T("đĩa sắp đầy (còn %d MiB, để dành cho nhật ký); hãy xoá bớt bản ghi cũ",
			 "the disk is nearly full (%d MiB left, kept for the log); "
			 "remove old recordings"),
		       (int)(bytes >> 20));
}

static bool make_folder(struct recorder *r, const char *base, struct err *e)
{
	char folder[PATH_BYTES];

	snprintf(folder, sizeof(folder), "%s", base);
	*strrchr(folder, '/') = '\0';
	return disk_make_dir(r->disk, folder, e);
}

/* The name itself must survive a power cut; if that cannot be had, the recording is worth
 * trying. */
static void sync_folder(struct recorder *r)
{
	char folder[PATH_BYTES];
	struct err ignored = {0};

	snprintf(folder, sizeof(folder), "%s", r->now.path);
	*strrchr(folder, '/') = '\0';
	disk_sync_dir(r->disk, folder, &ignored);
}

/* An error may be longer than a reason in the log: cut at a character. */
static void set_fault(struct recorder *r, const char *text)
{
	char whole[ERR_TEXT_BYTES];

	snprintf(whole, sizeof(whole), "%s", text);
	utf8_cut(whole, sizeof(r->now.fault) - 1);
	memcpy(r->now.fault, whole, strlen(whole) + 1);
}

static void tell(struct recorder *r)
{
	snprintf(r->now.zone, sizeof(r->now.zone), "%s", r->zone);
	r->closed(r->arg, &r->now);
}

/* A fault is told once, not each minute. */
static void could_not_begin(struct recorder *r, struct frame at, const struct err *e)
{
	r->retry = at.n + RECORDER_RETRY_S * FRAMES_PER_S;
	if (r->faulty)
		return;
	r->faulty = true;
	set_fault(r, e->text);
	tell(r);
}

static void opened(struct recorder *r, struct frame at)
{
	sync_folder(r);
	r->synced = at.n;
	crypto_hash_sha256_init(&r->hash);
}

static void ask(struct recorder *r)
{
	r->waiting = true;
	r->now.wish = ++r->wish;
	snprintf(r->now.zone, sizeof(r->now.zone), "%s", r->zone);
	r->wanted(r->arg, &r->now);
	r->now.wish = 0;
}

static void begin(struct recorder *r, struct frame at, struct wall wall)
{
	struct err e = {0};
	char base[BASE_BYTES];

	r->hour = hour_of(r->tz, wall, r->zone, base);
	r->hour_end = wall_add_ns(r->hour, NS_PER_HOUR);
	r->now = (struct encoder_event){.from = wall, .first = at};
	snprintf(r->now.path, sizeof(r->now.path), "%s.mp3", base);
	r->held = 0;
	if (!enough_space(r, &e) || !make_folder(r, base, &e) || !take_free_name(r, base, &e)) {
		could_not_begin(r, at, &e);
		return;
	}
	if (r->wanted != NULL)
		ask(r);
	else
		opened(r, at);
}

/* The hash goes on from where it was. */
static void sum_so_far(const struct recorder *r, char hex[static SHA256_HEX_BYTES])
{
	crypto_hash_sha256_state hash = r->hash;
	unsigned char sum[crypto_hash_sha256_BYTES];

	crypto_hash_sha256_final(&hash, sum);
	sodium_bin2hex(hex, SHA256_HEX_BYTES, sum, sizeof(sum));
}

/* quiet: the same fault as a minute ago, and nothing recorded since. */
static void finish(struct recorder *r, const char *fault, bool quiet)
{
	disk_close(r->file);
	r->file = NULL;
	sum_so_far(r, r->now.sha256);
	set_fault(r, fault);
	if (!quiet)
		tell(r);
}

/* Ends the file with what is safely in it; what the disk did not take is lost. */
static void fail(struct recorder *r, struct frame at, const struct err *e)
{
	struct err ignored = {0};
	bool quiet = r->faulty && r->now.bytes == 0;

	disk_truncate(r->file, r->now.bytes, &ignored);
	disk_sync(r->file, &ignored);
	r->faulty = true;
	r->retry = at.n + RECORDER_RETRY_S * FRAMES_PER_S;
	r->held = 0;
	finish(r, e->text, quiet);
}

static bool flush(struct recorder *r, struct err *e)
{
	if (r->held == 0)
		return true;
	if (!disk_write(r->file, r->buffer, (size_t)r->held, e))
		return false;
	crypto_hash_sha256_update(&r->hash, r->buffer, (unsigned long long)r->held);
	r->now.bytes += r->held;
	r->now.frames += (int64_t)(r->held / r->frame_bytes) * MP3_FRAMES;
	r->held = 0;
	r->faulty = false;
	return true;
}

static void end(struct recorder *r, struct frame at)
{
	struct err e = {0};

	/* What no file could be made for yet is let go. */
	r->waiting = false;
	if (r->file == NULL)
		return;
	if (!flush(r, &e) || !disk_sync(r->file, &e))
		fail(r, at, &e);
	else
		finish(r, "", false);
}

/* True when the frame at `wall` belongs to another file. Back only for a clock that was truly
 * set: after the hour was cut, a drift correction of some milliseconds must not go back to the
 * hour before. */
static bool other_hour(const struct recorder *r, struct wall wall)
{
	int64_t middle = wall.ns + ns_of_frames(MP3_FRAMES / 2);

	return middle >= r->hour_end.ns || middle < r->hour.ns - RECORDER_BACK_S * NS_PER_S;
}

static void sync_now_and_then(struct recorder *r, struct frame at)
{
	struct err e = {0};

	if (at.n - r->synced < RECORDER_SYNC_S * FRAMES_PER_S)
		return;
	r->synced = at.n;
	if (!flush(r, &e) || !disk_sync(r->file, &e) || !enough_space(r, &e))
		fail(r, at, &e);
}

static void keep(struct recorder *r, const uint8_t *mp3, struct frame at)
{
	struct err e = {0};

	if (r->file != NULL && r->held + r->frame_bytes > RECORDER_BUFFER_BYTES && !flush(r, &e)) {
		fail(r, at, &e);
		return;
	}
	memcpy(r->buffer + r->held, mp3, (size_t)r->frame_bytes);
	r->held += r->frame_bytes;
	if (r->file != NULL)
		sync_now_and_then(r, at);
}

/* Somebody else may have taken the name meanwhile: then another is asked for. */
void recorder_named(struct recorder *r, int wish)
{
	struct frame at = {r->next};
	struct err e = {0};
	bool ours;

	if (!r->waiting || wish != r->wish)
		return;
	r->waiting = false;
	if (!open_if_empty(r, &ours, &e)) {
		could_not_begin(r, at, &e);
		return;
	}
	if (!ours)
		return;
	opened(r, at);
	if (!flush(r, &e))
		fail(r, at, &e);
}

static bool is_begun(const struct recorder *r)
{
	return r->file != NULL || r->waiting;
}

/* Of what waits for its name too long, nothing is kept. */
static bool is_overdue(const struct recorder *r)
{
	return r->waiting && r->held + r->frame_bytes > RECORDER_WAIT_BYTES;
}

void recorder_frame(struct recorder *r, const uint8_t *mp3, struct frame at,
		    const struct recorder_time *time)
{
	if (!time->known)
		return;
	struct wall wall = recorder_wall(time, at);
	if (is_begun(r) && (other_hour(r, wall) || at.n != r->next || is_overdue(r)))
		end(r, at);
	r->next = at.n + MP3_FRAMES;
	if (!is_begun(r) && (!r->faulty || at.n >= r->retry))
		begin(r, at, wall);
	if (is_begun(r))
		keep(r, mp3, at);
}

void recorder_vouch(struct recorder *r, struct vouched *out)
{
	struct frame at = {r->next};
	struct err e = {0};

	*out = (struct vouched){.bytes = 0};
	if (r->file == NULL)
		return;
	r->synced = at.n;
	if (!flush(r, &e) || !disk_sync(r->file, &e)) {
		fail(r, at, &e);
		return;
	}
	memcpy(out->file, r->now.path, sizeof(out->file));
	out->bytes = r->now.bytes;
	sum_so_far(r, out->sha256);
}

void recorder_lost(struct recorder *r, int64_t frames)
{
	if (is_begun(r))
		r->now.lost_frames += frames;
}

void recorder_stop(struct recorder *r)
{
	end(r, (struct frame){r->next});
}
