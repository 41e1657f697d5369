/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder that tamper.c damages: made by the program's own constructors, and read into memory.
 * Part of that one program, and only a file of its own to be read by itself. */
#ifndef VX_BENCH_TAMPER_FOLDER_H
#define VX_BENCH_TAMPER_FOLDER_H

#include "base/gzip.h"
#include "base/json.h"
#include "base/must.h"
#include "proof/bundle.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "proof/stow.h"
#include "proof/tile.h"
#include "proof/verify.h"
#include "proof/verify_story.h"
#include "proof/verify_view.h"
#include "proof/view.h"
#include "station/explain.h"
#include "station/versions.h"
#include "sys/chance.h"
#include "sys/disk.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FROM_NS (INT64_C(1795386600) * NS_PER_S) /* 2026-11-23T05:30+07:00 */
#define STEP_NS (INT64_C(360) * NS_PER_S)
#define SLOT_NS (INT64_C(3600) * NS_PER_S)
#define FIRST_ENTRIES 600 /* a packed bundle, a plain one, and one that grows */
#define SECOND_ENTRIES 60
#define MASTERS 6 /* one for each slot; each slot every six hours */
#define FILES_MAX 200

enum kind {
	BUNDLE,
	TILE,
	HEAD,
	RECORDING,
	MASTER,
	ORIGINAL,
	TIMETABLE,
	LOG, /* two change places */
	ROW, /* of the view */
	KINDS,
};

struct file {
	enum kind kind;
	char path[PATH_BYTES];
	struct buf kept;
	struct buf plain; /* what a packed bundle holds; empty: it is not packed */
	int64_t base; /* number of the entry that a bundle begins with */
};

static struct disk_real real;
static struct disk *disk;
static char view_path[PATH_BYTES + 16];
static struct tz tz;
static struct notary *notary;
static struct file files[FILES_MAX];
static int file_count, log_files;
static struct buf view_kept;
static struct chance chance;
static struct verdict verdict;
static struct err e;
static int64_t unnoticed, misnamed, same, done[KINDS];
static char bulletins[MASTERS][ID_BYTES], hashes[MASTERS][SHA256_HEX_BYTES];
static int64_t recordings;

static int below(int64_t n)
{
	return (int)chance_below(&chance, (uint64_t)n);
}

static int64_t add(json_t *o)
{
	struct notary_state s;

	notary_state(notary, &s);
	int64_t n = s.base + s.size;
	struct wall at = {FROM_NS + n * STEP_NS};
	json_object_set_new(o, "n", json_integer(n));
	json_object_set_new(o, "at", json_time(at, &tz));
	char *text = json_dumps(o, JSON_LINE);
	must(notary_append(notary, text, strlen(text), &e));
	free(text);
	json_decref(o);
	return n;
}

static struct wall now(void)
{
	struct notary_state s;

	notary_state(notary, &s);
	return (struct wall){FROM_NS + (s.base + s.size) * STEP_NS};
}

static void put(const char *path, const char *data, size_t len)
{
	char dir[PATH_BYTES];

	snprintf(dir, sizeof(dir), "%.*s", (int)(strrchr(path, '/') - path), path);
	must(disk_make_dir(disk, dir, &e) && disk_put(disk, path, data, len, &e));
}

static void add_file(enum kind kind, const char *path, int64_t base)
{
	must(file_count < FILES_MAX);
	struct file *f = &files[file_count++];
	*f = (struct file){.kind = kind, .base = base};
	snprintf(f->path, sizeof(f->path), "%s", path);
	must(disk_read(disk, path, 1 << 24, &f->kept, &e));
}

/* As the writer does later, with many more behind it. */
static void pack_first(const char *log)
{
	char path[STOW_PATH_BYTES];
	struct buf plain = {0};
	bool gone = false;

	must(stow_read(disk, log, 0, &plain, NULL, &e));
	while (!gone)
		must(stow_bundle(disk, log, 0, &gone, &e));
	stow_path(log, 0, path);
	add_file(BUNDLE, path, 0);
	files[file_count - 1].plain = plain;
}

static void put_sound(enum kind kind, const char *path, char sha256[static SHA256_HEX_BYTES])
{
	char data[400], name[PATH_BYTES];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (char)below(256);
	versions_hash(data, sizeof(data), sha256);
	snprintf(name, sizeof(name), path, sha256);
	put(name, data, sizeof(data));
	add_file(kind, name, 0);
}

static void slot_name(int i, char name[static NAME_BYTES])
{
	snprintf(name, NAME_BYTES, "giờ %d", i);
}

static void put_timetable(int k)
{
	static const char settings[] = "station: Thử\nid: thu\ntimezone: Asia/Ho_Chi_Minh\n"
				       "zones: [{name: chinh, device: none}]\n";
	char table[1600], hash[2][SHA256_HEX_BYTES], path[VERSIONS_PATH_BYTES];
	struct entry_file named[] = {{"station.yaml", hash[0]}, {"schedules/a.yaml", hash[1]}};
	const char *texts[] = {settings, table};

	int len = snprintf(table, sizeof(table), "timetable: Thử %d\nslots:\n", k);
	for (int i = 0; i < MASTERS; i++)
		len += snprintf(table + len, sizeof(table) - (size_t)len,
				"  - {name: giờ %d, start: '%02d:00', length: 5m,"
				" repeat: {every: %dh, until: '%d:00'}, play: {bulletins: {}},"
				" confirm: {by: a, reason: b}}\n", i, i, MASTERS, 24 - MASTERS + i);
	for (int i = 0; i < 2; i++) {
		versions_hash(texts[i], strlen(texts[i]), hash[i]);
		bool there = versions_has(disk, hash[i]);
		must(versions_put(disk, hash[i], texts[i], strlen(texts[i]), &e));
		versions_path(hash[i], path);
		if (!there)
			add_file(TIMETABLE, path, 0);
	}
	add(entry_timetable_changed(named, 2, true, "user:1"));
}

static void put_bulletins(void)
{
	char original[SHA256_HEX_BYTES];

	for (int i = 0; i < MASTERS; i++) {
		struct bulletin b = {.frames = 90 * FRAMES_PER_S, .loudness_lufs = -16.25,
				     .peak_dbtp = -1.5, .noise_db = NAN, .language = "vi",
				     .kind = "ban-tin", .slot_count = 1};

		slot_name(i, b.slots[0]);
		snprintf(b.title, sizeof(b.title), "Bản tin số %d", i);
		put_sound(ORIGINAL, "originals/%s", original);
		put_sound(MASTER, "masters/%s.flac", hashes[i]);
		memcpy(b.sha256, hashes[i], sizeof(b.sha256));
		int64_t n = add(entry_bulletin_received(&b, original, json_array(), "user:3"));
		entry_id('B', n, bulletins[i]);
		add(entry_bulletin_approved(bulletins[i], b.sha256, "12", NULL, "user:7"));
	}
}

static struct airing_facts facts(int i, const char *slot, struct wall start)
{
	return (struct airing_facts){
		.bulletin = bulletins[i], .sha256 = hashes[i], .slot = slot, .occurrence = start,
		.zones = {"chinh"}, .zone_count = 1, .level = "thong-thuong", .language = "vi",
		.planned = start, .planned_frames = 90 * FRAMES_PER_S, .device = "default",
		.has_start = true, .start = start, .has_end = true,
		.end = wall_add_ns(start, 90 * NS_PER_S), .frames = 90 * FRAMES_PER_S,
		.complete = 1, .result = "full", .loudness_lufs = -16.2, .peak_dbtp = -1.5,
		.proof = "A", .start_error_ms = 0.25,
	};
}

/* One hour's slot: aired, or missed; and the hour's recording. */
static void put_hour(struct wall start)
{
	char airing[ID_BYTES], name[64], sha256[SHA256_HEX_BYTES], slot[NAME_BYTES];
	int32_t second_of_day;

	tz_date(&tz, start, &second_of_day);
	int i = second_of_day / 3600 % MASTERS;
	slot_name(i, slot);
	struct airing_facts f = facts(i, slot, start);

	if (below(4) == 0) {
		f.reason = "late";
		add(entry_airing_missed(&f, &tz));
		return;
	}
	entry_id('A', add(entry_airing_intended(&f, &tz)), airing);
	f.airing = airing;
	add(entry_airing_ended(&f, &tz));
	snprintf(name, sizeof(name), "aircheck/%03d.mp3", (int)recordings++);
	put_sound(RECORDING, name, sha256);
	add(entry_recording_closed(name, sha256, "chinh", start, f.end, 400, &tz));
}

/* So many entries of the present log; an hour's lines are written when it has begun. */
static void put_entries(int64_t count)
{
	struct notary_state s;
	static struct wall next;

	if (next.ns == 0)
		next.ns = (FROM_NS + 3 * STEP_NS) / SLOT_NS * SLOT_NS + SLOT_NS;
	for (notary_state(notary, &s); s.size < count; notary_state(notary, &s)) {
		if (now().ns >= next.ns) {
			put_hour(next);
			next.ns += SLOT_NS;
		} else {
			add(entry_device_back("default", (double)below(100)));
		}
	}
}

/* next: the seed of the key that the log is to name as the next one's, 0 none. */
static void open_notary(int next)
{
	struct notary_setup how = {.name = "vangxa/thu", .boot = "boot", .seed = {5},
				   .next_seed = {(uint8_t)next}};

	must(notary_open(&notary, disk, &how, &e));
}

/* The first log's last word is the next one's key. */
static void rotate(void)
{
	struct notary_state s;

	notary_close(notary);
	open_notary(6);
	notary_state(notary, &s);
	add(entry_key_rotated(s.vkey, s.next_vkey, "thu", NULL));
	notary_close(notary);
	open_notary(0);
}

static void put_logs(void)
{
	struct notary_state s;

	open_notary(0);
	add(entry_station_started("1", "thu", "boot"));
	put_timetable(1);
	add(entry_station_recovered(false, now(), 0, 0, &tz));
	put_bulletins();
	put_entries(150);
	put_timetable(2);
	put_entries(FIRST_ENTRIES - 1);
	rotate();
	notary_state(notary, &s);
	struct entry_log_end end = {s.why, s.base, s.base - 1, s.previous_vkey, s.previous_size,
				    s.previous_root, s.kept_size, s.kept_root};
	add(entry_log_continued(&end));
	put_entries(SECOND_ENTRIES);
	notary_close(notary);
}

static void add_level(const char *log, int level, int64_t count, int64_t base)
{
	char path[TILE_PATH_BYTES];

	for (int64_t tile = 0; tile * TILE_WIDTH < count; tile++) {
		int64_t left = count - tile * TILE_WIDTH;

		if (level == TILE_ENTRIES && tile == 0 && base == 0) {
			pack_first(log);
			continue;
		}
		tile_path(log, level, tile, left < TILE_WIDTH ? (int)left : TILE_WIDTH, path);
		add_file(level == TILE_ENTRIES ? BUNDLE : TILE, path, base + tile * TILE_WIDTH);
	}
}

static void add_log(const char *log, int64_t base, int64_t count)
{
	char path[PATH_BYTES];

	snprintf(path, sizeof(path), "%s/checkpoint", log);
	add_file(HEAD, path, base);
	snprintf(path, sizeof(path), "%s/vkey", log);
	add_file(HEAD, path, base);
	add_level(log, TILE_ENTRIES, count, base);
	add_level(log, 0, count, base);
	add_level(log, 1, count / TILE_WIDTH, base);
}

static bool apply(int64_t n, const char *text, size_t len, void *arg)
{
	must(view_apply(arg, n, text, len, &e));
	return true;
}

static void open_all(struct verify *v, struct verify_setup *how)
{
	*how = (struct verify_setup){.threads = 1};
	verdict_finish(&verdict);
	verdict_init(&verdict);
	must(verify_open(v, disk, how, &verdict, &e));
}

static void put_view(void)
{
	struct verify_setup how;
	struct verify v;
	struct view *view;

	open_all(&v, &how);
	must(view_open(&view, view_path, &e) && view_begin(view, &e));
	verify_read(&v, apply, view);
	must(view_commit(view, &e));
	sqlite3_exec(view->db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
	view_close(view);
	verify_close(&v);
	must(disk_read(disk, "view.sqlite", 1 << 24, &view_kept, &e));
}

static void make(void)
{
	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	put_logs();
	log_files = -file_count;
	add_log("log", 0, FIRST_ENTRIES);
	add_log("log-2", FIRST_ENTRIES, SECOND_ENTRIES);
	log_files += file_count;
	put_view();
}

#endif
