/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/desk.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "library/ingest.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "proof/signer.h"
#include "station/lastgood.h"
#include "station/traces.h"
#include "station/versions.h"
#include "sys/log.h"

#include <poll.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A command that works on the folder by itself holds it for a moment: whoever starts meanwhile
 * waits, and does not give up for good. */
#define LOCK_WAIT_MS 3000
#define LOCK_LOOK_MS 20

static bool take_lock(struct disk_real *disk, struct err *e)
{
	for (int waited_ms = 0;; waited_ms += LOCK_LOOK_MS) {
		if (disk_real_lock(disk, e))
			return true;
		if (e->kind != ERR_CONFLICT || waited_ms >= LOCK_WAIT_MS)
			return false;
		poll(NULL, 0, LOCK_LOOK_MS);
	}
}

/* A folder that is not there is a typing mistake, not a wish for a new station. */
static bool take_dir(struct desk *d, struct err *e)
{
	struct stat st;

	if (stat(d->dir, &st) != 0)
		return err_errno(e, "%s", d->dir);
	if (!S_ISDIR(st.st_mode))
		return err_set(e, ERR_FAILED, T("%s không phải là thư mục", "%s is not a folder"),
			       d->dir);
	if (access(d->dir, W_OK) != 0)
		return err_errno(e,
				 T("%s: không ghi được vào thư mục dữ liệu; kiểm tra quyền",
				   "%s: cannot write to the data folder; check its permissions"),
				 d->dir);
	return disk_real_open(&d->real, d->dir, e) && take_lock(&d->real, e);
}

/* Of the station's first log; later renaming changes nothing (proof/notary.h). */
static void log_name(const struct settings *s, char out[static NOTE_NAME_BYTES])
{
	snprintf(out, NOTE_NAME_BYTES, "vangxa/%s", s->id);
	if (!note_name_valid(out))
		snprintf(out, NOTE_NAME_BYTES, "vangxa/dai");
}

static bool open_log(struct desk *d, struct world_files *files, struct err *e)
{
	char view[PATH_BYTES + 16], name[NOTE_NAME_BYTES];

	d->tz = files->settings.tz;
	snprintf(view, sizeof(view), "%s/view.sqlite", d->dir);
	log_name(&files->settings, name);
	traces_look(d->disk, d->dir);
	struct signer *signer = signer_child(d->dir, name, d->boot.id);
	/* The station asks them first (vouch.h); a command on the folder leaves it to that. */
	if (files->settings.witness_count > 0)
		signer_hold(signer);
	if (!ledger_open(&d->ledger, d->disk, signer, view, d->clock, &d->tz, e) ||
	    !ledger_boot(d->ledger, d->boot.id, e))
		return false;
	return world_make(&d->world, files, ledger_view(d->ledger), e);
}

static struct world_files *load_last(struct desk *d, const struct err *why)
{
	struct world_files *files = lastgood_load(d->dir);

	d->faulty = files != NULL;
	if (d->faulty)
		log_warn(T("%s; đài chạy tiếp theo cài đặt đã có hiệu lực trước đó",
			   "%s; the station goes on with the settings that were in force before"),
			 why->text);
	return files;
}

static bool open_with(struct desk *d, const char *dir, struct clock *clock, bool lasting,
		      struct err *e)
{
	*d = (struct desk){.real.root_fd = -1, .clock = clock};
	must(sodium_init() >= 0);
	boot_read(&d->boot);
	snprintf(d->dir, sizeof(d->dir), "%s", dir);
	if (!take_dir(d, e)) {
		disk_real_close(&d->real);
		return false;
	}
	d->disk = &d->real.disk;
	d->users = users_create(dir);
	ingest_sweep(dir);
	struct world_files *files = world_files_load(dir, NULL, e);
	if (files == NULL && lasting)
		files = load_last(d, e);
	if (files != NULL && open_log(d, files, e))
		return true;
	if (d->world.files == NULL)
		world_files_free(files);
	desk_close(d);
	return false;
}

bool desk_open(struct desk *d, const char *dir, struct clock *clock, struct err *e)
{
	return open_with(d, dir, clock, false, e);
}

bool desk_start(struct desk *d, const char *dir, struct clock *clock, struct err *e)
{
	return open_with(d, dir, clock, true, e);
}

void desk_close(struct desk *d)
{
	if (d->ledger != NULL)
		ledger_close(d->ledger);
	world_finish(&d->world);
	users_destroy(d->users);
	disk_real_close(&d->real);
	*d = (struct desk){.real.root_fd = -1};
}

/* A view that could not follow (a full disk, a locked file) does not undo a decision. */
static void overtake_view(struct desk *d)
{
	struct err e = {0};

	d->behind = ledger_view_stale(d->ledger);
	if (d->behind && !ledger_read(d->ledger, ledger_view_count(d->ledger),
				      ledger_next(d->ledger), world_decide, &d->world, &e))
		log_warn("%s", e.text);
}

void desk_refresh(struct desk *d)
{
	struct err e = {0};

	if (!world_refresh(&d->world, ledger_view(d->ledger), &e))
		log_warn("%s", e.text);
	overtake_view(d);
	if (d->changed != NULL)
		d->changed(d->changed_arg);
}

static struct desk_sound sound_of(const struct settings *s)
{
	return (struct desk_sound){.opened = true,
				   .stream = settings_zone(s, s->stream_zone),
				   .record = s->record,
				   .peak_dbtp = s->peak_dbtp};
}

void desk_sounds(struct desk *d)
{
	d->sound = sound_of(&d->world.files->settings);
}

bool desk_sound_waits(const struct desk *d)
{
	struct desk_sound now = sound_of(&d->world.files->settings);

	return d->sound.opened &&
	       (now.stream != d->sound.stream || now.record != d->sound.record ||
		now.peak_dbtp != d->sound.peak_dbtp);
}

/* An entry that the disk did not take is written as soon as it takes one again. */
static void note_again(struct desk *d)
{
	struct err ignored;

	if (d->untold && desk_note_timetables(d, d->untold_who, &ignored))
		d->untold = false;
}

void desk_follow(struct desk *d)
{
	note_again(d);
	if (d->landed != ledger_landed(d->ledger)) {
		d->landed = ledger_landed(d->ledger);
		desk_refresh(d);
	}
	if (!d->behind)
		return;
	ledger_follow(d->ledger);
	if (!ledger_view_stale(d->ledger))
		desk_refresh(d);
}

bool desk_append(struct desk *d, json_t *entry, int64_t *n, struct err *e)
{
	if (!ledger_append(d->ledger, entry, n, e))
		return false;
	desk_refresh(d);
	return true;
}

bool desk_disk_answers(const struct desk *d, struct err *e)
{
	struct wall since;
	int64_t ns;

	return !ledger_stalled(d->ledger, &since, &ns) ||
	       err_set(e, ERR_STALLED,
		       T("đĩa không trả lời nên chưa làm được; hãy thử lại khi đĩa chạy lại",
			 "the disk does not answer, and it was not done; try again once the disk "
			 "works"));
}

static bool same_files(const json_t *last, const struct entry_file *files, int count)
{
	const json_t *list = json_object_get(last, "files");
	bool same = (int)json_array_size(list) == count;

	for (int i = 0; same && i < count; i++) {
		const json_t *one = json_array_get(list, (size_t)i);
		same = strcmp(json_get_text(one, "file", ""), files[i].file) == 0 &&
		       strcmp(json_get_text(one, "sha256", ""), files[i].sha256) == 0;
	}
	return same;
}

/* The list of holidays is part of the timetable if a slot goes by it. */
static bool holidays_asked(const struct schedule *s)
{
	bool asked = false;

	for (int i = 0; i < s->slot_count; i++)
		asked |= s->slots[i].holidays != HOLIDAYS_AS_EVER;
	return asked && s->holidays != NULL;
}

/* What was in force can be read, put back, and held against what aired for as long as the log tells
 * of it. The text that was read, not the file: that may be another already. */
static bool keep_versions(struct desk *d)
{
	const struct world_files *w = d->world.files;
	struct err e = {0};
	bool kept = true;

	for (int i = 0; i < w->text_count; i++) {
		const struct buf *text = &w->texts[i].text;
		if (versions_put(d->disk, w->texts[i].sha256, buf_str(text), text->len, &e))
			continue;
		log_warn("%s", e.text);
		kept = false;
	}
	return kept;
}

bool desk_note_timetables(struct desk *d, const char *who, struct err *e)
{
	const struct schedule *s = &d->world.files->schedule;
	struct entry_file files[TIMETABLES_MAX + 2];
	json_t *last = NULL;
	int64_t n;
	int count = 0;

	if (!desk_disk_answers(d, e))
		return false;
	files[count++] = (struct entry_file){"station.yaml", d->world.files->settings_sha256};
	for (int i = 0; i < s->table_count; i++)
		files[count++] = (struct entry_file){s->tables[i].file, s->tables[i].sha256};
	if (holidays_asked(s))
		files[count++] = (struct entry_file){HOLIDAYS_FILE, s->holidays->sha256};
	if (!reader_last(ledger_view(d->ledger), KIND_TIMETABLE, &last, e))
		return false;
	bool same = last != NULL && same_files(last, files, count);
	json_decref(last);
	/* Also when they are known: an older program kept less. */
	bool kept = keep_versions(d);
	return same || ledger_append(d->ledger, entry_timetable_changed(files, count, kept, who),
				     &n, e);
}

void desk_adopt(struct desk *d, struct world_files *files, const char *who)
{
	struct err e = {0};
	struct world_files *old = d->world.files;

	d->world.files = files;
	desk_refresh(d);
	world_files_free(old);
	d->untold = !desk_note_timetables(d, who, &e);
	if (!d->untold)
		return;
	log_warn("%s", e.text);
	snprintf(d->untold_who, sizeof(d->untold_who), "%s", who);
}
