/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "plan/special.h"
#include "station/versions.h"
#include "station/world.h"
#include "station/world_assets.h"
#include "sys/disk.h"
#include "sys/tz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* State of one load: passed through the listing callback. */
struct loading {
	struct disk *disk;
	const char *dir;
	struct world_files *w;
	uint64_t stamp;
	const struct world_change *change; /* NULL once it is read */
	const json_t *kept; /* a timetable.changed: its texts; NULL: what stands in the files */
};

/* A text of that file; ERR_NOT_FOUND. */
static bool read_text(const struct loading *l, const char *file, struct buf *text, struct err *e)
{
	const json_t *one;
	size_t i;

	if (l->kept == NULL)
		return disk_read(l->disk, file, YAML_FILE_BYTES_MAX, text, e);
	json_array_foreach(json_object_get(l->kept, "files"), i, one)
		if (strcmp(json_get_text(one, "file", ""), file) == 0)
			return versions_read(l->disk, json_get_text(one, "sha256", ""), text, e);
	return err_set(e, ERR_NOT_FOUND, "%s", file);
}

static bool is_yaml(const char *name)
{
	size_t len = strlen(name);

	return name[0] != '.' && ((len > 5 && strcasecmp(name + len - 5, ".yaml") == 0) ||
				  (len > 4 && strcasecmp(name + len - 4, ".yml") == 0));
}

/* The table of one zone is read once: tz_load goes through the process's environment, which other
 * threads must not see changing. A change of time zone takes effect at the next start. */
bool world_zone(struct tz *tz, const char *name, struct err *e)
{
	static struct tz first;

	if (first.changes == 0 && !tz_load(&first, name, e))
		return false;
	if (strcmp(first.name, name) == 0) {
		*tz = first;
		return true;
	}
	return err_set(e, ERR_REFUSED,
		       T("đổi múi giờ từ %s sang %s: khởi động lại đài để có hiệu lực",
			 "time zone changes from %s to %s: restart the station"),
		       first.name, name);
}

/* What could not be read, without naming the file a second time. */
static void read_fault(struct faults *faults, const char *path, const struct err *e)
{
	size_t len = strlen(path);
	bool named = strncmp(e->text, path, len) == 0 && strncmp(e->text + len, ": ", 2) == 0;

	faults_add(faults, FAULT_ERROR, path, 0, "%s", named ? e->text + len + 2 : e->text);
}

/* Names stand in log entries and on the page: only such as can be shown. */
static bool usable_name(struct faults *faults, const char *name)
{
	if (utf8_printable(name, strlen(name)))
		return true;
	faults_add(faults, FAULT_ERROR, "schedules", 0,
		   T("một tệp lịch có tên không đọc được (không phải UTF-8); xin đổi tên tệp đó",
		     "a timetable file has an unreadable name (not UTF-8); please rename it"));
	return false;
}

/* A banner tells of faults to readers of both languages for as long as they stand: what is faulty
 * is read a second time. The road not taken: each fault made in both at once, which would drag
 * pairs of texts through every reader of YAML. */
static void pair_table(struct loading *l, int from, const char *path, const char *text,
		       size_t len)
{
	enum text_reader before = text_speak(text_english() ? TEXT_VI : TEXT_EN);
	struct schedule ignored = {0};
	struct faults again = {0};

	ignored.holidays = l->w->schedule.holidays;
	schedule_parse(&ignored, &l->w->settings, path, text, len, &again);
	text_speak(before);
	faults_pair(&l->w->faults, from, &again);
	schedule_finish(&ignored);
	faults_finish(&again);
}

static void pair_settings(struct loading *l, const struct buf *text)
{
	enum text_reader before = text_speak(text_english() ? TEXT_VI : TEXT_EN);
	struct settings ignored = {0};
	struct faults again = {0};

	settings_parse(&ignored, "station.yaml", buf_str(text), text->len, world_zone, &again);
	text_speak(before);
	faults_pair(&l->w->faults, 0, &again);
	faults_finish(&again);
}

static void keep_text(struct world_files *w, const char *sha256, const char *text, size_t len)
{
	w->texts = realloc(w->texts, (size_t)(w->text_count + 1) * sizeof(*w->texts));
	must(w->texts != NULL);
	struct world_text *t = &w->texts[w->text_count++];
	*t = (struct world_text){0};
	snprintf(t->sha256, sizeof(t->sha256), "%s", sha256);
	buf_add(&t->text, text, len);
}

static void parse_table(struct loading *l, const char *path, const char *text, size_t len)
{
	struct schedule *s = &l->w->schedule;
	int from = l->w->faults.count;

	if (schedule_parse(s, &l->w->settings, path, text, len, &l->w->faults)) {
		struct timetable *t = &s->tables[s->table_count - 1];
		versions_hash(text, len, t->sha256);
		keep_text(l->w, t->sha256, text, len);
	}
	if (l->w->faults.count > from)
		pair_table(l, from, path, text, len);
}

/* The change in its turn: before the first name that comes after its own. */
static bool take_change(struct loading *l, const char *path)
{
	const struct world_change *c = l->change;
	int order = c != NULL && path != NULL ? strcmp(c->file, path) : -1;

	if (c == NULL || order > 0)
		return false;
	l->change = NULL;
	parse_table(l, c->file, c->text, c->len);
	return order == 0;
}

static void load_table(const char *name, void *arg)
{
	struct loading *l = arg;
	char path[PATH_BYTES];
	struct buf text = {0};
	struct err e = {0};

	if (!is_yaml(name) || !usable_name(&l->w->faults, name))
		return;
	snprintf(path, sizeof(path), "schedules/%s", name);
	if (take_change(l, path))
		return;
	if (l->w->schedule.table_count == TIMETABLES_MAX)
		faults_add(&l->w->faults, FAULT_ERROR, path, 0,
			   T("quá %d lịch phát; gộp bớt lại",
			     "more than %d timetables; merge some"),
			   TIMETABLES_MAX);
	else if (!read_text(l, path, &text, &e))
		read_fault(&l->w->faults, path, &e);
	else
		parse_table(l, path, buf_str(&text), text.len);
	buf_finish(&text);
}

/* disk_read names the file under the folder; whoever mistyped the folder must see that too. */
static void name_folder(struct err *e, const char *dir)
{
	const struct err why = *e;

	err_set(e, why.kind, "%s/%s", dir, why.text);
}

static bool settings_faulty(const struct loading *l, struct err *e)
{
	const struct fault *first = faults_first(&l->w->faults);
	char place[PATH_BYTES + 16] = "station.yaml";

	if (first != NULL)
		fault_place(first, place);
	return err_set(e, ERR_FAILED,
		       T("%s: %s (%d lỗi; xem: vangxa check --data %s)",
			 "%s: %s (%d faults; see: vangxa check --data %s)"), place,
		       first != NULL ? fault_text(first) : "", l->w->faults.errors, l->dir);
}

/* *readable: there is something to hold timetables against, faulty or not. */
static bool load_settings(struct loading *l, bool *readable, struct err *e)
{
	struct buf text = {0};
	bool changed = l->change != NULL && strcmp(l->change->file, "station.yaml") == 0;
	bool ok = *readable = changed || read_text(l, "station.yaml", &text, e);

	if (changed)
		buf_add(&text, l->change->text, l->change->len);
	if (changed)
		l->change = NULL; /* it is no timetable */
	if (!ok)
		name_folder(e, l->dir);
	else
		versions_hash(buf_str(&text), text.len, l->w->settings_sha256);
	if (ok)
		keep_text(l->w, l->w->settings_sha256, buf_str(&text), text.len);
	if (ok && !settings_parse(&l->w->settings, "station.yaml", buf_str(&text), text.len,
				  world_zone, &l->w->faults))
		ok = settings_faulty(l, e);
	if (l->w->faults.count > 0)
		pair_settings(l, &text);
	buf_finish(&text);
	return ok;
}

static void hand_over_faults(struct world_files *w, struct faults *out)
{
	if (out == NULL)
		return;
	*out = w->faults;
	w->faults = (struct faults){0};
}

/* The list of public holidays, if the station keeps one: slots that ask for it need it. */
static void load_holidays(struct loading *l)
{
	struct world_files *w = l->w;
	struct buf text = {0};
	struct err e = {0};
	struct faults again = {0};
	int from = w->faults.count;

	if (!read_text(l, HOLIDAYS_FILE, &text, &e)) {
		if (e.kind != ERR_NOT_FOUND)
			read_fault(&w->faults, HOLIDAYS_FILE, &e);
		buf_finish(&text);
		return;
	}
	holidays_parse(&w->holidays, HOLIDAYS_FILE, buf_str(&text), text.len, &w->faults);
	versions_hash(buf_str(&text), text.len, w->holidays.sha256);
	keep_text(w, w->holidays.sha256, buf_str(&text), text.len);
	w->schedule.holidays = &w->holidays;
	if (w->faults.count > from) {
		struct holidays *ignored = malloc(sizeof(*ignored));
		enum text_reader before = text_speak(text_english() ? TEXT_VI : TEXT_EN);
		must(ignored != NULL);
		holidays_parse(ignored, HOLIDAYS_FILE, buf_str(&text), text.len, &again);
		text_speak(before);
		faults_pair(&w->faults, from, &again);
		free(ignored);
	}
	faults_finish(&again);
	buf_finish(&text);
}

/* What one timetable says about others. */
static void settle(struct loading *l)
{
	struct world_files *w = l->w;
	struct faults again = {0};
	int from = w->faults.count;

	special_settle(&w->schedule);
	special_tell(&w->schedule, &w->faults);
	if (w->faults.count > from) {
		enum text_reader before = text_speak(text_english() ? TEXT_VI : TEXT_EN);
		special_tell(&w->schedule, &again);
		text_speak(before);
		faults_pair(&w->faults, from, &again);
	}
	faults_finish(&again);
}

static bool list_kept(struct loading *l)
{
	static const char folder[] = "schedules/";
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(l->kept, "files"), i, one) {
		const char *file = json_get_text(one, "file", "");
		if (strncmp(file, folder, strlen(folder)) == 0)
			load_table(file + strlen(folder), l);
	}
	return true;
}

static bool load_tables(struct loading *l)
{
	struct err none = {0};

	load_holidays(l);
	bool listed = l->kept != NULL ? list_kept(l)
				      : disk_list(l->disk, "schedules", load_table, l, &none);
	bool changed = l->change != NULL;

	take_change(l, NULL);
	settle(l);
	return listed || changed;
}

static struct world_files *load(const char *dir, const struct world_change *change,
				const json_t *kept, struct faults *faults_out, struct err *e)
{
	struct world_files *w = calloc(1, sizeof(*w));
	struct disk_real disk;

	must(w != NULL);
	if (!disk_real_open(&disk, dir, e)) {
		world_files_free(w);
		return NULL;
	}
	struct loading l = {.disk = &disk.disk, .dir = dir, .w = w, .change = change,
			    .kept = kept};
	bool readable, ok = load_settings(&l, &readable, e);
	if (readable && load_tables(&l))
		world_assets_add(w, dir);
	else if (readable)
		faults_add(&w->faults, FAULT_WARNING, "schedules", 0,
			   T("chưa có thư mục lịch phát: đài sẽ im lặng",
			     "no timetable folder: the station will be silent"));
	disk_real_close(&disk);
	if (ok)
		return w;
	hand_over_faults(w, faults_out);
	world_files_free(w);
	return NULL;
}

struct world_files *world_files_load(const char *dir, struct faults *faults_out, struct err *e)
{
	return world_files_load_with(dir, NULL, faults_out, e);
}

struct world_files *world_files_load_with(const char *dir, const struct world_change *change,
					  struct faults *faults_out, struct err *e)
{
	return load(dir, change, NULL, faults_out, e);
}

struct world_files *world_files_kept(const char *dir, const json_t *changed, struct err *e)
{
	return load(dir, NULL, changed, NULL, e);
}

struct world_files *world_files_hold(struct world_files *w)
{
	w->held++;
	return w;
}

void world_files_free(struct world_files *w)
{
	if (w == NULL || w->held-- > 0)
		return;
	schedule_finish(&w->schedule);
	faults_finish(&w->faults);
	for (int i = 0; i < w->text_count; i++)
		buf_finish(&w->texts[i].text);
	free(w->texts);
	free(w->assets);
	free(w);
}

static void mix_in(uint64_t *stamp, uint64_t value)
{
	*stamp = (*stamp ^ value) * UINT64_C(0x100000001B3); /* FNV-1a's prime */
}

static void stamp_file(const char *name, void *arg)
{
	struct loading *l = arg;
	char path[PATH_BYTES * 2];
	struct stat st;

	for (const char *c = name; *c != '\0'; c++)
		mix_in(&l->stamp, (unsigned char)*c);
	snprintf(path, sizeof(path), "%s/schedules/%s", l->dir, name);
	if (strcmp(name, "station.yaml") == 0 || strcmp(name, HOLIDAYS_FILE) == 0)
		snprintf(path, sizeof(path), "%s/%s", l->dir, name);
	if (stat(path, &st) != 0)
		return;
	mix_in(&l->stamp, (uint64_t)st.st_size);
	mix_in(&l->stamp, (uint64_t)st.st_mtim.tv_sec);
	mix_in(&l->stamp, (uint64_t)st.st_mtim.tv_nsec);
	mix_in(&l->stamp, (uint64_t)st.st_ino);
}

uint64_t world_stamp(const char *dir)
{
	struct disk_real disk;
	struct err e = {0};
	struct loading l = {.dir = dir, .stamp = UINT64_C(0xCBF29CE484222325)};

	if (!disk_real_open(&disk, dir, &e))
		return 0;
	stamp_file("station.yaml", &l);
	stamp_file(HOLIDAYS_FILE, &l);
	disk_list(&disk.disk, "schedules", stamp_file, &l, &e);
	disk_real_close(&disk);
	return l.stamp;
}
