/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log as a station leaves it, without the twenty years: entries by the program's own
 * constructors, in bundles of the same format, then tiles and a signed head by the code that makes
 * them anew after a damage. Only the bundles' files are written here: a station writes each entry
 * by itself and syncs it, which would take a day. Beside the log stand the timetable that explains
 * every airing, and a file of a few bytes for each master: of their hashes verify reads all, of
 * sound there is none.
 *   log_make DIR ENTRIES [NAME]   NAME: of the log; each has a key of its own */
#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "proof/bundle.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "proof/stow.h"
#include "proof/tile.h"
#include "station/versions.h"
#include "sys/disk.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FROM_NS (INT64_C(1795386600) * NS_PER_S)
#define DAY_NS (INT64_C(86400) * NS_PER_S)
#define DAY_ENTRIES 120 /* of a busy commune: 59 airings of one new bulletin a day */

#define FIRST_ENTRIES 4 /* of the station's start; an even number, as airings have two each */
#define LAST_BEFORE_MIDNIGHT 46 /* of the day's airings, 24 minutes apart from 05:30 on */
#define MORNING "Bản tin sáng"
#define NIGHT "Bản tin đêm"
#define FOLDER "aircheck/2026/11/23"
#define RECORDING FOLDER "/05-trung-tam.mp3" /* of all airings; it is open still */

static const char settings[] =
	"station: Đo thử\nid: do-thu\ntimezone: Asia/Ho_Chi_Minh\n"
	"zones: [{name: trung-tam, device: none}, {name: thon-2, device: none}]\n";
static const char timetable[] =
	"timetable: Hằng ngày\nslots:\n"
	"  - {name: " MORNING ", start: '05:54', length: 2m, play: {bulletins: {}},\n"
	"     repeat: {every: 24m, until: '23:55'}}\n"
	"  - {name: " NIGHT ", start: '00:18', length: 2m, play: {bulletins: {}},\n"
	"     repeat: {every: 24m, until: '05:07'}}\n";

struct making {
	struct disk *disk;
	struct tz tz;
	int64_t n, count;
	struct buf bundle;
	int64_t bytes;
	char bulletin[ID_BYTES], sha256[SHA256_HEX_BYTES], airing[ID_BYTES];
};

static void write_bundle(struct making *m)
{
	char path[TILE_PATH_BYTES], dir[TILE_PATH_BYTES];
	int width = (int)((m->n - 1) % BUNDLE_ENTRIES + 1);
	int64_t bundle = (m->n - 1) / BUNDLE_ENTRIES;
	struct disk_file *f;
	struct err e;

	if (width < BUNDLE_ENTRIES)
		tile_partial_dir(LOG_DIR, TILE_ENTRIES, bundle, dir);
	else
		tile_parent(LOG_DIR, TILE_ENTRIES, bundle, dir);
	tile_path(LOG_DIR, TILE_ENTRIES, bundle, width, path);
	must(disk_make_dir(m->disk, dir, &e) &&
	     disk_open(m->disk, path, DISK_CREATE | DISK_FRESH, &f, &e) &&
	     disk_write(f, m->bundle.data, m->bundle.len, &e));
	disk_close(f);
	m->bytes += (int64_t)m->bundle.len;
	buf_reset(&m->bundle);
}

static struct wall time_of(int64_t n)
{
	return (struct wall){FROM_NS + n * (DAY_NS / DAY_ENTRIES)};
}

/* As ledger_append stamps it. */
static void add(struct making *m, json_t *o)
{
	struct wall at = time_of(m->n);
	json_t *clock = json_pack("{s:b, s:f, s:s}", "synced", 1, "max_error_ms", 1.5, "source",
				  "ntp");
	uint8_t header[2];

	json_object_set_new(o, "at", json_time(at, &m->tz));
	json_object_set_new(o, "clock", clock);
	json_object_set_new(o, "n", json_integer(m->n));
	char *text = json_dumps(o, JSON_LINE);
	must(text != NULL);
	size_t len = strlen(text);
	bundle_header(len + 1, header);
	buf_add(&m->bundle, header, 2);
	buf_add(&m->bundle, text, len);
	buf_add(&m->bundle, "\n", 1);
	free(text);
	json_decref(o);
	if (++m->n % BUNDLE_ENTRIES == 0 || m->n == m->count)
		write_bundle(m);
}

static void keep(struct making *m, const char *text, char sha256[static SHA256_HEX_BYTES])
{
	struct err e;

	versions_hash(text, strlen(text), sha256);
	must(versions_put(m->disk, sha256, text, strlen(text), &e));
}

/* FIRST_ENTRIES. What was before the first airing is none of this station's. */
static void start(struct making *m)
{
	char of_settings[SHA256_HEX_BYTES], of_timetable[SHA256_HEX_BYTES];
	const struct entry_file files[] = {{"station.yaml", of_settings},
					   {"schedules/hang-ngay.yaml", of_timetable}};
	json_t *o = entry_station_started("bench", "do-thu", "bench");

	json_object_set_new(o, "accounted_to", json_time(time_of(FIRST_ENTRIES + 1), &m->tz));
	add(m, o);
	keep(m, settings, of_settings);
	keep(m, timetable, of_timetable);
	add(m, entry_timetable_changed(files, 2, true, ""));
	add(m, entry_station_recovered(false, (struct wall){0}, 0, 0, &m->tz));
	add(m, entry_note_said(saying(SAYING_WIRING_CHANGED), ""));
}

/* A file that has the name of its SHA-256, as masters do. */
static void put_master(struct making *m)
{
	char text[32], path[PATH_BYTES];
	struct disk_file *f;
	struct err e;

	snprintf(text, sizeof(text), "master %" PRId64 "\n", m->n);
	versions_hash(text, strlen(text), m->sha256);
	snprintf(path, sizeof(path), "masters/%s.flac", m->sha256);
	must(disk_make_dir(m->disk, "masters", &e) &&
	     disk_open(m->disk, path, DISK_CREATE | DISK_FRESH, &f, &e) &&
	     disk_write(f, text, strlen(text), &e));
	disk_close(f);
}

static void receive(struct making *m)
{
	struct bulletin b = {.title = "Lịch tiêm chủng mở rộng tháng này", .language = "vi",
			     .frames = 90 * FRAMES_PER_S, .loudness_lufs = -16.1,
			     .peak_dbtp = -1.2, .programme_count = 1};

	/* One a day, in the place of the one before: the slots have room for one. */
	snprintf(b.replaces, sizeof(b.replaces), "%s", m->bulletin);
	entry_id('B', m->n, m->bulletin);
	snprintf(b.programmes[0], sizeof(b.programmes[0]), "NTM.TT");
	put_master(m);
	snprintf(b.sha256, sizeof(b.sha256), "%s", m->sha256);
	add(m, entry_bulletin_received(&b, NULL, json_array(), "user:3"));
	if (m->n < m->count)
		add(m, entry_bulletin_approved(m->bulletin, m->sha256, "12/QĐ-UBND", b.replaces,
					       "user:7"));
}

static struct airing_facts facts(struct making *m, struct wall planned)
{
	bool by_day = m->n % DAY_ENTRIES / 2 <= LAST_BEFORE_MIDNIGHT;
	struct airing_facts f = {.bulletin = m->bulletin, .sha256 = m->sha256,
				 .slot = by_day ? MORNING : NIGHT,
				 .occurrence = planned, .zone_count = 2,
				 .zones = {"trung-tam", "thon-2"}, .level = "thong-thuong",
				 .language = "vi", .planned = planned, .programme_count = 1,
				 .programmes = {"NTM.TT"},
				 .planned_frames = 90 * FRAMES_PER_S, .device = "default"};
	return f;
}

static void air(struct making *m)
{
	struct wall planned = time_of(m->n);
	struct airing_facts f = facts(m, planned);

	entry_id('A', m->n, m->airing);
	add(m, entry_airing_intended(&f, &m->tz));
	if (m->n == m->count)
		return;
	f.airing = m->airing;
	f.has_start = f.has_end = true;
	f.start = planned;
	f.end = wall_add_ns(planned, 90 * NS_PER_S);
	f.frames = f.planned_frames;
	f.complete = 1;
	f.result = "full";
	f.loudness_lufs = -16.1;
	f.peak_dbtp = -1.3;
	f.proof = "A";
	f.recording = RECORDING;
	f.recording_frames = 123456;
	f.start_error_ms = 0.4;
	add(m, entry_airing_ended(&f, &m->tz));
}

/* What a station has packed by then. */
static void stow_all(struct making *m)
{
	struct err e;

	for (int64_t n = 0; n < m->count / BUNDLE_ENTRIES - LOG_PLAIN_BUNDLES; n++)
		for (bool done = false; !done;)
			must(stow_bundle(m->disk, LOG_DIR, n, &done, &e));
}

static void leave_recording(struct making *m)
{
	struct disk_file *f;
	struct err e;

	must(disk_make_dir(m->disk, FOLDER, &e) &&
	     disk_open(m->disk, RECORDING, DISK_CREATE, &f, &e));
	disk_close(f);
}

int main(int argc, char **argv)
{
	struct notary_setup setup = {.name = "vangxa/do-thu", .boot = "bench", .seed = {1}};
	struct making m = {.n = 0};
	struct disk_real disk;
	struct notary *notary;
	struct notary_state state;
	struct err e = {0};

	must(argc >= 3 && disk_real_open(&disk, argv[1], &e));
	for (int i = 0; argc > 3 && argv[3][i] != '\0'; i++)
		setup.seed[1 + i % (NOTE_SEED_BYTES - 1)] = (uint8_t)argv[3][i];
	if (argc > 3)
		snprintf(setup.name, sizeof(setup.name), "%s", argv[3]);
	m.disk = &disk.disk;
	m.count = strtoll(argv[2], NULL, 10);
	tz_fixed(&m.tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	must(m.count > FIRST_ENTRIES);
	start(&m);
	while (m.n < m.count) {
		if (m.n % DAY_ENTRIES == 0 || m.n == FIRST_ENTRIES)
			receive(&m);
		else
			air(&m);
	}
	stow_all(&m);
	leave_recording(&m);
	if (!notary_open(&notary, m.disk, &setup, &e)) {
		fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	notary_state(notary, &state);
	notary_close(notary);
	printf("entries %" PRId64 " signed %" PRId64 " bytes %" PRId64 "\n", m.n, state.head,
	       m.bytes);
	buf_finish(&m.bundle);
	disk_real_close(&disk);
	return state.head == m.n ? 0 : 1;
}
